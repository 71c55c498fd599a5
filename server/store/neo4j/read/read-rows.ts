import type { FactValue, RecordedFact } from '../../../domain/assertions.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import type { Row } from '../connection/connection.ts';
import type { GraphRecord, SharedTexts } from '../graph/graph-record.ts';
import { decodeValue } from '../graph/graph-record.ts';
import { fromGraphKey, splitGraphKey } from '../graph/graph-shape.ts';

/** The columns of every row after its fields; `writesColumns` follow in rows with writes. */
const recordColumns = ['write', 'assertedAt', 'file', 'line', 'source'];
const writesColumns = ['touched', 'said', 'writes'];

/** Decodes rows of one kind of fact: the graph key, the other fields, and the record columns. */
export class ReadRows {
  /** The RETURN columns. `own` is bound to the fact, and each named fact to the name of its field. */
  readonly columns: string;
  /** The RETURN columns of rows with writes. */
  readonly columnsWithWrites: string;
  readonly #kind: FactKind;
  readonly #specs: readonly FieldSpec[];
  readonly #isPair: boolean;
  /** The place of each field in a row; -1: first part of the key, -2: second part. */
  readonly #places: readonly number[];
  /** Whether other facts mostly have the same text in a field. */
  readonly #isShared: readonly boolean[];
  readonly #recordAt: number;
  readonly #writesAt: number;

  constructor(kind: FactKind) {
    this.#kind = kind;
    this.#specs = factFields[kind];
    const isPair = this.#specs.filter((spec) => spec.isKey).length > 1;
    this.#isPair = isPair;
    const others = this.#specs.filter((spec) => !spec.isKey);
    let next = 1;
    let nextKey = -1;
    this.#places = this.#specs.map((spec) => (spec.isKey ? (isPair ? nextKey-- : 0) : next++));
    this.#isShared = this.#specs.map(
      (spec) => spec.type === 'reference' || spec.type === 'enum' || (spec.type === 'text' && spec.repeats === true),
    );
    this.#recordAt = next;
    this.#writesAt = next + recordColumns.length;
    const columns = [
      isPair ? 'own.key' : 'own.id',
      ...others.map((spec) => (spec.type === 'reference' ? `${spec.name}.id` : `own.${spec.name}`)),
      ...recordColumns.map((name) => `own.${name}`),
    ];
    this.columns = columns.join(', ');
    this.columnsWithWrites = [...columns, ...writesColumns.map((name) => `own.${name}`)].join(', ');
  }

  /** @param texts shares repeated texts between the facts of one read */
  decodeFact(row: Row, writes: WriteLedger, texts?: SharedTexts): RecordedFact {
    const graphKey = row[0] as string;
    const parts = this.#isPair ? splitGraphKey(graphKey) : undefined;
    const values: FactValue[] = new Array(this.#specs.length);
    for (let i = 0; i < values.length; i++) {
      const place = this.#places[i] as number;
      const spec = this.#specs[i] as FieldSpec;
      if (place < 0) values[i] = (parts as [string, string])[-1 - place] as string;
      else if (this.#isShared[i] === true) values[i] = readText(row, place, texts) ?? spec.default ?? null;
      else values[i] = decodeValue(spec, row[place]);
    }
    const at = this.#recordAt;
    const { importId, by } = writes.get(row[at] as number);
    return {
      kind: this.#kind,
      key: parts === undefined ? graphKey : fromGraphKey(this.#kind, graphKey),
      values,
      provenance: {
        importId,
        file: readText(row, at + 2, texts),
        line: row[at + 3] as number | null,
        assertedBy: by,
        assertedAt: row[at + 1] as number,
        source: readText(row, at + 4, texts),
      },
    };
  }

  /** Decodes a row with writes. `writes` must know the write that last changed a value. */
  decode(row: Row, writes: WriteLedger): GraphRecord {
    return {
      fact: this.decodeFact(row, writes),
      write: this.writeOf(row),
      touched: this.touchedOf(row),
      said: this.saidOf(row),
      writes: this.writesOf(row),
    };
  }

  /** For any row: see `GraphRecord`. */
  writeOf(row: Row): number {
    return row[this.#recordAt] as number;
  }

  /** For a row with writes, like the next two. */
  touchedOf(row: Row): number {
    return row[this.#writesAt] as number;
  }

  saidOf(row: Row): number | null {
    return row[this.#writesAt + 1] as number | null;
  }

  writesOf(row: Row): readonly number[] | null {
    return row[this.#writesAt + 2] as readonly number[] | null;
  }
}

function readText(row: Row, place: number, texts: SharedTexts | undefined): string | null {
  const text = row[place] as string | null;
  return texts === undefined ? text : texts.share(text, place);
}
