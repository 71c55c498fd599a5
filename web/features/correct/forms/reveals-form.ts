import type { FactToCorrectQuery } from '../../../shared/generated/operations.ts';
import { type Editable, type Field, newFactForm, type Parsed, recordField, textOf } from './form-types.ts';

const fields: readonly Field[] = [
  { name: 'degree', label: 'Degree, above 0 to 1', type: 'number', min: 0, max: 1, isRequired: true },
  { name: 'basis', label: 'Basis', type: 'text', note: 'Why one artifact reveals the other. Blank: not stated.' },
];

const changesOf = (values: Parsed) => ({ degree: values.degree as number, basis: values.basis as string | null });

export function revealsForm(fact: NonNullable<FactToCorrectQuery['reveals']>['reveals']['edges'][number]['node']): Editable {
  const { artifact, reveals, degree, basis, provenance } = fact;
  const key = { artifact: artifact.id, reveals: reveals.id };
  return {
    title: `${artifact.name} reveals part of ${reveals.name}`,
    id: `${artifact.id} → ${reveals.id}`,
    fields,
    values: { degree: String(degree), basis: textOf(basis) },
    exact: {},
    source: provenance.source,
    toInput: (values, source) => ({ reveals: [{ ...key, ...changesOf(values), source }] }),
    retraction: { reveals: [key] },
  };
}

export const newReveals = newFactForm({
  title: 'A reader of one artifact learns part of another.',
  fields: [recordField('artifact', 'Artifact', ['ARTIFACT']), recordField('reveals', 'Reveals part of', ['ARTIFACT']), ...fields],
  blank: { degree: '', basis: '' },
  toInput: (values, source) => ({
    reveals: [{ artifact: values.artifact as string, reveals: values.reveals as string, ...changesOf(values), source }],
  }),
});
