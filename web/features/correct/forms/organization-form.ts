import { ROLE_WORDS } from '../../../shared/format/words.ts';
import type { FactToCorrectQuery, OrganizationRole } from '../../../shared/generated/operations.ts';
import { choicesOf, type Editable, type Field, newFactForm, type Parsed, textOf } from './form-types.ts';

const fields: readonly Field[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true },
  { name: 'country', label: 'Country', type: 'text', note: 'Blank: not known.' },
  { name: 'website', label: 'Website', type: 'text', note: 'Blank: not known.' },
  { name: 'contactEmail', label: 'Contact', type: 'text', note: 'An email address. Blank: not known.' },
];

const changesOf = (values: Parsed) => ({
  name: values.name as string,
  country: values.country as string | null,
  website: values.website as string | null,
  contactEmail: values.contactEmail as string | null,
});

export function organizationForm(fact: NonNullable<FactToCorrectQuery['organization']>): Editable {
  const { id, name, roles, aliases, status, country, website, contactEmail, attributes, provenance } = fact;
  return {
    title: name,
    id,
    fields,
    values: { name, country: textOf(country), website: textOf(website), contactEmail: textOf(contactEmail) },
    exact: {},
    source: provenance.source,
    toInput: (values, source) => ({
      organizations: [
        {
          id,
          roles: [...roles],
          aliases: [...aliases],
          status,
          attributes: attributes.map((attribute) => ({ name: attribute.name, value: attribute.value })),
          ...changesOf(values),
          source,
        },
      ],
    }),
    retraction: { organizations: [id] },
  };
}

export const newOrganization = newFactForm({
  title: 'A lab, a vendor, a subcontractor, a tool provider or a certifier.',
  fields: [...fields.slice(0, 1), { name: 'role', label: 'Role', type: 'choice', choices: choicesOf(ROLE_WORDS) }, ...fields.slice(1)],
  blank: { name: '', role: 'VENDOR', country: '', website: '', contactEmail: '' },
  idPrefix: 'organization',
  toInput: (values, source) => ({
    organizations: [{ id: values.id as string, roles: [values.role as OrganizationRole], ...changesOf(values), source }],
  }),
});
