import { Menu } from '@mantine/core';
import type { ExploreNodeFragment } from '../../../shared/generated/operations.ts';
import {
  IconCopy,
  IconEye,
  IconEyeOff,
  IconMinimize,
  IconPin,
  IconPinnedOff,
  IconRadar2,
  IconRoute,
  IconScale,
  IconShare2,
  IconTarget,
} from '../../../shared/ui/icons.tsx';
import { type MenuAct, MenuActs } from '../../../shared/ui/pointer-menu.tsx';
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { nodeName } from '../explore-model.ts';
import { type ExpandChoice, expandChoices, mostUnasked } from './expand-choices.ts';

export interface NodeActions {
  /** Adds the neighbors, or opens a list to pick from if there are many. */
  readonly expand: (node: ExploreNodeFragment, choice: ExpandChoice | null) => void;
  /** Looks for paths from the node to another. */
  readonly pathFrom: (key: string) => void;
  /** How many nodes would leave the canvas. */
  readonly collapsibleCount: (key: string) => number;
  /** Removes what an expansion of the node brought. */
  readonly collapse: (node: ExploreNodeFragment) => void;
  readonly hide: (key: string, others: boolean) => void;
  readonly togglePin: (key: string) => void;
  readonly isPinned: (key: string) => boolean;
  /** Lays the radius of these organizations over the graph. */
  readonly radiusOf: (ids: readonly string[]) => void;
  /** The organization that is marked or selected beside this one; null: there is none, or several. */
  readonly otherOf: (id: string) => ExploreNodeFragment['organization'];
  /** Opens the radius of one organization beside that of another. */
  readonly compare: (before: string, after: string) => void;
}

/** The expand entries of a node: one for each kind of connection, with its count. */
export function ExpandItems({ node, actions }: { readonly node: ExploreNodeFragment; readonly actions: NodeActions }) {
  const choices = expandChoices(node);
  return (
    <>
      <Menu.Label>Expand {nodeName(node)}</Menu.Label>
      {choices.length === 0 && <Menu.Item disabled>No recorded connections</Menu.Item>}
      {choices.map((choice) => (
        <Menu.Item
          key={`${choice.kind} ${choice.direction}`}
          rightSection={<span className="number">{choice.count}</span>}
          onClick={() => actions.expand(node, choice)}
        >
          {choice.words}
          {choice.count > mostUnasked && ' …'}
        </Menu.Item>
      ))}
      {choices.length > 1 && (
        <>
          <Menu.Divider />
          <Menu.Item onClick={() => actions.expand(node, null)}>All connected organizations</Menu.Item>
        </>
      )}
    </>
  );
}

/** All actions of a node. Right-click, Shift-F10 and the inspector's button show the same entries. */
export function NodeItems({ node, actions }: { readonly node: ExploreNodeFragment; readonly actions: NodeActions }) {
  const { organization } = node;
  const other = organization === null ? null : actions.otherOf(organization.id);
  const count = actions.collapsibleCount(node.key);
  return (
    <>
      <MenuActs
        acts={[
          organization !== null && { icon: IconRadar2, words: 'Show blast radius', act: () => navigate(blastHref([organization.id])) },
          organization !== null && {
            icon: IconTarget,
            words: 'Radius of this, over the graph',
            act: () => actions.radiusOf([organization.id]),
          },
          organization !== null &&
            other !== null && {
              icon: IconScale,
              words: `Compare with ${other.name}`,
              act: () => actions.compare(other.id, organization.id),
            },
          { icon: IconShare2, words: 'Expand', aside: 'E', act: () => actions.expand(node, null) },
          count > 0 && {
            icon: IconMinimize,
            words: 'Collapse',
            aside: <span className="number">{count}</span>,
            act: () => actions.collapse(node),
          },
          { icon: IconRoute, words: 'Path to …', act: () => actions.pathFrom(node.key) },
          ...placeActs(node.key, actions),
          {
            icon: IconCopy,
            words: 'Copy link',
            act: () => navigator.clipboard?.writeText(`${window.location.origin}${exploreHref(node.key)}`),
          },
        ]}
      />
      <Menu.Divider />
      <ExpandItems node={node} actions={actions} />
    </>
  );
}

/** The acts that change the place of a node or a group. */
export function placeActs(key: string, { isPinned, togglePin, hide }: NodeActions): readonly MenuAct[] {
  return [
    { icon: isPinned(key) ? IconPinnedOff : IconPin, words: isPinned(key) ? 'Unpin' : 'Pin', aside: 'P', act: () => togglePin(key) },
    { icon: IconEyeOff, words: 'Hide', aside: 'H', act: () => hide(key, false) },
    { icon: IconEye, words: 'Hide all others', aside: 'Shift H', act: () => hide(key, true) },
  ];
}
