import type { EvidenceType, FactToCorrectQuery } from '../../../shared/generated/operations.ts';
import { choicesOf, dateText, type Editable, type Field, newFactForm, organizations, type Parsed, recordField } from './form-types.ts';

const EVIDENCE: Readonly<Record<EvidenceType, string>> = {
  SELF_ATTESTED: 'Self-attested',
  QUESTIONNAIRE: 'Questionnaire',
  CERTIFICATE: 'Certificate',
  AUDIT_REPORT: 'Audit report',
  TESTED: 'Tested',
};

const fields: readonly Field[] = [
  { name: 'evidenceType', label: 'Evidence', type: 'choice', choices: choicesOf(EVIDENCE) },
  { name: 'issuedAt', label: 'Issued', type: 'date', edge: 'start', note: 'Blank: not known.' },
  { name: 'expiresAt', label: 'Valid until', type: 'date', edge: 'until', note: 'Blank: no end.' },
];

const changesOf = (values: Parsed) => ({
  evidenceType: values.evidenceType as EvidenceType,
  issuedAt: values.issuedAt as string | null,
  expiresAt: values.expiresAt as string | null,
});

export function controlForm(fact: FactToCorrectQuery['controls']['edges'][number]['node']): Editable {
  const { organization, control, issuer, provenance } = fact;
  const key = { organization: organization.id, control };
  return {
    title: `${control} of ${organization.name}`,
    id: `${organization.id}, ${control}`,
    fields,
    values: { evidenceType: fact.evidenceType, issuedAt: dateText(fact.issuedAt, 'start'), expiresAt: dateText(fact.expiresAt, 'until') },
    exact: { issuedAt: fact.issuedAt, expiresAt: fact.expiresAt },
    source: provenance.source,
    toInput: (values, source) => ({ controls: [{ ...key, issuer: issuer?.id ?? null, ...changesOf(values), source }] }),
    retraction: { controls: [key] },
  };
}

export const newControl = newFactForm({
  title: 'Evidence that an organization meets a security control.',
  fields: [
    recordField('organization', 'Organization', organizations),
    { name: 'control', label: 'Control', type: 'text', isRequired: true, note: 'Such as MFA, ENCRYPTION_AT_REST or BREACH_NOTICE.' },
    ...fields,
  ],
  blank: { control: '', evidenceType: 'CERTIFICATE', issuedAt: '', expiresAt: '' },
  toInput: (values, source) => ({
    controls: [{ organization: values.organization as string, control: values.control as string, ...changesOf(values), source }],
  }),
});
