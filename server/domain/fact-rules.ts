import type { FactValue } from './assertions.ts';
import type { FieldSpec } from './fact-fields.ts';
import { factFields, factNouns, maxCellLength, maxIdLength } from './fact-fields.ts';
import { describeFact, quote } from './fact-sentences.ts';
import type { Attribute, FactKind } from './facts.ts';
import { claimsDeletion } from './facts.ts';
import { describeInstant, isInstant } from './instants.ts';
import { describeHidden, hasHidden } from './text/hidden-characters.ts';
import { findRowsFault } from './text/row-text.ts';

interface ValueFault {
  readonly message: string;
  readonly value: string;
}

/**
 * Checks one value against its field's type and limits (fact-fields.ts). Returns undefined for a valid value.
 *
 * The message has the value and the expectation.
 */
export function findValueFault(spec: FieldSpec, value: Exclude<FactValue, null>): ValueFault | undefined {
  switch (spec.type) {
    case 'text': {
      const fault = findTextFault(spec, value, spec.maxLength, spec.isKey || spec.isRequired);
      if (fault !== undefined || spec.rows === undefined) return fault;
      const expectation = findRowsFault(spec.rows, value as string, (cell, of) => findValueFault(cell, of)?.message);
      return expectation === undefined ? undefined : expected(spec, value, expectation);
    }
    case 'reference':
      return findTextFault(spec, value, maxIdLength, true);
    case 'enum':
      return spec.values.includes(value as string) ? undefined : expected(spec, value, `one of ${spec.values.join(', ')}`);
    case 'enums': {
      const wrong = Array.isArray(value) ? value.find((item) => !spec.values.includes(item as string)) : value;
      return wrong === undefined ? undefined : expected(spec, wrong as string, `one of ${spec.values.join(', ')}`);
    }
    case 'texts':
      return findTextsFault(spec, value);
    case 'number':
    case 'integer':
      return findNumberFault(spec, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected(spec, value, 'true or false');
    case 'instant':
    case 'endInstant':
      return typeof value === 'number' && isInstant(value)
        ? undefined
        : expected(spec, value, 'a date or an RFC 3339 instant of the years 0001 to 9999');
    case 'attributes':
      return findAttributesFault(spec, value);
    default:
      return spec satisfies never;
  }
}

function findTextFault(spec: FieldSpec, value: FactValue, maxLength: number, isIdentifying: boolean): ValueFault | undefined {
  if (typeof value !== 'string') return expected(spec, value, 'a text');
  if (isIdentifying && value.length === 0) return expected(spec, value, 'at least one character');
  if (value.length <= maxLength && isPlain(value)) return undefined;
  if (value.length > maxLength && countCharacters(value) > maxLength) {
    return expected(spec, value, `at most ${maxLength} characters, and not ${countCharacters(value)}`);
  }
  // UTF-8 cannot encode a lone surrogate, so a store would return a different text.
  if (hasLoneSurrogate(value)) return expected(spec, value, 'valid Unicode, and it holds a lone surrogate');
  if (spec.isKey && value.trim() === '') return expected(spec, value, 'at least one visible character');
  if (isIdentifying && value.includes('\0')) return expected(spec, value.replaceAll('\0', '␀'), 'a text without NUL characters');
  return undefined;
}

/** Whether a text holds only visible ASCII, as most ids do. Longer texts are left to the regular expressions, which are faster there. */
function isPlain(text: string): boolean {
  if (text.length === 0 || text.length > 64) return false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit <= 0x20 || unit >= 0x7f) return false;
  }
  return true;
}

