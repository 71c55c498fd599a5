import type { FactToCorrectQuery } from '../../../shared/generated/operations.ts';
import {
  type Choice,
  dateText,
  type Editable,
  type Field,
  newFactForm,
  organizations,
  type Parsed,
  recordField,
  textOf,
} from './form-types.ts';

const AUDIT: readonly Choice[] = [
  { value: '', label: 'Not known' },
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

const fields: readonly Field[] = [
  { name: 'startsAt', label: 'Starts', type: 'date', edge: 'start', note: 'Blank: not known.' },
  { name: 'endsAt', label: 'Ends', type: 'date', edge: 'until', note: 'Blank: no end.' },
  { name: 'noticeHours', label: 'Notice of a breach within, hours', type: 'number', min: 0, max: 100_000, note: 'Blank: no term agreed.' },
  { name: 'auditRight', label: 'Audit right', type: 'choice', choices: AUDIT },
];

const changesOf = (values: Parsed) => ({
  startsAt: values.startsAt as string | null,
  endsAt: values.endsAt as string | null,
  noticeHours: values.noticeHours as number | null,
  auditRight: values.auditRight === null ? null : values.auditRight === 'true',
});

export function engagementForm(fact: NonNullable<FactToCorrectQuery['engagement']>): Editable {
  const { id, client, provider, service, attributes, provenance } = fact;
  return {
    title: `${client.name} engages ${provider.name}`,
    id,
    fields,
    values: {
      startsAt: dateText(fact.startsAt, 'start'),
      endsAt: dateText(fact.endsAt, 'until'),
      noticeHours: textOf(fact.noticeHours),
      auditRight: textOf(fact.auditRight),
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
          ...changesOf(values),
          source,
        },
      ],
    }),
    retraction: { engagements: [id] },
  };
}

export const newEngagement = newFactForm({
  title: 'A client engages a provider for a service.',
  fields: [
    recordField('client', 'Client', organizations),
    recordField('provider', 'Provider', organizations),
    { name: 'service', label: 'Service', type: 'text', note: 'Blank: not known.' },
    ...fields,
  ],
  blank: { service: '', startsAt: '', endsAt: '', noticeHours: '', auditRight: '' },
  idPrefix: 'E',
  toInput: (values, source) => ({
    engagements: [
      {
        id: values.id as string,
        client: values.client as string,
        provider: values.provider as string,
        service: values.service as string | null,
        ...changesOf(values),
        source,
      },
    ],
  }),
});
