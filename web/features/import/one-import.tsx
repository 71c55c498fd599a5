import { Button } from '@mantine/core';
import { errorCode, errorSentence } from '../../shared/graphql/error-sentence.ts';
import { Link } from '../../shared/ui/link.tsx';
import { type ImportPlace, type ImportStep, importHref } from '../../shared/url/import-url.ts';
import { ImportHead } from './import-head.tsx';
import classes from './one-import.module.css';
import { Outcome } from './report/outcome.tsx';
import { PreviewStep } from './report/preview-step.tsx';
import { UploadStep } from './upload/upload-step.tsx';
import { type ImportDetail, useImport } from './use-import.ts';

interface OneImportProps {
  readonly id: string;
  readonly step: ImportStep | null;
  readonly show: ImportPlace['show'];
}

/** One import, from upload to undo: the step in the URL, or the one that matches its state. */
export function OneImport({ id, step, show }: OneImportProps) {
  const { found, question, retry } = useImport(id);

  if (found === null) {
    if (question.phase === 'asking' || question.phase === 'idle') return <p className={classes.message}>Loading the import …</p>;
    const isGone = question.phase === 'answered' || errorCode(question.error) === 'NOT_FOUND';
    return (
      <div className={classes.message}>
        <h1>{isGone ? 'Import not found' : 'The import cannot be shown'}</h1>
        <p role="alert">{isGone ? 'It was discarded, or the link belongs to another database.' : errorSentence(question.error)}</p>
        <div className={classes.actions}>
          {!isGone && (
            <Button variant="default" size="xs" onClick={retry}>
              Retry
            </Button>
          )}
          <Link href={importHref(null)}>All imports</Link>
        </div>
      </div>
    );
  }

  const shown = stepOf(found, step);
  return (
    <div className={classes.page}>
      <ImportHead of={found} step={shown} />
      {question.phase === 'failed' && (
        <p className={classes.stale} role="alert">
          Showing an older state. {errorSentence(question.error)}{' '}
          <Button variant="default" size="compact-xs" onClick={retry}>
            Retry
          </Button>
        </p>
      )}
      {shown === 'upload' && <UploadStep of={found} onChanged={retry} />}
      {shown === 'preview' && <PreviewStep of={found} show={show} onChanged={retry} />}
      {shown === 'commit' && <Outcome of={found} show={show} onChanged={retry} />}
    </div>
  );
}

/** Only a draft has the upload and preview steps; only a draft with files has a preview. */
function stepOf(of: ImportDetail, step: ImportStep | null): ImportStep {
  if (of.state !== 'DRAFT' && of.state !== 'ANALYZING') return 'commit';
  if (of.files.length === 0) return 'upload';
  return step === 'upload' ? 'upload' : 'preview';
}
