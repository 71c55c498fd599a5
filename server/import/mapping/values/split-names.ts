import { findCountry } from './country-codes.ts';

const bullet = /^\s*(?:[•·▪●○*–—-]|\d{1,2}[.)])\s+/u;
const legalForm =
  /^(inc|llc|ltd|lp|l\.p|corp|co|gmbh|mbh|ag|se|sa|s\.a|sas|sarl|srl|spa|bv|b\.v|nv|n\.v|plc|pbc|pt|pty|ab|as|oy|limited|incorporated)\.?$/i;
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
  const isList = names.length > 1 && names.every((part) => name.test(part) && !legalForm.test(part) && findCountry(part) === undefined);
  const hasNoAddress = names.every((part) => !/\d{2,}|,.*,/.test(part));
  return isBulleted || (isList && hasNoAddress) ? [...new Set(names)] : [text];
}

/** "Omega Ltd, Sigma GmbH" names two companies: each part is a name with a legal form of its own. */
function splitCompanies(text: string): string[] {
  const parts = text.split(/,\s+/);
  const isCompany = (part: string) => {
    const words = part.split(/\s+/);
    return (
      words.length > 1 && words.length < 8 && legalForm.test(words.at(-1) as string) && name.test(part) && !joining.test(words[0] as string)
    );
  };
  return parts.length > 1 && parts.every(isCompany) ? [...new Set(parts)] : [text];
}
