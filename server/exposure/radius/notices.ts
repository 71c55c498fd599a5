import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { NoticeStanding, NoticeState } from '../../domain/records/incident-log.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import type { NoticeTermState } from '../../rules/notice-due.ts';
import { clockOf, findNoticeTerm, type IncidentClock, noticeDueAt } from '../../rules/notice-due.ts';
import type { BlastRadius } from './blast-radius.ts';

const transferred = copyKinds.indexOf('TRANSFERRED');

/** Someone who has to tell a lab, and by when (semantics §10). */
export interface NoticeDue {
  readonly lab: number;
  /** None (-1): only the incident's owner can tell it. */
  readonly notifier: number;
  /** The engagement whose term counts, or none (-1). */
  readonly engagement: number;
  readonly dueAt: number | null;
}

/**
 * Finds who has to tell each affected lab and each blind spot (semantics §10): the rank-1 holder on the custody chain of each EXPOSED or
 * POSSIBLE way into its artifacts. If there is none, the first provider on its path of engagements. Otherwise nobody.
 *
 * @param discoveredAt when the breach became known, or null: see rules/notice-due.ts
 * @returns by dueAt (none last), then lab, then notifier
 * Complexity: O(ways in + transfers on their chains + engagements of the labs).
 */
export function* findNotices(radius: BlastRadius, discoveredAt: number | null, now: number): Steps<NoticeDue[]> {
  const { projection } = radius;
  const clock = clockOf(discoveredAt, now);
  const firstHolderOf = createFirstHolder(projection);
  const notifiers = new Map<number, Set<number>>(radius.labs.map(({ lab }) => [lab, new Set()]));
  for (const row of radius.artifacts) {
    yield;
    if (row.tier === 'CONTAINED') continue;
    const lab = projection.artifacts.owner[row.artifact] as number;
    for (const { copy, tier } of row.ways(row.wayCount)) {
      const holder = tier === 'CONTAINED' ? none : firstHolderOf(copy);
      if (holder !== none && holder !== lab) notifiers.get(lab)?.add(holder);
    }
  }
  for (const { organization, path, isBlindSpot } of radius.dependents) {
    yield;
    const known = notifiers.get(organization);
    if (!isBlindSpot && (known === undefined || known.size > 0)) continue;
    const provider = projection.engagements.provider[path[0] as number] as number;
    notifiers.set(organization, new Set([provider]));
  }
  const notices = [...notifiers].flatMap(([lab, found]) =>
    (found.size === 0 ? [none] : [...found]).map((notifier) => withTerm(projection, lab, notifier, clock)),
  );
  const dueOf = ({ dueAt }: NoticeDue) => dueAt ?? Number.MAX_VALUE;
  return notices.sort((a, b) => dueOf(a) - dueOf(b) || a.lab - b.lab || a.notifier - b.notifier);
}

function withTerm({ organizations, engagements }: Projection, lab: number, notifier: number, clock: IncidentClock): NoticeDue {
  const between = Array.from(rowOf(organizations.engagementsAsClient, lab)).filter((e) => engagements.provider[e] === notifier);
  const terms = between.map((e) => ({
    startsAt: engagements.startsAt[e] as number,
    endsAt: engagements.endsAt[e] as number,
    noticeHours: engagements.noticeHours[e] as number,
  }));
  const found = findNoticeTerm(terms, clock);
  const hours = terms[found]?.noticeHours ?? Number.NaN;
  return { lab, notifier, engagement: between[found] ?? none, dueAt: noticeDueAt(hours, clock) };
}

/** The recipient of the first transfer on a copy's custody chain; none if no chain explains the copy. Follows each chain once. */
function createFirstHolder({ copies, transfers }: Projection): (copy: number) => number {
  const known = new Map<number, number>();
  return (copy) => {
    if (copies.kind.at(copy) !== transferred || copies.rank.at(copy) === none) return none;
    const followed: number[] = [];
    let t = copies.transfer.at(copy);
    while (!known.has(t)) {
      followed.push(t);
      const previous = copies.chainPrevious.at(transfers.copy.at(t));
      if (previous === none) break;
      t = previous;
    }
    const holder = known.get(t) ?? transfers.recipient.at(t);
    for (const one of followed) known.set(one, holder);
    return holder;
  };
}

/** A notice with what people recorded about it. */
export interface Notice extends NoticeDue, NoticeStanding {
  readonly term: NoticeTermState;
}

/** Numbers of notices: by state, and by term. */
export interface NoticeCounts {
  readonly total: number;
  readonly toTell: number;
  readonly told: number;
  readonly answered: number;
  readonly overdue: number;
  readonly dueToday: number;
  readonly later: number;
  readonly none: number;
  readonly inTime: number;
  readonly late: number;
}

export function countNotices(notices: readonly Notice[]): NoticeCounts {
  const ofState = (state: NoticeState) => notices.filter((notice) => notice.state === state).length;
  const ofTerm = (term: NoticeTermState) => notices.filter((notice) => notice.term === term).length;
  return {
    total: notices.length,
    toTell: ofState('TO_TELL'),
    told: ofState('TOLD'),
    answered: ofState('ANSWERED'),
    overdue: ofTerm('OVERDUE'),
    dueToday: ofTerm('DUE_TODAY'),
    later: ofTerm('LATER'),
    none: ofTerm('NONE'),
    inTime: ofTerm('IN_TIME'),
    late: ofTerm('LATE'),
  };
}

/** The notices to one lab, or those that one organization owes. */
export interface NoticeGroup {
  /** None (-1): owed by nobody but the incident's owner. */
  readonly organization: number;
  readonly counts: NoticeCounts;
  /** When the next open notice is due; null if none is open, or none has a term. */
  readonly nextDueAt: number | null;
  /** By code point. */
  readonly owners: readonly string[];
}

/**
 * Groups notices by lab or by who must tell. By the next open term, then groups with open notices without a term, then those with none
 * open; among equals by id, nobody last.
 */
export function groupNotices({ organizations }: Projection, notices: readonly Notice[], by: 'LAB' | 'NOTIFIER'): NoticeGroup[] {
  const members = new Map<number, Notice[]>();
  for (const notice of notices) getOrInsert(members, by === 'LAB' ? notice.lab : notice.notifier, () => [] as Notice[]).push(notice);
  const groups = [...members].map(([organization, group]): NoticeGroup => {
    const open = group.flatMap(({ state, dueAt }) => (state === 'TO_TELL' && dueAt !== null ? [dueAt] : []));
    const owners = new Set(group.flatMap(({ owner }) => owner ?? []));
    return {
      organization,
      counts: countNotices(group),
      nextDueAt: open.length === 0 ? null : Math.min(...open),
      owners: [...owners].sort(compareCodePoints),
    };
  });
  const { id } = organizations;
  const rank = ({ counts, nextDueAt }: NoticeGroup) => (nextDueAt !== null ? 0 : counts.toTell > 0 ? 1 : 2);
  const isNobody = ({ organization }: NoticeGroup) => Number(organization < 0);
  return groups.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.nextDueAt ?? 0) - (b.nextDueAt ?? 0) ||
      isNobody(a) - isNobody(b) ||
      (isNobody(a) ? 0 : compareCodePoints(id.get(a.organization), id.get(b.organization))),
  );
}
