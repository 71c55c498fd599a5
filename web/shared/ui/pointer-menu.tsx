import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';

export interface PointerMenuProps {
  readonly label: string;
  /** Screen position; null: closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A menu at the pointer, or at the node that has keyboard focus. */
export function PointerMenu({ label, at, onClose, children }: PointerMenuProps) {
  return (
    <Menu opened={at !== null} onClose={onClose} position="right-start" offset={2} shadow="md" width={250} returnFocus withinPortal={false}>
      <Menu.Target>
        <span aria-hidden="true" style={{ position: 'fixed', left: at?.x ?? 0, top: at?.y ?? 0, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
    </Menu>
  );
}
