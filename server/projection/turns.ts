import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long work in steps. It can pause at each `yield`. */
export type Steps<T> = Generator<undefined, T>;

/** Called by long work with how much of it is done, in units of the work's choice. */
export type OnProgress = (done: number, total: number) => void;

export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs the steps. Other work of the process gets its turn every `turnMs` milliseconds. */
export async function runInTurns<T>(steps: Steps<T>, turnMs = 10): Promise<T> {
  for (let end = performance.now() + turnMs; ; ) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await nextTurn();
    end = performance.now() + turnMs;
  }
}

/** The number of items sorted or merged between two yields. */
const stepSize = 4000;

/**
 * Sorts items in small steps: sorts runs, then merges them two by two. Stable.
 *
 * Complexity: O(n log n).
 */
export function* sortInSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let sorted: T[] = [];
  for (let start = 0; start < items.length; start += stepSize) {
    for (const item of items.slice(start, start + stepSize).sort(compare)) sorted.push(item);
    yield;
  }
  for (let width = stepSize; width < items.length; width *= 2) {
    const merged: T[] = [];
    for (let start = 0; start < items.length; start += 2 * width)
      yield* merge(sorted, start, start + width, start + 2 * width, compare, merged);
    sorted = merged;
  }
  return sorted;
}

/** Appends the runs [start, middle) and [middle, end) of `from`, in order, to `to`. */
function* merge<T>(
  from: readonly T[],
  start: number,
  middle: number,
  end: number,
  compare: (a: T, b: T) => number,
  to: T[],
): Generator<void, void> {
  const lastLeft = Math.min(middle, from.length);
  const lastRight = Math.min(end, from.length);
  let left = start;
  let right = lastLeft;
  while (left < lastLeft || right < lastRight) {
    const isLeft = right >= lastRight || (left < lastLeft && compare(from[left] as T, from[right] as T) <= 0);
    to.push(from[isLeft ? left++ : right++] as T);
    if (to.length % stepSize === 0) yield;
  }
}
