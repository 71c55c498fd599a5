import type { ReactNode } from 'react';
import classes from './framed-table.module.css';
import { ScrollBox } from './scroll-box.tsx';

interface FramedTableProps {
  /** Accessible name. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A short table in a frame that scrolls sideways where the page is narrow. Cells with `data-number` are aligned as numbers. */
export function FramedTable({ label, children }: FramedTableProps) {
  return (
    <ScrollBox className={classes.frame} label={label}>
      <table className={classes.table}>{children}</table>
    </ScrollBox>
  );
}
