import { Menu } from '@mantine/core';
import { createPortal } from 'react-dom';
import type { Point } from '../../../canvas/cytoscape/curve.ts';
import type { HolderCard, LanesRadius, NodeKey } from '../../../canvas/lanes/lanes-props.ts';
import type { Beside } from '../../../canvas/scene/scene.ts';
import { formatCount } from '../../../shared/format/count.ts';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronDown,
  IconCopy,
  IconEyeOff,
  IconInfoCircle,
  IconMaximize,
  IconMinimize,
  IconPin,
  IconPinnedOff,
  IconScale,
  IconShare2,
  IconTarget,
} from '../../../shared/ui/icons.tsx';
import { lazyPart } from '../../../shared/ui/lazy-part.tsx';
import { MarkedBar } from '../../../shared/ui/marked-bar.tsx';
import { type MenuAct, MenuActs, PointerMenu } from '../../../shared/ui/pointer-menu.tsx';
import { type BlastState, compareHref, writeBlastState } from '../../../shared/url/blast-radius-url.ts';
import { NO_COMPARISON } from '../../../shared/url/comparison-url.ts';
import { overlayHref } from '../../../shared/url/explore-url.ts';
import { hrefOf, navigate } from '../../../shared/url/location.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import { windowInput } from '../question-variables.ts';
import type { BlastView } from '../use-blast-view.ts';
import tools from './canvas-toolbar.module.css';
import { focusOf } from './pointed.ts';

const ORGANIZATION = 'organization:';

const HolderCards = lazyPart(async () => (await import('./holder-cards.tsx')).HolderCards);

interface LanesMenuProps {
  readonly radius: RadiusAnswer;
  readonly lanes: LanesRadius;
  readonly view: BlastView;
  /** Changes the picture, as a step that can be undone. */
  readonly act: (patch: Partial<BlastState>) => void;
  /** Null: there is nothing to undo. */
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  readonly onCards: (cards: ReadonlyMap<string, HolderCard>) => void;
  /** The place of the changes in the toolbar; null: not there yet. */
  readonly slot: HTMLElement | null;
  /** Keys of the holders that are drawn or grouped. */
  readonly everyone: readonly string[];
  /** Keys of the marked nodes. */
  readonly marked: readonly string[];
  /** The node whose menu is open: where on the screen, and its place in the picture. */
  readonly menu: { readonly key: string; readonly at: Beside; readonly place: Point } | null;
  readonly onCloseMenu: () => void;
  readonly onClear: () => void;
  readonly canHide: (key: string) => boolean;
  readonly canExpand: (key: string) => boolean;
  readonly openGroup: (key: string) => void;
  readonly expand: (key: string) => void;
  readonly hide: (keys: readonly string[]) => void;
  readonly pin: (key: string, at: Point | null) => void;
}

