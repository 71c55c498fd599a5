import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { DATE_TIME_PLACEHOLDER } from '../../shared/format/typed-date.ts';
import { FactToCorrectDocument, PutFactsDocument } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import classes from './correct.module.css';
import { type Editable, editableOf, type FactName, parseForm } from './editable.ts';

interface CorrectFactProps {
  readonly fact: FactName;
  /** The label of the button. The dialog names the fact. */
  readonly label?: string;
}

/** A button that opens a form for the fields of one fact. Saving states the fact again with its source. The history keeps the former values. */
export function CorrectFact({ fact, label = 'Correct' }: CorrectFactProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Correct a record" closeButtonProps={{ 'aria-label': 'Close' }}>
        {isOpen && <Form fact={fact} onDone={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Form({ fact, onDone }: { readonly fact: FactName; readonly onDone: () => void }) {
  const key = JSON.stringify(fact);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the fact.
  const variables = useMemo(() => {
    const id = (kind: FactName['kind']) => (fact.kind === kind && fact.kind !== 'CONTROL' ? fact.id : '-');
    const organization = fact.kind === 'CONTROL' ? fact.organization : '-';
    return { transfer: id('TRANSFER'), engagement: id('ENGAGEMENT'), artifact: id('ARTIFACT'), organization };
  }, [key]);
  const asked = useQuestion(FactToCorrectDocument, variables);
  return (
    <AnswerFrame asked={asked} waiting="Reading the record">
      {(answer) => {
        const editable = editableOf(fact, answer);
        if (editable === null) return <p>This record no longer exists.</p>;
        return <Fields key={answer.revision} editable={editable} revision={answer.revision} onDone={onDone} />;
      }}
    </AnswerFrame>
  );
}

interface FieldsProps {
  readonly editable: Editable;
  readonly revision: number;
  readonly onDone: () => void;
}

function Fields({ editable, revision, onDone }: FieldsProps) {
  const announce = useAnnounce();
  const [texts, setTexts] = useState(editable.values);
  const [source, setSource] = useState(editable.source ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const values = parseForm(editable, texts);
    if (typeof values === 'string') return setProblem(values);
    setSaving(true);
    try {
      const input = { ...editable.toInput(values, source.trim() === '' ? null : source.trim()), ifRevision: revision };
      const { data } = await client.mutate({ mutation: PutFactsDocument, variables: { input } });
      const fault = data?.putFacts.userErrors[0]?.message;
      if (fault !== undefined) return setProblem(fault);
      announce(data?.putFacts.updated === 0 ? 'Nothing changed.' : 'Record corrected.');
      onDone();
      factsChanged();
    } catch (error) {
      setProblem(errorSentence(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <form className={classes.form} onSubmit={save}>
      <p className={classes.title}>{editable.title}</p>
      {editable.fields.map((field) =>
        field.type === 'choice' ? (
          <NativeSelect
            key={field.name}
            label={field.label}
            data={field.choices.map(({ value, label }) => ({ value, label }))}
            value={texts[field.name] ?? ''}
            onChange={(event) => setTexts({ ...texts, [field.name]: event.currentTarget.value })}
          />
        ) : (
          <TextInput
            key={field.name}
            label={field.label}
            description={field.note}
            placeholder={field.type === 'date' ? DATE_TIME_PLACEHOLDER : undefined}
            inputMode={field.type === 'number' ? 'decimal' : undefined}
            value={texts[field.name] ?? ''}
            onChange={(event) => setTexts({ ...texts, [field.name]: event.currentTarget.value })}
          />
        ),
      )}
      <TextInput
        label="Source"
        description="The document or address that supports the values, such as a deletion certificate."
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" loading={isSaving}>
          Save
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
