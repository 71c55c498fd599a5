import { formatMoment } from '../shared/format/instant.ts';
import classes from './currency-notice.module.css';
import { usePulse } from './use-pulse.ts';

/** Says so where what is shown may no longer be what holds, and from when it is. */
export function CurrencyNotice() {
  const pulse = usePulse();
  if (pulse.phase === 'current') return null;
  const who = pulse.phase === 'database-away' ? 'database' : 'server';
  return (
    <p className={classes.notice} role="status">
      The {who} cannot be reached.{pulse.since === null ? '' : ` What you see is from ${formatMoment(pulse.since)}.`}
    </p>
  );
}
