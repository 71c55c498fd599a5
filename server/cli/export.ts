import type { FileHandle } from 'node:fs/promises';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { packageVersion } from '../configuration/package-root.ts';
import { ExposureError } from '../domain/errors.ts';
import { exportAibom } from '../export/aibom.ts';
import type { ExportPiece } from '../export/export-facts.ts';
import type { ExportFormat } from '../export/export-format.ts';
import { exportAs, exportFormats } from '../export/export-format.ts';
import type { BytesPiece } from '../export/parquet/parquet-table.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { StoreFlags } from './command/run-command.ts';
import { print, printJson, useStore, withJson, withStore } from './command/run-command.ts';
import { withAsker } from './command/with-asker.ts';
import { folderNameOf } from './incidents/notify.ts';

interface ExportFlags extends StoreFlags {
  readonly format: ExportFormat | 'aibom' | 'parquet';
}

export function exportCommand(): Command {
  return withJson(withStore(new Command('export')))
    .description(
      'Write the current facts and incidents as canonical CSV files into a folder. Importing the files gives the same answers. ' +
        'With --format dora: the engagements, as the 15 tables of a DORA register of information. ' +
        'With --format aibom: an AI bill of materials (CycloneDX 1.6) for each lab, with its artifacts and who may hold a copy; it names no other lab. ' +
        'With --format parquet: the facts and the copies that follow from them, as Parquet files for SQL (docs/parquet.md).',
    )
    .argument('<folder>', 'created if it is missing; files of the same names are replaced')
    .addOption(new Option('--format <format>', 'the files to write').choices([...exportFormats, 'aibom', 'parquet']).default('canonical'))
    .action(async (folder: string, flags: ExportFlags) => {
      const files = await write(folder, flags);
      if (flags.json) printJson({ folder, files });
      else print(`${files.length} files in ${folder}: ${files.join(', ')}`);
    });
}

function write(folder: string, { format, ...flags }: ExportFlags): Promise<string[]> {
  if (format === 'parquet') return writeParquet(folder, flags);
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  if (format !== 'aibom') return useStore(flags, 'content', (store) => exportInto(folder, exportAs(format, store)));
  return withAsker(flags, async (asker) => {
    asker.needAllFacts();
    return exportInto(folder, exportAibom(await asker.facts(), asker.now, packageVersion(), folderNameOf));
  });
}

/** The library that writes the files is loaded for them alone. */
async function writeParquet(folder: string, flags: StoreFlags): Promise<string[]> {
  const { exportParquet, parquetFileName } = await import('../export/parquet/export-parquet.ts');
  const program = `exposure-graph version ${packageVersion()}`;
  // biome-ignore lint/correctness/useHookAtTopLevel: it is no React hook.
  return useStore(flags, 'content', (store) => exportInto(folder, exportParquet(store, { program }), parquetFileName));
}

type Piece = ExportPiece | BytesPiece;

/**
 * Writes all files or none: the files get their names only when all of them are complete.
 *
 * @param replaced also removes the other files of such names, because readers take all of them as one table
 */
async function exportInto(folder: string, pieces: Iterable<Piece> | AsyncIterable<Piece>, replaced?: RegExp): Promise<string[]> {
  const names: string[] = [];
  const partOf = (name: string) => join(folder, `${name}.part`);
  let file: FileHandle | undefined;
  try {
    makeFolder(folder);
    for await (const piece of pieces) {
      if (names.at(-1) !== piece.file) {
        await file?.close();
        file = await open(partOf(piece.file), 'w');
        names.push(piece.file);
      }
      await file?.writeFile('text' in piece ? piece.text : piece.bytes);
    }
    await file?.close();
    file = undefined;
    const old = replaced === undefined ? [] : (await readdir(folder)).filter((name) => replaced.test(name) && !names.includes(name));
    for (const name of old) await rm(join(folder, name));
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