/** Whether a text has half of a surrogate pair alone, so that it is not valid Unicode. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Cs}/u.test(text);
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function findTextsFault(spec: FieldSpec, value: FactValue): ValueFault | undefined {
  if (!Array.isArray(value)) return expected(spec, value, 'a list of texts');
  for (const item of value as readonly string[]) {
    const fault = findTextFault(spec, item, maxCellLength, false);
    if (fault !== undefined) return fault;
    if (item === '') return expected(spec, item, 'a list without empty values');
  }
  return undefined;
}

function findNumberFault(spec: FieldSpec & { type: 'number' | 'integer' }, value: FactValue): ValueFault | undefined {
  const above = spec.type === 'number' ? spec.above : undefined;
  const isInside =
    typeof value === 'number' &&
    value <= spec.to &&
    value >= (spec.from ?? -Infinity) &&
    value > (above ?? -Infinity) &&
    (spec.type === 'number' || Number.isInteger(value));
  if (isInside) return undefined;
  const noun = spec.type === 'integer' ? 'a whole number' : 'a number';
  const least = above === undefined ? `from ${spec.from ?? 0}` : `above ${above}`;
  return expected(spec, value, `${noun} ${least} to ${spec.to}`);
}

function findAttributesFault(spec: FieldSpec, value: FactValue): ValueFault | undefined {
  if (!Array.isArray(value)) return expected(spec, value, 'a list of names with values');
  const names = new Set<string>();
  for (const attribute of value as readonly Attribute[]) {
    const fault = findTextFault(spec, attribute.name, maxIdLength, true) ?? findTextFault(spec, attribute.value, maxCellLength, false);
    if (fault !== undefined) return fault;
    if (names.has(attribute.name)) return expected(spec, attribute.name, 'each name once');
    names.add(attribute.name);
  }
  return undefined;
}

function expected(spec: FieldSpec, value: FactValue, expectation: string): ValueFault {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return { message: `The ${spec.column} ${quote(text)} cannot be taken: expected ${expectation}.`, value: text };
}

/** The rules that a fact can break, alone or together with the facts that it names (semantics §1). */
type FactFaultCode =
  | 'MISSING_VALUE'
  | 'BAD_VALUE'
  | 'UNKNOWN_REFERENCE'
  | 'OWNER_IS_NOT_A_LAB'
  | 'SAME_ENDS'
  | 'ENDS_BEFORE_START'
  | 'VALUE_RANGE'
  | 'TOO_MANY_FRAGMENTS'
  | 'HIDDEN_CHARACTER';

export interface FactFault {
  readonly code: FactFaultCode;
  /** The API's name of the faulty field. Null if the fact as a whole is at fault. */
  readonly field: string | null;
  /** A sentence that names the value, what was expected, and what to do. */
  readonly message: string;
  readonly value: string | null;
}

/** Access to the other facts that the rules need. */
export interface RuleContext {
  exists(kind: FactKind, key: string): boolean;
  /** The artifact's fragment count. Null if the artifact has none or does not exist. */
  findFragmentCount(artifact: string): number | null;
  isLab(organization: string): boolean;
}

/** The two organizations of a fact that must differ (semantics §1). */
export const endsOf = {
  ENGAGEMENT: ['client', 'provider'],
  TRANSFER: ['sender', 'recipient'],
  ACCESS: ['grantee', 'grantor'],
} as const;
export type KindWithEnds = keyof typeof endsOf;
export const kindsWithEnds = Object.keys(endsOf) as KindWithEnds[];

/**
 * Finds the rules of semantics §1 that a fact breaks.
 *
 * @param values in the order of `factFields[kind]`, folded, defaults filled in
 * Complexity: O(size of the values).
 */
export function findFactFaults(kind: FactKind, values: readonly FactValue[], context: RuleContext): FactFault[] {
  const faults = findOwnFaults(kind, values);
  findForeignFaults(kind, values, context, faults);
  return faults;
}

/** Checks the rules that need no other fact: required fields, types, ranges, equal ends, order of dates, values. */
export function findOwnFaults(kind: FactKind, values: readonly FactValue[]): FactFault[] {
  const faults: FactFault[] = [];
  const specs = factFields[kind];
  for (let i = 0; i < specs.length; i++) {
    const spec = specs[i] as FieldSpec;
    const value = values[i] as FactValue;
    if (value !== null && value !== undefined) {
      const fault = findValueFault(spec, value);
      if (fault !== undefined) faults.push({ code: 'BAD_VALUE', field: spec.name, ...fault });
    } else if (spec.isRequired) {
      const message = `${describeFact(kind, values)} has no ${spec.column}. Every ${factNouns[kind].one} needs one.`;
      faults.push({ code: 'MISSING_VALUE', field: spec.name, message, value: null });
    }
  }
  return faults.length > 0 ? faults : findRelationFaults(kind, values);
}

/**
 * Finds hidden characters (text/hidden-characters.ts) in texts that are new for a fact. What is recorded may be stated again.
 *
 * @param isRecorded whether the fact had the text in this field before
 */
