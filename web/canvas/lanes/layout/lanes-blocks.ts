import { formatCount } from '../../../shared/format/count.ts';
import { TIERS } from '../../../shared/format/words.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import type { Box } from '../../cytoscape/label-box.ts';
import { addSums, type FlowLab, lossOfSums, NO_SUMS, type TierSums } from '../../flows/flow-radius.ts';
import type { LaneArtifact, LanesAfter } from '../lanes-props.ts';
import type { LabBlock, LaneGroups, LaneRow } from './lanes-grouping.ts';
import { briefGap, cardPadding, headHeight, type LaneMeasures, rowPitch } from './lanes-measures.ts';
import type { PlacedCard, PlacedRow } from './lanes-places.ts';

const cardGap = 6;
const leastBlock = 62;
const discInset = 18;

interface PlacedBlocks {
  readonly cards: readonly PlacedCard[];
  readonly rows: readonly PlacedRow[];
}

/**
 * Places the cards of the labs below each other, each with its rows, and spreads them over a height that is more than they need: those of a
 * bundled radius in equal rooms, so that a card which changes moves no other. @returns the height at which they end, too
 */
export function placeBlocks(
  groups: LaneGroups,
  left: number,
  from: number,
  measures: LaneMeasures,
  after: LanesAfter | null,
  focus: string | null = null,
  until = from,
): PlacedBlocks & { readonly height: number } {
  const cards: PlacedCard[] = [];
  const rows: PlacedRow[] = [];
  let y = from;
  const frame = { left, cards, rows, measures, after, focus };
  for (const block of groups.labs) y = placeBlock(block, y, frame);
  if (groups.moreLabs !== null) {
    const { key, labs, artifacts } = groups.moreLabs;
    const lab: FlowLab = { id: '', name: `${formatCount(labs.length)} more labs`, ...labs.reduce<TierSums>(addSums, NO_SUMS) };
    const rowOf = (tier: Tier) => countRow(`${key}:${tier}`, tier, lab, artifacts);
    const members = TIERS.filter((tier) => lab.counts[tier] > 0).map(rowOf);
    y = placeBlock({ lab, rows: members }, y, frame, { key, labIds: labs.map(({ id }) => id) });
  }
  const gap = measures.isBundled ? briefGap : cardGap;
  const height = Math.max(from, y - gap);
  const spare = (until - height) / Math.max(1, cards.length);
  if (spare <= 0) return { cards, rows, height };
  const share = (until - from) / cards.length;
  const isEven = measures.isBundled && cards.every(({ top, bottom }) => bottom - top <= share);
  const shifts = new Map(
    cards.map(({ key, top, bottom }, i) => [key, Math.round(isEven ? from + (i + 0.5) * share - (top + bottom) / 2 : (i + 0.5) * spare)]),
  );
  return { ...moveBlocks({ cards, rows }, ({ key }) => ({ x: 0, y: shifts.get(key) ?? 0 })), height: until };
}

/** The count of a tier. */
function countRow(key: string, tier: Tier, { counts, lossUsd }: TierSums, artifacts: readonly LaneArtifact[]): LaneRow {
  const members = artifacts.filter((artifact) => artifact.tier === tier);
  return { kind: 'group', key, tier, isAll: true, count: counts[tier], lossUsd: lossUsd[tier], members, isOpen: false, openCount: 0 };
}

interface BlockFrame {
  readonly left: number;
  readonly cards: PlacedCard[];
  readonly rows: PlacedRow[];
  readonly measures: LaneMeasures;
  readonly after: LanesAfter | null;
  readonly focus: string | null;
}

function placeBlock({ lab, rows: drawn }: LabBlock, y: number, frame: BlockFrame, group?: { key: string; labIds: string[] }): number {
  const [groupKey, labIds = null] = [group?.key, group?.labIds];
  const { left, cards, rows, measures, after, focus } = frame;
  const sums = after === null ? lab : sumsAfter(after, lab, labIds);
  const key = groupKey ?? `organization:${lab.id}`;
  // A what-if may give a lab a tier that the radius has not.
  const joining = measures.isBundled ? TIERS.filter((tier) => lab.counts[tier] === 0 && sums.counts[tier] > 0) : [];
  const tierKey = (tier: Tier) => (groupKey === undefined ? `group:rows:${tier}:${lab.id}` : `${groupKey}:${tier}`);
  const members = [...joining.map((tier) => countRow(tierKey(tier), tier, sums, [])), ...drawn];
  const isInFocus = key === focus;
  const { places, height, headY, noteY } = (measures.isBundled ? placeBriefRows : placeWideRows)(members, measures, isInFocus);
  const card = { left, top: y, right: left + measures.cardWidth, bottom: y + height };
  cards.push({
    ...card,
    key,
    lab: groupKey === undefined ? lab : null,
    title: lab.name,
    lossUsd: lossOfSums(sums),
    counts: sums.counts,
    labLeft: left + measures.labInset,
    headY: Math.round(y + headY),
    noteY: isInFocus ? Math.round(y + noteY) : null,
    isGroup: groupKey !== undefined,
  });
  members.forEach((given, i) => {
    const row = after === null || given.kind === 'artifact' ? given : groupAfter(given, sums, measures.isBundled ? [] : members, after);
    const { x, y: below, right, mostName } = places[i] as RowPlace;
    const center = Math.round(y + below);
    rows.push({
      row,
      labId: lab.id,
      labIds: labIds ?? [lab.id],
      card: key,
      ...(after === null || row.kind === 'group' ? {} : outcomeOf(row.artifact, after)),
      x: left + x,
      y: center,
      box: { left: left + x - discInset + 2, right: left + right, top: center - rowPitch / 2, bottom: center + rowPitch / 2 },
      mostName,
    });
  });
  return card.bottom + (measures.isBundled ? briefGap : cardGap);
}

