import { int } from 'neo4j-driver';
import type { FactValue, RecordedFact } from '../../../domain/assertions.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import type { Row } from '../connection/connection.ts';
import type { GraphRecord, SharedTexts } from './graph-record.ts';
import { decodeValue, encodeValue } from './graph-record.ts';
import type { ReferenceShape } from './graph-shape.ts';
import { fromGraphKey, graphShape, splitGraphKey, toGraphKey } from './graph-shape.ts';

/** The columns of every row after its fields; `writesColumns` follow in rows with writes. */
const recordColumns = ['write', 'assertedAt', 'file', 'line', 'source'];
const writesColumns = ['touched', 'said', 'writes'];

/** Decodes rows of one kind of fact: the graph key, the other fields, and the record columns. */
class ReadRows {
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

/** The properties that every fact in the graph carries beside its fields. */
const recordProperties = ['write', 'touched', 'assertedAt', 'file', 'line', 'source', 'said', 'writes'];

/**
 * The rows that write facts of one kind: the graph key, the keys of the named facts, and the properties.
 *
 * Rows are lists, and the statement names the properties. With maps, the server would look up every name in every row, which
 * makes a new transfer a quarter slower.
 */
class WrittenRows {
  /** The properties of a fact as a map, without null values. */
  readonly properties: string;
  readonly #kind: FactKind;
  readonly #specs: readonly FieldSpec[];
  /** The indexes of the keys of other facts, and of the properties, in the values of a fact. */
  readonly #named: readonly number[];
  readonly #own: readonly number[];

