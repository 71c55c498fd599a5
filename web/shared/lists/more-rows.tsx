import { type ReactNode, useEffect } from 'react';
import { formatCount } from '../format/count.ts';
import classes from './more-rows.module.css';
import { type Connection, type MoreRows, useMoreRows } from './use-more-rows.ts';

/** "Showing 500 of 2,306 artifacts", with a button for the next page. Nothing if every row is shown. */
export function MoreRowsLine({ list, noun }: { readonly list: MoreRows<unknown>; readonly noun: string }) {
  const { rows, totalCount, more, isLoading, problem } = list;
  if (rows.length >= totalCount) return null;
  return (
    <p className={classes.more}>
      <span>
        Showing {formatCount(rows.length)} of {formatCount(totalCount)} {noun}.
      </span>
      {more !== null && (
        <button type="button" className={classes.action} disabled={isLoading} onClick={more}>
          {isLoading ? 'Loading …' : 'Show more'}
        </button>
      )}
      {problem !== null && <span role="alert">{problem}</span>}
    </p>
  );
}

/** The sentence in place of a list without rows: the problem, else that it loads, else that there is none. */
export function noRows({ problem, isLoading }: MoreRows<unknown>, loading: string, none: string): ReactNode {
  return problem === null ? isLoading ? loading : none : <span role="alert">{problem}</span>;
}

interface PagedProps<T> {
  readonly first: Connection<T>;
  readonly load: (after: string) => Promise<Connection<T> | null>;
  /** Gets the rows after each rendering that changed them. */
  readonly onRows?: ((rows: readonly T[]) => void) | undefined;
  readonly children: (list: MoreRows<T>) => ReactNode;
}

/** A list with its further pages, for an answer that may not be there yet. */
export function Paged<T>({ first, load, onRows, children }: PagedProps<T>) {
  const list = useMoreRows(first, load);
  useEffect(() => onRows?.(list.rows), [onRows, list.rows]);
  return children(list);
}
