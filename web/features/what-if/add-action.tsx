import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import type { ScenarioStep } from '../../shared/url/scenario-url.ts';
import classes from './what-if.module.css';
import type { WhatIfProps } from './what-if-subject.ts';

const KINDS: readonly { readonly value: ScenarioStep['kind']; readonly label: string }[] = [
  { value: 'RECALL', label: 'Recall copies' },
  { value: 'ENCRYPT', label: 'Encrypt copies, key at the owner' },
  { value: 'SUSPEND', label: 'Suspend an organization' },
  { value: 'REVOKE_ALL_ACCESS', label: 'Revoke all access of an organization' },
  { value: 'REVOKE_ACCESS', label: 'Revoke one access' },
];

interface AddActionProps extends Pick<WhatIfProps, 'subject' | 'selection'> {
  readonly onAdd: (action: ScenarioStep) => void;
}

/** A form for one action. A holder or lab that is selected on the canvas is filled in. */
export function AddAction({ subject, selection, onAdd }: AddActionProps) {
  const { organizations, labs, accesses, widest } = subject;
  const selected = selection?.startsWith('organization:') ? selection.slice('organization:'.length) : null;
  const isHolder = organizations.some(({ id }) => id === selected);
  const isLab = !isHolder && labs.some(({ id }) => id === selected);
  const [kind, setKind] = useState<ScenarioStep['kind']>('RECALL');
  const [organization, setOrganization] = useState(isHolder && selected !== null ? selected : (organizations[0]?.id ?? ''));
  const [owner, setOwner] = useState(isLab && selected !== null ? selected : '');
  const [access, setAccess] = useState(accesses[0]?.id ?? '');
  const [at, setAt] = useState(() => formatTypedDate(widest.from, 'start'));
  const [problem, setProblem] = useState<string | null>(null);
  const isAboutCopies = kind === 'RECALL' || kind === 'ENCRYPT';
  const isAboutAccess = kind === 'REVOKE_ACCESS';

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const instant = parseTypedDate(at, 'start');
    if (instant === null) {
      setProblem(`When: ${DATE_TIME_ADVICE}`);
      return;
    }
    setProblem(null);
    onAdd({ kind, id: isAboutAccess ? access : organization, owner: isAboutCopies && owner !== '' ? owner : null, at: instant });
  };
  return (
    <form className={classes.add} onSubmit={onSubmit} aria-label="Add an action">
      <NativeSelect
        label="Action"
        size="xs"
        data={KINDS.filter(({ value }) => value !== 'REVOKE_ACCESS' || accesses.length > 0)}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as ScenarioStep['kind'])}
      />
      {isAboutAccess ? (
        <NativeSelect
          label="Access"
          size="xs"
          data={accesses.map(({ id, from, to }) => ({ value: id, label: `${from} → ${to}` }))}
          value={access}
          onChange={(event) => setAccess(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect
          label="Organization"
          size="xs"
          data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
        />
      )}
      {isAboutCopies && (
        <NativeSelect
          label="Whose artifacts"
          size="xs"
          data={[{ value: '', label: 'All labs' }, ...labs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
        />
      )}
      <TextInput
        label="When, in UTC"
        size="xs"
        placeholder={DATE_TIME_PLACEHOLDER}
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
        error={problem}
      />
      <Button type="submit" variant="default">
        Add action
      </Button>
    </form>
  );
}
