import { setTimeout } from 'node:timers/promises';

const pauseMs = 50;

/**
 * Repeats a check until it holds. The limit stops what hangs: a machine with other work may take many seconds for what takes one.
 *
 * @param check throws as long as it does not hold, such as `async () => expect(await count()).toBe(1)`
 * @returns what the check returned when it held
 * @throws the last error of the check, with the time that it had
 */
export async function eventually<T>(check: () => T | Promise<T>, { timeoutMs = 30_000 } = {}): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() >= end)
        throw new Error(`It does not hold after ${timeoutMs / 1000} s. ${(error as Error).message}`, { cause: error });
    }
    await setTimeout(pauseMs);
  }
}
