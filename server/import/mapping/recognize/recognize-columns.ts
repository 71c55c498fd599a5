import { distance } from 'fastest-levenshtein';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { findDomain } from '../../../domain/names/plain-name.ts';
import { fromVocabulary, patternOf, type WordUse, wordsOf } from '../../vocabulary/vocabulary-rows.ts';
import type { Concept, ConceptName } from '../column-synonyms.ts';
import { conceptOf, concepts, controlOfHeader, fillerWords, privateHeaders } from '../column-synonyms.ts';
import type { PercentUnit } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { readNumber } from '../values/read-values.ts';

/** A possible meaning of a column. Lists of guesses start with the likeliest. */
export type ColumnGuess =
  | { readonly what: 'concept'; readonly concept: ConceptName; readonly confidence: number; readonly because: string }
  | { readonly what: 'control'; readonly control: string; readonly confidence: number; readonly because: string }
  | { readonly what: 'private' | 'empty' | 'amount' | 'contradicted'; readonly because: string };

/** The vocabulary's headers, indexed. All of them are plain. */
const index = fromVocabulary(() => {
  const byHeader = new Map<string, ConceptName[]>();
  for (const [name, { headers }] of concepts()) for (const header of headers) getOrInsert(byHeader, header, () => []).push(name);
  /** Long known headers without their filler words: "code of the provider" and "code of provider" are equal. */
  const byBareHeader = new Map(
    [...byHeader].map(([header, names]) => [toBare(header), names] as const).filter(([bare]) => bare.split(' ').length > 2),
  );
  /** The words of each known header, by their number. */
  const byWordCount = new Map<number, string[][]>();
  for (const words of [...byHeader.keys()].map((header) => header.split(' '))) getOrInsert(byWordCount, words.length, () => []).push(words);
  /** Known words are never misspellings of each other: "contract" is not "contact". */
  const knownWords = new Set([...byHeader.keys(), ...controlOfHeader().keys(), ...privateHeaders()].flatMap((header) => header.split(' ')));
  for (const word of wordsOf('NO_MISSPELLING')) knownWords.add(toPlainHeader(word));
  /** Words that a control's header may have beside the control. */
  const controlFillers = new Set(wordsOf('CONTROL_FILLER').map(toPlainHeader));
  return { byHeader, byBareHeader, byWordCount, knownWords, controlFillers };
});

/** Headers with a word such as "key" that hold nothing private. */
const notPrivate = fromVocabulary(() => new Set(wordsOf('NO_PRIVATE').map(toPlainHeader)));

/** A header that names a unit by one of some words, or by a sign. */
const unitPattern = (use: WordUse, signs: readonly string[] = []) =>
  patternOf((words) => [...signs, `(?<![\\p{L}\\p{N}_])${words(use)}(?![\\p{L}\\p{N}_])`].join('|'));
const thousands = "['’]?000s?(?![\\p{L}\\p{N}_])";
/** Amounts in another currency, or in thousands or millions. */
const otherAmount = unitPattern('OTHER_AMOUNT', [
  '[€£¥₹₩₽]',
  '(?<![\\p{L}\\p{N}_])(?:[ac]|au|ca|hk|nz|sg)\\$',
  '\\$\\s?(?:k|m|mm|bn?)(?![\\p{L}\\p{N}_])',
  thousands,
]);

/** The unit of a field, and the headers that name another one. */
const units: Readonly<Record<string, { readonly wanted: string; readonly isOther: () => RegExp }>> = {
  valueLowUsd: { wanted: 'amounts in whole US dollars', isOther: otherAmount },
  valueHighUsd: { wanted: 'amounts in whole US dollars', isOther: otherAmount },
  noticeHours: { wanted: 'hours', isOther: unitPattern('OTHER_HOURS') },
  records: { wanted: 'single items', isOther: unitPattern('OTHER_COUNT', [thousands]) },
  bytes: { wanted: 'single bytes', isOther: unitPattern('OTHER_BYTES') },
};

const formNames = { date: 'dates', email: 'e-mail addresses', website: 'websites', country: 'countries', number: 'numbers', name: 'names' };

/** The minimum share of fitting cells for a header to be believed. */
const enough = 0.6;

/**
 * The possible meanings of a column, from its header and the form of its cells. Equal headers come first, then headers that
 * differ in filler words, then headers with one or two wrong letters. A header that its cells contradict is not believed.
 *
 * @param header empty for a column without a header
 */
