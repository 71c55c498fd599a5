import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { TransferColumns } from '../../../projection/projection.ts';
import { rowOf } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import { partsOf } from '../../scenario/scenario-copy.ts';
import type { BlastRadius } from '../blast-radius.ts';
import type { ReachedOrganization, Window } from '../radius-types.ts';
import { buildHolderTimelines, listHolderRows } from './holder-timeline.ts';
import { Buckets } from './timeline.ts';

/* How a compromise spreads, for a picture that plays it (semantics §12): what was held at an instant, what came and went, who passed on what. */

/** The holdings of a reached organization at an instant. Each artifact counts once, at its strongest. */
export interface HoldingAt {
  readonly holder: ReachedOrganization;
  readonly definiteCount: number;
  readonly possibleCount: number;
  readonly unreadableCount: number;
}

/**
 * The holdings of the reached organizations at an instant, as their chart over time counts them. Organizations that held nothing are left out.
 *
 * @param instant epoch ms
 * @returns in the order of `reached`
 */
export function* listHoldingsAt(radius: BlastRadius, instant: number): Steps<HoldingAt[]> {
  const rows = yield* listHolderRows(radius, {});
  const timelines = yield* buildHolderTimelines(radius, rows, new Buckets([instant, instant + 1]));
  return rows.flatMap(({ holder }, i) => {
    const timeline = timelines[i] as (typeof timelines)[number];
    const [definiteCount = 0] = timeline.definiteCounts;
    const [possibleCount = 0] = timeline.possibleCounts;
    const [unreadableCount = 0] = timeline.unreadableCounts;
    return definiteCount + possibleCount + unreadableCount === 0 ? [] : [{ holder, definiteCount, possibleCount, unreadableCount }];
  });
}

/** Copies that came to a reached organization from one sender at one instant, or that it deleted then. */
export interface CopyEvent {
  /** Epoch ms. */
  readonly at: number;
  readonly kind: 'ARRIVED' | 'DELETED';
  /** Index of the sender; -1 for a deletion. */
  readonly sender: number;
  readonly holder: number;
  readonly copyCount: number;
}

/**
 * The arrivals and ends of transferred copies at reached organizations, both ends of the span included. An event whose instant is unknown is left out.
 *
 * @returns by time; of one instant arrivals first, then by ids of holder and sender
 * Complexity: O(transfers to reached organizations), one organization per step.
 */
export function* listCopyEvents({ projection, reached, scenario }: BlastRadius, span: Window): Steps<CopyEvent[]> {
  const { organizations, transfers } = projection;
  const found = new Map<string, { at: number; kind: CopyEvent['kind']; sender: number; holder: number; copyCount: number }>();
  const note = (at: number, kind: CopyEvent['kind'], sender: number, holder: number) => {
    if (!Number.isFinite(at) || at < span.from || at > span.to) return;
    getOrInsert(found, `${at} ${kind} ${sender} ${holder}`, () => ({ at, kind, sender, holder, copyCount: 0 })).copyCount++;
  };
  for (const { organization: holder } of reached) {
    for (const transfer of rowOf(organizations.received, holder)) {
      if (scenario?.isGone(transfer)) continue;
      note(transfers.sentAt.at(transfer), 'ARRIVED', transfers.sender.at(transfer), holder);
      const parts = partsOf(projection, scenario, transfers.copy.at(transfer));
      note(parts.at(-1)?.definiteUntil ?? Number.POSITIVE_INFINITY, 'DELETED', -1, holder);
    }
    yield;
  }
  // An index of an organization is its rank by id.
  return [...found.values()].sort(
    (a, b) => a.at - b.at || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) || a.holder - b.holder || a.sender - b.sender,
  );
}

/** An organization that sent a reached one copies of artifacts in reach, or to which that one passed them on. */
export interface Partner {
  readonly organization: number;
  readonly isInbound: boolean;
  readonly copyCount: number;
  readonly isOrigin: boolean;
  readonly isNotifier: boolean;
  readonly isReached: boolean;
  /** Epoch ms: the earliest known instant of sending; null: none is known. */
  readonly firstAt: number | null;
}

/**
 * With whom a reached organization exchanged copies of artifacts in reach, at any time.
 *
 * @param holder index of the organization
 * @returns inbound first, then by number of copies, descending, then by id
 * Complexity: O(transfers of the holder).
 */
export function listPartners({ projection, reached, artifacts, notifiers, input, scenario }: BlastRadius, holder: number): Partner[] {
  const { organizations, transfers } = projection;
  const inReach = new Set(artifacts.map(({ artifact }) => artifact));
  const isReached = new Set(reached.map(({ organization }) => organization));
  const sumBy = (row: Iterable<number>, other: TransferColumns['sender'], isInbound: boolean): Partner[] => {
    const byOrganization = new Map<number, { copyCount: number; firstAt: number }>();
    for (const transfer of row) {
      if (scenario?.isGone(transfer) || !inReach.has(transfers.artifact.at(transfer))) continue;
      const sum = getOrInsert(byOrganization, other.at(transfer), () => ({ copyCount: 0, firstAt: Number.POSITIVE_INFINITY }));
      sum.copyCount++;
      const at = transfers.sentAt.at(transfer);
      if (at < sum.firstAt) sum.firstAt = at;
    }
    return [...byOrganization]
      .map(([organization, { copyCount, firstAt }]) => ({
        organization,
        isInbound,
        copyCount,
        isOrigin: input.origins.includes(organization),
        isNotifier: notifiers.includes(organization),
        isReached: isReached.has(organization),
        firstAt: Number.isFinite(firstAt) ? firstAt : null,
      }))
      .sort((a, b) => b.copyCount - a.copyCount || a.organization - b.organization);
  };
  return [
    ...sumBy(rowOf(organizations.received, holder), transfers.sender, true),
    ...sumBy(rowOf(organizations.sent, holder), transfers.recipient, false),
  ];
}
