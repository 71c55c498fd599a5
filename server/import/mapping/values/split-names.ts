import { legalFormsOf } from '../../vocabulary/legal-forms-of.ts';
import { fromVocabulary } from '../../vocabulary/vocabulary-rows.ts';
import { findCountry } from './country-codes.ts';

const bullet = /^\s*(?:[•·▪●○*–—-]|\d{1,2}[.)])\s+/u;
const legalForms = fromVocabulary(() => new Set(legalFormsOf('LISTED').map((form) => form.toLowerCase())));
const joining = /^(a|and|und|et|y|&)$/i;
const name = /^[\p{Lu}\d][^:@/]{1,79}$/u;

/**
 * Splits a cell with a list of names, separated by lines or semicolons.
 *
 * A comma separates names only if each of them has a legal form. A cell is one name if its further lines may be an address, a country or a note. "NAME; PT." is one name too, because a legal
 * form follows the semicolon.
 */
export function splitNames(cell: string): string[] {
  const text = cell.trim();
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const parts = lines.length > 1 ? lines : text.split(';');
  if (parts.length < 2) return splitCompanies(text);
  const isBulleted = lines.length > 1 && parts.every((part) => bullet.test(part));
  const names = parts
    .map((part) =>
      part
        .replace(bullet, '')
        .replace(/[;,]\s*$/, '')
        .trim(),
    )
    .filter((part) => part !== '');
  const isList = names.length > 1 && names.every((part) => name.test(part) && !isLegalForm(part) && findCountry(part) === undefined);
  const hasNoAddress = names.every((part) => !/\d{2,}|,.*,/.test(part));
  return isBulleted || (isList && hasNoAddress) ? [...new Set(names)] : [text];
}

/** Whether a text is a legal form, with or without a point at its end. */
function isLegalForm(text: string): boolean {
  return legalForms().has(text.toLowerCase().replace(/\.$/, ''));
}

/** "Omega Ltd, Sigma GmbH" names two companies: each part is a name with a legal form of its own. */
function splitCompanies(text: string): string[] {
  const parts = text.split(/,\s+/);
  const isCompany = (part: string) => {
    const words = part.split(/\s+/);
    return (
      words.length > 1 && words.length < 8 && isLegalForm(words.at(-1) as string) && name.test(part) && !joining.test(words[0] as string)
    );
  };
  return parts.length > 1 && parts.every(isCompany) ? [...new Set(parts)] : [text];
}
