import type { FactName, NewFact } from '../../../shared/facts/fact-tools.tsx';
import { showHidden } from '../../../shared/format/hidden-characters.ts';
import type { FactKind, FactToCorrectQuery } from '../../../shared/generated/operations.ts';
import { accessForm, newAccess } from './access-form.ts';
import { artifactForm, newArtifact } from './artifact-form.ts';
import { controlForm, newControl } from './control-form.ts';
import { engagementForm, newEngagement } from './engagement-form.ts';
import type { Editable } from './form-types.ts';
import { newOrganization, organizationForm } from './organization-form.ts';
import { newReveals, revealsForm } from './reveals-form.ts';
import { newTransfer, transferForm } from './transfer-form.ts';

/** The form of a fact; null if it no longer exists. A field that is not in the form keeps its value. */
export function editableOf(name: FactName, answer: FactToCorrectQuery): Editable | null {
  const form = formOf(name, answer);
  return form === null ? null : withVisibleTexts(form);
}

/** Recorded names are shown with their hidden characters as escapes. A text that nobody changes is saved as it was recorded. */
function withVisibleTexts(form: Editable): Editable {
  const hidden = Object.entries(form.values).filter(([, text]) => showHidden(text) !== text);
  if (hidden.length === 0) return form;
  const fields = new Set(form.fields.filter(({ type }) => type === 'text').map(({ name }) => name));
  const texts = hidden.filter(([field]) => fields.has(field));
  return {
    ...form,
    values: { ...form.values, ...Object.fromEntries(texts.map(([field, text]) => [field, showHidden(text)])) },
    exact: { ...form.exact, ...Object.fromEntries(texts) },
  };
}

function formOf(name: FactName, answer: FactToCorrectQuery): Editable | null {
  const { transfer, access, engagement, artifact, organization } = answer;
  switch (name.kind) {
    case 'TRANSFER':
      return transfer === null ? null : transferForm(transfer);
    case 'ACCESS':
      return access === null ? null : accessForm(access);
    case 'ENGAGEMENT':
      return engagement === null ? null : engagementForm(engagement);
    case 'ARTIFACT':
      return artifact === null ? null : artifactForm(artifact);
    case 'ORGANIZATION':
      return organization === null ? null : organizationForm(organization);
    case 'REVEALS': {
      const fact = answer.reveals?.reveals.edges.find(({ node }) => node.reveals.id === name.reveals)?.node;
      return fact === undefined ? null : revealsForm(fact);
    }
    case 'CONTROL': {
      const control = answer.controls.edges.find(({ node }) => node.control === name.control)?.node;
      return control === undefined ? null : controlForm(control);
    }
  }
}

const blank: Readonly<Record<FactKind, Omit<Editable, 'names'>>> = {
  ORGANIZATION: newOrganization,
  ARTIFACT: newArtifact,
  TRANSFER: newTransfer,
  ACCESS: newAccess,
  ENGAGEMENT: newEngagement,
  REVEALS: newReveals,
  CONTROL: newControl,
};

/** An empty form, with the ends that are known. */
export function newEditable({ kind, known }: NewFact): Editable {
  const form = blank[kind];
  const ends = Object.entries(known);
  return {
    ...form,
    values: { ...form.values, ...Object.fromEntries(ends.map(([field, { id }]) => [field, id])) },
    names: Object.fromEntries(ends.map(([field, { name }]) => [field, name])),
  };
}
