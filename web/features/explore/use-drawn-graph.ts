import { useEffect, useMemo, useState } from 'react';
import type { Point } from '../../canvas/cytoscape/curve.ts';
import { layOutGraph } from '../../canvas/explore/graph-layout.ts';
import type { BlastRadiusInput, ExploreNodeFragment } from '../../shared/generated/operations.ts';
import { OverlayDocument, OverlayWaysDocument } from '../../shared/generated/operations.ts';
import type { AskedQuestion } from '../../shared/graphql/use-question.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { useShared } from '../../shared/graphql/use-shared.ts';
import type { ExploreState } from '../../shared/url/explore-url.ts';
import { inputOf, isTimeOpen } from '../../shared/url/radius-options-url.ts';
import type { ExploreModel } from './explore-model.ts';
import { buildExploreModel, nodeName } from './explore-model.ts';
import type { Groups } from './groups/use-groups.ts';
import { useGroups } from './groups/use-groups.ts';
import type { OverlayAnswer, RadiusOverlay } from './overlay/overlay-model.ts';
import { linesSentence, overlayOfAnswer } from './overlay/overlay-model.ts';
import type { CanvasSteps } from './use-canvas-steps.ts';
import type { ExploreGraph } from './use-explore-graph.ts';
import { useExploreGraph } from './use-explore-graph.ts';

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

interface AskedOverlay {
  /** Null: no radius is asked for, or its time is not chosen yet. */
  readonly input: BlastRadiusInput | null;
  readonly asked: Pick<AskedQuestion<unknown, unknown>, 'question' | 'isStale' | 'retry' | 'cancel'>;
  readonly answer: OverlayAnswer | null;
  readonly radius: RadiusOverlay | null;
  /** A sentence on what the lines leave out; null: nothing. */
  readonly linesNote: string | null;
}

/**
 * The radius that lies over the graph of Explore. Its figures are the server's, of the whole answer.
 *
 * @param drawn ids of the artifacts on the canvas
 */
function useOverlay({ overlay, knownAt }: ExploreState, drawn: readonly string[]): AskedOverlay {
  const key = JSON.stringify([overlay, knownAt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the overlay.
  const input = useMemo(() => {
    const question = overlay === null ? null : { ...overlay, knownAt };
    return question === null || isTimeOpen(question) ? null : inputOf(question);
  }, [key]);
  const asked = useQuestion(
    OverlayDocument,
    useMemo(() => (input === null ? null : { input }), [input]),
  );
  const drawnKey = drawn.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the artifacts.
  const wayVariables = useMemo(() => (input === null ? null : { input, drawn: [...drawn] }), [input, drawnKey]);
  const askedWays = useQuestion(OverlayWaysDocument, wayVariables);
  const answer = useShared(asked.data?.blastRadius ?? null);
  const ways = useShared(askedWays.data?.blastRadius ?? null);
  const radius = useMemo(() => (answer === null ? null : overlayOfAnswer(answer, ways)), [answer, ways]);
  const failed = asked.question.phase === 'failed' || askedWays.question.phase !== 'failed' ? asked : askedWays;
  return { input, asked: failed, answer, radius, linesNote: ways === null ? null : linesSentence(ways) };
}
