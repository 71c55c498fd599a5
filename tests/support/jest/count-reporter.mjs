import { writeFileSync } from 'node:fs';

/** Writes how many tests passed and failed to the file that TEST_COUNTS names. A file that failed as a whole counts once. */
export default class CountReporter {
  onRunComplete(_, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const path = process.env.TEST_COUNTS;
    if (path === undefined) return;
    writeFileSync(path, JSON.stringify({ passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites }));
  }
}
