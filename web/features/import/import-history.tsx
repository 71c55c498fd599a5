import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { authorOf } from '../../shared/format/author.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay, formatInstant } from '../../shared/format/instant.ts';
import { ImportHistoryDocument, type ImportSummaryFragment } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { factsChanged, useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { useTabReturns } from '../../shared/graphql/tab-returns.ts';
import { type Column, DataTable } from '../../shared/lists/data-table.tsx';
import { MoreRowsLine } from '../../shared/lists/more-rows.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { isFocusLost } from '../../shared/ui/focus-result.ts';
import { Link } from '../../shared/ui/link.tsx';
import { importHref } from '../../shared/url/import-url.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import classes from './import-history.module.css';
import { UndoDialog } from './report/undo-dialog.tsx';
import { driftInWords, STATE_WORDS, titleOf } from './sentences.ts';
import { discardDraft } from './upload/use-upload.ts';
import { usePages } from './use-pages.ts';

/** All imports with their source, author, edition and effect. Each can be opened; a committed one can be undone, a draft discarded. */
export function ImportHistory() {
  const epoch = useFactsEpoch();
  const returns = useTabReturns();
  const list = usePages('history', loadHistory, `${epoch} ${returns}`);
  const { rows, isLoading, problem, retry } = list;
  const [undoing, setUndoing] = useState<ImportSummaryFragment | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  // A discarded draft and an undone import take the pressed button off the page.
  const isActing = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus is lost with a change of the rows.
  useEffect(() => {
    if (!isActing.current || !isFocusLost()) return;
    isActing.current = false;
    heading.current?.focus();
  }, [rows]);
  const discard = async (row: ImportSummaryFragment) => {
    isActing.current = true;
    setRefusal(await discardDraft(row.id));
    announce(`Discarded: ${titleOf(row)}.`);
    factsChanged();
  };

  return (
    <section aria-labelledby="history" className={classes.history}>
      <h2 id="history" ref={heading} tabIndex={-1}>
        History
      </h2>
      {refusal !== null && <p role="alert">{refusal}</p>}
      {problem !== null && (
        <p role="alert">
          {problem}{' '}
          <Button variant="default" size="compact-sm" onClick={retry}>
            Retry
          </Button>
        </p>
      )}
      {isLoading && rows.length === 0 && <p className={classes.quiet}>Loading the imports …</p>}
      {(rows.length > 0 || !(isLoading || problem !== null)) && (
        <DataTable
          label="Imports"
          columns={columnsFor(rows, setUndoing, discard)}
          rows={rows}
          keyOf={({ id }) => id}
          none="Nothing has been imported yet."
        />
      )}
      <MoreRowsLine list={{ ...list, problem: null }} noun="imports" />
      <UndoDialog
        of={undoing}
        onClose={() => {
          isActing.current = true;
          setUndoing(null);
        }}
      />
    </section>
  );
}

function dateOf({ assertedAt, report }: ImportSummaryFragment): string | null {
  return assertedAt ?? report?.asOf ?? null;
}

type Row = ImportSummaryFragment;

const FIGURES = ['created', 'updated', 'unchanged', 'rejected'] as const;

/** The columns; without the date of the list and the drift where no import has one. */
function columnsFor(rows: readonly Row[], onUndo: (row: Row) => void, onDiscard: (row: Row) => Promise<void>): readonly Column<Row>[] {
  const date: Column<Row> = {
    key: 'date',
    title: 'Date of the list',
    className: classes.nowrap,
    cell: (row) => {
      const date = dateOf(row);
      return date === null ? '' : formatDay(date);
    },
  };
  const drift: Column<Row> = {
    key: 'drift',
    title: 'Since the last edition',
    cell: ({ report }) => (report?.drift == null ? '' : driftInWords(report.drift)),
  };
  return [
    {
      key: 'import',
      title: 'Import',
      cell: (row) => (
        <>
          <Link href={importHref(row.id)}>{titleOf(row)}</Link>
          {row.source !== null && row.source !== titleOf(row) && <small>Source: {row.source}</small>}
        </>
      ),
    },
    { key: 'state', title: 'State', cell: ({ state }) => STATE_WORDS[state] },
    {
      key: 'when',
      title: 'When (UTC)',
      className: classes.nowrap,
      cell: ({ undoneAt, committedAt, createdAt, createdBy }) => (
        <>
          {formatInstant(undoneAt ?? committedAt ?? createdAt)}
          <small>by {authorOf(createdBy)}</small>
        </>
      ),
    },
    ...(rows.some((row) => dateOf(row) !== null) ? [date] : []),
    ...(rows.some(({ report }) => report?.drift != null) ? [drift] : []),
    ...FIGURES.map((key) => ({
      key,
      title: key.charAt(0).toUpperCase() + key.slice(1),
      isNumber: true,
      cell: ({ report }: Row) => (report == null ? '' : formatCount(report[key])),
    })),
    {
      key: 'files',
      title: 'Files (SHA-256)',
      className: classes.nowrap,
      cell: ({ files }) =>
        files.length === 1 ? (
          <code className={classes.hash} title={files[0]?.sha256}>
            {files[0]?.sha256.slice(0, 12)}
          </code>
        ) : (
          countOf(files.length, 'file', 'files')
        ),
    },
    {
      key: 'act',
      title: <span className="visually-hidden">Action</span>,
      cell: (row) => (
        <div className={classes.acts}>
          {row.state === 'COMMITTED' && row.source !== null && (
            <WatchThis choices={[{ title: `The next edition of ${row.source}`, asks: { kind: 'EDITION', source: row.source } }]} />
          )}
          {row.state === 'COMMITTED' && (
            <Button variant="default" aria-label={`Undo ${titleOf(row)}`} onClick={() => onUndo(row)}>
              Undo
            </Button>
          )}
          {row.state === 'DRAFT' && (
            <Button variant="default" aria-label={`Discard ${titleOf(row)}`} onClick={() => onDiscard(row)}>
              Discard
            </Button>
          )}
        </div>
      ),
    },
  ];
}

async function loadHistory(after: string | null) {
  const { data } = await client.query({ query: ImportHistoryDocument, variables: { first: 50, after } });
  return data?.imports;
}
