import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatDay, formatLastDay } from '../../shared/format/instant.ts';
import { formatMoney } from '../../shared/format/money.ts';
import type { Measure } from '../flows/flow-radius.ts';
import { reachInWords } from '../flows/flow-words.ts';
import { bucketAt, type TimeRow, type TimeWindows } from './time-rows.ts';

const DAY_MS = 86_400_000;

/** "since Mar 9, 2026", below the name of a holder. */
export function sinceInWords({ firstReceivedAt, undatedCount, holder }: TimeRow): string {
  if (firstReceivedAt !== null) return `since ${formatDay(firstReceivedAt)}`;
  if (undatedCount > 0) return 'no date known';
  return holder.roles.includes('LAB') ? 'its own artifacts' : 'no transfer recorded';
}

/** The amount in a bucket: "$12.3M", or the number of artifacts that are readable. */
export function amountAt(row: TimeRow, bucket: number, measure: Measure): string {
  if (measure === 'worst') return formatMoney(row.worstUsd[bucket] ?? 0);
  return formatCount((row.definite[bucket] ?? 0) + (row.possible[bucket] ?? 0));
}

/** The changes in the widest window or just before it, as short as they can be. Empty: none. */
export function changeInWords(row: TimeRow, windows: TimeWindows): string {
  const inside = [
    row.receivedInWindow > 0 ? `+${formatCount(row.receivedInWindow)}` : '',
    row.deletedInWindow > 0 ? `−${formatCount(row.deletedInWindow)}` : '',
  ].filter((part) => part !== '');
  if (inside.length > 0) return `${inside.join(' ')} in the window`;
  const days = daysBefore(row, windows);
  return days === null ? '' : `deleted ${days} before`;
}

/** Deletions up to this long before the window only just precede it. */
const JUST_BEFORE_MS = 30 * DAY_MS;

export function isJustBefore({ lastDeletedBeforeAt }: TimeRow, { widest }: TimeWindows): boolean {
  return lastDeletedBeforeAt !== null && widest.from - Date.parse(lastDeletedBeforeAt) <= JUST_BEFORE_MS;
}

function daysBefore({ lastDeletedBeforeAt }: TimeRow, { widest }: TimeWindows): string | null {
  if (lastDeletedBeforeAt === null) return null;
  const days = Math.floor((widest.from - Date.parse(lastDeletedBeforeAt)) / DAY_MS);
  return days === 0 ? 'less than a day' : countOf(days, 'day', 'days');
}

/** The whole row in sentences, for the hover and for screen readers. */
export function rowInWords(row: TimeRow, instants: readonly number[], windows: TimeWindows): string {
  const at = bucketAt(instants, windows.core.to);
  const who = row.lab === null ? `${row.holder.name}, ${reachInWords(row.holder)}` : `${row.lab.name} at ${row.holder.name}`;
  const held = heldInWords(row, at);
  const window =
    row.receivedInWindow + row.deletedInWindow === 0
      ? 'Nothing came or was deleted in the widest window.'
      : `In the widest window ${formatCount(row.receivedInWindow)} came and ${formatCount(row.deletedInWindow)} were deleted.`;
  const before =
    row.lastDeletedBeforeAt === null
      ? ''
      : ` Before it ${countOf(row.deletedBefore, 'copy was', 'copies were')} deleted, the last ${daysBefore(row, windows)} before, on ${formatLastDay(row.lastDeletedBeforeAt)}.`;
  const undated = row.undatedCount === 0 ? '' : ` ${countOf(row.undatedCount, 'copy has', 'copies have')} no known date.`;
  return `${who}, ${sinceInWords(row)}. At the end of the core window: ${held}. ${window}${before}${undated}`;
}

/** "10 certain, 3 possible, 3 not readable, $38.3M worst case". */
function heldInWords(row: TimeRow, bucket: number): string {
  const parts = [
    [row.definite[bucket] ?? 0, 'certain'],
    [row.possible[bucket] ?? 0, 'possible'],
    [row.unreadable[bucket] ?? 0, 'not readable'],
  ] as const;
  const phrases = parts.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return phrases.length === 0 ? 'nothing' : `${phrases.join(', ')}, ${formatMoney(row.worstUsd[bucket] ?? 0)} worst case`;
}

/** One bucket of a row: "Quillmark, Sep 1, 2026: 10 certain, $38.3M worst case; 2 deleted". */
export function bucketInWords(row: TimeRow, instants: readonly number[], bucket: number): string {
  const [from, until] = [instants[bucket] ?? 0, instants[bucket + 1] ?? 0];
  const first = formatDay(new Date(from).toISOString());
  const last = formatDay(new Date(until - 1).toISOString());
  // One year is named once.
  const when = first === last ? first : `${first.slice(-4) === last.slice(-4) ? first.slice(0, -6) : first} – ${last}`;
  const events = [
    (row.received[bucket] ?? 0) > 0 ? `${formatCount(row.received[bucket] ?? 0)} came` : '',
    (row.deleted[bucket] ?? 0) > 0 ? `${formatCount(row.deleted[bucket] ?? 0)} deleted` : '',
  ].filter((part) => part !== '');
  const who = row.lab === null ? row.holder.name : `${row.lab.name} at ${row.holder.name}`;
  return [`${who}, ${when}: ${heldInWords(row, bucket)}`, ...events].join('; ');
}
