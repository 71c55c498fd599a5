import { formatCount } from '../../../shared/format/count.ts';
import type { LanesAfter, LanesRadius } from '../lanes-props.ts';
import { moveBlocks, placeBlocks } from './lanes-blocks.ts';
import { compare, type GroupingOptions, groupLanes, type LaneGroups } from './lanes-grouping.ts';
import { placeHolders } from './lanes-holders.ts';
import { placeLabels } from './lanes-labels.ts';
import { copyLines, type LaneLine, revealArcs, spreadLines } from './lanes-lines.ts';
import { compact, type LaneMeasures, roomy } from './lanes-measures.ts';
import type { LaneHeading, PlacedCard, PlacedHolder, PlacedLabel, PlacedRow } from './lanes-places.ts';

/**
 * The positions of everything in a blast radius: origins, holders by hop, artifacts in the cards of their labs. No physics: the same
 * radius, open groups and width give the same drawing to the pixel.
 */
export interface LanesLayout {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly PlacedCard[];
  readonly rows: readonly PlacedRow[];
  readonly holders: readonly PlacedHolder[];
  readonly lines: readonly LaneLine[];
  readonly labels: readonly PlacedLabel[];
  readonly headings: readonly LaneHeading[];
  /** Number of copy lines that are not drawn. The weakest lines are left out first. */
  readonly omittedLines: number;
  readonly level: LaneGroups['level'];
  readonly measures: LaneMeasures;
}

export interface LanesLayoutOptions extends GroupingOptions {
  /** The drawing is one of two side by side. */
  readonly isCompact?: boolean;
  /** The result of a what-if. The places stay those of the radius; lines, discs and sums are those of the what-if. */
  readonly after?: LanesAfter | null;
  /** Width of the canvas in pixels. A wider layout scrolls. */
  readonly width: number;
  readonly formatUsd: (usd: number) => string;
}

const top = 6;
const bottom = 12;

/** Complexity: O(V log V + E). */
export function layOutLanes(given: LanesRadius, options: LanesLayoutOptions): LanesLayout {
  const measures = options.isCompact === true ? compact : roomy;
  const { cardWidth, originX, leastStep, mostStep, gap } = measures;
  const after = options.after ?? null;
  const radius = inFixedOrder(given);
  const groups = groupLanes(radius, options);
  const deepest = groups.hops.reduce((most, lane) => Math.max(most, lane.hop), 0);
  const step =
    deepest === 0
      ? 0
      : Math.min(mostStep, Math.max(leastStep, Math.floor((options.width - cardWidth - 24 - originX - gap + 40) / deepest)));
  const cardLeft = Math.max(originX + deepest * step + gap, options.width - cardWidth - 20);

  const placed = placeBlocks(groups, cardLeft, top, measures, after);
  const rowY = new Map<string, number>();
  for (const { row, y } of placed.rows) {
    if (row.kind === 'artifact') rowY.set(row.artifact.id, y);
    else for (const member of row.members) rowY.set(member.id, y);
  }
  const middle = (placed.height - top) / 2 + top;
  const { holders, shift } = placeHolders(groups.hops, radius, rowY, { top, bottom: placed.height, middle, originX, step });
  const { cards, rows } = moveBlocks(placed, shift);

  const drawn = { rows, holders, cardLeft };
  const left = after === null ? radius : inFixedOrder({ ...radius, copies: after.copies, spread: after.spread });
  const copies = copyLines(left, groups, drawn);
  const lines = [...spreadLines(left, drawn), ...copies.lines, ...revealArcs(radius, drawn)];
  const lowest = Math.max(placed.height + shift, ...holders.map((holder) => holder.y + holder.size / 2 + 26));
  return {
    width: cardLeft + cardWidth + 20,
    height: Math.ceil(lowest + bottom),
    cards,
    rows,
    holders,
    lines,
    labels: placeLabels(cards, rows, holders, lines, options.formatUsd, measures),
    headings: headingsOf(radius, groups, cardLeft, step, measures),
    measures,
    omittedLines: copies.omittedCount,
    level: groups.level,
  };
}

/** Sorts every list, so that the drawing does not depend on the order of the answer. */
function inFixedOrder(radius: LanesRadius): LanesRadius {
  return {
    ...radius,
    organizations: radius.organizations.toSorted((a, b) => compare(a.id, b.id)),
    artifacts: radius.artifacts.toSorted((a, b) => compare(a.id, b.id)),
    copies: radius.copies.toSorted((a, b) => compare(a.holderId, b.holderId) || compare(a.artifactId, b.artifactId)),
    spread: radius.spread.toSorted((a, b) => compare(a.fromId, b.fromId) || compare(a.toId, b.toId) || compare(a.kind, b.kind)),
    reveals: radius.reveals.toSorted((a, b) => compare(a.artifactId, b.artifactId) || compare(a.revealsId, b.revealsId)),
  };
}

function headingsOf(
  radius: LanesRadius,
  groups: LaneGroups,
  cardLeft: number,
  step: number,
  { originX, labInset }: LaneMeasures,
): readonly LaneHeading[] {
  const origins = groups.hops.find((lane) => lane.hop === 0)?.total ?? 0;
  const reached = groups.hops.filter((lane) => lane.hop > 0).reduce((sum, lane) => sum + lane.total, 0);
  const shownOf = (shown: number, total: number) => (total > shown ? `${formatCount(shown)} of ${formatCount(total)}` : formatCount(shown));
  const headings: LaneHeading[] = [{ x: 24, text: origins > 1 ? 'Origins' : 'Origin', count: origins > 1 ? String(origins) : null }];
  if (reached > 0) headings.push({ x: originX + step - 46, text: 'Reached', count: shownOf(reached, radius.reachedTotal) });
  if (radius.artifactTotal === 0) return headings;
  headings.push({ x: cardLeft + 11, text: 'Artifacts in reach', count: shownOf(radius.artifacts.length, radius.artifactTotal) });
  const affected = radius.labs.filter(({ counts }) => counts.EXPOSED + counts.POSSIBLE > 0).length;
  headings.push({ x: cardLeft + labInset - 2, text: 'Labs', count: `${formatCount(affected)} affected` });
  return headings;
}
