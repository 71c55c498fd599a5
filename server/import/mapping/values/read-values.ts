import type { FactValue } from '../../../domain/assertions.ts';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import { findValueFault } from '../../../domain/fact-rules.ts';
import { custodyKinds } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { readDatedPhrase } from '../../matching/remarks.ts';
import { fromVocabulary, toPattern, vocabularyRows } from '../../vocabulary/vocabulary-rows.ts';
import { controlOfCell } from '../column-synonyms.ts';
import type { DateOrder, DecimalMark, PercentUnit } from '../mapping-types.ts';
import { findCountry } from './country-codes.ts';
import { type DateReading, isUnknown, readDateOrYear, toEnd } from './read-dates.ts';

/** Marks a cell that no rule can read. A person decides its meaning, or the cell is kept as text. */
export const unreadable = Symbol('unreadable');

/** Field -> plain phrase -> value. Of an enumerated field, each value's own name is a phrase too. */
const readings = fromVocabulary(() => {
  const found = new Map<string, Map<string, string>>();
  for (const spec of custodyKinds.flatMap((kind) => factFields[kind])) {
    if (spec.type !== 'enum' && spec.type !== 'enums') continue;
    const values = getOrInsert(found, spec.name, () => new Map<string, string>());
    for (const value of spec.values) values.set(toPlainHeader(value), value);
  }
  for (const { field, value, phrase } of vocabularyRows('values'))
    getOrInsert(found, field, () => new Map<string, string>()).set(toPlainPhrase(phrase), value);
  return found;
});

/** Signs such as ✓ have no plain form. */
export function toPlainPhrase(phrase: string): string {
  return toPlainHeader(phrase) || phrase.trim();
}

/** The kind of evidence that a text names, such as the "SOC 2 Type II" in a column "Certificate". */
export function readEvidence(text: string): string | undefined {
  return readings().get('evidenceType')?.get(toPlainHeader(text));
}

/** Reads yes or no. "unknown", "n/a" and an empty cell do not mean no: they are undefined. */
export function readAnswer(raw: string): boolean | undefined | typeof unreadable {
  if (isUnknown(raw)) return undefined;
  const answer = readings().get('answer')?.get(toPlainPhrase(raw));
  return answer === undefined ? unreadable : answer === 'YES';
}

/**
 * Whether a cell of a control's column is evidence of the control: "yes" and "certified" are, also with further text. "partial",
 * "planned", "in progress", "unknown" and "n/a" never are. "Yes, until 2024" and "yes, admins only" are for a person to read.
 */
export function isEvidence(raw: string): boolean | typeof unreadable {
  const answer = readAnswer(raw);
  if (answer !== unreadable) return answer === true;
  const text = toPlainHeader(raw);
  const words = evidenceWords();
  if (words.none.test(text)) return false;
  if (words.limited.test(text)) return unreadable;
  if (words.given.test(text)) return true;
  return unreadable;
}

/** Words of a control's cell: it is no evidence with one of `none`, no full one with one of `limited`, and one if it begins with one of `given`. */
const evidenceWords = fromVocabulary(() => {
  const ofValue = (value: string) =>
    vocabularyRows('values').flatMap((row) => (row.field === 'evidence' && row.value === value ? [toPlainPhrase(row.phrase)] : []));
  const anyOf = (value: string) => `(?:${toPattern(ofValue(value))})\\b`;
  return {
    none: new RegExp(`\\b${anyOf('NONE')}`),
    limited: new RegExp(`\\b${anyOf('LIMITED')}`),
    given: new RegExp(`^${anyOf('GIVEN')}`),
  };
});

/**
 * A number as lists write it: `$3,117,226`, `1.234,5 €`, `35%`, `1.5M`, `1.2E+09`, `１２００`. Undefined for any other text.
 *
 * @param mark decides `1,234` and `1.234`; null: `1,234` counts as thousands
 */
