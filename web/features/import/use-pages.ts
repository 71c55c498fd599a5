import { useCallback, useEffect, useRef, useState } from 'react';
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
 * @param moment a new one loads all rows again that are shown
 */
export function usePages<T>(
  key: string,
  load: (after: string | null) => Promise<Page<T>>,
  moment = '',
): Pages<T> & { readonly more: () => void; readonly retry: () => void } {
  const [pages, setPages] = useState<Pages<T>>({ phase: 'loading', rows: [], totalCount: 0, error: null, next: null });
  const [after, setAfter] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [shownKey, setShownKey] = useState(key);
  if (shownKey !== key) {
    setShownKey(key);
    setAfter(null);
  }
  const loaded = useRef({ key, moment, count: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `load`, and an attempt repeats it.
  useEffect(() => {
    let isCurrent = true;
    const { count, ...last } = loaded.current;
    const isAgain = last.key === key && last.moment !== moment;
    setPages((before) => ({ ...before, phase: 'loading', error: null }));
    (isAgain ? loadAgain(load, count) : load(after)).then(
      (page) => {
        if (!isCurrent) return;
        const isNext = !isAgain && after !== null;
        loaded.current = { key, moment, count: isNext ? count + page.rows.length : page.rows.length };
        setPages((before) => ({
          phase: 'ready',
          rows: isNext ? [...before.rows, ...page.rows] : page.rows,
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
  }, [key, moment, after, attempt]);

  const { next } = pages;
  const more = useCallback(() => {
    setAfter(next);
    // The cursor may be that of an earlier page, once rows are gone.
    setAttempt((count) => count + 1);
  }, [next]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { ...pages, more, retry };
}

/** Loads as many rows as are shown, and at least one page. */
async function loadAgain<T>(load: (after: string | null) => Promise<Page<T>>, count: number): Promise<Page<T>> {
  let page = await load(null);
  const rows = [...page.rows];
  while (rows.length < count && page.next !== null) {
    page = await load(page.next);
    rows.push(...page.rows);
  }
  return { ...page, rows };
}
