import { Command } from 'commander';
import { writeBackup } from '../backup/write-backup.ts';
import { packageVersion } from '../configuration/package-root.ts';
import type { StoreFlags } from './command/run-command.ts';
import { print, printJson, tell, useStore, withJson, withStore } from './command/run-command.ts';
import { describeCounts } from './restore.ts';

export function backupCommand(): Command {
  return withJson(withStore(new Command('backup')))
    .description('Write the whole store with its history into one file, as of one revision. The server may be running.')
    .argument('<file>', 'file to write; replaces an older backup of that name, never any other file')
    .action(async (file: string, flags: StoreFlags) => {
      const { header, counts, sizeBytes, isReplaced } = await useStore(flags, 'content', (store, { auditKey }) =>
        writeBackup(store, file, packageVersion(), Date.now(), auditKey),
      );
      if (isReplaced) tell(`Replaced the earlier backup ${file}.`);
      if (counts.writes + counts.documents === 0) tell('The store is empty. If you meant another store, name it with --store.');
      if (flags.json) printJson({ file, sizeBytes, isReplaced, ...header, counts });
      else print(`${file}: revision ${header.revision}, ${describeCounts(counts)} (${sizeBytes.toLocaleString('en-US')} bytes)`);
    });
}
