import { formatCount } from '../../../shared/format/count.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import { type Box, cutInTheMiddle, estimateWidth } from '../../cytoscape/label-box.ts';
import type { HolderCard, LaneLab, LaneOrganization } from '../lanes-props.ts';
import type { LaneRow } from './lanes-grouping.ts';

/** Elements of a blast radius with their positions, in pixels at 100% zoom. */

export interface PlacedCard extends Box {
  readonly key: string;
  readonly lab: LaneLab | null;
  readonly title: string;
  readonly lossUsd: number;
  readonly counts: Readonly<Record<Tier, number>>;
  readonly isGroup: boolean;
  /** Left edge of the lab's own part. */
  readonly labLeft: number;
}

export interface PlacedRow {
  readonly row: LaneRow;
  readonly labId: string;
  /** Of a row of several labs, all of them. */
  readonly labIds: readonly string[];
  /** Key of the card in which it stands. */
  readonly card: string;
  /** Center of the disc. */
  readonly x: number;
  readonly y: number;
  readonly box: Box;
  /** The artifact after the what-if; absent without a what-if. */
  readonly outcome?: Tier | 'LEFT';
}

export interface PlacedHolder extends Point {
  readonly key: string;
  readonly organization: LaneOrganization | null;
  /** The organization itself, or all members of a group. */
  readonly members: readonly LaneOrganization[];
  readonly hop: number;
  /** A group whose size is unknown, because not every organization is loaded. */
  readonly isCut: boolean;
  readonly size: number;
  /** Stands below the name: its chance, and how much it holds. */
  readonly note?: string;
  /** It is expanded, and drawn as this card. */
  readonly card?: HolderCard & { readonly width: number };
}

/** Half of the width of a holder's mark or card. */
export function halfWidth({ size, card }: Pick<PlacedHolder, 'size' | 'card'>): number {
  return (card?.width ?? size) / 2;
}

export interface PlacedLabel {
  readonly of: string;
  readonly role: 'row' | 'holder' | 'line' | 'card';
  readonly text: string;
  readonly box: Box;
}

export interface LaneHeading {
  readonly x: number;
  readonly text: string;
  readonly count: string | null;
}

export function holderText(holder: PlacedHolder): string {
  if (holder.organization !== null)
    return holder.hop === 0 ? originText(holder.organization.name, holder.x) : cutInTheMiddle(holder.organization.name, 18);
  if (holder.isCut) return `More at hop ${holder.hop}`;
  return holder.hop === 0
    ? `${formatCount(holder.members.length)} more origins`
    : `${formatCount(holder.members.length)} more at hop ${holder.hop}`;
}

/** The name of an origin, which stands in the middle of its lane, no wider than the left edge allows. */
function originText(name: string, x: number): string {
  let most = 16;
  while (most > 6 && estimateWidth(cutInTheMiddle(name, most), originSize) / 2 > x - 2) most -= 1;
  return cutInTheMiddle(name, most);
}

const nameSize = 13;
const originSize = 14;

/** The boxes of a holder's icon and of its name. */
export function holderBoxes(holder: PlacedHolder): readonly [icon: Box, name: Box] {
  const { x, y, size, note, card } = holder;
  if (card !== undefined) {
    const box = { left: x - card.width / 2, right: x + card.width / 2, top: y - card.height / 2, bottom: y + card.height / 2 };
    return [box, box];
  }
  const half = estimateWidth(holderText(holder), holder.hop === 0 ? originSize : nameSize) / 2;
  const under = y + size / 2 + 4;
  return [
    { left: x - size / 2, right: x + size / 2, top: y - size / 2, bottom: y + size / 2 },
    { left: x - half, right: x + half, top: under, bottom: under + (note === undefined ? 18 : 34) },
  ];
}
