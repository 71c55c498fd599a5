import type { ElementDefinition } from 'cytoscape';
import { formatCount } from '../../shared/format/count.ts';
import { mainRole } from '../../shared/format/words.ts';
import { type Point, toRelativeBends } from '../cytoscape/curve.ts';
import { holderText, type LanesLayout, rowText } from './lanes-layout.ts';
import type { LaneLine } from './lanes-lines.ts';
import type { PlacedCard, PlacedHolder, PlacedRow } from './lanes-places.ts';

/**
 * Turns the layout into Cytoscape elements: cards with their text, rows with a full-width hit box, discs, holders, lines. `data.key` names
 * the record or group of an element; `data.name` is its accessible name.
 */
export function lanesElements(
  layout: LanesLayout,
  formatUsd: (usd: number) => string,
  reached: ReadonlySet<string> | null = null,
): readonly ElementDefinition[] {
  const words = layout.labels.filter((label) => label.role === 'line');
  const centers = new Map<string, Point>([
    ...layout.rows.map((row) => [row.row.key, row] as const),
    ...layout.holders.map((holder) => [holder.key, holder] as const),
  ]);
  return [
    ...layout.cards.flatMap((card) => cardElements(card, formatUsd, layout.measures.mostTitle)),
    ...layout.rows.flatMap((row) => rowElements(row, formatUsd, layout.measures.mostName)),
    ...layout.holders.map((holder) => holderElement(holder, reached)),
    ...layout.lines.map((line) => lineElement(line, centers)),
    ...words.map((label) =>
      textElement(`words:${label.of}`, 'on-line', label.text, mid(label.box.left, label.box.right), mid(label.box.top, label.box.bottom), {
        line: label.of,
      }),
    ),
  ];
}

function mid(a: number, b: number): number {
  return Math.round((a + b) / 2);
}

const tierWords = { EXPOSED: 'exposed', POSSIBLE: 'possible', CONTAINED: 'contained' } as const;

/** A narrow card has no room for the words. */
function lossText(card: PlacedCard, formatUsd: (usd: number) => string, mostTitle: number): string {
  return mostTitle < 20 ? formatUsd(card.lossUsd) : `${formatUsd(card.lossUsd)} worst case`;
}

function cutAtEnd(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function cardElements(card: PlacedCard, formatUsd: (usd: number) => string, mostTitle: number): ElementDefinition[] {
  const x = card.labLeft;
  const y = mid(card.top, card.bottom);
  const spoken = `${card.title}, lab, ${formatUsd(card.lossUsd)} worst case, ${card.counts.EXPOSED} exposed, ${card.counts.POSSIBLE} possible, ${card.counts.CONTAINED} contained`;
  const ofCard = { card: card.key };
  const counts = (['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const).filter((tier) => card.counts[tier] > 0);
  let at = x + 34;
  const countElements = counts.flatMap((tier, i) => {
    const text = formatCount(card.counts[tier]);
    const disc: ElementDefinition = {
      group: 'nodes',
      data: { id: `count:${i}:${card.key}`, ...ofCard },
      classes: `part small-disc ${tierWords[tier]}`,
      position: { x: at + 5, y: y + 19 },
    };
    const label = textElement(`count-text:${i}:${card.key}`, 'count', text, at + 13, y + 19, ofCard);
    at += 13 + text.length * 8 + 14;
    return [disc, label];
  });
  return [
    {
      group: 'nodes',
      data: { id: `card:${card.key}`, key: card.key, name: spoken, width: card.right - card.left, height: card.bottom - card.top },
      classes: card.isGroup ? 'card group' : 'card',
      position: { x: mid(card.left, card.right), y },
    },
    { group: 'nodes', data: { id: `mark:${card.key}`, key: card.key, name: spoken }, classes: 'lab-mark', position: { x: x + 12, y } },
    textElement(`title:${card.key}`, 'card-title', cutAtEnd(card.title, mostTitle), x + 34, y - 19, ofCard),
    textElement(`loss:${card.key}`, 'card-line', lossText(card, formatUsd, mostTitle), x + 34, y, ofCard),
    ...countElements,
  ];
}

function rowElements(
  { row, x, y, box, labId, outcome }: PlacedRow,
  formatUsd: (usd: number) => string,
  mostName: number,
): ElementDefinition[] {
  const tier = row.kind === 'artifact' ? row.artifact.tier : row.tier;
  const text = rowText(row, formatUsd, mostName);
  const name = row.kind === 'artifact' ? row.artifact.name : `Group: ${text}`;
  return [
    {
      group: 'nodes',
      data: { id: `row:${row.key}`, key: row.key, labId, name, width: box.right - box.left, height: box.bottom - box.top },
      classes: 'row-box',
      position: { x: mid(box.left, box.right), y },
    },
    {
      group: 'nodes',
      data: { id: row.key, key: row.key, labId, name, label: text },
      classes: `disc ${outcome === 'LEFT' ? 'left' : tierWords[outcome ?? tier]} ${row.kind === 'group' ? 'group' : 'artifact'} ${outcome !== undefined && outcome !== 'LEFT' && outcome !== tier ? 'changed' : ''}`,
      position: { x, y },
    },
  ];
}

function holderElement(holder: PlacedHolder, reached: ReadonlySet<string> | null): ElementDefinition {
  const kind = mainRole(holder.organization?.roles ?? holder.members[0]?.roles ?? []);
  const isGone = reached !== null && holder.members.every(({ id }) => !reached.has(id));
  return {
    group: 'nodes',
    data: { id: holder.key, key: holder.key, name: holder.organization?.name ?? holderText(holder), label: holderText(holder) },
    classes: `holder ${kind.toLowerCase()} ${holder.hop === 0 ? 'origin' : ''} ${holder.organization === null ? 'group' : ''} ${isGone ? 'gone' : ''}`,
    position: { x: holder.x, y: holder.y },
  };
}

function lineElement(line: LaneLine, centers: ReadonlyMap<string, Point>): ElementDefinition {
  const [source, target] = line.kind === 'copy' ? [line.holder, line.row] : [line.from, line.to];
  const from = centers.get(source) as Point;
  const to = centers.get(target) as Point;
  const { weights, distances } = toRelativeBends(line.curve);
  const data = {
    id: line.key,
    key: line.key,
    source,
    target,
    weights,
    distances,
    sourceEnd: `${line.curve.from.x - from.x}px ${line.curve.from.y - from.y}px`,
    targetEnd: `${line.curve.to.x - to.x}px ${line.curve.to.y - to.y}px`,
    width: 1.6,
  };
  switch (line.kind) {
    case 'copy':
      return {
        group: 'edges',
        data: { ...data, width: line.isBundle ? 1 + Math.log2(1 + line.count) * 0.75 : 1.6 },
        classes: `copy ${tierWords[line.tier]}`,
      };
    case 'spread':
      return { group: 'edges', data, classes: `spread ${line.by === 'ACCESS' ? 'access' : 'transfer'}` };
    case 'reveal':
      return { group: 'edges', data, classes: 'reveal' };
  }
}

/** A text without a shape: to the right of its position, or centered on it where it labels a line. */
function textElement(id: string, role: string, text: string, x: number, y: number, of: object): ElementDefinition {
  return {
    group: 'nodes',
    data: { id, label: text, ...of },
    classes: `part text ${role}`,
    position: { x: Math.round(x), y: Math.round(y) },
  };
}
