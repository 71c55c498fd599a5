import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { auditPathsOf } from '../audit/audit-files.ts';
import type { ErasureOrder } from '../backup/erase/erase-data.ts';
import { eraseFromBackup, eraseFromStore, previewErasure } from '../backup/erase/erase-data.ts';
import type { Erasure } from '../backup/erase/erase-records.ts';
import type { ErasureSubject } from '../backup/erase/find-erased.ts';
import { openBackup } from '../backup/read-backup.ts';
import { streamFolder } from '../batch/attached-result.ts';
import type { Config } from '../configuration/config.ts';
import { packageVersion } from '../configuration/package-root.ts';
import type { FactStore } from '../store/fact-store.ts';
import { makeFolder } from '../store/make-folder.ts';
import { lockForServing, snapshotPathOf } from '../store/open/open-store.ts';
import { deleteSnapshot } from '../store/snapshot-path.ts';
import type { StoreFlags } from './command/run-command.ts';
import { print, printJson, readFlags, tell, UsageError, useStore, withJson, withStore } from './command/run-command.ts';

interface EraseFlags extends StoreFlags {
  readonly person?: string;
  readonly also?: readonly string[];
  readonly backup?: readonly string[];
  readonly yes?: boolean;
}

/** Beside the records that are erased one by one. */
interface Beside {
  /** Drafts of imports: their uploads may hold the data in any form. */
  readonly drafts: number;
  /** Entries of the audit trail that name it. They stay. */
  readonly auditEntries: number;
}

export function eraseCommand(): Command {
  return withJson(withStore(new Command('erase')))
    .description("Erase an organization's or a person's data from facts, history and documents. Without --yes it only counts.")
    .argument('[organization]', 'the id of the organization')
    .option('--person <name>', 'the name of a person or token in the records, instead of an organization')
    .option('--also <name...>', 'further names to replace in free text, such as a short form')
    .option('--backup <file...>', 'erase it from these backups, and not from the store')
    .option('--yes', 'do it; it cannot be undone')
    .action(async (organization: string | undefined, flags: EraseFlags) => {
      const subject = subjectOf(organization, flags);
      const order: ErasureOrder = { subject, by: 'local', at: Date.now(), product: packageVersion(), key: readFlags(flags).auditKey };
      if (flags.backup === undefined) await (flags.yes === true ? eraseInStore : countInStore)(flags, order);
      else for (const file of flags.backup) await eraseBackup(file, flags, order);
    });
}

function subjectOf(organization: string | undefined, { person, also = [] }: EraseFlags): ErasureSubject {
  if (organization !== undefined && person === undefined) return { of: 'organization', organization, also };
  if (organization === undefined && person !== undefined && person.trim() !== '') return { of: 'person', person, also };
  throw new UsageError('Give either the id of an organization or --person NAME.');
}

async function countInStore(flags: EraseFlags, order: ErasureOrder): Promise<void> {
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  const found = await useStore(flags, 'content', async (store, config) => ({
    erasure: await previewErasure(() => store.readRecords(), order),
    beside: await lookBeside(store, config, order.subject),
  }));
  report(flags, found.erasure, found.beside);
}

async function eraseInStore(flags: EraseFlags, order: ErasureOrder): Promise<void> {
  const config = readFlags(flags);
  // A server keeps facts in memory, and would go on to show what is erased.
  const lock = lockForServing(config.store);
  makeFolder(config.dataFolder);
  const file = join(config.dataFolder, `erasure-${order.at}.backup`);
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  const { erasure, beside } = await useStore(flags, 'content', async (store) => {
    const beside = await lookBeside(store, config, order.subject);
    return { erasure: await eraseFromStore(store, file, order), beside };
  }).finally(() => {
    // Even after a failure, the store may have lost the data that the snapshot still holds.
    deleteSnapshot(snapshotPathOf(config.store, config.dataFolder));
    lock.release();
  });
  rmSync(join(config.dataFolder, 'drafts'), { recursive: true, force: true });
  // Results name whatever the facts named, and are of a history that is no more.
  rmSync(join(config.dataFolder, 'batch'), { recursive: true, force: true });
  rmSync(streamFolder(config.dataFolder), { recursive: true, force: true });
  if (order.subject.of === 'person') rmSync(join(config.dataFolder, 'sessions'), { recursive: true, force: true });
  report(flags, erasure, beside);
  if (config.store.startsWith('sqlite:')) return;
  tell('Restart every server of this database: each still has the data in memory. Neo4j keeps old bytes in its files (docs/backup.md).');
}

async function eraseBackup(file: string, flags: EraseFlags, order: ErasureOrder): Promise<void> {
  if (flags.yes === true) {
    report({ ...flags, file }, await eraseFromBackup(file, order));
    return;
  }
  const backup = await openBackup(file, order.key);
  try {
    report({ ...flags, file }, await previewErasure(() => backup.readRecords(), order));
  } finally {
    await backup.close();
  }
}

async function lookBeside(store: FactStore, { dataFolder, auditHead }: Config, subject: ErasureSubject): Promise<Beside> {
  const folder = join(dataFolder, 'drafts');
  const drafts = new Set(existsSync(folder) ? readdirSync(folder) : []);
  for (const { id } of await store.listDocuments('draft')) drafts.add(id);
  return { drafts: drafts.size, auditEntries: await countEntries(auditPathsOf(dataFolder, auditHead).trail, subject) };
}

async function countEntries(trail: string, subject: ErasureSubject): Promise<number> {
  if (!existsSync(trail)) return 0;
  const quoted = JSON.stringify(subject.of === 'person' ? subject.person : subject.organization);
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(trail) })) if (line.includes(quoted)) count++;
  return count;
}

function report(flags: EraseFlags & { readonly file?: string }, erasure: Erasure, beside?: Beside): void {
  const { file, yes: isDone = false } = flags;
  if (flags.json) {
    printJson({ isDone, ...(file === undefined ? {} : { file }), ...erasure, ...beside });
    return;
  }
  const { facts, assertions, documents, replaced } = erasure;
  const count = (of: number, one: string) => `${of.toLocaleString('en-US')} ${one}${of === 1 ? '' : 's'}`;
  const place = file === undefined ? '' : ` in ${file}`;
  print(
    `${isDone ? 'Erased' : 'To erase'}${place}: ${count(facts, 'fact')} with ${count(assertions, 'assertion')}, ${count(documents, 'document')}. ` +
      `Names ${isDone ? 'were' : 'to be'} replaced in ${count(replaced, 'other record')}.`,
  );
  if (beside !== undefined) {
    print(
      `${isDone ? 'Deleted' : 'To delete'}: ${count(beside.drafts, 'draft')} of imports, because an upload may hold the data in any form.`,
    );
    if (beside.auditEntries > 0)
      print(
        `The audit trail names it in ${beside.auditEntries === 1 ? '1 entry' : `${beside.auditEntries} entries`} and cannot be edited. Move the trail away when it is no longer needed.`,
      );
    print('Backups still hold the data: run the command again with --backup FILE for each, or delete them.');
  }
  if (!isDone) print('Nothing was changed. Add --yes to erase. It cannot be undone.');
}

/** The sentence by which a store tells of a past erasure. */
export function describeErasure({ at, by, of, facts, documents }: Erasure): string {
  const day = new Date(at).toISOString().slice(0, 10);
  const whose = of === 'person' ? "a person's name" : "an organization's data";
  return `On ${day}, ${by} erased ${whose}: ${facts} ${facts === 1 ? 'fact' : 'facts'} and ${documents} ${documents === 1 ? 'document' : 'documents'} are gone.`;
}
