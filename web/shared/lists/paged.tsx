import type { ReactNode } from 'react';
import { type Connection, type MoreRows, useMoreRows } from './use-more-rows.ts';

interface PagedProps<T> {
  readonly first: Connection<T>;
  readonly load: (after: string) => Promise<Connection<T> | null>;
  readonly children: (list: MoreRows<T>) => ReactNode;
}

/** A list with its further pages, for an answer that may not be there yet. */
export function Paged<T>({ first, load, children }: PagedProps<T>) {
  return children(useMoreRows(first, load));
}
