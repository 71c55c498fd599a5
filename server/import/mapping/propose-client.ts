import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import type { OrganizationRole } from '../../domain/facts.ts';
import { isLegalForm } from '../../domain/names/plain-name.ts';
import type { KnownOrganization } from '../matching/matching-types.ts';
import { fromVocabulary, patternOf, wordsOf } from '../vocabulary/vocabulary-rows.ts';
import { vendorWords } from './column-synonyms.ts';

/** Words of file names and titles that say what a list is, and not whose it is. */
const listWords = fromVocabulary(
  () => new Set([...vendorWords().flatMap((words) => words.split(' ')), ...wordsOf('LIST').map(toPlainHeader)]),
);

/**
 * The likely client of a list: a name in the title line, else in the file's name if that reads like an organization's: "northwind-bank
 * vendors.csv", not "foot.csv". Null without such a name.
 */
export function proposeClient(title: readonly string[], fileName: string): string | null {
  for (const line of title) {
    const named = findNameInTitle(line);
    if (named !== null) return named;
  }
  const words = wordsOfFile(fileName);
  return isLikeOrganization(sayingWords(words)) ? words.map(({ text, joins }) => (joins ? text : capitalize(text))).join(' ') : null;
}

function capitalize(word: string): string {
  return word.length > 2 ? word[0]?.toUpperCase() + word.slice(1) : word.toUpperCase();
}

/** The name of the organization whose name, alias or id is all that a file's name says beside words of lists. Null if none or several fit. */
export function findClientOfFile(fileName: string, organizations: readonly KnownOrganization[]): string | null {
  const words = wordsOfFile(fileName);
  if (words.length === 0) return null;
  const wanted = [words.map(({ text }) => text), sayingWords(words)].map((some) => toPlainHeader(some.join(' ')));
  const named = organizations.filter(({ id, name, aliases }) => [id, name, ...aliases].some((one) => wanted.includes(toPlainHeader(one))));
  return named.length === 1 ? (named[0] as KnownOrganization).name : null;
}

/** Words that belong to a name where they stand between two words of it: "City of Springfield". */
const joiningWords = fromVocabulary(() => new Set(wordsOf('JOINING').map(toPlainHeader)));

interface NameWord {
  readonly text: string;
  readonly joins: boolean;
}

/** The words of a file's name that say more than that it is a list, and the words that join them. */
function wordsOfFile(fileName: string): NameWord[] {
  const base = (fileName.split('#')[0] as string).replace(/\.[a-z]{2,5}$/i, '');
  const words: NameWord[] = [];
  let between: string[] = [];
  for (const text of base.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u)) {
    if (text === '') continue;
    const plain = toPlainHeader(text);
    if (/^\d+$/.test(text) || listWords().has(plain)) {
      between.push(plain);
      continue;
    }
    if (words.length > 0 && between.every((word) => joiningWords().has(word)))
      words.push(...between.map((word) => ({ text: word, joins: true })));
    words.push({ text, joins: false });
    between = [];
  }
  return words;
}

function sayingWords(words: readonly NameWord[]): string[] {
  return words.filter(({ joins }) => !joins).map(({ text }) => text);
}

/** Last words in names of organizations, beside legal forms. */
const lastWords = fromVocabulary(() => new Set(wordsOf('CLIENT_NAME').map(toPlainHeader)));

function isLikeOrganization(words: readonly string[]): boolean {
  if (words.length < 2 || words.length > 4) return false;
  const [first, last] = [words[0], words.at(-1)].map((word) => toPlainHeader(word as string)) as [string, string];
  return noLab().has(first) || noLab().has(last) || lastWords().has(last) || isLegalForm(last);
}

/** Whether a word shows that a name is one of an organization: its last one, or a word that only organizations have. */
export function namesOrganization(words: readonly string[]): boolean {
  const plain = words.map(toPlainHeader);
  const last = plain.at(-1) as string;
  return lastWords().has(last) || isLegalForm(last) || plain.some((word) => noLab().has(word));
}

/** Words in names of organizations that are clients of vendors and no labs. */
const noLab = fromVocabulary(() => new Set(wordsOf('NO_LAB').map(toPlainHeader)));

/** LAB, except for a name with a word that no lab has: "Northwind Bank". Another role only changes words on the page. */
export function proposeClientRole(name: string | null): OrganizationRole {
  const words = name === null ? [] : toPlainHeader(name).split(' ');
  return words.some((word) => noLab().has(word)) ? 'VENDOR' : 'LAB';
}

const label = patternOf((words) => `^${words('CLIENT_LABEL')}\\s*[:=]\\s*(.+)$`);

/** Whether a line names the owner of a list by a label: "Company: Acme". */
export function namesOwner(line: string): boolean {
  return label().test(line);
}

/** The name at the end of "Register of Acme Labs". */
const ownerBehind = patternOf((words) => `(?<![\\p{L}\\p{N}_])${words('OWNER_OF')}\\s+((?:\\p{Lu}[\\p{L}\\p{N}&.'-]*\\s?){1,5})\\s*$`, 'u');

/** "Acme Labs – Subprocessors", "List of sub-processors of Acme Labs", "Acme Labs Vendor Register (as of March 2025)". */
function findNameInTitle(line: string): string | null {
  const text = line
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\b(as of|as at|stand|last updated|updated|effective|date|per|version|exported|generated)\b.*$/i, ' ')
    .trim();
  if (text === '' || text.length > 120) return null;
  const labeled = label().exec(text);
  if (labeled !== null) return tidy(labeled[1] as string);
  const plain = ` ${toPlainHeader(text)} `;
  if (!vendorWords().some((word) => plain.includes(` ${word} `))) return null;
  for (const part of text.split(/\s+[–—|:-]\s+|:\s+/)) {
    const words = toPlainHeader(part).split(' ');
    if (words.some((word) => listWords().has(word))) continue;
    return tidy(part);
  }
  const of = ownerBehind().exec(text);
  if (of !== null && !isOfList(of[1] as string)) return tidy(of[1] as string);
  const leading = /^((?:\p{Lu}[\p{L}\p{N}&.'-]*\s+){1,4}?)(?=\S+)/u.exec(text);
  if (leading === null) return null;
  const kept = (leading.input as string).split(/\s+/);
  const end = kept.findIndex((word) => listWords().has(toPlainHeader(word)) || vendorWords().includes(toPlainHeader(word)));
  return end > 0 && end <= 5 ? tidy(kept.slice(0, end).join(' ')) : null;
}

function tidy(text: string): string | null {
  const name = text
    .replace(/['’]s$/, '')
    .replace(/[\s,;:–—-]+$/, '')
    .trim();
  return name === '' || isOfList(name) ? null : name;
}

/** Whether words say what a list is, and not whose: "Sub-processors". */
function isOfList(words: string): boolean {
  return toPlainHeader(words)
    .split(' ')
    .every((word) => listWords().has(word));
}