export function readNumber(
  raw: string,
  mark: DecimalMark | null = null,
): { readonly value: number; readonly isPercent: boolean; readonly currency: string | null } | undefined {
  const text = toNarrow(raw).trim();
  const power = /^[+-]?\d(?:[.,]\d+)?e[+-]\d{1,2}$/i.exec(text);
  if (power !== null) return { value: Number(text.replace(',', '.')), isPercent: false, currency: null };
  const found =
    /^(?:(us\$|usd|eur|gbp|chf|[$€£¥])\s?)?([+-]?[\d.,'’\s\u00a0]*\d)\s?(%|k|m|mm|bn|b|million|thousand)?\s?(usd|eur|gbp|chf|us\$|[$€£¥])?$/i.exec(
      text,
    );
  if (found === null) return undefined;
  const digits = toPoint((found[2] as string).replace(/[\s\u00a0'’]/g, ''), mark);
  if (digits === undefined) return undefined;
  const unit = (found[3] ?? '').toLowerCase();
  const factor = /^(k|thousand)$/.test(unit) ? 1e3 : /^(m|mm|million)$/.test(unit) ? 1e6 : /^(b|bn)$/.test(unit) ? 1e9 : 1;
  const value = Number(digits) * factor;
  return { value: unit === '%' ? value / 100 : value, isPercent: unit === '%', currency: found[1] ?? found[4] ?? null };
}

/** The text with letters, digits and signs of full width as those of ASCII. */
function toNarrow(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** The decimal mark that a number proves: `12,5`, `1.234,5` and `1.234.567` a comma, `12.5` and `1,234,567` a point, `1,234` and `1.234` none. */
export function findDecimalMark(raw: string): ',' | '.' | undefined {
  const digits = /\d[\d.,]*/.exec(raw)?.[0] ?? '';
  if (isOpenNumber(digits) || readNumber(raw) === undefined) return undefined;
  const marks = digits.match(/[.,]/g) ?? [];
  const last = marks.at(-1) as ',' | '.' | undefined;
  const isGrouped = marks.length > 1 && marks.every((mark) => mark === last);
  return isGrouped ? (last === ',' ? '.' : ',') : last;
}

/** Whether one mark stands before three digits, so that it may separate thousands or decimals. */
function isOpenNumber(digits: string): boolean {
  return /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
}

/** The digits with a decimal point; undefined if the commas and points are ambiguous. */
function toPoint(text: string, mark: DecimalMark | null): string | undefined {
  if (mark !== null && isOpenNumber(text)) {
    if (mark === 'BOTH') return undefined;
    return text.includes(mark) ? text.replace(mark, '.') : text.replace(/[.,]/, '');
  }
  if (/^[+-]?\d+(\.\d+)?$/.test(text) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(text)) return text;
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[+-]?\d{1,3}(\.\d{3})+(,\d+)$|^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  return /^[+-]?(\d+,\d{1,2}|0,\d+)$/.test(text) ? text.replace(',', '.') : undefined;
}

/** Reads the date in a cell, also behind a word that says what the column says: "gültig bis 30.06.2027" in a column of ends. */
export function readStatedDate({ type }: Pick<FieldSpec, 'type'>, text: string, order: DateOrder | null): DateReading {
  const date = readDateOrYear(text, order);
  const phrase = date === 'UNREADABLE' && text.length <= longestPhrase ? readDatedPhrase(text) : undefined;
  return phrase?.says === (type === 'endInstant' ? 'END' : 'START') ? readDateOrYear(phrase.date, order) : date;
}

const longestPhrase = 80;

/**
 * Reads a cell's value for a field. Undefined: the cell states nothing. Null: the value is unknown, e.g. an open
 * end. `unreadable`: a person must decide.
 *
 * @param unit of the numbers without a % sign, where the column's header states percent
 */
export function readValue(
  spec: FieldSpec,
  raw: string,
  order: DateOrder | null,
  mark: DecimalMark | null = null,
  unit: PercentUnit | null = null,
): FactValue | undefined | typeof unreadable {
  const text = raw.trim();
  if (text === '') return undefined;
  switch (spec.type) {
    case 'instant':
    case 'endInstant': {
      const date = readStatedDate(spec, text, order);
      if (date === 'UNKNOWN') return undefined;
      if (date === 'NO_END') return spec.type === 'endInstant' ? null : undefined;
      if (typeof date !== 'object') return unreadable;
      return spec.type === 'endInstant' ? toEnd(date) : date.at;
    }
    case 'boolean':
      return readAnswer(text);
    case 'number':
    case 'integer': {
      if (isUnknown(text)) return undefined;
      const leading = spec.name === 'sensitivity' ? /^([1-5])\s?[-–—:(]/.exec(text) : null;
      const read = leading === null ? readNumber(text, mark) : { value: Number(leading[1]), isPercent: false, currency: null };
      if (read === undefined || (unit === 'OPEN' && !read.isPercent && read.value !== 0)) return unreadable;
      const number = unit === null || read.isPercent ? read : { ...read, value: read.value / 100, isPercent: true };
      const isDollar = number.currency === null || /^(us\$|usd|\$)$/i.test(number.currency);
      if (!isDollar || (spec.type === 'integer' && !Number.isInteger(number.value))) return unreadable;
      if (number.isPercent && spec.to !== 1) return unreadable;
      // A required value outside its range rejects the row; "70" for a portion may mean 70%.
      if (!spec.isRequired && findValueFault(spec, number.value) !== undefined) return unreadable;
      return number.value;
    }
    case 'enum':
      if (isUnknown(text) && spec.name !== 'deletionState') return undefined;
      return readings().get(spec.name)?.get(toPlainHeader(text)) ?? unreadable;
    case 'enums': {
      if (isUnknown(text)) return undefined;
      const values = text.split(/[;,/&\n]|\band\b/i).filter((part) => part.trim() !== '');
      const read = values.map((part) => readings().get(spec.name)?.get(toPlainHeader(part)));
      return read.includes(undefined) ? unreadable : [...new Set(read as string[])];
    }
    case 'texts': {
      if (isUnknown(text)) return undefined;
      return [...new Set(text.split(/[;\n|]/).map((part) => part.trim()))].filter((part) => part !== '' && !isUnknown(part));
    }
    default:
      if (isUnknown(text)) return undefined;
      // The name of a program is no package URL, and would be searched as one.
      if (spec.name === 'software') return /^pkg:[a-z][a-z0-9.+-]*\/\S/i.test(text) ? text : unreadable;
      if (spec.name === 'control') return controlOfCell(text) ?? text;
      if (spec.name === 'country') return findCountry(text) ?? unreadable;
      if (spec.name === 'contactEmail') return /[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+/.exec(text)?.[0] ?? unreadable;
      return text;
  }
}
