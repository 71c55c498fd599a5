import { Menu } from '@mantine/core';
import { createPortal } from 'react-dom';
import type { Point } from '../../../canvas/cytoscape/curve.ts';
import type { HolderCard, LanesRadius, NodeKey } from '../../../canvas/lanes/lanes-props.ts';
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
import { PointerMenu } from '../../../shared/ui/pointer-menu.tsx';
import { type BlastState, compareHref, writeBlastState } from '../../../shared/url/blast-radius-url.ts';
import { NO_COMPARISON } from '../../../shared/url/comparison-url.ts';
import { overlayHref } from '../../../shared/url/explore-url.ts';
import { hrefOf, navigate } from '../../../shared/url/location.ts';
import type { RadiusAnswer } from '../lanes-radius.ts';
import { windowInput } from '../question-variables.ts';
import type { BlastView } from '../use-blast-view.ts';
import tools from './canvas-toolbar.module.css';
import classes from './lanes-picture.module.css';
import { focusOf } from './pointed.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;
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
  readonly menu: { readonly key: string; readonly at: Point; readonly place: Point } | null;
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
  return (
    <>
      {slot !== null && createPortal(<Changes state={state} act={act} undo={undo} redo={redo} />, slot)}
      {state.expanded.length > 0 && <HolderCards state={state} lanes={lanes} onCards={onCards} />}
      {marked.length > 1 && (
        <div className={classes.marked} role="toolbar" aria-label="Marked nodes">
          <strong>{marked.length} marked</strong>
          {marked.length === 2 && (
            <button type="button" onClick={() => navigate(`/explore?${new URLSearchParams(marked.map((key) => ['p', key]))}`)}>
              Path between
            </button>
          )}
          {markedOrganizations.length === 2 && marked.length === 2 && (
            <button type="button" onClick={() => compare(markedOrganizations)}>
              Compare
            </button>
          )}
          {newOrigins.length > 0 && (
            <button type="button" onClick={() => compromise(newOrigins)}>
              Mark as compromised too
            </button>
          )}
          <button type="button" onClick={() => navigate(overlayHref(state, marked, null))}>
            Show in Explore
          </button>
          {marked.some(canHide) && (
            <button type="button" onClick={() => hide(marked)}>
              Hide
            </button>
          )}
          <button type="button" onClick={onClear}>
            Clear
          </button>
        </div>
      )}
      <PointerMenu label="Actions" at={menu?.at ?? null} onClose={onCloseMenu}>
        {menu?.key.startsWith('group:') && (
          <Menu.Item onClick={() => openGroup(menu.key)}>{view.state.openGroups.includes(menu.key) ? 'Close' : 'Open'} group</Menu.Item>
        )}
        {menu !== null && !menu.key.startsWith('group:') && (
          <>
            <Menu.Item leftSection={<IconInfoCircle {...icon} />} onClick={() => select(menu.key)}>
              Show details
            </Menu.Item>
            <Menu.Item leftSection={<IconShare2 {...icon} />} onClick={() => navigate(overlayHref(state, [menu.key], menu.key))}>
              Show in Explore
            </Menu.Item>
            {canExpand(menu.key) && (
              <Menu.Item
                leftSection={isOpen(menu.key) ? <IconMinimize {...icon} /> : <IconMaximize {...icon} />}
                rightSection="E"
                onClick={() => expand(menu.key)}
              >
                {isOpen(menu.key) ? 'Collapse' : 'Expand: what it passed on'}
              </Menu.Item>
            )}
            {canHide(menu.key) && (
              <>
                {everyone.includes(menu.key) && (
                  <Menu.Item leftSection={<IconTarget {...icon} />} onClick={() => compromise([menu.key])}>
                    Mark as compromised too
                  </Menu.Item>
                )}
                <Menu.Item
                  leftSection={<IconScale {...icon} />}
                  onClick={() => change({ comparison: { ...NO_COMPARISON, isOpen: true, origins: [menu.key.slice(ORGANIZATION.length)] } })}
                >
                  Compare with {origins.length === 1 ? radius.origins[0]?.name : 'this radius'}
                </Menu.Item>
                <Menu.Divider />
              </>
            )}
            {menu.key.startsWith(ORGANIZATION) && (
              <Menu.Item
                leftSection={isPinned(menu.key) ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />}
                rightSection="P"
                onClick={() => pin(menu.key, isPinned(menu.key) ? null : menu.place)}
              >
                {isPinned(menu.key) ? 'Unpin' : 'Pin here'}
              </Menu.Item>
            )}
            {canHide(menu.key) && (
              <Menu.Item leftSection={<IconEyeOff {...icon} />} rightSection="H" onClick={() => hide([menu.key])}>
                Hide
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconCopy {...icon} />}
              onClick={() =>
                navigator.clipboard?.writeText(
                  `${window.location.origin}${hrefOf('/blast', writeBlastState({ ...state, selection: menu.key }))}`,
                )
              }
            >
              Copy link
            </Menu.Item>
          </>
        )}
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
