import { Button } from '@mantine/core';
import { useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatInstant } from '../../shared/format/instant.ts';
import { ImportHistoryDocument, type ImportSummaryFragment } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { useFactsEpoch } from '../../shared/graphql/facts-epoch.ts';
import { Link } from '../../shared/ui/link.tsx';
import { ScrollBox } from '../../shared/ui/scroll-box.tsx';
import { importHref } from '../../shared/url/import-url.ts';
import classes from './import-history.module.css';
import { UndoDialog } from './report/undo-dialog.tsx';
import { STATE_WORDS, titleOf } from './sentences.ts';
import { usePages } from './use-pages.ts';

/** All imports with their author, time and effect. Each can be opened; a committed one can be undone. */
export function ImportHistory() {
  const epoch = useFactsEpoch();
  const { phase, rows, totalCount, error, next, more } = usePages(`history ${epoch}`, loadHistory);
  const [undoing, setUndoing] = useState<ImportSummaryFragment | null>(null);

  return (
    <section aria-labelledby="history" className={classes.history}>
      <h2 id="history">History</h2>
      {error !== null && <p role="alert">{error}</p>}
      {phase === 'loading' && rows.length === 0 && <p className={classes.quiet}>Loading the imports …</p>}
      {phase === 'ready' && rows.length === 0 && <p className={classes.quiet}>Nothing has been imported yet.</p>}
      {rows.length > 0 && (
        <ScrollBox className={classes.scroll} label="Imports">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Import</th>
                <th scope="col">State</th>
                <th scope="col">When (UTC)</th>
                <th scope="col">By</th>
                <th scope="col" className={classes.number}>
                  Created
                </th>
                <th scope="col" className={classes.number}>
                  Updated
                </th>
                <th scope="col" className={classes.number}>
                  Unchanged
                </th>
                <th scope="col" className={classes.number}>
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
                <tr key={row.id}>
                  <td>
                    <Link href={importHref(row.id)}>{titleOf(row)}</Link>
                  </td>
                  <td>{STATE_WORDS[row.state]}</td>
                  <td className={classes.nowrap}>{formatInstant(row.undoneAt ?? row.committedAt ?? row.createdAt)}</td>
                  <td>{row.createdBy}</td>
                  <Figure of={row.report?.created} />
                  <Figure of={row.report?.updated} />
                  <Figure of={row.report?.unchanged} />
                  <Figure of={row.report?.rejected} />
                  <td className={classes.nowrap}>
                    {row.files.length === 1 ? (
                      <code title={row.files[0]?.sha256}>{row.files[0]?.sha256.slice(0, 12)}</code>
                    ) : (
                      countOf(row.files.length, 'file', 'files')
                    )}
                  </td>
                  <td>
                    {row.state === 'COMMITTED' && (
                      <Button variant="default" size="compact-sm" aria-label={`Undo ${titleOf(row)}`} onClick={() => setUndoing(row)}>
                        Undo
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {next !== null && (
        <Button variant="default" size="xs" onClick={more} loading={phase === 'loading'}>
          Show more ({formatCount(rows.length)} of {formatCount(totalCount)})
        </Button>
      )}
      <UndoDialog of={undoing} onClose={() => setUndoing(null)} />
    </section>
  );
}

function Figure({ of }: { readonly of: number | undefined }) {
  return <td className={classes.number}>{of === undefined ? '' : formatCount(of)}</td>;
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
