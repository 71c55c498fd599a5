import { formatCsvRecord } from '../csv/csv-record.ts';
import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import { formatFactValue, joinValues } from '../domain/canonical-values.ts';
import { compareCodePoints } from '../domain/compare.ts';
import type { FieldSpec } from '../domain/fact-fields.ts';
import { factFields, maxCellLength, rowFields } from '../domain/fact-fields.ts';
import type { Attribute, CustodyKind, FactKind } from '../domain/facts.ts';
import { custodyKinds } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { parseIncident } from '../domain/incident.ts';
import { formatInstant } from '../domain/instants.ts';
import { formatSuspect, radiusOptions } from '../domain/radius-options.ts';
import { unpackRows } from '../domain/text/row-text.ts';
import type { SoftwareTableKind } from '../import/rows/table-fields.ts';
import {
  attributePrefix,
  columnsOf,
  factKindOf,
  fieldsOf,
  fileNameOf,
  formatScope,
  isSoftwareTable,
  provenanceColumns,
  tableKinds,
} from '../import/rows/table-fields.ts';
import { namedBy, resolveIncident } from '../rules/merges.ts';
import type { FactStore, KnownAt } from '../store/fact-store.ts';

const batch = 1000;

/** A piece of one file of an export. The pieces of a file come one after another. */
export interface ExportPiece {
  /** `organizations.csv`. */
  readonly file: string;
  readonly text: string;
}

/**
 * The facts and the incidents as canonical CSV, one file for each kind, and files for the rows of software lists and advisories. Each file has a header. Facts are sorted by key.
 * Incidents have resolved ids.
 * Importing the files into an empty store gives the same answers, but its facts have the author and time of that import.
 *
 * Memory: one batch of facts. Of a kind with attributes, all facts, because their attributes decide the columns.
 */
export async function* exportFacts(store: FactStore, at?: KnownAt): AsyncGenerator<ExportPiece> {
  /** The facts of each kind with attributes, until the kind is complete. */
  const collected = new Map<FactKind, RecordedFact[]>(custodyKinds.filter(hasAttributes).map((kind) => [kind, []]));
  let begun = 0;
  const beginUpTo = function* (end: number): Generator<ExportPiece> {
    for (; begun < end; begun++) yield* beginFile(custodyKinds[begun] as CustodyKind, collected);
  };
  for await (const { kind, facts } of store.readFacts(at, custodyKinds)) {
    yield* beginUpTo(custodyKinds.indexOf(kind as CustodyKind));
    if (collected.has(kind)) collected.get(kind)?.push(...facts);
    else {
      yield* beginUpTo(custodyKinds.indexOf(kind as CustodyKind) + 1);
      yield { file: csvName(kind), text: facts.map((fact) => formatFact(fact, [])).join('') };
    }
  }
  yield* beginUpTo(custodyKinds.length);
  for (const table of tableKinds.filter(isSoftwareTable)) yield* exportSoftware(store, table, at);

  yield { file: csvName('INCIDENT'), text: formatCsvRecord(columnsOf('INCIDENT')) };
  for (const { id, json } of await store.listDocuments('incident')) {
    const incident = parseIncident(json);
    const meanings = await store.readMeanings(namedBy(incident), at);
    yield { file: csvName('INCIDENT'), text: formatIncident({ ...resolveIncident(incident, meanings), id }) };
  }
}

/**
 * One file of facts of software: of a fact a row, or a row for each of its rows (semantics §13.5). Each file reads its facts anew, so that no
 * rows wait in memory for the file of another table.
 */
async function* exportSoftware(store: FactStore, table: SoftwareTableKind, at: KnownAt | undefined): AsyncGenerator<ExportPiece> {
  const file = csvName(table);
  const { columns, rowsOf } = factTable(table);
  yield { file, text: formatCsvRecord(columnsOf(table)) };
  for await (const { facts } of store.readFacts(at, [factKindOf(table) as FactKind])) {
    for (const fact of facts) {
      const records = rowsOf(fact).map((row) => formatCsvRecord(row.map((value, i) => formatFactValue(columns[i] as FieldSpec, value))));
      yield { file, text: records.join('') };
    }
  }
}

