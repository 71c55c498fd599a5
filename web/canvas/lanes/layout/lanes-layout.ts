import { formatCount } from '../../../shared/format/count.ts';
import type { Point } from '../../cytoscape/curve.ts';
import type { FlowLab } from '../../flows/flow-radius.ts';
import { compareIds } from '../../flows/flow-radius.ts';
import type { LanesAfter, LanesOptions, LanesRadius } from '../lanes-props.ts';
import { layBands } from './lanes-bands.ts';
import { moveBlocks, placeBlocks } from './lanes-blocks.ts';
import type { LaneGroups } from './lanes-grouping.ts';
import { groupLanes } from './lanes-grouping.ts';
import { placeHolders, plateWidth } from './lanes-holders.ts';
import { focusLabels, placeLabels } from './lanes-labels.ts';
import type { LaneLine } from './lanes-lines.ts';
import { copyLines, linesOfSelection, revealArcs, spreadLines } from './lanes-lines.ts';
import type { LaneMeasures } from './lanes-measures.ts';
import { measuresOf } from './lanes-measures.ts';
import type { DrawnLanes, LaneHeading, PlacedCard, PlacedHolder, PlacedLabel, PlacedRow } from './lanes-places.ts';
import { holderBoxes } from './lanes-places.ts';

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
  readonly measures: LaneMeasures;
}

export interface LanesLayoutOptions extends LanesOptions {
  /** Width of the canvas in pixels. A wider layout scrolls. */
  readonly width: number;
  /** Height in pixels that the drawing may fill; absent: it takes what it needs. */
  readonly height?: number;
}

const top = 6;
const bottom = 12;
const overhang = 21;

/** A radius whose elements have places. Its size is that without pins. */
interface ArrangedLanes {
  readonly width: number;
  readonly height: number;
  /**
   * Moves holders and cards to the middles that the reader gave them, by key, and lays the lines. Nothing else gives way. Complexity: O(V + E).
   */
  readonly draw: (pins: ReadonlyMap<string, Point>) => LanesLayout;
}

