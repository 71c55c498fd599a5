/** Work holds the event loop no longer than this at a time. */
const sliceMs = 10;

/**
 * Runs work that comes in small steps, and lets everybody else have their turn between slices of them.
 *
 * @param checkTime called after each slice; what it throws ends the work
 */
export async function runInSlices<T>(work: Generator<void, T>, checkTime: () => void = () => {}): Promise<T> {
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < end);
    checkTime();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
