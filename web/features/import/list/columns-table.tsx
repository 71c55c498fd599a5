import { Select, TextInput } from '@mantine/core';
import { formatShare } from '../../../shared/format/share.ts';
import type { ColumnMappingInput } from '../../../shared/generated/operations.ts';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import type { ImportDetail } from '../use-import.ts';
import { choiceOf, choicesFor, controlName, decisionFor } from './column-choice.ts';
import classes from './columns-table.module.css';

type File = ImportDetail['files'][number];

interface ColumnsTableProps {
  readonly of: File;
  readonly onDecide: (column: ColumnMappingInput) => void;
}

const SHOWN_VALUES = 3;

/** Each column with its first values and its meaning, which can be changed. */
export function ColumnsTable({ of, onDecide }: ColumnsTableProps) {
  const choices = choicesFor(of.mapping.kinds);
  return (
    <ScrollBox className={classes.scroll} label={`Columns of ${of.name}`}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">First values</th>
            <th scope="col">Meaning</th>
            <th scope="col">Match</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {of.mapping.columns.map((column) => (
            <tr key={column.index} data-use={column.use}>
              <th scope="row">{column.column}</th>
              <td className={classes.values}>{firstValues(of.sample, column.index)}</td>
              <td className={classes.meaning}>
                <Select
                  aria-label={`Meaning of ${column.column}`}
                  data={choices}
                  value={choiceOf(column)}
                  allowDeselect={false}
                  searchable
                  maxDropdownHeight={320}
                  onChange={(choice) => {
                    if (choice !== null && choice !== choiceOf(column)) onDecide(decisionFor(column.index, column, choice));
                  }}
                />
                {column.use === 'CONTROL' && (
                  <TextInput
                    key={column.control}
                    aria-label={`Control of ${column.column}`}
                    defaultValue={column.control ?? ''}
                    onBlur={(event) => {
                      const name = controlName(event.currentTarget.value);
                      if (name !== column.control) onDecide(decisionFor(column.index, column, 'CONTROL', name));
                    }}
                  />
                )}
              </td>
              <td className={classes.match}>
                {hasMeaning(column) ? (
                  <>
                    <span className={classes.bar} aria-hidden="true">
                      <span style={{ width: `${column.confidence * 100}%` }} />
                    </span>
                    {formatShare(column.confidence)}
                  </>
                ) : (
                  '–'
                )}
              </td>
              <td className={classes.reason}>
                {column.because}
                {column.dateOrder !== null && `; ${column.dateOrder === 'DAY_FIRST' ? 'day first' : 'month first'}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Whether the column has a meaning that can be wrong. Text is kept as it is. */
function hasMeaning({ use }: File['mapping']['columns'][number]): boolean {
  return use === 'FIELD' || use === 'CONTROL';
}

/** The first distinct values that are not empty: `Quillmark · Harrowell`. */
function firstValues(sample: File['sample'], index: number): string {
  const values = sample.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
  const shown = [...new Set(values)].slice(0, SHOWN_VALUES);
  return shown.length === 0 ? 'empty' : shown.join(' · ');
}
