import { compareCodePoints } from './compare.ts';
import { factFields } from './fact-fields.ts';
import type { Attribute, FactKind, Provenance } from './facts.ts';

/** A field's value. Its type follows from the field's (fact-fields.ts). Null: unknown. */
export type FactValue = string | number | boolean | readonly string[] | readonly Attribute[] | null;

/**
 * One statement about one fact (semantics §1).
 *
 * `values` are in the order of `factFields[kind]`. `undefined` states nothing about the field (an absent column, an empty
 * cell); `null` states that the value is not known. An assertion always states the key's fields. A retraction has no values:
 * it states that the fact no longer exists.
 */
export interface Assertion {
  readonly kind: FactKind;
  /** `pairKey` for Reveals and Control, else the id. */
  readonly key: string;
  readonly isRetraction: boolean;
  readonly values: readonly (FactValue | undefined)[];
  /** The date that the inventory states, otherwise the instant of the write. */
  readonly assertedAt: number;
  readonly source: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** An assertion as a store keeps it, with the details of its write. */
export interface RecordedAssertion extends Assertion {
  /** Increases from write to write. */
  readonly write: number;
  /** The source of the assertion (semantics §1): `source:NAME` for a named inventory, `import:ID` for an import without a name, `person:NAME` for a person's edits. */
  readonly sourceKey: string;
  readonly importId: string | null;
  readonly by: string;
}

/** The fact that results from its assertions. `values` are in the order of `factFields[kind]`, with defaults filled in. */
export interface RecordedFact {
  readonly kind: FactKind;
  readonly key: string;
  readonly values: readonly FactValue[];
  readonly provenance: Provenance;
}

/**
 * Folds the assertions about a fact into the fact. Returns undefined if the fact does not exist.
 *
 * The latest assertion that states a field decides it: LATER_WRITE_COUNTS of rules/same-id.ts. A field that no assertion states has its default. A retraction cancels
 * everything before it. `assertedAt` is from the first assertion since the last retraction. The rest of the provenance is from the
 * last assertion that changed a field.
 *
 * An imported attribute column counts as a field of its own; an empty text erases it. A person's edit replaces all attributes at
 * once.
 *
 * A merge says what an id means, not that the organization exists. So merges alone make no fact.
 *
 * An end that the program states because a source stopped listing the fact does not count while another source lists it without an end.
 *
 * @param assertions about one fact, without those of undone imports, in the order of their writes
 * Complexity: O(a f) for a assertions since the last retraction of f fields.
 */
export function foldAssertions(assertions: readonly RecordedAssertion[]): RecordedFact | undefined {
  return foldWithChanger(assertions)?.fact;
}

/** As `foldAssertions`; also names the last assertion that changed a field. */
export function foldWithChanger(
  all: readonly RecordedAssertion[],
): { readonly fact: RecordedFact; readonly changer: RecordedAssertion } | undefined {
  const assertions = withoutVoidEnds(all);
  const last = assertions[assertions.length - 1];
  if (last === undefined || last.isRetraction) return undefined;
  if (assertions.length === 1 && !isMerge(last))
    return { fact: toFact(last, resolveValues(last, undefined), last, last.assertedAt), changer: last };

  let first: RecordedAssertion | undefined;
  let changer: RecordedAssertion | undefined;
  let values: FactValue[] | undefined;
  let exists = false;
  for (const assertion of assertions) {
    if (assertion.isRetraction) {
      first = changer = values = undefined;
      exists = false;
      continue;
    }
    exists ||= !isMerge(assertion);
    first ??= assertion;
    const next = resolveValues(assertion, values);
    if (values === undefined || !areValuesEqual(values, next)) changer = assertion;
    values = next;
  }
  if (!exists || first === undefined || changer === undefined || values === undefined) return undefined;
  return { fact: toFact(last, values, changer, first.assertedAt), changer };
}

/** The field with the end of facts that end when their source stops listing them. -1: facts of the kind do not end so. */
export function endFieldOf(kind: FactKind): number {
  return endFields[kind];
}

const endNames: Partial<Record<FactKind, string>> = { ENGAGEMENT: 'endsAt', ACCESS: 'validUntil' };
const endFields = Object.fromEntries(
  Object.entries(factFields).map(([kind, specs]) => [kind, specs.findIndex(({ name }) => name === endNames[kind as FactKind])]),
) as Record<FactKind, number>;

/** Whether an import states an end of its own accord, because its source stopped listing the fact. Such an assertion comes from no row. */
export function isUnlistedEnd({ kind, values, importId, file }: RecordedAssertion): boolean {
  const end = endFields[kind];
  return end >= 0 && importId !== null && file === null && typeof values[end] === 'number';
}

/** The assertions without the ends of sources that stopped listing a fact which another source lists without an end (semantics §1). */
function withoutVoidEnds(assertions: readonly RecordedAssertion[]): readonly RecordedAssertion[] {
  if (!assertions.some(isUnlistedEnd)) return assertions;
  const since = assertions.findLastIndex(({ isRetraction }) => isRetraction) + 1;
  /** Source -> whether its latest edition lists the fact, and the end that its rows state. */
  const listings = new Map<string, { isListed: boolean; end: FactValue | undefined }>();
  for (const assertion of assertions.slice(since)) {
    const { sourceKey, importId, kind, values } = assertion;
    if (importId === null) continue;
    const before = listings.get(sourceKey)?.end;
    const stated = isUnlistedEnd(assertion) ? undefined : values[endFields[kind]];
    listings.set(sourceKey, { isListed: !isUnlistedEnd(assertion), end: stated === undefined ? before : stated });
  }
  const open = [...listings].filter(([, { isListed, end }]) => isListed && typeof end !== 'number').map(([source]) => source);
  return assertions.filter((assertion) => !isUnlistedEnd(assertion) || !open.some((source) => source !== assertion.sourceKey));
}

/** The field of each kind that only a merge states. -1: none. */
const mergeFields = Object.fromEntries(
  Object.entries(factFields).map(([kind, specs]) => [kind, specs.findIndex(({ name }) => name === 'mergedInto')]),
) as Record<FactKind, number>;

/** Whether an assertion says nothing but what an id means. */
function isMerge({ kind, values }: RecordedAssertion): boolean {
  const merge = mergeFields[kind];
  if (merge === -1 || values[merge] === undefined) return false;
  return values.every((value, field) => value === undefined || field === merge || factFields[kind][field]?.isKey === true);
}

function toFact(named: RecordedAssertion, values: FactValue[], changer: RecordedAssertion, assertedAt: number): RecordedFact {
  return {
    kind: named.kind,
    key: named.key,
    values,
    provenance: {
      importId: changer.importId,
      file: changer.file,
      line: changer.line,
      assertedBy: changer.by,
      assertedAt,
      source: changer.source,
    },
  };
}

/** The values after an assertion, given the values before it. */
function resolveValues(assertion: RecordedAssertion, before: readonly FactValue[] | undefined): FactValue[] {
  return factFields[assertion.kind].map((spec, field) => {
    const stated = assertion.values[field];
    if (spec.type === 'attributes') return mergeAttributes(assertion, field, before?.[field] as readonly Attribute[] | undefined);
    if (stated === undefined && before !== undefined) return before[field] as FactValue;
    return stated ?? spec.default ?? null;
  });
}

function mergeAttributes(assertion: RecordedAssertion, field: number, before: readonly Attribute[] = []): readonly Attribute[] {
  const stated = assertion.values[field] as readonly Attribute[] | null | undefined;
  if (stated === undefined) return before;
  const byName = new Map(assertion.importId === null ? [] : before.map(({ name, value }) => [name, value]));
  for (const { name, value } of stated ?? []) {
    if (value === '' && assertion.importId !== null) byName.delete(name);
    else byName.set(name, value);
  }
  return [...byName].map(([name, value]) => ({ name, value })).sort((a, b) => compareCodePoints(a.name, b.name));
}

/** Whether two facts have equal values in every field. */
export function areValuesEqual(a: readonly FactValue[], b: readonly FactValue[]): boolean {
  return a.every((value, field) => isValueEqual(value, b[field] as FactValue));
}

export function isValueEqual(a: FactValue, b: FactValue): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item: string | Attribute, i) => {
    const other = b[i] as string | Attribute;
    if (typeof item === 'string' || typeof other === 'string') return item === other;
    return item.name === other.name && item.value === other.value;
  });
}
