import { Checkbox, TextInput } from '@mantine/core';
import { formatCount } from '../../../shared/format/count.ts';
import { factName } from '../../../shared/format/fact-name.ts';
import { ImportUnlistedDocument } from '../../../shared/generated/operations.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import type { ImportDetail } from '../use-import.ts';
import { isGuarded, type UnlistedAnswer } from './answers.ts';
import classes from './questions.module.css';

interface UnlistedAnswerProps {
  readonly of: ImportDetail;
  readonly question: ImportDetail['questions'][number];
  readonly choice: string | null;
  readonly answer: UnlistedAnswer;
  readonly onAnswer: (answer: UnlistedAnswer) => void;
}

/** The details of an answer about facts that are no longer listed: the date, the confirmation, and the facts themselves. */
export function UnlistedDetails({ of, question, choice, answer, onAnswer }: UnlistedAnswerProps) {
  const { data } = useQuestion(ImportUnlistedDocument, { id: of.id });
  const unlisted = data?.import?.unlisted;
  return (
    <div className={classes.more}>
      {choice === 'end' && (
        <TextInput
          type="date"
          label="Last day"
          className={classes.date ?? ''}
          value={answer.day}
          onChange={(event) => onAnswer({ ...answer, day: event.currentTarget.value })}
        />
      )}
      {isGuarded(question) && choice !== 'keep' && choice !== null && (
        <Checkbox
          label="The list is whole: so many are gone"
          checked={answer.isConfirmed}
          onChange={(event) => onAnswer({ ...answer, isConfirmed: event.currentTarget.checked })}
        />
      )}
      {unlisted !== undefined && (
        <details>
          <summary>No longer listed ({formatCount(unlisted.totalCount)})</summary>
          <ul className={classes.unlisted}>
            {unlisted.edges.map(({ node }) => (
              <li key={`${node.__typename} ${'id' in node ? node.id : factName(node)}`}>{factName(node)}</li>
            ))}
            {unlisted.edges.length < unlisted.totalCount && <li>and {formatCount(unlisted.totalCount - unlisted.edges.length)} more</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