export function findHiddenFaults(
  kind: FactKind,
  values: readonly FactValue[],
  isRecorded: (field: number, text: string) => boolean,
): FactFault[] {
  const faults: FactFault[] = [];
  const specs = factFields[kind];
  for (let field = 0; field < specs.length; field++) {
    const spec = specs[field] as FieldSpec;
    if (spec.isVisible !== true) continue;
    for (const text of textsIn(values[field])) {
      if (!hasHidden(text) || isRecorded(field, text)) continue;
      faults.push({ code: 'HIDDEN_CHARACTER', field: spec.name, message: describeHidden(spec.column, text) as string, value: text });
    }
  }
  return faults;
}

/** The texts of a value: one, or those of a list. */
export function textsIn(value: FactValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly unknown[]).filter((item) => typeof item === 'string') : [];
}

/** Checks the fields of a fact against each other: equal ends, order of dates, values. Each value alone must be valid. */
export function findRelationFaults(kind: FactKind, values: readonly FactValue[]): FactFault[] {
  const faults: FactFault[] = [];
  switch (kind) {
    case 'ORGANIZATION':
      break;
    case 'ARTIFACT':
      checkValueRange(values, faults);
      break;
    case 'ENGAGEMENT':
      checkEnds(kind, values, ...endsOf.ENGAGEMENT, faults);
      checkOrder(kind, values, 'startsAt', 'endsAt', 'ended', 'it started', faults);
      break;
    case 'TRANSFER':
      checkTransferId(values, faults);
      checkEnds(kind, values, ...endsOf.TRANSFER, faults);
      // In any other deletion state deletedAt is ignored, so it cannot be wrong.
      if (claimsDeletion(values[deletionState])) checkOrder(kind, values, 'sentAt', 'deletedAt', 'was deleted', 'it was sent', faults);
      break;
    case 'ACCESS':
      checkEnds(kind, values, ...endsOf.ACCESS, faults);
      checkOrder(kind, values, 'validFrom', 'validUntil', 'ended', 'it was valid', faults);
      break;
    case 'REVEALS':
      checkEnds(kind, values, 'artifact', 'reveals', faults);
      break;
    case 'CONTROL':
      checkOrder(kind, values, 'issuedAt', 'expiresAt', 'expired', 'it was issued', faults);
      break;
    case 'SOFTWARE_LIST':
    case 'ADVISORY':
    case 'AVAILABILITY':
    case 'SOFTWARE_STATEMENT':
      break;
    default:
      kind satisfies never;
  }
  return faults;
}

/** Checks a fact against the facts it names: whether they exist, the owner's role, the artifact's fragment count. Appends to `faults`. */
export function findForeignFaults(kind: FactKind, values: readonly FactValue[], context: RuleContext, faults: FactFault[]): void {
  const specs = factFields[kind];
  for (let i = 0; i < specs.length; i++) {
    const spec = specs[i] as FieldSpec;
    const value = values[i];
    if (spec.type !== 'reference' || typeof value !== 'string' || context.exists(spec.to, value)) continue;
    const noun = factNouns[spec.to].one;
    const message = `${describeFact(kind, values)} names ${quote(value)} as its ${spec.column}, and there is no such ${noun}. Correct it, or add the ${noun} first or in the same import.`;
    faults.push({ code: 'UNKNOWN_REFERENCE', field: spec.name, message, value });
  }
  findNamedFaults(kind, values, context, faults);
}

/** Checks a fact against properties of the facts that it names: the owner's role, the artifact's fragment count. Appends to `faults`. */
export function findNamedFaults(kind: FactKind, values: readonly FactValue[], context: RuleContext, faults: FactFault[]): void {
  if (kind === 'ARTIFACT') checkOwner(values, context, faults);
  if (kind === 'TRANSFER') checkFragments(values, context, faults);
}

/** The index of each field, by its name. */
const indexes = new Map<string, ReadonlyMap<string, number>>(
  Object.entries(factFields).map(([kind, specs]) => [kind, new Map(specs.map(({ name }, index) => [name, index]))]),
);

/** The index of a field in `factFields[kind]`. */
export function fieldIndex(kind: FactKind, name: string): number {
  return factFields[kind].findIndex((spec) => spec.name === name);
}

