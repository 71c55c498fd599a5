import { Command } from 'commander';
import { writeBackup } from '../backup/write-backup.ts';
import { packageVersion } from '../package-root.ts';
import { describeCounts } from './restore.ts';
import type { StoreFlags } from './run-command.ts';
import { print, printJson, tell, useStore, withJson, withStore } from './run-command.ts';

export function backupCommand(): Command {
  return withJson(withStore(new Command('backup')))
    .description('Writes all that the store keeps, with its history, into one file, as of one moment; also while it is served.')
    .argument('<file>', 'made whole or not at all; an older backup of that name is replaced, any other file is not')
    .action(async (file: string, flags: StoreFlags) => {
      const { header, counts, sizeBytes, isReplaced } = await useStore(flags, (store) =>
        writeBackup(store, file, packageVersion(), Date.now()),
      );
      if (isReplaced) tell(`${file} was there before, and was replaced.`);
      if (counts.writes + counts.documents === 0) tell('The store holds nothing yet. Was another one meant? Name it with --store.');
      if (flags.json) printJson({ file, sizeBytes, isReplaced, ...header, counts });
      else print(`${file}: revision ${header.revision}, ${describeCounts(counts)} (${sizeBytes.toLocaleString('en-US')} bytes)`);
    });
}
