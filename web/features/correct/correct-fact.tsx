import { Button, Modal } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import type { FactName } from '../../shared/facts/fact-tools.tsx';
import {
  FactToCorrectDocument,
  type FactToCorrectQuery,
  PutFactsDocument,
  RetractFactsDocument,
  type RetractFactsInput,
} from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { canChangeFacts } from './can-change-facts.ts';
import classes from './correct.module.css';
import { FactFields } from './fact-fields.tsx';
import { editableOf } from './forms/editable-of.ts';

interface CorrectFactProps {
  readonly fact: FactName;
  /** Names the fact for those who do not see where the button stands. The dialog names it too. */
  readonly of?: string;
  readonly label?: string;
}

/**
 * A button that opens a form for the fields of one fact. Saving states the fact again with its source. Retracting says that the fact is no
 * more. The history keeps the former values.
 */
export function CorrectFact({ fact, of, label = 'Correct' }: CorrectFactProps) {
  const [isOpen, setOpen] = useState(false);
  if (!canChangeFacts()) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={of === undefined ? undefined : `${label}: ${of}`}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Correct a record" closeButtonProps={{ 'aria-label': 'Close' }}>
        {isOpen && <Form fact={fact} onDone={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Form({ fact, onDone }: { readonly fact: FactName; readonly onDone: () => void }) {
  const announce = useAnnounce();
  const key = JSON.stringify(fact);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the fact.
  const variables = useMemo(() => {
    const id = (kind: FactName['kind']) => (fact.kind === kind && 'id' in fact ? fact.id : '-');
    return {
      transfer: id('TRANSFER'),
      access: id('ACCESS'),
      engagement: id('ENGAGEMENT'),
      artifact: id('ARTIFACT'),
      organization: id('ORGANIZATION'),
      revealing: fact.kind === 'REVEALS' ? fact.artifact : '-',
      controlled: fact.kind === 'CONTROL' ? fact.organization : '-',
    };
  }, [key]);
  const asked = useQuestion(FactToCorrectDocument, variables);
  // The form keeps the record as it was opened, and what was typed, while others write. Saving refuses a record that they changed.
  const opened = useRef<FactToCorrectQuery | null>(null);
  opened.current ??= asked.data;
  const done = (words: string) => {
    announce(words);
    onDone();
  };
  return (
    <AnswerFrame asked={asked} waiting="Reading the record">
      {(now) => {
        const answer = opened.current ?? now;
        const editable = editableOf(fact, answer);
        if (editable === null) return <p>This record no longer exists.</p>;
        return (
          <FactFields
            editable={editable}
            Finder={null}
            submit="Save"
            onSave={async (facts) => {
              const input = { ...facts, ifRevision: answer.revision };
              const saved = await askChange(PutFactsDocument, { input }, (data) => data.putFacts);
              if (saved instanceof Refused) return saved;
              done(saved.updated === 0 ? 'Nothing changed.' : 'Record corrected.');
            }}
            onCancel={onDone}
          >
            {editable.retraction !== null && <Retract input={editable.retraction} onDone={() => done('Record retracted.')} />}
          </FactFields>
        );
      }}
    </AnswerFrame>
  );
}

/** Takes a fact back, after a second click. */
function Retract({ input, onDone }: { readonly input: RetractFactsInput; readonly onDone: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const retract = async () => {
    const retracted = await askChange(RetractFactsDocument, { input }, (data) => data.retractFacts);
    if (retracted instanceof Refused) setProblem(retracted.sentence);
    else onDone();
  };
  if (!isAsking) {
    return (
      <Button variant="default" className={classes.retract} onClick={() => setAsking(true)}>
        Retract …
      </Button>
    );
  }
  return (
    <div className={classes.asking}>
      <p>This record no longer counts, whichever source stated it. Its history stays.</p>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button color="red" variant="outline" onClick={retract}>
          Retract the record
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          Keep it
        </Button>
      </div>
    </div>
  );
}
