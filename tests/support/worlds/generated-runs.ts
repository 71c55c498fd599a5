/** Fewer cases say little of a property. */
const fewest = 20;

/**
 * The number of random cases that a property tries: here alone it depends on the command. `npm test` tries all, `npm run test:fast` a tenth
 * (TEST_RUNS_SHARE), and at least 20 of them. ORACLE_RUNS sets it for all properties.
 */
export function generatedRuns(all: number): number {
  if (process.env.ORACLE_RUNS !== undefined) return Number(process.env.ORACLE_RUNS);
  return Math.min(all, Math.max(fewest, Math.ceil(all * Number(process.env.TEST_RUNS_SHARE ?? 1))));
}
