import { useEffect, useMemo, useRef, useState } from 'react';
import { errorSentence } from '../graphql/error-sentence.ts';

export interface Connection<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly edges: readonly { readonly node: T }[];
}

export interface MoreRows<T> {
  readonly rows: readonly T[];
  readonly totalCount: number;
  readonly isLoading: boolean;
  readonly problem: string | null;
  /** Loads the next page; null if every row is loaded. */
  readonly more: (() => void) | null;
}

interface Loaded<T> {
  readonly first: Connection<T>;
  readonly pages: readonly Connection<T>[];
  readonly isLoading: boolean;
  readonly problem: string | null;
}

const NOTHING_LOADED = { pages: [], isLoading: false, problem: null };

/**
 * A list of an answer that loads further pages on request. A new first page starts over.
 *
 * @param load loads the page after a cursor; null if the answer no longer exists
 */
export function useMoreRows<T>(first: Connection<T>, load: (after: string) => Promise<Connection<T> | null>): MoreRows<T> {
  const [state, setState] = useState<Loaded<T>>({ first, pages: [], isLoading: false, problem: null });
  const latest = useRef({ first, load });
  latest.current = { first, load };
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const { pages, isLoading, problem } = state.first === first ? state : NOTHING_LOADED;
  return useMemo(() => {
    const { pageInfo } = pages.at(-1) ?? first;
    const after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
    const more = () => {
      if (after === null) return;
      const isCurrent = () => isMounted.current && latest.current.first === first;
      const start: Loaded<T> = { first, pages: [], isLoading: true, problem: null };
      setState((before) => ({ ...(before.first === first ? before : start), isLoading: true, problem: null }));
      latest.current.load(after).then(
        (page) => {
          if (!isCurrent()) return;
          setState((before) => ({
            ...before,
            pages: page === null ? before.pages : [...before.pages, page],
            isLoading: false,
            problem: page === null ? 'The data has changed. Reload the page.' : null,
          }));
        },
        (error: unknown) => isCurrent() && setState((before) => ({ ...before, isLoading: false, problem: errorSentence(error) })),
      );
    };
    return {
      rows: [first, ...pages].flatMap((page) => page.edges.map((edge) => edge.node)),
      totalCount: first.totalCount,
      isLoading,
      problem,
      more: after === null ? null : more,
    };
  }, [first, pages, isLoading, problem]);
}
