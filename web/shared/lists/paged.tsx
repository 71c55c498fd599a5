import type { ReactNode } from 'react';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { MoreRowsLine } from './more-rows.tsx';
import { type Connection, type MoreRows, useMoreRows } from './use-more-rows.ts';

interface List<T> {
  readonly first: Connection<T>;
  readonly load: (after: string) => Promise<Connection<T> | null>;
}

/** A list with its further pages, for an answer that may not be there yet. */
export function Paged<T>({ first, load, children }: List<T> & { readonly children: (list: MoreRows<T>) => ReactNode }) {
  return children(useMoreRows(first, load));
}

interface PagedTableProps<T> extends List<T>, Omit<DataTableProps<T>, 'rows' | 'children'> {
  readonly noun: string;
  /** Gets the rows as they are loaded. */
  readonly onRows?: (rows: readonly T[]) => void;
}

/** A table with its further pages. */
export function PagedTable<T>({ first, load, noun, onRows, ...table }: PagedTableProps<T>) {
  const list = useMoreRows(first, load);
  onRows?.(list.rows);
  return (
    <DataTable {...table} rows={list.rows}>
      <MoreRowsLine list={list} noun={noun} />
    </DataTable>
  );
}
