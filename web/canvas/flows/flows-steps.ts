import type { FlowsLayout } from './flow-shapes.ts';
import { spokenBlock, spokenNode } from './flow-words.ts';

/** A holder, a lab or a group, which arrow keys reach. */
interface FlowTarget {
  readonly key: string;
  readonly column: number;
  readonly y: number;
  readonly spoken: string;
}

/** All targets by column from the left, each from top to bottom. The labs are the last column. */
export function flowTargets(layout: FlowsLayout): readonly FlowTarget[] {
  const nodes = layout.nodes.map((node): FlowTarget => {
    return { key: node.key, column: layout.columns.findIndex(({ hop }) => hop === node.hop), y: node.y, spoken: spokenNode(node) };
  });
  const blocks = layout.blocks.map((block): FlowTarget => {
    return { key: block.key, column: layout.columns.length, y: block.top + block.height / 2, spoken: spokenBlock(block) };
  });
  return [...nodes, ...blocks].sort((a, b) => a.column - b.column || a.y - b.y);
}

const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

/** Moves up and down within a column, and left and right to the nearest target of the next column. Stays if there is none. Undefined for another key. */
export function stepFrom(targets: readonly FlowTarget[], from: string | null, key: string): FlowTarget | undefined {
  if (!KEYS.includes(key)) return undefined;
  const here = targets.find((target) => target.key === from);
  if (here === undefined) return targets[0];
  const column = targets.filter((target) => target.column === here.column);
  const at = column.indexOf(here);
  if (key === 'Home') return column[0];
  if (key === 'End') return column.at(-1);
  if (key === 'ArrowUp') return column[at - 1] ?? here;
  if (key === 'ArrowDown') return column[at + 1] ?? here;
  const next = targets.filter((target) => target.column === here.column + (key === 'ArrowRight' ? 1 : -1));
  return next.toSorted((a, b) => Math.abs(a.y - here.y) - Math.abs(b.y - here.y))[0] ?? here;
}