/** A row in its card, from the card's upper left corner. */
interface RowPlace extends Point {
  /** The right edge. */
  readonly right: number;
  /** The longest name, in characters. */
  readonly mostName: number;
}

interface PlacedRows {
  readonly places: readonly RowPlace[];
  readonly height: number;
  /** The middle of the lab's own part. */
  readonly headY: number;
  /** The middle of the line of a card in focus. */
  readonly noteY: number;
}

/** Rows below each other, with the lab at their right. */
function placeWideRows(members: readonly LaneRow[], { labInset, mostName }: LaneMeasures, isInFocus: boolean): PlacedRows {
  const inner = Math.max(members.length * rowPitch, leastBlock);
  const first = cardPadding + (inner - members.length * rowPitch) / 2;
  return {
    places: members.map((_, i) => ({ x: discInset, y: first + i * rowPitch + rowPitch / 2, right: labInset - 8, mostName })),
    height: inner + cardPadding * 2,
    headY: cardPadding + inner / 2 - (isInFocus ? 9 : 0),
    noteY: cardPadding + inner / 2 + 27,
  };
}

/** Of the line of a card in focus. */
const noteHeight = 20;
/** Of the counts of tiers, which stand below the name of their lab. */
const countsY = 29;
const countsLeft = 53;
const countWidth = 58;

/** The groups of a lab beside each other, as counts below its name, each tier in its column, and the artifacts of opened groups below these. */
function placeBriefRows(members: readonly LaneRow[], { cardWidth, mostName }: LaneMeasures, isInFocus: boolean): PlacedRows {
  let artifacts = 0;
  const top = headHeight + (isInFocus ? noteHeight : 0);
  const places = members.map((row): RowPlace => {
    if (row.kind === 'artifact') {
      const y = top + artifacts++ * rowPitch + rowPitch / 2;
      return { x: discInset, y, right: cardWidth - 6, mostName };
    }
    const x = countsLeft + TIERS.indexOf(row.tier) * countWidth;
    return { x, y: countsY, right: x + countWidth - discInset, mostName: 0 };
  });
  const height = top + (artifacts === 0 ? 0 : artifacts * rowPitch + cardPadding);
  return { places, height, headY: headHeight / 2, noteY: headHeight + noteHeight / 2 - 2 };
}

/** The sums of a lab, or of the labs of a group. */
function sumsAfter({ labs }: LanesAfter, { id }: FlowLab, of: readonly string[] | null): TierSums {
  return (of ?? [id]).flatMap((each) => labs.get(each) ?? []).reduce<TierSums>(addSums, NO_SUMS);
}

/** A group of a lab counts what its sums have beyond the rows that are drawn one by one. */
function groupAfter(
  row: Extract<LaneRow, { kind: 'group' }>,
  { counts, lossUsd }: TierSums,
  members: readonly LaneRow[],
  after: LanesAfter,
): LaneRow {
  const alone = members.flatMap((other) =>
    other.kind === 'artifact' && outcomeOf(other.artifact, after).outcome === row.tier ? [other.artifact] : [],
  );
  return {
    ...row,
    count: Math.max(0, counts[row.tier] - alone.length),
    lossUsd: Math.max(0, lossUsd[row.tier] - alone.reduce((sum, { worstCaseLossUsd }) => sum + worstCaseLossUsd, 0)),
  };
}

function outcomeOf({ id, tier }: LaneArtifact, { tiers, isCut = false }: LanesAfter): Pick<PlacedRow, 'outcome'> {
  return { outcome: tiers.get(id) ?? (isCut ? tier : 'LEFT') };
}

/** The same cards at other places, each with its rows. */
export function moveBlocks({ cards, rows }: PlacedBlocks, by: (card: PlacedCard) => Point): PlacedBlocks {
  const moves = cards.map((card) => ({ card, by: by(card) }));
  return {
    cards: moves.map(({ card, by }) => ({
      ...moveBox(card, by),
      labLeft: card.labLeft + by.x,
      headY: card.headY + by.y,
      noteY: card.noteY === null ? null : card.noteY + by.y,
    })),
    rows: rows.map((row) => {
      const at = moves.find(({ card }) => card.key === row.card)?.by ?? { x: 0, y: 0 };
      return { ...row, x: row.x + at.x, y: row.y + at.y, box: moveBox(row.box, at) };
    }),
  };
}

function moveBox<TBox extends Box>(box: TBox, { x, y }: Point): TBox {
  return { ...box, left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
}
