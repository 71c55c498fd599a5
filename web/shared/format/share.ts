const TOLERANCE = 1e-9;

/**
 * A fraction as a percentage: whole from 10% up, one digit below. A positive fraction is never shown as `0%`, and one below 1 never as
 * `100%`.
 *
 * @param fraction from 0 to 1
 */
export function formatShare(fraction: number): string {
  const percent = fraction * 100;
  if (percent <= 0) return '0%';
  if (percent < 0.1) return '<0.1%';
  if (percent < 9.95) return `${trimZero(percent.toFixed(1))}%`;
  if (percent > 99.5 && percent < 100 - TOLERANCE) return '>99%';
  return `${Math.round(percent)}%`;
}

/** An index from 0 to 1 with two digits. A positive one is never shown as `0.00`, and one below 1 never as `1.00`. */
export function formatIndex(index: number): string {
  if (index > 0 && index < 0.005) return '<0.01';
  if (index >= 0.995 && index < 1 - TOLERANCE) return '>0.99';
  return index.toFixed(2);
}

/** `50–75%`; one figure where both bounds read the same: `75%`. */
export function formatBounds(bounds: { readonly low: number; readonly high: number }): string {
  const high = formatShare(bounds.high);
  const low = formatShare(bounds.low);
  return low === high ? high : `${low.replace('%', '')}–${high}`;
}

function trimZero(digits: string): string {
  return digits.replace(/\.0$/, '');
}
