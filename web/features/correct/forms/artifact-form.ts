import { ARTIFACT_TYPE_WORDS } from '../../../shared/format/words.ts';
import type { ArtifactType, FactToCorrectQuery } from '../../../shared/generated/operations.ts';
import { choicesOf, type Editable, type Field, newFactForm, type Parsed, recordField, textOf } from './form-types.ts';

const fields: readonly Field[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true },
  { name: 'type', label: 'Type', type: 'choice', choices: choicesOf(ARTIFACT_TYPE_WORDS) },
  { name: 'sensitivity', label: 'Sensitivity, 1 to 5', type: 'number', min: 1, max: 5, isRequired: true },
  { name: 'valueLowUsd', label: 'Low value, US dollars', type: 'number', min: 0, max: 1e15, note: 'Blank: not known.' },
  { name: 'valueHighUsd', label: 'High value, US dollars', type: 'number', min: 0, max: 1e15, note: 'Blank: not known.' },
];

const changesOf = (values: Parsed) => ({
  name: values.name as string,
  type: values.type as ArtifactType,
  sensitivity: values.sensitivity as number,
  valueLowUsd: values.valueLowUsd as number | null,
  valueHighUsd: values.valueHighUsd as number | null,
});

export function artifactForm(fact: NonNullable<FactToCorrectQuery['artifact']>): Editable {
  const { id, name, owner, modelFamily, version, fragmentCount, usefulPortion, provenance } = fact;
  const kept = { id, owner: owner.id, modelFamily, version, fragmentCount, usefulPortion };
  return {
    title: name,
    id,
    fields,
    values: {
      name,
      type: fact.type,
      sensitivity: String(fact.sensitivity),
      valueLowUsd: textOf(fact.valueLowUsd),
      valueHighUsd: textOf(fact.valueHighUsd),
    },
    exact: {},
    source: provenance.source,
    toInput: (values, source) => ({ artifacts: [{ ...kept, ...changesOf(values), source }] }),
    retraction: { artifacts: [id] },
  };
}

export const newArtifact = newFactForm({
  title: 'A piece of a lab’s methodology.',
  fields: [recordField('owner', 'Owner', ['LAB']), ...fields],
  blank: { name: '', type: 'ANNOTATION_GUIDELINES', sensitivity: '', valueLowUsd: '', valueHighUsd: '' },
  idPrefix: 'artifact',
  toInput: (values, source) => ({ artifacts: [{ id: values.id as string, owner: values.owner as string, ...changesOf(values), source }] }),
});
