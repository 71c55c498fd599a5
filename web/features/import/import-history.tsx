import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay, formatInstant } from '../../shared/format/instant.ts';
import { ImportHistoryDocument, type ImportSummaryFragment } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { factsChanged, useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { useTabReturns } from '../../shared/graphql/tab-returns.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { isFocusLost } from '../../shared/ui/focus-result.ts';
import { FramedTable } from '../../shared/ui/framed-table.tsx';
import { Link } from '../../shared/ui/link.tsx';
import { importHref } from '../../shared/url/import-url.ts';
import { WatchThis } from '../../shared/watches/watch-this.tsx';
import classes from './import-history.module.css';
import { UndoDialog } from './report/undo-dialog.tsx';
import { driftInWords, STATE_WORDS, titleOf } from './sentences.ts';
import { discardDraft } from './upload/change-draft.ts';
import { usePages } from './use-pages.ts';

/** All imports with their source, author, edition and effect. Each can be opened; a committed one can be undone, a draft discarded. */
export function ImportHistory() {
  const epoch = useFactsEpoch();
  const returns = useTabReturns();
  const { phase, rows, totalCount, error, next, more, retry } = usePages('history', loadHistory, `${epoch} ${returns}`);
  const [undoing, setUndoing] = useState<ImportSummaryFragment | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const shows = shownOf(rows);
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
      {error !== null && (
        <p role="alert">
          {error}{' '}
          <Button variant="default" size="compact-sm" onClick={retry}>
            Retry
          </Button>
        </p>
      )}
      {phase === 'loading' && rows.length === 0 && <p className={classes.quiet}>Loading the imports …</p>}
      {phase === 'ready' && rows.length === 0 && <p className={classes.quiet}>Nothing has been imported yet.</p>}
      {rows.length > 0 && (
        <FramedTable label="Imports">
          <thead>
            <tr>
              <th scope="col">Import</th>
              <th scope="col">State</th>
              <th scope="col">When (UTC)</th>
              {shows.date && <th scope="col">Date of the list</th>}
              {shows.drift && <th scope="col">Since the last edition</th>}
              <th scope="col" data-number>
                Created
              </th>
              <th scope="col" data-number>
                Updated
              </th>
              <th scope="col" data-number>
                Unchanged
              </th>
              <th scope="col" data-number>
                Rejected
              </th>
              <th scope="col">Files (SHA-256)</th>
              <th scope="col">
                <span className="visually-hidden">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} of={row} shows={shows} onUndo={() => setUndoing(row)} onDiscard={() => discard(row)} />
            ))}
          </tbody>
        </FramedTable>
      )}
      {next !== null && (
        <Button variant="default" size="xs" onClick={more} loading={phase === 'loading'}>
          Show more ({formatCount(rows.length)} of {formatCount(totalCount)})
        </Button>
      )}
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

/** The columns that some import fills. */
interface Shown {
  readonly date: boolean;
  readonly drift: boolean;
}

function shownOf(rows: readonly ImportSummaryFragment[]): Shown {
  return { date: rows.some((row) => dateOf(row) !== null), drift: rows.some(({ report }) => report?.drift != null) };
}

function dateOf({ assertedAt, report }: ImportSummaryFragment): string | null {
  return assertedAt ?? report?.asOf ?? null;
}

interface RowProps {
  readonly of: ImportSummaryFragment;
  readonly shows: Shown;
  readonly onUndo: () => void;
  readonly onDiscard: () => void;
}

function Row({ of, shows, onUndo, onDiscard }: RowProps) {
  const title = titleOf(of);
  const { report, source, state, files } = of;
  const date = dateOf(of);
  return (
    <tr>
      <td>
        <Link href={importHref(of.id)}>{title}</Link>
        {source !== null && source !== title && <small>Source: {source}</small>}
      </td>
      <td>{STATE_WORDS[state]}</td>
      <td className={classes.nowrap}>
        {formatInstant(of.undoneAt ?? of.committedAt ?? of.createdAt)}
        <small>by {of.createdBy}</small>
      </td>
      {shows.date && <td className={classes.nowrap}>{date === null ? '' : formatDay(date)}</td>}
      {shows.drift && <td>{report?.drift == null ? '' : driftInWords(report.drift)}</td>}
      <Figure of={report?.created} />
      <Figure of={report?.updated} />
      <Figure of={report?.unchanged} />
      <Figure of={report?.rejected} />
      <td className={classes.nowrap}>
        {files.length === 1 ? (
          <code className={classes.hash} title={files[0]?.sha256}>
            {files[0]?.sha256.slice(0, 12)}
          </code>
        ) : (
          countOf(files.length, 'file', 'files')
        )}
      </td>
      <td>
        <div className={classes.acts}>
          {state === 'COMMITTED' && source !== null && (
            <WatchThis choices={[{ title: `The next edition of ${source}`, asks: { kind: 'EDITION', source } }]} />
          )}
          {state === 'COMMITTED' && (
            <Button variant="default" size="compact-sm" aria-label={`Undo ${title}`} onClick={onUndo}>
              Undo
            </Button>
          )}
          {state === 'DRAFT' && (
            <Button variant="default" size="compact-sm" aria-label={`Discard ${title}`} onClick={onDiscard}>
              Discard
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
}

function Figure({ of }: { readonly of: number | undefined }) {
  return <td data-number>{of === undefined ? '' : formatCount(of)}</td>;
}

async function loadHistory(after: string | null) {
  const { data } = await client.query({ query: ImportHistoryDocument, variables: { first: 50, after } });
  const list = data?.imports;
  return {
    rows: list?.edges.map((edge) => edge.node) ?? [],
    totalCount: list?.totalCount ?? 0,
    next: list?.pageInfo.hasNextPage ? list.pageInfo.endCursor : null,
  };
}
