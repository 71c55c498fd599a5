import { countOf } from '../../shared/format/count.ts';
import { formatDuration, formatInstant } from '../../shared/format/instant.ts';
import { IconAlertTriangle } from '../../shared/ui/icons.tsx';
import classes from './incidents.module.css';

const DAY_MS = 86_400_000;

/** A deadline, and how far it is away or overdue: whole days, or hours and minutes below a day. */
export function DueMark({ dueAt }: { readonly dueAt: string }) {
  const now = new Date().toISOString();
  const isOverdue = Date.parse(dueAt) < Date.parse(now);
  const [from, to] = isOverdue ? [dueAt, now] : [now, dueAt];
  const days = Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);
  return (
    <span className={classes.due} data-overdue={isOverdue || undefined}>
      {isOverdue && <IconAlertTriangle size={14} stroke={1.8} />}
      <span>
        {formatInstant(dueAt)}
        <small>
          {isOverdue ? 'overdue by' : 'in'} {days > 0 ? countOf(days, 'day', 'days') : formatDuration({ from, to })}
        </small>
      </span>
    </span>
  );
}
