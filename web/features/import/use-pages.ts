import { useCallback, useEffect, useState } from 'react';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';

export interface Page<T> {
  readonly rows: readonly T[];
  readonly totalCount: number;
  /** Cursor of the next page; null on the last page. */
  readonly next: string | null;
}

export interface Pages<T> {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly rows: readonly T[];
  readonly totalCount: number;
  readonly error: string | null;
  readonly next: string | null;
}

/**
 * Loads a list page by page: the first page at once, the next with `more`; `retry` repeats a failed one.
 *
 * @param key identifies the list; a new key starts over
 * @param load loads one page; must stay the same while the key does
 */
export function usePages<T>(
  key: string,
  load: (after: string | null) => Promise<Page<T>>,
): Pages<T> & { readonly more: () => void; readonly retry: () => void } {
  const [pages, setPages] = useState<Pages<T>>({ phase: 'loading', rows: [], totalCount: 0, error: null, next: null });
  const [after, setAfter] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [shownKey, setShownKey] = useState(key);
  if (shownKey !== key) {
    setShownKey(key);
    setAfter(null);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `load`, and an attempt repeats it.
  useEffect(() => {
    let isCurrent = true;
    setPages((before) => ({ ...before, phase: 'loading', error: null }));
    load(after).then(
      (page) => {
        if (!isCurrent) return;
        setPages((before) => ({
          phase: 'ready',
          rows: after === null ? page.rows : [...before.rows, ...page.rows],
          totalCount: page.totalCount,
          error: null,
          next: page.next,
        }));
      },
      (error: unknown) => {
        if (isCurrent) setPages((before) => ({ ...before, phase: 'failed', error: errorSentence(error) }));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, after, attempt]);

  const { next } = pages;
  const more = useCallback(() => setAfter(next), [next]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...pages, more, retry };
}
