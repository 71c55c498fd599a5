/**
 * US dollars with a unit: `$53.2M`, `$840K`, `$420`. Halves go up. An amount that rounds up to the next unit is shown in that unit:
 * 999,960,000 is `$1.0B`. Packs and reports round in the same way (server/exposure/sentence-formats.ts).
 */
export function formatMoney(usd: number): string {
  if (!Number.isFinite(usd)) return 'unknown';
  if (usd === 0) return '$0';
  const size = Math.abs(usd);
  const sign = usd < 0 ? '-' : '';
  if (size < 1) return `${sign}<$1`;
  if (size < 999.5) return `${sign}$${Math.round(size)}`;
  if (size < 999_500) return `${sign}$${Math.round(size / 1e3)}K`;
  if (size < 999_950_000) return `${sign}$${(Math.round(size / 1e5) / 10).toFixed(1)}M`;
  return `${sign}$${(Math.round(size / 1e8) / 10).toFixed(1)}B`;
}

/** An amount on an axis, whose ticks are round: `$80M`. */
export function formatTick(usd: number): string {
  return formatMoney(usd).replace(/\.0(?=[MB]$)/, '');
}

/** `$2.0M–$6.5M`; one amount where both bounds are equal or only one is known; `unknown` where neither is. */
export function formatMoneyRange(lowUsd: number | null, highUsd: number | null): string {
  if (lowUsd === null && highUsd === null) return 'unknown';
  if (lowUsd === null || highUsd === null || lowUsd === highUsd) return formatMoney(highUsd ?? lowUsd ?? 0);
  return `${formatMoney(lowUsd)}–${formatMoney(highUsd)}`;
}
