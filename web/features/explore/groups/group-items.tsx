import { Menu } from '@mantine/core';
import { IconEye, IconEyeOff, IconMinimize, IconPin, IconPinnedOff, IconShare2 } from '../../../shared/ui/icons.tsx';
import type { NodeActions } from '../menu/node-menu.tsx';
import type { Groups, NamedGroup } from './use-groups.ts';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

interface GroupItemsProps {
  readonly group: NamedGroup;
  readonly groups: Groups;
  readonly actions: Pick<NodeActions, 'hide' | 'isPinned' | 'togglePin'>;
}

/** The actions of a closed group. */
export function GroupItems({ group, groups, actions }: GroupItemsProps) {
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
