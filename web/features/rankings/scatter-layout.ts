/** A dot of the scatter: x is a share from 0 to 1, y an amount from 0 on. */
export interface Dot {
  readonly id: string;
  readonly name: string;
  readonly share: number;
  readonly amount: number;
}

export interface PlacedDot<T extends Dot> {
  readonly dot: T;
  readonly x: number;
  readonly y: number;
  /** The start or end of the label; null if it would cover another. */
  readonly label: { readonly x: number; readonly anchor: 'start' | 'end' } | null;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Half the side of a dot, and half the height of a label, in pixels. */
const DOT = 9;
const LABEL = 8;
/** From the selected dot to its label: the ring around it is between. */
const RING = 8;
/** A wide estimate of a letter at 12 px, so that labels keep apart. */
const LETTER = 6.6;

/** A dot moves aside by this many dots at most, so that its place still tells its share. */
export const MOST_ASIDE = 3;

/** Moves a dot sideways to the nearest free place if it would cover another dot, because many organizations have equal shares. */
function sideOf(x: number, y: number, placed: readonly { readonly x: number; readonly y: number }[], width: number): number {
  const isFree = (at: number) =>
    at >= 0 && at <= width && placed.every((other) => Math.abs(other.x - at) >= 2 * DOT || Math.abs(other.y - y) >= 2 * DOT);
  for (let step = 0; step <= MOST_ASIDE; step++) {
    const found = [x + step * 2 * DOT, x - step * 2 * DOT].find(isFree);
    if (found !== undefined) return found;
  }
  return x;
}

/**
 * Places dots, and as many labels as fit without covering a dot or another label: the selected dot's first, then from the top down.
 *
 * Complexity: O(n²) boxes for n dots, at most a few hundred.
 */
export function layOutScatter<T extends Dot>(
  dots: readonly T[],
  size: { readonly width: number; readonly height: number; readonly heightOf: AmountAxis['heightOf'] },
  selection: string | null,
): readonly PlacedDot<T>[] {
  const placed: { readonly dot: T; readonly x: number; readonly y: number }[] = [];
  for (const dot of [...dots].sort((a, b) => b.amount - a.amount || (a.id < b.id ? -1 : 1))) {
    const y = size.height * (1 - size.heightOf(dot.amount));
    placed.push({ dot, x: sideOf(dot.share * size.width, y, placed, size.width), y });
  }
  const taken: Box[] = placed.map(({ x, y }) => ({ left: x - DOT, right: x + DOT, top: y - DOT, bottom: y + DOT }));
  const isFree = (box: Box) =>
    box.left >= -4 &&
    box.right <= size.width + 12 &&
    taken.every((other) => box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom);
  const labels = new Map<string, PlacedDot<T>['label']>();
  const order = [...placed].sort(
    (a, b) => Number(b.dot.id === selection) - Number(a.dot.id === selection) || a.y - b.y || (a.dot.id < b.dot.id ? -1 : 1),
  );
  for (const { dot, x, y } of order) {
    const length = dot.name.length * LETTER;
    const gap = dot.id === selection ? DOT + RING : DOT + 3;
    const right = { left: x + gap, right: x + gap + length, top: y - LABEL, bottom: y + LABEL };
    const left = { left: x - gap - length, right: x - gap, top: y - LABEL, bottom: y + LABEL };
    const box = isFree(right) ? right : isFree(left) ? left : null;
    if (box === null) continue;
    taken.push(box);
    labels.set(dot.id, box === right ? { x: right.left, anchor: 'start' } : { x: left.right, anchor: 'end' });
  }
  return placed.map((place) => ({ ...place, label: labels.get(place.dot.id) ?? null }));
}

/** The axis of amounts. */
export interface AmountAxis {
  readonly max: number;
  readonly isLog: boolean;
  /** From the lowest up. */
  readonly ticks: readonly number[];
  /** The height of an amount, from 0 to 1. A log scale has less than its lowest tick on that tick. */
  readonly heightOf: (amount: number) => number;
}

/** An axis from 0 to a round amount. A log scale of powers of ten where more than half of the amounts above 0 would crowd the lowest tenth. */
export function amountAxisOf(amounts: readonly number[]): AmountAxis {
  const max = axisMaxOf(Math.max(0, ...amounts));
  const known = amounts.filter((amount) => amount > 0);
  const least = Math.min(max, ...known);
  if (2 * known.filter((amount) => 10 * amount < max).length <= known.length)
    return { max, isLog: false, ticks: [0, 1, 2, 3, 4].map((tick) => (max * tick) / 4), heightOf: (amount) => amount / max };
  const lowest = Math.floor(Math.log10(least));
  const decades = Math.log10(max) - lowest;
  return {
    max,
    isLog: true,
    ticks: Array.from({ length: Math.floor(decades + 1e-9) + 1 }, (_, i) => 10 ** (lowest + i)),
    heightOf: (amount) => (amount <= 0 ? 0 : Math.max(0, Math.log10(amount) - lowest) / decades),
  };
}

/** The next round amount: 1, 2, 2.5 or 5 times a power of ten, four steps of which reach the largest. */
function axisMaxOf(largest: number): number {
  if (largest <= 0) return 4;
  const step = largest / 4;
  const power = 10 ** Math.floor(Math.log10(step));
  const round = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= step) ?? 10;
  return 4 * round * power;
}

/** The distance of a dot above the line from the origin to the top right; negative below it. Both axes count from 0 to 1. */
export function aboveLine({ share, amount }: Dot, axisMax: number): number {
  return amount / axisMax - share;
}
