import { Button } from '@mantine/core';
import { useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { CommitImportDocument, type RejectPolicy } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { IconDownload } from '../../../shared/ui/icons.tsx';
import { importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import type { ImportDetail } from '../use-import.ts';
import { Choice } from './choice.tsx';
import classes from './commit-bar.module.css';

interface CommitBarProps {
  readonly of: ImportDetail;
  readonly report: NonNullable<ImportDetail['report']>;
  readonly onChanged: () => void;
}

/** The choice of how to handle rejected rows, and the commit. */
export function CommitBar({ of, report, onChanged }: CommitBarProps) {
  const [policy, setPolicy] = useState<RejectPolicy>('SKIP_REJECTED');
  const [error, setError] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const changes = report.created + report.updated;
  const hasRejects = report.rejected > 0;
  const isRefused = hasRejects && policy === 'ALL_OR_NOTHING';
  const isEmpty = changes + report.unchanged === 0;

  const commit = async () => {
    setSending(true);
    setError(null);
    try {
      const { data } = await client.mutate({ mutation: CommitImportDocument, variables: { input: { id: of.id, policy } } });
      const problem = data?.commitImport.userErrors[0];
      if (problem !== undefined) setError(problem.message);
      else navigate(importHref(of.id, 'commit'), 'replace');
    } catch (caught) {
      setError(errorSentence(caught));
    } finally {
      setSending(false);
      onChanged();
    }
  };

  return (
    <footer className={classes.bar}>
      <Button variant="default" onClick={() => navigate(importHref(of.id, 'upload'))}>
        Back
      </Button>
      {hasRejects && (
        <a className={classes.download} href={`/api/imports/${encodeURIComponent(of.id)}/rejections.csv`} download>
          <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Rejected rows as CSV
        </a>
      )}
      <div className={classes.end}>
        <Choice
          label="How to handle rejected rows"
          value={policy}
          onChange={setPolicy}
          options={[
            { value: 'SKIP_REJECTED', label: 'Valid rows only' },
            { value: 'ALL_OR_NOTHING', label: 'All or nothing' },
          ]}
        />
        <p className={classes.sentence} role={error === null ? undefined : 'alert'} data-error={error !== null || undefined}>
          {error ?? sentenceOf(report.rejected, isRefused, isEmpty)}
        </p>
        <Button onClick={commit} loading={isSending} disabled={isRefused || isEmpty}>
          {changes === 0 ? 'Commit' : `Commit ${countOf(changes, 'change', 'changes')}`}
        </Button>
      </div>
    </footer>
  );
}

function sentenceOf(rejected: number, isRefused: boolean, isEmpty: boolean): string {
  if (isEmpty) return 'There is nothing to import.';
  const rows = countOf(rejected, 'row', 'rows');
  if (isRefused) return `${rows} would be rejected, so nothing would be written. Correct the file, or import the valid rows only.`;
  return `${rejected === 0 ? '' : `${rows} will be skipped. `}You can undo this import later.`;
}
