import { isCurrent } from './engagement-term.ts';

/** An engagement between a lab and the organization that has to tell it. NaN: unknown instant, or no term. */
export interface NoticeTerm {
  readonly startsAt: number;
  readonly endsAt: number;
  /** Hours within which the provider must report a breach to the client. */
  readonly noticeHours: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The clock of an incident (semantics §10). It starts when the breach became known, and at no other instant: not when the incident was opened
 * or last saved, nor when its windows begin.
 */
export interface IncidentClock {
  /** Null: the breach is not known to be discovered, so no term runs and nothing is due. */
  readonly startsAt: number | null;
  /** The instant at which an engagement must be current for its term to count. Until the clock starts, the instant of asking. */
  readonly termsAt: number;
}

export function clockOf(discoveredAt: number | null, now: number): IncidentClock {
  return { startsAt: discoveredAt, termsAt: discoveredAt ?? now };
}

/**
 * The instant that a lab sees as the time of an incident and of its last change: the start of its clock, else when it was opened. Later
 * saves may be about other labs.
 */
export function visibleTimeOf(discoveredAt: number | null, createdAt: number): number {
  return discoveredAt ?? createdAt;
}

/**
 * Finds the term that decides when a lab must be notified (semantics §10): the smallest noticeHours of the engagements that are current
 * when the breach is discovered. Of equal terms, the first. If no current engagement has a term, the first current one.
 *
 * @param terms by engagement id
 * @returns the index into `terms`, or -1 if none is current
 */
export function findNoticeTerm(terms: readonly NoticeTerm[], { termsAt }: IncidentClock): number {
  let found = -1;
  terms.forEach(({ startsAt, endsAt, noticeHours }, i) => {
    if (!isCurrent(startsAt, endsAt, termsAt, termsAt)) return;
    const best = terms[found]?.noticeHours;
    if (best === undefined || noticeHours < best || (Number.isNaN(best) && !Number.isNaN(noticeHours))) found = i;
  });
  return found;
}

/** The instant by which a lab must be notified. Null without a term, and before the clock starts. */
export function noticeDueAt(noticeHours: number, { startsAt }: IncidentClock): number | null {
  return startsAt === null || Number.isNaN(noticeHours) ? null : startsAt + noticeHours * hourMs;
}

/** Why nothing is due, for a person: the clock has not started, or no term is agreed. */
export function explainNoDue(discoveredAt: number | null): string {
  return discoveredAt === null ? 'no term runs: it is not known when the breach was discovered' : 'no term agreed';
}

export const noticeTerms = ['OVERDUE', 'DUE_TODAY', 'LATER', 'NONE', 'IN_TIME', 'LATE'] as const;
/** How a notice stands to its term. Open: OVERDUE, DUE_TODAY (in UTC) or LATER. Told: IN_TIME or LATE. NONE: no term is agreed, or none runs. */
export type NoticeTermState = (typeof noticeTerms)[number];

/** @param toldAt null: the lab is still to be told */
export function noticeTermOf(dueAt: number | null, toldAt: number | null, now: number): NoticeTermState {
  if (dueAt === null) return 'NONE';
  if (toldAt !== null) return toldAt <= dueAt ? 'IN_TIME' : 'LATE';
  if (dueAt < now) return 'OVERDUE';
  return Math.floor(dueAt / dayMs) === Math.floor(now / dayMs) ? 'DUE_TODAY' : 'LATER';
}