/** The acts of a reader on a node of the lanes and on several that are marked, and the changes made on the picture. */
export function LanesMenu(props: LanesMenuProps) {
  const { radius, lanes, view, everyone, marked, menu, onCloseMenu, onClear, canHide, canExpand, openGroup, expand, hide, pin } = props;
  const { act, undo, redo, onCards, slot } = props;
  const { state, change } = view;
  const isPinned = (key: string) => state.pins.some((pinned) => pinned.key === key);
  const origins = radius.origins.map(({ id }) => id);
  const select = (key: string) => change({ selection: key as NodeKey, focus: focusOf(key) });
  const compromise = (keys: readonly string[]) => {
    const added = keys.flatMap((key) => (canHide(key) ? [key.slice(ORGANIZATION.length)] : []));
    change({ origins: [...new Set([...origins, ...added])] });
  };
  /** Two organizations as origins, over the windows and options of this radius. */
  const compare = (keys: readonly string[]) => {
    const { hasCore, core, widest, maxHops, transferLikelihood, minDegree } = radius;
    const windows = { core: hasCore ? windowInput(core) : null, widest: windowInput(widest), hasCore: hasCore ? null : false };
    const [before = '', after = ''] = keys.map((key) => key.slice(ORGANIZATION.length));
    navigate(compareHref({ ...state, ...windows, maxHops, transferLikelihood, minDegree }, before, after));
  };
  const isOpen = (key: string) => state.expanded.includes(key.slice(ORGANIZATION.length));
  const markedOrganizations = marked.filter((key) => key.startsWith(ORGANIZATION));
  const newOrigins = marked.filter((key) => canHide(key) && everyone.includes(key));
  const actsOf = (key: string, place: Point): readonly (MenuAct | null | false)[] => {
    const here = { ...state, selection: key };
    const compared = { ...NO_COMPARISON, isOpen: true, origins: [key.slice(ORGANIZATION.length)] };
    const isOrganization = key.startsWith(ORGANIZATION);
    return [
      { icon: IconInfoCircle, words: 'Show details', act: () => select(key) },
      { icon: IconShare2, words: 'Show in Explore', act: () => navigate(overlayHref(state, [key], key)) },
      canExpand(key) &&
        (isOpen(key)
          ? { icon: IconMinimize, words: 'Collapse', aside: 'E', act: () => expand(key) }
          : { icon: IconMaximize, words: 'Expand: what it passed on', aside: 'E', act: () => expand(key) }),
      canHide(key) && everyone.includes(key) && { icon: IconTarget, words: 'Mark as compromised too', act: () => compromise([key]) },
      canHide(key) && {
        icon: IconScale,
        words: `Compare with ${origins.length === 1 ? radius.origins[0]?.name : 'this radius'}`,
        act: () => change({ comparison: compared }),
      },
      canHide(key) && null,
      isOrganization &&
        (isPinned(key)
          ? { icon: IconPinnedOff, words: 'Unpin', aside: 'P', act: () => pin(key, null) }
          : { icon: IconPin, words: 'Pin here', aside: 'P', act: () => pin(key, place) }),
      canHide(key) && { icon: IconEyeOff, words: 'Hide', aside: 'H', act: () => hide([key]) },
      {
        icon: IconCopy,
        words: 'Copy link',
        act: () => navigator.clipboard?.writeText(`${window.location.origin}${hrefOf('/blast', writeBlastState(here))}`),
      },
    ];
  };
  return (
    <>
      {slot !== null && createPortal(<Changes state={state} act={act} undo={undo} redo={redo} />, slot)}
      {state.expanded.length > 0 && <HolderCards state={state} lanes={lanes} onCards={onCards} />}
      {marked.length > 1 && (
        <MarkedBar
          words={`${marked.length} marked`}
          acts={[
            ['Path between', marked.length === 2 && (() => navigate(`/explore?${new URLSearchParams(marked.map((key) => ['p', key]))}`))],
            ['Compare', marked.length === 2 && markedOrganizations.length === 2 && (() => compare(markedOrganizations))],
            ['Mark as compromised too', newOrigins.length > 0 && (() => compromise(newOrigins))],
            ['Show in Explore', () => navigate(overlayHref(state, marked, null))],
            ['Hide', marked.some(canHide) && (() => hide(marked))],
            ['Clear', onClear],
          ]}
        />
      )}
      <PointerMenu label="Actions" at={menu?.at ?? null} onClose={onCloseMenu}>
        {menu?.key.startsWith('group:') && (
          <Menu.Item onClick={() => openGroup(menu.key)}>{view.state.openGroups.includes(menu.key) ? 'Close' : 'Open'} group</Menu.Item>
        )}
        {menu !== null && !menu.key.startsWith('group:') && <MenuActs acts={actsOf(menu.key, menu.place)} />}
      </PointerMenu>
    </>
  );
}

/** The reader's changes of the picture, each with the way back. */
function Changes({ state, act, undo, redo }: Pick<LanesMenuProps, 'act' | 'undo' | 'redo'> & { readonly state: BlastState }) {
  const { hidden, expanded, pins } = state;
  const words = [
    [expanded.length, 'expanded'],
    [hidden.length, 'hidden'],
    [pins.length, 'pinned'],
  ] as const;
  const changed = words.filter(([count]) => count > 0);
  return (
    <>
      {changed.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <button type="button" className={tools.tool}>
              {changed.map(([count, word]) => `${formatCount(count)} ${word}`).join(', ')}
              <IconChevronDown size={14} stroke={1.6} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {hidden.length > 0 && <Menu.Item onClick={() => act({ hidden: [] })}>Show {hidden.length} hidden</Menu.Item>}
            {expanded.length > 0 && <Menu.Item onClick={() => act({ expanded: [] })}>Collapse {expanded.length}</Menu.Item>}
            {pins.length > 0 && <Menu.Item onClick={() => act({ pins: [] })}>Unpin {pins.length}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
      <Step word="Undo" keys="Ctrl-Z" onStep={undo} icon={IconArrowBackUp} />
      <Step word="Redo" keys="Ctrl-Shift-Z" onStep={redo} icon={IconArrowForwardUp} />
    </>
  );
}

interface StepProps {
  readonly word: string;
  readonly keys: string;
  readonly onStep: (() => void) | null;
  readonly icon: typeof IconArrowBackUp;
}

function Step({ word, keys, onStep, icon: Icon }: StepProps) {
  return (
    <button
      type="button"
      className={`${tools.tool} ${tools.framed}`}
      aria-label={word}
      title={`${word} (${keys})`}
      // A disabled button would lose the focus.
      aria-disabled={onStep === null}
      onClick={() => onStep?.()}
    >
      <Icon size={15} stroke={1.6} aria-hidden="true" />
    </button>
  );
}
