import { writeFileSync } from 'node:fs';

/** Writes how many tests of each file passed and failed to the file that TEST_COUNTS names. A file that failed as a whole counts once. */
export default class CountReporter {
  onRunComplete(_, { testResults }) {
    const path = process.env.TEST_COUNTS;
    if (path === undefined) return;
    const counts = testResults.map(({ testFilePath, numPassingTests, numFailingTests, testExecError }) => [
      testFilePath,
      { passed: numPassingTests, failed: testExecError && numFailingTests === 0 ? 1 : numFailingTests },
    ]);
    writeFileSync(path, JSON.stringify(Object.fromEntries(counts)));
  }
}
