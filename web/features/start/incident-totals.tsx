import { useMemo } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { IncidentTotalsDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import classes from './start.module.css';

/** The totals of one incident. Each incident is requested separately, so a large one does not delay the others. */
export function IncidentTotals({ incident }: { readonly incident: string }) {
  const asked = useQuestion(
    IncidentTotalsDocument,
    useMemo(() => ({ incident }), [incident]),
  );
  const summary = asked.data?.blastRadius?.summary;
  if (asked.question.phase === 'failed') return <span className={classes.faint}>Its totals could not be read.</span>;
  if (summary === undefined) return <span className={classes.faint}>…</span>;
  return (
    <span className={classes.faint}>
      {formatCount(summary.exposedCount)} exposed, {formatCount(summary.possibleCount)} possible,{' '}
      {countOf(summary.affectedLabCount, 'lab', 'labs')}, {formatMoney(summary.worstCaseLossUsd)} worst case
    </span>
  );
}
