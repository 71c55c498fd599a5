import { countOf, formatCount, joinNames } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { ARTIFACT_TYPE_WORDS, mainRole, rolesInWords, TIERS } from '../../shared/format/words.ts';
import type { Point } from '../cytoscape/curve.ts';
import { estimateWidth } from '../cytoscape/label-box.ts';
import type { Scene, SceneLink, SceneNode, StepKey } from '../scene/scene.ts';
import { highlightedAround } from './lanes-highlight.ts';
import type { LanesAfter, LanesLook, LanesRadius, RowSubject } from './lanes-props.ts';
import type { LaneRow } from './layout/lanes-grouping.ts';
import { rowText } from './layout/lanes-labels.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';
import { bandWidth, type LaneLine } from './layout/lanes-lines.ts';
import type { LaneMeasures } from './layout/lanes-measures.ts';
import type { PlacedCard, PlacedHolder, PlacedRow } from './layout/lanes-places.ts';
import { halfWidth, holderText, plateHeight, plateInset } from './layout/lanes-places.ts';

/** The width of a disc's image, in which the disc is the middle. */
export const discImageWidth = 24;
const rowHeight = 21;

type After = Pick<LanesAfter, 'reached' | 'figures'> | null;

interface LanesScene {
  /** The part of the radius that is drawn; null: all of it. */
  readonly after: After;
  /** A drag moves holders and cards. */
  readonly isMovable: boolean;
  readonly look: LanesLook | null;
}

/** The scene of a laid-out radius. Color means tier here, never kind. */
export function lanesScene(radius: LanesRadius, layout: LanesLayout, { after, isMovable, look }: LanesScene): Scene {
  const nodes = nodesOf(layout, after, look).map((node) => (isMovable ? node : { ...node, isMovable: false }));
  return {
    nodes,
    links: linksOf(layout),
    bounds: {
      left: Math.min(0, ...layout.cards.map(({ left }) => left - 20), ...layout.holders.map(({ x }) => x - 60)),
      top: Math.min(0, ...layout.cards.map(({ top }) => top - 6), ...holderTops(layout)),
      right: Math.max(layout.width, ...layout.cards.map(({ right }) => right + 20), ...layout.holders.map(({ x }) => x + 60)),
      bottom: Math.max(layout.height, ...layout.cards.map(({ bottom }) => bottom + 12), ...layout.holders.map(({ y }) => y + 50)),
    },
    carried: (key) => {
      // An organization that is a holder and a lab moves as a holder alone.
      const holders = layout.holders.filter((holder) => holder.key === key);
      const isHolder = holders.length > 0;
      const touching = new Set(
        layout.lines.flatMap((line) => (line.kind !== 'copy' && (line.from === key || line.to === key) ? [line.key] : [])),
      );
      const part = {
        ...layout,
        holders,
        cards: isHolder ? [] : layout.cards.filter((card) => card.key === key),
        rows: isHolder ? [] : layout.rows.filter(({ card }) => card === key),
        labels: layout.labels.filter(({ of, role }) => touching.has(of) || (role === 'focus' && of === key)),
      };
      const own = nodesOf(part, after, look).filter((node) => node.key !== key);
      return new Map(own.map(({ id }) => [id, id.startsWith('words:') ? 0.5 : 1]));
    },
    emphasis: (center, selection) => {
      const classes = new Map<string, string>();
      const around = center === null ? null : highlightedAround(layout, center);
      for (const line of layout.lines) {
        const isBand = line.key.startsWith('band:');
        const isBold = line.kind === 'copy' && selection !== null && (line.row === selection || line.holder === selection);
        const isDim = around !== null && !around.has(line.key);
        if (isBand ? around !== null : isBold || isDim) classes.set(line.key, isDim ? 'dim' : isBand ? 'lit' : 'bold');
      }
      for (const { key, plate } of layout.holders) if (plate !== undefined && around?.has(key) === true) classes.set(key, 'lit');
      return classes;
    },
    step: (from, key) => stepFrom(layout, from, key),
    spoken: (key) => {
      const row = look === null ? undefined : layout.rows.find((placed) => placed.row.key === key)?.row;
      return spokenName(radius, layout, after, key) + (row === undefined ? '' : (look?.spokenOf(subjectOf(row)) ?? ''));
    },
  };
}

