import type { ReactNode } from 'react';
import { IconChevronDown } from '../ui/icons.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import type { Sort } from '../url/rankings-url.ts';
import classes from './data-table.module.css';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** A help card beside the title. */
  readonly help?: ReactNode;
  readonly isNumber?: boolean;
  /** Left out on a narrow screen. */
  readonly isExtra?: boolean;
  readonly cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly selection: string | null;
  readonly onSelect: (key: string) => void;
  readonly sort: Sort | null;
  /** Columns that can order the table. */
  readonly sortable: ReadonlySet<string>;
  readonly onSort: (key: string) => void;
  readonly isStale: boolean;
  /** Below the rows. */
  readonly children?: ReactNode;
}

/** A table whose rows can be selected and whose columns can order it. The first column names the row. */
export function DataTable<T>({
  label,
  columns,
  rows,
  keyOf,
  selection,
  onSelect,
  sort,
  sortable,
  onSort,
  isStale,
  children,
}: DataTableProps<T>) {
  return (
    <ScrollBox label={label} className={classes.scroll}>
      <table className={classes.table} data-stale={isStale || undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} canSort={sortable.has(column.key)} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <tr key={key} data-selected={key === selection || undefined} onClick={() => onSelect(key)}>
                {columns.map((column, place) =>
                  place === 0 ? (
                    <th key={column.key} scope="row">
                      <button type="button" className={classes.name} aria-pressed={key === selection}>
                        {column.cell(row)}
                      </button>
                    </th>
                  ) : (
                    <td key={column.key} data-number={column.isNumber || undefined} data-extra={column.isExtra || undefined}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {children}
    </ScrollBox>
  );
}

interface HeadProps<T> {
  readonly column: Column<T>;
  readonly sort: Sort | null;
  readonly canSort: boolean;
  readonly onSort: (key: string) => void;
}

function Head<T>({ column, sort, canSort, onSort }: HeadProps<T>) {
  const isSorted = sort?.key === column.key;
  return (
    <th
      scope="col"
      data-number={column.isNumber || undefined}
      data-extra={column.isExtra || undefined}
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <span className={classes.title}>
        {canSort ? (
          <button type="button" className={classes.sort} onClick={() => onSort(column.key)}>
            {column.title}
            {isSorted && <IconChevronDown size={14} aria-hidden="true" data-up={!sort.isDescending || undefined} />}
          </button>
        ) : (
          column.title
        )}
        {column.help}
      </span>
    </th>
  );
}

/** Orders loaded rows by a column's value: unknown last, ties in their order. Without a sort, their order. */
export function sortRows<T>(
  rows: readonly T[],
  sort: Sort | null,
  values: Readonly<Record<string, (row: T) => string | number | null>>,
): readonly T[] {
  const value = sort === null ? undefined : values[sort.key];
  if (sort === null || value === undefined) return rows;
  const direction = sort.isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return direction * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en'));
  });
}

/** The next sort after a click on a column: descending first for numbers, ascending first for names, then the other way. */
export function nextSort(sort: Sort | null, key: string, isNumber: boolean): Sort {
  return sort?.key === key ? { key, isDescending: !sort.isDescending } : { key, isDescending: isNumber };
}
