import { Menu, SegmentedControl } from '@mantine/core';
import { type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Point } from '../../canvas/cytoscape/curve.ts';
import { GraphCanvas } from '../../canvas/explore/graph-canvas.tsx';
import { isLayoutPossible, layOutGraph } from '../../canvas/explore/graph-layout.ts';
import { countOf } from '../../shared/format/count.ts';
import { InspectLinkDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import type { ExploreLayout } from '../../shared/url/explore-url.ts';
import { ExploreEmpty } from './explore-empty.tsx';
import { buildExploreModel, nodeName } from './explore-model.ts';
import classes from './explore-view.module.css';
import { LegendPanel } from './legend/legend-panel.tsx';
import { ExpandItems, type NodeActions, NodeItems } from './menu/node-menu.tsx';
import { PointerMenu } from './menu/pointer-menu.tsx';
import { useExpand } from './menu/use-expand.ts';
import { isOrganization, parseLinkKey, toNodeRef } from './node-key.ts';
import { TableTwin } from './table/table-twin.tsx';
import { Trail } from './trail.tsx';
import { useCanvasSteps } from './use-canvas-steps.ts';
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
  readonly finder: ReactNode;
}

type OpenMenu = { readonly what: 'node' | 'expand'; readonly key: string; readonly at: Point };
const layouts: readonly { readonly value: ExploreLayout; readonly label: string }[] = [
  { value: 'rank', label: 'By rank' },
  { value: 'rings', label: 'Rings' },
  { value: 'free', label: 'Free' },
];

/** The Explore page: the graph, its table, and the details of the selection. */
export function ExploreView({ Inspector, finder }: ExploreViewProps) {
  const { state, look, act, trail, undo, redo } = useCanvasSteps();
  const graph = useExploreGraph(state.nodes);
  const announce = useAnnounce();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
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
  const nameOf = (key: string) => {
    const node = nodeOf(key);
    return node === undefined ? key : nodeName(node);
  };

  const expand = useExpand(openKeys, act, state.hidden, setProblem);
  const select = useCallback((key: string | null) => look({ selection: key }), [look]);
  const hide = (key: string, others: boolean) => {
    const gone = others ? model.nodes.map((node) => node.key).filter((other) => other !== key) : [key];
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
  const actions: NodeActions = {
    expand,
    hide,
    togglePin: (key) => {
      const places = layOutGraph(model.drawnNodes, model.drawnLinks, state.layout, state.selection, pins);
      pin(key, pins.has(key) ? null : (places.get(key) ?? null));
    },
    isPinned: (key) => pins.has(key),
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

  const isEmpty = graph.phase === 'answered' && graph.isStart && graph.start?.counts.organizations === 0;
  if (isEmpty) return <ExploreEmpty finder={finder} />;
  const summary = `${countOf(model.nodes.length, 'node', 'nodes')} and ${countOf(model.links.length, 'connection', 'connections')}. Press T for the table.`;
  const selected = state.selection === null ? undefined : nodeOf(state.selection);
  const menuNode = menu === null ? undefined : nodeOf(menu.key);
  const closeMenu = () => setMenu(null);

  return (
    <div className={classes.view} data-canvas={isCanvasOpen || undefined}>
      <h1 className="visually-hidden">Explore</h1>
      <LegendPanel model={model} state={state} look={look} onShow={show} />
      <div className={classes.middle}>
        <div className={classes.picture}>
          <div className={classes.bar}>
            <Trail
              first={
                graph.isStart
                  ? startSentence(model.kindCounts.get('LAB') ?? 0, model.nodes.length, graph.omittedCount)
                  : `Opened ${state.nodes.length === 1 ? nameOf(state.nodes[0] ?? '') : countOf(state.nodes.length, 'node', 'nodes')}`
              }
              steps={trail}
            />
            <SegmentedControl
              className={classes.layouts}
              size="xs"
              aria-label="Layout"
              value={state.layout}
              onChange={(layout) => look({ layout: layout as ExploreLayout })}
              data={layouts.map((entry) => ({ ...entry, disabled: !isLayoutPossible(entry.value, model.nodes.length) }))}
            />
          </div>
          <p id="explore-summary" className="visually-hidden">
            {summary}
          </p>
          <GraphCanvas
            nodes={model.drawnNodes}
            links={model.drawnLinks}
            layout={state.layout}
            pins={pins}
            selection={state.selection}
            onSelect={select}
            onExpand={(key, at) => setMenu({ what: 'expand', key, at })}
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
            isStale={graph.isStale}
          />
          <Notices graph={graph} opened={state.nodes.length} problem={problem} onDismiss={() => setProblem(null)} />
        </div>
        <TableTwin model={model} selection={state.selection} onSelect={select} isFolded={isFolded} onFold={setFolded} />
        <button type="button" className={classes.canvasButton} onClick={() => setCanvasOpen(!isCanvasOpen)}>
          {isCanvasOpen ? 'Show table' : 'Show canvas'}
        </button>
      </div>
      {state.selection !== null && (
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
          onExpand={selected === undefined ? null : () => expand(selected, null, 50)}
        />
      )}
      <PointerMenu label="Actions" at={menuNode === undefined ? null : (menu?.at ?? null)} onClose={closeMenu}>
        {menuNode !== undefined && menu?.what === 'node' && <NodeItems node={menuNode} actions={actions} />}
        {menuNode !== undefined && menu?.what === 'expand' && <ExpandItems node={menuNode} actions={actions} />}
        {menuNode === undefined && <Menu.Item disabled>No actions</Menu.Item>}
      </PointerMenu>
    </div>
  );
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
