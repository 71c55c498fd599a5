import type { AccessKind, FactToCorrectQuery } from '../../../shared/generated/operations.ts';
import {
  choicesOf,
  dateText,
  type Editable,
  type Field,
  newFactForm,
  organizations,
  type Parsed,
  recordField,
  textOf,
} from './form-types.ts';

const KINDS: Readonly<Record<AccessKind, string>> = {
  CREDENTIALS: 'Accounts',
  SOFTWARE: 'Runs its software',
  NETWORK: 'Network access',
  OTHER: 'Other',
};

const fields: readonly Field[] = [
  { name: 'kind', label: 'Kind', type: 'choice', choices: choicesOf(KINDS) },
  { name: 'likelihood', label: 'Chance that a compromise passes, 0 to 1', type: 'number', min: 0, max: 1, note: 'Blank: 1.' },
  { name: 'validFrom', label: 'Valid from', type: 'date', edge: 'start', note: 'Blank: not known.' },
  { name: 'validUntil', label: 'Valid until', type: 'date', edge: 'until', note: 'Blank: no end.' },
  { name: 'software', label: 'Software', type: 'text', note: 'The package URL of what the grantor runs. Blank: not known.' },
];

const changesOf = (values: Parsed) => ({
  kind: values.kind as AccessKind,
  likelihood: values.likelihood as number | null,
  validFrom: values.validFrom as string | null,
  validUntil: values.validUntil as string | null,
  software: values.software as string | null,
});

export function accessForm(fact: NonNullable<FactToCorrectQuery['access']>): Editable {
  const { id, grantee, grantor, validFrom, validUntil, provenance } = fact;
  return {
    title: `${grantee.name} can act in the systems of ${grantor.name}`,
    id,
    fields,
    values: {
      kind: fact.kind,
      likelihood: textOf(fact.likelihood),
      validFrom: dateText(validFrom, 'start'),
      validUntil: dateText(validUntil, 'until'),
      software: textOf(fact.software),
    },
    exact: { validFrom, validUntil },
    source: provenance.source,
    toInput: (values, source) => ({ access: [{ id, grantee: grantee.id, grantor: grantor.id, ...changesOf(values), source }] }),
    retraction: { access: [id] },
  };
}

export const newAccess = newFactForm({
  title: 'One organization can act inside the systems of another, or the other runs its software.',
  fields: [recordField('grantee', 'Who has access', organizations), recordField('grantor', 'In whose systems', organizations), ...fields],
  blank: { kind: 'CREDENTIALS', likelihood: '', validFrom: '', validUntil: '', software: '' },
  idPrefix: 'A',
  toInput: (values, source) => ({
    access: [
      {
        id: values.id as string,
        grantee: values.grantee as string,
        grantor: values.grantor as string,
        ...changesOf(values),
        source,
      },
    ],
  }),
});
