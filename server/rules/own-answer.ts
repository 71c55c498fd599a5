import { type Assertion, type FactValue, isValueEqual, type RecordedFact } from '../domain/assertions.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { FactKind } from '../domain/facts.ts';

/*
 * The claims that an organization's own answer may make (semantics §12, "An organization's own answer"). Its word is no evidence, and it decides
 * alone only about what it alone can know.
 */

const state = fieldIndex('TRANSFER', 'deletionState');
const deletedAt = fieldIndex('TRANSFER', 'deletedAt');
const recipient = fieldIndex('TRANSFER', 'recipient');
const evidence = fieldIndex('CONTROL', 'evidenceType');
const roles = fieldIndex('ORGANIZATION', 'roles');

/**
 * A stated value as the organization's word counts: VERIFIED as ATTESTED, and any evidence as SELF_ATTESTED.
 *
 * @param field the place of the field in the field table
 * @param value undefined: the answer does not state the field
 */
export function weakenOwnWord(kind: FactKind, field: number, value: FactValue | undefined): FactValue | undefined {
  if (kind === 'TRANSFER' && field === state && value === 'VERIFIED') return 'ATTESTED';
  return kind === 'CONTROL' && field === evidence && typeof value === 'string' ? 'SELF_ATTESTED' : value;
}

/**
 * Whether the respondent may change a field of a recorded fact without an analyst: the deletion of copies in its own custody unless
 * evidence of it is recorded, self-attested evidence, and its own description without its roles.
 */
export function mayRespondentChange(
  kind: FactKind,
  field: number,
  { key, values }: Pick<RecordedFact, 'key' | 'values'>,
  respondent: string,
): boolean {
  switch (kind) {
    case 'TRANSFER':
      return (field === state || field === deletedAt) && values[recipient] === respondent && values[state] !== 'VERIFIED';
    case 'CONTROL':
      return values[evidence] === 'SELF_ATTESTED';
    case 'ORGANIZATION':
      return key === respondent && field !== roles;
    default:
      return false;
  }
}

/**
 * Leaves out a deletion and an evidence type that only repeat the record. An own ATTESTED repeats a recorded VERIFIED: it never weakens the proof of
 * another.
 */
export function withoutRepetition({ kind, values }: Pick<Assertion, 'kind' | 'values'>, known: RecordedFact): Assertion['values'] {
  const repeats = (field: number) =>
    values[field] === undefined || isValueEqual(values[field] as FactValue, known.values[field] as FactValue);
  if (kind === 'TRANSFER') {
    const isConfirmed = known.values[state] === 'VERIFIED' && values[state] === 'ATTESTED';
    if (!repeats(deletedAt) || !(repeats(state) || isConfirmed)) return values;
    return values.map((value, field) => (field === state || field === deletedAt ? undefined : value));
  }
  if (kind !== 'CONTROL' || !values.every((_, field) => repeats(field))) return values;
  return values.map((value, field) => (field === evidence ? undefined : value));
}
