import { formatCount } from './count.ts';

interface Carried {
  readonly low: number;
  readonly high: number;
  /** A copy states no number, so only the low end is known. */
  readonly isUnknown: boolean;
}

/**
 * The volume that copies carried: `2,500 to 6,000 items, at least 1.2 GB`. The low end holds if all copies carried the same, the high end
 * if each carried something else. Null if no copy states a number.
 */
export function formatVolume(records: Carried, bytes: Carried): string | null {
  const parts = [
    ...(records.high > 0 ? [`${rangeOf(records, formatCount)} ${records.high === 1 ? 'item' : 'items'}`] : []),
    ...(bytes.high > 0 ? [rangeOf(bytes, formatBytes)] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function rangeOf({ low, high, isUnknown }: Carried, format: (value: number) => string): string {
  const [from, to] = [format(low), format(high)];
  if (isUnknown) return `at least ${from}`;
  return from === to ? from : `${from} to ${to}`;
}

/** `999 B`, `5.2 KB`, `1.2 MB`, `4.00 GB`; in powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
