import { Button } from '@mantine/core';
import { useState } from 'react';
import { Refused, sendChange } from '../../../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../../../shared/changes/change-form.tsx';
import { countOf } from '../../../../shared/format/count.ts';
import { FixImportCellDocument, ImportRejectionsDocument } from '../../../../shared/generated/operations.ts';
import { client } from '../../../../shared/graphql/client.ts';
import { type Column, DataTable } from '../../../../shared/lists/data-table.tsx';
import { MoreRowsLine, noRows } from '../../../../shared/lists/more-rows.tsx';
import { focusResult } from '../../../../shared/ui/focus-result.ts';
import { refusedFilesSentence } from '../../sentences.ts';
import type { ImportDetail } from '../../use-import.ts';
import { usePages } from '../../use-pages.ts';
import classes from './rows-table.module.css';

interface RejectionsTableProps {
  readonly of: ImportDetail;
  /** Absent: the cells cannot be corrected any more. */
  readonly onChanged?: (() => void) | undefined;
}

/** The rejected rows with file, line, column and reason. Several causes are counted above the rows. */
export function RejectionsTable({ of, onChanged }: RejectionsTableProps) {
  const indexOf = (file: string, column: string | null) =>
    column === null ? -1 : (of.files.find(({ name }) => name === file)?.header.indexOf(column) ?? -1);
  const list = usePages(`${of.id} ${of.state} ${JSON.stringify(of.report)}`, (after) => loadRejections(of.id, after));
  const rootCauses = of.causes.filter(({ isConsequence }) => !isConsequence);
  const consequences = of.causes.reduce((sum, { isConsequence, count }) => sum + (isConsequence ? count : 0), 0);
  const columns: readonly Column<(typeof list.rows)[number]>[] = [
    { key: 'line', title: 'Line', className: classes.where, cell: ({ file, line }) => `${file}:${line}` },
    { key: 'column', title: 'Column', cell: ({ column }) => column },
    {
      key: 'reason',
      title: 'Reason, and how to fix it',
      className: classes.reason,
      cell: ({ file, line, column, code, message, value }) => (
        <>
          {message}
          {onChanged !== undefined && code !== 'REFERS_TO_REJECTED' && column !== null && indexOf(file, column) >= 0 && (
            <CorrectCell
              id={of.id}
              file={file}
              line={line}
              column={column}
              index={indexOf(file, column)}
              value={value}
              onChanged={onChanged}
            />
          )}
        </>
      ),
    },
  ];
  return (
    <>
      {onChanged !== undefined && of.skipLoss !== null && refusedFilesSentence(of) === null && (
        <p className={classes.ways}>
          Correct the cells here. Or import the valid rows only, download the rejected ones, correct them and import them as a further file.
        </p>
      )}
      {of.causes.length > 1 && (
        <ul className={classes.causes} aria-label="Causes">
          {rootCauses.map((cause) => (
            <li key={`${cause.code} ${cause.column}`}>
              {countOf(cause.count, 'row', 'rows')}: {causeInWords(cause.code)}
              {cause.column === null ? '' : ` in ${cause.column}`}
            </li>
          ))}
          {consequences > 0 && (
            <li>
              {countOf(consequences, 'more row refers', 'more rows refer')} to them, and {consequences === 1 ? 'is' : 'are'} rejected too
            </li>
          )}
        </ul>
      )}
      <DataTable
        look="pane"
        isStacked
        label="Rejected rows"
        columns={columns}
        rows={list.rows}
        keyOf={({ file, line, column, code, message }) => `${file}:${line}:${column}:${code}:${message}`}
        none={noRows(list, 'Loading the rejected rows …', 'No rows were rejected.')}
      >
        <MoreRowsLine list={list} noun="rejected rows; the CSV file has all of them" />
      </DataTable>
    </>
  );
}

/** `UNKNOWN_REFERENCE` as `unknown reference`. */
function causeInWords(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

async function loadRejections(id: string, after: string | null) {
  const { data } = await client.query({ query: ImportRejectionsDocument, variables: { id, first: 50, after } });
  return data?.import?.rejections;
}

interface CorrectCellProps {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: string;
  /** Of the column, from 0. */
  readonly index: number;
  readonly value: string | null;
  readonly onChanged: () => void;
}

/** Corrects one cell of a draft in place. The uploaded file stays as it came. */
function CorrectCell({ id, file, line, column, index, value, onChanged }: CorrectCellProps) {
  const [isOpen, setOpen] = useState(false);
  const where = `${column}, ${file}:${line}`;
  if (!isOpen) {
    return (
      <div className={classes.correct}>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Correct ${where}`}
          data-result={`correct:${where}`}
          onClick={() => setOpen(true)}
        >
          Correct
        </Button>
      </div>
    );
  }
  return (
    <ChangeForm
      look="row"
      isSmall
      isOpened
      fields={[{ name: 'text', label: `New text of ${where}`, isLabelHidden: true }]}
      start={{ text: value ?? '' }}
      submit="Save"
      save={async ({ text }) => {
        const input = { import: id, file, line, index, text };
        const saved = await sendChange(FixImportCellDocument, { input }, (data) => data.fixImportCell);
        if (saved instanceof Refused) return saved;
        onChanged();
      }}
      onCancel={() => {
        focusResult(`correct:${where}`);
        setOpen(false);
      }}
    />
  );
}
