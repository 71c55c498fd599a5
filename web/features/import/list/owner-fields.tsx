import { Autocomplete, Select } from '@mantine/core';
import { ROLE_ORDER, ROLE_WORDS } from '../../../shared/format/words.ts';
import { ListOwnersDocument, type ListOwnersQuery, type OrganizationRole } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import type { ImportDetail } from '../use-import.ts';
import { type ListAnswer, likelyRole } from './list-kinds.ts';
import classes from './list-step.module.css';

interface OwnerFieldsProps {
  readonly answer: ListAnswer;
  readonly onAnswer: (answer: ListAnswer) => void;
  readonly asked: ImportDetail['questions'][number];
}

/** Asks for the owner of a list: a recorded organization, or a new one with its role. */
export function OwnerFields({ answer, onAnswer, asked: { message, proposed } }: OwnerFieldsProps) {
  const text = answer.client.trim();
  const asked = useQuestion(ListOwnersDocument, text === '' ? null : { text });
  const known = ownersOf(asked.data);
  const same = findOwner(known, text);

  return (
    <>
      <div>
        <Autocomplete
          label="Whose list is it?"
          data={[...new Set(known.map(({ name }) => name))]}
          value={answer.client}
          placeholder="Name of the client"
          maxLength={500}
          filter={({ options }) => options}
          onChange={(name) => onAnswer({ ...answer, client: name })}
        />
        <p className={classes.why}>{message}</p>
        {text !== '' && (
          <p className={classes.why}>
            {asked.data === null || asked.isStale
              ? asked.question.phase === 'failed'
                ? `Whether ${text} is recorded already could not be read. It is looked up again when you continue.`
                : `Looking up whether ${text} is recorded already.`
              : same === undefined
                ? `${text} is new and will be created.${proposed === answer.client ? ' Proposed from the title or the file’s name.' : ''}`
                : `${same.name} is recorded already.`}
          </p>
        )}
      </div>
      {same === undefined && <RoleSelect role={answer.role ?? likelyRole(text)} onRole={(role) => onAnswer({ ...answer, role })} />}
    </>
  );
}

interface RoleSelectProps {
  /** Null: nobody has chosen it yet. */
  readonly role: OrganizationRole | null;
  readonly onRole: (role: OrganizationRole) => void;
}

/** The role of a new client, or of all the new clients that the rows of a list name. */
export function RoleSelect({ role, onRole }: RoleSelectProps) {
  return (
    <Select
      label="Role of the client"
      data={ROLE_ORDER.map((one) => ({ value: one, label: ROLE_WORDS[one] }))}
      value={role}
      placeholder="Choose"
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onRole(chosen as OrganizationRole)}
    />
  );
}

/** The id of the recorded organization with this name or id, or null. */
export async function findOwnerId(text: string): Promise<string | null> {
  const { data } = await client.query({ query: ListOwnersDocument, variables: { text } });
  return findOwner(ownersOf(data ?? null), text)?.id ?? null;
}

interface Owner {
  readonly id: string;
  readonly name: string;
}

function ownersOf(data: ListOwnersQuery | null): Owner[] {
  return (data?.search ?? []).flatMap(({ found }) => ('id' in found ? [found as Owner] : []));
}

function findOwner(known: readonly Owner[], text: string): Owner | undefined {
  return known.find(({ id, name }) => [id, name].some((one) => one.toLowerCase() === text.toLowerCase()));
}
