import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** A message of a failure is cut after these lines: what was expected, what was there, and where. */
const mostLines = 24;

const sayFailure = (name, message) => {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('/node_modules/'));
  return [name, ...lines.slice(0, mostLines).map((line) => `  ${line}`)].join('\n');
};

/**
 * Writes how many tests of each file passed and failed, and what the failed ones say, to the file that TEST_COUNTS names. A file that
 * failed as a whole counts once.
 */
export default class CountReporter {
  onRunComplete(_, { testResults: files }) {
    const path = process.env.TEST_COUNTS;
    if (path === undefined) return;
    const counts = files.map(({ testFilePath, numPassingTests, numFailingTests, testExecError, failureMessage, testResults }) => {
      const tests = testResults.filter(({ status }) => status === 'failed');
      const failures = tests.map(({ fullName, failureMessages }) => sayFailure(fullName, failureMessages.join('\n')));
      if (testExecError && tests.length === 0) failures.push(sayFailure('the whole file', failureMessage ?? String(testExecError.message)));
      return [testFilePath, { passed: numPassingTests, failed: testExecError && numFailingTests === 0 ? 1 : numFailingTests, failures }];
    });
    writeFileSync(path, JSON.stringify(Object.fromEntries(counts)));
  }
}