/** The places of a radius, without its lines, so that a size can be tried. Complexity: O(V log V + E). */
export function arrangeLanes(given: LanesRadius, options: LanesLayoutOptions): ArrangedLanes {
  const after = options.after ?? null;
  const figures = after?.figures;
  const organizations = figures ? given.organizations.map((each) => ({ ...each, ...figures.get(each.id) })) : given.organizations;
  const whole = inFixedOrder({ ...given, organizations });
  const hidden = new Set(options.hidden);
  const radius = withoutHiddenLabs(whole, hidden);
  const height = (options.height ?? 0) - top - bottom;
  const groups = groupLanes(radius, { ...options, openGroups: new Set(options.openGroups), height });
  const measures = measuresOf(groups.isBundled, options.isCompact === true);
  const { cardWidth, originX, leastStep, mostStep, gap } = measures;
  const deepest = groups.hops.reduce((most, lane) => Math.max(most, lane.hop), 0);
  const step =
    deepest === 0
      ? 0
      : Math.min(mostStep, Math.max(leastStep, Math.floor((options.width - cardWidth - 24 - originX - gap + 40) / deepest)));
  const cardLeft = Math.max(originX + deepest * step + gap, options.width - cardWidth - 20);

  // The name of the lowest mark stands below the middle of its room.
  const until = top + height - (measures.isBundled ? 0 : overhang);
  const placed = placeBlocks(groups, cardLeft, top, measures, after, options.focus, until);
  const labOrder = new Map(
    [...groups.labs.map(({ lab }) => lab), ...(groups.moreLabs?.labs ?? [])].map(({ id }, i) => [id, Math.min(i, groups.labs.length)]),
  );
  const middle = (placed.height - top) / 2 + top;
  const { holders: unpinned, shift } = placeHolders(groups.hops, radius, labOrder, {
    ...{ top, bottom: placed.height, middle, originX, step },
    expanded: options.expanded ?? new Map(),
    hasPlates: measures.isBundled,
  });
  // Where the list is filtered by what cells do not know, the radius has none.
  const cells = (radius.cells ?? null) === null ? null : (after?.cells ?? null);
  const left = after === null ? radius : inFixedOrder({ ...radius, copies: after.copies, spread: after.spread, cells });
  const headings = headingsOf(whole, radius, after, hidden, groups, cardLeft, step, measures);
  const width = cardLeft + cardWidth + 20;
  const heightOf = (holders: readonly PlacedHolder[]) => {
    const lowest = holders.map((holder) => Math.max(...holderBoxes(holder).map((box) => box.bottom)) + 4);
    return Math.ceil(Math.max(placed.height + shift, ...lowest) + bottom);
  };
  const draw = (pins: ReadonlyMap<string, Point>) => {
    // A hidden holder leaves its place free, so that the others stay.
    const holders = unpinned
      .filter(({ key, hop }) => hop === 0 || !hidden.has(key))
      .map((holder) => ({ ...holder, ...pins.get(holder.key) }));
    const { cards, rows } = moveBlocks(placed, (card) => {
      const pin = holders.some(({ key }) => key === card.key) ? undefined : pins.get(card.key);
      if (pin === undefined) return { x: 0, y: shift };
      return { x: pin.x - (card.left + card.right) / 2, y: pin.y - (card.top + card.bottom) / 2 };
    });
    const drawn = { cards, rows, holders, cardLeft };
    const copies = measures.isBundled ? bundledLines(left, drawn, options) : copyLines(left, drawn);
    const reveals = revealArcs(radius, drawn);
    const lines = [...spreadLines(left, drawn), ...copies, ...(measures.isBundled ? withinCards(reveals, rows) : reveals)];
    return {
      width,
      height: heightOf(holders),
      cards,
      rows,
      holders,
      lines,
      labels: [...placeLabels(cards, rows, holders, lines, measures), ...focusLabels(left, drawn)],
      headings,
      measures,
    };
  };
  return { width, height: heightOf(unpinned), draw };
}

/** The bands of all labs, and the lines of what is selected. */
function bundledLines(radius: LanesRadius, drawn: DrawnLanes, { selection, widthBy }: LanesLayoutOptions): readonly LaneLine[] {
  const focus = drawn.rows.find(({ row }) => row.key === selection)?.card ?? selection;
  const bands = layBands(drawn, widthBy, focus);
  return [...bands.lines, ...linesOfSelection(radius, drawn, bands, selection, widthBy)];
}

/** The rows of a bundled radius are few of many, so that an arc from lab to lab would say little, and run across the bands. */
function withinCards(reveals: readonly LaneLine[], rows: readonly PlacedRow[]): readonly LaneLine[] {
  const cardOf = new Map(rows.map(({ row, card }) => [row.key, card]));
  return reveals.filter((line) => line.kind === 'reveal' && cardOf.get(line.from) === cardOf.get(line.to));
}

function withoutHiddenLabs(radius: LanesRadius, hidden: ReadonlySet<string>): LanesRadius {
  if (hidden.size === 0) return radius;
  const isShown = (id: string) => !hidden.has(`organization:${id}`);
  return {
    ...radius,
    labs: radius.labs.filter(({ id }) => isShown(id)),
    artifacts: radius.artifacts.filter(({ ownerId }) => isShown(ownerId)),
  };
}

/** Sorts every list, so that the drawing does not depend on the order of the answer. */
function inFixedOrder(radius: LanesRadius): LanesRadius {
  return {
    ...radius,
    organizations: radius.organizations.toSorted((a, b) => compareIds(a.id, b.id)),
    artifacts: radius.artifacts.toSorted((a, b) => compareIds(a.id, b.id)),
    copies: radius.copies.toSorted((a, b) => compareIds(a.holderId, b.holderId) || compareIds(a.artifactId, b.artifactId)),
    spread: radius.spread.toSorted((a, b) => compareIds(a.fromId, b.fromId) || compareIds(a.toId, b.toId) || compareIds(a.kind, b.kind)),
    reveals: radius.reveals.toSorted((a, b) => compareIds(a.artifactId, b.artifactId) || compareIds(a.revealsId, b.revealsId)),
  };
}

