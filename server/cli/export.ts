import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { ExposureError } from '../domain/errors.ts';
import type { ExportFormat } from '../export/export-format.ts';
import { exportAs, exportFormats } from '../export/export-format.ts';
import type { FactStore } from '../store/fact-store.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { StoreFlags } from './run-command.ts';
import { print, printJson, useStore, withJson, withStore } from './run-command.ts';

export function exportCommand(): Command {
  return withJson(withStore(new Command('export')))
    .description(
      'Write the current facts and incidents as canonical CSV files into a folder. Importing the files gives the same answers. ' +
        'With --format dora: the engagements, as tables b_01.02, b_02.02, b_05.01 and b_05.02 of a DORA register of information.',
    )
    .argument('<folder>', 'created if it is missing; files of the same names are replaced')
    .addOption(new Option('--format <format>', 'the files to write').choices(exportFormats).default('canonical'))
    .action(async (folder: string, flags: StoreFlags & { readonly format: ExportFormat }) => {
      const files = await useStore(flags, 'content', (store) => exportInto(store, folder, flags.format));
      if (flags.json) printJson({ folder, files });
      else print(`${files.length} files in ${folder}: ${files.join(', ')}`);
    });
}

/** Writes all files or none: the files get their names only when all of them are complete. */
async function exportInto(store: FactStore, folder: string, format: ExportFormat): Promise<string[]> {
  const names: string[] = [];
  const partOf = (name: string) => join(folder, `${name}.part`);
  let file: FileHandle | undefined;
  try {
    makeFolder(folder);
    for await (const piece of exportAs(format, store)) {
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
