import { Menu } from '@mantine/core';
import type { Point } from '../../../canvas/cytoscape/curve.ts';
import { IconEye, IconEyeOff, IconMinimize, IconPin, IconPinnedOff, IconShare2 } from '../../../shared/ui/icons.tsx';
import { PointerMenu } from '../../../shared/ui/pointer-menu.tsx';
import type { Groups, NamedGroup } from '../groups/use-groups.ts';
import type { DrawnGraph } from '../use-drawn-graph.ts';
import { ExpandItems, type NodeActions, NodeItems } from './node-menu.tsx';

/** The node or group whose menu is open, and the point it opened at. */
export interface OpenMenu {
  readonly what: 'node' | 'expand';
  readonly key: string;
  readonly at: Point;
}

interface GraphMenuProps {
  readonly menu: OpenMenu | null;
  readonly drawn: DrawnGraph;
  readonly actions: NodeActions;
  readonly onClose: () => void;
}

/** The menu of a node, of its expansion, or of a group. */
export function GraphMenu({ menu, drawn: { groups, nodeOf }, actions, onClose }: GraphMenuProps) {
  const node = menu === null ? undefined : nodeOf(menu.key);
  const group = menu === null ? undefined : groups.find(menu.key);
  const isEmpty = node === undefined && group === undefined;
  return (
    <PointerMenu label="Actions" at={isEmpty ? null : (menu?.at ?? null)} onClose={onClose}>
      {node !== undefined && menu?.what === 'node' && <NodeItems node={node} actions={actions} />}
      {node !== undefined && menu?.what === 'expand' && <ExpandItems node={node} actions={actions} />}
      {group !== undefined && <GroupItems group={group} groups={groups} actions={actions} />}
      {isEmpty && <Menu.Item disabled>No actions</Menu.Item>}
    </PointerMenu>
  );
}

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

interface GroupItemsProps {
  readonly group: NamedGroup;
  readonly groups: Groups;
  readonly actions: Pick<NodeActions, 'hide' | 'isPinned' | 'togglePin'>;
}

/** The actions of a closed group. */
function GroupItems({ group, groups, actions }: GroupItemsProps) {
  const isPinned = actions.isPinned(group.key);
  return (
    <>
      <Menu.Label>{group.name}</Menu.Label>
      <Menu.Item leftSection={<IconShare2 {...icon} />} rightSection="E" onClick={() => groups.setOpen(group, true)}>
        Open group
      </Menu.Item>
      <Menu.Item leftSection={<IconMinimize {...icon} />} onClick={() => groups.end(group)}>
        Ungroup
      </Menu.Item>
      <Menu.Item
        leftSection={isPinned ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />}
        rightSection="P"
        onClick={() => actions.togglePin(group.key)}
      >
        {isPinned ? 'Unpin' : 'Pin'}
      </Menu.Item>
      <Menu.Item leftSection={<IconEyeOff {...icon} />} rightSection="H" onClick={() => actions.hide(group.key, false)}>
        Hide
      </Menu.Item>
      <Menu.Item leftSection={<IconEye {...icon} />} rightSection="Shift H" onClick={() => actions.hide(group.key, true)}>
        Hide all others
      </Menu.Item>
    </>
  );
}
