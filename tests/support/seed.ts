/**
 * Determines the random cases of a run: an integer in [0, 2^31). `npm test` takes it from the sources, so the same sources meet the
 * same cases on each machine, and changed ones meet others; `npm run soak` draws one. TEST_SEED repeats a run.
 */
export const seed = Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
