import { join } from 'node:path';
import { openBackup } from '../../../server/backup/read-backup.ts';
import { writeBackup } from '../../../server/backup/write-backup.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { Serving } from '../serving.ts';

/** Starts a server over a copy of another server's store, made by backup and restore. */
export async function startBackedUp(original: Serving): Promise<Serving> {
  const file = join(original.folder, 'exposure.backup');
  const source = await openStore(`sqlite:${join(original.folder, 'exposure.db')}`);
  await writeBackup(source, file, '1.2.3', 5000);
  await source.close();
  const copy = new Serving();
  const target = await openStore(`sqlite:${join(copy.folder, 'exposure.db')}`);
  const backup = await openBackup(file);
  await target.restore(backup.readRecords());
  await backup.close();
  await target.close();
  return copy.start();
}
