import type { Point } from '../cytoscape/curve.ts';
import type { Box } from '../cytoscape/label-box.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';

/** An element that pointer and arrow keys can reach; `key` is a node key or the key of a group. */
export interface LaneTarget extends Point {
  readonly key: string;
  readonly lane: 'holders' | 'rows' | 'labs';
  readonly box: Box;
}

/** All targets in reading order: holders, rows, labs, each from top to bottom. */
export function laneTargets(layout: LanesLayout): readonly LaneTarget[] {
  const half = (size: number) => size / 2 + 6;
  return [
    ...layout.holders
      .map((holder): LaneTarget => {
        const reach = half(holder.size);
        const box = { left: holder.x - reach, right: holder.x + reach, top: holder.y - reach, bottom: holder.y + reach + 16 };
        return { key: holder.key, lane: 'holders', x: holder.x, y: holder.y, box };
      })
      .sort((a, b) => a.y - b.y || a.x - b.x),
    ...layout.rows.map((row): LaneTarget => ({ key: row.row.key, lane: 'rows', x: row.x, y: row.y, box: row.box })),
    ...layout.cards.map(
      (card): LaneTarget => ({
        key: card.key,
        lane: 'labs',
        x: card.right - 100,
        y: (card.top + card.bottom) / 2,
        box: { ...card, left: card.labLeft - 6 },
      }),
    ),
  ];
}

export function findTargetAt(targets: readonly LaneTarget[], { x, y }: Point): LaneTarget | undefined {
  return targets.find(({ box }) => x >= box.left && x < box.right && y >= box.top && y < box.bottom);
}

export type StepKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/**
 * The target of a key: up and down within a lane, left and right along copies and spread steps, then to the lab and back. Stays in place
 * if there is no target in that direction.
 */
export function stepFrom(layout: LanesLayout, targets: readonly LaneTarget[], from: string | null, key: StepKey): string | null {
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
  if (here.lane === 'rows') return cardAt(layout, here.y)?.key;
  const rows = new Set(layout.lines.flatMap((line) => (line.kind === 'copy' && line.holder === here.key ? [line.row] : [])));
  return layout.rows.find((row) => rows.has(row.row.key))?.row.key ?? layout.rows[0]?.row.key;
}

function leftOf(layout: LanesLayout, here: LaneTarget): string | undefined {
  if (here.lane === 'labs') return layout.rows.find((row) => cardAt(layout, row.y)?.key === here.key)?.row.key;
  if (here.lane === 'holders')
    return layout.lines.flatMap((line) => (line.kind === 'spread' && line.to === here.key ? [line.from] : []))[0];
  // Lines are in drawing order: the strongest is last.
  const own = layout.lines.flatMap((line) => (line.kind === 'copy' && line.row === here.key ? [line.holder] : []));
  return own.at(-1) ?? layout.holders[0]?.key;
}

function cardAt(layout: LanesLayout, y: number) {
  return layout.cards.find((card) => y >= card.top && y <= card.bottom);
}
