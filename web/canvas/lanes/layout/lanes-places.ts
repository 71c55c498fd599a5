import { formatCount } from '../../../shared/format/count.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import { type Box, cutInTheMiddle, estimateWidth } from '../../cytoscape/label-box.ts';
import type { FlowLab } from '../../flows/flow-radius.ts';
import type { HolderCard, LaneOrganization } from '../lanes-props.ts';
import type { LaneRow } from './lanes-grouping.ts';

/** Elements of a blast radius with their positions, in pixels at 100% zoom. */

export interface PlacedCard extends Box {
  readonly key: string;
  readonly lab: FlowLab | null;
  readonly title: string;
  readonly lossUsd: number;
  readonly counts: Readonly<Record<Tier, number>>;
  readonly isGroup: boolean;
  /** Left edge of the lab's own part. */
  readonly labLeft: number;
  /** Middle of the lab's own part. */
  readonly headY: number;
  /** Middle of the line that counts its holders; null: it is not in focus. */
  readonly noteY: number | null;
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
  /** Longest name, in characters; 0: a count alone. */
  readonly mostName: number;
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
  /** Width of the plate on which icon, name and note stand beside each other. */
  readonly plate?: number;
  /** It is expanded, and drawn as this card. */
  readonly card?: HolderCard & { readonly width: number };
}

/** The cards, rows and holders in the drawing. */
export interface DrawnLanes {
  readonly cards: readonly PlacedCard[];
  readonly rows: readonly PlacedRow[];
  readonly holders: readonly PlacedHolder[];
  readonly cardLeft: number;
}

/** Half of the width of a holder's mark, plate or card. */
export function halfWidth({ size, card, plate }: Pick<PlacedHolder, 'size' | 'card' | 'plate'>): number {
  return (card?.width ?? plate ?? size) / 2;
}

export const plateHeight = 40;
/** From the left edge of a plate to its name. */
export const plateInset = 35;

export interface PlacedLabel {
  readonly of: string;
  /** A share says how much of the lab in focus a holder has, or how much of a lab the selected holder. */
  readonly role: 'row' | 'holder' | 'line' | 'card' | 'share' | 'focus';
  readonly text: string;
  readonly box: Box;
}

export interface LaneHeading {
  readonly x: number;
  /** A name and a count; empty: none. From the longest to the shortest: the first that fits is shown. */
  readonly forms: readonly (readonly [name: string, count: string])[];
}

export function holderText(holder: PlacedHolder): string {
  if (holder.organization !== null) return nameText(holder, holder.organization.name);
  if (holder.isCut) return `More at hop ${holder.hop}`;
  if (holder.plate !== undefined) return `${formatCount(holder.members.length)} more`;
  return holder.hop === 0
    ? `${formatCount(holder.members.length)} more origins`
    : `${formatCount(holder.members.length)} more at hop ${holder.hop}`;
}

/** The name of an origin is no wider than the left edge of its lane allows, and that on a plate no wider than the plate. */
function nameText({ hop, x, plate }: PlacedHolder, name: string): string {
  if (hop === 0) return cutToWidth(name, 16, originSize, (x - 2) * 2);
  return plate === undefined ? cutInTheMiddle(name, 18) : cutToWidth(name, 18, nameSize, plate - plateInset - 5);
}

function cutToWidth(name: string, longest: number, size: number, width: number): string {
  let most = longest;
  while (most > 6 && estimateWidth(cutInTheMiddle(name, most), size) > width) most -= 1;
  return cutInTheMiddle(name, most);
}

const nameSize = 13;
const originSize = 14;
const noteSize = 12;

/** The boxes of a holder's icon and of its name. */
export function holderBoxes(holder: PlacedHolder): readonly [icon: Box, name: Box] {
  const { x, y, size, note, card, plate } = holder;
  if (card !== undefined) {
    const box = { left: x - card.width / 2, right: x + card.width / 2, top: y - card.height / 2, bottom: y + card.height / 2 };
    return [box, box];
  }
  if (plate !== undefined) {
    const box = { left: x - plate / 2, right: x + plate / 2, top: y - plateHeight / 2, bottom: y + plateHeight / 2 };
    return [box, box];
  }
  const nameWidth = estimateWidth(holderText(holder), holder.hop === 0 ? originSize : nameSize);
  const half = Math.max(nameWidth, estimateWidth(note ?? '', noteSize)) / 2;
  const under = y + size / 2 + 4;
  return [
    { left: x - size / 2, right: x + size / 2, top: y - size / 2, bottom: y + size / 2 },
    { left: x - half, right: x + half, top: under, bottom: under + (note === undefined ? 18 : 34) },
  ];
}
