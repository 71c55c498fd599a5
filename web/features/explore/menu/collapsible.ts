import type { ExploreLinkFragment } from '../../../shared/generated/operations.ts';
import type { CanvasStep } from '../use-canvas-steps.ts';

/**
 * Finds the nodes that leave the canvas when a node is collapsed: the nodes that its expansions brought, and the neighbors that nothing else on the canvas
 * is linked to. The node itself, pinned nodes and nodes that were expanded themselves stay.
 *
 * @param drawn the keys on the canvas
 * @param kept keys that stay
 */
export function collapsibleOf(
  key: string,
  drawn: readonly string[],
  links: readonly ExploreLinkFragment[],
  steps: readonly CanvasStep[],
  kept: ReadonlySet<string>,
): readonly string[] {
  const expansions = steps.flatMap(({ expansion }) => expansion ?? []);
  const expanded = new Set(expansions.map(({ of }) => of));
  const brought = new Set(expansions.filter(({ of }) => of === key).flatMap((expansion) => expansion.brought));
  const neighbors = new Map<string, Set<string>>();
  for (const { source, target } of links) {
    for (const [one, other] of [
      [source, target],
      [target, source],
    ] as const) {
      const known = neighbors.get(one) ?? new Set<string>();
      neighbors.set(one, known.add(other));
    }
  }
  const hangsOnIt = (other: string) => {
    const near = neighbors.get(other);
    return near?.size === 1 && near.has(key);
  };
  return drawn.filter((other) => other !== key && !kept.has(other) && !expanded.has(other) && (brought.has(other) || hangsOnIt(other)));
}
