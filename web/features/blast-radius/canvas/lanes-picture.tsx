import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import type { Point } from '../../../canvas/cytoscape/curve.ts';
import { LanesCanvas } from '../../../canvas/lanes/lanes-canvas.tsx';
import type { HolderCard, LanesAfter, LanesLook, LanesRadius, NodeKey } from '../../../canvas/lanes/lanes-props.ts';
import type { PictureProps } from '../../../canvas/picture-props.ts';
import type { Beside } from '../../../canvas/scene/scene.ts';
import { countOf } from '../../../shared/format/count.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { useUndoKeys } from '../../../shared/ui/keys.ts';
import { lazyPart, useIdle } from '../../../shared/ui/lazy-part.tsx';
import { type BlastState, MOST_EXPANDED } from '../../../shared/url/blast-radius-url.ts';
import { overlayHref } from '../../../shared/url/explore-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import type { BlastView } from '../use-blast-view.ts';
import classes from './lanes-picture.module.css';
import { focusOf, point, usePointed } from './pointed.ts';

interface LanesPictureProps extends PictureProps {
  readonly radius: RadiusAnswer;
  readonly lanes: LanesRadius;
  readonly after: LanesAfter | null;
  readonly view: BlastView;
  readonly slots: ToolSlots;
}

/** Places in the toolbar for what reads and changes the graph; null: not there yet. */
interface ToolSlots {
  readonly look: HTMLElement | null;
  readonly changes: HTMLElement | null;
}

const ORGANIZATION = 'organization:';

const LanesMenu = lazyPart(async () => (await import('./lanes-menu.tsx')).LanesMenu);
const legendWaits = <i hidden data-legend-waits />;
const LanesLegend = lazyPart(async () => (await import('./lanes-look.tsx')).LanesLegend, { waiting: legendWaits });
const NodesCanvas = lazyPart(async () => (await import('./nodes-canvas.tsx')).NodesCanvas);
const noCards: ReadonlyMap<string, HolderCard> = new Map();

