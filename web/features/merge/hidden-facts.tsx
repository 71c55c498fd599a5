import { countOf, formatCount } from '../../shared/format/count.ts';
import { factName } from '../../shared/format/fact-name.ts';
import type { HiddenByMergeQuery } from '../../shared/generated/operations.ts';
import classes from './merge.module.css';
import type { AskedAll } from './use-all.ts';

interface HiddenFactsProps {
  readonly asked: AskedAll<HiddenByMergeQuery>;
  /** The name of the organization that the others will mean. */
  readonly kept: string;
}

/** The facts that a merge would hide, because both of their ends become one organization. */
export function HiddenFacts({ asked, kept }: HiddenFactsProps) {
  const { answers, isCurrent, error, retry } = asked;
  if (error !== null) {
    return (
      <p className={classes.problem} role="alert">
        {error}{' '}
        <button type="button" className={classes.retry} onClick={retry}>
          Retry
        </button>
      </p>
    );
  }
  if (answers === null || !isCurrent) return <p className={classes.quiet}>Looking for records between these organizations …</p>;
  const lists = answers.map(({ hiddenByMerge }) => hiddenByMerge);
  const total = lists.reduce((sum, { totalCount }) => sum + totalCount, 0);
  if (total === 0) return <p className={classes.quiet}>The merge hides no record.</p>;
  const facts = lists.flatMap(({ edges }) => edges.map(({ node }) => node));
  return (
    <>
      <p>
        {countOf(total, 'record is', 'records are')} hidden while the merge stands, because both ends become {kept}. Unmerge shows{' '}
        {total === 1 ? 'it' : 'them'} again.
      </p>
      <ul className={classes.hidden} aria-label="Records that the merge hides">
        {facts.map((fact, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole, and two facts may have one name.
          <li key={place}>{factName(fact)}</li>
        ))}
        {facts.length < total && <li>and {formatCount(total - facts.length)} more</li>}
      </ul>
    </>
  );
}
