#!/usr/bin/env node
import { isOutOfFiles } from './command/out-of-files.ts';

// Loads the rest on demand. Loading opens more files at once than some systems allow; this file reports that error in a sentence.
try {
  const { runCommandLine } = await import('./command/command-line.ts');
  await runCommandLine();
} catch (error) {
  if (!isOutOfFiles(error)) throw error;
  process.stderr.write(
    'This system lets the program open too few files at once. Raise the limit, such as by ulimit -n 1024, and run it again.\n',
  );
  process.exitCode = 1;
}