/** From the middle of a lane to its heading. */
const headingInset = 46;
/** The forms of a hop's heading: its count in words, in figures, with a slash, without the hidden holders, and no count. */
const hopForms = 5;

/** The names of the lanes, with the counts of the whole radius, of the part that is drawn, and of what the reader hid. */
function headingsOf(
  radius: LanesRadius,
  shown: LanesRadius,
  after: LanesAfter | null,
  hidden: ReadonlySet<string>,
  groups: LaneGroups,
  cardLeft: number,
  step: number,
  { originX, labInset, isBundled }: LaneMeasures,
): readonly LaneHeading[] {
  const origins = groups.hops.find((lane) => lane.hop === 0)?.total ?? 0;
  const hiddenWords = (count: number) => (count > 0 ? `, ${formatCount(count)} hidden` : '');
  const countOf = (loaded: number, total: number) =>
    `${total > loaded ? `${formatCount(loaded)} of ` : ''}${formatCount(Math.max(loaded, total))}`;
  const origin: readonly [string, string] = origins > 1 ? ['Origins', String(origins)] : ['Origin', ''];
  // Where the first lane has no room for its name, no lane has a count.
  const headings: LaneHeading[] = [{ x: 24, forms: [...new Array<typeof origin>(hopForms).fill(origin), ['', '']] }];
  const reached = radius.organizations.filter(({ hops }) => hops > 0);
  const isCut = reached.length < radius.reachedTotal;
  for (const { hop, total } of groups.hops) {
    if (hop === 0) continue;
    const hiddenCount = reached.filter(({ id, hops }) => hops === hop && hidden.has(`organization:${id}`)).length;
    const part = isCut || after === null ? total : reached.filter(({ id, hops }) => hops === hop && after.reached.has(id)).length;
    const count = countOf(part, total);
    const atLeast = isCut ? '≥' : '';
    const known = [
      `${isCut ? 'at least ' : ''}${count} ${total === 1 ? 'holder' : 'holders'}`,
      atLeast + count,
      atLeast + count.replace(' of ', '/'),
    ];
    // The toolbar counts the hidden ones too.
    const counts = [...known.map((words) => `${words}${hiddenWords(hiddenCount)}`), known.at(-1) ?? ''];
    headings.push({
      x: originX + hop * step - (isBundled ? plateWidth(step) / 2 : headingInset),
      forms: [...counts, ''].map((count) => [`Hop ${hop}`, count]),
    });
  }
  if (radius.artifactTotal === 0) return headings;
  // A bundled card counts its artifacts.
  const isKnown = after !== null && after.isCut !== true;
  const drawn = isKnown ? radius.artifacts.filter(({ id }) => after.tiers.has(id)).length : radius.artifacts.length;
  const artifacts = countOf(drawn, radius.artifactTotal) + hiddenWords(radius.artifacts.length - shown.artifacts.length);
  if (!isBundled) headings.push({ x: cardLeft + 11, forms: ['Artifacts in reach', 'Artifacts'].map((name) => [name, artifacts]) });
  const affectedOf = (labs: Iterable<FlowLab>) => [...labs].filter(({ counts }) => counts.EXPOSED + counts.POSSIBLE > 0).length;
  const affected = affectedOf(radius.labs);
  const affectedTotal = radius.choice?.affectedLabTotal ?? affected;
  const labs = countOf(isKnown ? affectedOf(after.labs.values()) : affected, affectedTotal);
  const hiddenLabs = isBundled ? hiddenWords(radius.labs.length - shown.labs.length) : '';
  headings.push({
    x: cardLeft + (isBundled ? 11 : labInset - 2),
    forms: [`${labs} affected${hiddenLabs}`, labs + hiddenLabs].map((count) => ['Labs', count]),
  });
  return headings;
}
