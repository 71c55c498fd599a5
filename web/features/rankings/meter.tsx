import classes from './rankings.module.css';

/** A share from 0 to 1 as a bar. `label` gives the share in words. */
export function Meter({ share, label }: { readonly share: number; readonly label: string }) {
  return (
    <span className={classes.meter} role="img" aria-label={label} title={label}>
      <span style={{ width: `${Math.min(100, Math.max(0, 100 * share))}%` }} />
    </span>
  );
}
