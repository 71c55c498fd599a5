import { Button } from '@mantine/core';
import { useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { CommitImportDocument, type RejectPolicy } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { IconDownload } from '../../../shared/ui/icons.tsx';
import { Link } from '../../../shared/ui/link.tsx';
import { importHref } from '../../../shared/url/import-url.ts';
import { navigate } from '../../../shared/url/location.ts';
import { refusedFilesSentence } from '../sentences.ts';
import { stepOfOpenQuestion } from '../steps/plan-steps.ts';
import type { ImportDetail } from '../use-import.ts';
import { Choice } from './choice.tsx';
import classes from './commit-bar.module.css';

interface CommitBarProps {
  readonly of: ImportDetail;
  readonly report: NonNullable<ImportDetail['report']>;
  readonly onBack: () => void;
  readonly onChanged: () => void;
}

/** The choice of how to handle rejected rows, and the commit. */
export function CommitBar({ of, report, onBack, onChanged }: CommitBarProps) {
  const [policy, setPolicy] = useState<RejectPolicy>('ALL_OR_NOTHING');
  const [error, setError] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const changes = report.created + report.updated;
  // A file that was refused whole has no rows to correct or to leave out.
  const hasRejects = report.rejected > 0 && refusedFilesSentence(of) === null;
  const isRefused = hasRejects && policy === 'ALL_OR_NOTHING';
  const isEmpty = changes + report.unchanged === 0;
  const openStep = stepOfOpenQuestion(of);
  const isBlocked = isRefused || isEmpty || openStep !== null;

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
      <Button variant="default" onClick={onBack}>
        Back
      </Button>
      {of.mappingDocument !== null && (
        <a
          className={classes.download}
          href={`data:application/json;charset=utf-8,${encodeURIComponent(of.mappingDocument)}`}
          download="mapping.json"
        >
          <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Mapping document
        </a>
      )}
      {hasRejects && (
        <a className={classes.download} href={`/api/imports/${encodeURIComponent(of.id)}/rejections.csv`} download>
          <IconDownload size={16} stroke={1.6} aria-hidden="true" /> Rejected rows as CSV
        </a>
      )}
      <div className={classes.end}>
        {hasRejects && (
          <Choice
            label="How to handle rejected rows"
            value={policy}
            onChange={setPolicy}
            options={[
              { value: 'ALL_OR_NOTHING', label: 'All or nothing' },
              { value: 'SKIP_REJECTED', label: 'Valid rows only' },
            ]}
          />
        )}
        <p className={classes.sentence} role={error === null ? undefined : 'alert'} data-error={error !== null || undefined}>
          {error ?? sentenceOf(of, report.rejected, isRefused, isEmpty)}
        </p>
        {openStep !== null && <Link href={importHref(of.id, openStep)}>Answer</Link>}
        <Button onClick={commit} loading={isSending} disabled={isBlocked}>
          {changes === 0 ? 'Commit' : `Commit ${countOf(changes, 'change', 'changes')}`}
        </Button>
      </div>
    </footer>
  );
}

function sentenceOf(of: ImportDetail, rejected: number, isRefused: boolean, isEmpty: boolean): string {
  const openCount = of.questions.length;
  if (openCount > 0) return `${countOf(openCount, 'question is', 'questions are')} still open.`;
  if (isEmpty) return 'There is nothing to import.';
  const loss = of.skipLoss === null ? '' : `${of.skipLoss.sentence} `;
  if (isRefused) return `${countOf(rejected, 'row is', 'rows are')} rejected, so nothing would be written. ${loss}`;
  return `${loss}You can undo this import later.`;
}
