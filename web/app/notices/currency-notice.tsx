import { formatInstantUtc } from '../../shared/format/instant.ts';
import classes from './currency-notice.module.css';
import { usePulse } from './use-pulse.ts';

/** Warns that the database or the server cannot be reached, and dates the data on the screen. */
export function CurrencyNotice() {
  const pulse = usePulse();
  if (pulse.phase === 'current') return null;
  const what = pulse.phase === 'database-away' ? 'database' : 'server';
  return (
    <p className={classes.notice} role="status">
      The {what} cannot be reached.{pulse.since === null ? '' : ` Showing data from ${formatInstantUtc(pulse.since)}.`}
    </p>
  );
}
