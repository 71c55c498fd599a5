import type { ComponentType, ReactNode } from 'react';
import { GroupPanel } from './groups/group-panel.tsx';
import { type NodeActions, NodeItems } from './menu/node-menu.tsx';
import { isOrganization } from './node-key.ts';
import { type FinderProps, PathPanel } from './paths/path-panel.tsx';
import { type FoundPath, nodeWords } from './paths/path-words.ts';
import type { CanvasSteps } from './use-canvas-steps.ts';
import type { DrawnGraph } from './use-drawn-graph.ts';
import { mostNodes } from './use-explore-graph.ts';
import type { GraphActs } from './use-graph-acts.ts';

export interface InspectorProps {
  readonly selection: string;
  readonly onSelect: (key: string) => void;
  readonly onClose: () => void;
  /** Entries of the node's menu; null for a record that is not on the canvas. */
  readonly menu: ReactNode;
  readonly onExpand: (() => void) | null;
}

interface ExploreSideProps {
  readonly steps: CanvasSteps;
  readonly drawn: DrawnGraph;
  readonly acts: GraphActs;
  readonly actions: NodeActions;
  readonly Inspector: ComponentType<InspectorProps>;
  /** A search for the end of a path. */
  readonly Finder: ComponentType<FinderProps>;
  /** The start of a path whose end is not chosen yet. */
  readonly pathFrom: string | null;
  readonly onPathEnd: () => void;
}

/** The panel beside the canvas: the path that is looked for, else the selected group, else the selected record. */
export function ExploreSide({ steps, drawn, acts, actions, Inspector, Finder, pathFrom, onPathEnd }: ExploreSideProps) {
  const { state, look, act } = steps;
  const { groups, openKeys, nodeOf, nameOf } = drawn;
  const select = (key: string | null) => look({ selection: key });

  const path: readonly [string, string | null] | null = pathFrom !== null ? [pathFrom, null] : state.path;
  if (path !== null) {
    const [from, to] = path;
    const end = (key: string) => ({ key, name: nodeOf(key) === undefined ? null : nameOf(key) });
    return (
      <PathPanel
        from={end(from)}
        to={to === null ? null : end(to)}
        Finder={Finder}
        onTo={(key) => {
          onPathEnd();
          look({ path: [from, key] });
        }}
        onTurn={() => to !== null && look({ path: [to, from] })}
        onShow={(found) =>
          acts.add(
            `Showed a path to ${nodeWords(found.nodes.at(-1) as FoundPath['nodes'][number])}`,
            found.nodes.map(({ key }) => key),
          )
        }
        onClose={() => {
          onPathEnd();
          look({ path: null });
        }}
      />
    );
  }

  const group = groups.find(state.selection);
  if (group !== undefined) {
    return (
      <GroupPanel
        name={group.name}
        members={group.members.flatMap((key) => nodeOf(key) ?? [])}
        onSelect={select}
        onOpen={() => groups.setOpen(group, true)}
        onEnd={() => groups.end(group)}
        onClose={() => select(null)}
      />
    );
  }

  if (state.selection === null || state.selection.startsWith('group:')) return null;
  const node = nodeOf(state.selection);
  const selectOrAdd = (key: string) => {
    if (openKeys.includes(key) || key.startsWith('[')) select(key);
    else {
      const nodes = [...openKeys, key].slice(-mostNodes);
      act(`Added ${isOrganization(key) ? 'an organization' : 'an artifact'}`, { nodes, selection: key });
    }
  };
  return (
    <Inspector
      key={state.selection}
      selection={state.selection}
      onSelect={selectOrAdd}
      onClose={() => select(null)}
      menu={node === undefined ? null : <NodeItems node={node} actions={actions} />}
      onExpand={node === undefined ? null : () => actions.expand(node, null)}
    />
  );
}
