import { foldAccents, isLegalForm, toPlainName } from '../../domain/names/plain-name.ts';
import { fromVocabulary, legalFormsOf, wordsOf } from '../vocabulary/vocabulary-rows.ts';

/** Legal forms that stand in front of a name, or behind it after a semicolon: "PT Sumber Makmur", "SUMBER MAKMUR; PT.". */
const frontForms = fromVocabulary(() => new Set(legalFormsOf('FRONT').map(foldAccents)));

/**
 * The words of a name in lower case, without accents, punctuation and legal form: "Älpha & Beta, Inc." is alpha, and, beta.
 * A name that consists of a legal form keeps it.
 */
export function toNameWords(name: string): string[] {
  const folded = foldAccents(name)
    .replace(/&|\+/g, ' and ')
    .replace(/[’'`´]/g, '');
  // A legal form may follow a comma or semicolon: "Acme,Inc", "NAME; PT."
  const plain = toPlainName(folded.replace(/[,;]/g, ' ').replace(/\s+and (?=co\b)/g, ' '));
  let words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  if (words.length > 1 && frontForms().has(words[0] as string)) words = words.slice(1);
  while (words.length > 1 && (frontForms().has(words.at(-1) as string) || isLegalForm(words.at(-1) as string))) words = words.slice(0, -1);
  return words;
}

/** Words of legal forms that say the same. */
const equalForms: Readonly<Record<string, string>> = {
  limited: 'ltd',
  incorporated: 'inc',
  corporation: 'corp',
  company: 'co',
  aktiengesellschaft: 'ag',
  'liability limited company': 'llc',
  'company ltd public': 'plc',
};

/** The legal form of a name, so that equal forms compare equal: "Zeta, Inc." and "Zeta Incorporated" have one. Empty without one. */
export function toLegalForm(name: string): string {
  const left = new Map<string, number>();
  for (const word of toNameWords(name)) left.set(word, (left.get(word) ?? 0) + 1);
  const form: string[] = [];
  for (const word of foldAccents(name)
    .replace(/[.’'`´]/g, '')
    .split(/[^\p{L}\p{N}]+/u)) {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    else if (word !== '' && word !== 'and') form.push(word);
  }
  const joined = form.sort().join(' ');
  return equalForms[joined] ?? form.map((word) => equalForms[word] ?? word).join(' ');
}

/**
 * A key that names share if they differ only in case, accents, punctuation, spaces and legal form: "Open AI, L.L.C." and
 * "OpenAI" are both "openai". Empty for a name without letters and digits.
 */
export function toSameKey(words: readonly string[]): string {
  return words.join('');
}

/** A name inside another name. */
export interface NamePiece {
  readonly name: string;
  /** A sentence without a subject: why the two may belong together. */
  readonly evidence: string;
}

const splitters: readonly (readonly [RegExp, string])[] = [
  [/\s*[,(]?\s*\b(?:d\/b\/a|d\.b\.a\.?|dba|doing business as|trading as|t\/a)\b[:.]?\s*/iu, 'trades under this name (d/b/a)'],
  [
    /\s*[,(]?\s*\b(?:f\/k\/a|f\.k\.a\.?|fka|formerly(?: known as)?|previously(?: known as)?|ex-|vormals|anciennement|antes)\b[:.]?\s*/iu,
    'had this name before (f/k/a)',
  ],
  [
    /\s*[,(]?\s*\b(?:a\/k\/a|a\.k\.a\.?|aka|also known as|n\/k\/a|now(?: known as)?|c\/o|via|through|operated by|provided by|powered by|owned by|part of|acquired by|subsidiary of|division of|(?:an?|the) (?=.+ (?:company|business|subsidiary)\b))\s*/iu,
    'is named together with it',
  ],
  [/\s+by\s+/iu, 'is named as a product of it'],
  [/\s*[|/]\s*|\s+[-–—]\s+|\s*:\s+/u, 'is named together with it'],
];
const bracket = /^(.+?)\s*[([]\s*(.+?)\s*[)\]]\s*(.*)$/u;
const companyTail = /\s+(?:company|business|subsidiary)\.?\)?$/iu;

/** The names inside a compound name: "Sentry | Functional Software", "Twilio (SendGrid)", "Foo Inc. d/b/a Bar". None in a plain name. */
export function findNamePieces(name: string): NamePiece[] {
  for (const [splitter, evidence] of splitters) {
    const found = splitter.exec(name);
    if (found === null || found.index === 0) continue;
    return toPieces([name.slice(0, found.index), name.slice(found.index + found[0].length)], name, evidence);
  }
  const brackets = bracket.exec(name);
  if (brackets === null) return [];
  const [, before = '', inside = '', behind = ''] = brackets;
  return toPieces([`${before} ${behind}`, inside], name, 'is named together with it, in brackets');
}

function toPieces(texts: readonly string[], whole: string, evidence: string): NamePiece[] {
  return texts
    .map((text) => text.replace(companyTail, '').replace(/^[\s(,]+|[\s),;]+$/gu, ''))
    .filter((text) => /\p{L}{2}/u.test(text) && text !== whole)
    .map((text) => ({ name: text, evidence }));
}

/** Words that name a region or a part of a group: after a shared name, they distinguish a company from its affiliates. */
const affiliateWords = fromVocabulary(() => new Set(wordsOf('AFFILIATE').map(foldAccents)));

export function isAffiliateWord(word: string): boolean {
  return affiliateWords().has(word);
}
