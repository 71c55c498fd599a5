import { showHidden } from '../../../shared/format/hidden-characters.ts';
import { formatInstant, formatLastDay } from '../../../shared/format/instant.ts';
import { valueInWords } from '../../../shared/format/words.ts';
import type { FactField } from '../../../shared/generated/fact-fields.ts';
import { FACT_FIELDS } from '../../../shared/generated/fact-fields.ts';
import type { FactKind } from '../../../shared/generated/operations.ts';

/** The fields that a column can be read as. Columns kept as text are no field. */
export function readableFields(kind: FactKind): readonly FactField[] {
  return FACT_FIELDS[kind].filter(({ type }) => type !== 'attributes');
}

/** The field that a column is read as; undefined: the column is kept as text. */
export function findField(kind: FactKind, name: string | null): FactField | undefined {
  return FACT_FIELDS[kind].find((field) => field.name === name);
}

/** The values that a field takes; undefined: any text, date or number of a wide range. */
export function valuesOf({ type, values, min = 0, max = 0 }: FactField): readonly string[] | undefined {
  if (type === 'boolean') return ['true', 'false'];
  if (type === 'integer' && max - min < 10) return Array.from({ length: max - min + 1 }, (_, i) => String(min + i));
  return values;
}

/** The name of a changed field: `start date`, and for a text of the list its column. */
export function fieldInWords(kind: FactKind, field: string): string {
  return findField(kind, field)?.words ?? field.replace(/^attribute:/, '');
}

/** A changed value: `Jan 31, 2026` for an end at midnight, `Lab, Vendor` for roles, lists of texts with commas, all else as it is. */
export function changedValue(kind: FactKind, field: string, value: string): string {
  const spec = findField(kind, field);
  if (spec === undefined || value === '') return value;
  if (spec.type === 'endInstant') return formatLastDay(value);
  if (spec.type === 'instant') return formatInstant(value);
  if (spec.type === 'boolean') return value === 'true' ? 'Yes' : 'No';
  const known = spec.values;
  const values = value.split(';');
  if (spec.type === 'texts') return values.join(', ');
  return known !== undefined && values.every((one) => known.includes(one)) ? values.map(valueInWords).join(', ') : value;
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
