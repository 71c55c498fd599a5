import { formatCount } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import { compareIds, countOfSums } from '../../flows/flow-radius.ts';
import type { HolderCard, LaneOrganization, LanesRadius } from '../lanes-props.ts';
import type { HolderLane } from './lanes-grouping.ts';
import { platePitch } from './lanes-measures.ts';
import type { PlacedHolder } from './lanes-places.ts';

/** Height above and below the origin that stays free for the trunk of its lines. */
const trunk = 60;
/** Between marks below each other, with their names. */
const leastPitch = 80;
/** From a plate to that of the next lane. */
const besidePlate = 46;
const mostPlate = 152;
const originSize = 52;
/** Between several origins. */
const originPitch = 96;
const mostCard = 196;
/** Between an expanded holder and the next. */
const cardGap = 24;
const holderSize = 38;

interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly middle: number;
  readonly originX: number;
  readonly step: number;
  readonly expanded: ReadonlyMap<string, HolderCard>;
  /** Reached organizations are plates in common rows, with no room kept for a trunk. */
  readonly hasPlates: boolean;
}

interface Slot {
  readonly key: string;
  readonly organization: LaneOrganization | null;
  readonly members: readonly LaneOrganization[];
  readonly hop: number;
  readonly isCut: boolean;
}

/**
 * Places the origins in the middle and the reached organizations around them. A hop is ordered by the mean place of the labs whose copies are
 * held, so that no date, tier or amount moves a holder while the labs keep their order. Plates stand in the same
 * rows in every hop, so that bands pass level between them. `shift` moves the lab blocks down, so that they stay centered.
 */
export function placeHolders(
  hops: readonly HolderLane[],
  radius: LanesRadius,
  labOrder: ReadonlyMap<string, number>,
  frame: Frame,
): { readonly holders: readonly PlacedHolder[]; readonly shift: number } {
  const means = meanLabs(radius, labOrder);
  const lanes = hops.map((lane) =>
    lane.hop === 0 ? slotsOf(lane) : slotsOf(lane).sort((a, b) => meanOf(a, means) - meanOf(b, means) || compareIds(a.key, b.key)),
  );
  const { places, shift } = frame.hasPlates
    ? placeInRows(lanes, frame)
    : placeInHalves(lanes, frame, new Map(radius.spread.map((step) => [step.toId, step.fromId])));
  const deepest = hops.at(-1)?.hop ?? 0;
  const holders = places.map(([slot, y]) => placeHolder(slot, y, deepest, frame));
  return { holders: holders.sort((a, b) => a.hop - b.hop || a.y - b.y), shift };
}

type Place = readonly [slot: Slot, y: number];

interface Places {
  readonly places: readonly Place[];
  readonly shift: number;
}

/** Plates stand in rows that all hops have in common, and origins in the middle. */
function placeInRows([origins = [], ...lanes]: readonly (readonly Slot[])[], { top, bottom, expanded }: Frame): Places {
  const longest = lanes.reduce((most, lane) => Math.max(most, lane.length), 0);
  const rowOf = (lane: readonly Slot[], i: number) => Math.floor((longest - lane.length) / 2) + i;
  const rooms = new Array<number>(longest).fill(platePitch);
  for (const lane of lanes) {
    for (const [i, slot] of lane.entries())
      rooms[rowOf(lane, i)] = Math.max(rooms[rowOf(lane, i)] ?? 0, roomOf(slot, platePitch, expanded));
  }
  const originRooms = origins.map((slot) => roomOf(slot, originPitch, expanded));
  const height = Math.max(bottom - top, sumOf(rooms), sumOf(originRooms));
  const rows = placeEvenly(rooms, rooms, top, top + height).map(([, y]) => y);
  const [from, to] = [top + (height - sumOf(originRooms)) / 2, top + (height + sumOf(originRooms)) / 2];
  return {
    places: [
      ...placeEvenly(origins, originRooms, from, to),
      ...lanes.flatMap((lane) => lane.map((slot, i): Place => [slot, rows[rowOf(lane, i)] ?? 0])),
    ],
    shift: Math.max(0, Math.ceil((height - (bottom - top)) / 2)),
  };
}

/**
 * Marks stand in two halves above and below the origins. The first half of hop 1 stands above, and a deeper hop joins the half of the holder
 * that reached it. A half is divided evenly, outward by hop; where that is too tight, each hop divides the half by itself.
 */
