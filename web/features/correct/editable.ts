import { DATE_TIME_ADVICE, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import { COPY_FORM_WORDS, capitalize } from '../../shared/format/words.ts';
import type { CopyForm, DeletionState, EvidenceType, FactToCorrectQuery, PutFactsInput } from '../../shared/generated/operations.ts';

/** A fact that can be corrected here. */
export type FactName =
  | { readonly kind: 'TRANSFER' | 'ENGAGEMENT' | 'ARTIFACT'; readonly id: string }
  | { readonly kind: 'CONTROL'; readonly organization: string; readonly control: string };

type Choice = { readonly value: string; readonly label: string };

export type Field = { readonly name: string; readonly label: string; readonly note?: string } & (
  | { readonly type: 'date'; readonly edge: 'start' | 'end' }
  | { readonly type: 'number'; readonly min: number; readonly max: number }
  | { readonly type: 'choice'; readonly choices: readonly Choice[] }
);

/** A fact as a form: its title, its fields as text, and the input that saves it with changed fields. */
export interface Editable {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly values: Readonly<Record<string, string>>;
  /** The exact instants of date texts, which show only the minute. */
  readonly exact: Readonly<Record<string, string | null>>;
  readonly source: string | null;
  readonly toInput: (values: Parsed, source: string | null) => PutFactsInput;
}

export type Parsed = Readonly<Record<string, string | number | boolean | null>>;

const DELETION: Readonly<Record<DeletionState, string>> = {
  NONE: 'Nobody asked',
  REQUESTED: 'Asked for, not answered',
  ATTESTED: 'The holder says that it was deleted',
  VERIFIED: 'Deleted, with evidence',
};

const EVIDENCE: Readonly<Record<EvidenceType, string>> = {
  SELF_ATTESTED: 'Self-attested',
  QUESTIONNAIRE: 'Questionnaire',
  CERTIFICATE: 'Certificate',
  AUDIT_REPORT: 'Audit report',
  TESTED: 'Tested',
};

const AUDIT: readonly Choice[] = [
  { value: '', label: 'Not known' },
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** The form of a fact; null if it no longer exists. A field that is not in the form keeps its value. */
export function editableOf(name: FactName, answer: FactToCorrectQuery): Editable | null {
  switch (name.kind) {
    case 'TRANSFER':
      return answer.transfer === null ? null : transferForm(answer.transfer);
    case 'ENGAGEMENT':
      return answer.engagement === null ? null : engagementForm(answer.engagement);
    case 'ARTIFACT':
      return answer.artifact === null ? null : artifactForm(answer.artifact);
    case 'CONTROL': {
      const control = answer.controls.edges.find(({ node }) => node.control === name.control)?.node;
      return control === undefined ? null : controlForm(control);
    }
  }
}

function transferForm(fact: NonNullable<FactToCorrectQuery['transfer']>): Editable {
  const { id, artifact, sender, recipient, engagement, provenance, portion, fragments, channel, confidence } = fact;
  return {
    title: `${artifact.name}, ${sender.name} to ${recipient.name}`,
    fields: [
      { name: 'sentAt', label: 'Sent', type: 'date', edge: 'start', note: 'Blank: not known.' },
      { name: 'form', label: 'Form', type: 'choice', choices: choicesOf(COPY_FORM_WORDS) },
      { name: 'deletionState', label: 'Deletion', type: 'choice', choices: choicesOf(DELETION) },
      { name: 'deletedAt', label: 'Deleted', type: 'date', edge: 'end', note: 'Blank: not known, or not deleted.' },
    ],
    values: {
      sentAt: dateText(fact.sentAt, 'start'),
      form: fact.form,
      deletionState: fact.deletionState,
      deletedAt: dateText(fact.deletedAt, 'end'),
    },
    exact: { sentAt: fact.sentAt, deletedAt: fact.deletedAt },
    source: provenance.source,
    toInput: (values, source) => ({
      transfers: [
        {
          id,
          artifact: artifact.id,
          sender: sender.id,
          recipient: recipient.id,
          portion,
          fragments: fragments === null ? null : [...fragments],
          channel,
          engagement: engagement?.id ?? null,
          confidence,
          sentAt: values.sentAt as string | null,
          form: values.form as CopyForm,
          deletionState: values.deletionState as DeletionState,
          deletedAt: values.deletedAt as string | null,
          source,
        },
      ],
    }),
  };
}

function engagementForm(fact: NonNullable<FactToCorrectQuery['engagement']>): Editable {
  const { id, client, provider, service, attributes, provenance } = fact;
  return {
    title: `${client.name} engages ${provider.name}`,
    fields: [
      { name: 'startsAt', label: 'Starts', type: 'date', edge: 'start', note: 'Blank: not known.' },
      { name: 'endsAt', label: 'Ends', type: 'date', edge: 'end', note: 'Blank: no end.' },
      {
        name: 'noticeHours',
        label: 'Notice of a breach within, hours',
        type: 'number',
        min: 0,
        max: 100_000,
        note: 'Blank: no term agreed.',
      },
      { name: 'auditRight', label: 'Audit right', type: 'choice', choices: AUDIT },
    ],
    values: {
      startsAt: dateText(fact.startsAt, 'start'),
      endsAt: dateText(fact.endsAt, 'end'),
      noticeHours: fact.noticeHours === null ? '' : String(fact.noticeHours),
      auditRight: fact.auditRight === null ? '' : String(fact.auditRight),
    },
    exact: { startsAt: fact.startsAt, endsAt: fact.endsAt },
    source: provenance.source,
    toInput: (values, source) => ({
      engagements: [
        {
          id,
          client: client.id,
          provider: provider.id,
          service,
          attributes: attributes.map(({ name, value }) => ({ name, value })),
          startsAt: values.startsAt as string | null,
          endsAt: values.endsAt as string | null,
          noticeHours: values.noticeHours as number | null,
          auditRight: values.auditRight === null ? null : values.auditRight === 'true',
          source,
        },
      ],
    }),
  };
}

function artifactForm(fact: NonNullable<FactToCorrectQuery['artifact']>): Editable {
  const { id, name, type, owner, modelFamily, version, fragmentCount, usefulPortion, provenance } = fact;
  const amount = (value: number | null) => (value === null ? '' : String(value));
  return {
    title: name,
    fields: [
      { name: 'valueLowUsd', label: 'Low value, US dollars', type: 'number', min: 0, max: 1e15, note: 'Blank: not known.' },
      { name: 'valueHighUsd', label: 'High value, US dollars', type: 'number', min: 0, max: 1e15, note: 'Blank: not known.' },
      { name: 'sensitivity', label: 'Sensitivity, 1 to 5', type: 'number', min: 1, max: 5 },
    ],
    values: { valueLowUsd: amount(fact.valueLowUsd), valueHighUsd: amount(fact.valueHighUsd), sensitivity: String(fact.sensitivity) },
    exact: {},
    source: provenance.source,
    toInput: (values, source) => ({
      artifacts: [
        {
          id,
          name,
          type,
          owner: owner.id,
          modelFamily,
          version,
          fragmentCount,
          usefulPortion,
          sensitivity: (values.sensitivity as number | null) ?? fact.sensitivity,
          valueLowUsd: values.valueLowUsd as number | null,
          valueHighUsd: values.valueHighUsd as number | null,
          source,
        },
      ],
    }),
  };
}

function controlForm(fact: FactToCorrectQuery['controls']['edges'][number]['node']): Editable {
  const { organization, control, issuer, provenance } = fact;
  return {
    title: `${control} of ${organization.name}`,
    fields: [
      { name: 'evidenceType', label: 'Evidence', type: 'choice', choices: choicesOf(EVIDENCE) },
      { name: 'issuedAt', label: 'Issued', type: 'date', edge: 'start', note: 'Blank: not known.' },
      { name: 'expiresAt', label: 'Valid until', type: 'date', edge: 'end', note: 'Blank: no end.' },
    ],
    values: { evidenceType: fact.evidenceType, issuedAt: dateText(fact.issuedAt, 'start'), expiresAt: dateText(fact.expiresAt, 'end') },
    exact: { issuedAt: fact.issuedAt, expiresAt: fact.expiresAt },
    source: provenance.source,
    toInput: (values, source) => ({
      controls: [
        {
          organization: organization.id,
          control,
          issuer: issuer?.id ?? null,
          evidenceType: values.evidenceType as EvidenceType,
          issuedAt: values.issuedAt as string | null,
          expiresAt: values.expiresAt as string | null,
          source,
        },
      ],
    }),
  };
}

/** Reads the texts of a form. A text that did not change keeps its exact instant, which the form shows to the minute. */
export function parseForm({ fields, values, exact }: Editable, texts: Readonly<Record<string, string>>): Parsed | string {
  const parsed: Record<string, string | number | null> = {};
  for (const field of fields) {
    const text = (texts[field.name] ?? '').trim();
    if (text === '') parsed[field.name] = null;
    else if (text === values[field.name] && field.name in exact) parsed[field.name] = exact[field.name] ?? null;
    else if (field.type === 'date') {
      const at = parseTypedDate(text, field.edge);
      if (at === null) return `${field.label}: ${DATE_TIME_ADVICE}`;
      parsed[field.name] = at;
    } else if (field.type === 'number') {
      const value = Number(text);
      if (!Number.isFinite(value) || value < field.min || value > field.max) {
        return `${field.label}: enter a number from ${field.min.toLocaleString('en-US')} to ${field.max.toLocaleString('en-US')}.`;
      }
      parsed[field.name] = value;
    } else parsed[field.name] = text;
  }
  return parsed;
}

function choicesOf(words: Readonly<Record<string, string>>): readonly Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label: capitalize(label) }));
}

function dateText(instant: string | null, edge: 'start' | 'end'): string {
  return instant === null ? '' : formatTypedDate(instant, edge);
}
