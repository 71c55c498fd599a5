import type { FactValue } from './assertions.ts';
import type { FieldSpec } from './fact-fields.ts';
import { maxCellLength, maxIdLength } from './fact-fields.ts';
import { quote } from './fact-sentences.ts';
import type { Attribute } from './facts.ts';
import { isInstant } from './instants.ts';
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
  return expected(spec, value, spec.to === Number.MAX_VALUE ? `${noun} ${least}` : `${noun} ${least} to ${spec.to}`);
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
