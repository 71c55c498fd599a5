import { useCallback, useMemo, useRef, useState } from 'react';
import type { Point } from '../../canvas/cytoscape/curve.ts';
import { countOf } from '../../shared/format/count.ts';
import {
  type ExploreLinkFragment,
  type ExploreNodeFragment,
  InspectLinkDocument,
  NeighborhoodDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { nodeName } from './explore-model.ts';
import { parseLinkKey, toNodeRef } from './node-key.ts';
import type { CanvasStep, CanvasSteps } from './use-canvas-steps.ts';
import type { DrawnGraph } from './use-drawn-graph.ts';
import { mostNodes } from './use-explore-graph.ts';

/** Changes to the nodes on the canvas. Each is a step that can be undone, and most are announced. */
export interface GraphActs {
  /** @param of the node whose expansion brought them */
  readonly add: (words: string, keys: readonly string[], of?: string) => void;
  /** Adds the direct neighbors of nodes, as many as the canvas holds. */
  readonly addNeighbors: (keys: readonly string[]) => Promise<void>;
  /** Shows the artifacts of a connection as nodes on it. */
  readonly openLink: (key: string) => Promise<void>;
  /** Hides a node or a closed group, or all others. */
  readonly hide: (key: string, others: boolean) => void;
  readonly hideAll: (words: string, gone: readonly string[]) => void;
  readonly show: (keys: readonly string[]) => void;
  /** The nodes that would leave with the expansion of a node. */
  readonly collapsible: (key: string) => readonly string[];
  readonly collapse: (node: ExploreNodeFragment) => void;
  /** @param at null: no longer pinned */
  readonly pin: (key: string, at: Point | null) => void;
  readonly togglePin: (key: string) => void;
  readonly pinAll: (keys: readonly string[]) => void;
}

/** @param onProblem gets the reason for a failed question */
export function useGraphActs({ state, act, trail }: CanvasSteps, drawn: DrawnGraph, onProblem: (sentence: string) => void): GraphActs {
  const { graph, model, pins, openKeys, membersOf, nameOf, placesNow } = drawn;
  const announce = useAnnounce();
  // The canvas may change while an answer is waited for.
  const latest = useRef({ state, openKeys });
  latest.current = { state, openKeys };

  const add: GraphActs['add'] = (words, keys, of) => {
    const { state: now, openKeys: open } = latest.current;
    const nodes = [...new Set([...open, ...keys])].slice(0, mostNodes);
    act(words, { nodes, hidden: now.hidden.filter((key) => !keys.includes(key)) }, of === undefined ? undefined : { of, brought: keys });
    announce(`${countOf(keys.length, 'node', 'nodes')} added, ${nodes.length} on the canvas.`);
  };
  const addNeighbors: GraphActs['addNeighbors'] = async (keys) => {
    try {
      const of = keys.flatMap((key) => toNodeRef(key) ?? []);
      const { data } = await client.query({ query: NeighborhoodDocument, variables: { of, kinds: null, maxNodes: mostNodes } });
      const found = data?.neighborhood?.nodes.map(({ key }) => key) ?? [];
      add(
        `Added neighbors of ${countOf(keys.length, 'node', 'nodes')}`,
        found.filter((key) => !latest.current.openKeys.includes(key)),
      );
    } catch (error) {
      onProblem(errorSentence(error));
    }
  };
  const openLink: GraphActs['openLink'] = async (key) => {
    const link = parseLinkKey(key);
    const ends = link === undefined ? [] : [toNodeRef(link.source), toNodeRef(link.target)].flatMap((ref) => ref ?? []);
    if (link?.kind !== 'TRANSFER' || ends.length !== 2) return;
    try {
      const { data } = await client.query({ query: InspectLinkDocument, variables: { of: ends, kinds: ['TRANSFER'] } });
      const facts = data?.neighborhood?.links.find((other) => other.key === key)?.facts.edges ?? [];
      const artifacts = [...new Set(facts.flatMap(({ node }) => (node.__typename === 'Transfer' ? [`artifact:${node.artifact.id}`] : [])))];
      const nodes = [...new Set([...latest.current.openKeys, ...artifacts])].slice(0, mostNodes);
      act(`Opened ${nameOf(link.source)} → ${nameOf(link.target)}`, {
        nodes,
        opened: [...new Set([...latest.current.state.opened, key])],
        selection: key,
      });
      announce(`${countOf(artifacts.length, 'artifact', 'artifacts')} shown on this connection.`);
    } catch (error) {
      onProblem(errorSentence(error));
    }
  };

  const withHidden = (gone: readonly string[]) => [...new Set([...state.hidden, ...gone])];
  const hideAll: GraphActs['hideAll'] = (words, gone) => {
    const selection = state.selection !== null && gone.includes(state.selection) ? null : state.selection;
    act(words, { nodes: openKeys, hidden: withHidden(gone), selection });
    announce(`${countOf(gone.length, 'node', 'nodes')} hidden.`);
  };
  const hide: GraphActs['hide'] = (key, others) => {
    const own = membersOf(key);
    const gone = others ? model.nodes.map((node) => node.key).filter((other) => !own.includes(other)) : own;
    act(others ? `Hid all except ${nameOf(key)}` : `Hid ${nameOf(key)}`, {
      nodes: openKeys,
      hidden: withHidden(gone),
      selection: others ? key : state.selection === key ? null : state.selection,
    });
    announce(others ? `${countOf(gone.length, 'node', 'nodes')} hidden.` : `${nameOf(key)} hidden.`);
  };
  const show: GraphActs['show'] = (keys) =>
    act(keys.length === 1 ? `Showed ${nameOf(keys[0] ?? '')}` : `Showed ${countOf(keys.length, 'node', 'nodes')}`, {
      hidden: state.hidden.filter((key) => !keys.includes(key)),
      ...(keys.some((key) => !state.hidden.includes(key)) ? { kinds: [], types: [] } : {}),
    });

  const collapsible: GraphActs['collapsible'] = (key) => {
    const shown = openKeys.filter((other) => !state.hidden.includes(other));
    return collapsibleOf(key, shown, graph.links, trail, new Set(pins.keys()));
  };
  const collapse: GraphActs['collapse'] = (node) => {
    const gone = new Set(collapsible(node.key));
    const left = openKeys.filter((key) => !gone.has(key));
    // A single opened node shows its neighbors, so they are hidden instead.
    const patch = left.length > 1 ? { nodes: left } : { nodes: openKeys, hidden: withHidden([...gone]) };
    act(`Collapsed ${nodeName(node)}`, { ...patch, selection: node.key });
    announce(`${countOf(gone.size, 'node', 'nodes')} removed, ${openKeys.length - gone.size} on the canvas.`);
  };

  const pin: GraphActs['pin'] = (key, at) => {
    const others = state.pins.filter((other) => other.key !== key);
    act(at === null ? `Unpinned ${nameOf(key)}` : `Placed ${nameOf(key)}`, {
      nodes: openKeys,
      pins: at === null ? others : [...others, { key, ...at }],
    });
  };
  const pinAll: GraphActs['pinAll'] = (keys) => {
    const places = placesNow();
    const placed = keys.flatMap((key) => {
      const at = places.get(key);
      return at === undefined ? [] : [{ key, ...at }];
    });
    act(`Pinned ${countOf(placed.length, 'node', 'nodes')}`, {
      nodes: openKeys,
      pins: [...state.pins.filter(({ key }) => !keys.includes(key)), ...placed],
    });
  };

  return {
    add,
    addNeighbors,
    openLink,
    hide,
    hideAll,
    show,
    collapsible,
    collapse,
    pin,
    togglePin: (key) => pin(key, pins.has(key) ? null : (placesNow().get(key) ?? null)),
    pinAll,
  };
}

/**
 * Finds the nodes that leave the canvas when a node is collapsed: the nodes that its expansions brought, and the neighbors that nothing else on the canvas
 * is linked to. The node itself, pinned nodes and nodes that were expanded themselves stay.
 *
 * @param drawn the keys on the canvas
 * @param kept keys that stay
 */
function collapsibleOf(
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

/** The marked nodes, to which one act applies. */
export interface Marked {
  /** All marked nodes, also those that are hidden now. */
  readonly keys: ReadonlySet<string>;
  /** The nodes on the canvas that are marked, in order, and the others. */
  readonly chosen: readonly string[];
  readonly others: readonly string[];
  /** The marked nodes as they are drawn: a closed group is one. */
  readonly drawn: ReadonlySet<string>;
  /** Marks nodes. Marked ones are unmarked unless `isAdding`. */
  readonly mark: (keys: readonly string[], isAdding: boolean) => void;
  readonly set: (keys: readonly string[]) => void;
  readonly clear: () => void;
}

export function useMarked({ groups, model }: DrawnGraph): Marked {
  const [keys, setKeys] = useState<ReadonlySet<string>>(nothing);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the groups.
  const drawn = useMemo(() => new Set([...keys].map(groups.drawnKey)), [keys, groups.key, model.drawnNodes]);
  const mark = useCallback((changed: readonly string[], isAdding: boolean) => {
    setKeys((before) => {
      const next = new Set(before);
      for (const key of changed) if (isAdding || !next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const all = model.nodes.map((node) => node.key);
  return {
    keys,
    chosen: all.filter((key) => keys.has(key)),
    others: all.filter((key) => !keys.has(key)),
    drawn,
    mark,
    set: (next) => setKeys(new Set(next)),
    clear: () => {
      // The toolbar of the marked nodes goes, so its focus moves to the canvas.
      if (document.activeElement?.closest('[role="toolbar"]') !== null)
        document.querySelector<HTMLElement>('[data-testid="graph"]')?.focus();
      setKeys(nothing);
    },
  };
}

const nothing: ReadonlySet<string> = new Set();
