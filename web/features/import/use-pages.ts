import { useCallback, useEffect, useRef, useState } from 'react';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import type { Connection, MoreRows } from '../../shared/lists/use-more-rows.ts';

/** Loads one page; null or undefined: the list is no longer there. */
type Load<T> = (after: string | null) => Promise<Connection<T> | null | undefined>;

interface Pages<T> {
  readonly rows: readonly T[];
  readonly totalCount: number;
  readonly isLoading: boolean;
  readonly problem: string | null;
  /** Cursor of the next page; null on the last page. */
  readonly next: string | null;
}

/**
 * Loads a list page by page: the first page at once, the next with `more`; `retry` repeats a failed one.
 *
 * @param key identifies the list; a new key starts over
 * @param load must stay the same while the key does
 * @param moment a new one loads all rows again that are shown
 */
export function usePages<T>(key: string, load: Load<T>, moment = ''): MoreRows<T> & { readonly retry: () => void } {
  const [pages, setPages] = useState<Pages<T>>({ isLoading: true, rows: [], totalCount: 0, problem: null, next: null });
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
    setPages((before) => ({ ...before, isLoading: true, problem: null }));
    (isAgain ? loadAgain(load, count) : pageOf(load, after)).then(
      ({ rows, ...page }) => {
        if (!isCurrent) return;
        const isNext = !isAgain && after !== null;
        loaded.current = { key, moment, count: isNext ? count + rows.length : rows.length };
        setPages((before) => ({ ...page, isLoading: false, rows: isNext ? [...before.rows, ...rows] : rows, problem: null }));
      },
      (error: unknown) => {
        if (isCurrent) setPages((before) => ({ ...before, isLoading: false, problem: errorSentence(error) }));
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
  return { ...pages, more: next === null ? null : more, retry };
}

type Page<T> = Pick<Pages<T>, 'rows' | 'totalCount' | 'next'>;

async function pageOf<T>(load: Load<T>, after: string | null): Promise<Page<T>> {
  const { edges, totalCount, pageInfo } = (await load(after)) ?? { edges: [], totalCount: 0, pageInfo: { hasNextPage: false } };
  return { rows: edges.map(({ node }) => node), totalCount, next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null };
}

/** Loads as many rows as are shown, and at least one page. */
async function loadAgain<T>(load: Load<T>, count: number): Promise<Page<T>> {
  let page = await pageOf(load, null);
  const rows = [...page.rows];
  while (rows.length < count && page.next !== null) {
    page = await pageOf(load, page.next);
    rows.push(...page.rows);
  }
  return { ...page, rows };
}
