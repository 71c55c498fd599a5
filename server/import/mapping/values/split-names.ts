import { fromVocabulary, legalFormsOf, patternOf } from '../../vocabulary/vocabulary-rows.ts';
import { findCountry } from './country-codes.ts';

const bullet = /^\s*(?:[•·▪●○*–—-]|\d{1,2}[.)])\s+/u;
const legalForms = fromVocabulary(() => new Set(legalFormsOf('LISTED').map((form) => form.toLowerCase())));
const joining = patternOf((words) => `^(?:a|&|${words('AND')})$`);
const between = patternOf((words) => `,\\s+|\\s+[/+&]\\s+|\\s+${words('AND')}\\s+`, 'u');
const name = /^[\p{Lu}\p{Lo}\d][^:@/]{1,79}$/u;
/** A semicolon, also of full width, and the comma between the names of a Japanese or Chinese list. */
const separator = /[;；、]/;

/**
 * Splits a cell with a list of names, separated by lines or semicolons.
 *
 * Names with links are separated by commas. Else a comma, a slash, an ampersand and an "and" separate names only if each of them has a legal form. A cell is one name if its further lines may be an address, a country or a note. "NAME; PT." is one name too, because a legal
 * form follows the semicolon.
 */
export function splitNames(cell: string): string[] {
  const text = cell.trim();
  if (isLinkedList(text)) return [...new Set(text.split(behindLink))];
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const parts = lines.length > 1 ? lines : text.split(separator);
  if (parts.length < 2) return splitCompanies(text);
  const isBulleted = isBulletedList(text);
  const names = parts
    .map((part) =>
      part
        .replace(bullet, '')
        .replace(/[;,；、]\s*$/, '')
        .trim(),
    )
    .filter((part) => part !== '');
  const isList = names.length > 1 && names.every((part) => name.test(part) && !isLegalForm(part) && findCountry(part) === undefined);
  const hasNoAddress = names.every((part) => !/\d{2,}|,.*,/.test(part));
  return isBulleted || (isList && hasNoAddress) ? [...new Set(names)] : [text];
}

const loose = patternOf((words) => `\\s*,\\s*(?:(?:&|${words('AND')})\\s+)?|\\s+(?:[&/+]|${words('AND')})\\s+`);

/** The parts of a cell between commas, slashes and words such as "and". Other cells must prove that they are names. */
export function splitLoosely(cell: string): string[] {
  return [...new Set(cell.split(loose()).map((part) => part.trim()))];
}

/** Whether the parts of a cell between commas or slashes may be names, as in "Alpha, Beta and Gamma". */
export function looksListed(cell: string): boolean {
  const parts = /,|\s\/\s/.test(cell) ? splitLoosely(cell) : [];
  return (
    parts.length > 1 && parts.every((part) => /^\p{Lu}[^\d:@/]*$/u.test(part) && !isLegalForm(part) && findCountry(part) === undefined)
  );
}

/** Whether a text is a legal form, with or without a point at its end, also before a remark: the "PT. (Y)" of "X; PT. (Y)". */
function isLegalForm(text: string): boolean {
  const plain = text.replace(/\s*[([].*$/, '').trim();
  return legalForms().has(plain.toLowerCase().replace(/\.$/, ''));
}

/** Cells of a column that has no more different ones are too few to tell how it is written. */
const fewCells = 5;

/**
 * Whether the cells of a column may hold several names. One cell that could be split is more likely one name than a list, so at least
 * two cells must split, or other cells name each of its parts alone. Hardly any cell with such a separator may be one name.
 *
 * @param texts the different cells of the column, or the first hundreds of them
 */
export function isSplitColumn(texts: readonly string[]): boolean {
  const alone = new Set(texts.map((text) => text.trim()));
  let [lists, names] = [0, 0];
  let isCertain = texts.length <= fewCells;
  for (const text of texts) {
    if (isBulletedList(text)) continue;
    const parts = splitNames(text);
    if (parts.length > 1) {
      lists++;
      isCertain ||= parts.every((part) => alone.has(part));
    } else if (/[;；、\n]/.test(text.trim())) names++;
  }
  return lists >= names * 4 && (lists > 1 || (lists === 1 && isCertain));
}

/** Whether each word of a cell is in one of its names, joins two of them, or is the number before a line. */
export function isSplitWhole(cell: string, names: readonly string[]): boolean {
  const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const named = new Set(names.flatMap(wordsOf));
  const lines = cell.split(/[\r\n]+/).map((line) => line.replace(bullet, ''));
  return lines.flatMap(wordsOf).every((word) => named.has(word) || joining().test(word));
}

/** The comma behind the link of a name. */
const behindLink = /(?<=\(https?:\/\/[^()\s]+\)),\s*/u;

/** Whether each name of a cell has a link in brackets: "Alpha (https://…), Beta (https://…)". Such a cell is a list, whatever the others are. */
export function isLinkedList(cell: string): boolean {
  const parts = cell.includes('://') ? cell.trim().split(behindLink) : [];
  return parts.length > 1 && parts.every((part) => /^[^()]+\(https?:\/\/[^()\s]+\)$/u.test(part));
}

/** Whether each line of a cell begins with a bullet. Such a cell is a list, whatever the others are. */
export function isBulletedList(cell: string): boolean {
  if (!/[\r\n]/.test(cell)) return false;
  const lines = cell.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every((line) => bullet.test(line));
}

/** The beginnings of a text that may follow the legal form of one company: "Omega GmbH & Co. KG". */
const partner = /^(?:co|cie|comp|company|sons?|söhne|partners?)\b/iu;

/** "Omega Ltd, Sigma GmbH" and "Omega Ltd / Sigma GmbH" name two companies: each part is a name with a legal form of its own. */
function splitCompanies(text: string): string[] {
  const parts = text.split(between());
  const isCompany = (part: string) => {
    const words = part.split(/\s+/);
    return (
      words.length > 1 &&
      words.length < 8 &&
      isLegalForm(words.at(-1) as string) &&
      name.test(part) &&
      !joining().test(words[0] as string) &&
      !partner.test(part)
    );
  };
  return parts.length > 1 && parts.every(isCompany) ? [...new Set(parts)] : [text];
}
