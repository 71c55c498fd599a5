import { Select, TextInput } from '@mantine/core';
import { formatCount } from '../../../shared/format/count.ts';
import { valueInWords } from '../../../shared/format/words.ts';
import type { ImportValuesQuery } from '../../../shared/generated/operations.ts';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import type { MoreRows } from '../../../shared/lists/use-more-rows.ts';
import { findField, valuesOf } from '../list/field-words.ts';
import type { ImportDetail } from '../use-import.ts';
import classes from './questions.module.css';

/** A value that could not be read, with the number of its rows. */
type OpenValue = NonNullable<ImportValuesQuery['import']>['values']['edges'][number]['node'];

export function valueKey({ file, index, value }: OpenValue): string {
  return `${file}\n${index}\n${value}`;
}

interface ValuesTableProps {
  readonly of: ImportDetail;
  readonly values: MoreRows<OpenValue>;
  /** Null: the rows are imported without these values. */
  readonly question: ImportDetail['questions'][number] | null;
  readonly meanings: ReadonlyMap<string, string>;
  /** An empty meaning leaves the cells empty. */
  readonly onMeaning: (value: OpenValue, meaning: string) => void;
}

/** The values that could not be read, each once with its count and its meaning. */
export function ValuesTable({ of, values, question, meanings, onMeaning }: ValuesTableProps) {
  const columns: readonly Column<OpenValue>[] = [
    { key: 'column', title: 'Column', cell: ({ column }) => column },
    { key: 'value', title: 'Value', isName: true, className: classes.value, cell: ({ value }) => value },
    { key: 'rows', title: 'Rows', isNumber: true, cell: ({ count }) => formatCount(count) },
    {
      key: 'meaning',
      title: 'Meaning',
      cell: (value) => (
        <Meaning of={of} value={value} meaning={meanings.get(valueKey(value))} onMeaning={(meaning) => onMeaning(value, meaning)} />
      ),
    },
  ];
  return (
    <section className={classes.card} aria-label="Values">
      <h3>What do these values mean?</h3>
      <p className={classes.detail}>
        {question === null
          ? 'A value without a meaning leaves its field empty. Organizations and engagements keep it as text.'
          : 'These rows need a meaning, because every row needs this field.'}
      </p>
      <DataTable look="plain" isStacked label="Values to read" columns={columns} rows={values.rows} keyOf={valueKey}>
        <MoreRowsLine list={values} noun="values" />
      </DataTable>
    </section>
  );
}

interface MeaningProps {
  readonly of: ImportDetail;
  readonly value: OpenValue;
  readonly meaning: string | undefined;
  readonly onMeaning: (meaning: string) => void;
}

const EMPTY = ' empty';

function Meaning({ of, value, meaning, onMeaning }: MeaningProps) {
  const column = of.files.find(({ name }) => name === value.file)?.mapping.columns.find(({ index }) => index === value.index);
  const field = column?.kind == null ? undefined : findField(column.kind, column.field);
  const known = field && valuesOf(field);
  const label = `Meaning of ${value.value}`;
  if (known === undefined) {
    return (
      <TextInput
        aria-label={label}
        placeholder="Leave empty"
        value={meaning ?? ''}
        onChange={(event) => onMeaning(event.currentTarget.value)}
      />
    );
  }
  return (
    <Select
      aria-label={label}
      placeholder="Leave empty"
      value={meaning === '' ? EMPTY : (meaning ?? null)}
      data={[...known.map((one) => ({ value: one, label: valueInWords(one) })), { value: EMPTY, label: 'Leave empty' }]}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onMeaning(chosen === EMPTY ? '' : chosen)}
    />
  );
}
