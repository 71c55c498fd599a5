import { Command } from 'commander';
import type { RecordCounts } from '../backup/backup-format.ts';
import { openBackup } from '../backup/read-backup.ts';
import type { StoreFlags } from './run-command.ts';
import { print, printJson, useStore, withJson, withStore } from './run-command.ts';

export function restoreCommand(): Command {
  return withJson(withStore(new Command('restore')))
    .description('Restore a backup into an empty store of either kind. A store with any content is refused.')
    .argument('<file>', 'a file from `exposure backup`; verified completely before the store changes')
    .action(async (file: string, flags: StoreFlags) => {
      const backup = await openBackup(file);
      await useStore(flags, (store) => store.restore(backup.readRecords())).finally(() => backup.close());
      const { header, counts } = backup;
      if (flags.json) printJson({ file, ...header, counts });
      else print(`Restored from ${file}, written ${header.createdAt}: revision ${header.revision}, ${describeCounts(counts)}`);
    });
}

export function describeCounts({ writes, assertions, undos, documents }: RecordCounts): string {
  const count = (of: number, one: string) => `${of.toLocaleString('en-US')} ${one}${of === 1 ? '' : 's'}`;
  return [count(writes, 'write'), count(assertions, 'assertion'), count(undos, 'undo'), count(documents, 'document')].join(', ');
}
