import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { formatDay } from '../../shared/format/instant.ts';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, parseTypedDate } from '../../shared/format/typed-date.ts';
import type { SaveSoftwareStatementInput } from '../../shared/generated/operations.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './advisory.module.css';
import type { StripMatch } from './grade-words.ts';

type Statement = Omit<SaveSoftwareStatementInput, 'organization' | 'advisory'>;

/** Records a statement of an organization about the advisory, or takes back that of a source. Resolves to a sentence where it failed. */
export interface ChangeStatements {
  readonly save: (organization: string, statement: Statement) => Promise<string | null>;
  readonly takeBack: (organization: string, source: string) => Promise<string | null>;
}

const STATES: readonly { readonly value: Statement['state']; readonly label: string }[] = [
  { value: 'NOT_AFFECTED', label: 'Not affected' },
  { value: 'AFFECTED', label: 'Affected' },
  { value: 'FIXED', label: 'Fixed' },
  { value: 'UNDER_INVESTIGATION', label: 'Under investigation' },
];

interface StatementsProps {
  readonly match: StripMatch;
  readonly change: ChangeStatements;
}

/** What an organization says of itself and the advisory. It stands beside the grade and never lowers it (semantics §13.3). */
export function Statements({ match: { organization, statements }, change }: StatementsProps) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div className={classes.statements}>
      {statements.map(({ state, justification, source, at }) => (
        <p key={`${source} ${state}`} className={classes.note}>
          {organization.name} says “{state.toLowerCase().replaceAll('_', ' ')}”{justification === null ? '' : `: ${justification}`} (
          {source}
          {at === null ? '' : `, ${formatDay(at)}`}). It never lowers the grade.{' '}
          {canWrite() && (
            <button
              type="button"
              className={classes.link}
              aria-label={`Take back what ${source} says`}
              onClick={async () => setProblem(await change.takeBack(organization.id, source))}
            >
              Take back
            </button>
          )}
        </p>
      ))}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {canWrite() && (
        <p>
          <button type="button" className={classes.link} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Close' : `Record what ${organization.name} says`}
          </button>
        </p>
      )}
      {isOpen && (
        <StatementForm
          onSave={async (statement) => {
            const failed = await change.save(organization.id, statement);
            if (failed === null) setOpen(false);
            return failed;
          }}
        />
      )}
    </div>
  );
}

function StatementForm({ onSave }: { readonly onSave: (statement: Statement) => Promise<string | null> }) {
  const [state, setState] = useState<Statement['state']>('NOT_AFFECTED');
  const [source, setSource] = useState('');
  const [justification, setJustification] = useState('');
  const [at, setAt] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const instant = at.trim() === '' ? null : parseTypedDate(at, 'start');
    const fault =
      source.trim() === ''
        ? 'Name where it says so, such as “Letter of Sep 25”. A later statement of the same source replaces it.'
        : at.trim() !== '' && instant === null
          ? `Please ${DATE_TIME_ADVICE}`
          : null;
    setProblem(fault);
    if (fault !== null) return;
    setSaving(true);
    const reason = justification.trim();
    setProblem(await onSave({ state, source: source.trim(), justification: reason === '' ? null : reason, at: instant }));
    setSaving(false);
  };
  return (
    <form className={classes.claimForm} onSubmit={submit}>
      <div>
        <NativeSelect
          label="It says"
          value={state}
          data={[...STATES]}
          onChange={(event) => setState(event.currentTarget.value as Statement['state'])}
        />
        <TextInput label="Where it says so" value={source} maxLength={500} onChange={(event) => setSource(event.currentTarget.value)} />
        <TextInput
          label="When, UTC"
          placeholder={DATE_TIME_PLACEHOLDER}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
      </div>
      <div>
        <TextInput label="Why" value={justification} maxLength={1000} onChange={(event) => setJustification(event.currentTarget.value)} />
      </div>
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <div>
        <Button type="submit" size="compact-sm" loading={isSaving}>
          Record it
        </Button>
      </div>
    </form>
  );
}
