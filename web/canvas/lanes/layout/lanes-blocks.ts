import { formatCount } from '../../../shared/format/count.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { LaneLab, LanesAfter } from '../lanes-props.ts';
import { type LabBlock, type LaneGroups, type LaneRow, lossOf, tierOrder } from './lanes-grouping.ts';
import type { LaneMeasures } from './lanes-measures.ts';
import type { PlacedCard, PlacedRow } from './lanes-places.ts';

/** The height of a row. */
const pitch = 21;
const cardPadding = 5;
const cardGap = 6;
const leastBlock = 62;
const discInset = 18;
const none = { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 };
const noSums = { counts: none, lossUsd: none };

interface PlacedBlocks {
  readonly cards: readonly PlacedCard[];
  readonly rows: readonly PlacedRow[];
}

/** Places the cards of the labs below each other, each with its rows. @returns the height at which they end, too */
export function placeBlocks(
  groups: LaneGroups,
  left: number,
  from: number,
  measures: LaneMeasures,
  after: LanesAfter | null,
): PlacedBlocks & { readonly height: number } {
  const cards: PlacedCard[] = [];
  const rows: PlacedRow[] = [];
  let y = from;
  const frame = { left, cards, rows, measures, after };
  for (const block of groups.labs) y = placeBlock(block, y, frame);
  if (groups.moreLabs !== null) {
    const { key, labs, artifacts } = groups.moreLabs;
    const sum = (of: (lab: LaneLab) => Readonly<Record<Tier, number>>): Record<Tier, number> => ({
      EXPOSED: labs.reduce((all, lab) => all + of(lab).EXPOSED, 0),
      POSSIBLE: labs.reduce((all, lab) => all + of(lab).POSSIBLE, 0),
      CONTAINED: labs.reduce((all, lab) => all + of(lab).CONTAINED, 0),
    });
    const lab: LaneLab = {
      id: '',
      name: `${formatCount(labs.length)} more labs`,
      counts: sum(({ counts }) => counts),
      lossUsd: sum(({ lossUsd }) => lossUsd),
    };
    const members = tierOrder
      .filter((tier) => lab.counts[tier] > 0)
      .map(
        (tier): LaneRow => ({
          kind: 'group',
          key: `${key}:${tier}`,
          tier,
          isAll: true,
          count: lab.counts[tier],
          lossUsd: lab.lossUsd[tier],
          members: artifacts.filter((artifact) => artifact.tier === tier),
        }),
      );
    y = placeBlock({ lab, rows: members }, y, frame, key);
  }
  return { cards, rows, height: Math.max(from, y - cardGap) };
}

interface BlockFrame {
  readonly left: number;
  readonly cards: PlacedCard[];
  readonly rows: PlacedRow[];
  readonly measures: LaneMeasures;
  readonly after: LanesAfter | null;
}

function placeBlock({ lab, rows: members }: LabBlock, y: number, frame: BlockFrame, groupKey?: string): number {
  const { left, cards, rows, measures, after } = frame;
  const { cardWidth, labInset } = measures;
  const sums = after === null ? lab : (after.labs.get(lab.id) ?? noSums);
  const inner = Math.max(members.length * pitch, leastBlock);
  const card = { left, top: y, right: left + cardWidth, bottom: y + inner + cardPadding * 2 };
  cards.push({
    ...card,
    key: groupKey ?? `organization:${lab.id}`,
    lab: groupKey === undefined ? lab : null,
    title: lab.name,
    lossUsd: lossOf(sums),
    counts: sums.counts,
    labLeft: left + labInset,
    isGroup: groupKey !== undefined,
  });
  const first = y + cardPadding + (inner - members.length * pitch) / 2;
  members.forEach((row, i) => {
    const center = Math.round(first + i * pitch + pitch / 2);
    rows.push({
      row,
      labId: lab.id,
      ...(after === null || row.kind === 'group' ? {} : { outcome: after.tiers.get(row.artifact.id) ?? ('LEFT' as const) }),
      x: left + discInset,
      y: center,
      box: { left: left + 2, right: left + labInset - 8, top: center - pitch / 2, bottom: center + pitch / 2 },
    });
  });
  return card.bottom + cardGap;
}

/** The same cards and rows, further down. */
export function moveBlocks({ cards, rows }: PlacedBlocks, by: number): PlacedBlocks {
  return by === 0 ? { cards, rows } : { cards: cards.map((card) => moveCard(card, by)), rows: rows.map((row) => moveRow(row, by)) };
}

function moveCard(card: PlacedCard, by: number): PlacedCard {
  return { ...card, top: card.top + by, bottom: card.bottom + by };
}

function moveRow(row: PlacedRow, by: number): PlacedRow {
  return { ...row, y: row.y + by, box: { ...row.box, top: row.box.top + by, bottom: row.box.bottom + by } };
}