/** These transfers as they were at a revision, as canonical CSV: a header, then the transfers in the given order. Memory: one batch. */
export async function* formatTransfers(store: FactStore, ids: readonly string[], revision: number): AsyncGenerator<string> {
  yield formatCsvRecord(columnsOf('TRANSFER'));
  for (let start = 0; start < ids.length; start += batch) {
    const facts = await store.readFactsByKey('TRANSFER', ids.slice(start, start + batch), { revision });
    yield facts.map((fact) => formatFact(fact, [])).join('');
  }
}

function hasAttributes(kind: FactKind): boolean {
  return fieldsOf(kind).some((spec) => spec.type === 'attributes');
}

/** The header of a kind's file, then the facts that were collected for it. */
function* beginFile(kind: FactKind, collected: ReadonlyMap<FactKind, readonly RecordedFact[]>): Generator<ExportPiece> {
  const file = csvName(kind);
  const facts = collected.get(kind) ?? [];
  const attributes = listAttributes(kind, facts);
  const columns = columnsOf(kind);
  columns.splice(columns.length - provenanceColumns.length, 0, ...attributes.map((name) => attributePrefix + name));
  yield { file, text: formatCsvRecord(columns) };
  for (let start = 0; start < facts.length; start += batch) {
    const some = facts.slice(start, start + batch);
    yield { file, text: some.map((fact) => formatFact(fact, attributes)).join('') };
  }
}

/** The names of all attributes that the facts have, in code point order. */
function listAttributes(kind: FactKind, facts: readonly RecordedFact[]): string[] {
  const index = fieldsOf(kind).findIndex((spec) => spec.type === 'attributes');
  const names = new Set<string>();
  for (const { values } of facts) for (const { name } of (values[index] as readonly Attribute[] | null) ?? []) names.add(name);
  return [...names].sort(compareCodePoints);
}

function csvName(kind: Parameters<typeof fileNameOf>[0]): string {
  return `${fileNameOf(kind)}.csv`;
}

function formatFact(fact: RecordedFact, attributes: readonly string[]): string {
  const cells: (string | null)[] = [];
  let statedAttributes: readonly Attribute[] = [];
  for (const [index, spec] of fieldsOf(fact.kind).entries()) {
    const value = fact.values[index] ?? null;
    if (spec.type === 'attributes') statedAttributes = (value as readonly Attribute[] | null) ?? [];
    else cells.push(formatFactValue(spec as FieldSpec, value));
  }
  const byName = new Map(statedAttributes.map(({ name, value }) => [name, value]));
  for (const name of attributes) cells.push(byName.get(name) ?? null);
  cells.push(formatInstant(fact.provenance.assertedAt), fact.provenance.source);
  return formatCsvRecord(cells);
}

function formatIncident(incident: Incident): string {
  const instant = (value: number | null | undefined) => (value === null || value === undefined ? null : formatInstant(value));
  return formatCsvRecord([
    incident.id,
    incident.name,
    incident.state,
    instant(incident.discoveredAt),
    joinValues(incident.origins),
    instant(incident.core?.from),
    instant(incident.core?.to),
    instant(incident.widest?.from),
    instant(incident.widest?.to),
    ...radiusOptions.map(({ name }) => String(incident[name])),
    formatScope(incident.scope).join(';'),
    incident.suspectedOrigins.map(formatSuspect).join(';'),
    String(incident.hasCore),
    incident.cause,
    incident.advisory,
  ]);
}

/** The kinds of tables that hold facts. */
type FactTableKind = Exclude<(typeof tableKinds)[number], 'INCIDENT'>;

/** A table of the canonical export: its columns, and the rows of a fact. */
interface FactTable {
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
