import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { ExposureError } from '../domain/errors.ts';
import { exportFacts } from '../export/export-facts.ts';
import type { FactStore } from '../store/fact-store.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { StoreFlags } from './run-command.ts';
import { print, printJson, useStore, withJson, withStore } from './run-command.ts';

export function exportCommand(): Command {
  return withJson(withStore(new Command('export')))
    .description('Write the current facts and incidents as canonical CSV files into a folder. Importing the files gives the same answers.')
    .argument('<folder>', 'created if it is missing; files of the same names are replaced')
    .action(async (folder: string, flags: StoreFlags) => {
      const files = await useStore(flags, (store) => exportInto(store, folder));
      if (flags.json) printJson({ folder, files });
      else print(`${files.length} files in ${folder}: ${files.join(', ')}`);
    });
}

/** Writes all files or none: the files get their names only when all of them are complete. */
async function exportInto(store: FactStore, folder: string): Promise<string[]> {
  const names: string[] = [];
  const partOf = (name: string) => join(folder, `${name}.part`);
  let file: FileHandle | undefined;
  try {
    makeFolder(folder);
    for await (const piece of exportFacts(store)) {
      if (names.at(-1) !== piece.file) {
        await file?.close();
        names.push(piece.file);
        file = await open(partOf(piece.file), 'w');
      }
      await file?.writeFile(piece.text);
    }
    await file?.close();
    file = undefined;
    for (const name of names) await rename(partOf(name), join(folder, name));
    return names;
  } catch (error) {
    await file?.close();
    for (const name of names) await rm(partOf(name), { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof ExposureError || code === undefined) throw error;
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The folder ${folder} is not writable (${code}). Choose a folder that this user can write to.`,
      {
        cause: error,
      },
    );
  }
}
