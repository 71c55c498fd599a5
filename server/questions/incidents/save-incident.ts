import { ExposureError } from '../../domain/errors.ts';
import type { Incident } from '../../domain/incident.ts';
import { causeNames, parseIncident } from '../../domain/incident.ts';
import type { ClosedWindow } from '../../domain/instants.ts';
import { radiusOptions } from '../../domain/radius-options.ts';
import type { IncidentLog } from '../../domain/records/incident-log.ts';
import { maxEntries } from '../../domain/records/incident-log.ts';
import { maxNoteLength } from '../../domain/records/saved-texts.ts';
import { formatDay, formatShare } from '../../exposure/sentence-formats.ts';
import type { Projection } from '../../projection/projection.ts';
import { namedBy } from '../../rules/merges.ts';
import type { StoredDocument } from '../../store/store-record.ts';
import type { Asker } from '../asker.ts';
import type { AnsweredRadius } from '../radius/ask-radius.ts';
import type { Fault } from '../records/faults.ts';
import { faultList } from '../records/faults.ts';
import type { PlannedRecord } from '../records/saved-records.ts';
import { saveRecord } from '../records/saved-records.ts';
import { readMissing } from '../resolved-ids.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { toSavedIncident } from './ask-incidents.ts';
import { addEntry } from './incident-history.ts';

/**
 * Saves an incident, with an entry in its history. If another save came in between, retries with the latest version, unless the
 * caller named one.
 *
 * @param id the incident's id, new or known
 * @param ifVersion the version that the caller edited; absent: any
 * @param plan makes the incident from its latest version
 * Throws NOT_FOUND, CONFLICT (a later version), STORE_UNAVAILABLE.
 */
export async function saveIncident<InputFault>(
  asker: Asker,
  by: string,
  id: string,
  isKnown: boolean,
  ifVersion: number | null | undefined,
  plan: (before: Incident | undefined) => PlannedRecord<Incident, InputFault>,
): Promise<{ saved: SavedIncident | null; faults: readonly InputFault[] }> {
  const projection = await asker.facts();
  const { saved, faults } = await saveRecord(asker, {
    collection: 'incident',
    id,
    isKnown,
    plan: async (document) => {
      if (document !== undefined) refuseEarlierVersion(document, ifVersion);
      const before = document && parseIncident(document.json);
      const { record, faults } = plan(before);
      if (faults.length > 0) return { record, faults };
      const text = describeIncidentChange(
        before,
        record,
        await readNames(asker, projection, before === undefined ? [record] : [before, record]),
      );
      return { record: text === '' ? record : await addEntry(asker, before, record, by, text), faults };
    },
  });
  return { saved: saved && toSavedIncident(saved), faults };
}

/** The names of the organizations that incidents name, by id. An id without an organization is its own name. */
async function readNames(asker: Asker, projection: Projection, incidents: readonly Incident[]): Promise<(id: string) => string> {
  const { organizations } = projection;
  const meanings = await readMissing(asker.questions.store, projection, incidents.flatMap(namedBy));
  return (id) => {
    const index = organizations.id.find(meanings.get(id) ?? id);
    return index < 0 ? id : organizations.name.get(index);
  };
}

function refuseEarlierVersion(document: StoredDocument, ifVersion: number | null | undefined): void {
  const { incident, version } = toSavedIncident(document);
  if (typeof ifVersion !== 'number' || ifVersion === version) return;
  const last = incident.log.entries.at(-1);
  const who = last === undefined ? '' : ` Last, ${last.by} wrote on ${formatDay(last.at)}: ${last.text}`;
  throw new ExposureError(
    'CONFLICT',
    `The incident is at version ${version}, not at ${ifVersion}.${who} Look at what was saved since, then save again.`,
  );
}

/**
 * Changes the log of an incident, with an entry in its history. It does not raise the incident's version: several people may
 * write at once, and nothing of theirs is lost.
 *
 * @param change makes the log from its latest version
 * @param earlier as in `addEntry`
 * Throws NOT_FOUND, LIMIT_EXCEEDED, STORE_UNAVAILABLE, and what `change` throws.
 */
