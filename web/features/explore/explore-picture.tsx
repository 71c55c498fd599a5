import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { GraphCanvas } from '../../canvas/explore/graph-canvas.tsx';
import { isLayoutPossible } from '../../canvas/explore/graph-layout.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import type { ExploreLinkFragment } from '../../shared/generated/operations.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { IconChevronRight } from '../../shared/ui/icons.tsx';
import { MarkedBar } from '../../shared/ui/marked-bar.tsx';
import type { ExploreLayout } from '../../shared/url/explore-url.ts';
import { ExploreNotices } from './explore-notices.tsx';
import classes from './explore-view.module.css';
import type { OpenMenu } from './menu/graph-menu.tsx';
import { idOf, isOrganization } from './node-key.ts';
import { compromiseToo } from './overlay/overlay-model.ts';
import type { CanvasStep, CanvasSteps } from './use-canvas-steps.ts';
import type { DrawnGraph } from './use-drawn-graph.ts';
import { isGraphKnown } from './use-explore-graph.ts';
import type { GraphActs, Marked } from './use-graph-acts.ts';

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
  /** Lays the radius of these organizations over the graph. */
  readonly onRadius: (ids: readonly string[]) => void;
  readonly onCompare: (before: string, after: string) => void;
}

const layouts: readonly { readonly value: ExploreLayout; readonly label: string }[] = [
  { value: 'rank', label: 'By rank' },
  { value: 'rings', label: 'Rings' },
  { value: 'free', label: 'Free' },
];

/** The canvas, the steps and controls above it, and the acts for marked nodes. */
export function ExplorePicture(props: ExplorePictureProps) {
  const { steps, drawn, acts, marked, onRadius, onCompare, controls, problem, onDismiss, onMenu, onShowTable } = props;
  const { state, look, trail, undo, redo, goTo } = steps;
  const { graph, model, groups, pins, nameOf, membersOf } = drawn;
  const counts = isGraphKnown(graph)
    ? `${countOf(model.nodes.length, 'node', 'nodes')} and ${countOf(model.links.length, 'connection', 'connections')}.`
    : 'The graph is not known yet.';
  const caption = useMemo(() => [counts], [counts]);
  const announce = useAnnounce();
  const openedSentence = drawn.graph.isOfRadius
    ? `The ${countOf(model.nodes.length, 'organization', 'organizations')} of the radius`
    : graph.omittedCount > 0 && state.nodes.length === 1
      ? hubSentence(nameOf(state.nodes[0] ?? ''), graph.nodes.length - 1, graph.omittedCount)
      : `Opened ${state.nodes.length === 1 && isGraphKnown(graph) ? nameOf(state.nodes[0] ?? '') : countOf(state.nodes.length - graph.unknown.length, 'node', 'nodes')}`;
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
        onGroup={() => {
          if (marked.chosen.length < 2) announce('Mark two or more nodes to group them.');
          else {
            announce(`Grouped ${countOf(marked.chosen.length, 'node', 'nodes')}.`);
            groupMarked(drawn, marked);
          }
        }}
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
      <MarkedNodes steps={steps} drawn={drawn} acts={acts} marked={marked} onRadius={onRadius} onCompare={onCompare} />
      <ExploreNotices graph={graph} opened={state.nodes.length} problem={problem} onDismiss={onDismiss} />
    </section>
  );
}

function groupMarked({ groups }: DrawnGraph, marked: Marked): void {
  groups.make(marked.chosen);
  marked.clear();
}

/** "Quillmark and 12 neighbors · 404 more of all 416 are not drawn". */
function hubSentence(name: string, drawn: number, omitted: number): string {
  return `${name} and ${countOf(drawn, 'neighbor', 'neighbors')} · ${formatCount(omitted)} more of all ${formatCount(drawn + omitted)} ${omitted === 1 ? 'is' : 'are'} not drawn`;
}

/** "12 of 56 labs and 14 of 62 organizations connected to them". */
function startSentence({ graph: { omittedCount, start }, model }: DrawnGraph): string {
  const labs = model.kindCounts.get('LAB') ?? 0;
  if (labs === 0) return 'Search for an organization or an artifact to begin';
  const others = Math.max(0, model.nodes.length - labs);
  const allLabs = start?.labs.totalCount ?? labs;
  const drawn = `${someOf(labs, allLabs, 'lab', 'labs')} and ${someOf(others, others + omittedCount, 'organization', 'organizations')}`;
  return `${drawn} connected to ${labs === 1 ? 'it' : 'them'}`;
}

