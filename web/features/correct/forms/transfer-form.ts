import { COPY_FORM_WORDS } from '../../../shared/format/words.ts';
import type { CopyForm, DeletionState, FactToCorrectQuery } from '../../../shared/generated/operations.ts';
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

const DELETION: Readonly<Record<DeletionState, string>> = {
  NONE: 'Not requested',
  REQUESTED: 'Requested, not answered',
  ATTESTED: 'The holder says that it was deleted',
  VERIFIED: 'Deleted, with evidence',
};

const fields: readonly Field[] = [
  { name: 'sentAt', label: 'Sent', type: 'date', edge: 'start', note: 'Blank: not known.' },
  { name: 'form', label: 'Form', type: 'choice', choices: choicesOf(COPY_FORM_WORDS) },
  { name: 'deletionState', label: 'Deletion', type: 'choice', choices: choicesOf(DELETION) },
  { name: 'deletedAt', label: 'Deleted', type: 'date', edge: 'until', note: 'Blank: not known, or not deleted.' },
  { name: 'records', label: 'Items carried', type: 'number', min: 0, max: 1e15, note: 'Records, tasks or examples. Blank: not known.' },
  { name: 'bytes', label: 'Bytes carried', type: 'number', min: 0, max: 1e18, note: 'Blank: not known.' },
];

const changesOf = (values: Parsed) => ({
  sentAt: values.sentAt as string | null,
  form: values.form as CopyForm,
  deletionState: values.deletionState as DeletionState,
  deletedAt: values.deletedAt as string | null,
  records: values.records as number | null,
  bytes: values.bytes as number | null,
});

export function transferForm(fact: NonNullable<FactToCorrectQuery['transfer']>): Editable {
  const { id, artifact, sender, recipient, engagement, provenance, portion, fragments, channel, confidence } = fact;
  const kept = { id, artifact: artifact.id, sender: sender.id, recipient: recipient.id, portion, channel, confidence };
  return {
    title: `${artifact.name}, ${sender.name} to ${recipient.name}`,
    id,
    fields,
    values: {
      sentAt: dateText(fact.sentAt, 'start'),
      form: fact.form,
      deletionState: fact.deletionState,
      deletedAt: dateText(fact.deletedAt, 'until'),
      records: textOf(fact.records),
      bytes: textOf(fact.bytes),
    },
    exact: { sentAt: fact.sentAt, deletedAt: fact.deletedAt },
    source: provenance.source,
    ...(fact.deletionState === 'VERIFIED'
      ? {}
      : { shortcut: { label: 'Record a deletion certificate', values: { deletionState: 'VERIFIED' }, focus: 'deletedAt' } }),
    toInput: (values, source) => ({
      transfers: [
        {
          ...kept,
          fragments: fragments === null ? null : [...fragments],
          engagement: engagement?.id ?? null,
          ...changesOf(values),
          source,
        },
      ],
    }),
    retraction: { transfers: [id] },
  };
}

export const newTransfer = newFactForm({
  title: 'A copy of an artifact, handed from one organization to another.',
  fields: [
    recordField('artifact', 'Artifact', ['ARTIFACT']),
    recordField('sender', 'Sender', organizations),
    recordField('recipient', 'Recipient', organizations),
    ...fields,
  ],
  blank: { sentAt: '', form: 'PLAINTEXT', deletionState: 'NONE', deletedAt: '', records: '', bytes: '' },
  idPrefix: 'T',
  toInput: (values, source) => ({
    transfers: [
      {
        id: values.id as string,
        artifact: values.artifact as string,
        sender: values.sender as string,
        recipient: values.recipient as string,
        ...changesOf(values),
        source,
      },
    ],
  }),
});
