import { randomUUID } from 'node:crypto';
import { ExposureError } from '../../domain/errors.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Incident } from '../../domain/incident.ts';
import type { NoticeKey, NoticeSet, NoticeState, NoticeStatement } from '../../domain/records/incident-log.ts';
import { maxNoticeChanges, maxNoticesSet, noticeKey } from '../../domain/records/incident-log.ts';
import { maxNoteLength } from '../../domain/records/saved-texts.ts';
import type { Notice } from '../../exposure/radius/notices.ts';
import { formatDay } from '../../exposure/sentence-formats.ts';
import type { Projection } from '../../projection/projection.ts';
import { namedBy, resolveIncident } from '../../rules/merges.ts';
import type { Asker } from '../asker.ts';
import type { Fault } from '../records/faults.ts';
import { faultList } from '../records/faults.ts';
import { readMissing } from '../resolved-ids.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { getIncident } from './ask-incidents.ts';
import { askNotices } from './ask-notices.ts';
import { saveLog } from './save-incident.ts';

/** A notice as a person names it. */
export interface NamedNotice {
  readonly lab: string;
  /** Null: the owner of the incident. Absent: the only one who is to tell the lab. */
  readonly notifier?: string | null | undefined;
}

export interface SetNotices {
  readonly projection: Projection;
  /** Null if there are faults; then nothing was written. */
  readonly saved: SavedIncident | null;
  /** Names the change for `undoNotices`; null if nothing was written. */
  readonly change: string | null;
  readonly faults: readonly Fault[];
}

/** States something about one notice. A note that is left out is cleared. Throws as `setNotices`. */
export function setNotice(
  asker: Asker,
  by: string,
  incident: string,
  { lab, notifier }: NamedNotice,
  { note, ...stated }: NoticeStatement & { readonly state: NoticeState },
): Promise<SetNotices> {
  return changeNotices(asker, by, incident, [{ lab, notifier }], { ...stated, note: note ?? null }, () => []);
}

/**
 * States something about 1 to 1,000 notices, all of them or none, with one entry in the history. What is left out stays as it is.
 *
 * Throws NOT_FOUND (the incident), LIMIT_EXCEEDED, STORE_UNAVAILABLE.
 */
export async function setNotices(
  asker: Asker,
  by: string,
  incident: string,
  named: readonly NamedNotice[],
  { state, ...stated }: Omit<NoticeStatement, 'state'> & { readonly state?: NoticeState | null | undefined },
): Promise<SetNotices> {
  const { faults, fault } = faultList();
  if (named.length < 1 || named.length > maxNoticesSet) {
    const count = named.length.toLocaleString('en-US');
    fault('BAD_VALUE', ['notices'], `The change names ${count} notices; expected 1 to ${maxNoticesSet.toLocaleString('en-US')}.`);
  }
  if (state === null) fault('BAD_VALUE', ['state'], 'A notice always has a state. Leave it out to keep it, or state TO_TELL.');
  if ([state, stated.note, stated.toldAt, stated.owner].every((value) => value === undefined)) {
    fault('MISSING_VALUE', ['state'], 'The change states nothing; give a state, a note, the time of telling or an owner.');
  }
  if (faults.length > 0) return { projection: await asker.facts(), saved: null, change: null, faults };
  return changeNotices(asker, by, incident, named, { ...stated, state: state ?? undefined }, (index) => ['notices', `${index}`]);
}

