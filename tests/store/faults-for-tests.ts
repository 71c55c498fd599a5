import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '../support/test.ts';

/** The error that a caller gets from an unavailable store. */
export const unavailable = { code: expect.stringMatching(/^(STORE_UNAVAILABLE|QUERY_TIMEOUT)$/) };

/** @returns the error of `work`. Throws if `work` succeeds. */
export async function failure(work: Promise<unknown>): Promise<Error & { code: string }> {
  return work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: Error & { code: string }) => error,
  );
}

/** Retries `work` until the store is available again, however busy the machine is. */
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
