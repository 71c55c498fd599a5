import { int } from 'neo4j-driver';
import { type FieldSpec, factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { GraphRecord } from './graph-record.ts';
import { toGraphKey } from './graph-shape.ts';
import { encodeValue } from './graph-values.ts';

/** The properties that every fact in the graph carries beside its fields. */
const recordProperties = ['write', 'touched', 'assertedAt', 'file', 'line', 'source', 'said', 'writes'];

/**
 * The rows that write facts of one kind: the graph key, the keys of the named facts, and the properties.
 *
 * Rows are lists, and the statement names the properties. With maps, the server would look up every name in every row, which
 * makes a new transfer a quarter slower.
 */
export class WrittenRows {
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
