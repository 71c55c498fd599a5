import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DATE_ADVICE, DATE_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import { AcceptFindingDocument, type FindingRowFragment } from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorSentence } from '../../shared/graphql/error-sentence.ts';
import { factsChanged } from '../../shared/graphql/facts-epoch.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import classes from './data-quality.module.css';

interface AcceptFormProps {
  readonly finding: string;
  readonly before: FindingRowFragment['acceptance'];
  readonly onDone: () => void;
}

/** Records a person's decision to accept a finding, with a reason and an end date. */
export function AcceptForm({ finding, before, onDone }: AcceptFormProps) {
  const announce = useAnnounce();
  const [reason, setReason] = useState(before?.reason ?? '');
  const [until, setUntil] = useState(before?.until == null ? '' : formatTypedDate(before.until, 'end'));
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const end = until.trim() === '' ? null : parseTypedDate(until, 'end');
    if (end === null && until.trim() !== '') return setProblem(`End: ${DATE_ADVICE}`);
    setSaving(true);
    try {
      const { data } = await client.mutate({ mutation: AcceptFindingDocument, variables: { input: { finding, reason, until: end } } });
      const fault = data?.acceptFinding.userErrors[0]?.message;
      if (fault !== undefined) return setProblem(fault);
      announce('Finding accepted.');
      factsChanged();
      onDone();
    } catch (error) {
      setProblem(errorSentence(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <form className={classes.form} onSubmit={save}>
      <Textarea
        label="Reason"
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Until"
        description="After this day the finding is open again. Blank: no end."
        placeholder={DATE_PLACEHOLDER}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" size="compact-sm" loading={isSaving}>
          Accept this finding
        </Button>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
