import { Menu } from '@mantine/core';
import type { Beside } from '../../../canvas/scene/scene.ts';
import { IconMinimize, IconShare2 } from '../../../shared/ui/icons.tsx';
import { MenuActs, PointerMenu } from '../../../shared/ui/pointer-menu.tsx';
import type { DrawnGraph } from '../use-drawn-graph.ts';
import { ExpandItems, type NodeActions, NodeItems, placeActs } from './node-menu.tsx';

/** The node or group whose menu is open, and the point it opened at. */
export interface OpenMenu {
  readonly what: 'node' | 'expand';
  readonly key: string;
  readonly at: Beside;
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
      {group !== undefined && (
        <>
          <Menu.Label>{group.name}</Menu.Label>
          <MenuActs
            acts={[
              { icon: IconShare2, words: 'Open group', aside: 'E', act: () => groups.setOpen(group, true) },
              { icon: IconMinimize, words: 'Ungroup', act: () => groups.end(group) },
              ...placeActs(group.key, actions),
            ]}
          />
        </>
      )}
      {isEmpty && <Menu.Item disabled>No actions</Menu.Item>}
    </PointerMenu>
  );
}