const owner = fieldIndex('ARTIFACT', 'owner');
const valueLow = fieldIndex('ARTIFACT', 'valueLowUsd');
const valueHigh = fieldIndex('ARTIFACT', 'valueHighUsd');
const deletionState = fieldIndex('TRANSFER', 'deletionState');
const transferArtifact = fieldIndex('TRANSFER', 'artifact');
const fragments = fieldIndex('TRANSFER', 'fragments');

function checkTransferId(values: readonly FactValue[], faults: FactFault[]): void {
  const id = values[0] as string;
  if (!id.startsWith('owned:') && !id.startsWith('implied:')) return;
  const message = `The id ${quote(id)} of a transfer begins with ${quote(id.slice(0, id.indexOf(':') + 1))}, which is reserved for copies that no transfer made. Give the transfer another id.`;
  faults.push({ code: 'BAD_VALUE', field: 'id', message, value: id });
}

function checkEnds(kind: FactKind, values: readonly FactValue[], from: string, to: string, faults: FactFault[]): void {
  const places = indexes.get(kind);
  const value = values[places?.get(from) as number] as string;
  if (value !== values[places?.get(to) as number]) return;
  const message = `${describeFact(kind, values)} has ${quote(value)} as its ${from} and as its ${to}. The two must differ: correct one of them.`;
  faults.push({ code: 'SAME_ENDS', field: to, message, value });
}

function checkOrder(
  kind: FactKind,
  values: readonly FactValue[],
  from: string,
  to: string,
  ended: string,
  started: string,
  faults: FactFault[],
): void {
  const start = values[fieldIndex(kind, from)];
  const index = fieldIndex(kind, to);
  const end = values[index];
  if (typeof start !== 'number' || typeof end !== 'number' || end >= start) return;
  const { column } = factFields[kind][index] as FieldSpec;
  const endText = describeInstant(end, { isEnd: true });
  const message = `${describeFact(kind, values)} ${ended} (${endText}) before ${started} (${describeInstant(start)}). Correct one of the dates or leave ${column} empty.`;
  faults.push({ code: 'ENDS_BEFORE_START', field: to, message, value: endText });
}

/** Checks low <= high <= 10,000 x low. A single value counts as both. The limits of the fields keep both above 0. */
function checkValueRange(values: readonly FactValue[], faults: FactFault[]): void {
  const low = values[valueLow];
  const high = values[valueHigh];
  if (typeof low !== 'number' || typeof high !== 'number') return;
  if (low > high) {
    const message = `${describeFact('ARTIFACT', values)} has a value_low_usd (${low}) above its value_high_usd (${high}). Swap or correct them.`;
    faults.push({ code: 'VALUE_RANGE', field: 'valueLowUsd', message, value: String(low) });
  } else if (high > 10_000 * low) {
    const message = `${describeFact('ARTIFACT', values)} has a value_high_usd (${high}) above 10,000 times its value_low_usd (${low}). Correct one of them; one alone stands for both.`;
    faults.push({ code: 'VALUE_RANGE', field: 'valueHighUsd', message, value: String(high) });
  }
}

function checkOwner(values: readonly FactValue[], context: RuleContext, faults: FactFault[]): void {
  const id = values[owner];
  if (typeof id !== 'string' || !context.exists('ORGANIZATION', id) || context.isLab(id)) return;
  const message = `${describeFact('ARTIFACT', values)} is owned by ${quote(id)}, which is not a lab. Give that organization the role LAB, or name the lab that owns the artifact.`;
  faults.push({ code: 'OWNER_IS_NOT_A_LAB', field: 'owner', message, value: id });
}

function checkFragments(values: readonly FactValue[], context: RuleContext, faults: FactFault[]): void {
  const names = values[fragments] as readonly string[] | null;
  if (names === null || names.length === 0) return;
  const artifact = values[transferArtifact] as string;
  const count = context.findFragmentCount(artifact);
  if (count === null || names.length <= count) return;
  const distinct = new Set(names).size;
  if (distinct <= count) return;
  const message = `${describeFact('TRANSFER', values)} names ${distinct} fragments, and the artifact ${quote(artifact)} has ${count}. Correct the fragments, or the artifact's fragment_count.`;
  faults.push({ code: 'TOO_MANY_FRAGMENTS', field: 'fragments', message, value: String(distinct) });
}