/** @param pathOf leads to the notice in the input */
async function changeNotices(
  asker: Asker,
  by: string,
  incidentId: string,
  named: readonly NamedNotice[],
  requested: NoticeStatement,
  pathOf: (index: number) => string[],
): Promise<SetNotices> {
  const { faults, fault, checkText } = faultList();
  const stated: NoticeStatement = { ...requested, note: blankToNull(requested.note), owner: blankToNull(requested.owner) };
  const { state, note, toldAt, owner } = stated;
  if (note) checkText('note', 'notice', note, maxNoteLength);
  if (owner) checkText('owner', 'notice', owner, maxOwnerLength);
  if (typeof toldAt === 'number' && toldAt > asker.now)
    fault('BAD_VALUE', ['toldAt'], `The lab was told on ${formatDay(toldAt)}, which is in the future; expected now or earlier.`);
  if (typeof toldAt === 'number' && state === 'TO_TELL')
    fault('BAD_VALUE', ['toldAt'], 'A notice that is still to be told has no time of telling; leave it out, or state TOLD.');

  const { projection, notices } = await askNotices(asker, await getIncident(asker, incidentId));
  const found = await findNamed(asker, projection, notices, named, (code, index, field, message) =>
    fault(code, [...pathOf(index), field], message),
  );
  const { id } = projection.organizations;
  const keys = found.map(({ lab, notifier }): NoticeKey => ({ lab: id.get(lab), notifier: notifier < 0 ? null : id.get(notifier) }));
  if (state === undefined && toldAt !== undefined) {
    const open = found.findIndex((notice) => notice.state === 'TO_TELL');
    if (open >= 0) {
      const lab = projection.organizations.name.get((found[open] as Notice).lab);
      fault('BAD_VALUE', ['toldAt'], `The notice to ${lab} is still to be told, so it has no time of telling; state TOLD with it.`);
    }
  }
  if (faults.length > 0) return { projection, saved: null, change: null, faults };

  const change: NoticeSet = {
    change: randomUUID(),
    notices: [...new Map(keys.map((key) => [noticeKey(key.lab, key.notifier), key])).values()],
    ...withoutUndefined(stated),
    by,
    at: asker.now,
  };
  const text = describeChange(projection, change);
  const saved = await saveLog(asker, by, incidentId, ({ log }) => {
    const count = log.notices.reduce((sum, earlier) => sum + earlier.notices.length, change.notices.length);
    if (count > maxNoticeChanges) {
      throw new ExposureError(
        'LIMIT_EXCEEDED',
        `The notices of the incident were changed ${count.toLocaleString('en-US')} times, and at most ${maxNoticeChanges.toLocaleString('en-US')} changes are kept. Open a second incident.`,
      );
    }
    return { log: { ...log, notices: [...log.notices, change] }, text };
  });
  return { projection, saved, change: change.change, faults };
}

/** Characters of a person's name. */
const maxOwnerLength = 500;

async function findNamed(
  asker: Asker,
  projection: Projection,
  notices: readonly Notice[],
  named: readonly NamedNotice[],
  fault: (code: string, index: number, field: keyof NamedNotice, message: string) => void,
): Promise<Notice[]> {
  const { id } = projection.organizations;
  const ids = named.flatMap(({ lab, notifier }) => [lab, notifier]).filter((text): text is string => typeof text === 'string');
  const meanings = await readMissing(asker.questions.store, projection, ids);
  const indexOf = (organization: string) => id.find(meanings.get(organization) ?? organization);
  const byLab = new Map<number, Notice[]>();
  for (const notice of notices) getOrInsert(byLab, notice.lab, () => [] as Notice[]).push(notice);
  return named.flatMap(({ lab, notifier }, index) => {
    const ofLab = byLab.get(indexOf(lab)) ?? [];
    const wanted =
      notifier === undefined && ofLab.length === 1
        ? ofLab[0]
        : ofLab.find((one) => (typeof notifier === 'string' ? one.notifier >= 0 && one.notifier === indexOf(notifier) : one.notifier < 0));
    if (wanted !== undefined) return wanted;
    if (ofLab.length === 0) {
      fault('UNKNOWN_REFERENCE', index, 'lab', `"${lab.slice(0, 80)}" is neither an affected lab nor a blind spot of this incident.`);
    } else {
      const expected = ofLab.map((one) => (one.notifier < 0 ? 'nobody' : id.get(one.notifier))).join(', ');
      fault('UNKNOWN_REFERENCE', index, 'notifier', `No such notice to ${lab.slice(0, 80)}; it must be told by: ${expected}.`);
    }
    return [];
  });
}