function placeInHalves(
  [origins = [], ...lanes]: readonly (readonly Slot[])[],
  frame: Frame,
  reachedBy: ReadonlyMap<string, string>,
): Places {
  const isAbove = new Map<string, boolean>();
  const above: Slot[][] = [];
  const below: Slot[][] = [];
  for (const slots of lanes) {
    const half = Math.ceil(slots.length / 2);
    slots.forEach((slot, i) => {
      const parent = slot.members.map((member) => isAbove.get(reachedBy.get(member.id) ?? '')).find((side) => side !== undefined);
      const goesUp = parent ?? i < half;
      for (const member of slot.members) isAbove.set(member.id, goesUp);
      const side = goesUp ? above : below;
      const list = side[slot.hop] ?? [];
      list.push(slot);
      side[slot.hop] = list;
    });
  }
  const heightOf = (slot: Slot) => roomOf(slot, leastPitch, frame.expanded);
  const isTall = origins.length > 1 || origins.some(({ key }) => frame.expanded.has(key));
  const originRooms = origins.map((slot) => roomOf(slot, originPitch, frame.expanded));
  const trunkHalf = isTall ? Math.max(trunk, sumOf(originRooms) / 2) : trunk;
  const tallest = Math.max(0, ...[...above, ...below].map((lane) => sumOf((lane ?? []).map(heightOf))));
  const need = trunkHalf + tallest;
  const shift = Math.max(0, Math.ceil(need - (frame.middle - frame.top)));
  const middle = frame.middle + shift;
  const reach = Math.max(need, frame.middle - frame.top);

  const places: Place[] = [...placeEvenly(origins, originRooms, middle - sumOf(originRooms) / 2, middle + sumOf(originRooms) / 2)];
  for (const [side, from, to] of [
    [above, middle - reach, middle - trunkHalf],
    [below, middle + trunkHalf, middle + reach],
  ] as const) {
    // Outward by hop: above the origin the first hop is the lowest.
    const own = side.filter((lane) => lane !== undefined);
    const all = side === above ? own.toReversed().flat() : own.flat();
    const spread = (slots: readonly Slot[]) => places.push(...placeEvenly(slots, slots.map(heightOf), from, to));
    if (sumOf(all.map(heightOf)) <= to - from) spread(all);
    else for (const lane of own) spread(lane);
  }
  return { places, shift };
}

function roomOf({ key }: Slot, usual: number, expanded: Frame['expanded']): number {
  return Math.max(usual, (expanded.get(key)?.height ?? 0) + cardGap);
}

/** The width of plates, by the distance of two lanes. */
export function plateWidth(step: number): number {
  return Math.min(mostPlate, step - besidePlate);
}

function placeHolder(slot: Slot, y: number, deepest: number, { originX, step, expanded, hasPlates }: Frame): PlacedHolder {
  const x = Math.round(originX + slot.hop * step);
  const card = expanded.get(slot.key);
  const at = { ...slot, x, y: Math.round(y), size: slot.hop === 0 ? originSize : holderSize };
  if (card === undefined) {
    if (slot.hop === 0) return at;
    return { ...at, ...noteOf(slot, hasPlates), ...(hasPlates && { plate: plateWidth(step) }) };
  }
  // As wide as leaves the names of the lanes beside it in sight, or the lines between two lanes of plates.
  const beside = step === 0 ? mostCard : hasPlates ? step / 2 - 10 : step - 64;
  const left = slot.hop === 0 ? Math.max(6, x - mostCard / 2) : x - Math.min(mostCard / 2, beside);
  const right = slot.hop === deepest ? left + mostCard : Math.min(left + mostCard, x + beside - (slot.hop > 0 ? 0 : hasPlates ? 2 : 20));
  return { ...at, ...noteOf(slot, false), x: (left + right) / 2, card: { ...card, width: right - left } };
}

/** The chance of being reached and how much is held; of a group, the range of its chances. */
function noteOf({ organization, members, hop, isCut }: Slot, isShort: boolean): Pick<PlacedHolder, 'note'> {
  if (organization !== null) {
    const { likelihood, heldCount } = organization;
    const chance = hop === 0 ? [] : [formatShare(likelihood)];
    const held = heldCount === null ? [] : [formatCount(heldCount)];
    return { note: (isShort ? [...chance, ...held] : [...held.map((count) => `holds ${count}`), ...chance]).join(' · ') };
  }
  if (isCut) return {};
  const chances = members.map(({ likelihood }) => likelihood).sort((a, b) => a - b);
  const [least, most] = [formatShare(chances[0] ?? 0), formatShare(chances.at(-1) ?? 0)];
  return { note: least === most ? least : `${least} to ${most}` };
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

function sumOf(rooms: readonly number[]): number {
  return rooms.reduce((sum, room) => sum + room, 0);
}

/** The middles of things of these heights between two heights. What is left over is divided evenly. */
function placeEvenly<T>(things: readonly T[], rooms: readonly number[], from: number, to: number): readonly (readonly [T, number])[] {
  const spare = (to - from - sumOf(rooms)) / Math.max(1, rooms.length);
  let at = from;
  return things.map((thing, i) => {
    const room = (rooms[i] ?? 0) + spare;
    at += room;
    return [thing, at - room / 2];
  });
}

/** The mean place, in the order of the labs, of the owners of what each organization holds, weighted by copies; of one that holds nothing, the middle. */
function meanLabs(radius: LanesRadius, labOrder: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const { cells = null } = radius;
  const ownerOf = new Map(radius.artifacts.map(({ id, ownerId }) => [id, ownerId]));
  const held =
    radius.isWhole || cells === null
      ? radius.copies.map(({ holderId, artifactId, count }) => ({ holderId, labId: ownerOf.get(artifactId) ?? '', count }))
      : cells.map((cell) => ({ ...cell, count: countOfSums(cell) }));
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { holderId, labId, count } of held) {
    const place = labOrder.get(labId);
    if (place === undefined) continue;
    const { sum, count: before } = sums.get(holderId) ?? { sum: 0, count: 0 };
    sums.set(holderId, { sum: sum + place * count, count: before + count });
  }
  const middle = (labOrder.size - 1) / 2;
  return new Map(
    radius.organizations.map(({ id }) => {
      const { sum, count } = sums.get(id) ?? { sum: 0, count: 0 };
      return [id, count === 0 ? middle : sum / count];
    }),
  );
}

/** A group comes last, below all individual holders. */
function meanOf(slot: Slot, means: ReadonlyMap<string, number>): number {
  return slot.organization === null ? Number.POSITIVE_INFINITY : (means.get(slot.organization.id) ?? 0);
}
