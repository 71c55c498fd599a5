import { int } from 'neo4j-driver';
import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import type { WriteLedger } from '../write-ledger.ts';
import type { Row } from './connection.ts';
import type { ReferenceShape } from './graph-shape.ts';
import { fromGraphKey, graphShape, splitGraphKey, toGraphKey } from './graph-shape.ts';
import { decodeValue, encodeValue } from './graph-values.ts';

/** A fact as it stands in the graph. Numbers of events are their `seq`. */
export interface GraphRecord {
  /** Its importId and assertedBy are not in the graph: they are those of `write`. */
  readonly fact: RecordedFact;
  /** The event that last changed a value. */
  readonly write: number;
  /** The event that last spoke of it. */
  readonly touched: number;
  /** Where it has one assertion alone, that of `write`: bit i is set where field i is spoken of. Else null. */
  readonly said: number | null;
  /** Else the writes of all its assertions, taken back or not, ascending. */
  readonly writes: readonly number[] | null;
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
  /** In the values of a fact. */
  readonly field: number;
}

/**
 * How the facts of one kind stand in the graph, derived from the catalogue of fields and from `graphShape`: the statements
 * that read and write them, and what their rows mean.
 *
 * All ranges and orders are read from the index: elsewhere Neo4j compares texts by UTF-16 and not by code point.
 */
export class GraphKind {
  readonly kind: FactKind;
  /** `$after`: a graph key, '' for the first; `$skip`: an integer. One row: the graph key that so many others stand before; none where there are fewer. */
  readonly findEnd: string;
  /** `$keys`: graph keys. Rows for `decode`, in no order. */
  readonly readByKeys: string;
  /** One row: how many there are. */
  readonly count: string;
  /** `$keys`: graph keys. Whatever names such a fact must be gone before it. One row: how many there were. */
  readonly remove: string;
  readonly #specs: readonly FieldSpec[];
  readonly #references: readonly Reference[];
  /** Of each field its place in a row; -1: it is the first part of the key, -2: the second. */
  readonly #places: readonly number[];
  /** Where the columns of the record begin in a row. */
  readonly #recordAt: number;
  readonly #ends: string;
  readonly #range: string;
  readonly #key: string;
  readonly #columns: string;
  readonly #setProperties: string;
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
    const others = this.#specs.filter((spec) => !spec.isKey);
    let next = 1;
    let nextKey = -1;
    this.#places = this.#specs.map((spec) => (spec.isKey ? (keyProperty === 'id' ? 0 : nextKey--) : next++));
    this.#recordAt = next;

    const fact = is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`;
    const found = is === 'node' ? `(fact:${label} {${keyProperty}: key})` : `()-[fact:${label} {${keyProperty}: key}]->()`;
    const index = `USING INDEX fact:${label}(${keyProperty})`;
    const ends = this.#references
      .filter((reference) => !(this.#specs[reference.field] as FieldSpec).isKey)
      .map((reference) => `OPTIONAL MATCH ${arrow('(fact)', reference, `(${reference.name}:${reference.label})`)}`)
      .join('\n');
    const columns = [
      `fact.${keyProperty}`,
      ...others.map((spec) => (spec.name in references ? `${spec.name}.id` : `fact.${spec.name}`)),
      ...recordColumns.map((column) => `fact.${column}`),
    ].join(', ');
    this.#ends = ends;
    this.#columns = columns;
    this.#range = `MATCH ${fact} ${index} WHERE fact.${keyProperty} > $after`;
    this.#key = `fact.${keyProperty}`;
    this.findEnd = `${this.#range}
WITH ${this.#key} AS key ORDER BY key SKIP $skip LIMIT 1 RETURN key`;
    this.readByKeys = `UNWIND $keys AS key\nMATCH ${found}\n${ends}\nRETURN ${columns}${writesColumns}`;
    this.count = `MATCH ${fact} RETURN count(fact)`;
    this.remove = `UNWIND $keys AS key\nMATCH ${found}\n${is === 'node' ? 'DETACH DELETE' : 'DELETE'} fact\nRETURN count(*)`;
    const row = found.replace(': key', ': row.key');
    this.#setProperties = `UNWIND $rows AS row\nMATCH ${row}\nSET fact = row.properties`;
    const own = this.#references.map(
      (reference) => `OPTIONAL MATCH ${arrow('(fact)', reference, `(:${reference.label})`, `${reference.name}End`)}`,
    );
    const ownNames = this.#references.map((reference) => `${reference.name}End`);
    this.#removeReferences =
      ownNames.length === 0 ? '' : `UNWIND $rows AS row\nMATCH ${row}\n${own.join('\n')}\nDELETE ${ownNames.join(', ')}`;
  }

