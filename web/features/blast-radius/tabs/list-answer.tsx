import type { ReactNode } from 'react';
import type { AskedQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { useStaleMark } from '../../../shared/ui/use-slow.ts';
import { ListSkeleton } from '../summary/skeletons.tsx';

interface ListAnswerProps<TData> {
  readonly asked: AskedQuestion<TData, unknown>;
  readonly children: (data: TData) => ReactNode;
}

/** A list with a request of its own: its skeleton, its error with Retry, or its rows. */
export function ListAnswer<TData>({ asked, children }: ListAnswerProps<TData>) {
  const { question, data, isStale } = asked;
  const isEarlier = useStaleMark(isStale);
  if (question.phase === 'failed') return <FailedLine asked={{ ...asked, data: null }} />;
  // The rows of another question never stand below the figures of this one for long.
  return data === null || isEarlier ? <ListSkeleton /> : children(data);
}