export function recognizeColumn(header: string, profile: ColumnProfile): ColumnGuess[] {
  if (profile.filled === 0 && header.trim() === '') return [{ what: 'empty', because: 'the column is empty' }];
  // "Supplier #" is a number, and no name.
  const spoken = header.replaceAll('#', ' number ');
  const plain = toPlainHeader(spoken.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')) || toPlainHeader(spoken);
  const { byHeader, byBareHeader } = index();
  const privates = privateHeaders();
  const privateHeader = findPhrase(plain, (text) => privates.has(text));
  // "Key" over codes such as "VEND-12" names tickets.
  const isOfTickets = privateHeader === 'key' && profile.share('code') >= enough;
  if (privateHeader !== undefined && !byHeader.has(plain) && !notPrivate().has(plain) && !isOfTickets) {
    return [{ what: 'private', because: `"${header.trim()}" may hold bank, personal or secret data` }];
  }
  const secret = profile.findPrivate();
  if (secret !== undefined) return [{ what: 'private', because: secret }];

  const control = controlOfHeader().get(plain) ?? findControl(plain);
  if (control !== undefined) return [{ what: 'control', control, confidence: 0.9, because: `"${header.trim()}" names a security control` }];

  const guesses: ColumnGuess[] = [];
  /** Why the cells contradict the header. */
  let refused: string | undefined;
  const add = (names: readonly ConceptName[], confidence: number, because: string) => {
    for (const name of names) {
      const believed = believe(conceptOf(name), profile);
      if (believed === 0) refused ??= explainContradiction(header.trim(), conceptOf(name), profile);
      // Programs show the number of a vendor as "Vendor", and its name in another column.
      const isNumber = name === 'PROVIDER' && profile.share('number') >= enough;
      if (isNumber)
        guesses.push({
          what: 'concept',
          concept: 'VENDOR_ID',
          confidence: confidence * believed,
          because: `${because}, and its cells are numbers`,
        });
      else if (believed > 0) guesses.push({ what: 'concept', concept: name, confidence: confidence * believed, because });
    }
  };
  const isPercent = isPercentColumn(header, profile);
  const equal = byHeader.get(plain) ?? (isPercent ? byHeader.get(toPlainWithoutPercent(header)) : undefined);
  if (equal !== undefined) add(equal, 0.95, `"${header.trim()}" is a usual header for it`);
  else {
    const bare = toBare(plain);
    const without = byHeader.get(bare) ?? byBareHeader.get(bare);
    const near = without === undefined ? findNear(plain) : undefined;
    if (without !== undefined) add(without, 0.85, `"${header.trim()}" says the same in other words`);
    else if (near !== undefined) add(byHeader.get(near) as ConceptName[], 0.7, `"${header.trim()}" is nearly "${near}"`);
    else add(findAlternatives(header), 0.85, `all words of "${header.trim()}" mean it`);
  }
  const unit = guesses.flatMap((guess) => (guess.what === 'concept' ? (units[conceptOf(guess.concept).field] ?? []) : []))[0];
  if (unit?.isOther().test(header)) return [{ what: 'amount', because: `"${header.trim()}" does not hold ${unit.wanted}` }];
  // "% of dataset" names no dataset, and "Value (%)" is no amount.
  if (isPercent) return guesses.filter((guess) => guess.what === 'concept' && isShare(conceptOf(guess.concept)));
  if (guesses.length === 0 && refused !== undefined) guesses.push({ what: 'contradicted', because: refused });
  if (guesses.length === 0 && header.trim() === '' && profile.filled > 0) guesses.push(...recognizeByCells(profile));
  return guesses;
}

/** The concepts that each of the alternatives in a header names, as in "Vendor / Supplier" or "Region - Country". */
function findAlternatives(header: string): ConceptName[] {
  const parts = header.split(/[/|]|\s[-–—]\s/).map(toPlainHeader);
  if (parts.length === 1) return [];
  const { byHeader } = index();
  const [first, ...others] = parts.map((part) => byHeader.get(part) ?? byHeader.get(toBare(part)) ?? []);
  return (first as ConceptName[]).filter((name) => others.every((names) => names.includes(name)));
}

function toBare(plain: string): string {
  const fillers = fillerWords();
  return plain
    .split(' ')
    .filter((word) => !fillers.has(word))
    .join(' ');
}

/** The degree to which the cells confirm a header: 1; less if few cells fit; 0 if they contradict it. */
function believe(concept: Concept, profile: ColumnProfile): number {
  // "supplier: yes" is a property of the organization, not its name, and "from: 2024-03-04" is no sender.
  if (isNamed(concept) && (profile.share('answer') >= enough || profile.share('date') >= 0.3 || profile.share('email') >= enough)) return 0;
  if (concept.holds === undefined || profile.filled === 0) return 1;
  // Pages of one directory, such as a review site, are not the websites of the listed organizations.
  if (concept.holds === 'website' && isDirectory(profile)) return 0;
  const share = profile.share(concept.holds);
  // Open ends and blanks beside dates are no contradiction: a column of ends may be mostly "ongoing".
  return share >= enough ? 1 : share >= 0.3 && concept.holds === 'date' ? 0.8 : 0;
}

function explainContradiction(header: string, { holds }: Concept, profile: ColumnProfile): string {
  if (holds === 'website' && isDirectory(profile)) return `the links of "${header}" all lead to one site`;
  return `few cells of "${header}" are ${formNames[holds ?? 'name']}`;
}

/** Whether more than eight different links all lead to one host. */
function isDirectory({ distinct }: ColumnProfile): boolean {
  const links = [...distinct.keys()];
  const host = findDomain(links[0] ?? null);
  return links.length > 8 && host !== undefined && links.every((link) => findDomain(link) === host);
}

/** Whether the cells of a concept name organizations. */
function isNamed({ kind, field }: Concept): boolean {
  return (
    (kind === 'ORGANIZATION' && field === 'name') ||
    factFields[kind].some((spec) => spec.name === field && spec.type === 'reference' && spec.to === 'ORGANIZATION')
  );
}

/** Whether a field is a number of at most 1. */
function isShare({ kind, field }: Concept): boolean {
  return factFields[kind].some((spec) => spec.name === field && spec.type === 'number' && spec.to === 1);
}

function recognizeByCells(profile: ColumnProfile): ColumnGuess[] {
  if (profile.share('email') > enough)
    return [{ what: 'concept', concept: 'EMAIL', confidence: 0.6, because: 'most cells are e-mail addresses' }];
  if (profile.share('website') > enough) return [{ what: 'concept', concept: 'WEBSITE', confidence: 0.6, because: 'most cells are links' }];
  if (profile.share('country') > 0.8)
    return [{ what: 'concept', concept: 'COUNTRY', confidence: 0.6, because: 'most cells are countries' }];
  return [];
}

/** The longest run of words for which `isKnown` holds. */
function findPhrase(plain: string, isKnown: (text: string) => boolean): string | undefined {
  const words = plain.split(' ');
  for (let length = Math.min(words.length, 5); length > 0; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      const phrase = words.slice(from, from + length).join(' ');
      if (isKnown(phrase)) return phrase;
    }
  }
  return undefined;
}