  /**
   * A statement that reads facts by key: those after the graph key `$after` and, unless they are the last, up to `$end`. Facts
   * that an event after `$known` (integer) spoke of are left out. Rows for `decodeFact`; `withWrites`: for `decode`.
   */
  readRange(isLast: boolean, withWrites: boolean): string {
    const range = `${this.#range}${isLast ? '' : ` AND ${this.#key} <= $end`} AND fact.touched <= $known`;
    return `${range}\nWITH fact ORDER BY ${this.#key}\n${this.#ends}\nRETURN ${this.#columns}${withWrites ? writesColumns : ''}`;
  }

  /** A statement that reads the facts which `match` has bound as `fact`. Rows for `decodeFact`. */
  readFound(match: string): string {
    return `${match}\n${this.#ends}\nRETURN ${this.#columns}`;
  }

  /**
   * Statements that put new facts into the graph; each returns one row: how many of its rows found the facts that they name.
   * What they name must be there already.
   */
  create(records: readonly GraphRecord[]): RowsStatement[] {
    const { label, is } = graphShape[this.kind];
    if (is === 'relationship') {
      const query = `UNWIND $rows AS row\nMATCH (first:Artifact {id: row.first})\nMATCH (second:Artifact {id: row.second})\nCREATE (first)-[fact:${label}]->(second)\nSET fact = row.properties\nRETURN count(*)`;
      return records.length === 0 ? [] : [{ query, rows: records.map((record) => this.#encode(record)) }];
    }
    return this.#link(records, `CREATE (fact:${label})\nSET fact = row.properties`, 'create');
  }

  /** Statements that give facts in the graph other properties; what they name stays. Each returns one row: how many were found. */
  update(records: readonly GraphRecord[]): RowsStatement[] {
    if (records.length === 0) return [];
    return [{ query: `${this.#setProperties}\nRETURN count(*)`, rows: records.map((record) => this.#encode(record)) }];
  }

  /** As `update`, for facts that name other facts than before; the first statement, where there are references, returns nothing. */
  relink(records: readonly GraphRecord[]): RowsStatement[] {
    if (records.length === 0) return [];
    if (this.#references.length === 0) return this.update(records);
    const rows = records.map(({ fact }) => ({ key: toGraphKey(this.kind, fact.key) }));
    return [{ query: this.#removeReferences, rows }, ...this.#link(records, 'SET fact = row.properties', 'find')];
  }

  /** A row of `readRange` or `readByKeys`. */
  decodeFact(row: Row, writes: WriteLedger): RecordedFact {
    const specs = this.#specs;
    const graphKey = row[0] as string;
    const parts = this.#places[0] === 0 ? undefined : splitGraphKey(graphKey);
    const values: FactValue[] = new Array(specs.length);
    for (let i = 0; i < specs.length; i++) {
      const place = this.#places[i] as number;
      values[i] = place >= 0 ? decodeValue(specs[i] as FieldSpec, row[place]) : ((parts as [string, string])[-1 - place] as string);
    }
    const at = this.#recordAt;
    const { importId, by } = writes.get(row[at] as number);
    return {
      kind: this.kind,
      key: parts === undefined ? graphKey : fromGraphKey(this.kind, graphKey),
      values,
      provenance: {
        importId,
        file: row[at + 3] as string | null,
        line: row[at + 4] as number | null,
        assertedBy: by,
        assertedAt: row[at + 2] as number,
        source: row[at + 5] as string | null,
      },
    };
  }

  /** A row of `readRange` with writes or of `readByKeys`, of which `writes` knows the write. */
  decode(row: Row, writes: WriteLedger): GraphRecord {
    const at = this.#recordAt;
    return {
      fact: this.decodeFact(row, writes),
      write: row[at] as number,
      touched: row[at + 1] as number,
      said: row[at + 6] as number | null,
      writes: row[at + 7] as number[] | null,
    };
  }

  /** Of any row: see `GraphRecord`. */
  writeOf(row: Row): number {
    return row[this.#recordAt] as number;
  }

  touchedOf(row: Row): number {
    return row[this.#recordAt + 1] as number;
  }

  /** Of a row of `readRange` with writes or of `readByKeys`. */
  saidOf(row: Row): number | null {
    return row[this.#recordAt + 6] as number | null;
  }

  writesOf(row: Row): readonly number[] | null {
    return row[this.#recordAt + 7] as number[] | null;
  }

  /** A statement for the facts that name something optional, and one for those that do not. */
  #link(records: readonly GraphRecord[], change: string, fact: 'create' | 'find'): RowsStatement[] {
    const { label } = graphShape[this.kind];
    const keyProperty = this.#places[0] === 0 ? 'id' : 'key';
    const groups = new Map<string, { references: Reference[]; rows: unknown[] }>();
    for (const record of records) {
      const references = this.#references.filter((reference) => record.fact.values[reference.field] !== null);
      const name = references.map((reference) => reference.name).join();
      const group = groups.get(name) ?? { references, rows: [] };
      groups.set(name, group);
      group.rows.push(this.#encode(record));
    }
    return [...groups.values()].map(({ references, rows }) => ({
      query: [
        'UNWIND $rows AS row',
        ...(fact === 'find' ? [`MATCH (fact:${label} {${keyProperty}: row.key})`] : []),
        ...references.map(({ name, label: of }) => `MATCH (${name}:${of} {id: row.${name}})`),
        change,
        ...references.map((reference) => `CREATE ${arrow('(fact)', reference, `(${reference.name})`)}`),
        'RETURN count(*)',
      ].join('\n'),
      rows,
    }));
  }

  #encode({ fact, write, touched, said, writes }: GraphRecord): Record<string, unknown> {
    const { kind, key, values, provenance } = fact;
    const graphKey = toGraphKey(kind, key);
    const properties: Record<string, unknown> = {};
    const row: Record<string, unknown> = { key: graphKey, properties };
    if (this.#places[0] !== 0) {
      properties.key = graphKey;
      [row.first, row.second] = splitGraphKey(graphKey);
    }
    for (let i = 0; i < this.#specs.length; i++) {
      const spec = this.#specs[i] as FieldSpec;
      const value = values[i] as FactValue;
      if (value === null) continue;
      if (spec.type === 'reference') row[spec.name] = value;
      else properties[spec.name] = encodeValue(spec, value);
    }
    properties.write = int(write);
    properties.touched = int(touched);
    properties.assertedAt = int(provenance.assertedAt);
    if (provenance.file !== null) properties.file = provenance.file;
    if (provenance.line !== null) properties.line = int(provenance.line);
    if (provenance.source !== null) properties.source = provenance.source;
    if (said !== null) properties.said = int(said);
    if (writes !== null) properties.writes = writes.map((seq) => int(seq));
    return row;
  }
}

/** What every fact in the graph carries beside its fields, in the order of a row. */
const recordColumns = ['write', 'touched', 'assertedAt', 'file', 'line', 'source'];
const writesColumns = ', fact.said, fact.writes';

function arrow(from: string, { type, direction }: ReferenceShape, to: string, name = ''): string {
  return direction === 'out' ? `${from}-[${name}:${type}]->${to}` : `${from}<-[${name}:${type}]-${to}`;
}

const graphKinds: ReadonlyMap<FactKind, GraphKind> = new Map(factKinds.map((kind) => [kind, new GraphKind(kind)]));

export function graphKindOf(kind: FactKind): GraphKind {
  return graphKinds.get(kind) as GraphKind;
}
