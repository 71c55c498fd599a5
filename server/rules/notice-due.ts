import { isCurrent } from './engagement-term.ts';

/** An engagement between a lab and the organization that has to tell it. NaN: unknown instant, or no term. */
export interface NoticeTerm {
  readonly startsAt: number;
  readonly endsAt: number;
  /** Hours within which the provider must report a breach to the client. */
  readonly noticeHours: number;
}

const hourMs = 3_600_000;

/**
 * Finds the term that decides when a lab must be notified (semantics §10): the smallest noticeHours of the engagements that are current
 * when the breach is discovered. Of equal terms, the first. If no current engagement has a term, the first current one.
 *
 * @param terms by engagement id
 * @returns the index into `terms`, or -1 if none is current
 */
export function findNoticeTerm(terms: readonly NoticeTerm[], discoveredAt: number): number {
  let found = -1;
  terms.forEach(({ startsAt, endsAt, noticeHours }, i) => {
    if (!isCurrent(startsAt, endsAt, discoveredAt, discoveredAt)) return;
    const best = terms[found]?.noticeHours;
    if (best === undefined || noticeHours < best || (Number.isNaN(best) && !Number.isNaN(noticeHours))) found = i;
  });
  return found;
}

/** The instant by which a lab must be notified. Undefined without a term. */
export function noticeDueAt(noticeHours: number, discoveredAt: number): number | undefined {
  return Number.isNaN(noticeHours) ? undefined : discoveredAt + noticeHours * hourMs;
}
