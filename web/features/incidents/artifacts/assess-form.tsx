import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { AssessDocument, type AssessmentState } from '../../../shared/generated/operations.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { askChange } from '../ask-change.ts';
import { ASSESSMENT_WORDS, optionsOf } from '../incident-words.ts';
import classes from '../incidents.module.css';

interface AssessFormProps {
  readonly incident: string;
  /** Ids. */
  readonly artifacts: readonly string[];
  readonly onDone: () => void;
}

/** One statement about all selected artifacts. */
export function AssessForm({ incident, artifacts, onDone }: AssessFormProps) {
  const announce = useAnnounce();
  const [state, setState] = useState<AssessmentState>('UNDER_INVESTIGATION');
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const input = { incident, artifacts: [...artifacts], state, reason: reason.trim() || null, evidence: evidence.trim() || null };
    setSaving(true);
    const saved = await askChange(AssessDocument, { input }, (data) => data.setAssessments);
    setSaving(false);
    if (typeof saved === 'string') return setProblem(saved);
    announce(`Recorded for ${countOf(artifacts.length, 'artifact', 'artifacts')}.`);
    onDone();
  };
  return (
    <form className={classes.inline} onSubmit={save} aria-label="What people found">
      <p className={classes.label}>{countOf(artifacts.length, 'artifact', 'artifacts')} selected</p>
      <NativeSelect
        label="Finding"
        data={optionsOf(ASSESSMENT_WORDS)}
        value={state}
        onChange={(event) => setState(event.currentTarget.value as AssessmentState)}
      />
      <TextInput
        label={state === 'NOT_DISCLOSED' ? 'Reason (needed)' : 'Reason'}
        placeholder="How it was found out"
        maxLength={10_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        label="Evidence"
        placeholder="Where it lies"
        maxLength={10_000}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <Button type="submit" loading={isSaving}>
        Record
      </Button>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
