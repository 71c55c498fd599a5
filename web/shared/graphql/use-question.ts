import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useLocationPart } from '../url/location.ts';
import type { LongProgress, ProgressOf } from './ask-long.ts';
import { askLong } from './ask-long.ts';
import { isUnanswered } from './error-sentence.ts';
import { useFactsEpoch } from './facts-epoch.ts';
import type { Operation } from './operation.ts';
import { doubtServer, useServerAway } from './server-away.ts';

/** The phases of a query. The last answer stays available while the next request runs and after it fails. */
type Question<TData, TVariables> =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'asking';
      readonly last: Answer<TData, TVariables> | null;
      readonly since: number;
      readonly progress: LongProgress | null;
    }
  /** `isCanceled`: the reader ended a later request, so the answer of the one before is shown. */
  | { readonly phase: 'answered'; readonly last: Answer<TData, TVariables>; readonly isCanceled: boolean }
  | { readonly phase: 'failed'; readonly last: Answer<TData, TVariables> | null; readonly error: unknown }
  /** The server cannot be reached. The frame says so for the whole page, and the question is asked again when the server is back. */
  | { readonly phase: 'away'; readonly last: Answer<TData, TVariables> | null };

interface Answer<TData, TVariables> {
  readonly data: TData;
  /** The variables that the data answers. */
  readonly variables: TVariables;
  /** The parts of the address that every question carries. */
  readonly shared: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

export interface AskedQuestion<TData, TVariables> {
  readonly question: Question<TData, TVariables>;
  readonly data: TData | null;
  /** The data is for other variables, another moment or other names than the current ones. */
  readonly isStale: boolean;
  readonly retry: () => void;
  readonly cancel: () => void;
}

/**
 * Runs a query, and runs it again when the variables or the facts change. A new request aborts the one in flight. `null` variables send
 * nothing and drop the last answer.
 *
 * @param progressOf for an answer that may take long: finds its progress, which the state shows while the question is asked again
 */
export function useQuestion<TData, TVariables>(
  document: Operation<TData, TVariables>,
  variables: TVariables | null,
  progressOf?: ProgressOf<TData>,
): AskedQuestion<TData, TVariables> {
  const [question, setQuestion] = useState<Question<TData, TVariables>>({ phase: 'idle' });
  const [attempt, setAttempt] = useState(0);
  const epoch = useFactsEpoch();
  // The client adds these to every question.
  const shared = useLocationPart(({ params }) => `${params.get('knownAt')} ${params.get('redact')}`);
  const controller = useRef<AbortController | null>(null);
  const key = variables === null ? null : JSON.stringify(variables);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables; `progressOf` belongs to the document; epoch, attempt and shared repeat the same request.
  useEffect(() => {
    if (variables === null) {
      setQuestion({ phase: 'idle' });
      return;
    }
    const abort = new AbortController();
    controller.current = abort;
    setQuestion((before) => ({ phase: 'asking', last: lastOf(before), since: Date.now(), progress: null }));
    askLong(document, variables, {
      progressOf,
      onProgress: (progress) => setQuestion((before) => (before.phase === 'asking' ? { ...before, progress } : before)),
      signal: abort.signal,
    })
      .then((data) => {
        if (!abort.signal.aborted) setQuestion({ phase: 'answered', last: { data, variables, shared, at: Date.now() }, isCanceled: false });
      })
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        if (isUnanswered(error)) doubtServer();
        setQuestion((before) => ({ phase: 'failed', last: lastOf(before), error }));
      });
    return () => abort.abort();
  }, [document, key, epoch, attempt, shared]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const cancel = useCallback(() => {
    controller.current?.abort();
    setQuestion((before) => {
      const last = lastOf(before);
      return last === null
        ? { phase: 'failed', last, error: new DOMException('canceled', 'AbortError') }
        : { phase: 'answered', last, isCanceled: true };
    });
  }, []);

  const last = lastOf(question);
  const isStale = last !== null && (question.phase === 'failed' || JSON.stringify(last.variables) !== key || last.shared !== shared);
  const hasFailed = question.phase === 'failed' || (question.phase === 'answered' && question.isCanceled);
  const isEarlier = isStale || question.phase === 'asking' || hasFailed;
  const owner = useId();
  const answeredAt = last?.at ?? null;
  useLayoutEffect(() => noteShownAnswer(owner, { isEarlier, hasFailed, answeredAt }), [owner, isEarlier, hasFailed, answeredAt]);
  useLayoutEffect(() => () => noteShownAnswer(owner, null), [owner]);
  const isAway = useServerAway() && question.phase === 'failed' && isUnanswered(question.error);
  return { question: isAway ? { phase: 'away', last } : question, data: last?.data ?? null, isStale, retry, cancel };
}

function lastOf<TData, TVariables>(question: Question<TData, TVariables>): Answer<TData, TVariables> | null {
  return question.phase === 'idle' ? null : question.last;
}

/** The answer that a view shows of one question. */
interface ShownAnswer {
  /** Whether a later question is under way, or has failed or was canceled, so that the view shows an earlier answer. */
  readonly isEarlier: boolean;
  /** Whether that later question has failed or was canceled: no answer to it will come by itself. */
  readonly hasFailed: boolean;
  /** When the answer came, in milliseconds since 1970; null if there is none. */
  readonly answeredAt: number | null;
}

const shown = new Map<string, ShownAnswer>();

/** Notes what a view shows of a question; null: the view is gone. @param owner one of a kind for each view and question */
function noteShownAnswer(owner: string, answer: ShownAnswer | null): void {
  if (answer === null) shown.delete(owner);
  else shown.set(owner, answer);
}

/** Whether some part of the page shows an earlier answer than the one that its address asks for. */
export function isPageBehind(): boolean {
  return [...shown.values()].some(({ isEarlier }) => isEarlier);
}

/** Whether an answer that the address asks for will not come by itself. */
export function hasQuestionFailed(): boolean {
  return [...shown.values()].some(({ hasFailed }) => hasFailed);
}

/** When the oldest answer on the page came, in milliseconds since 1970; now, if the page shows none. */
export function oldestAnswerAt(): number {
  return Math.min(Date.now(), ...[...shown.values()].flatMap(({ answeredAt }) => answeredAt ?? []));
}