export async function saveLog(
  asker: Asker,
  by: string,
  id: string,
  change: (incident: Incident) => { readonly log: IncidentLog; readonly text: string },
  earlier?: AnsweredRadius,
): Promise<SavedIncident> {
  const { saved } = await saveRecord<Incident, never>(asker, {
    collection: 'incident',
    id,
    isKnown: true,
    plan: async (document) => {
      const before = parseIncident((document as StoredDocument).json);
      if (before.log.entries.length >= maxEntries) {
        throw new ExposureError(
          'LIMIT_EXCEEDED',
          `The incident has ${maxEntries.toLocaleString('en-US')} entries, which is the limit. Open a second incident for further changes.`,
        );
      }
      const { log, text } = change(before);
      const after = { ...before, log, logSaves: before.logSaves + 1 };
      return { record: await addEntry(asker, before, after, by, text, earlier), faults: [] };
    },
  });
  return toSavedIncident(saved as StoredDocument);
}

/** Adds a note to the history of an incident. Throws NOT_FOUND, LIMIT_EXCEEDED, STORE_UNAVAILABLE. */
export async function addIncidentNote(
  asker: Asker,
  by: string,
  id: string,
  text: string,
): Promise<{ saved: SavedIncident | null; faults: readonly Fault[] }> {
  const { faults, checkText } = faultList();
  checkText('text', 'note', text, maxNoteLength);
  return { saved: faults.length > 0 ? null : await saveLog(asker, by, id, ({ log }) => ({ log, text })), faults };
}

/** Returns whether there was one. */
export function deleteIncident(asker: Asker, id: string): Promise<boolean> {
  return asker.questions.store.deleteDocument('incident', id);
}

/**
 * The changes of a save to an incident, as sentences. Empty if nothing changed.
 *
 * @param before undefined for a new incident
 * @param nameOf the name of an organization
 */
function describeIncidentChange(before: Incident | undefined, after: Incident, nameOf: (id: string) => string): string {
  const list = (ids: readonly string[]) => ids.map(nameOf).join(', ');
  const suspects = after.suspectedOrigins.map((one) => `${nameOf(one.organization)} (${formatShare(one.likelihood)})`);
  if (before === undefined) {
    const origins = after.origins.length === 0 ? [] : [`${list(after.origins)} as origin`];
    const suspected = suspects.length === 0 ? [] : [`${suspects.join(', ')} as suspected`];
    const core = after.hasCore ? '' : ', without a core window';
    const proposed = after.advisory === null ? '' : `, as proposed from ${after.advisory}`;
    return `The incident was opened with ${[...origins, ...suspected].join(' and ')}${core}${proposed}.`;
  }
  const sentences: string[] = [];
  const say = (noun: string, was: string, is: string) => {
    if (was !== is) sentences.push(`${noun}: ${was} → ${is}.`);
  };
  const added = after.origins.filter((id) => !before.origins.includes(id));
  const removed = before.origins.filter((id) => !after.origins.includes(id));
  say('Name', before.name, after.name);
  say('State', before.state, after.state);
  say('Cause', causeNames[before.cause], causeNames[after.cause]);
  say('Discovered', formatMaybe(before.discoveredAt), formatMaybe(after.discoveredAt));
  if (added.length > 0) sentences.push(`Origins added: ${list(added)}.`);
  if (removed.length > 0) sentences.push(`Origins removed: ${list(removed)}.`);
  if (JSON.stringify(before.suspectedOrigins) !== JSON.stringify(after.suspectedOrigins))
    sentences.push(suspects.length === 0 ? 'No organization is suspected any more.' : `Suspected origins: ${suspects.join(', ')}.`);
  if (before.hasCore !== after.hasCore)
    sentences.push(after.hasCore ? 'There is a core window.' : 'There is no core window: no instant is certain.');
  say('Core window', formatWindow(before.core), formatWindow(after.core));
  say('Widest window', formatWindow(before.widest), formatWindow(after.widest));
  for (const { name, noun } of radiusOptions) say(noun, `${before[name]}`, `${after[name]}`);
  if (JSON.stringify(before.proposal) !== JSON.stringify(after.proposal))
    sentences.push(after.advisory === null ? 'It names no advisory any more.' : `It was proposed from ${after.advisory}.`);
  if (JSON.stringify(before.scope) !== JSON.stringify(after.scope)) {
    sentences.push(
      after.scope.length === 0 ? 'The claimed scope was removed.' : `The claimed scope changed: ${list(after.scope.map((s) => s.origin))}.`,
    );
  }
  if (JSON.stringify(before.scenario) !== JSON.stringify(after.scenario)) {
    sentences.push(`The actions under consideration changed: ${before.scenario.length} → ${after.scenario.length}.`);
  }
  return sentences.join(' ');
}

function formatMaybe(instant: number | null): string {
  return instant === null ? 'not known' : formatDay(instant);
}

function formatWindow(window: ClosedWindow | null): string {
  return window === null ? 'none' : `${formatDay(window.from)} to ${formatDay(window.to)}`;
}
