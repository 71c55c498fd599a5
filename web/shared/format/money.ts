/**
 * US dollars as a person reads them: three significant digits at most, the unit spelled (`$53.2 M`, `$840 k`, `$420`). Rounding that
 * reaches the next unit takes it: 999,960 is `$1.0 M`.
 */
export function formatMoney(usd: number): string {
  if (!Number.isFinite(usd)) return 'not known';
  if (usd === 0) return '$0';
  const size = Math.abs(usd);
  const sign = usd < 0 ? '-' : '';
  if (size < 1) return `${sign}<$1`;
  if (size < 999.5) return `${sign}$${Math.round(size)}`;
  if (size < 999_500) return `${sign}$${Math.round(size / 1e3)} k`;
  if (size < 999_950_000) return `${sign}$${(size / 1e6).toFixed(1)} M`;
  return `${sign}$${(size / 1e9).toFixed(1)} B`;
}
