import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { CancelImportDocument, UndoProgressDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { progressSentence } from '../sentences.ts';
import classes from './progress-line.module.css';

const POLL_MS = 400;

/** The progress of an undo, and a button to cancel it. The undo is one transaction: canceled, it changes nothing. */
export function UndoProgress({ id, onCancel }: { readonly id: string; readonly onCancel: () => void }) {
  const [error, setError] = useState<string | null>(null);
  const [isCanceled, setCanceled] = useState(false);
  const { question, data, retry } = useQuestion(UndoProgressDocument, { id });
  const progress = data?.import?.progress ?? null;
  useEffect(() => {
    if (question.phase === 'asking') return;
    const timer = setTimeout(retry, POLL_MS);
    return () => clearTimeout(timer);
  }, [question, retry]);

  const cancel = () => {
    setCanceled(true);
    onCancel();
    client.mutate({ mutation: CancelImportDocument, variables: { input: { id } } }).catch((caught: unknown) => {
      setCanceled(false);
      setError(errorSentence(caught));
    });
  };
  const share = progress === null || progress.total === null || progress.total === 0 ? null : (progress.done / progress.total) * 100;
  return (
    <div className={classes.line}>
      <p role="status">{progress === null ? 'Undoing …' : progressSentence(progress)}</p>
      <Progress className={classes.bar} value={share ?? 100} animated={share === null} aria-label="Progress" />
      <Button variant="default" size="xs" onClick={cancel} disabled={isCanceled}>
        Cancel
      </Button>
      {error !== null && <p role="alert">{error}</p>}
    </div>
  );
}
