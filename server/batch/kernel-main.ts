import { once } from 'node:events';
import { ExposureError } from '../domain/errors.ts';
import { runKernel } from './kernel.ts';

/** The kernel as a program (kernel.ts). Lines on stdout; on failure a sentence on stderr, and exit code 1, or 2 for wrong usage. */
try {
  await runKernel(process.argv.slice(2), process.stdin, async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  });
} catch (error) {
  if (!(error instanceof ExposureError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === 'BAD_USER_INPUT' ? 2 : 1;
}
