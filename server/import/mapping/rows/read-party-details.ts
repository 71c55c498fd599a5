import { isLeiName, leiOf } from '../../../domain/columns/dora-codes.ts';
import { isReadTemplate } from '../../../domain/columns/dora-templates.ts';
import type { PartyDetails } from '../party-book.ts';
import { doraTemplateOf } from '../table/column-names.ts';
import { isUnknown } from '../values/read-dates.ts';
import type { ListRules } from './list-rules.ts';

/** The details of a row's organization by which it can be matched. */
export function readPartyDetails(cells: readonly string[], rules: ListRules): PartyDetails {
  const text = (field: string) => {
    const column = rules.columnOf('ORGANIZATION', field);
    const cell = column === undefined ? '' : (cells[column.index] ?? '').trim();
    return cell === '' || isUnknown(cell) ? undefined : cell;
  };
  const aliases = text('aliases')
    ?.split(/[;\n|]/)
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
  const id = text('id');
  const code = isReadTemplate(doraTemplateOf(rules.file)) ? id : undefined;
  const taxColumn = rules.columnOf('ORGANIZATION', 'taxId')?.index;
  const numbers = [...rules.numberColumns].filter((index) => index !== taxColumn && !isUnknown(cells[index] ?? ''));
  const isLei = (index: number) => isLeiName(rules.columns[index]?.column ?? '');
  const lei = numbers.filter(isLei).map((index) => leiOf(cells[index] ?? ''));
  const otherTaxIds = numbers.filter((index) => !isLei(index)).map((index) => (cells[index] ?? '').trim());
  return {
    id,
    code,
    tellsApart: rules.vendorIdTellsApart,
    aliases,
    website: text('website'),
    taxId: text('taxId'),
    otherTaxIds,
    lei: lei.find((one) => one !== undefined),
  };
}
