import { useCallback, useEffect, useState } from 'react';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import type { Operation } from '../../shared/graphql/operation.ts';

export interface AskedAll<TData> {
  /** The answers in the order of the variables; null until all have arrived. A later round keeps the last answers until then. */
  readonly answers: readonly TData[] | null;
  /** The answers are those to the current variables. */
  readonly isCurrent: boolean;
  readonly error: string | null;
  readonly retry: () => void;
}

/** Asks one question for each of several variables, again when these or the facts change. */
export function useAll<TData, TVariables>(document: Operation<TData, TVariables>, variables: readonly TVariables[]): AskedAll<TData> {
  const epoch = useFactsEpoch();
  const [attempt, setAttempt] = useState(0);
  const key = `${epoch} ${attempt} ${JSON.stringify(variables)}`;
  const [answered, setAnswered] = useState<{ readonly key: string; readonly answers: readonly TData[] } | null>(null);
  const [error, setError] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the variables.
  useEffect(() => {
    let isWanted = true;
    setError(null);
    Promise.all(variables.map((one) => client.query({ query: document, variables: one } as Parameters<typeof client.query>[0]))).then(
      (all) => {
        if (isWanted) setAnswered({ key, answers: all.map(({ data }) => data as TData) });
      },
      (caught: unknown) => {
        if (isWanted) setError(errorSentence(caught));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [document, key]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { answers: answered?.answers ?? null, isCurrent: answered?.key === key, error, retry };
}