/** The lanes as a picture to work in: pin, hide, mark several, a menu for each node, and undo. */
export function LanesPicture({ radius, lanes, view, slots, ...common }: LanesPictureProps) {
  const { state, change } = view;
  const { act, undo, redo } = usePictureSteps(view);
  const pointed = usePointed();
  const announce = useAnnounce();
  const [menu, setMenu] = useState<{ readonly key: string; readonly at: Beside; readonly place: Point } | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [cards, setCards] = useState(noCards);
  const keepCards = useCallback((next: typeof cards) => setCards(next.size === 0 ? noCards : next), []);
  const [look, setLook] = useState<LanesLook | null>(null);
  const isIdle = useIdle();
  const { layout } = state;
  // There the figures above are the legend of the tiers, and the picture has the height.
  const isTight = useMediaQuery('screen and (min-width: 721px) and (max-width: 1100px)', false, { getInitialValueInEffect: false });
  const [isLegendOpen, setLegendOpen] = useState(false);
  const pins = useMemo(() => new Map(state.pins.map(({ key, x, y }) => [key, { x, y }])), [state.pins]);
  const focusKey: NodeKey | null = state.focus === null ? null : `organization:${state.focus}`;
  /** A holder or a lab comes into focus. The rows of a lab in focus leave it there. */
  const select = (selection: NodeKey | null) => {
    const isOwn = lanes.artifacts.some(({ id, ownerId }) => ownerId === state.focus && selection === `artifact:${id}`);
    change({ selection, focus: isOwn ? state.focus : focusOf(selection) });
  };
  /** Opens a group. A tier's count, which stays in sight, closes it again. */
  const openGroup = (given: string) => {
    const key = given.startsWith('group:labs') ? 'group:labs' : given;
    const others = state.openGroups.filter((other) => other !== key);
    act({ openGroups: others.length < state.openGroups.length ? others : [...others, key] });
  };
  const origins = radius.origins.map(({ id }) => id);

  const pin = (key: string, at: Point | null) => {
    const others = state.pins.filter((other) => other.key !== key);
    act({ pins: at === null ? others : [...others, { key, x: Math.round(at.x), y: Math.round(at.y) }] });
  };
  /** Holders and labs can be hidden; an origin and a row of a card stay. */
  const canHide = (key: string) => key.startsWith(ORGANIZATION) && !origins.includes(key.slice(ORGANIZATION.length));
  const hide = (keys: readonly string[]) => {
    const hidden = [...new Set([...state.hidden, ...keys.filter(canHide)])];
    if (hidden.length === state.hidden.length) return;
    act({ hidden, ...(keys.includes(state.selection ?? focusKey ?? '') && { selection: null, focus: null }) });
    setChosen(new Set());
    announce(`${countOf(hidden.length, 'node is', 'nodes are')} hidden. The figures still count ${hidden.length === 1 ? 'it' : 'them'}.`);
  };
  const choose = (keys: readonly string[], isAdding: boolean) => {
    const next = new Set(chosen);
    for (const key of keys) {
      if (key.startsWith('group:')) continue;
      if (isAdding || !next.has(key)) next.add(key);
      else next.delete(key);
    }
    setChosen(next);
    announce(countOf(next.size, 'node is marked.', 'nodes are marked.'));
  };
  /** A holder shows whom it got copies from and passed them on to, or no more. A row of it shows these copies in Explore. */
  const expand = (key: string) => {
    if (key.startsWith('group:')) return openGroup(key);
    if (key.startsWith('partner:')) {
      const [holder, partner, isRecipient]: [string, string, boolean] = JSON.parse(key.slice('partner:'.length));
      const ends = [`${ORGANIZATION}${partner}`, `${ORGANIZATION}${holder}`];
      const [from, to] = isRecipient ? ends.toReversed() : ends;
      return navigate(overlayHref(state, ends, JSON.stringify(['TRANSFER', from, to])));
    }
    const id = key.slice(ORGANIZATION.length);
    if (!canExpand(key)) return;
    const isOpen = state.expanded.includes(id);
    act({ expanded: isOpen ? state.expanded.filter((other) => other !== id) : [...state.expanded, id].slice(-MOST_EXPANDED) });
    if (isOpen) announce('Collapsed.');
  };
  const everyone = lanes.organizations.map(({ id }) => `${ORGANIZATION}${id}`);
  // A card has room between the lanes alone.
  const canExpand = (key: string) => layout === 'lanes' && everyone.includes(key);
  const hideOthers = (key: string) =>
    hide([...everyone, ...lanes.labs.map(({ id }) => `${ORGANIZATION}${id}`)].filter((other) => other !== key));
  const marked = [...chosen];
  const legend = isIdle ? (
    <LanesLegend
      {...{ state, lanes, change, act }}
      after={common.after}
      text={view.text}
      onLook={setLook}
      slot={slots.look}
      fold={isTight ? { isOpen: isLegendOpen, onFold: () => setLegendOpen(!isLegendOpen) } : null}
    />
  ) : (
    legendWaits
  );
  const shared = {
    ...common,
    radius: lanes,
    selection: (state.selection as NodeKey | null) ?? focusKey,
    onSelect: select,
    ...{ pointed, pins, chosen, footer: legend },
    onPoint: point,
    hidden: state.hidden,
    hasFoot: !isTight || isLegendOpen,
    onChoose: choose,
    onHide: (key: string, others: boolean) => (others ? hideOthers(key) : hide([key])),
    onPin: pin,
    onExpand: expand,
    onMenu: (key: string, at: Beside, place: Point) => !key.startsWith('partner:') && setMenu({ key, at, place }),
  };

  return (
    <div className={classes.picture}>
      {layout === 'lanes' ? (
        <LanesCanvas
          {...shared}
          openGroups={state.openGroups}
          onOpenGroup={openGroup}
          onInspect={select}
          expanded={cards}
          look={look}
          widthBy={state.width}
          focus={focusKey}
        />
      ) : (
        <NodesCanvas {...shared} layout={layout} onLanes={() => act({ layout: 'lanes' })} />
      )}
      {(isIdle || menu !== null || marked.length > 1 || state.expanded.length > 0) && (
        <LanesMenu
          radius={radius}
          view={view}
          everyone={everyone}
          marked={marked}
          menu={menu}
          onCloseMenu={() => setMenu(null)}
          onClear={() => setChosen(new Set())}
          lanes={lanes}
          onCards={keepCards}
          slot={slots.changes}
          {...{ act, undo, redo, canHide, canExpand, openGroup, expand, hide, pin }}
        />
      )}
    </div>
  );
}

type OnPicture = Pick<BlastState, 'layout' | 'openGroups' | 'expanded' | 'hidden' | 'pins'>;

/** The changes of the picture since it was opened. Back undoes them too, because each is an address. */
function usePictureSteps({ state, change }: BlastView) {
  const [steps, setSteps] = useState<{ readonly past: readonly OnPicture[]; readonly future: readonly OnPicture[] }>({
    past: [],
    future: [],
  });
  const { layout, openGroups, expanded, hidden, pins } = state;
  const now = { layout, openGroups, expanded, hidden, pins };
  const act = (patch: Partial<BlastState>) => {
    setSteps(({ past }) => ({ past: [...past, now].slice(-50), future: [] }));
    change(patch);
  };
  const [last, next] = [steps.past.at(-1), steps.future[0]];
  const undo = () => {
    if (last === undefined) return;
    setSteps(({ past, future }) => ({ past: past.slice(0, -1), future: [now, ...future] }));
    change(last);
  };
  const redo = () => {
    if (next === undefined) return;
    setSteps(({ past, future }) => ({ past: [...past, now], future: future.slice(1) }));
    change(next);
  };
  useUndoKeys(undo, redo);
  return { act, undo: last === undefined ? null : undo, redo: next === undefined ? null : redo };
}
