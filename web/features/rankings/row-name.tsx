import type { ReactNode } from 'react';
import classes from './rankings.module.css';

interface RowNameProps {
  readonly mark: ReactNode;
  readonly name: string;
  readonly detail?: string | null;
}

/** The mark, name and one line of detail that begin a row. */
export function RowName({ mark, name, detail = null }: RowNameProps) {
  return (
    <>
      {mark}
      <span className={classes.rowName}>
        <strong className="one-line" title={name}>
          {name}
        </strong>
        {detail !== null && <small>{detail}</small>}
      </span>
    </>
  );
}

/** A share from 0 to 1 as a bar. `label` gives the share in words. */
export function Meter({ share, label }: { readonly share: number; readonly label: string }) {
  return (
    <span className={classes.meter} role="img" aria-label={label} title={label}>
      <span style={{ width: `${Math.min(100, Math.max(0, 100 * share))}%` }} />
    </span>
  );
}
