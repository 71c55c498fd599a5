const TOLERANCE = 1e-9;

/** A fraction in per cent: whole numbers from 10 %, one digit below, and what is not zero is never shown as zero. */
export function formatShare(fraction: number): string {
  const percent = fraction * 100;
  if (percent <= 0) return '0 %';
  if (percent < 0.1) return '<0.1 %';
  if (percent < 9.95) return `${trimZero(percent.toFixed(1))} %`;
  if (percent > 99.5 && percent < 100 - TOLERANCE) return '>99 %';
  return `${Math.round(percent)} %`;
}

/** Bounds as one figure where they agree: `75 %`, `50–75 %`. */
export function formatBounds(bounds: { readonly low: number; readonly high: number }): string {
  const high = formatShare(bounds.high);
  const low = formatShare(bounds.low);
  return low === high ? high : `${low.replace(' %', '')}–${high}`;
}

function trimZero(digits: string): string {
  return digits.replace(/\.0$/, '');
}
