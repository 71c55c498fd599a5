import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { GraphCanvas } from '../../canvas/explore/graph-canvas.tsx';
import { isLayoutPossible } from '../../canvas/explore/layout/graph-layout.ts';
import { countOf } from '../../shared/format/count.ts';
import type { ExploreLayout } from '../../shared/url/explore-url.ts';
import { ExploreNotices } from './explore-notices.tsx';
import classes from './explore-view.module.css';
import type { OpenMenu } from './menu/graph-menu.tsx';
import { MarkedNodes } from './select/marked-nodes.tsx';
import type { Marked } from './select/use-marked.ts';
import { Trail } from './trail.tsx';
import type { CanvasSteps } from './use-canvas-steps.ts';
import type { DrawnGraph } from './use-drawn-graph.ts';
import type { GraphActs } from './use-graph-acts.ts';

interface ExplorePictureProps {
  readonly steps: CanvasSteps;
  readonly drawn: DrawnGraph;
  readonly acts: GraphActs;
  readonly marked: Marked;
  /** Further controls above the canvas. */
  readonly controls: ReactNode;
  readonly problem: string | null;
  readonly onDismiss: () => void;
  readonly onMenu: (menu: OpenMenu) => void;
  readonly onShowTable: () => void;
}

const layouts: readonly { readonly value: ExploreLayout; readonly label: string }[] = [
  { value: 'rank', label: 'By rank' },
  { value: 'rings', label: 'Rings' },
  { value: 'free', label: 'Free' },
];

/** The canvas, the steps and controls above it, and the acts for marked nodes. */
export function ExplorePicture(props: ExplorePictureProps) {
  const { steps, drawn, acts, marked, controls, problem, onDismiss, onMenu, onShowTable } = props;
  const { state, look, trail, undo, redo, goTo } = steps;
  const { graph, model, groups, pins, nameOf, membersOf } = drawn;
  const counts = `${countOf(model.nodes.length, 'node', 'nodes')} and ${countOf(model.links.length, 'connection', 'connections')}.`;
  const caption = useMemo(() => [counts], [counts]);
  const openedSentence = `Opened ${state.nodes.length === 1 ? nameOf(state.nodes[0] ?? '') : countOf(state.nodes.length, 'node', 'nodes')}`;
  return (
    <section className={classes.picture} aria-label="Canvas">
      <div className={classes.bar}>
        <Trail first={graph.isStart ? startSentence(drawn) : openedSentence} steps={trail} onGoTo={goTo} />
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
        onSelect={(key) => look({ selection: key === null ? null : groups.selectable(key) })}
        onExpand={(key, at) => {
          const group = groups.find(key);
          if (group !== undefined) groups.setOpen(group, true);
          else onMenu({ what: 'expand', key, at });
        }}
        onHide={acts.hide}
        onPin={acts.pin}
        onMenu={(key, at) => onMenu({ what: 'node', key, at })}
        onOpenLink={acts.openLink}
        onUndo={undo}
        onRedo={redo}
        onShowTable={onShowTable}
        label="Graph of organizations and artifacts"
        describedBy="explore-summary"
        caption={caption}
        isStale={graph.isStale}
      />
      <MarkedNodes drawn={drawn} acts={acts} marked={marked} look={look} />
      <ExploreNotices graph={graph} opened={state.nodes.length} problem={problem} onDismiss={onDismiss} />
    </section>
  );
}

function startSentence({ graph: { omittedCount }, model }: DrawnGraph): string {
  const labs = model.kindCounts.get('LAB') ?? 0;
  if (labs === 0) return 'Search for an organization or an artifact to begin';
  const others = countOf(Math.max(0, model.nodes.length - labs), 'organization', 'organizations');
  return `${countOf(labs, 'lab', 'labs')} and ${others} connected to them${omittedCount > 0 ? ` · ${countOf(omittedCount, 'more is', 'more are')} not shown` : ''}`;
}