function someOf(count: number, all: number, one: string, many: string): string {
  return count < all ? `${formatCount(count)} of ${countOf(all, one, many)}` : countOf(count, one, many);
}

interface TrailProps {
  readonly first: string;
  readonly steps: readonly CanvasStep[];
  /** Undoes every change after the first `count`. */
  readonly onGoTo: (count: number) => void;
}

/** The last three changes to the canvas, in words. A click on an earlier one goes back to it. Undo can undo all changes, even those before the last three. */
function Trail({ first, steps, onGoTo }: TrailProps) {
  const shown = steps.map((step, place) => ({ ...step, place })).slice(-3);
  const start = steps.length > shown.length ? '…' : first;
  return (
    <ol className={classes.trail} aria-label="Recent changes to the canvas">
      <li>
        {steps.length === 0 ? (
          start
        ) : (
          <button type="button" title="Go back to the beginning" aria-label={`Go back to: ${first}`} onClick={() => onGoTo(0)}>
            {start}
          </button>
        )}
      </li>
      {shown.map(({ words, place }) => (
        <li key={place} aria-current={place === steps.length - 1 ? 'step' : undefined}>
          <IconChevronRight size={14} stroke={1.6} aria-hidden="true" />
          {place === steps.length - 1 ? (
            words
          ) : (
            <button type="button" title="Go back to this step" onClick={() => onGoTo(place + 1)}>
              {words}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

interface MarkedNodesProps {
  readonly steps: CanvasSteps;
  readonly drawn: DrawnGraph;
  readonly acts: GraphActs;
  readonly marked: Marked;
  readonly onRadius: (ids: readonly string[]) => void;
  readonly onCompare: (before: string, after: string) => void;
}

/** The acts for all marked nodes; nothing without one. Shift-click, Space, or the check boxes of the table mark nodes. */
function MarkedNodes({ steps: { state, look }, drawn, acts, marked, onRadius, onCompare }: MarkedNodesProps) {
  const { chosen, others } = marked;
  if (chosen.length === 0) return null;
  const count = countOf(chosen.length, 'node', 'nodes');
  const organizations = chosen.filter(isOrganization).map(idOf);
  const [first = '', second = ''] = organizations;
  const { overlay } = state;
  const { answer } = drawn.overlay;
  const added = organizations.filter((id) => answer !== null && !answer.origins.some((origin) => origin.id === id));
  const compromise =
    overlay === null || answer === null || added.length === 0
      ? null
      : () => look({ overlay: compromiseToo(overlay, answer, added), nodes: drawn.openKeys });
  const hide = (words: string, gone: readonly string[]) => {
    acts.hideAll(words, gone);
    marked.clear();
  };
  return (
    <MarkedBar
      words={`${count} marked`}
      acts={[
        ['Path between', chosen.length === 2 && (() => look({ path: [chosen[0] ?? '', chosen[1] ?? ''] }))],
        ['Compare', chosen.length === 2 && organizations.length === 2 && (() => onCompare(first, second))],
        ['Radius of these', organizations.length > 0 && (() => onRadius(organizations))],
        ['Mark as compromised too', compromise],
        ['Hide', () => hide(`Hid ${count}`, chosen)],
        ['Hide others', () => hide(`Hid all except ${count}`, others)],
        ['Pin', () => acts.pinAll(chosen)],
        ['Group', chosen.length > 1 && (() => groupMarked(drawn, marked))],
        ['Add neighbors', () => acts.addNeighbors(chosen)],
        ['Mark neighbors', () => marked.set([...chosen, ...drawnNeighbors(chosen, drawn.model.links)])],
        ['Invert', () => marked.set(others)],
        ['Clear', marked.clear],
      ]}
    />
  );
}

/** The other ends of the drawn links of these nodes. */
function drawnNeighbors(keys: readonly string[], links: readonly ExploreLinkFragment[]): readonly string[] {
  const marked = new Set(keys);
  return links.flatMap(({ source, target }) => (marked.has(source) ? [target] : marked.has(target) ? [source] : []));
}
