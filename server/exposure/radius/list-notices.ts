import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { NoticeStanding, NoticeState } from '../../domain/records/notice.ts';
import type { Projection } from '../../projection/projection.ts';
import type { NoticeTermState } from '../../rules/notice-due.ts';
import type { NoticeDue } from './notices.ts';

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
