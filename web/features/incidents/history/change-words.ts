import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import type { HistoryEntryFragment } from '../../../shared/generated/operations.ts';

/** The change of the totals by an entry: "Exposed 14 → 8, weighted loss $29.9M → $18.0M". Null if nothing. */
export function changeWords({ before, after }: Pick<HistoryEntryFragment, 'before' | 'after'>): string | null {
  if (after === null) return null;
  if (before === null) {
    return `${formatCount(after.exposedCount)} exposed, ${formatCount(after.possibleCount)} possible, weighted loss ${formatMoney(after.weightedLossUsd)}`;
  }
  const parts = [
    ['Exposed', formatCount(before.exposedCount), formatCount(after.exposedCount)],
    ['possible', formatCount(before.possibleCount), formatCount(after.possibleCount)],
    ['contained', formatCount(before.containedCount), formatCount(after.containedCount)],
    ['labs', formatCount(before.affectedLabCount), formatCount(after.affectedLabCount)],
    ['worst-case loss', formatMoney(before.worstCaseLossUsd), formatMoney(after.worstCaseLossUsd)],
    ['weighted loss', formatMoney(before.weightedLossUsd), formatMoney(after.weightedLossUsd)],
  ].filter(([, was, is]) => was !== is);
  return parts.length === 0 ? null : parts.map(([noun, was, is]) => `${noun} ${was} → ${is}`).join(', ');
}
