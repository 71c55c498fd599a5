import { formatMoney } from '../../shared/format/money.ts';
import { type FlowCell, type FlowLab, lossOfSums, NO_SUMS, type TierSums } from '../flows/flow-radius.ts';
import { sumsInWords } from '../flows/flow-words.ts';
import { changeInFigures, figureOf } from './matrix-rows.ts';

export function labInWords(lab: FlowLab, after: ReadonlyMap<string, FlowLab> | null): string {
  return after === null ? sumsInWords(lab) : changeInWords(lab, after.get(lab.id) ?? null);
}

/** "$2.5B", or with a what-if that changes it "$2.5B → $1.1B". */
export function amountInWords(before: TierSums, after: TierSums | undefined, isWhatIf: boolean): string {
  const [then, now] = [formatMoney(lossOfSums(before)), formatMoney(isWhatIf ? lossOfSums(after ?? NO_SUMS) : lossOfSums(before))];
  return then === now ? then : `${then} → ${now}`;
}

export function cellKey({ holderId, labId }: FlowCell): string {
  return JSON.stringify([holderId, labId]);
}

/** The name of a cell begins with the figures that it shows, so that who speaks them finds it. */
export function cellInWords(before: TierSums, after: TierSums | null | undefined): string {
  const words = after === undefined ? sumsInWords(before) : changeInWords(before, after);
  const amount = amountInWords(before, after ?? undefined, after !== undefined);
  if (words === sumsInWords(before)) return `${figureOf(before).text} ${amount}; ${words}`;
  const [then, now] = changeInFigures(before, after ?? NO_SUMS);
  return `${then.text}→${now.text}${then.tier === null && now.tier === null ? '' : ` ${amount}`}; ${words}`;
}

function changeInWords(before: TierSums, after: TierSums | null): string {
  if (after === null) return `${sumsInWords(before)}; afterward: none`;
  const [then, now] = [sumsInWords(before), sumsInWords(after)];
  return then === now ? then : `${then}; afterward: ${now}`;
}
