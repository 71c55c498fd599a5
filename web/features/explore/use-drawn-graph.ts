import { useEffect, useMemo, useState } from 'react';
import type { Point } from '../../canvas/cytoscape/curve.ts';
import { layOutGraph } from '../../canvas/explore/graph-layout.ts';
import type { ExploreNodeFragment } from '../../shared/generated/operations.ts';
import { buildExploreModel, type ExploreModel, nodeName } from './explore-model.ts';
import { type Groups, useGroups } from './groups/use-groups.ts';
import { type AskedOverlay, useOverlay } from './overlay/use-overlay.ts';
import type { CanvasSteps } from './use-canvas-steps.ts';
import { type ExploreGraph, useExploreGraph } from './use-explore-graph.ts';

/** The graph of the address, as it is drawn: without hidden nodes, and with groups. */
export interface DrawnGraph {
  readonly graph: ExploreGraph;
  readonly model: ExploreModel;
  readonly groups: Groups;
  readonly overlay: AskedOverlay;
  /** Answered nodes that are not in the radius over the graph. */
  readonly outside: readonly ExploreNodeFragment[];
  readonly pins: ReadonlyMap<string, Point>;
  /** The opened nodes. On an implied graph, all drawn nodes, so that a first change keeps them. */
  readonly openKeys: readonly string[];
  readonly nodeOf: (key: string) => ExploreNodeFragment | undefined;
  /** The nodes of a closed group, or the key itself. */
  readonly membersOf: (key: string) => readonly string[];
  readonly nameOf: (key: string) => string;
  /** The places of the nodes, laid out anew. */
  readonly placesNow: () => ReadonlyMap<string, Point>;
}

export function useDrawnGraph({ state, act }: CanvasSteps): DrawnGraph {
  const [drawnArtifacts, setDrawnArtifacts] = useState<readonly string[]>([]);
  const overlay = useOverlay(state, drawnArtifacts);
  const graph = useExploreGraph(state.nodes, state.validIn, state.overlay === null ? undefined : (overlay.radius?.keys ?? null));
  const artifactKey = graph.nodes.flatMap(({ artifact }) => (artifact === null ? [] : [artifact.id])).join('\n');
  useEffect(() => setDrawnArtifacts(artifactKey === '' ? [] : artifactKey.split('\n')), [artifactKey]);
  const { radius } = overlay;
  const outside = useMemo(() => (radius === null ? [] : graph.nodes.filter(({ key }) => !radius.marks.has(key))), [graph.nodes, radius]);
  const isHidingRest = state.overlay?.rest === 'hide';
  const answered = useMemo(() => {
    if (!isHidingRest) return { nodes: graph.nodes, links: graph.links };
    const out = new Set(outside.map(({ key }) => key));
    return { nodes: graph.nodes.filter(({ key }) => !out.has(key)), links: graph.links };
  }, [graph.nodes, graph.links, outside, isHidingRest]);
  const { hidden, opened, kinds, edges, types, color, size, only } = state;
  const stateKey = JSON.stringify([hidden, opened, kinds, edges, types, color, size, only, state.overlay?.rest]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the parts of the state that decide what is drawn.
  const model = useMemo(() => buildExploreModel(answered, state, radius), [answered, stateKey, radius]);
  const pinKey = JSON.stringify(state.pins);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the pins.
  const pins = useMemo(() => new Map(state.pins.map((pin) => [pin.key, { x: pin.x, y: pin.y }])), [pinKey]);
  const openKeys = useMemo(
    () => (graph.isImplied ? graph.nodes.map((node) => node.key) : state.nodes),
    [graph.isImplied, graph.nodes, state.nodes],
  );
  const groups = useGroups(model, state, act, openKeys);
  const nodeOf = (key: string) => graph.nodes.find((node) => node.key === key);
  return {
    graph,
    model,
    groups,
    overlay,
    outside,
    pins,
    openKeys,
    nodeOf,
    membersOf: (key) => groups.find(key)?.members ?? [key],
    nameOf: (key) => {
      const group = groups.find(key);
      if (group !== undefined) return group.name;
      const node = nodeOf(key);
      return node === undefined ? key : nodeName(node);
    },
    placesNow: () => layOutGraph(groups.drawn.drawnNodes, groups.drawn.drawnLinks, state.layout, state.selection, pins),
  };
}