function holderTops({ holders }: LanesLayout): readonly number[] {
  return holders.map(({ y, card }) => y - (card === undefined ? 40 : card.height / 2 + 6));
}

function cardId(key: string): string {
  return `card:${key}`;
}

function subjectOf(row: LaneRow): RowSubject {
  return row.kind === 'group' ? { artifacts: row.members, count: row.count } : { artifacts: [row.artifact], count: 1 };
}

function nodesOf(layout: LanesLayout, after: After, look: LanesLook | null): readonly SceneNode[] {
  const { cards, rows, holders, labels, measures } = layout;
  const holderKeys = new Set(holders.map(({ key }) => key));
  const shareLeft = new Map(labels.flatMap(({ role, of, box }) => (role === 'share' ? [[of, box.left] as const] : [])));
  return [
    ...holders.flatMap((holder) => {
      const { x, y, card } = holder;
      const isGone = isLeft(holder, after);
      const mark = holderNode(holder, isGone);
      return [mark, ...(card?.parts({ x, y }, card.width) ?? []), ...wordsOf(holder, after, isGone, shareLeft.get(holder.key))];
    }),
    ...cards.flatMap((card) => cardNodes(card, measures, !holderKeys.has(card.key))),
    ...rows.flatMap((row) => rowNodes(row, look)),
    ...labels.flatMap(({ role, of, text, box }): readonly SceneNode[] => {
      const at = { x: Math.round((box.left + box.right) / 2), y: Math.round((box.top + box.bottom) / 2) };
      if (role === 'line') return [{ id: `words:${of}`, at, classes: 'count', data: { label: text } }];
      if (role === 'focus') return [{ id: `focus:${of}`, at: { ...at, x: box.left }, classes: 'text quiet', data: { label: text } }];
      return role === 'share'
        ? [{ id: `share:${of}`, at: { ...at, x: box.right }, classes: 'text title amount plate-text', data: { label: text } }]
        : [];
    }),
  ];
}

