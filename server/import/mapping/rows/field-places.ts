import type { FactValue } from '../../../domain/assertions.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { EvidenceType, FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';

/** The values of a fact by the index of their field. Undefined: not stated. */
export type Values = (FactValue | undefined)[];

/** The evidence that a cell such as "yes" is for a control. */
export const evidenceOfAYes: EvidenceType = 'SELF_ATTESTED';

export function noValues(kind: FactKind): Values {
  return new Array(factFields[kind].length).fill(undefined);
}

/** Whether a field names an organization. */
export function isParty(kind: FactKind, field: string): boolean {
  if (kind === 'ORGANIZATION') return field === 'name';
  const spec = factFields[kind].find(({ name }) => name === field);
  return spec?.type === 'reference' && spec.to === 'ORGANIZATION';
}

/** The field that every row of a list of these kinds must fill, as `KIND.field`. */
export function mainFieldOf(kinds: readonly FactKind[]): string {
  const [kind] = kinds as [FactKind];
  const fields: Partial<Record<FactKind, string>> = {
    ARTIFACT: 'name',
    TRANSFER: 'artifact',
    CONTROL: 'organization',
    ACCESS: 'grantee',
    REVEALS: 'artifact',
  };
  return `${kind}.${fields[kind] ?? 'name'}`;
}

const fieldIndexes: ReadonlyMap<string, number> = new Map(
  factKinds.flatMap((kind) => factFields[kind].map(({ name }, index) => [`${kind}.${name}`, index] as const)),
);

/** The index of a field among those of its kind; -1 if the kind has no such field. */
export function fieldIndexOf(kind: FactKind, name: string): number {
  return fieldIndexes.get(`${kind}.${name}`) ?? -1;
}

/** Writes values at the places of their fields. */
export function put(values: Values, kind: FactKind, stated: Readonly<Record<string, FactValue>>): void {
  for (const [name, value] of Object.entries(stated)) values[fieldIndexOf(kind, name)] = value;
}
