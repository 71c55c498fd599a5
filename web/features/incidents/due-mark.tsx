import { formatDuration, formatInstant } from '../../shared/format/instant.ts';
import { IconAlertTriangle } from '../../shared/ui/icons.tsx';
import classes from './incidents.module.css';

/** A deadline. After it: overdue, and by how long. */
export function DueMark({ dueAt }: { readonly dueAt: string }) {
  const now = new Date().toISOString();
  const isOverdue = Date.parse(dueAt) < Date.parse(now);
  return (
    <span className={classes.due} data-overdue={isOverdue || undefined}>
      {isOverdue && <IconAlertTriangle size={14} stroke={1.8} />}
      <span>
        {formatInstant(dueAt)}
        <small>
          {isOverdue ? `overdue by ${formatDuration({ from: dueAt, to: now })}` : `in ${formatDuration({ from: now, to: dueAt })}`}
        </small>
      </span>
    </span>
  );
}