/**
 * Puts back what one change of `setNotice` or `setNotices` changed, with an entry in the history.
 *
 * Throws NOT_FOUND (the incident, the change), CONFLICT (one of its notices was changed since), LIMIT_EXCEEDED, STORE_UNAVAILABLE.
 */
export async function undoNotices(asker: Asker, by: string, incidentId: string, change: string): Promise<SavedIncident> {
  const projection = await asker.facts();
  const meanings = await readMissing(asker.questions.store, projection, namedBy(await getIncident(asker, incidentId)));
  return saveLog(asker, by, incidentId, (incident) => {
    const { log } = incident;
    const position = log.notices.findIndex((one) => one.change === change);
    if (position < 0) {
      throw new ExposureError(
        'NOT_FOUND',
        `There is no change "${change.slice(0, 80)}" of this incident's notices; it may have been undone already.`,
      );
    }
    const undone = log.notices[position] as NoticeSet;
    refuseLaterChange(projection, resolveIncident(incident, meanings), position);
    const text = `Undone: ${describeChange(projection, undone)}`;
    return { log: { ...log, notices: log.notices.filter((one) => one !== undone) }, text };
  });
}

/** Throws CONFLICT if a later change has one of the notices of the change at `position`. */
function refuseLaterChange({ organizations }: Projection, { log }: Incident, position: number): void {
  const changed = new Set((log.notices[position] as NoticeSet).notices.map(({ lab, notifier }) => noticeKey(lab, notifier)));
  for (const later of log.notices.slice(position + 1)) {
    const both = later.notices.find(({ lab, notifier }) => changed.has(noticeKey(lab, notifier)));
    if (both === undefined) continue;
    const lab = nameOf(organizations, both.lab);
    throw new ExposureError(
      'CONFLICT',
      `${later.by} changed the notice to ${lab} on ${formatDay(later.at)}, after this change. Undo that change first, or change the notice again.`,
    );
  }
}

type Organizations = Projection['organizations'];

function nameOf({ id, name }: Organizations, organization: string): string {
  const index = id.find(organization);
  return index < 0 ? organization : name.get(index);
}

const mostNamed = 5;

function describeChange({ organizations }: Projection, change: NoticeSet): string {
  const { notices, state, toldAt, note, owner } = change;
  const [first] = notices as [NoticeKey, ...NoticeKey[]];
  const isOne = notices.length === 1;
  const who = (key: NoticeKey) => (key.notifier === null ? '' : ` by ${nameOf(organizations, key.notifier)}`);
  const subject = isOne ? nameOf(organizations, first.lab) : `${notices.length.toLocaleString('en-US')} notices`;
  const by = isOne ? who(first) : '';
  const were = isOne ? 'was' : 'were';
  const at = typeof toldAt === 'number' ? ` on ${formatDay(toldAt)}` : '';
  const sentences: string[] = [];
  if (state === 'TO_TELL') sentences.push(`${subject} ${isOne ? 'is' : 'are'} still to be told${by}.`);
  if (state === 'TOLD') sentences.push(`${subject} ${were} told${by}${at}.`);
  if (state === 'ANSWERED') {
    sentences.push(isOne ? `${subject} answered the notice${by}.` : `${subject} were answered.`);
    if (at !== '') sentences.push(`${isOne ? 'It was' : 'They were'} told${at}.`);
  }
  if (state === undefined && sentences.length === 0) {
    const notice = isOne ? `The notice to ${subject}${by}` : subject;
    sentences.push(at === '' ? `${notice} ${isOne ? 'has' : 'have'} changed.` : `${notice} ${were} told${at}.`);
  }
  if (owner !== undefined) sentences.push(owner === null ? 'Nobody sees to it.' : `${owner} sees to it.`);
  if (!isOne) {
    const names = notices.slice(0, mostNamed).map((key) => `${nameOf(organizations, key.lab)}${who(key)}`);
    const more = notices.length - names.length;
    sentences.push(`${names.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}.`);
  }
  if (note) sentences.push(note);
  return sentences.join(' ');
}

function blankToNull(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' && text.trim() === '' ? null : text;
}

function withoutUndefined(stated: NoticeStatement): NoticeStatement {
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}
