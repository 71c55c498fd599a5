import { Menu, SegmentedControl } from '@mantine/core';
import { type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Point } from '../../canvas/cytoscape/curve.ts';
import { GraphCanvas } from '../../canvas/explore/graph-canvas.tsx';
import { isLayoutPossible } from '../../canvas/explore/graph-layout.ts';
import { countOf } from '../../shared/format/count.ts';
import type { ExploreLinkFragment, ExploreNodeFragment } from '../../shared/generated/operations.ts';
import { saveText } from '../../shared/save/save-file.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import type { ExploreLayout } from '../../shared/url/explore-url.ts';
import { nodeName } from './explore-model.ts';
import { ExploreNotices, unknownSentence } from './explore-notices.tsx';
import classes from './explore-view.module.css';
import { GroupItems } from './groups/group-items.tsx';
import { GroupPanel } from './groups/group-panel.tsx';
import { LegendPanel } from './legend/legend-panel.tsx';
import { type ExpandChoice, mostAtOnce, mostUnasked } from './menu/expand-choices.ts';
import { kindsOf } from './menu/neighbors.ts';
import { ExpandItems, type NodeActions, NodeItems } from './menu/node-menu.tsx';
import { PointerMenu } from './menu/pointer-menu.tsx';
import { useExpand } from './menu/use-expand.ts';
import { isOrganization } from './node-key.ts';
import { type FinderProps, PathPanel } from './paths/path-panel.tsx';
import { type FoundPath, nodeWords } from './paths/path-words.ts';
import { MarkedBar } from './select/marked-bar.tsx';
import { NeighborPicker } from './select/neighbor-picker.tsx';
import { useMarked } from './select/use-marked.ts';
import { TableTwin } from './table/table-twin.tsx';
import { graphmlOf } from './take/graphml.ts';
import { ValidStrip } from './time/valid-strip.tsx';
import { Trail } from './trail.tsx';
import { type CanvasSteps, useCanvasSteps } from './use-canvas-steps.ts';
import { useDrawnGraph } from './use-drawn-graph.ts';
import { mostNodes } from './use-explore-graph.ts';
import { useGraphActs } from './use-graph-acts.ts';

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
  const drawn = useDrawnGraph(steps);
  const { graph, model, groups, pins, openKeys, nodeOf, nameOf, membersOf } = drawn;
  const announce = useAnnounce();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [picker, setPicker] = useState<{ readonly node: ExploreNodeFragment; readonly choice: ExpandChoice | null } | null>(null);
  const [pathFrom, setPathFrom] = useState<string | null>(null);
  const [isFolded, setFolded] = useState(false);
  const [isCanvasOpen, setCanvasOpen] = useState(false);
  const acts = useGraphActs(steps, drawn, setProblem);
  const marked = useMarked(drawn);
  const { chosen } = marked;

  const expandAtOnce = useExpand(openKeys, act, state.hidden, setProblem);
  const expand = (node: ExploreNodeFragment, choice: ExpandChoice | null) => {
    if (neighborCount(node, choice) > mostUnasked) setPicker({ node, choice });
    else expandAtOnce(node, choice, mostAtOnce);
  };
  const actions: NodeActions = {
    ...acts,
    expand,
    collapsibleCount: (key) => acts.collapsible(key).length,
    isPinned: (key) => pins.has(key),
    pathFrom: setPathFrom,
  };
  const select = useCallback((key: string | null) => look({ selection: key }), [look]);
  const pathEnd = (key: string) => ({ key, name: nodeOf(key) === undefined ? null : nameOf(key) });

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

  return (
    <div className={classes.view} data-canvas={isCanvasOpen || undefined}>
      <h1 className="visually-hidden">Explore</h1>
      <LegendPanel
        model={model}
        state={state}
        look={look}
        onShow={acts.show}
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
            chosen={marked.drawn}
            onChoose={(keys, isAdding) => marked.mark(keys.flatMap(membersOf), isAdding)}
            onSelect={(key) => select(key === null ? null : groups.selectable(key))}
            onExpand={(key, at) => {
              const group = groups.find(key);
              if (group !== undefined) groups.setOpen(group, true);
              else setMenu({ what: 'expand', key, at });
            }}
            onHide={acts.hide}
            onPin={acts.pin}
            onMenu={(key, at) => setMenu({ what: 'node', key, at })}
            onOpenLink={acts.openLink}
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
              onHide={() => {
                acts.hideAll(`Hid ${countOf(chosen.length, 'node', 'nodes')}`, chosen);
                marked.clear();
              }}
              onHideOthers={() => {
                acts.hideAll(`Hid all except ${countOf(chosen.length, 'node', 'nodes')}`, marked.others);
                marked.clear();
              }}
              onInvert={() => marked.set(marked.others)}
              onNeighbors={() => acts.addNeighbors(chosen)}
              onMarkNeighbors={() => marked.set([...chosen, ...drawnNeighbors(chosen, model.links)])}
              onPin={() => acts.pinAll(chosen)}
              onGroup={
                chosen.length < 2
                  ? null
                  : () => {
                      groups.make(chosen);
                      marked.clear();
                    }
              }
              onPath={chosen.length === 2 ? () => look({ path: [chosen[0] ?? '', chosen[1] ?? ''] }) : null}
              onClear={marked.clear}
            />
          )}
          <ExploreNotices graph={graph} opened={state.nodes.length} problem={problem} onDismiss={() => setProblem(null)} />
        </section>
        <ValidStrip value={state.validIn} onChange={(validIn) => look({ validIn })} />
        <TableTwin
          model={model}
          selection={state.selection}
          onSelect={select}
          marked={marked.keys}
          onMark={(key) => marked.mark([key], false)}
          isFolded={isFolded}
          onFold={setFolded}
          fileName={fileName}
          operation={graph.operation}
          onSaveGraphml={() => saveText(fileName, 'graphml', 'application/xml', graphmlOf(model, drawn.placesNow()))}
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
            acts.add(
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
          onAdd={(keys) => acts.add(`Expanded ${nodeName(picker.node)}`, keys, picker.node.key)}
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
