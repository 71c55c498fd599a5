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
import { blastHref } from '../../../shared/url/blast-radius-url.ts';
import { exploreHref } from '../../../shared/url/explore-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { nodeName } from '../explore-model.ts';
import { type ExpandChoice, expandChoices, mostUnasked } from './expand-choices.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

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
  return (
    <>
      {organization !== null && (
        <Menu.Item leftSection={<IconRadar2 {...icon} />} onClick={() => navigate(blastHref([organization.id]))}>
          Show blast radius
        </Menu.Item>
      )}
      {organization !== null && (
        <Menu.Item leftSection={<IconTarget {...icon} />} onClick={() => actions.radiusOf([organization.id])}>
          Radius of this, over the graph
        </Menu.Item>
      )}
      {organization !== null && other !== null && (
        <Menu.Item leftSection={<IconScale {...icon} />} onClick={() => actions.compare(other.id, organization.id)}>
          Compare with {other.name}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconShare2 {...icon} />} rightSection="E" onClick={() => actions.expand(node, null)}>
        Expand
      </Menu.Item>
      {actions.collapsibleCount(node.key) > 0 && (
        <Menu.Item
          leftSection={<IconMinimize {...icon} />}
          rightSection={<span className="number">{actions.collapsibleCount(node.key)}</span>}
          onClick={() => actions.collapse(node)}
        >
          Collapse
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconRoute {...icon} />} onClick={() => actions.pathFrom(node.key)}>
        Path to …
      </Menu.Item>
      <Menu.Item
        leftSection={actions.isPinned(node.key) ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />}
        rightSection="P"
        onClick={() => actions.togglePin(node.key)}
      >
        {actions.isPinned(node.key) ? 'Unpin' : 'Pin'}
      </Menu.Item>
      <Menu.Item leftSection={<IconEyeOff {...icon} />} rightSection="H" onClick={() => actions.hide(node.key, false)}>
        Hide
      </Menu.Item>
      <Menu.Item leftSection={<IconEye {...icon} />} rightSection="Shift H" onClick={() => actions.hide(node.key, true)}>
        Hide all others
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy {...icon} />}
        onClick={() => navigator.clipboard?.writeText(`${window.location.origin}${exploreHref(node.key)}`)}
      >
        Copy link
      </Menu.Item>
      <Menu.Divider />
      <ExpandItems node={node} actions={actions} />
    </>
  );
}
