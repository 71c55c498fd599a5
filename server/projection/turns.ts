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
