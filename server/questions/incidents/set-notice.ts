import { maxNoteLength } from '../../domain/records/note.ts';
import type { NoticeSet } from '../../domain/records/notice.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import type { Fault } from '../records/faults.ts';
import { faultList } from '../records/faults.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import type { SavedIncident } from './ask-incidents.ts';
import { getIncident } from './ask-incidents.ts';
import { askNotices } from './ask-notices.ts';
import { saveLog } from './save-incident.ts';

/** A statement of a person about a notice. */
export interface NoticeStatement {
  readonly incident: string;
  readonly lab: string;
  /** Null: the owner of the incident. Absent: the only one who is to tell the lab. */
  readonly notifier?: string | null | undefined;
  readonly state: NoticeSet['state'];
  readonly note?: string | null | undefined;
}

export interface SetNotice {
  readonly projection: Projection;
  /** Null if there are faults; then nothing was written. */
  readonly saved: SavedIncident | null;
  readonly faults: readonly Fault[];
}

/**
 * Records that a lab was notified, or that it answered, with an entry in the history. Throws NOT_FOUND (the incident), LIMIT_EXCEEDED,
 * STORE_UNAVAILABLE.
 */
export async function setNotice(asker: Asker, by: string, stated: NoticeStatement): Promise<SetNotice> {
  const { faults, fault, checkText } = faultList();
  const note = stated.note?.trim() ? stated.note : null;
  if (note !== null) checkText('note', 'notice', note, maxNoteLength);
  const { projection, notices } = await askNotices(asker, await getIncident(asker, stated.incident));
  const { id } = projection.organizations;
  const resolved = await resolveMergedIds(asker, projection, stated, ['lab', 'notifier']);
  const ofLab = notices.filter(({ lab }) => id.get(lab) === resolved.lab);
  const notifierOf = ({ notifier }: { notifier: number }) => (notifier < 0 ? null : id.get(notifier));
  const wanted =
    resolved.notifier === undefined && ofLab.length === 1 ? ofLab[0] : ofLab.find((one) => notifierOf(one) === (resolved.notifier ?? null));
  if (ofLab.length === 0) {
    fault('UNKNOWN_REFERENCE', ['lab'], `"${stated.lab.slice(0, 80)}" is neither an affected lab nor a blind spot of this incident.`);
  } else if (wanted === undefined) {
    const expected = ofLab.map((one) => notifierOf(one) ?? 'nobody').join(', ');
    fault('UNKNOWN_REFERENCE', ['notifier'], `No such notice to ${stated.lab.slice(0, 80)}; it must be told by: ${expected}.`);
  }
  if (wanted === undefined || faults.length > 0) return { projection, saved: null, faults };
  const notice = { lab: resolved.lab, notifier: notifierOf(wanted), state: stated.state, note, by, at: asker.now };
  const text = describeNotice(projection, notice);
  const saved = await saveLog(asker, by, stated.incident, ({ log }) => ({ log: { ...log, notices: [...log.notices, notice] }, text }));
  return { projection, saved, faults };
}

function describeNotice({ organizations }: Projection, { lab, notifier, state, note }: NoticeSet): string {
  const nameOf = (organization: string) => organizations.name.get(organizations.id.find(organization));
  const who = notifier === null ? '' : ` by ${nameOf(notifier)}`;
  const sentence = {
    TO_TELL: `${nameOf(lab)} is still to be told${who}.`,
    TOLD: `${nameOf(lab)} was told${who}.`,
    ANSWERED: `${nameOf(lab)} answered the notice${who}.`,
  }[state];
  return note === null ? sentence : `${sentence} ${note}`;
}
