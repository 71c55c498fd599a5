import type { ReactNode } from 'react';
import { formatCount } from '../../../../shared/format/count.ts';
import { IconArrowsUpDown, IconCheck, IconCircleX, IconPlus } from '../../../../shared/ui/icons.tsx';
import type { ImportDetail } from '../../use-import.ts';
import classes from './report-band.module.css';

/** The effect of a commit in four figures, before or after it. */
export function ReportBand({ of, words }: { readonly of: NonNullable<ImportDetail['report']>; readonly words: 'would' | 'did' }) {
  const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;
  const would = words === 'would';
  return (
    <dl className={classes.band}>
      <Figure value={of.created} icon={<IconPlus {...icon} />} label={would ? 'Create' : 'Created'} />
      <Figure value={of.updated} icon={<IconArrowsUpDown {...icon} />} label={would ? 'Update' : 'Updated'} />
      <Figure value={of.unchanged} icon={<IconCheck {...icon} />} label="Unchanged" />
      <Figure value={of.rejected} icon={<IconCircleX {...icon} />} label={would ? 'Reject' : 'Rejected'} />
    </dl>
  );
}

function Figure({ value, icon, label }: { readonly value: number; readonly icon: ReactNode; readonly label: string }) {
  return (
    <div className={classes.figure}>
      <dt>
        {icon} {label}
      </dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}
