import { createReadStream, existsSync } from 'node:fs';
import { Command } from 'commander';
import { auditPathsOf, verifyTrail } from '../audit/audit-files.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import type { Config, ConfigFlags } from '../configuration/config.ts';
import type { ExitCode, StoreFlags } from './command/run-command.ts';
import { exitCodes, print, printJson, readFlags, tell, withJson } from './command/run-command.ts';

/** Commands that change the store or write its content into files, by their full names. */
const auditedCommands: ReadonlySet<string> = new Set([
  'import',
  'undo',
  'rename',
  'merge',
  'unmerge',
  'export',
  'batch pack',
  'batch attach',
  'batch detach',
  'backup',
  'restore',
  'erase',
  'incident open',
  'incident save',
  'incident note',
  'incident tell',
  'incident tick',
  'incident notices',
  'incident report',
  'incident ask',
  'assess',
  'notify',
  'watch add',
  'watch mute',
  'watch replay',
  'endpoint add',
  'endpoint enable',
  'endpoint rotate',
  'endpoint test',
  'endpoint delete',
  'token create',
  'token revoke',
]);

export function auditCommand(exit: (code: ExitCode) => void): Command {
  return new Command('audit')
    .description('Check and export the audit trail.')
    .addCommand(verifyAuditCommand(exit))
    .addCommand(exportAuditCommand());
}

function verifyAuditCommand(exit: (code: ExitCode) => void): Command {
  return withJson(new Command('verify'))
    .description('Find edits, cuts and changes of order in the audit trail. Needs EXPOSURE_AUDIT_KEY. Exits 1 if it finds one.')
    .action(async (flags: StoreFlags) => {
      const config = readFlags(flags);
      if (config.auditKey === null) tell('EXPOSURE_AUDIT_KEY is not set: the check finds accidents, and no forgery.');
      const problems = await verifyTrail(auditPathsOf(config.dataFolder, config.auditHead), config.auditKey);
      if (problems.length > 0) exit(exitCodes.failed);
      if (flags.json) printJson({ isSound: problems.length === 0, problems });
      else print(problems.length === 0 ? 'The audit trail is whole.' : problems.join('\n'));
    });
}

function exportAuditCommand(): Command {
  return new Command('export').description('Print the audit trail as JSON lines, the oldest entry first.').action(async () => {
    const config = readFlags({});
    const { trail } = auditPathsOf(config.dataFolder, config.auditHead);
    if (!existsSync(trail)) return tell('The audit trail is empty.');
    for await (const piece of createReadStream(trail, 'utf8') as AsyncIterable<string>) process.stdout.write(piece);
  });
}

export function openTrail({ dataFolder, auditHead, auditKey }: Config, onError: (error: unknown) => void): AuditTrail {
  return new AuditTrail({ paths: auditPathsOf(dataFolder, auditHead), key: auditKey, onError });
}

/** Records a command of the command line that changed something or took something out. */
export async function recordCommand(command: Command, outcome: string): Promise<void> {
  const name = command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name();
  if (!auditedCommands.has(name)) return;
  const trail = openTrail(readFlags(command.opts<ConfigFlags>()), (error) =>
    tell(`The audit trail could not be written: ${(error as Error).message}`),
  );
  trail.record({ at: Date.now(), by: 'local', from: 'command line', action: name, subject: subjectOf(command), outcome });
  await trail.flush();
}

/** The trail cannot be edited, so it never says whose data were erased, nor what a note says, nor more of an address than its host. */
function subjectOf(command: Command): string | null {
  if (command.name() === 'erase') return command.opts().yes === true ? 'done' : 'counted';
  if (command.name() === 'note') return command.args[0] ?? null;
  if (command.parent?.name() === 'endpoint' && command.name() === 'add') return hostOf(command.args[0] ?? '');
  return command.args.join(' ') || null;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
