import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { areValuesEqual } from '../../domain/assertions.ts';
import { factNouns } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { quote } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Incident } from '../../domain/incident.ts';
import { parseIncident } from '../../domain/incident.ts';
import type { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { doubtOptions, radiusOptions } from '../../domain/radius-options.ts';
import { describeHidden } from '../../domain/text/hidden-characters.ts';
import { describeDifferingRows } from '../../rules/same-id.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { Author, WriteOutcome } from '../../store/fact-write.ts';
import { effects } from '../../store/fact-write.ts';
import type { IncidentRow } from './incident-rows.ts';
import type { Rejection } from './rejection.ts';

/** The part of an import that decides whether its incidents are accepted. */
export interface ImportedRows {
  readonly assertions: PackedAssertions;
  readonly rejectedKeys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  readonly incidents: readonly IncidentRow[];
}

export interface PlacedIncidents {
  /** id -> JSON, in the form that the store accepts. */
  readonly documents: ReadonlyMap<string, string>;
  readonly rejections: readonly Rejection[];
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Rows of one incident: EQUAL_OR_REJECTED of rules/same-id.ts. Each rejection names the other rows. */
export function keepEqualRows(rows: readonly IncidentRow[]): { rows: IncidentRow[]; rejections: Rejection[]; repeatedCount: number } {
  const byId = new Map<string, IncidentRow[]>();
  for (const row of rows) getOrInsert(byId, row.incident.id, () => []).push(row);
  const kept: IncidentRow[] = [];
  const rejections: Rejection[] = [];
  for (const [id, same] of byId) {
    const first = same[0] as IncidentRow;
    if (same.every((row) => JSON.stringify(row.incident) === JSON.stringify(first.incident))) {
      kept.push(first);
      continue;
    }
    for (const { file, line } of same) {
      const others = same.filter((row) => row.file !== file || row.line !== line).map((row) => `${row.file}:${row.line}`);
      const message = describeDifferingRows(`Incident ${id}`, others.slice(0, 5).join(', '));
      rejections.push({ file, line, column: null, code: 'DIFFERING_ROWS', message, value: id });
    }
  }
  return { rows: kept, rejections, repeatedCount: rows.length - kept.length - rejections.length };
}

/**
 * The incidents of an import as documents. Each must name organizations, artifacts and engagements that the store or the
 * import holds. A stored incident keeps its dates if nothing else in it changes.
 *
 * @param planned the planned outcome for the import's facts; undefined: all are accepted
 * @param author the person or token for the incident's history
 */
export async function placeIncidents(
  store: FactStore,
  read: ImportedRows,
  planned: WriteOutcome | undefined,
  author: Author,
): Promise<PlacedIncidents> {
  const documents = new Map<string, string>();
  const rejections: Rejection[] = [];
  const tally = { created: 0, updated: 0, unchanged: 0 };
  if (read.incidents.length === 0) return { documents, rejections, ...tally };

  const known = await findKnown(store, read, planned);
  for (const { incident, file, line } of read.incidents) {
    const faults = namesOf(incident).filter(({ kind, id }) => known.get(kind)?.has(id) !== true);
    for (const { kind, id, column } of faults) {
      const isRejected = read.rejectedKeys.get(kind)?.has(id) === true;
      const noun = factNouns[kind].one;
      const why = isRejected
        ? 'which was itself rejected. Correct that row first.'
        : `and there is no such ${noun}. Correct it, or add the ${noun} in the same import.`;
      const message = `Incident ${incident.id} names the ${noun} ${quote(id)}, ${why}`;
      rejections.push({ file, line, column, code: isRejected ? 'REFERS_TO_REJECTED' : 'UNKNOWN_REFERENCE', message, value: id });
    }
    if (faults.length > 0) continue;
    const existing = await store.findDocument('incident', incident.id);
    const before = existing === undefined ? undefined : parseIncident(existing.json);
    const hidden = before === undefined ? describeHidden('id', incident.id) : undefined;
    const message = hidden ?? (incident.name === before?.name ? undefined : describeHidden('name', incident.name));
    if (message !== undefined) {
      const [column, value] = hidden === undefined ? (['name', incident.name] as const) : (['id', incident.id] as const);
      rejections.push({ file, line, column, code: 'HIDDEN_CHARACTER', message, value });
      continue;
    }
    if (existing !== undefined && before !== undefined && isSame(before, incident)) {
      tally.unchanged++;
      documents.set(incident.id, existing.json);
    } else {
      tally[before === undefined ? 'created' : 'updated']++;
      const placed =
        before === undefined
          ? withEntry(incident, 'An import opened the incident.', author)
          : withEntry(keepUnstated(incident, before), 'An import changed the incident.', author);
      documents.set(incident.id, JSON.stringify(placed));
    }
  }
  return { documents, rejections, ...tally };
}

/** Keeps the fields that a row of incidents.csv cannot state. */
function keepUnstated(incident: Incident, { createdAt, scenario, proposal, log, logSaves }: Incident): Incident {
  return { ...incident, createdAt, scenario, proposal: proposal?.advisory.id === incident.advisory ? proposal : null, log, logSaves };
}

/** The incident with an entry of its history that names the import. */
function withEntry(incident: Incident, text: string, { by, at }: Author): Incident {
  const entry = { at, by, text, before: null, after: null, revision: null };
  return { ...incident, log: { ...incident.log, entries: [...incident.log.entries, entry] } };
}

interface Named {
  readonly kind: FactKind;
  readonly id: string;
  readonly column: string;
}

function namesOf(incident: Incident): Named[] {
  const names: Named[] = incident.origins.map((id) => ({ kind: 'ORGANIZATION', id, column: 'origins' }));
  for (const { organization: id } of incident.suspectedOrigins)
    names.push({ kind: 'ORGANIZATION', id, column: doubtOptions.suspectedOrigins.column });
  for (const scope of incident.scope) {
    names.push({ kind: 'ORGANIZATION', id: scope.origin, column: 'scope' });
    for (const id of scope.artifacts) names.push({ kind: 'ARTIFACT', id, column: 'scope' });
    for (const id of scope.engagements) names.push({ kind: 'ENGAGEMENT', id, column: 'scope' });
  }
  return names;
}

async function findKnown(store: FactStore, read: ImportedRows, planned: WriteOutcome | undefined): Promise<Map<FactKind, Set<string>>> {
  const wanted = new Map<FactKind, Set<string>>();
  for (const { incident } of read.incidents) {
    for (const { kind, id } of namesOf(incident)) getOrInsert(wanted, kind, () => new Set()).add(id);
  }
  const known = new Map<FactKind, Set<string>>();
  for (const [kind, ids] of wanted) {
    // An id that was merged into another names an organization, too.
    const facts = await store.unmerged.readFactsByKey(kind, [...ids]);
    const rejected = read.rejectedKeys.get(kind);
    known.set(kind, new Set(facts.map((fact) => fact.key).filter((key) => rejected?.has(key) !== true)));
  }
  const refused = effects.indexOf('REFUSED');
  for (const [index, { kind, key }] of read.assertions.entries()) {
    if (wanted.get(kind)?.has(key) === true && planned?.effects[index] !== refused) known.get(kind)?.add(key);
  }
  return known;
}

/** Whether two incidents are equal, apart from their creation and change times. */
function isSame(a: Incident, b: Incident): boolean {
  const plain = ({
    id,
    name,
    state,
    discoveredAt,
    origins,
    suspectedOrigins,
    hasCore,
    core,
    widest,
    scope,
    cause,
    advisory,
    ...more
  }: Incident) =>
    JSON.stringify([
      id,
      name,
      state,
      discoveredAt,
      origins,
      suspectedOrigins.map((one) => [one.organization, one.likelihood]),
      hasCore,
      core && [core.from, core.to],
      widest && [widest.from, widest.to],
      scope.map((s) => [s.origin, s.artifacts, s.engagements, s.channels]),
      radiusOptions.map((option) => more[option.name]),
      cause,
      advisory,
    ]);
  return plain(a) === plain(b);
}

/** Facts that files other than canonical ones state, and sentences about them. */
interface PlacedSoftware {
  readonly assertions: readonly Assertion[];
  readonly warnings: readonly string[];
}

const listIdField = fieldIndex('SOFTWARE_LIST', 'id');
const modifiedField = fieldIndex('ADVISORY', 'modifiedAt');

/**
 * The assertions of software files beside what is recorded (semantics §13.1).
 *
 * A list whose id is recorded with other content is the next edition: its id becomes `ID~2`, then `ID~3`, and so on. One that is recorded as it is
 * keeps its id, so importing a file twice changes nothing. A record of an advisory that is recorded with a later time of modification stays as it
 * is. Facts of one import follow the same rules among themselves.
 */
export async function placeSoftware(store: Pick<FactStore, 'readFactsByKey'>, stated: readonly Assertion[]): Promise<PlacedSoftware> {
  const placed = new Map<string, Assertion>();
  const warnings: string[] = [];
  const recordedValues = async ({ kind, key }: Pick<Assertion, 'kind' | 'key'>) => (await store.readFactsByKey(kind, [key]))[0]?.values;
  for (const assertion of stated) {
    const { kind, key } = assertion;
    if (kind === 'SOFTWARE_LIST') {
      for (let edition = 1; ; edition++) {
        const id = edition === 1 ? key : `${key}~${edition}`;
        const values = assertion.values.map((value, field) => (field === listIdField ? id : value));
        const before = placed.get(`${kind} ${id}`)?.values ?? (await recordedValues({ kind, key: id }));
        if (before !== undefined && !areValuesEqual(before as FactValue[], values as FactValue[])) continue;
        if (!placed.has(`${kind} ${id}`)) placed.set(`${kind} ${id}`, { ...assertion, key: id, values });
        if (edition > 1)
          warnings.push(
            `${assertion.file ?? 'A list'} states another content under the id ${quote(key)} than is recorded. It is kept as the next edition, ${quote(id)}.`,
          );
        break;
      }
    } else if (kind === 'ADVISORY') {
      const before = placed.get(`${kind} ${key}`)?.values ?? (await recordedValues(assertion));
      if (modifiedAt(assertion.values) < modifiedAt(before)) {
        warnings.push(
          `${assertion.file ?? 'A file'} has an earlier state of the record ${quote(key)} than is recorded. The later one stays.`,
        );
      } else placed.set(`${kind} ${key}`, assertion);
    } else placed.set(`${kind} ${key}`, assertion);
  }
  return { assertions: [...placed.values()], warnings };
}

function modifiedAt(values: Assertion['values'] | undefined): number {
  return (values?.[modifiedField] as number | null | undefined) ?? -Infinity;
}
