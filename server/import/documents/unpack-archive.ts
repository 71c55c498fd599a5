import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withoutHidden } from '../../domain/text/hidden-characters.ts';
import type { SourceFile } from '../csv/read-table.ts';
import { kindOfName } from '../rows/parse-header.ts';
import { FileFault } from '../rows/rejection.ts';
import { isSoftwareArchive, mostFilesInArchive } from '../software-files.ts';
import type { ReadableFile } from '../split-corrected.ts';
import { withWords } from '../workbook/workbook-fault.ts';
import { WorkbookParts } from '../workbook/workbook-parts.ts';
import { isArchive, nameInArchive } from './file-names.ts';

const deadlineMs = 120_000;
/** Entries that programs add to an archive, and no person put there. */
const noFile = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)|\/$/i;
const wayOut = 'Unpack it, and import its files.';

/**
 * Replaces each zip archive by its files, each named `bundle.zip#vendors.csv`. An archive that cannot be unpacked stays, with its fault, and
 * one of many software files stays as it is.
 *
 * @param read the reading of the files; the unpacked ones are deleted after it
 */
export async function withUnpacked<T>(files: readonly SourceFile[], read: (files: readonly ReadableFile[]) => Promise<T>): Promise<T> {
  let folder: string | undefined;
  try {
    const all: ReadableFile[] = [];
    for (const source of files) {
      if (!isArchive(source.name) || (await isSoftwareArchive(source.path))) {
        all.push(source);
        continue;
      }
      folder ??= await mkdtemp(join(tmpdir(), 'exposure-archive-'));
      try {
        all.push(...(await unpack(source, join(folder, String(all.length)))));
      } catch (error) {
        if (!(error instanceof FileFault)) throw error;
        all.push({ ...source, fault: error });
      }
    }
    return await read(all);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Unpacks one file of an archive for `use`, and deletes it. Undefined if the archive has no such file. */
export async function withUnpackedFile<T>(path: string, name: string, use: (path: string) => Promise<T>): Promise<T | undefined> {
  return withUnpacked([{ name: 'archive.zip', path }], async (files) => {
    const found = files.find((file) => nameInArchive(file.name) === name);
    return found === undefined ? undefined : use(found.path);
  });
}

/** Looks through an archive, to find out whether it can be unpacked. Throws FileFault UNSAFE_WORKBOOK or EMPTY_FILE. */
export async function checkArchive(path: string): Promise<void> {
  await usingArchive(path, async (parts) => {
    for (const name of fileNames(parts)) for await (const piece of parts.readBytes(name)) void piece;
  });
}

async function unpack({ name: archive, path }: SourceFile, into: string): Promise<ReadableFile[]> {
  return usingArchive(path, async (parts) => {
    const names = fileNames(parts);
    const used = new Set<string>();
    const files: ReadableFile[] = [];
    for (const [index, entry] of names.entries()) {
      const target = `${into}-${index}`;
      await pipeline(Readable.from(parts.readBytes(entry)), createWriteStream(target));
      const plain = withoutHidden(entry.replaceAll('\\', '/').replaceAll('#', ' '));
      let shown = plain;
      for (let at = 2; used.has(shown); at++) shown = `${plain} (${at})`;
      used.add(shown);
      const kind = kindOfName(shown.slice(shown.lastIndexOf('/') + 1));
      files.push({ name: `${archive}#${shown}`, path: target, archive, ...(kind === undefined ? {} : { kind }) });
    }
    return files;
  });
}

function usingArchive<T>(path: string, use: (parts: WorkbookParts) => Promise<T>): Promise<T> {
  return withWords('archive', 'zip archive', wayOut, () => WorkbookParts.using(path, deadlineMs, use));
}

function fileNames(parts: WorkbookParts): string[] {
  const names = parts.names.filter((name) => !noFile.test(name.replaceAll('\\', '/')));
  if (names.length === 0) throw new FileFault('EMPTY_FILE', 1, 'The archive holds no file.');
  if (names.length > mostFilesInArchive)
    throw new FileFault('UNSAFE_WORKBOOK', 1, `The archive holds more than ${mostFilesInArchive} files, the most of one import. ${wayOut}`);
  return names;
}
