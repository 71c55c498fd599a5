import type { LaneOrganization, LanesRadius } from '../lanes-props.ts';
import type { HolderLane } from './lanes-grouping.ts';
import { compare } from './lanes-grouping.ts';
import type { PlacedHolder } from './lanes-places.ts';

/** Height above and below the origin that stays free for the trunk of its lines. */
const trunk = 60;
const leastPitch = 62;
const originSize = 52;
const holderSize = 38;

interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly middle: number;
  readonly originX: number;
  readonly step: number;
}

interface Slot {
  readonly key: string;
  readonly organization: LaneOrganization | null;
  readonly members: readonly LaneOrganization[];
  readonly hop: number;
  readonly isCut: boolean;
}

/**
 * Places the origins in the middle and the reached organizations in two halves around them. Hop 1 is ordered by the mean height of the
 * artifacts held, its first half above. A deeper hop joins the half of the holder that reached it. A half is divided evenly, outward by hop;
 * where that is too tight, each hop divides the half by itself. `shift` moves the lab blocks down, so that they stay centered.
 */
export function placeHolders(
  hops: readonly HolderLane[],
  radius: LanesRadius,
  rowY: ReadonlyMap<string, number>,
  frame: Frame,
): { readonly holders: readonly PlacedHolder[]; readonly shift: number } {
  const heights = meanHeights(radius, rowY, frame.middle);
  const reachedBy = new Map(radius.spread.map((step) => [step.toId, step.fromId]));
  const isAbove = new Map<string, boolean>();
  const above: Slot[][] = [];
  const below: Slot[][] = [];
  for (const lane of hops) {
    if (lane.hop === 0) continue;
    const slots = slotsOf(lane).sort((a, b) => heightOf(a, heights) - heightOf(b, heights) || compare(a.key, b.key));
    const half = Math.ceil(slots.length / 2);
    slots.forEach((slot, i) => {
      const parent = slot.members.map((member) => isAbove.get(reachedBy.get(member.id) ?? '')).find((side) => side !== undefined);
      const goesUp = parent ?? i < half;
      for (const member of slot.members) isAbove.set(member.id, goesUp);
      const side = goesUp ? above : below;
      const list = side[lane.hop] ?? [];
      list.push(slot);
      side[lane.hop] = list;
    });
  }
  const origins = slotsOf(hops.find((lane) => lane.hop === 0));
  const trunkHalf = origins.length > 1 ? Math.max(trunk, (origins.length * 96) / 2) : trunk;
  const need = trunkHalf + Math.max(crowdOf(above), crowdOf(below)) * leastPitch;
  const shift = Math.max(0, Math.ceil(need - (frame.middle - frame.top)));
  const middle = frame.middle + shift;
  const reach = Math.max(need, frame.middle - frame.top);

  const place = (slot: Slot, y: number): PlacedHolder => ({
    ...slot,
    x: Math.round(frame.originX + slot.hop * frame.step),
    y: Math.round(y),
    size: slot.hop === 0 ? originSize : holderSize,
  });
  const holders = origins.map((slot, i) => place(slot, middle + (i - (origins.length - 1) / 2) * 96));
  for (const [side, from, to] of [
    [above, middle - reach, middle - trunkHalf],
    [below, middle + trunkHalf, middle + reach],
  ] as const) {
    // Outward by hop: above the origin the first hop is the lowest.
    const lanes = side.filter((lane) => lane !== undefined);
    const all = side === above ? lanes.toReversed().flat() : lanes.flat();
    const spread = (slots: readonly Slot[]) => {
      for (const [i, slot] of slots.entries()) holders.push(place(slot, from + ((i + 0.5) * (to - from)) / slots.length));
    };
    if ((to - from) / Math.max(1, all.length) >= leastPitch) spread(all);
    else for (const lane of lanes) spread(lane);
  }
  return { holders: holders.sort((a, b) => a.hop - b.hop || a.y - b.y), shift };
}

function slotsOf(lane: HolderLane | undefined): Slot[] {
  if (lane === undefined) return [];
  const slots: Slot[] = lane.holders.map((organization) => ({
    key: `organization:${organization.id}`,
    organization,
    members: [organization],
    hop: lane.hop,
    isCut: false,
  }));
  if (lane.group !== null) slots.push({ ...lane.group, organization: null, hop: lane.hop });
  return slots;
}

function crowdOf(side: readonly (readonly Slot[] | undefined)[]): number {
  return side.reduce((most, lane) => Math.max(most, lane?.length ?? 0), 0);
}

function meanHeights(radius: LanesRadius, rowY: ReadonlyMap<string, number>, middle: number): ReadonlyMap<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const copy of radius.copies) {
    const y = rowY.get(copy.artifactId);
    if (y === undefined) continue;
    const entry = sums.get(copy.holderId) ?? { sum: 0, count: 0 };
    entry.sum += y;
    entry.count += 1;
    sums.set(copy.holderId, entry);
  }
  return new Map(radius.organizations.map(({ id }) => [id, meanOf(sums.get(id), middle)]));
}

function meanOf(entry: { readonly sum: number; readonly count: number } | undefined, otherwise: number): number {
  return entry === undefined ? otherwise : entry.sum / entry.count;
}

/** A group comes last, below all individual holders. */
function heightOf(slot: Slot, heights: ReadonlyMap<string, number>): number {
  return slot.organization === null ? Number.POSITIVE_INFINITY : (heights.get(slot.organization.id) ?? 0);
}
