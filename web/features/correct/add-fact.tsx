import { Button, Modal, NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { askChange, Refused } from '../../shared/changes/ask-change.ts';
import type { EditableKind, NewFact } from '../../shared/facts/fact-tools.tsx';
import { PutFactsDocument, type PutFactsInput } from '../../shared/generated/operations.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { canChangeFacts } from './can-change-facts.ts';
import classes from './correct.module.css';
import { FactFields, type RecordFinder } from './fact-fields.tsx';
import { newEditable } from './forms/editable-of.ts';

const KINDS: Readonly<Record<EditableKind, string>> = {
  TRANSFER: 'A copy that was handed over',
  ACCESS: 'An access',
  ENGAGEMENT: 'An engagement',
  CONTROL: 'Evidence of a control',
  REVEALS: 'What an artifact reveals',
  ARTIFACT: 'An artifact',
  ORGANIZATION: 'An organization',
};

interface AddFactProps {
  readonly choices: readonly NewFact[];
  readonly Finder: RecordFinder;
  readonly label?: string;
}

/** A button that opens a form for a new fact of one of several kinds, its known ends filled in. */
export function AddFact({ choices, Finder, label = 'Add a record …' }: AddFactProps) {
  const [isOpen, setOpen] = useState(false);
  if (!canChangeFacts()) return null;
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Add a record" closeButtonProps={{ 'aria-label': 'Close' }}>
        {isOpen && <Form choices={choices} Finder={Finder} onDone={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Form({ choices, Finder, onDone }: AddFactProps & { readonly onDone: () => void }) {
  const announce = useAnnounce();
  const [kind, setKind] = useState(choices[0]?.kind);
  const choice = choices.find((other) => other.kind === kind);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the proposed id stays until the kind changes.
  const editable = useMemo(() => (choice === undefined ? null : newEditable(choice)), [kind]);
  if (editable === null) return null;
  return (
    <div className={classes.form}>
      {choices.length > 1 && (
        <NativeSelect
          label="Kind"
          data={choices.map((each) => ({ value: each.kind, label: KINDS[each.kind] }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as EditableKind)}
        />
      )}
      <FactFields
        key={kind}
        editable={editable}
        Finder={Finder}
        submit="Add"
        onSave={async (input) => {
          const fault = await put(input);
          if (fault !== undefined) return fault;
          announce('Record added.');
          onDone();
        }}
        onCancel={onDone}
      />
    </div>
  );
}

/** Saves a new fact, unless there is or was one with this id. */
async function put(input: PutFactsInput): Promise<Refused | undefined> {
  const put = await askChange(PutFactsDocument, { input: { ...input, ifRevision: 0 } }, (data) => data.putFacts);
  if (!(put instanceof Refused)) return undefined;
  if (put.code !== 'CONFLICT') return put;
  return new Refused({ message: 'There is, or was, a record with this id. Choose another id, or correct that record.' });
}
