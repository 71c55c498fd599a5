import { int } from 'neo4j-driver';
import { type FieldSpec, factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { GraphRecord } from './graph-record.ts';
import { toGraphKey } from './graph-shape.ts';
import { encodeValue } from './graph-values.ts';

/** The properties that every fact in the graph carries beside its fields. */
const recordProperties = ['write', 'touched', 'assertedAt', 'file', 'line', 'source', 'said', 'writes'];

/**
 * Rows in which facts of one kind are written: the graph key, the keys of the facts that it names, its properties.
 *
 * They are lists, and the statement names the properties: where each row is a map the server looks up every name in every row,
 * which makes a new transfer dearer by a quarter.
 */
export class WrittenRows {
  /** The properties of a fact as a map; what is null is none of them. */
  readonly properties: string;
  readonly #kind: FactKind;
  readonly #specs: readonly FieldSpec[];
  /** Where in the values of a fact the keys of others stand, and its properties. */
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

  /** The key of the fact that a field names, in a statement. */
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
