import type { KeyValue, SchemaElement } from 'hyparquet-writer';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { FactValue } from '../../domain/assertions.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import type { Attribute } from '../../domain/facts.ts';

/** A piece of one file of an export. The pieces of a file come one after another. */
export interface BytesPiece {
  /** `transfers-00000000.parquet`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface ParquetLimits {
  readonly rowsPerGroup: number;
  /** Of the values of a row group, before they are compressed. A group ends with the row that reaches it. */
  readonly groupBytes: number;
  /** Of a file. A file holds at least one group, whatever its size. */
  readonly fileBytes: number;
}

/** A group of transfers has about 12 MB of values, which take 3 MB of the file and some 100 MB of memory while it is written. */
export const parquetLimits: ParquetLimits = { rowsPerGroup: 65_536, groupBytes: 16_000_000, fileBytes: 64_000_000 };

/** The footer tells of each column of a group: its place, sizes, encodings, and the smallest and largest value. */
const footerBytesPerColumn = 512;
/** Headers of the pages of a group's columns, and the head and schema of a file. */
const headerBytesPerColumn = 512;
/** Incompressible bytes grow by a sixth (snappy). */
const worstGrowth = 7 / 6;

interface ParquetColumn {
  readonly name: string;
  /** The column and what is nested in it, in depth-first order. */
  readonly elements: readonly SchemaElement[];
  encode(value: FactValue): unknown;
}

/**
 * Writes the rows of one table as Parquet files `NAME-00000000.parquet`, `NAME-00000001.parquet` and so on. A table without rows has one file, too.
 *
 * A column has the type of its field: texts, references and enums are strings, instants are timestamps in UTC to the millisecond, and
 * lists are lists of strings. Attributes are a map. A field that is required or has a default is never null.
 *
 * Memory: the values of one row group, a few times over.
 */
export class ParquetTable {
  readonly #name: string;
  readonly #columns: readonly ParquetColumn[];
  readonly #schema: SchemaElement[];
  readonly #leaves: number;
  readonly #metadata: KeyValue[];
  readonly #program: string;
  readonly #limits: ParquetLimits;
  #files = 0;
  #open: { readonly name: string; readonly bytes: ByteWriter; readonly parquet: ParquetWriter; groups: number } | undefined;
  /** The values of the row group that is being filled, by column. */
  #group: unknown[][];
  #rows = 0;
  #size = 0;

  /**
   * @param metadata of each file: key -> text
   * @param program name and version of what writes the files, such as `exposure-graph version 0.2.0`
   */
  constructor(
    name: string,
    fields: readonly FieldSpec[],
    metadata: Readonly<Record<string, string>>,
    program: string,
    limits = parquetLimits,
  ) {
    this.#name = name;
    this.#columns = fields.map(columnOf);
    this.#schema = [{ name: 'schema', num_children: this.#columns.length }, ...this.#columns.flatMap(({ elements }) => elements)];
    this.#leaves = this.#schema.filter(({ num_children }) => num_children === undefined).length;
    this.#metadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
    this.#program = program;
    this.#limits = limits;
    this.#group = this.#columns.map(() => []);
  }