/** Finds a control with only filler words beside it: "Has SOC 2 report?", "ISO 27001 status", but not "SOC 2 expiry". */
function findControl(plain: string): string | undefined {
  const controls = controlOfHeader();
  const { controlFillers } = index();
  const phrase = findPhrase(plain, (text) => controls.has(text));
  if (phrase === undefined) return undefined;
  const rest = ` ${plain} `.replace(` ${phrase} `, ' ').trim();
  return rest === '' || rest.split(' ').every((word) => controlFillers.has(word)) ? controls.get(phrase) : undefined;
}

/** Finds the known header that a header misspells: each word has the same first letter and at most two wrong letters. */
function findNear(plain: string): string | undefined {
  const { byWordCount, knownWords } = index();
  const words = plain.split(' ');
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const others of byWordCount.get(words.length) ?? []) {
    const distance = slipOf(words, others, knownWords);
    if (distance < least) [best, least] = [others.join(' '), distance];
  }
  return best;
}

function slipOf(words: readonly string[], others: readonly string[], knownWords: ReadonlySet<string>): number {
  let sum = 0;
  for (const [at, word] of words.entries()) {
    const other = others[at] as string;
    if (word === other) continue;
    if (word.length < 5 || word[0] !== other[0] || knownWords.has(word)) return Number.POSITIVE_INFINITY;
    const edits = distance(word, other);
    if (edits > (word.length >= 9 ? 2 : 1)) return Number.POSITIVE_INFINITY;
    sum += edits;
  }
  return sum;
}

const percent =
  /%|(?<!\p{L})(?:per ?cent|percentages?|pct|prozent|prozentsatz|pour ?cent|pourcentage|por ?ciento|porcentaje|percentuale|procent)(?!\p{L})/giu;

/** Whether a column's header states percent, and most of its cells are numbers. */
export function isPercentColumn(header: string, profile: ColumnProfile): boolean {
  return header.search(percent) >= 0 && profile.share('number') >= 0.6;
}

/** The plain header without its words of percent: "Share in %" is "share". Empty for "Percent". */
function toPlainWithoutPercent(header: string): string {
  return toPlainHeader(header.replace(percent, ' ')).replace(/ (?:in|as|en|als)$/, '');
}

/** The unit of a percent column's plain numbers: one above 1 proves percent. Null: all are 0 or have a % sign. */
export function percentUnitOf({ distinct, hasMoreValues }: ColumnProfile): PercentUnit | null {
  let isOpen = hasMoreValues;
  for (const text of distinct.keys()) {
    const number = readNumber(text);
    if (number === undefined || number.isPercent || number.value === 0) continue;
    if (number.value > 1) return 'PERCENT';
    isOpen = true;
  }
  return isOpen ? 'OPEN' : null;
}
