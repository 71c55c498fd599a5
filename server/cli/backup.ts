import { Command } from 'commander';
import type { RecordCounts, SealProof } from '../backup/backup-format.ts';
import { openBackup } from '../backup/read-backup.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { packageVersion } from '../configuration/package-root.ts';
import { print, printJson, readFlags, type StoreFlags, tell, useStore, withJson, withStore } from './command/run-command.ts';

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

const proofSentences: Readonly<Record<SealProof, string>> = {
  KEY: 'The backup is sealed with EXPOSURE_AUDIT_KEY: somebody who has this key wrote it as it is.',
  KEY_NOT_GIVEN:
    'The backup is sealed with a key, and EXPOSURE_AUDIT_KEY is not set: only its checksum was compared, which finds accidents and no forgery.',
  CHECKSUM: 'The backup is not sealed with a key: its checksum finds accidents and no forgery.',
};

export function restoreCommand(): Command {
  return withJson(withStore(new Command('restore')))
    .description('Restore a backup into an empty store of either kind. A store with any content is refused.')
    .argument('<file>', 'a file from `exposure backup`; verified completely before the store changes')
    .action(async (file: string, flags: StoreFlags) => {
      const backup = await openBackup(file, readFlags(flags).auditKey);
      await useStore(flags, 'sample', (store) => store.restore(backup.readRecords())).finally(() => backup.close());
      const { header, counts, proof } = backup;
      tell(proofSentences[proof]);
      if (flags.json) printJson({ file, ...header, counts, proof });
      else print(`Restored from ${file}, written ${header.createdAt}: revision ${header.revision}, ${describeCounts(counts)}`);
    });
}

function describeCounts({ writes, assertions, undos, documents }: RecordCounts): string {
  const count = (of: number, one: string) => `${of.toLocaleString('en-US')} ${one}${of === 1 ? '' : 's'}`;
  return [count(writes, 'write'), count(assertions, 'assertion'), count(undos, 'undo'), count(documents, 'document')].join(', ');
}
