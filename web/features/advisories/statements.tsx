import { useState } from 'react';
import type { Refused } from '../../shared/changes/ask-change.ts';
import { ChangeForm } from '../../shared/changes/change-form.tsx';
import { formatDay } from '../../shared/format/instant.ts';
import type { SaveSoftwareStatementInput } from '../../shared/generated/operations.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import classes from './advisory.module.css';
import type { StripMatch } from './grade-words.ts';

type Statement = Omit<SaveSoftwareStatementInput, 'organization' | 'advisory'>;

/** Records a statement of an organization about the advisory, or takes back that of a source. Resolves to a sentence where it failed. */
export interface ChangeStatements {
  readonly save: (organization: string, statement: Statement) => Promise<Refused | undefined>;
  readonly takeBack: (organization: string, source: string) => Promise<Refused | undefined>;
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

/** The statements of an organization on itself and the advisory. They stand beside the grade and never lower it (semantics §13.3). */
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
              aria-label={`Retract what ${source} says`}
              onClick={async () => setProblem((await change.takeBack(organization.id, source))?.sentence ?? null)}
            >
              Retract
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
            if (failed === undefined) setOpen(false);
            return failed;
          }}
        />
      )}
    </div>
  );
}

function StatementForm({ onSave }: { readonly onSave: (statement: Statement) => Promise<Refused | undefined> }) {
  return (
    <ChangeForm
      look="row"
      isSmall
      isOpened
      fields={[
        { name: 'state', label: 'It says', choices: STATES },
        {
          name: 'source',
          label: 'Where it says so',
          maxLength: 500,
          needed: 'Name where it says so, such as “Letter of Sep 25”. A later statement of the same source replaces it.',
        },
        { name: 'at', label: 'When, UTC', edge: 'start' },
        { name: 'justification', label: 'Why', maxLength: 1000 },
      ]}
      start={{ state: 'NOT_AFFECTED', source: '', at: '', justification: '' }}
      submit="Record it"
      save={({ state, source, at, justification }) =>
        onSave({ state: state as Statement['state'], source, justification: justification || null, at: at || null })
      }
    />
  );
}
