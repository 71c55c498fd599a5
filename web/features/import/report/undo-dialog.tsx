import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { type ImportSummaryFragment, UndoImportDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../../shared/graphql/facts-epoch.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { titleOf } from '../sentences.ts';
import classes from './undo-dialog.module.css';

interface UndoDialogProps {
  /** Null: closed. */
  readonly of: Pick<ImportSummaryFragment, 'id' | 'source' | 'files' | 'report'> | null;
  readonly onClose: () => void;
}

/** Asks before an import is taken back, and says which imports stand on it where it cannot be. */
export function UndoDialog({ of, onClose }: UndoDialogProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isUnderWay, setUnderWay] = useState(false);
  const announce = useAnnounce();
  const close = () => {
    setRefusal(null);
    onClose();
  };
  const undo = async () => {
    if (of === null) return;
    setUnderWay(true);
    try {
      const { data } = await client.mutate({ mutation: UndoImportDocument, variables: { input: { id: of.id } } });
      const problem = data?.undoImport.userErrors[0];
      if (problem !== undefined) {
        setRefusal(problem.message);
        return;
      }
      announce(`${titleOf(of)} was taken back.`);
      close();
      factsChanged();
    } catch (error) {
      setRefusal(errorSentence(error));
    } finally {
      setUnderWay(false);
    }
  };

  return (
    <Modal
      opened={of !== null}
      onClose={close}
      title={of === null ? 'Undo' : `Undo “${titleOf(of)}”?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>
        Every fact becomes what the other imports and edits make of it. Facts that only this import stated are gone. The import stays in the
        history.
      </p>
      {refusal !== null && (
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {refusal === null ? 'Keep it' : 'Close'}
        </Button>
        {refusal === null && (
          <Button onClick={undo} loading={isUnderWay}>
            Undo this import
          </Button>
        )}
      </div>
    </Modal>
  );
}
