import { Command, CommanderError } from 'commander';
import { packageVersion } from '../../configuration/package-root.ts';
import { ExposureError } from '../../domain/errors.ts';
import { isOutOfFiles } from './out-of-files.ts';
import type { ExitCode } from './run-command.ts';
import { exitCodes, tell, UsageError } from './run-command.ts';

/** Loaded on demand: a command starts in half the time without the libraries of the others. */
const commands: Readonly<Record<string, () => Promise<(exit: (code: ExitCode) => void) => Command>>> = {
  serve: async () => (await import('../serve.ts')).serveCommand,
  import: async () => (await import('../import/import.ts')).importCommand,
  imports: async () => (await import('../import/imports.ts')).importsCommand,
  rename: async () => (await import('../import/imports.ts')).renameCommand,
  undo: async () => (await import('../import/imports.ts')).undoCommand,
  merge: async () => (await import('../merge.ts')).mergeCommand,
  unmerge: async () => (await import('../merge.ts')).unmergeCommand,
  radius: async () => (await import('../radius.ts')).radiusCommand,
  'what-if': async () => (await import('../what-if.ts')).whatIfCommand,
  search: async () => (await import('../lists.ts')).searchCommand,
  list: async () => (await import('../lists.ts')).listCommand,
  ranking: async () => (await import('../lists.ts')).rankingCommand,
  findings: async () => (await import('../lists.ts')).findingsCommand,
  exposures: async () => (await import('../lists.ts')).exposuresCommand,
  software: async () => (await import('../software.ts')).softwareCommand,
  incident: async () => (await import('../incidents/incident.ts')).incidentCommand,
  assess: async () => (await import('../incidents/assess.ts')).assessCommand,
  notify: async () => (await import('../incidents/notify.ts')).notifyCommand,
  export: async () => (await import('../export.ts')).exportCommand,
  batch: async () => (await import('../batch.ts')).batchCommand,
  backup: async () => (await import('../backup.ts')).backupCommand,
  restore: async () => (await import('../backup.ts')).restoreCommand,
  erase: async () => (await import('../erase.ts')).eraseCommand,
  verify: async () => (await import('../verify.ts')).verifyCommand,
  watch: async () => (await import('../watch.ts')).watchCommand,
  endpoint: async () => (await import('../endpoint.ts')).endpointCommand,
  mcp: async () => (await import('../mcp.ts')).mcpCommand,
  token: async () => (await import('../token.ts')).tokenCommand,
  audit: async () => (await import('../audit.ts')).auditCommand,
  doctor: async () => (await import('../doctor.ts')).doctorCommand,
};

/**
 * The command line. Prints data on stdout and messages on stderr, and sets one of `exitCodes`. Throws what the system says where it opens no
 * further file.
 */
export async function runCommandLine(): Promise<void> {
  // Outside production, graphql-js examines every value for a second copy of itself, which takes half the time of a large answer.
  process.env.NODE_ENV ??= 'production';
  // Stores, uploads, backups and exports hold everything, so only this user may read what the program writes.
  process.umask(0o077);
  const exit = (code: ExitCode) => {
    process.exitCode = code;
  };
  const program = new Command('exposure')
    .description('Track which labs sent which methodology artifacts to whom, and what is exposed when an organization is compromised.')
    .version(packageVersion())
    .showHelpAfterError('(see --help)');
  const named = Object.entries(commands).filter(([name]) => name === process.argv[2]);
  // Help and suggestions need all of them.
  for (const [, load] of named.length === 0 ? Object.entries(commands) : named) program.addCommand((await load())(exit));
  const nested = program.commands.flatMap((command) => command.commands);
  for (const command of [program, ...program.commands, ...nested]) command.exitOverride().showHelpAfterError('(see --help)');
  // A reader such as `head` closes the pipe early, which is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  let running: Command | undefined;
  program.hook('preAction', (_, command) => {
    running = command;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    if (isOutOfFiles(error)) throw error;
    exit(report(error));
  }
  if (running !== undefined && process.exitCode !== exitCodes.wrongUsage) {
    const { recordCommand } = await import('../audit.ts');
    await recordCommand(running, process.exitCode === exitCodes.failed ? 'failed' : 'ok');
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
