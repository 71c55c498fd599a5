import type { ReactNode } from 'react';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import type { AskedQuestion } from '../../../shared/graphql/use-question.ts';
import { useStaleMark } from '../../../shared/ui/use-slow.ts';
import { ListSkeleton } from '../summary/skeletons.tsx';
import classes from './plain-list.module.css';

interface ListAnswerProps<TData> {
  readonly asked: AskedQuestion<TData, unknown>;
  readonly children: (data: TData) => ReactNode;
}

/** A list with a request of its own: its skeleton, its error with Retry, or its rows. */
export function ListAnswer<TData>({ asked, children }: ListAnswerProps<TData>) {
  const { question, data, isStale, retry } = asked;
  const isEarlier = useStaleMark(isStale);
  if (question.phase === 'failed') {
    return (
      <p className={classes.none} role="alert">
        {errorSentence(question.error)}{' '}
        <button type="button" className={classes.action} onClick={retry}>
          Retry
        </button>
      </p>
    );
  }
  // The rows of another question never stand below the figures of this one for long.
  return data === null || isEarlier ? <ListSkeleton /> : children(data);
}
