import type { RecordedFact } from '../domain/assertions.ts';
import { formatFactValue, joinValues } from '../domain/canonical-values.ts';
import { compareCodePoints } from '../domain/compare.ts';
import type { FieldSpec } from '../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../domain/facts.ts';
import { factKinds } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { parseIncident } from '../domain/incident.ts';
import { formatInstant } from '../domain/instants.ts';
import { formatScope } from '../import/rows/incident-scope.ts';
import { attributePrefix, columnsOf, fieldsOf, fileNameOf, provenanceColumns } from '../import/rows/table-fields.ts';
import type { FactStore } from '../store/fact-store.ts';
import { formatCsvRecord } from './csv.ts';

const batch = 1000;

/** A piece of one file of an export. Pieces of a file follow each other. */
export interface ExportPiece {
  /** `organizations.csv`. */
  readonly file: string;
  readonly text: string;
}

/**
 * The facts now, and the incidents, as canonical CSV: a file a kind, each with at least its header, facts by key. Importing
 * the files into an empty store gives equal answers; who recorded the facts, and when, is the import's.
 *
 * Memory: a batch of facts; of organizations all, as their attributes decide the columns.
 */
export async function* exportFacts(store: FactStore): AsyncGenerator<ExportPiece> {
  const begun = new Set<FactKind>();
  const organizations: RecordedFact[] = [];
  for await (const { kind, facts } of store.readFacts()) {
    if (kind === 'ORGANIZATION') {
      organizations.push(...facts);
      continue;
    }
    yield* beginUpTo(kind, begun, organizations);
    yield { file: csvName(kind), text: facts.map((fact) => formatFact(fact, [])).join('') };
  }
  yield* beginUpTo(undefined, begun, organizations);

  yield { file: csvName('INCIDENT'), text: formatCsvRecord(columnsOf('INCIDENT')) };
  for (const { id, json } of await store.listDocuments('incident')) {
    yield { file: csvName('INCIDENT'), text: formatIncident({ ...parseIncident(json), id }) };
  }
}

/** These transfers as canonical CSV, as they were at a revision: a header, then in the order given. Memory: a batch. */
export async function* formatTransfers(store: FactStore, ids: readonly string[], revision: number): AsyncGenerator<string> {
  yield formatCsvRecord(columnsOf('TRANSFER'));
  for (let start = 0; start < ids.length; start += batch) {
    const facts = await store.readFactsByKey('TRANSFER', ids.slice(start, start + batch), { revision });
    yield facts.map((fact) => formatFact(fact, [])).join('');
  }
}

/** The headers of the files up to that of `kind`, which no fact may have begun; undefined: of all. */
function* beginUpTo(kind: FactKind | undefined, begun: Set<FactKind>, organizations: readonly RecordedFact[]): Generator<ExportPiece> {
  const end = kind === undefined ? factKinds.length : factKinds.indexOf(kind) + 1;
  for (const one of factKinds.slice(0, end)) {
    if (begun.has(one)) continue;
    begun.add(one);
    if (one === 'ORGANIZATION') yield* writeOrganizations(organizations);
    else yield { file: csvName(one), text: formatCsvRecord(columnsOf(one)) };
  }
}

function* writeOrganizations(organizations: readonly RecordedFact[]): Generator<ExportPiece> {
  const index = fieldsOf('ORGANIZATION').findIndex((spec) => spec.type === 'attributes');
  const names = new Set<string>();
  for (const { values } of organizations) for (const { name } of (values[index] as readonly Attribute[] | null) ?? []) names.add(name);
  const attributes = [...names].sort(compareCodePoints);
  const file = csvName('ORGANIZATION');
  const columns = columnsOf('ORGANIZATION');
  columns.splice(columns.length - provenanceColumns.length, 0, ...attributes.map((name) => attributePrefix + name));
  yield { file, text: formatCsvRecord(columns) };
  for (let start = 0; start < organizations.length; start += batch) {
    const facts = organizations.slice(start, start + batch);
    yield { file, text: facts.map((fact) => formatFact(fact, attributes)).join('') };
  }
}

function csvName(kind: FactKind | 'INCIDENT'): string {
  return `${fileNameOf(kind)}.csv`;
}

function formatFact(fact: RecordedFact, attributes: readonly string[]): string {
  const cells: (string | null)[] = [];
  let said: readonly Attribute[] = [];
  for (const [index, spec] of fieldsOf(fact.kind).entries()) {
    const value = fact.values[index] ?? null;
    if (spec.type === 'attributes') said = (value as readonly Attribute[] | null) ?? [];
    else cells.push(formatFactValue(spec as FieldSpec, value));
  }
  const byName = new Map(said.map(({ name, value }) => [name, value]));
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
    String(incident.maxHops),
    String(incident.transferLikelihood),
    String(incident.minDegree),
    formatScope(incident.scope).join(';'),
  ]);
}
