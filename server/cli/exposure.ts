#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ExposureError } from '../domain/errors.ts';
import { packageVersion } from '../package-root.ts';
import { backupCommand } from './backup.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { importsCommand } from './imports.ts';
import { mergeCommand, unmergeCommand } from './merge.ts';
import { radiusCommand } from './radius.ts';
import { restoreCommand } from './restore.ts';
import type { ExitCode } from './run-command.ts';
import { exitCodes, tell, UsageError } from './run-command.ts';
import { serveCommand } from './serve.ts';
import { tokenCommand } from './token.ts';
import { undoCommand } from './undo.ts';
import { verifyCommand } from './verify.ts';

/** The command line. Prints data on stdout and messages on stderr, and exits with one of `exitCodes`. */
async function main(): Promise<void> {
  const exit = (code: ExitCode) => {
    process.exitCode = code;
  };
  const program = new Command('exposure')
    .description('Track which labs sent which methodology artifacts to whom, and what is exposed when an organization is compromised.')
    .version(packageVersion())
    .showHelpAfterError('(see --help)');
  for (const make of [
    serveCommand,
    importCommand,
    importsCommand,
    undoCommand,
    mergeCommand,
    unmergeCommand,
    radiusCommand,
    exportCommand,
    backupCommand,
    restoreCommand,
    verifyCommand,
    tokenCommand,
    doctorCommand,
  ]) {
    program.addCommand(make(exit));
  }
  const nested = program.commands.flatMap((command) => command.commands);
  for (const command of [program, ...program.commands, ...nested]) command.exitOverride().showHelpAfterError('(see --help)');
  // A reader such as `head` closes the pipe early, which is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    exit(report(error));
  }
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  if (error instanceof UsageError) {
    tell(error.message);
    return exitCodes.wrongUsage;
  }
  if (error instanceof ExposureError) {
    tell(error.message);
    return error.code === 'BAD_USER_INPUT' ? exitCodes.wrongUsage : exitCodes.failed;
  }
  tell(`Internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return exitCodes.failed;
}

await main();