function cutAtEnd(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** The chance of a holder and what it holds, drawn and spoken. A drawing of a part has only those that are known of the part. */
function figuresOf(
  { organization, members, note }: PlacedHolder,
  after: After,
): { readonly note?: string | undefined; readonly spoken: string } {
  const isKnown = after === null || members.every(({ id }) => after.figures?.has(id) === true);
  if (!isKnown || organization === null) return { note: isKnown ? note : undefined, spoken: '' };
  const { hops, isSuspected, likelihood, heldCount } = organization;
  const chance = hops === 0 && !isSuspected ? '' : `, ${formatShare(likelihood)} chance`;
  return { note, spoken: `${chance}${heldCount === null ? '' : `, holds ${countOf(heldCount, 'artifact', 'artifacts')} in reach`}` };
}

function isLeft({ members }: PlacedHolder, after: After): boolean {
  return after !== null && members.every(({ id }) => !after.reached.has(id));
}

/**
 * The words beside a holder's mark: a name and a note on its plate, or a note below its name or on its card. Names keep their places without
 * notes. A note that would reach the share on its plate is left out.
 */
function wordsOf(holder: PlacedHolder, after: After, isGone: boolean, shareLeft = Number.POSITIVE_INFINITY): readonly SceneNode[] {
  const { key, x, y, size, plate, card } = holder;
  const { note } = figuresOf(holder, after);
  const gone = isGone ? ' gone' : '';
  if (plate === undefined) {
    if (note === undefined) return [];
    const [at, classes] =
      card === undefined
        ? [{ x, y: y + size / 2 + 31 }, 'note']
        : [{ x: x - card.width / 2 + 38, y: y - card.height / 2 + 33 }, 'text quiet'];
    return [{ id: `note:${key}`, at, classes, data: { label: note } }];
  }
  const left = x - plate / 2 + plateInset;
  const group = holder.organization === null ? ' group' : '';
  const plus = { id: `plus:${key}`, at: { x: left - plateInset / 2 - 1, y }, classes: `text plate-text${gone}`, data: { label: '+' } };
  return [
    ...(group === '' ? [] : [plus]),
    {
      id: `name:${key}`,
      at: { x: left, y: holder.note === undefined ? y : y - 8 },
      classes: `text plate-text${group}${gone}`,
      data: { label: holderText(holder) },
    },
    ...(note === undefined || left + estimateWidth(note, 12) + 8 > shareLeft
      ? []
      : [{ id: `note:${key}`, at: { x: left, y: y + 9 }, classes: `text quiet plate-text${gone}`, data: { label: note } }]),
  ];
}

/** The card of a lab with its mark, name, worst case and the counts of its tiers. A drag moves it with its rows. */
function cardNodes(card: PlacedCard, { mostTitle, isBundled }: LaneMeasures, isMovable: boolean): readonly SceneNode[] {
  const { key, left, right, top, bottom, headY: y } = card;
  const [width, height] = [right - left, bottom - top];
  const x = card.labLeft + 34;
  const loss = formatMoney(card.lossUsd);
  return [
    {
      id: cardId(key),
      key,
      at: { x: (left + right) / 2, y: (top + bottom) / 2 },
      classes: `card${card.isGroup ? ' group' : ''}${card.noteY === null ? '' : ' focus'}`,
      data: { width, height, boxWidth: width, boxHeight: height },
      isMovable,
    },
    { id: `mark:${key}`, at: { x: x - 22 + (isBundled ? 4 : 0), y }, classes: 'lab-mark', data: {} },
    {
      id: `title:${key}`,
      at: { x, y: y - (isBundled ? 9 : 19) },
      classes: 'text title',
      data: { label: cutAtEnd(card.title, mostTitle) },
    },
    ...(isBundled
      ? [{ id: `loss:${key}`, at: { x: right - 8, y: y - 9 }, classes: 'text title amount', data: { label: loss } }]
      : [
          // A narrow card has no room for the words.
          { id: `loss:${key}`, at: { x, y }, classes: 'text quiet', data: { label: `${loss}${mostTitle >= 20 ? ' worst case' : ''}` } },
          ...tallyNodes(card, x, y),
        ]),
  ];
}

/** The counts of a card's tiers, below its loss. Where they do not fit, they move together and begin below the mark. */
function tallyNodes({ key, counts, labLeft, right }: PlacedCard, x: number, y: number): readonly SceneNode[] {
  const tallies = TIERS.filter((tier) => counts[tier] > 0).map((tier) => ({
    tier,
    label: formatCount(counts[tier]),
    width: 13 + formatCount(counts[tier]).length * 8,
  }));
  const needed = tallies.reduce((sum, { width }) => sum + width, 0);
  const isRoomy = x + needed + 14 * (tallies.length - 1) <= right;
  let at = isRoomy ? x : labLeft;
  const gap = isRoomy ? 14 : Math.max(3, Math.min(14, (right - 4 - labLeft - needed) / (tallies.length - 1)));
  return tallies.map(({ tier, label, width }) => {
    const from = at;
    at += width + gap;
    return {
      id: `tally:${tier}:${key}`,
      at: { x: from + 5, y: y + (isRoomy ? 19 : 22) },
      classes: `tally ${tier.toLowerCase()}`,
      data: { label },
    };
  });
}

/** A row answers to the pointer over its whole width. Its disc is an image at its left. */
function rowNodes({ row, x, y, outcome, box, mostName: most }: PlacedRow, look: LanesLook | null): readonly SceneNode[] {
  const subject = subjectOf(row);
  const value = look?.valueOf(subject) ?? '';
  const extra = look === null || outcome === 'LEFT' ? '' : ` ${look.classOf(subject)}`;
  const discWidth = Math.round(discImageWidth * (look?.sideOf(subject) ?? 1));
  const tier = row.kind === 'artifact' ? row.artifact.tier : row.tier;
  const isChanged = outcome !== undefined && outcome !== 'LEFT' && outcome !== tier;
  const width = box.right - box.left;
  const disc = x - box.left;
  const room = width - disc - 15 - estimateWidth(value, 12) - 2;
  const isWide = value === '' || estimateWidth(rowText(row, most), 13) <= room;
  const node: SceneNode = {
    id: row.key,
    key: row.key,
    at: { x: (box.left + box.right) / 2, y },
    classes: `row ${(outcome ?? tier).toLowerCase()}${row.kind === 'group' ? ' group' : ''}${isChanged ? ' strong' : ''}${extra}`,
    data: {
      label: rowText(row, isWide ? most : most - value.length - 2),
      width,
      height: rowHeight,
      discWidth,
      discLeft: `${disc - discWidth / 2}px`,
      // A label stands right of its node. This moves it back, beside the disc.
      inset: disc + 15 - width,
    },
  };
  if (value === '') return [node];
  return [node, { id: `value:${row.key}`, at: { x: box.right, y }, classes: 'text quiet amount', data: { label: value } }];
}

function holderNode(holder: PlacedHolder, isGone: boolean): SceneNode {
  const { key, x, y, size, organization, hop, card } = holder;
  if (card !== undefined) {
    const data = { label: '', width: card.width, height: card.height, boxWidth: card.width, boxHeight: card.height };
    return { id: key, key, at: { x, y }, classes: `expanded${isGone ? ' gone' : ''}`, data, isMovable: true };
  }
  const isPlate = holder.plate !== undefined;
  const kind = mainRole(organization?.roles ?? holder.members[0]?.roles ?? []).toLowerCase();
  const state = `${hop === 0 ? ' origin' : ''}${organization?.isSuspected ? ' suspected' : ''}${organization === null ? ' group' : ''}${isGone ? ' gone' : ''}`;
  return {
    id: key,
    key,
    at: { x, y },
    classes: `holder ${kind}${state}${isPlate ? ' plate' : ''}`,
    data: { label: isPlate ? '' : holderText(holder), width: 2 * halfWidth(holder), height: isPlate ? plateHeight : size },
    isMovable: true,
  };
}

function linksOf(layout: LanesLayout): readonly SceneLink[] {
  return layout.lines.map((line): SceneLink => {
    const [source, target] = line.kind === 'copy' ? [line.holder, line.row] : [line.from, line.to];
    return { id: line.key, source, target, curve: line.curve, hasPorts: true, ...lookOf(line) };
  });
}

/** An access is a double line, a transfer a single one, a reveal a thin arc. */
function lookOf(line: LaneLine): Pick<SceneLink, 'classes' | 'width'> {
  if (line.kind === 'copy') {
    return {
      classes: `copy ${line.tier.toLowerCase()}${line.isUncertain ? ' uncertain' : ''}${line.key.startsWith('band:') ? ' band' : ''}`,
      width: line.isBundle && line.isTributary !== true ? bandWidth(line.weight) : 1.6,
    };
  }
  if (line.kind === 'reveal') return { classes: 'reveals step', width: 1.25 };
  return line.by === 'ACCESS' ? { classes: 'access step', width: 3 } : { classes: 'transfer step', width: 1.8 };
}

/** The full name of an element, which screen readers announce when it takes focus. */
function spokenName(radius: LanesRadius, layout: LanesLayout, after: After, key: string): string {
  const placed = layout.rows.find(({ row }) => row.key === key);
  const row = placed?.row;
  if (row?.kind === 'group') {
    const name = radius.labs.find(({ id }) => id === placed?.labId)?.name ?? 'further labs';
    const canOpen = row.members.length > 0 || name === 'further labs';
    const open = canOpen ? ` Press Enter to ${row.isOpen ? 'close' : 'open'}.` : ' Show more rows in the list to see them.';
    return `Group: ${countOf(row.count, 'artifact', 'artifacts')} of ${name}, ${row.tier.toLowerCase()}, ${formatMoney(row.lossUsd)} worst case.${open}`;
  }
  if (row?.kind === 'artifact') {
    const { artifact } = row;
    const lab = radius.labs.find(({ id }) => id === artifact.ownerId)?.name ?? artifact.ownerId;
    const copies = radius.copies.filter((copy) => copy.artifactId === artifact.id).reduce((sum, copy) => sum + copy.count, 0);
    // After a what-if it may have other copies.
    const copiesPart = radius.isWhole && after === null ? `, ${countOf(copies, 'copy', 'copies')} in reach` : '';
    const way = artifact.isRevealed ? ', revealed by another artifact' : copiesPart;
    return `${artifact.name}, ${ARTIFACT_TYPE_WORDS[artifact.type]} of ${lab}, ${placed?.outcome === 'LEFT' ? 'not in the radius' : (placed?.outcome ?? artifact.tier).toLowerCase()}${way}`;
  }
  for (const { card } of layout.holders) {
    const words = card?.spoken(key) ?? '';
    if (words !== '') return words;
  }
  const holder = layout.holders.find((placed) => placed.key === key);
  if (holder !== undefined) {
    if (holder.organization === null) {
      const size = holder.isCut ? 'organizations' : countOf(holder.members.length, 'organization', 'organizations');
      return `Group: ${size}, including ${joinNames(holder.members.slice(0, 3).map(({ name }) => name))}. Press Enter to open.`;
    }
    const { name, roles, hops, isSuspected } = holder.organization;
    const at = hops > 0 ? countOf(hops, 'hop', 'hops') : isSuspected ? 'suspected origin' : 'origin';
    const state = `${isLeft(holder, after) ? ', not reached' : ''}${holder.card === undefined ? '' : ', expanded'}`;
    return `${name}, ${rolesInWords(roles)}, ${at}${figuresOf(holder, after).spoken}${state}`;
  }
  const card = layout.cards.find((placed) => placed.key === key);
  if (card === undefined) return '';
  const { EXPOSED, POSSIBLE, CONTAINED } = card.counts;
  const focus = layout.labels.find(({ role, of }) => role === 'focus' && of === key);
  return `${card.title}, ${formatMoney(card.lossUsd)} worst case, ${formatCount(EXPOSED)} exposed, ${formatCount(POSSIBLE)} possible, ${formatCount(CONTAINED)} contained${focus === undefined ? '' : `. ${focus.text}`}`;
}

/** An element that arrow keys can reach; `key` is a node key or the key of a group. */
interface LaneTarget extends Point {
  readonly key: string;
  readonly lane: 'holders' | 'rows' | 'labs';
}

/** All targets in reading order: holders, rows, labs, each from top to bottom. */
function laneTargets(layout: LanesLayout): readonly LaneTarget[] {
  return [
    ...layout.holders
      .toSorted((a, b) => a.y - b.y || a.x - b.x)
      .flatMap(({ key, x, y, card }): readonly LaneTarget[] => [
        { key, lane: 'holders', x, y },
        ...(card?.parts({ x, y }, card.width) ?? []).flatMap((part) =>
          part.key === undefined ? [] : [{ key: part.key, lane: 'holders', x, y: part.at.y } as const],
        ),
      ]),
    ...layout.rows.map(({ row, x, y }): LaneTarget => ({ key: row.key, lane: 'rows', x, y })),
    ...layout.cards.map((card): LaneTarget => ({ key: card.key, lane: 'labs', x: card.labLeft + 12, y: card.headY })),
  ];
}

/**
 * The target of a key: up and down within a lane, left and right along copies and spread steps, then to the lab and back. Stays in place
 * if there is no target in that direction.
 */
function stepFrom(layout: LanesLayout, from: string | null, key: StepKey): string | null {
  const targets = laneTargets(layout);
  const here = targets.find((target) => target.key === from);
  if (here === undefined) return layout.holders[0]?.key ?? targets[0]?.key ?? null;
  const lane = targets.filter((target) => target.lane === here.lane);
  const place = lane.indexOf(here);
  switch (key) {
    case 'Home':
      return lane[0]?.key ?? here.key;
    case 'End':
      return lane.at(-1)?.key ?? here.key;
    case 'ArrowUp':
      return lane[Math.max(0, place - 1)]?.key ?? here.key;
    case 'ArrowDown':
      return lane[Math.min(lane.length - 1, place + 1)]?.key ?? here.key;
    case 'ArrowRight':
      return rightOf(layout, here) ?? here.key;
    case 'ArrowLeft':
      return leftOf(layout, here) ?? here.key;
  }
}

function rightOf(layout: LanesLayout, here: LaneTarget): string | undefined {
  if (here.lane === 'labs') return undefined;
  if (here.lane === 'rows') return layout.rows.find(({ row }) => row.key === here.key)?.card;
  const rows = new Set(layout.lines.flatMap((line) => (line.kind === 'copy' && line.holder === here.key ? [line.row] : [])));
  return layout.rows.find((row) => rows.has(row.row.key))?.row.key ?? layout.rows[0]?.row.key;
}

function leftOf(layout: LanesLayout, here: LaneTarget): string | undefined {
  if (here.lane === 'labs') return layout.rows.find(({ card }) => card === here.key)?.row.key;
  if (here.lane === 'holders')
    return layout.lines.flatMap((line) => (line.kind === 'spread' && line.to === here.key ? [line.from] : []))[0];
  // Lines are in drawing order: the strongest is last.
  const own = layout.lines.flatMap((line) => (line.kind === 'copy' && line.row === here.key ? [line.holder] : []));
  return own.at(-1) ?? layout.holders[0]?.key;
}
