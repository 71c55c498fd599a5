import { useMediaQuery } from '@mantine/hooks';
import type { ComponentType, ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { ARTIFACT_TYPE_WORDS, rolesInWords } from '../../shared/format/words.ts';
import type { ExploreNodeFragment } from '../../shared/generated/operations.ts';
import type { GraphmlKey } from '../../shared/save/graphml.ts';
import { writeGraphml } from '../../shared/save/graphml.ts';
import { saveText } from '../../shared/save/save-file.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { useFocusKept } from '../../shared/ui/focus-result.ts';
import { compareHref } from '../../shared/url/blast-radius-url.ts';
import { navigate } from '../../shared/url/location.ts';
import type { ExploreModel } from './explore-model.ts';
import { nodeName } from './explore-model.ts';
import { unknownSentence } from './explore-notices.tsx';
import { ExplorePicture } from './explore-picture.tsx';
import classes from './explore-view.module.css';
import { LegendPanel } from './filters/legend-panel.tsx';
import { NeighborPicker } from './filters/neighbor-picker.tsx';
import { ValidStrip } from './filters/valid-strip.tsx';
import { GroupPanel } from './groups/group-panel.tsx';
import type { ExpandChoice } from './menu/expand-choices.ts';
import { mostAtOnce, mostUnasked } from './menu/expand-choices.ts';
import type { OpenMenu } from './menu/graph-menu.tsx';
import { GraphMenu } from './menu/graph-menu.tsx';
import type { NodeActions } from './menu/node-menu.tsx';
import { NodeItems } from './menu/node-menu.tsx';
import { kindsOf, useExpand } from './menu/use-expand.ts';
import { isOrganization } from './node-key.ts';
import { InThisIncident } from './overlay/in-this-incident.tsx';
import { OverlayBanner } from './overlay/overlay-banner.tsx';
import { radiusOf } from './overlay/overlay-model.ts';
import type { FinderProps } from './paths/path-panel.tsx';
import { PathPanel } from './paths/path-panel.tsx';
import type { FoundPath } from './paths/path-words.ts';
import { nodeWords } from './paths/path-words.ts';
import { TableTwin } from './table-twin.tsx';
import type { CanvasSteps } from './use-canvas-steps.ts';
import { useCanvasSteps } from './use-canvas-steps.ts';
import type { DrawnGraph } from './use-drawn-graph.ts';
import { useDrawnGraph } from './use-drawn-graph.ts';
import { isGraphKnown, mostNodes } from './use-explore-graph.ts';
import { type GraphActs, useGraphActs, useMarked } from './use-graph-acts.ts';

interface ExploreViewProps {
  readonly Inspector: ComponentType<InspectorProps>;
  /** A search for the end of a path. */
  readonly Finder: ComponentType<FinderProps>;
  /** Shown until something is chosen. */
  readonly start: ReactNode;
  /** Further controls above the canvas. */
  readonly controls: ReactNode;
}

/** The Explore page: the graph, its table, and the details of the selection. */
export function ExploreView({ start, ...rest }: ExploreViewProps) {
  const steps = useCanvasSteps();
  if (steps.state.nodes.length === 0 && !steps.state.isAll && steps.state.overlay === null && steps.trail.length === 0) return start;
  return <ExploreCanvas steps={steps} {...rest} />;
}

function ExploreCanvas({ steps, Inspector, Finder, controls }: Omit<ExploreViewProps, 'start'> & { readonly steps: CanvasSteps }) {
  const { state, look, act } = steps;
  useFocusKept(() => document.querySelector<HTMLElement>('[aria-label="Paths"] input') ?? document.querySelector('[data-testid="graph"]'));
  const drawn = useDrawnGraph(steps);
  const { graph, model, groups, pins, openKeys } = drawn;
  const announce = useAnnounce();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [picker, setPicker] = useState<{ readonly node: ExploreNodeFragment; readonly choice: ExpandChoice | null } | null>(null);
  const [pathFrom, setPathFrom] = useState<string | null>(null);
  // A radius that the page opens with gets the room of the table, where both are in sight. So do rings in a low window.
  const [opensWithRadius] = useState(() => state.overlay !== null && window.matchMedia('(min-width: 721px)').matches);
  const isLow = useMediaQuery('(min-width: 721px) and (max-height: 800px)', false, { getInitialValueInEffect: false });
  const [chosenFold, setFolded] = useState<boolean | null>(null);
  const isFolded = chosenFold ?? (opensWithRadius || (isLow && state.layout === 'rings'));
  const [isCanvasOpen, setCanvasOpen] = useState(false);
  const acts = useGraphActs(steps, drawn, setProblem);
  const marked = useMarked(drawn);

  const expandAtOnce = useExpand(openKeys, act, state.hidden, setProblem);
  const actions: NodeActions = {
    ...acts,
    expand: (node, choice) => {
      if (neighborCount(node, choice) > mostUnasked) setPicker({ node, choice });
      else expandAtOnce(node, choice, mostAtOnce);
    },
    collapsibleCount: (key) => acts.collapsible(key).length,
    isPinned: (key) => pins.has(key),
    pathFrom: setPathFrom,
    radiusOf: (ids) => look({ overlay: radiusOf(ids, state.overlay, drawn.overlay.answer), nodes: openKeys }),
    otherOf: (id) => {
      const keys = marked.chosen.length > 0 ? marked.chosen : [state.selection ?? ''];
      const others = keys.flatMap((key) => drawn.nodeOf(key)?.organization ?? []).filter((other) => other.id !== id);
      return others.length === 1 ? (others[0] ?? null) : null;
    },
    compare: (before, after) =>
      navigate(compareHref({ ...radiusOf([after], state.overlay, drawn.overlay.answer), knownAt: state.knownAt }, before, after)),
  };
  const select = useCallback((key: string | null) => look({ selection: key }), [look]);
  const showTable = () => {
    setFolded(false);
    setCanvasOpen(false);
    document.querySelector<HTMLElement>('[data-twin] section')?.focus();
  };

  useEffect(() => {
    if (graph.unknown.length > 0) announce(unknownSentence(graph.unknown.length));
  }, [graph.unknown.length, announce]);

  const fileName = `explore ${model.nodes[0] === undefined ? '' : nodeName(model.nodes[0])}`;
  return (
    <div className={classes.view} data-canvas={isCanvasOpen || undefined}>
      <h1 className="visually-hidden">Explore</h1>
      <LegendPanel
        model={model}
        state={state}
        look={look}
        onShow={acts.show}
        radius={drawn.overlay.answer}
        groups={groups.all.map((group) => ({
          ...group,
          onToggle: () => groups.setOpen(group, !group.isOpen),
          onEnd: () => groups.end(group),
        }))}
      />
      <div className={classes.middle}>
        <OverlayBanner steps={steps} drawn={drawn} />
        <ExplorePicture
          steps={steps}
          drawn={drawn}
          acts={acts}
          marked={marked}
          onRadius={actions.radiusOf}
          onCompare={actions.compare}
          controls={controls}
          problem={problem}
          onDismiss={() => setProblem(null)}
          onMenu={setMenu}
          onShowTable={showTable}
        />
        <ValidStrip value={state.validIn} onChange={(validIn) => look({ validIn })} />
        <TableTwin
          model={model}
          isKnown={isGraphKnown(graph)}
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
        <button type="button" className={classes.canvasButton} data-screen-only onClick={() => setCanvasOpen(!isCanvasOpen)}>
          {isCanvasOpen ? 'Show table' : 'Show canvas'}
        </button>
      </div>
      <ExploreSide
        steps={steps}
        drawn={drawn}
        acts={acts}
        actions={actions}
        Inspector={Inspector}
        Finder={Finder}
        pathFrom={pathFrom}
        onPathEnd={() => setPathFrom(null)}
      />
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
      <GraphMenu menu={menu} drawn={drawn} actions={actions} onClose={() => setMenu(null)} />
    </div>
  );
}

/** How many connections an expansion follows. */
function neighborCount(node: ExploreNodeFragment, choice: ExpandChoice | null): number {
  if (choice !== null) return choice.count;
  const kinds = kindsOf(node, null);
  return node.linkCounts.reduce((sum, { kind, incoming, outgoing }) => sum + (kinds.includes(kind) ? incoming + outgoing : 0), 0);
}

interface InspectorProps {
  readonly selection: string;
  readonly onSelect: (key: string) => void;
  readonly onClose: () => void;
  /** Entries of the node's menu; null for a record that is not on the canvas. */
  readonly menu: ReactNode;
  readonly onExpand: (() => void) | null;
  /** The part of an organization in the radius that lies over the graph; null: there is none. */
  readonly inRadius: ReactNode;
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
function ExploreSide({ steps, drawn, acts, actions, Inspector, Finder, pathFrom, onPathEnd }: ExploreSideProps) {
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
      inRadius={
        drawn.overlay.answer !== null && isOrganization(state.selection) ? (
          <InThisIncident of={state.selection} steps={steps} drawn={drawn} answer={drawn.overlay.answer} />
        ) : null
      }
    />
  );
}

const KEYS: readonly GraphmlKey[] = [
  ['name', 'node', 'string'],
  ['kind', 'node', 'string'],
  ['record_id', 'node', 'string'],
  ['owner', 'node', 'string'],
  ['x', 'node', 'double'],
  ['y', 'node', 'double'],
  ['connection', 'edge', 'string'],
  ['count', 'edge', 'int'],
  ['readable_count', 'edge', 'int'],
];

/**
 * The shown graph as GraphML; ids are those of the API.
 *
 * @param places positions on the canvas, in pixels
 */
function graphmlOf({ nodes, links }: ExploreModel, places: ReadonlyMap<string, { readonly x: number; readonly y: number }>): string {
  return writeGraphml(
    KEYS,
    nodes.map((node) => {
      const { key, organization, artifact } = node;
      return {
        id: key,
        values: {
          name: nodeName(node),
          kind: artifact === null ? rolesInWords(organization?.roles ?? []) : ARTIFACT_TYPE_WORDS[artifact.type],
          record_id: organization?.id ?? artifact?.id,
          owner: artifact?.owner.id,
          x: places.get(key)?.x,
          y: places.get(key)?.y,
        },
      };
    }),
    links.map(({ key, kind, source, target, count, readableCount }) => ({
      id: key,
      source,
      target,
      values: { connection: kind, count, readable_count: readableCount },
    })),
  );
}
