import { Button, Skeleton } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { LongProgress } from '../graphql/ask-long.ts';
import { errorSentence } from '../graphql/error-sentence.ts';
import type { AskedQuestion } from '../graphql/use-question.ts';
import classes from './answer-frame.module.css';

interface AnswerFrameProps<TData> {
  readonly asked: AskedQuestion<TData, unknown>;
  /** The sentence while a first answer takes long, such as "Computing the radius of every organization". */
  readonly waiting: string;
  readonly children: (data: TData) => ReactNode;
}

/**
 * An answer with its states: a skeleton, after one second how long it takes and a way to cancel, the error with Retry, or the answer. A failed or
 * canceled renewal keeps the last answer and says so.
 */
export function AnswerFrame<TData>({ asked, waiting, children }: AnswerFrameProps<TData>) {
  const { question, data } = asked;
  return (
    <>
      <AnswerState asked={asked} waiting={waiting} />
      {data !== null && children(data)}
      {data === null && question.phase !== 'failed' && <RowsSkeleton />}
    </>
  );
}

/** The states of an answer that is shown elsewhere. */
export function AnswerState({ asked, waiting }: Pick<AnswerFrameProps<unknown>, 'asked' | 'waiting'>) {
  const { question, isStale, retry, cancel } = asked;
  return (
    <>
      <FailedLine asked={asked} />
      {question.phase === 'answered' && question.isCanceled && (
        <p className={classes.waiting} role="status">
          Canceled. The last answer is shown.
          <Button variant="default" size="compact-sm" onClick={retry}>
            Retry
          </Button>
        </p>
      )}
      {question.phase === 'asking' && (
        <Waiting since={question.since} words={waiting} isEarlierShown={isStale} progress={question.progress} onCancel={cancel} />
      )}
    </>
  );
}

interface FailedLineProps {
  readonly asked: AskedQuestion<unknown, unknown>;
  /** Says what is missing on the page, where no frame does. */
  readonly missing?: string;
}

/** The error of a failed question, with Retry; nothing otherwise. For an answer that is only a part of what its place shows. */
export function FailedLine({ asked: { question, data, retry }, missing }: FailedLineProps) {
  if (question.phase !== 'failed') return null;
  return (
    <p className={classes.failed} role="alert">
      {missing} {errorSentence(question.error)} {data !== null && 'The last answer is shown. '}
      <Button variant="default" size="compact-sm" onClick={retry}>
        Retry
      </Button>
    </p>
  );
}

interface WaitingProps {
  readonly since: number;
  readonly words: string;
  /** The page shows the answer to another question meanwhile. */
  readonly isEarlierShown: boolean;
  readonly progress: LongProgress | null;
  readonly onCancel: () => void;
}

function Waiting({ since, words, isEarlierShown, progress, onCancel }: WaitingProps) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1000)), 250);
    return () => clearInterval(timer);
  }, [since]);
  if (seconds < 1) return null;
  const percent = progress?.total ? Math.floor((100 * progress.done) / progress.total) : null;
  return (
    <p className={classes.waiting} role="status">
      {words}: {seconds} s{percent === null ? '' : `, ${percent}% done`}.{isEarlierShown && ' Until then, the last answer is shown.'}
      {percent !== null && <progress className={classes.progress} value={percent} max={100} aria-label={words} />}
      <Button variant="default" size="compact-sm" onClick={onCancel}>
        Cancel
      </Button>
    </p>
  );
}

function RowsSkeleton() {
  return (
    <div className={classes.skeleton} aria-hidden="true">
      {Array.from({ length: 8 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a skeleton have no identity.
        <Skeleton key={row} height={14} width={`${85 - ((row * 17) % 40)}%`} radius={4} />
      ))}
    </div>
  );
}
