import { formatCount } from '../../../shared/format/count.ts';
import { ImportWaitingDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { changedValue, fieldInWords, recordName } from '../report/rows/change-words.ts';
import type { ImportDetail } from '../use-import.ts';
import classes from './questions.module.css';

/** The changes of recorded facts in an organization's own answer, which wait for a decision. */
export function WaitingDetails({ of }: { readonly of: ImportDetail }) {
  const { data } = useQuestion(ImportWaitingDocument, { id: of.id });
  const waiting = data?.import?.waiting;
  if (waiting === undefined) return null;
  return (
    <details className={classes.more} open>
      <summary>Changes that wait ({formatCount(waiting.totalCount)})</summary>
      <ul className={classes.unlisted}>
        {waiting.edges.map(({ node: { id, factKind, factId, fields } }) => (
          <li key={id}>
            {recordName({ factKind, factId, name: null })}:{' '}
            {fields
              .map(({ field, before, after }) => {
                const [was, becomes] = [before, after].map((value) =>
                  value === null ? 'not stated' : changedValue(factKind, field, value),
                );
                return `${fieldInWords(factKind, field)} from ${was} to ${becomes}`;
              })
              .join(', ')}
          </li>
        ))}
        {waiting.edges.length < waiting.totalCount && <li>and {formatCount(waiting.totalCount - waiting.edges.length)} more</li>}
      </ul>
    </details>
  );
}
