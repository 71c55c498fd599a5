import { Button, Modal } from '@mantine/core';
import { useRef, useState } from 'react';
import { type ImportSummaryFragment, UndoImportDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../../shared/graphql/facts-epoch.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { useFocusBack } from '../../../shared/ui/focus-result.ts';
import { useSlow } from '../../../shared/ui/use-slow.ts';
import { titleOf } from '../sentences.ts';
import classes from './undo-dialog.module.css';
import { UndoProgress } from './undo-progress.tsx';

interface UndoDialogProps {
  /** Null: closed. */
  readonly of: Pick<ImportSummaryFragment, 'id' | 'name' | 'source' | 'files'> | null;
  readonly onClose: () => void;
}

/** Confirms the undo of an import. A refusal names the imports that depend on it. */
export function UndoDialog({ of, onClose }: UndoDialogProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isUnderWay, setUnderWay] = useState(false);
  const isSlow = useSlow(isUnderWay);
  const isCanceled = useRef(false);
  const announce = useAnnounce();
  useFocusBack(of !== null);
  const close = () => {
    setRefusal(null);
    onClose();
  };
  const undo = async () => {
    if (of === null) return;
    setUnderWay(true);
    isCanceled.current = false;
    try {
      const { data } = await client.mutate({ mutation: UndoImportDocument, variables: { input: { id: of.id } } });
      const problem = data?.undoImport.userErrors[0];
      if (problem !== undefined && isCanceled.current) {
        announce('The undo was canceled. Nothing was changed.');
        close();
        return;
      }
      if (problem !== undefined) {
        setRefusal(problem.message);
        return;
      }
      announce(`Undone: ${titleOf(of)}.`);
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
      onClose={isUnderWay ? () => undefined : close}
      title={of === null ? 'Undo' : `Undo “${titleOf(of)}”?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>
        Records that only this import stated will be removed. All other records return to the values from your other imports and edits. The
        import stays in the history.
      </p>
      {isSlow && of !== null && (
        <div className={classes.slow}>
          <UndoProgress
            id={of.id}
            onCancel={() => {
              isCanceled.current = true;
            }}
          />
        </div>
      )}
      {refusal !== null && (
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
      )}
      {!isSlow && (
        <div className={classes.buttons}>
          <Button variant="default" onClick={close} disabled={isUnderWay}>
            {refusal === null ? 'Cancel' : 'Close'}
          </Button>
          {refusal === null && (
            <Button onClick={undo} loading={isUnderWay}>
              Undo this import
            </Button>
          )}
        </div>
      )}
    </Modal>
  );
}
