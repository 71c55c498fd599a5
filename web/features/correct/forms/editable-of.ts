import type { FactName, NewFact } from '../../../shared/facts/fact-tools.tsx';
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
