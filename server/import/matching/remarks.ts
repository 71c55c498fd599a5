import { readDate } from '../mapping/values/read-dates.ts';
import { fromVocabulary, patternOf, toPattern, vocabularyRows } from '../vocabulary/vocabulary-rows.ts';

/** The meaning of a remark beside a name: when something starts or ends, that it is only planned, or its status. */
export type RemarkMeaning = 'START' | 'END' | 'PLAN' | 'STATUS';

export interface Remark {
  readonly says: RemarkMeaning;
  /** The date of a start or end, as the remark writes it. Undefined: none, or several. */
  readonly date: string | undefined;
  /** The start, where a remark says both: `date` is the end. */
  readonly from?: string;
}

type Phrase = RemarkMeaning | 'UNTIL';

/** Scripts that write words without blanks. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

const phrases = fromVocabulary(() => {
  const meanings = new Map<string, Phrase>();
  for (const { field, value, phrase } of vocabularyRows('values')) if (field === 'remark') meanings.set(toPlain(phrase), value as Phrase);
  // Words such as "from" begin names and sentences too. They make a remark only beside a date.
  const weak = [...meanings].filter(([, meaning]) => meaning === 'START' || meaning === 'UNTIL').map(([text]) => text);
  const strong = [...meanings.keys()].filter((text) => !weak.includes(text));
  const [spaced, glued] = [false, true].map((isGlued) => toPattern([...meanings.keys()].filter((text) => unspaced.test(text) === isGlued)));
  return {
    meanings,
    all: new RegExp(`${glued}|(?<![\\p{L}\\p{N}])(?:${spaced})(?![\\p{L}\\p{N}])`, 'gu'),
    alone: new RegExp(`^(?:${toPattern(strong)})[.!]?$`, 'u'),
    behind: new RegExp(`(?:^|\\s)(?:${toPattern(strong)})[.!]?$`, 'u'),
    before: new RegExp(`^(?:${glued}|(?:${spaced})(?![\\p{L}\\p{N}]))`, 'u'),
  };
});

const numericDate =
  /(?<!\d)(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}|\d{1,2}[-/]\d{4}|\d{2}\.\d{4})(?!\d)/gu;
const wordedDate =
  /(?<![\p{L}\d])(?:\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|er|\.)? (?:of |de )?\p{L}{3,12}\.?,? (?:de )?\d{4}|\p{L}{3,12}\.? (?:de )?\d{4})(?!\d)/gu;
const year = /(?<!\d)(?:19|20)\d{2}(?!\d)/;
const loneYear = /(?<![\p{L}\d./-])(?:19|20)\d{2}(?![\d./-]|\p{L})/gu;
/** The words between the two dates of "01.01.2020 - 31.12.2022", in any language of the vocabulary. */
const rangeSign =
  /^\s*(?:[-–—~〜～]|to|until|till|through|thru|bis(?: zum)?|au|à|jusqu['’]au|hasta(?: el)?|al?|até|do|до|по|至|到|から)\s*$/iu;

/** Whether a text in brackets, behind a dash or in a line of its own is nothing but a remark: "Coming Soon", "gekündigt zum 31.12.2024". */
export function isRemark(text: string): boolean {
  const plain = toPlain(text);
  const { alone, before } = phrases();
  return alone.test(plain) || (before.test(plain) && year.test(plain)) || findRange(text) !== undefined;
}

/** Whether a text in brackets is a remark: as `isRemark`, "contract expired", and any text with a date, which is no part of a name. */
export function isBracketedRemark(text: string): boolean {
  if (isRemark(text) || findDates(text).length > 0) return true;
  return text.split(/\s+/).length <= mostWords && phrases().behind.test(toPlain(text));
}

const mostWords = 5;

/** Whether a text behind a comma is a remark. Words such as "future" may be a part of a name there, so it needs a date. */
export function isDatedRemark(text: string): boolean {
  return isRemark(text) && year.test(text);
}

/** The remark at the end of a text that no sign sets apart: the "ended 2024-01-01" of "Zeta ended 2024-01-01". A year alone ends something, and starts nothing. */
export function findBareRemark(text: string): string | undefined {
  if (!year.test(text)) return undefined;
  const words = text.split(' ');
  for (let from = Math.max(1, words.length - longestBare); from < words.length - 1; from++) {
    const behind = words.slice(from).join(' ');
    const phrase = readDatedPhrase(behind);
    if (phrase !== undefined && (phrase.says === 'END' || phrase.date.length > 4)) return behind;
  }
  return undefined;
}

const longestBare = 8;

/**
 * Reads what a remark or a footnote says about the time of an engagement. Undefined: nothing, such as "optional".
 *
 * "Terminated effective May 1" is an end. "Inactive since May 1" is a status, because its date is no start.
 */
export function readRemark(text: string): Remark | undefined {
  const range = findRange(text);
  if (range !== undefined) return range;
  const { meanings, all } = phrases();
  const dates = findDates(text);
  if (dates.length === 0) dates.push(...[...text.matchAll(loneYear)].map(([found]) => found));
  const found = [...toPlain(text).matchAll(all)].map(([phrase]) => meanings.get(phrase) as Phrase);
  const stated = found.filter((meaning) => dates.length > 0 || (meaning !== 'START' && meaning !== 'UNTIL'));
  const [first] = stated;
  if (first === undefined) return undefined;
  const date = dates.length === 1 ? dates[0] : undefined;
  if (stated.includes('STATUS')) return { says: 'STATUS', date: undefined };
  if (first === 'END' || first === 'UNTIL') return { says: 'END', date: stated.every((one) => one !== 'PLAN') ? date : undefined };
  const rest = new Set(stated);
  if (rest.has('END') || rest.has('UNTIL')) return { says: first === 'PLAN' ? 'PLAN' : 'STATUS', date: undefined };
  return rest.has('START') ? { says: 'START', date } : { says: 'PLAN', date: undefined };
}

/** A start and an end with nothing but a sign or a word between them, and a word of a start before them: "2019-2023", "from 1/2020 to 3/2021". */
function findRange(text: string): Remark | undefined {
  const inner = text.trim().replace(/^[([{（［【]\s*|\s*[)\]}）］】]$/gu, '');
  const dates = findDates(inner);
  const [from, date, ...more] = dates.length === 0 ? (/^((?:19|20)\d{2})\s*[-–—]\s*((?:19|20)\d{2})$/.exec(inner)?.slice(1) ?? []) : dates;
  if (from === undefined || date === undefined || more.length > 0) return undefined;
  const [at, end] = [inner.indexOf(from), inner.lastIndexOf(date)];
  const before = toPlain(inner.slice(0, at));
  if (end + date.length !== inner.length || !rangeSign.test(inner.slice(at + from.length, end))) return undefined;
  return before === '' || phrases().meanings.get(before) === 'START' ? { says: 'END', date, from } : undefined;
}

/** A date that a word alone precedes: "gültig bis 30.06.2027". Undefined for any other text. */
export function readDatedPhrase(text: string): { readonly says: 'START' | 'END'; readonly date: string } | undefined {
  const { meanings, before } = phrases();
  if (!before.test(toPlain(text))) return undefined;
  const remark = readRemark(text);
  if (remark?.date === undefined || (remark.says !== 'START' && remark.says !== 'END')) return undefined;
  const words = toPlain(text.replace(remark.date, ' ')).replace(/\s*[:.,]*$/u, '');
  return meanings.has(words) ? { says: remark.says, date: remark.date } : undefined;
}

/** The only date of a text, and the words beside it without "on" and the signs between: "Destroyed on 2026-05-01". Undefined: no date, or several. */
export function splitDate(text: string): readonly [date: string, rest: string] | undefined {
  const [date, ...more] = findDates(text);
  if (date === undefined || more.length > 0) return undefined;
  const [before = '', behind = ''] = text.split(date);
  const rest = `${before.replace(beforeDate(), '')} ${behind}`.replace(/[()[\]{}:,;–—]|(?<=\s)-|-(?=\s)/gu, ' ');
  return [date, rest.replace(/\s+/gu, ' ').trim()];
}

/** A word such as "on" before a date, and the signs between. */
const beforeDate = patternOf((words) => `(?<!\\p{L})${words('BEFORE_DATE')}?[\\s(:,;–—-]*$`);

/** The texts in a remark that are dates, in their order. A month counts, a year alone does not. */
function findDates(text: string): string[] {
  const isDate = (date: string) => {
    const read = readDate(date, null);
    return typeof read === 'object' || read === 'OPEN_ORDER';
  };
  const numeric = [...text.matchAll(numericDate)].map(([date]) => date).filter(isDate);
  return [...numeric, ...[...text.replace(numericDate, ' ; ').matchAll(wordedDate)].map(([date]) => date).filter(isDate)];
}

function toPlain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’`´]/gu, "'")
    .replace(/\s+/gu, ' ')
    .trim();
}
