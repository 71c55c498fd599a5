import { useCallback, useEffect, useState } from 'react';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';

export interface Page<T> {
  readonly rows: readonly T[];
  readonly totalCount: number;
  /** Null: there is no more. */
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
 * A list that is read page by page: the first at once, the others when asked for.
 *
 * @param key what the list depends on: another key starts it anew
 * @param load one page; must not change while the key stays
 */
export function usePages<T>(key: string, load: (after: string | null) => Promise<Page<T>>): Pages<T> & { readonly more: () => void } {
  const [pages, setPages] = useState<Pages<T>>({ phase: 'loading', rows: [], totalCount: 0, error: null, next: null });
  const [after, setAfter] = useState<string | null>(null);
  const [shownKey, setShownKey] = useState(key);
  if (shownKey !== key) {
    setShownKey(key);
    setAfter(null);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `load`.
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
  }, [key, after]);

  const { next } = pages;
  const more = useCallback(() => setAfter(next), [next]);
  return { ...pages, more };
}