  constructor(kind: FactKind) {
    this.#kind = kind;
    this.#specs = factFields[kind];
    const fields = [...this.#specs.keys()];
    const [key] = this.#specs.filter((spec) => spec.isKey).length === 1 ? ['id'] : ['key'];
    this.#named = fields.filter((field) => this.#specs[field]?.type === 'reference');
    this.#own = fields.filter((field) => this.#specs[field]?.type !== 'reference' && this.#specs[field]?.name !== key);
    const names = [...this.#own.map((field) => this.#specs[field]?.name), ...recordProperties];
    const first = 1 + this.#named.length;
    this.properties = `{${[`${key}: row[0]`, ...names.map((name, i) => `${name}: row[${first + i}]`)].join(', ')}}`;
  }

  /** The Cypher expression for the key of the fact that a field names. */
  named(field: number): string {
    return `row[${1 + this.#named.indexOf(field)}]`;
  }

  encode({ fact, write, touched, said, writes }: GraphRecord): unknown[] {
    const { values, provenance } = fact;
    const row: unknown[] = [toGraphKey(this.#kind, fact.key)];
    for (const field of this.#named) row.push(values[field] ?? null);
    for (const field of this.#own) row.push(encodeValue(this.#specs[field] as FieldSpec, values[field] ?? null));
    const { assertedAt, file, line, source } = provenance;
    row.push(int(write), int(touched), int(assertedAt), file, line === null ? null : int(line), source);
    row.push(said === null ? null : int(said), writes === null ? null : writes.map((seq) => int(seq)));
    return row;
  }
}

/** A statement and its rows: `$rows`. */
export interface RowsStatement {
  readonly query: string;
  readonly rows: readonly unknown[];
}

interface Reference extends ReferenceShape {
  readonly name: string;
  readonly label: string;
  readonly isRequired: boolean;
  /** The index of the field in the values of a fact. */
  readonly field: number;
}

/**
 * The statements that read and write facts of one kind in the graph, and the meaning of their rows. All of it is derived from
 * the field table and from `graphShape`.
 *
 * Ranges and orders always come from an index: outside of one, Neo4j compares texts by UTF-16 and not by code point.
 */
class GraphKind {
  readonly kind: FactKind;
  /** `$after`: a graph key ('' for the first page); `$skip`: an integer. One row: the graph key after `$skip` others; no row if there are fewer. */
  readonly findEnd: string;
  /** Decodes the rows of the statements. */
  readonly rows: ReadRows;
  /** `$keys`: graph keys. Rows with writes, unordered. */
  readonly readByKeys: string;
  /** One row: the number of facts of the kind. */
  readonly count: string;
  /** `$keys`: graph keys. Facts that name one of these must be removed before. One row: the number of removed facts. */
  readonly remove: string;
  readonly #specs: readonly FieldSpec[];
  readonly #references: readonly Reference[];
  readonly #written: WrittenRows;
  readonly #ends: string;
  readonly #range: string;
  readonly #key: string;
  readonly #find: string;
  readonly #removeReferences: string;

  constructor(kind: FactKind) {
    this.kind = kind;
    const { label, is, references } = graphShape[kind];
    this.#specs = factFields[kind];
    this.#references = this.#specs.flatMap((spec, field) => {
      const shape = references[spec.name];
      if (spec.type !== 'reference' || shape === undefined) return [];
      return [{ ...shape, name: spec.name, label: graphShape[spec.to].label, isRequired: spec.isRequired, field }];
    });
    const keyProperty = this.#specs.filter((spec) => spec.isKey).length === 1 ? 'id' : 'key';
    this.rows = new ReadRows(kind);
    this.#written = new WrittenRows(kind);

    const fact = is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`;
    const found = is === 'node' ? `(fact:${label} {${keyProperty}: key})` : `()-[fact:${label} {${keyProperty}: key}]->()`;
    const index = `USING INDEX fact:${label}(${keyProperty})`;
    this.#ends = this.#matchEnds();
    this.#range = `MATCH ${fact} ${index} WHERE fact.${keyProperty} > $after`;
    this.#key = `fact.${keyProperty}`;
    this.findEnd = `${this.#range}
WITH ${this.#key} AS key ORDER BY key SKIP $skip LIMIT 1 RETURN key`;
    this.readByKeys = `UNWIND $keys AS key\nMATCH ${found}\n${withOwn}\n${this.#ends}\nRETURN ${this.rows.columnsWithWrites}`;
    this.count = `MATCH ${fact} RETURN count(fact)`;
    this.remove = `UNWIND $keys AS key\nMATCH ${found}\n${is === 'node' ? 'DETACH DELETE' : 'DELETE'} fact\nRETURN count(*)`;
    const row = found.replace(': key', ': row[0]');
    this.#find = `UNWIND $rows AS row\nMATCH ${row}`;
    const own = this.#references.map(
      (reference) => `OPTIONAL MATCH ${arrow('(fact)', reference, `(:${reference.label})`, `${reference.name}End`)}`,
    );
    const ownNames = this.#references.map((reference) => `${reference.name}End`);
    this.#removeReferences = ownNames.length === 0 ? '' : `${this.#find}\n${own.join('\n')}\nDELETE ${ownNames.join(', ')}`;
  }

  /**
   * A statement that reads a page of facts by key: after the graph key `$after` and, unless it is the last page, up to `$end`.
   * Leaves out facts with an assertion of an event after `$known` (integer).
   */
  readRange(isLast: boolean, withWrites: boolean): string {
    return `${this.#range}${isLast ? '' : ` AND ${this.#key} <= $end`}
${withOwn} ORDER BY ${this.#key} WHERE own.touched <= $known
${this.#ends}
RETURN ${withWrites ? this.rows.columnsWithWrites : this.rows.columns}`;
  }

  /**
   * A statement that reads the facts that `match` binds as `fact`.
   *
   * @param bound a field whose fact `match` binds under the name of the field, so it need not be looked up for each row
   */
  readFound(match: string, bound?: string): string {
    const own = bound === undefined ? withOwn : `${withOwn}, ${bound}`;
    return `${match}\n${own}\n${this.#matchEnds(bound)}\nRETURN ${this.rows.columns}`;
  }

  /**
   * Statements that create facts. The facts that they name must exist. Each statement returns one row: the number of its rows
   * that found them.
   */
  create(records: readonly GraphRecord[]): RowsStatement[] {
    const { label, is } = graphShape[this.kind];
    const { properties } = this.#written;
    if (is === 'node') {
      return this.#link(records, 'UNWIND $rows AS row', (arrows) => `CREATE ${[`(fact:${label} ${properties})`, ...arrows].join(', ')}`);
    }
    const ends = ['first', 'second'].map((name, field) => `MATCH (${name}:Artifact {id: ${this.#written.named(field)}})`);
    return this.#state(records, `UNWIND $rows AS row\n${ends.join('\n')}\nCREATE (first)-[:${label} ${properties}]->(second)`);
  }

  /** Statements that replace the properties of facts that name the same facts as before. Each returns one row: the number found. */
  update(records: readonly GraphRecord[]): RowsStatement[] {
    return this.#state(records, `${this.#find}\nSET fact += ${this.#written.properties}`);
  }

  /** As `update`, for facts that name other facts than before. If the kind has references, the first statement returns no row. */
  relink(records: readonly GraphRecord[]): RowsStatement[] {
    if (records.length === 0) return [];
    if (this.#references.length === 0) return this.update(records);
    const rows = records.map(({ fact }) => [toGraphKey(this.kind, fact.key)]);
    const set = `SET fact += ${this.#written.properties}`;
    const links = this.#link(records, this.#find, (arrows) => [set, ...arrows.map((one) => `CREATE ${one}`)].join('\n'));
    return [{ query: this.#removeReferences, rows }, ...links];
  }

  /** Binds each fact that a fact names, except `bound`. */
  #matchEnds(bound?: string): string {
    return this.#references
      .filter(({ name, field }) => name !== bound && !(this.#specs[field] as FieldSpec).isKey)
      .map((reference) => `OPTIONAL MATCH ${arrow('(fact)', reference, `(${reference.name})`)}`)
      .join('\n');
  }

  /** One statement for each set of references that are present in the facts. */
  #link(records: readonly GraphRecord[], find: string, change: (arrows: string[]) => string): RowsStatement[] {
    const groups = new Map<string, { references: Reference[]; records: GraphRecord[] }>();
    for (const record of records) {
      const references = this.#references.filter((reference) => record.fact.values[reference.field] !== null);
      const name = references.map((reference) => reference.name).join();
      const group = groups.get(name) ?? { references, records: [] };
      groups.set(name, group);
      group.records.push(record);
    }
    return [...groups.values()].flatMap(({ references, records: alike }) => {
      const named = references.map(({ name, label, field }) => `MATCH (${name}:${label} {id: ${this.#written.named(field)}})`);
      const arrows = references.map((reference) => arrow('(fact)', reference, `(${reference.name})`));
      return this.#state(alike, [find, ...named, change(arrows)].join('\n'));
    });
  }

  #state(records: readonly GraphRecord[], statement: string): RowsStatement[] {
    if (records.length === 0) return [];
    return [{ query: `${statement}\nRETURN count(*)`, rows: records.map((record) => this.#written.encode(record)) }];
  }
}

/** Reads all properties at once: Neo4j searches the whole list again for each property that is read alone. */
const withOwn = 'WITH fact, properties(fact) AS own';

function arrow(from: string, { type, direction }: ReferenceShape, to: string, name = ''): string {
  return direction === 'out' ? `${from}-[${name}:${type}]->${to}` : `${from}<-[${name}:${type}]-${to}`;
}

const graphKinds: ReadonlyMap<FactKind, GraphKind> = new Map(factKinds.map((kind) => [kind, new GraphKind(kind)]));

export function graphKindOf(kind: FactKind): GraphKind {
  return graphKinds.get(kind) as GraphKind;
}
