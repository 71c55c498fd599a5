import { countOf } from '../../../shared/format/count.ts';
import type { ExploreLinkFragment } from '../../../shared/generated/operations.ts';
import type { CanvasSteps } from '../use-canvas-steps.ts';
import type { DrawnGraph } from '../use-drawn-graph.ts';
import type { GraphActs } from '../use-graph-acts.ts';
import { MarkedBar } from './marked-bar.tsx';
import type { Marked } from './use-marked.ts';

interface MarkedNodesProps {
  readonly drawn: DrawnGraph;
  readonly acts: GraphActs;
  readonly marked: Marked;
  readonly look: CanvasSteps['look'];
}

/** The acts for all marked nodes; nothing without one. */
export function MarkedNodes({ drawn: { model, groups }, acts, marked, look }: MarkedNodesProps) {
  const { chosen, others } = marked;
  if (chosen.length === 0) return null;
  const count = countOf(chosen.length, 'node', 'nodes');
  const hide = (words: string, gone: readonly string[]) => {
    acts.hideAll(words, gone);
    marked.clear();
  };
  const group = () => {
    groups.make(chosen);
    marked.clear();
  };
  return (
    <MarkedBar
      count={chosen.length}
      onHide={() => hide(`Hid ${count}`, chosen)}
      onHideOthers={() => hide(`Hid all except ${count}`, others)}
      onInvert={() => marked.set(others)}
      onNeighbors={() => acts.addNeighbors(chosen)}
      onMarkNeighbors={() => marked.set([...chosen, ...drawnNeighbors(chosen, model.links)])}
      onPin={() => acts.pinAll(chosen)}
      onGroup={chosen.length < 2 ? null : group}
      onPath={chosen.length === 2 ? () => look({ path: [chosen[0] ?? '', chosen[1] ?? ''] }) : null}
      onClear={marked.clear}
    />
  );
}

/** The other ends of the drawn links of these nodes. */
function drawnNeighbors(keys: readonly string[], links: readonly ExploreLinkFragment[]): readonly string[] {
  const marked = new Set(keys);
  return links.flatMap(({ source, target }) => (marked.has(source) ? [target] : marked.has(target) ? [source] : []));
}
