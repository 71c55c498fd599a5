import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Icon } from './make-icon.tsx';

export interface PointerMenuProps {
  readonly label: string;
  /** The left end on the screen, and the width, of what the menu stands beside; null: closed. */
  readonly at: { readonly x: number; readonly y: number; readonly width: number } | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu beside the node under the pointer, or the one that has keyboard focus. Without room on either side, below that place. */
export function PointerMenu({ label, at, onClose, children }: PointerMenuProps) {
  return (
    <Menu
      opened={at !== null}
      onClose={onClose}
      position="right-start"
      middlewares={{ flip: { fallbackAxisSideDirection: 'end' }, shift: { crossAxis: true, padding: 8 } }}
      offset={2}
      shadow="md"
      width={250}
      returnFocus
      withinPortal={false}
    >
      <Menu.Target>
        <span aria-hidden="true" style={{ position: 'fixed', left: at?.x ?? 0, top: at?.y ?? 0, width: at?.width ?? 0, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** An act in a menu, with what stands beside its words: its icon, and its key or a count. */
export interface MenuAct {
  readonly words: string;
  readonly icon: Icon;
  readonly aside?: ReactNode;
  readonly act: () => void;
}

/** Acts as entries of a menu, with a line where an act is null. An act that is false is not offered. */
export function MenuActs({ acts }: { readonly acts: readonly (MenuAct | null | false)[] }) {
  return acts.map((each, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no words.
    if (each === null) return <Menu.Divider key={place} />;
    if (each === false) return null;
    const { words, icon: Shape, aside, act } = each;
    return (
      <Menu.Item key={words} leftSection={<Shape size={16} stroke={1.6} />} rightSection={aside} onClick={act}>
        {words}
      </Menu.Item>
    );
  });
}
