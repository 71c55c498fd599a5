import { Menu, SegmentedControl } from '@mantine/core';
import { type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Point } from '../../canvas/cytoscape/curve.ts';
import { GraphCanvas } from '../../canvas/explore/graph-canvas.tsx';
import { isLayoutPossible, layOutGraph } from '../../canvas/explore/graph-layout.ts';
import { countOf } from '../../shared/format/count.ts';
import {
  type ExploreLinkFragment,
  type ExploreNodeFragment,
  InspectLinkDocument,
  NeighborhoodDocument,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { saveText } from '../../shared/save/save-file.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import type { ExploreLayout } from '../../shared/url/explore-url.ts';
import { buildExploreModel, nodeName } from './explore-model.ts';
import classes from './explore-view.module.css';
import { GroupItems } from './groups/group-items.tsx';
import { GroupPanel } from './groups/group-panel.tsx';
import { useGroups } from './groups/use-groups.ts';
import { LegendPanel } from './legend/legend-panel.tsx';
import { collapsibleOf } from './menu/collapsible.ts';
import { type ExpandChoice, mostAtOnce, mostUnasked } from './menu/expand-choices.ts';
import { kindsOf } from './menu/neighbors.ts';
import { ExpandItems, type NodeActions, NodeItems } from './menu/node-menu.tsx';
import { PointerMenu } from './menu/pointer-menu.tsx';
import { useExpand } from './menu/use-expand.ts';
import { isOrganization, parseLinkKey, toNodeRef } from './node-key.ts';
import { type FinderProps, PathPanel } from './paths/path-panel.tsx';
import { type FoundPath, nodeWords } from './paths/path-words.ts';
import { MarkedBar } from './select/marked-bar.tsx';
import { NeighborPicker } from './select/neighbor-picker.tsx';
import { TableTwin } from './table/table-twin.tsx';
import { graphmlOf } from './take/graphml.ts';
import { ValidStrip } from './time/valid-strip.tsx';
import { Trail } from './trail.tsx';
import { type CanvasSteps, useCanvasSteps } from './use-canvas-steps.ts';
import { mostNodes, useExploreGraph } from './use-explore-graph.ts';

export interface InspectorProps {
  readonly selection: string;
  readonly onSelect: (key: string) => void;
  readonly onClose: () => void;
  /** Entries of the node's menu; null for a record that is not on the canvas. */
  readonly menu: ReactNode;
  readonly onExpand: (() => void) | null;
}

interface ExploreViewProps {
  readonly Inspector: ComponentType<InspectorProps>;
  /** A search for the end of a path. */
  readonly Finder: ComponentType<FinderProps>;
  /** Shown until something is chosen. */
  readonly start: ReactNode;
  /** Further controls above the canvas. */
  readonly controls: ReactNode;
}

type OpenMenu = { readonly what: 'node' | 'expand'; readonly key: string; readonly at: Point };
const layouts: readonly { readonly value: ExploreLayout; readonly label: string }[] = [
  { value: 'rank', label: 'By rank' },
  { value: 'rings', label: 'Rings' },
  { value: 'free', label: 'Free' },
];

/** The Explore page: the graph, its table, and the details of the selection. */
export function ExploreView({ start, ...rest }: ExploreViewProps) {
  const steps = useCanvasSteps();
  if (steps.state.nodes.length === 0 && !steps.state.isAll && steps.trail.length === 0) return start;
  return <ExploreCanvas steps={steps} {...rest} />;
}

function ExploreCanvas({ steps, Inspector, Finder, controls }: Omit<ExploreViewProps, 'start'> & { readonly steps: CanvasSteps }) {
  const { state, look, act, trail, undo, redo, goTo } = steps;
  const graph = useExploreGraph(state.nodes, state.validIn);
  const announce = useAnnounce();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [picker, setPicker] = useState<{ readonly node: ExploreNodeFragment; readonly choice: ExpandChoice | null } | null>(null);
  const [marked, setMarked] = useState<ReadonlySet<string>>(nothingMarked);
  const [pathFrom, setPathFrom] = useState<string | null>(null);
  const [isFolded, setFolded] = useState(false);
  const [isCanvasOpen, setCanvasOpen] = useState(false);

  const stateKey = JSON.stringify([state.hidden, state.opened, state.kinds, state.edges, state.types]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the parts of the state that decide what is drawn.
  const model = useMemo(() => buildExploreModel(graph, state), [graph.nodes, graph.links, stateKey]);
  const pinKey = JSON.stringify(state.pins);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the pins.
  const pins = useMemo(() => new Map(state.pins.map((pin) => [pin.key, { x: pin.x, y: pin.y }])), [pinKey]);
  /** The opened nodes. On an implied graph, all drawn nodes, so that a first change keeps them. */
  const openKeys = useMemo(
    () => (graph.isImplied ? graph.nodes.map((node) => node.key) : state.nodes),
    [graph.isImplied, graph.nodes, state.nodes],
  );
  const nodeOf = (key: string) => graph.nodes.find((node) => node.key === key);
  const groups = useGroups(model, state, act, openKeys);
  const membersOf = (key: string) => groups.find(key)?.members ?? [key];
  const nameOf = (key: string) => {
    const group = groups.find(key);
    if (group !== undefined) return group.name;
    const node = nodeOf(key);
    return node === undefined ? key : nodeName(node);
  };

  const placesNow = () => layOutGraph(groups.drawn.drawnNodes, groups.drawn.drawnLinks, state.layout, state.selection, pins);
  const pathEnd = (key: string) => ({ key, name: nodeOf(key) === undefined ? null : nameOf(key) });

  const expandAtOnce = useExpand(openKeys, act, state.hidden, setProblem);
  const expand = (node: ExploreNodeFragment, choice: ExpandChoice | null) => {
    if (neighborCount(node, choice) > mostUnasked) setPicker({ node, choice });
    else expandAtOnce(node, choice, mostAtOnce);
  };
  const add = (words: string, keys: readonly string[], selection: string | null = state.selection, of: string | null = null) => {
    const nodes = [...new Set([...openKeys, ...keys])].slice(0, mostNodes);
    const expansion = of === null ? undefined : { of, brought: keys };
    act(words, { nodes, hidden: state.hidden.filter((key) => !keys.includes(key)), selection }, expansion);
    announce(`${countOf(keys.length, 'node', 'nodes')} added, ${nodes.length} on the canvas.`);
  };
  const select = useCallback((key: string | null) => look({ selection: key }), [look]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the groups.
  const chosenKeys = useMemo(() => new Set([...marked].map(groups.drawnKey)), [marked, groups.key, model.drawnNodes]);
  const mark = useCallback((keys: readonly string[], isAdding: boolean) => {
    setMarked((before) => {
      const next = new Set(before);
      for (const key of keys) if (isAdding || !next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  /** The toolbar of the marked nodes goes, so its focus moves to the canvas. */
  const unmark = () => {
    if (document.activeElement?.closest('[role="toolbar"]') !== null) document.querySelector<HTMLElement>('[data-testid="graph"]')?.focus();
    setMarked(nothingMarked);
  };
  const hideAll = (words: string, gone: readonly string[]) => {
    act(words, {
      nodes: openKeys,
      hidden: [...new Set([...state.hidden, ...gone])],
      selection: state.selection !== null && gone.includes(state.selection) ? null : state.selection,
    });
    unmark();
    announce(`${countOf(gone.length, 'node', 'nodes')} hidden.`);
  };
  const hide = (key: string, others: boolean) => {
    const own = membersOf(key);
    const gone = others ? model.nodes.map((node) => node.key).filter((other) => !own.includes(other)) : own;
    act(others ? `Hid all except ${nameOf(key)}` : `Hid ${nameOf(key)}`, {
      nodes: openKeys,
      hidden: [...new Set([...state.hidden, ...gone])],
      selection: others ? key : state.selection === key ? null : state.selection,
    });
    announce(others ? `${countOf(gone.length, 'node', 'nodes')} hidden.` : `${nameOf(key)} hidden.`);
  };
  const show = (keys: readonly string[]) =>
    act(keys.length === 1 ? `Showed ${nameOf(keys[0] ?? '')}` : `Showed ${countOf(keys.length, 'node', 'nodes')}`, {
      hidden: state.hidden.filter((key) => !keys.includes(key)),
      ...(keys.some((key) => !state.hidden.includes(key)) ? { kinds: [], types: [] } : {}),
    });
  const pin = (key: string, at: Point | null) => {
    const others = state.pins.filter((other) => other.key !== key);
    act(at === null ? `Unpinned ${nameOf(key)}` : `Placed ${nameOf(key)}`, {
      nodes: openKeys,
      pins: at === null ? others : [...others, { key, ...at }],
    });
  };
  const collapsible = (key: string) => {
    const drawn = openKeys.filter((other) => !state.hidden.includes(other));
    return collapsibleOf(key, drawn, graph.links, trail, new Set(pins.keys()));
  };
  const actions: NodeActions = {
    expand,
    collapsibleCount: (key) => collapsible(key).length,
    collapse: (node) => {
      const gone = new Set(collapsible(node.key));
      const left = openKeys.filter((key) => !gone.has(key));
      // A single opened node shows its neighbors, so they are hidden instead.
      const patch = left.length > 1 ? { nodes: left } : { nodes: openKeys, hidden: [...new Set([...state.hidden, ...gone])] };
      act(`Collapsed ${nodeName(node)}`, { ...patch, selection: node.key });
      announce(`${countOf(gone.size, 'node', 'nodes')} removed, ${openKeys.length - gone.size} on the canvas.`);
    },
    hide,
    togglePin: (key) => {
      const places = placesNow();
      pin(key, pins.has(key) ? null : (places.get(key) ?? null));
    },
    isPinned: (key) => pins.has(key),
    pathFrom: setPathFrom,
  };
  const pinAll = (keys: readonly string[]) => {
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
  const addNeighbors = async (keys: readonly string[]) => {
    try {
      const of = keys.flatMap((key) => toNodeRef(key) ?? []);
      const { data } = await client.query({ query: NeighborhoodDocument, variables: { of, kinds: null, maxNodes: mostNodes } });
      const found = data?.neighborhood?.nodes.map(({ key }) => key) ?? [];
      add(
        `Added neighbors of ${countOf(keys.length, 'node', 'nodes')}`,
        found.filter((key) => !openKeys.includes(key)),
      );
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  const openLink = async (key: string) => {
    const link = parseLinkKey(key);
    const ends = link === undefined ? [] : [toNodeRef(link.source), toNodeRef(link.target)].flatMap((ref) => ref ?? []);
    if (link?.kind !== 'TRANSFER' || ends.length !== 2) return;
    try {
      const { data } = await client.query({ query: InspectLinkDocument, variables: { of: ends, kinds: ['TRANSFER'] } });
      const facts = data?.neighborhood?.links.find((other) => other.key === key)?.facts.edges ?? [];
      const artifacts = [...new Set(facts.flatMap(({ node }) => (node.__typename === 'Transfer' ? [`artifact:${node.artifact.id}`] : [])))];
      const nodes = [...new Set([...openKeys, ...artifacts])].slice(0, mostNodes);
      act(`Opened ${nameOf(link.source)} → ${nameOf(link.target)}`, {
        nodes,
        opened: [...new Set([...state.opened, key])],
        selection: key,
      });
      announce(`${countOf(artifacts.length, 'artifact', 'artifacts')} shown on this connection.`);
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };

  useEffect(() => {
    if (graph.unknown.length > 0) announce(unknownSentence(graph.unknown.length));
  }, [graph.unknown.length, announce]);

  const counts = `${countOf(model.nodes.length, 'node', 'nodes')} and ${countOf(model.links.length, 'connection', 'connections')}.`;
  const caption = useMemo(() => [counts], [counts]);
  const selected = state.selection === null ? undefined : nodeOf(state.selection);
  const menuNode = menu === null ? undefined : nodeOf(menu.key);
  const menuGroup = menu === null ? undefined : groups.find(menu.key);
  const selectedGroup = groups.find(state.selection);
  const closeMenu = () => setMenu(null);
  const path: readonly [string, string | null] | null = pathFrom !== null ? [pathFrom, null] : state.path;
  const fileName = `explore ${model.nodes[0] === undefined ? '' : nodeName(model.nodes[0])}`;
  const chosen = model.nodes.map((node) => node.key).filter((key) => marked.has(key));
  const others = model.nodes.map((node) => node.key).filter((key) => !marked.has(key));

  return (
    <div className={classes.view} data-canvas={isCanvasOpen || undefined}>
      <h1 className="visually-hidden">Explore</h1>
      <LegendPanel
        model={model}
        state={state}
        look={look}
        onShow={show}
        groups={groups.all.map((group) => ({
          ...group,
          onToggle: () => groups.setOpen(group, !group.isOpen),
          onEnd: () => groups.end(group),
        }))}
      />
      <div className={classes.middle}>
        <section className={classes.picture} aria-label="Canvas">
          <div className={classes.bar}>
            <Trail
              first={
                graph.isStart
                  ? startSentence(model.kindCounts.get('LAB') ?? 0, model.nodes.length, graph.omittedCount)
                  : `Opened ${state.nodes.length === 1 ? nameOf(state.nodes[0] ?? '') : countOf(state.nodes.length, 'node', 'nodes')}`
              }
              steps={trail}
              onGoTo={goTo}
            />
            <div className={classes.controls}>
              {controls}
              <SegmentedControl
                className={classes.layouts}
                size="xs"
                aria-label="Layout"
                value={state.layout}
                onChange={(layout) => look({ layout: layout as ExploreLayout })}
                data={layouts.map((entry) => ({ ...entry, disabled: !isLayoutPossible(entry.value, model.nodes.length) }))}
              />
            </div>
          </div>
          <p id="explore-summary" className="visually-hidden">
            {`${counts} Press T for the table.`}
          </p>
          <GraphCanvas
            nodes={groups.drawn.drawnNodes}
            links={groups.drawn.drawnLinks}
            layout={state.layout}
            pins={pins}
            selection={state.selection === null ? null : groups.drawnKey(state.selection)}
            chosen={chosenKeys}
            onChoose={(keys, isAdding) => mark(keys.flatMap(membersOf), isAdding)}
            onSelect={(key) => select(key === null ? null : groups.selectable(key))}
            onExpand={(key, at) => {
              const group = groups.find(key);
              if (group !== undefined) groups.setOpen(group, true);
              else setMenu({ what: 'expand', key, at });
            }}
            onHide={hide}
            onPin={pin}
            onMenu={(key, at) => setMenu({ what: 'node', key, at })}
            onOpenLink={openLink}
            onUndo={undo}
            onRedo={redo}
            onShowTable={() => {
              setFolded(false);
              setCanvasOpen(false);
              document.querySelector<HTMLElement>('[data-twin] section')?.focus();
            }}
            label="Graph of organizations and artifacts"
            describedBy="explore-summary"
            caption={caption}
            isStale={graph.isStale}
          />
          {chosen.length > 0 && (
            <MarkedBar
              count={chosen.length}
              onHide={() => hideAll(`Hid ${countOf(chosen.length, 'node', 'nodes')}`, chosen)}
              onHideOthers={() => hideAll(`Hid all except ${countOf(chosen.length, 'node', 'nodes')}`, others)}
              onInvert={() => setMarked(new Set(others))}
              onNeighbors={() => addNeighbors(chosen)}
              onMarkNeighbors={() => setMarked(new Set([...chosen, ...drawnNeighbors(chosen, model.links)]))}
              onPin={() => pinAll(chosen)}
              onGroup={
                chosen.length < 2
                  ? null
                  : () => {
                      groups.make(chosen);
                      unmark();
                    }
              }
              onPath={chosen.length === 2 ? () => look({ path: [chosen[0] ?? '', chosen[1] ?? ''] }) : null}
              onClear={unmark}
            />
          )}
          <Notices graph={graph} opened={state.nodes.length} problem={problem} onDismiss={() => setProblem(null)} />
        </section>
        <ValidStrip value={state.validIn} onChange={(validIn) => look({ validIn })} />
        <TableTwin
          model={model}
          selection={state.selection}
          onSelect={select}
          marked={marked}
          onMark={(key) => mark([key], false)}
          isFolded={isFolded}
          onFold={setFolded}
          fileName={fileName}
          operation={graph.operation}
          onSaveGraphml={() => saveText(fileName, 'graphml', 'application/xml', graphmlOf(model, placesNow()))}
        />
        <button type="button" className={classes.canvasButton} onClick={() => setCanvasOpen(!isCanvasOpen)}>
          {isCanvasOpen ? 'Show table' : 'Show canvas'}
        </button>
      </div>
      {path !== null && (
        <PathPanel
          from={pathEnd(path[0])}
          to={path[1] === null ? null : pathEnd(path[1])}
          Finder={Finder}
          onTo={(key) => {
            setPathFrom(null);
            look({ path: [path[0], key] });
          }}
          onTurn={() => path[1] !== null && look({ path: [path[1], path[0]] })}
          onShow={(found) =>
            add(
              `Showed a path to ${nodeWords(found.nodes.at(-1) as FoundPath['nodes'][number])}`,
              found.nodes.map(({ key }) => key),
            )
          }
          onClose={() => {
            setPathFrom(null);
            look({ path: null });
          }}
        />
      )}
      {path === null && selectedGroup !== undefined && (
        <GroupPanel
          name={selectedGroup.name}
          members={selectedGroup.members.flatMap((key) => nodeOf(key) ?? [])}
          onSelect={select}
          onOpen={() => groups.setOpen(selectedGroup, true)}
          onEnd={() => groups.end(selectedGroup)}
          onClose={() => select(null)}
        />
      )}
      {path === null && state.selection !== null && !state.selection.startsWith('group:') && (
        <Inspector
          key={state.selection}
          selection={state.selection}
          onSelect={(key) => {
            const isDrawn = openKeys.includes(key) || key.startsWith('[');
            if (isDrawn) select(key);
            else
              act(`Added ${isOrganization(key) ? 'an organization' : 'an artifact'}`, {
                nodes: [...openKeys, key].slice(-mostNodes),
                selection: key,
              });
          }}
          onClose={() => select(null)}
          menu={selected === undefined ? null : <NodeItems node={selected} actions={actions} />}
          onExpand={selected === undefined ? null : () => expand(selected, null)}
        />
      )}
      {picker !== null && (
        <NeighborPicker
          node={picker.node}
          choice={picker.choice}
          drawn={openKeys.filter((key) => !state.hidden.includes(key))}
          room={Math.max(0, mostNodes - openKeys.length)}
          onAdd={(keys) => add(`Expanded ${nodeName(picker.node)}`, keys, state.selection, picker.node.key)}
          onClose={() => setPicker(null)}
        />
      )}
      <PointerMenu label="Actions" at={menuNode === undefined && menuGroup === undefined ? null : (menu?.at ?? null)} onClose={closeMenu}>
        {menuNode !== undefined && menu?.what === 'node' && <NodeItems node={menuNode} actions={actions} />}
        {menuNode !== undefined && menu?.what === 'expand' && <ExpandItems node={menuNode} actions={actions} />}
        {menuGroup !== undefined && <GroupItems group={menuGroup} groups={groups} actions={actions} />}
        {menuNode === undefined && menuGroup === undefined && <Menu.Item disabled>No actions</Menu.Item>}
      </PointerMenu>
    </div>
  );
}

/** The other ends of the drawn links of these nodes. */
function drawnNeighbors(keys: readonly string[], links: readonly ExploreLinkFragment[]): readonly string[] {
  const marked = new Set(keys);
  return links.flatMap(({ source, target }) => (marked.has(source) ? [target] : marked.has(target) ? [source] : []));
}

const nothingMarked: ReadonlySet<string> = new Set();

/** How many connections an expansion follows. */
function neighborCount(node: ExploreNodeFragment, choice: ExpandChoice | null): number {
  if (choice !== null) return choice.count;
  const kinds = kindsOf(node, null);
  return node.linkCounts.reduce((sum, { kind, incoming, outgoing }) => sum + (kinds.includes(kind) ? incoming + outgoing : 0), 0);
}

function startSentence(labs: number, nodes: number, omittedCount: number): string {
  if (labs === 0) return 'Search for an organization or an artifact to begin';
  const others = countOf(Math.max(0, nodes - labs), 'organization', 'organizations');
  return `${countOf(labs, 'lab', 'labs')} and ${others} connected to them${omittedCount > 0 ? ` · ${countOf(omittedCount, 'more is', 'more are')} not shown` : ''}`;
}

function unknownSentence(count: number): string {
  return `This link names ${countOf(count, 'record that no longer exists', 'records that no longer exist')}. The rest is shown.`;
}

interface NoticesProps {
  readonly graph: ReturnType<typeof useExploreGraph>;
  /** The number of nodes that the address names. */
  readonly opened: number;
  readonly problem: string | null;
  readonly onDismiss: () => void;
}

function Notices({ graph, opened, problem, onDismiss }: NoticesProps) {
  return (
    <div className={classes.notices}>
      {graph.phase === 'failed' && (
        <div className={classes.notice} role="alert">
          {errorSentence(graph.error)}
          <button type="button" onClick={graph.retry}>
            Retry
          </button>
        </div>
      )}
      {opened > mostNodes && (
        <div className={classes.notice}>
          Showing {mostNodes} of {opened} nodes. Hide nodes that you do not need, or open fewer.
        </div>
      )}
      {graph.unknown.length > 0 && <div className={classes.notice}>{unknownSentence(graph.unknown.length)}</div>}
      {problem !== null && (
        <div className={classes.notice} role="alert">
          {problem}
          <button type="button" onClick={onDismiss}>
            Close
          </button>
        </div>
      )}
    </div>
  );
}
