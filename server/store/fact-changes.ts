import type { FactValue } from '../domain/assertions.ts';
import { isValueEqual } from '../domain/assertions.ts';
import { formatFactValue } from '../domain/canonical-values.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { factFields } from '../domain/fact-fields.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../domain/facts.ts';
import type { FactChange, FieldChange } from './fact-write.ts';

/** The write that a change belongs to. */
export type ChangeOrigin = Pick<FactChange, 'file' | 'line' | 'source' | 'revision' | 'at' | 'by' | 'importId'>;

const nameFields = new Map<FactKind, number>([
  ['ORGANIZATION', fieldIndex('ORGANIZATION', 'name')],
  ['ARTIFACT', fieldIndex('ARTIFACT', 'name')],
]);

/**
 * The difference between a fact before and after. Undefined if there is none.
 *
 * @param before undefined if the fact did not exist
 */
export function buildFactChange(
  kind: FactKind,
  key: string,
  before: readonly FactValue[] | undefined,
  after: readonly FactValue[] | undefined,
  origin: ChangeOrigin,
): FactChange | undefined {
  const fields = diffFields(kind, before, after);
  if (fields.length === 0) return undefined;
  const nameField = nameFields.get(kind);
  const name = nameField === undefined ? null : ((after ?? before)?.[nameField] as string | null);
  return { change: nameChange(before, after, fields), kind, key, name, fields, ...origin };
}

function nameChange(
  before: readonly FactValue[] | undefined,
  after: readonly FactValue[] | undefined,
  fields: readonly FieldChange[],
): FactChange['change'] {
  if (before === undefined) return 'CREATED';
  if (after === undefined) return 'RETRACTED';
  const merge = fields.find(({ field }) => field === 'mergedInto');
  if (merge === undefined || fields.length > 1) return 'UPDATED';
  return merge.after === null ? 'UNMERGED' : 'MERGED';
}

/** Fields in their order. Each attribute counts as a field `attribute:NAME`, as in a file. */
function diffFields(kind: FactKind, before: readonly FactValue[] | undefined, after: readonly FactValue[] | undefined): FieldChange[] {
  return factFields[kind].flatMap((spec, i) => {
    const was = before?.[i] ?? null;
    const is = after?.[i] ?? null;
    if (isValueEqual(was, is)) return [];
    if (spec.type === 'attributes') return diffAttributes(was, is);
    return [{ field: spec.name, before: formatFactValue(spec, was), after: formatFactValue(spec, is) }];
  });
}

function diffAttributes(was: FactValue, is: FactValue): FieldChange[] {
  const before = toMap(was);
  const after = toMap(is);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort(compareCodePoints)
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ field: `attribute:${name}`, before: before.get(name) ?? null, after: after.get(name) ?? null }));
}

function toMap(value: FactValue): Map<string, string> {
  return new Map(((value ?? []) as readonly Attribute[]).map((attribute) => [attribute.name, attribute.value]));
}
