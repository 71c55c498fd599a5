import { toPlainHeader } from '../../../domain/columns/plain-header.ts';
import type { PercentUnit } from '../mapping-types.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { readNumber } from '../values/read-values.ts';

const percent =
  /%|(?<!\p{L})(?:per ?cent|percentages?|pct|prozent|prozentsatz|pour ?cent|pourcentage|por ?ciento|porcentaje|percentuale|procent)(?!\p{L})/giu;

/** Whether a column's header states percent, and most of its cells are numbers. */
export function isPercentColumn(header: string, profile: ColumnProfile): boolean {
  return header.search(percent) >= 0 && profile.share('number') >= 0.6;
}

/** The plain header without its words of percent: "Share in %" is "share". Empty for "Percent". */
export function toPlainWithoutPercent(header: string): string {
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