  /** Yields what is complete. @param rows values in the order of the fields */
  *write(rows: Iterable<readonly FactValue[]>): Generator<BytesPiece> {
    for (const row of rows) {
      for (let i = 0; i < this.#columns.length; i++) {
        const value = row[i] as FactValue;
        (this.#group[i] as unknown[]).push((this.#columns[i] as ParquetColumn).encode(value));
        this.#size += sizeOf(value);
      }
      this.#rows++;
      if (this.#rows >= this.#limits.rowsPerGroup || this.#size >= this.#limits.groupBytes) yield* this.#writeGroup();
    }
  }

  /** Yields the rest. */
  *end(): Generator<BytesPiece> {
    if (this.#rows > 0) yield* this.#writeGroup();
    this.#open ??= this.#begin();
    yield this.#finish(this.#open);
  }

  *#writeGroup(): Generator<BytesPiece> {
    const { fileBytes } = this.#limits;
    if (this.#open !== undefined) {
      const footer = (this.#open.groups + 1) * this.#leaves * footerBytesPerColumn;
      const most = this.#size * worstGrowth + this.#leaves * headerBytesPerColumn;
      if (this.#open.bytes.offset + most + footer > fileBytes) yield this.#finish(this.#open);
    }
    this.#open ??= this.#begin();
    const { name, bytes, parquet } = this.#open;
    const columnData = this.#columns.map((column, i) => ({ name: column.name, data: this.#group[i] as unknown[] }));
    parquet.write({ columnData, rowGroupSize: this.#rows });
    this.#open.groups++;
    this.#group = this.#columns.map(() => []);
    this.#rows = 0;
    this.#size = 0;
    yield { file: name, bytes: take(bytes) };
  }

  #begin() {
    const name = `${this.#name}-${String(this.#files++).padStart(8, '0')}.parquet`;
    const bytes = new ByteWriter();
    const parquet = new ParquetWriter({ writer: bytes, schema: this.#schema, kvMetadata: this.#metadata, createdBy: this.#program });
    return { name, bytes, parquet, groups: 0 };
  }

  #finish({ name, bytes, parquet }: { readonly name: string; readonly bytes: ByteWriter; readonly parquet: ParquetWriter }): BytesPiece {
    this.#open = undefined;
    parquet.finish();
    return { file: name, bytes: take(bytes) };
  }
}

/** The bytes since the last call. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

/** At most what a value takes in a file before it is compressed, with its levels. */
function sizeOf(value: FactValue): number {
  if (value === null) return 1;
  if (typeof value === 'string') return 6 + Buffer.byteLength(value);
  if (typeof value !== 'object') return 10;
  let size = 4;
  for (const item of value) size += typeof item === 'string' ? sizeOf(item) : sizeOf(item.name) + sizeOf(item.value);
  return size;
}

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const timestamp = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
} as const;

function columnOf(spec: FieldSpec): ParquetColumn {
  const name = spec.column;
  const fallback = spec.default ?? null;
  const repetition_type = spec.isRequired || spec.default !== undefined ? 'REQUIRED' : 'OPTIONAL';
  const head = { name, repetition_type } as const;
  const encode = (value: FactValue) => value ?? fallback;
  switch (spec.type) {
    case 'text':
    case 'reference':
    case 'enum':
      return { name, elements: [{ ...head, ...text }], encode };
    case 'number':
      return { name, elements: [{ ...head, type: 'DOUBLE' }], encode };
    case 'integer':
      if (spec.from >= -(2 ** 31) && spec.to < 2 ** 31) return { name, elements: [{ ...head, type: 'INT32' }], encode };
      return {
        name,
        elements: [{ ...head, type: 'INT64' }],
        encode: (value) => {
          const number = encode(value);
          return number === null ? null : BigInt(number as number);
        },
      };
    case 'boolean':
      return { name, elements: [{ ...head, type: 'BOOLEAN' }], encode };
    case 'instant':
    case 'endInstant':
      return { name, elements: [{ ...head, ...timestamp }], encode };
    case 'texts':
    case 'enums':
      return {
        name,
        elements: [
          { ...head, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
          { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
          { name: 'element', repetition_type: 'REQUIRED', ...text },
        ],
        encode,
      };
    case 'attributes':
      return {
        name,
        elements: [
          { ...head, converted_type: 'MAP', logical_type: { type: 'MAP' }, num_children: 1 },
          { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
          { name: 'key', repetition_type: 'REQUIRED', ...text },
          { name: 'value', repetition_type: 'REQUIRED', ...text },
        ],
        encode: (value) => ((encode(value) ?? []) as readonly Attribute[]).map((attribute) => [attribute.name, attribute.value]),
      };
    default:
      return spec satisfies never;
  }
}
