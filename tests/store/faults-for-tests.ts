import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';

/** What a caller is told of a store that cannot be asked. */
export const unavailable = { code: expect.stringMatching(/^(STORE_UNAVAILABLE|QUERY_TIMEOUT)$/) };

/** What `work` fails with. Throws where it does not fail. */
export async function failure(work: Promise<unknown>): Promise<Error & { code: string }> {
  return work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: Error & { code: string }) => error,
  );
}

/** What `work` comes to once the store can be asked again, however busy the machine is. */
export async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      expect(error).toMatchObject(unavailable);
      await sleep(100);
    }
  }
}
