import { setTimeout } from 'node:timers/promises';

const pauseMs = 50;

/**
 * Repeats a check until it holds.
 *
 * @param check throws as long as it does not hold, such as `async () => expect(await count()).toBe(1)`
 * @throws the last error of the check, with the time that it had
 */
export async function eventually(check: () => unknown, { timeoutMs = 15_000 } = {}): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() >= end)
        throw new Error(`It does not hold after ${timeoutMs / 1000} s. ${(error as Error).message}`, { cause: error });
    }
    await setTimeout(pauseMs);
  }
}
