import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../../shared/format/typed-date.ts';
import { type IncidentPlanStepFragment, TickStepDocument } from '../../../shared/generated/operations.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { askChange } from '../ask-change.ts';
import classes from '../incidents.module.css';

interface TickFormProps {
  readonly incident: string;
  readonly step: IncidentPlanStepFragment;
  /** @param outcome what the history says, or null if nothing changed */
  readonly onDone: (outcome: string | null) => void;
}

/** Says who does a step, or when it was done and where the evidence lies. A recall becomes verified deletions with that date. */
export function TickForm({ incident, step, onDone }: TickFormProps) {
  const announce = useAnnounce();
  const [owner, setOwner] = useState(step.owner ?? '');
  const [date, setDate] = useState(() => (step.doneAt === null ? '' : formatTypedDate(endOfDayBefore(step.doneAt), 'end')));
  const [evidence, setEvidence] = useState(step.evidence ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const doneAt = date.trim() === '' ? null : parseDone(date);
    if (date.trim() !== '' && doneAt === null) return setProblem(`Done on: ${DATE_TIME_ADVICE}`);
    setSaving(true);
    const input = { incident, step: step.id, owner: owner.trim() || null, doneAt, evidence: evidence.trim() || null };
    const saved = await askChange(TickStepDocument, { input }, (data) => data.tickPlanStep);
    setSaving(false);
    if (typeof saved === 'string') return setProblem(saved);
    const sentence = saved.incident?.entries.edges[0]?.node.text ?? null;
    announce(sentence ?? 'Saved.');
    onDone(sentence);
  };
  const recorded = {
    RECALL: 'The date of deletion, as the certificate states it. It is recorded as verified for each of these copies.',
    REVOKE_ACCESS: 'When the access ended. It is recorded with that date.',
    REVOKE_ALL_ACCESS: 'When the access ended. It is recorded with that date.',
    SUSPEND: 'When the suspension began. Its access is recorded as ended then.',
    ENCRYPT: 'When the copies were encrypted.',
  };
  return (
    <form className={classes.inline} onSubmit={save} aria-label="Tick off">
      <TextInput label="Who does it" maxLength={500} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
      <TextInput
        label="Done on, in UTC"
        description={step.action === null ? 'When the answer came.' : recorded[step.action.kind]}
        placeholder={DATE_TIME_PLACEHOLDER}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <TextInput
        label="Evidence"
        description="A step that is done needs some."
        placeholder="certificate 88, ticket 4"
        maxLength={10_000}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <Button type="submit" loading={isSaving}>
        Save
      </Button>
      <Button variant="default" onClick={() => onDone(null)}>
        Cancel
      </Button>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

/** A date alone holds for the whole day: the next day's midnight (semantics §1). */
function parseDone(text: string): string | null {
  const end = parseTypedDate(text, 'end');
  if (end === null) return null;
  return end.endsWith('.999Z') ? new Date(Date.parse(end) + 1).toISOString() : end;
}

function endOfDayBefore(doneAt: string): string {
  const at = Date.parse(doneAt);
  return new Date(at % 86_400_000 === 0 ? at - 1 : at).toISOString();
}
