import { format } from 'node:util';
import { afterAll, afterEach } from './test.ts';

/** Console output fails the test, or the file, that printed it. So does a warning that facts could not be renewed. */
const printed: string[] = [];
for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const)
  console[method] = (...values: unknown[]) => {
    printed.push(format(...values));
  };
const onWarning = ({ name, message }: Error): void => {
  if (name === 'RenewalWarning') printed.push(message);
};
process.on('warning', onWarning);

function failIfPrinted(): void {
  const lines = printed.splice(0);
  if (lines.length > 0) throw new Error(`The console printed:\n${lines.join('\n')}`);
}
afterEach(failIfPrinted);
afterAll(() => {
  process.off('warning', onWarning);
  failIfPrinted();
});
