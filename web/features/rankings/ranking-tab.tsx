import { type ComponentProps, type ReactNode, useCallback, useRef } from 'react';
import { ExportMenu } from '../../shared/export/export-menu.tsx';
import { countOf } from '../../shared/format/count.ts';
import type { BatchAnswerFragment } from '../../shared/generated/operations.ts';
import { askLong, type LongProgress } from '../../shared/graphql/ask-long.ts';
import type { Operation } from '../../shared/graphql/operation.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { type Column, DataTable, sortRows } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine, Paged } from '../../shared/lists/more-rows.tsx';
import type { Connection } from '../../shared/lists/use-more-rows.ts';
import classes from './rankings.module.css';
import { RankingsFrame, type RankingsView } from './rankings-frame.tsx';

interface RankedRows<TRow> extends Connection<TRow> {
  readonly progress?: LongProgress | null;
  readonly batch?: BatchAnswerFragment | null;
}

interface RankingTabProps<TData, TVariables extends object, TRow> {
  readonly view: RankingsView;
  readonly document: Operation<TData, TVariables>;
  readonly variables: TVariables;
  /** Finds the rows in an answer. The same function from one rendering to the next. */
  readonly listOf: (data: TData) => RankedRows<TRow> | null;
  /** The sentence while a first answer takes long. */
  readonly waiting: string;
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
  /** Default: selects the row. */
  readonly onSelect?: (key: string) => void;
  /** The file of the shown rows: the start of its name, its header, and its values for a row. */
  readonly file: {
    readonly name: string;
    readonly header: readonly string[];
    readonly valuesOf: (row: TRow) => readonly (string | number | null)[];
  };
  /** Further files. */
  readonly more?: Pick<ComponentProps<typeof ExportMenu>, 'whole' | 'picture'>;
  readonly filters?: (rows: readonly TRow[]) => ReactNode;
  /** The right panel. Gets the first rows of the server's order. */
  readonly panel: (rows: readonly TRow[]) => ReactNode;
  readonly panelLabel: string;
  /** Gets the rows as they are loaded. */
  readonly onRows?: (rows: readonly TRow[]) => void;
  /** Below the table. */
  readonly children?: ReactNode;
}

/** A ranking that the page sorts itself, once all rows are loaded: until then, the order is the server's. */
export function RankingTab<TData, TVariables extends object, TRow>(props: RankingTabProps<TData, TVariables, TRow>) {
  const { view, document, variables, listOf, values, file, filters } = props;
  const { state, select, sortBy } = view;
  const shown = useRef<readonly TRow[]>([]);
  const progressOf = useCallback((data: TData) => listOf(data)?.progress, [listOf]);
  const asked = useQuestion(document, variables, progressOf);
  const answered = asked.data === null ? null : listOf(asked.data);
  const rows = answered?.edges.map(({ node }) => node) ?? [];
  return (
    <RankingsFrame
      view={view}
      batch={answered?.batch}
      filters={filters?.(rows)}
      actions={
        <ExportMenu
          name={file.name}
          operation={{ document, variables }}
          shown={() => ({ header: file.header, rows: shown.current.map(file.valuesOf) })}
          {...props.more}
        />
      }
      panelLabel={props.panelLabel}
      panel={props.panel(rows)}
      table={
        <>
          <AnswerFrame asked={asked} waiting={props.waiting}>
            {(data) => {
              const first = listOf(data);
              return first === null ? null : (
                <Paged
                  onRows={props.onRows}
                  first={first}
                  load={async (after) => listOf(await askLong(document, { ...variables, after }, { progressOf }))}
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
                        {!isWhole && (
                          <p className={classes.none}>
                            Other orders are offered once {countOf(list.totalCount, 'row', 'rows')} are loaded.
                          </p>
                        )}
                      </DataTable>
                    );
                  }}
                </Paged>
              );
            }}
          </AnswerFrame>
          {props.children}
        </>
      }
    />
  );
}
