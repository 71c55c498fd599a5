import { rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { findNoticeTerm, noticeDueAt } from '../../rules/notice-due.ts';
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
 * @param discoveredAt when the breach became known; null: no term runs, and the engagements current at `now` are shown
 * @returns by dueAt (none last), then lab, then notifier
 * Complexity: O(ways in + transfers on their chains + engagements of the labs).
 */
export function* findNotices(radius: BlastRadius, discoveredAt: number | null, now: number): Steps<NoticeDue[]> {
  const { projection } = radius;
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
    (found.size === 0 ? [none] : [...found]).map((notifier) => withTerm(projection, lab, notifier, discoveredAt, now)),
  );
  const dueOf = ({ dueAt }: NoticeDue) => dueAt ?? Number.MAX_VALUE;
  return notices.sort((a, b) => dueOf(a) - dueOf(b) || a.lab - b.lab || a.notifier - b.notifier);
}

function withTerm(
  { organizations, engagements }: Projection,
  lab: number,
  notifier: number,
  discoveredAt: number | null,
  now: number,
): NoticeDue {
  const between = Array.from(rowOf(organizations.engagementsAsClient, lab)).filter((e) => engagements.provider[e] === notifier);
  const terms = between.map((e) => ({
    startsAt: engagements.startsAt[e] as number,
    endsAt: engagements.endsAt[e] as number,
    noticeHours: engagements.noticeHours[e] as number,
  }));
  const found = findNoticeTerm(terms, discoveredAt ?? now);
  const hours = terms[found]?.noticeHours ?? Number.NaN;
  const dueAt = discoveredAt === null ? null : (noticeDueAt(hours, discoveredAt) ?? null);
  return { lab, notifier, engagement: between[found] ?? none, dueAt };
}

/** The recipient of the first transfer on a copy's custody chain; none if no chain explains the copy. Follows each chain once. */
function createFirstHolder({ copies, transfers }: Projection): (copy: number) => number {
  const known = new Map<number, number>();
  return (copy) => {
    if (copies.kind[copy] !== transferred || copies.rank[copy] === none) return none;
    const followed: number[] = [];
    let t = copies.transfer[copy] as number;
    while (!known.has(t)) {
      followed.push(t);
      const previous = copies.chainPrevious[transfers.copy[t] as number] as number;
      if (previous === none) break;
      t = previous;
    }
    const holder = known.get(t) ?? (transfers.recipient[t] as number);
    for (const one of followed) known.set(one, holder);
    return holder;
  };
}
