import { Button, Modal, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { askChange, Refused } from '../../../shared/changes/ask-change.ts';
import type { ImportSummaryFragment } from '../../../shared/generated/operations.ts';
import { CancelImportDocument, UndoImportDocument, UndoProgressDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { useFocusBack } from '../../../shared/ui/focus-result.ts';
import { useSlow } from '../../../shared/ui/use-slow.ts';
import { DEMO_SOURCE } from '../../../shared/viewer/demo-source.ts';
import { progressSentence, titleOf } from '../sentences.ts';
import undoProgressClasses from './progress-line.module.css';
import classes from './undo-dialog.module.css';

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
    const sent = await askChange(UndoImportDocument, { input: { id: of.id } }, (data) => data.undoImport);
    setUnderWay(false);
    if (!(sent instanceof Refused)) announce(`Undone: ${titleOf(of)}.`);
    else if (isCanceled.current && sent.code === null) announce('The undo was canceled. Nothing was changed.');
    else return setRefusal(sent.sentence);
    close();
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
      {of?.source === DEMO_SOURCE && <p>The later imports of the demo and its corrected date go with it.</p>}
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

const POLL_MS = 400;

/** The progress of an undo, and a button to cancel it. The undo is one transaction: canceled, it changes nothing. */
function UndoProgress({ id, onCancel }: { readonly id: string; readonly onCancel: () => void }) {
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
    <div className={undoProgressClasses.line}>
      <p role="status">{progress === null ? 'Undoing …' : progressSentence(progress)}</p>
      <Progress className={undoProgressClasses.bar} value={share ?? 100} animated={share === null} aria-label="Progress" />
      <Button variant="default" size="xs" onClick={cancel} disabled={isCanceled}>
        Cancel
      </Button>
      {error !== null && <p role="alert">{error}</p>}
    </div>
  );
}
