import { Button, Progress } from '@mantine/core';
import { useState } from 'react';
import { CancelImportDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { progressSentence } from '../sentences.ts';
import type { ImportDetail } from '../use-import.ts';
import classes from './progress-line.module.css';

/** The server's progress with an import, and a button to cancel it. */
export function ProgressLine({ of, onChanged }: { readonly of: ImportDetail; readonly onChanged: () => void }) {
  const [error, setError] = useState<string | null>(null);
  const { progress } = of;
  const cancel = () =>
    client.mutate({ mutation: CancelImportDocument, variables: { input: { id: of.id } } }).then(onChanged, (caught: unknown) => {
      setError(errorSentence(caught));
    });
  const share = progress === null || progress.total === null || progress.total === 0 ? null : (progress.done / progress.total) * 100;
  return (
    <div className={classes.line}>
      <p role="status">{progress === null ? 'Reading the files …' : progressSentence(progress)}</p>
      <Progress className={classes.bar} value={share ?? 100} animated={share === null} aria-label="Progress" />
      <Button variant="default" size="xs" onClick={cancel}>
        Cancel
      </Button>
      {error !== null && <p role="alert">{error}</p>}
    </div>
  );
}
