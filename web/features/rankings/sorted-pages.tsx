import type { RefObject } from 'react';
import { countOf } from '../../shared/format/count.ts';
import type { AskedQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, DataTable, sortRows } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import type { Connection } from '../../shared/lists/use-more-rows.ts';
import classes from './rankings.module.css';
import type { RankingsView } from './rankings-frame.tsx';

interface SortedPagesProps<TData, TRow> {
  readonly view: RankingsView;
  readonly asked: AskedQuestion<TData, unknown>;
  /** The sentence while a first answer takes long. */
  readonly waiting: string;
  readonly listOf: (data: TData) => Connection<TRow> | null;
  readonly load: (after: string) => Promise<TData | null | undefined>;
  /** The sentence if there is no row. */
  readonly none: string;
  readonly label: string;
  readonly noun: string;
  readonly columns: readonly Column<TRow>[];
  readonly keyOf: (row: TRow) => string;
  /** The sort key of each column. */
  readonly values: Parameters<typeof sortRows<TRow>>[2];
  /** The server's order; null: by a value of no column. */
  readonly first: { readonly key: string; readonly isDescending: boolean } | null;
  /** Gets the rows in the order in which they stand. */
  readonly shown: RefObject<readonly TRow[]>;
  /** Default: selects the row. */
  readonly onSelect?: (key: string) => void;
}

/** A ranking that the page sorts itself, once all rows are loaded: until then, the order is the server's. */
export function SortedPages<TData, TRow>(props: SortedPagesProps<TData, TRow>) {
  const { view, asked, listOf, load, values, shown } = props;
  const { state, select, sortBy } = view;
  return (
    <AnswerFrame asked={asked} waiting={props.waiting}>
      {(data) => {
        const first = listOf(data);
        return first === null ? null : (
          <Paged
            first={first}
            load={async (after) => {
              const next = await load(after);
              return next === null || next === undefined ? null : listOf(next);
            }}
          >
            {(list) => {
              const isWhole = list.rows.length >= list.totalCount;
              shown.current = sortRows(list.rows, isWhole ? state.sort : null, values);
              return (
                <DataTable
                  look="pane"
                  label={props.label}
                  columns={props.columns}
                  rows={shown.current}
                  keyOf={props.keyOf}
                  selection={{ key: state.selection, select: props.onSelect ?? select }}
                  order={{
                    sort: (isWhole ? state.sort : null) ?? props.first,
                    sortable: new Set(isWhole ? Object.keys(values) : []),
                    onSort: (key) => sortBy(key, key !== 'name' && key !== 'lab'),
                  }}
                  isStale={asked.isStale}
                  none={props.none}
                >
                  <MoreRowsLine list={list} noun={props.noun} />
                  {!isWhole && <OtherOrders total={list.totalCount} />}
                </DataTable>
              );
            }}
          </Paged>
        );
      }}
    </AnswerFrame>
  );
}

/** Says when a table that the page sorts itself can be sorted. */
function OtherOrders({ total }: { readonly total: number }) {
  return <p className={classes.none}>Other orders are offered once {countOf(total, 'row', 'rows')} are loaded.</p>;
}
