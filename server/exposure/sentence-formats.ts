import type { Volume, VolumeSum } from '../rules/volume.ts';
import type { RadiusInput } from './radius/radius-types.ts';

/* The formats of instants, shares and counts in explanations and findings: US formats, in UTC. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayMs = 86_400_000;

/** `May 4, 2026` at midnight, otherwise `May 4, 2026, 08:30 UTC`. */
export function formatDay(instant: number): string {
  const days = Math.floor(instant / dayMs);
  const { year, month, day } = dateOf(days);
  const date = `${months[month]} ${day}, ${year}`;
  if (instant === days * dayMs) return date;
  const minutes = Math.floor((instant - days * dayMs) / 60_000);
  const hour = Math.floor(minutes / 60);
  return `${date}, ${twoDigits(hour)}:${twoDigits(minutes - hour * 60)} UTC`;
}

const yearsInEra = 400;
const daysInEra = 146_097;

/**
 * The date of a day in the proleptic Gregorian calendar. A `Date` takes several times as long. Years begin in March, so that the leap day is the last of one, and
 * repeat after 400. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), `civil_from_days`.
 *
 * @param days since 1970-01-01
 * @returns month: 0 to 11
 */
function dateOf(days: number) {
  const fromMarch = days + 719_468;
  const era = Math.floor(fromMarch / daysInEra);
  const dayOfEra = fromMarch - era * daysInEra;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 2 : monthFromMarch - 10;
  return { year: yearOfEra + era * yearsInEra + (month < 2 ? 1 : 0), month, day };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** An exclusive end, as `formatDay`. At midnight, the day that ends. */
export function formatLastDay(instant: number): string {
  return formatDay(instant % dayMs === 0 ? instant - dayMs : instant);
}

/** `40%`, with one decimal below 10%: `2.5%`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 10 && !Number.isInteger(percent) ? percent.toFixed(1) : Math.round(percent)}%`;
}

/** Two shares with as many decimals as tell them apart: `19.6%` and `20.4%`. Shares that differ by less than a millionth of a percent look equal. */
export function formatSharesApart(a: number, b: number): readonly [string, string] {
  for (const format of [formatShare, ...[1, 2, 4, 6].map((decimals) => (share: number) => `${(share * 100).toFixed(decimals)}%`)]) {
    if (format(a) !== format(b)) return [format(a), format(b)];
  }
  return [formatShare(a), formatShare(b)];
}

/** The name of a control in a sentence: `encryption at rest` for ENCRYPTION_AT_REST. Short acronyms stay, and so does the body of a standard: `ISO 27001`. */
export function formatControl(control: string): string {
  if (/^[A-Z]{2,4}$/.test(control)) return control;
  const [first = '', ...rest] = control.split('_');
  return [/\d/.test(control) ? first : first.toLowerCase(), ...rest.map((word) => word.toLowerCase())].join(' ');
}

/** `1 copy`, `12 copies`. */
export function formatCopies(count: number): string {
  return count === 1 ? '1 copy' : `${count.toLocaleString('en-US')} copies`;
}

/**
 * The volume of copies, such as `2,500 to 6,000 items, at least 1,200,000 bytes`: if a copy states no number, only the low end is known.
 * Undefined if no copy states one.
 */
export function formatVolume(records: Volume, bytes: Volume): string | undefined {
  const parts = [
    ...(records.high > 0 ? [formatRange(records, 'item', 'items')] : []),
    ...(bytes.high > 0 ? [formatRange(bytes, 'byte', 'bytes')] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** As `formatVolume`, of several artifacts together. */
export function formatVolumeSum(records: VolumeSum, bytes: VolumeSum): string | undefined {
  const toVolume = ({ low, high, unknownCount }: VolumeSum): Volume => ({ low, high, isUnknown: unknownCount > 0 });
  return formatVolume(toVolume(records), toVolume(bytes));
}

function formatRange({ low, high, isUnknown }: Volume, one: string, many: string): string {
  const [from, to] = [low.toLocaleString('en-US'), high.toLocaleString('en-US')];
  const noun = high === 1 ? one : many;
  if (isUnknown) return `at least ${from} ${noun}`;
  return `${from === to ? to : `${from} to ${to}`} ${noun}`;
}

/**
 * US dollars as the page shows them: `$53.2M`, `$900K`, `$420`, `<$1`. Halves go up. An amount that rounds up to the next unit is shown in that
 * unit: 999,950,000 is `$1.0B`. The same rule stands in web/shared/format/money.ts.
 */
export function formatUsd(amount: number): string {
  if (amount === 0) return '$0';
  const size = Math.abs(amount);
  const sign = amount < 0 ? '-' : '';
  if (size < 1) return `${sign}<$1`;
  if (size < 999.5) return `${sign}$${Math.round(size)}`;
  if (size < 999_500) return `${sign}$${Math.round(size / 1e3)}K`;
  if (size < 999_950_000) return `${sign}$${(Math.round(size / 1e5) / 10).toFixed(1)}M`;
  return `${sign}$${(Math.round(size / 1e8) / 10).toFixed(1)}B`;
}

/** The windows of an incident as a sentence. Without a window, an incident counts what is held at the instant of asking. */
export function describeWindows({ hasCore, core, widest }: Pick<RadiusInput, 'hasCore' | 'core' | 'widest'>): string {
  if (hasCore === false)
    return `The attacker may have been inside from ${formatDay(widest.from)} to ${formatEnd(widest.to)}. No instant is certain.`;
  const isCertain = core.from === widest.from && core.to === widest.to;
  if (isCertain && core.from === core.to)
    return `When the attacker was inside is not known yet. This counts what was held on ${formatDay(core.from)}.`;
  const certain = `The attacker was certainly inside from ${formatDay(core.from)} to ${formatEnd(core.to)}`;
  return isCertain ? `${certain}.` : `${certain}, and may have been inside from ${formatDay(widest.from)} to ${formatEnd(widest.to)}.`;
}

/** The end of a closed window. The last millisecond of a day is that day. */
function formatEnd(instant: number): string {
  return (instant + 1) % dayMs === 0 ? formatLastDay(instant + 1) : formatDay(instant);
}
