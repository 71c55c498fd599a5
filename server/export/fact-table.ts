import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import type { FieldSpec } from '../domain/fact-fields.ts';
import { factFields, maxCellLength, rowFields } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import { unpackRows } from '../domain/text/row-text.ts';
import { columnsOf, factKindOf, fieldsOf, isSoftwareTable, type provenanceColumns, type tableKinds } from '../import/rows/table-fields.ts';

/** The kinds of tables that hold facts. */
export type FactTableKind = Exclude<(typeof tableKinds)[number], 'INCIDENT'>;

/** A table of the canonical export: its columns, and the rows of a fact. */
export interface FactTable {
  /** The fields that its file may state, then the columns of provenance. `attributes` is one of them. */
  readonly columns: readonly FieldSpec[];
  /** Values in the order of the columns. Of a fact of software a row, or a row for each of its rows (semantics §13.5). */
  rowsOf(fact: RecordedFact): (readonly FactValue[])[];
}

const provenanceFields: Readonly<Record<(typeof provenanceColumns)[number], FieldSpec>> = {
  asserted_at: { name: 'assertedAt', column: 'asserted_at', type: 'instant', isRequired: true, isKey: false },
  source: { name: 'source', column: 'source', type: 'text', maxLength: maxCellLength, isRequired: false, isKey: false },
};

export function factTable(table: FactTableKind): FactTable {
  const fields = fieldsOf(table);
  const stated = new Set(fields.map(({ column }) => column));
  const provenance = columnsOf(table).filter((column) => !stated.has(column)) as (typeof provenanceColumns)[number][];
  const columns = [...fields, ...provenance.map((column) => provenanceFields[column])];
  if (isSoftwareTable(table)) return { columns, rowsOf: softwareRows(table, columns) };
  return {
    columns,
    rowsOf: ({ values, provenance: { assertedAt, source } }) => [[...values.slice(0, fields.length), assertedAt, source]],
  };
}

function softwareRows(table: FactTableKind, columns: readonly FieldSpec[]): FactTable['rowsOf'] {
  const kind = factKindOf(table) as FactKind;
  const specs = factFields[kind];
  const claimant = specs.findIndex(({ name }) => name === 'claimant');
  const at = specs.findIndex((spec) => spec.type === 'text' && spec.rows !== undefined);
  const spec = specs[at];
  const isOfWholes = table === 'SOFTWARE_LIST' || table === 'ADVISORY';
  const rows = !isOfWholes && spec?.type === 'text' ? spec.rows : undefined;
  const places = columns.map(({ name }) => (rows === undefined ? -1 : rowFields[rows].findIndex((field) => field.name === name)));
  return ({ key, values, provenance }) => {
    const own = new Map<string, FactValue>(specs.map(({ name }, index) => [name, values[index] as FactValue]));
    // A row names its fact.
    own.set(table === 'ADVISORY_PACKAGE' ? 'advisory' : 'list', key);
    own.set('assertedAt', provenance.assertedAt);
    own.set('source', kind === 'SOFTWARE_STATEMENT' ? (values[claimant] as string) : provenance.source);
    const record = (row: readonly FactValue[]) =>
      columns.map(({ name }, i) => ((places[i] as number) < 0 ? own.get(name) : row[places[i] as number]) ?? null);
    if (rows === undefined) return [record([])];
    const text = values[at];
    return typeof text === 'string' ? unpackRows(rows, text).map(record) : [];
  };
}
