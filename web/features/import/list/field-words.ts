import { FACT_FIELDS, type FactField } from '../../../shared/generated/fact-fields.ts';
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
