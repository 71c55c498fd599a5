import { showHidden } from '../../../../shared/format/hidden-characters.ts';
import { formatInstant, formatLastDay } from '../../../../shared/format/instant.ts';
import type { FactKind } from '../../../../shared/generated/operations.ts';
import { FIELD_WORDS, valueInWords } from '../../list/field-words.ts';

/** Fields whose instant is an exclusive end: they show the last day. */
const END_FIELDS = ['deletedAt', 'validUntil', 'endsAt', 'expiresAt'];

/** The name of a changed field: `start date`, and for a text of the list its column. */
export function fieldInWords(kind: FactKind, field: string): string {
  return FIELD_WORDS[kind].find((known) => known.field === field)?.words ?? field.replace(/^attribute:/, '');
}

/** A changed value: `Jan 31, 2026` for an end at midnight, `Lab, Vendor` for roles, all else as it is. */
export function changedValue(kind: FactKind, field: string, value: string): string {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*Z$/.test(value) && !field.startsWith('attribute:'))
    return END_FIELDS.includes(field) ? formatLastDay(value) : formatInstant(value);
  const known = FIELD_WORDS[kind].find((words) => words.field === field)?.values;
  if (known === undefined || field === 'auditRight') return field === 'auditRight' ? (value === 'true' ? 'Yes' : 'No') : value;
  const values = value.split(';');
  return values.every((one) => known.includes(one)) ? values.map(valueInWords).join(', ') : value;
}

/** The name of a record, else its id. Evidence and reveals have a pair of keys: `SOC_2 of Okta`. */
export function recordName({
  factKind,
  factId,
  name,
}: {
  readonly factKind: FactKind;
  readonly factId: string;
  readonly name: string | null;
}) {
  if (name !== null || (factKind !== 'CONTROL' && factKind !== 'REVEALS')) return name ?? showHidden(factId);
  const [first = '', second = ''] = factId.split('/').map((part) => showHidden(decodeURIComponent(part)));
  return factKind === 'CONTROL' ? `${second} of ${first}` : `${first} reveals ${second}`;
}
