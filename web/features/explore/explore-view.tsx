import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import type { ExploreNodeFragment } from '../../shared/generated/operations.ts';
import { saveText } from '../../shared/save/save-file.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { nodeName } from './explore-model.ts';
import { unknownSentence } from './explore-notices.tsx';
import { ExplorePicture } from './explore-picture.tsx';
import { ExploreSide, type InspectorProps } from './explore-side.tsx';
import classes from './explore-view.module.css';
import { graphmlOf } from './export/graphml.ts';
import { LegendPanel } from './legend/legend-panel.tsx';
import { type ExpandChoice, mostAtOnce, mostUnasked } from './menu/expand-choices.ts';
import { GraphMenu, type OpenMenu } from './menu/graph-menu.tsx';
import { kindsOf } from './menu/neighbors.ts';
import type { NodeActions } from './menu/node-menu.tsx';
import { useExpand } from './menu/use-expand.ts';
import type { FinderProps } from './paths/path-panel.tsx';
import { NeighborPicker } from './select/neighbor-picker.tsx';
import { useMarked } from './select/use-marked.ts';
import { TableTwin } from './table/table-twin.tsx';
import { ValidStrip } from './time/valid-strip.tsx';
import { type CanvasSteps, useCanvasSteps } from './use-canvas-steps.ts';
import { useDrawnGraph } from './use-drawn-graph.ts';
import { mostNodes } from './use-explore-graph.ts';
import { useGraphActs } from './use-graph-acts.ts';

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
  if (steps.state.nodes.length === 0 && !steps.state.isAll && steps.trail.length === 0) return start;
  return <ExploreCanvas steps={steps} {...rest} />;
}

function ExploreCanvas({ steps, Inspector, Finder, controls }: Omit<ExploreViewProps, 'start'> & { readonly steps: CanvasSteps }) {
  const { state, look, act } = steps;
  const drawn = useDrawnGraph(steps);
  const { graph, model, groups, pins, openKeys } = drawn;
  const announce = useAnnounce();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [picker, setPicker] = useState<{ readonly node: ExploreNodeFragment; readonly choice: ExpandChoice | null } | null>(null);
  const [pathFrom, setPathFrom] = useState<string | null>(null);
  const [isFolded, setFolded] = useState(false);
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
        groups={groups.all.map((group) => ({
          ...group,
          onToggle: () => groups.setOpen(group, !group.isOpen),
          onEnd: () => groups.end(group),
        }))}
      />
      <div className={classes.middle}>
        <ExplorePicture
          steps={steps}
          drawn={drawn}
          acts={acts}
          marked={marked}
          controls={controls}
          problem={problem}
          onDismiss={() => setProblem(null)}
          onMenu={setMenu}
          onShowTable={showTable}
        />
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
