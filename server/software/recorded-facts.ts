import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import { factFields, rowFields } from '../domain/fact-fields.ts';
import type { SoftwareKind } from '../domain/facts.ts';
import { packRows, type RowValues, unpackRows } from '../domain/text/row-text.ts';
import type { AdvisoryRecord } from './read/software-reading.ts';
import type { AffectedPackage, Availability, SoftwareComponent, SoftwareList, SoftwareStatement } from './software-facts.ts';

/*
 * Facts of software as a store records them (semantics §13.1), and as plain values. A fact's values go by the names of the field table.
 */

type Stated = Readonly<Record<string, FactValue | undefined>>;

/** The values of a fact by the names of its fields. */
function statedOf({ kind, values }: RecordedFact): Readonly<Record<string, FactValue>> {
  return Object.fromEntries(factFields[kind].map(({ name }, field) => [name, values[field] as FactValue]));
}

/** Values in the order of the field table, for an assertion that states all fields. */
export function valuesOf(kind: SoftwareKind, stated: Stated): FactValue[] {
  return factFields[kind].map(({ name, default: fallback }) => stated[name] ?? fallback ?? null);
}

/** A list without its components, which may be many. */
export type ListHead = Omit<SoftwareList, 'components'>;

export function listHeadOf(fact: RecordedFact): ListHead {
  const { components: _, ...head } = statedOf(fact);
  return head as unknown as ListHead;
}

export function componentsOf(fact: RecordedFact): SoftwareComponent[] {
  return rowsOf('COMPONENT', statedOf(fact).components as string | null) as unknown as SoftwareComponent[];
}

/** The text of a list's components. */
export function componentsText(fact: RecordedFact): string | null {
  return statedOf(fact).components as string | null;
}

export function listValues(list: SoftwareList): FactValue[] {
  return valuesOf('SOFTWARE_LIST', { ...list, components: packObjects('COMPONENT', list.components) } as unknown as Stated);
}

/** A record of an advisory. Records that name each other are joined by read/join-advisories.ts. */
export function advisoryRecordOf(fact: RecordedFact): AdvisoryRecord {
  const { affected, ...record } = statedOf(fact);
  const { file, line } = fact.provenance;
  return {
    ...(record as unknown as Omit<AdvisoryRecord, 'affected' | 'place'>),
    affected: rowsOf('AFFECTED_PACKAGE', affected as string | null) as unknown as AffectedPackage[],
    place: { file: file ?? '', path: '', line },
  };
}

export function advisoryValues(record: Omit<AdvisoryRecord, 'place'>): FactValue[] {
  return valuesOf('ADVISORY', { ...record, affected: packObjects('AFFECTED_PACKAGE', record.affected) } as unknown as Stated);
}

/** The claims of one source about one advisory. */
export function claimsOf(fact: RecordedFact): Availability[] {
  const { advisory, claimant, claims } = statedOf(fact);
  const rows = rowsOf('CLAIM', claims as string | null) as unknown as Omit<Availability, 'advisory' | 'source'>[];
  return rows.map((row) => ({ ...row, advisory: advisory as string, source: claimant as string }));
}

/** @param id `madeKey` of the advisory and the source */
export function claimValues(id: string, advisory: string, source: string, claims: readonly Omit<Availability, 'advisory' | 'source'>[]) {
  return valuesOf('AVAILABILITY', { id, advisory, claimant: source, claims: packObjects('CLAIM', claims) });
}

export function statementOf(fact: RecordedFact): SoftwareStatement {
  const { id: _, claimant, ...statement } = statedOf(fact);
  return { ...(statement as unknown as Omit<SoftwareStatement, 'source'>), source: claimant as string };
}

/** @param id `madeKey` of the organization, the advisory and the source */
export function statementValues(id: string, { source, ...statement }: SoftwareStatement): FactValue[] {
  return valuesOf('SOFTWARE_STATEMENT', { ...statement, id, claimant: source });
}

function rowsOf(kind: keyof typeof rowFields, text: string | null): Record<string, FactValue>[] {
  const specs = rowFields[kind];
  const toObject = (row: RowValues) => Object.fromEntries(specs.map(({ name }, field) => [name, row[field] as FactValue]));
  return text === null ? [] : unpackRows(kind, text).map(toObject);
}

function packObjects(kind: keyof typeof rowFields, rows: readonly object[]): string {
  const specs = rowFields[kind];
  return packRows(
    kind,
    rows.map((row) => specs.map(({ name, default: fallback }) => (row as Stated)[name] ?? fallback ?? null)),
  );
}
