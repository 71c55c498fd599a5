import { Fragment, type ReactNode } from 'react';
import { IconChevronDown } from '../ui/icons.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import type { Sort } from '../url/rankings-url.ts';
import classes from './data-table.module.css';
import { MoreRowsLine } from './more-rows.tsx';
import { type Connection, useMoreRows } from './use-more-rows.ts';

export interface Column<T> {
  readonly key: string;
  /** Words, or what acts on every row. */
  readonly title: ReactNode;
  /** A help card beside the title. */
  readonly help?: ReactNode;
  readonly isNumber?: boolean;
  /** Its cells name their rows. With a selection, such a cell is the button that selects its row. */
  readonly isName?: boolean;
  /** Left out on a narrow screen. */
  readonly isExtra?: boolean;
  /** Left out in print: its cells act. */
  readonly isScreenOnly?: boolean;
  /** The class of its cells. */
  readonly className?: string | undefined;
  readonly cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  /** Accessible name. */
  readonly label: string;
  /** Shows the name above the table. */
  readonly hasCaption?: boolean;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T, place: number) => string | number;
  /** A card, lines without a frame, or a list that fills its pane, with heads that stay in sight. */
  readonly look?: 'card' | 'plain' | 'pane';
  /** Rows whose cells stand below each other on a narrow screen, without the heads. */
  readonly isStacked?: boolean;
  /** The rows select something, one at a time, by their keys. */
  readonly selection?: { readonly key: string | null; readonly select: (key: string) => void };
  /** Whether a row stands out. Default: it is the selected one. */
  readonly isChosen?: (row: T) => boolean;
  /** Below a row, as wide as the table. */
  readonly detailOf?: (row: T) => ReactNode;
  readonly order?: {
    readonly sort: Sort | null;
    /** Columns that can order the table. */
    readonly sortable: ReadonlySet<string>;
    readonly onSort: (key: string) => void;
  };
  readonly isStale?: boolean;
  /** The sentence in place of a table without rows. */
  readonly none?: ReactNode;
  /** Below the rows. */
  readonly children?: ReactNode;
}

/** The table of the page: heads, rows with their names, selection, order, and the sentence where there is no row. It scrolls sideways in its box. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, keyOf, look = 'card', selection, isChosen, detailOf, order, children } = props;
  if (rows.length === 0 && props.none !== undefined)
    return (
      <p className={classes.none} data-look={look}>
        {props.none}
      </p>
    );
  return (
    <ScrollBox label={label} className={`${classes.box} ${classes[look]}`}>
      <table
        className={classes.table}
        data-stale={props.isStale || undefined}
        data-stacked={props.isStacked || undefined}
        data-selects={selection !== undefined || undefined}
      >
        {props.hasCaption && <caption>{label}</caption>}
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => {
            const key = keyOf(row, place);
            const isSelected = key === selection?.key;
            const detail = detailOf?.(row);
            return (
              <Fragment key={key}>
                <tr data-selected={isChosen?.(row) || isSelected || undefined} onClick={selection && (() => selection.select(String(key)))}>
                  {columns.map((column) => {
                    const cell = column.cell(row);
                    if (!column.isName) {
                      return (
                        <td key={column.key} {...looksOf(column)} className={column.className}>
                          {cell}
                        </td>
                      );
                    }
                    return (
                      <th key={column.key} scope="row" className={column.className}>
                        {selection === undefined ? (
                          cell
                        ) : (
                          <button type="button" className={classes.name} aria-pressed={isSelected}>
                            {cell}
                          </button>
                        )}
                      </th>
                    );
                  })}
                </tr>
                {detail != null && detail !== false && (
                  <tr>
                    <td colSpan={columns.length}>{detail}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {children}
    </ScrollBox>
  );
}

function looksOf<T>({ title, isNumber, isExtra, isScreenOnly }: Column<T>) {
  return {
    'data-head': typeof title === 'string' ? title : undefined,
    'data-number': isNumber || undefined,
    'data-extra': isExtra || undefined,
    'data-screen-only': isScreenOnly || undefined,
  };
}

function Head<T>({ column, order }: { readonly column: Column<T>; readonly order: DataTableProps<T>['order'] }) {
  const sort = order?.sort?.key === column.key ? order.sort : null;
  return (
    <th scope="col" {...looksOf(column)} aria-sort={sort === null ? undefined : sort.isDescending ? 'descending' : 'ascending'}>
      <span className={classes.title}>
        {order?.sortable.has(column.key) ? (
          <button type="button" className={classes.sort} onClick={() => order.onSort(column.key)}>
            {column.title}
            {sort !== null && <IconChevronDown size={14} aria-hidden="true" data-up={!sort.isDescending || undefined} />}
          </button>
        ) : (
          column.title
        )}
        {column.help}
      </span>
    </th>
  );
}

interface PagedTableProps<T> extends Omit<DataTableProps<T>, 'rows' | 'children'> {
  readonly first: Connection<T>;
  readonly load: (after: string) => Promise<Connection<T> | null>;
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
