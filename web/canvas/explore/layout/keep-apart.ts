import type { Point } from '../../cytoscape/curve.ts';
import { cutInTheMiddle, estimateWidth } from '../../cytoscape/label-box.ts';
import { markSize } from '../graph-elements.ts';
import type { DrawnNode } from '../graph-props.ts';

/** Free space around a node, its name and its badge, in pixels. */
const gap = 10;
const badgeWidth = 22;
const nameHeight = 24;
const mostRounds = 60;
/** Pushing alone may never end in a crowd. Then everything moves apart by this factor, which always ends. */
const spread = 1.15;
const mostSpreads = 40;

interface Body {
  readonly key: string;
  readonly width: number;
  readonly height: number;
  /** From the node's position down to the middle of the body, because the name hangs below the mark. */
  readonly drop: number;
  x: number;
  y: number;
}

/**
 * Moves nodes apart until no mark, name or badge overlaps another: pushes each overlapping pair along the axis where the overlap is smaller,
 * in the order of the nodes, so that equal drawings stay equal.
 *
 * Complexity: O(rounds × nodes²), for layouts of at most some hundred nodes.
 *
 * @returns positions in whole pixels
 */
export function keepApart(nodes: readonly DrawnNode[], positions: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const bodies = nodes.map((node) => bodyOf(node, positions.get(node.key) ?? { x: 0, y: 0 })).sort((a, b) => (a.key < b.key ? -1 : 1));
  for (let times = 0; times < mostSpreads && !pushUntilApart(bodies); times++) {
    for (const body of bodies) {
      body.x *= spread;
      body.y *= spread;
    }
  }
  return new Map(bodies.map(({ key, x, y, drop }) => [key, { x: Math.round(x), y: Math.round(y - drop) }]));
}

function bodyOf(node: DrawnNode, { x, y }: Point): Body {
  const mark = markSize(node);
  if (node.kind === 'ARTIFACT')
    return { key: node.key, width: mark.width + badgeWidth + gap, height: mark.height + gap + 8, drop: 0, x, y };
  const name = estimateWidth(cutInTheMiddle(node.name, 20), 13);
  const drop = nameHeight / 2 - 4;
  return {
    key: node.key,
    width: Math.max(mark.width + 2 * badgeWidth, name) + gap,
    height: mark.height + nameHeight + 8 + gap,
    drop,
    x,
    y: y + drop,
  };
}

/** Whether no pair overlaps after at most `mostRounds` rounds. */
function pushUntilApart(bodies: readonly Body[]): boolean {
  for (let round = 0; round < mostRounds; round++) {
    let isApart = true;
    for (const [i, a] of bodies.entries()) {
      for (let j = i + 1; j < bodies.length; j++) {
        const b = bodies[j] as Body;
        const across = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
        const down = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
        if (across <= 0 || down <= 0) continue;
        isApart = false;
        // A little more than needed, so that rounding brings no pair together again.
        if (across < down) {
          const push = (across / 2 + 1) * (a.x <= b.x ? -1 : 1);
          a.x += push;
          b.x -= push;
        } else {
          const push = (down / 2 + 1) * (a.y <= b.y ? -1 : 1);
          a.y += push;
          b.y -= push;
        }
      }
    }
    if (isApart) return true;
  }
  return false;
}
