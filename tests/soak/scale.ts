/** The number of rounds to run: `full` with `npm run soak`, otherwise about a twentieth, at least two. */
export function rounds(full: number): number {
  const scale = Number(process.env.SOAK_SCALE ?? '0.05');
  return Math.max(2, Math.round(full * scale));
}

/** The time limit of a long test. A soak has none: it says how far it is. */
export const limitMs = process.env.SOAK_SCALE === undefined ? 3_600_000 : 0;

const reportMs = 30_000;

/**
 * A function to call after each round. `npm run soak` then prints the count about every 30 seconds, and at the last round. `npm test`
 * prints nothing, because its rounds are few.
 */
export function counting(what: string, total: number): () => void {
  const [startedAt, isSilent] = [Date.now(), process.env.SOAK_SCALE === undefined];
  let [done, reportedAt] = [0, startedAt];
  return () => {
    done++;
    const now = Date.now();
    if (isSilent || (now - reportedAt < reportMs && done !== total)) return;
    reportedAt = now;
    process.stderr.write(
      `${what}: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} after ${Math.round((now - startedAt) / 1000)} s\n`,
    );
  };
}

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
export function randomFrom(start: number): () => number {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
