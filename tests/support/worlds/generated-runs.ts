/**
 * The number of generated worlds that a test tries. ORACLE_RUNS sets it for all such tests. `npm run test:fast` tries a third (TEST_RUNS_SHARE),
 * and `npm test` all.
 */
export function generatedRuns(all: number): number {
  if (process.env.ORACLE_RUNS !== undefined) return Number(process.env.ORACLE_RUNS);
  return Math.ceil(all * Number(process.env.TEST_RUNS_SHARE ?? 1));
}
