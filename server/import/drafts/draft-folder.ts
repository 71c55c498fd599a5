import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExposureError } from '../../domain/errors.ts';
import { describeHidden } from '../../domain/text/hidden-characters.ts';
import type { DetectedForm } from '../csv/detect-file.ts';
import { detectForm } from '../csv/detect-file.ts';
import { holdsTables } from '../documents/file-names.ts';
import type { ValueMapping } from '../mapping/mapping-types.ts';
import type { PartyMatch } from '../matching/matching-types.ts';
import { kindOfName } from '../rows/parse-header.ts';
import { FileFault } from '../rows/rejection.ts';
import { mayHoldSoftware } from '../software-files.ts';
import { checkWorkbook } from '../thread/import-threads.ts';
import type { DraftFile, Found } from './draft-record.ts';

/** The largest uploaded file. */
export const maxFileBytes = 4 * 1024 ** 3;
const detectedBytes = 262_144;

/** A person's decisions about lists that are not canonical. */
export interface ImportChoices {
  readonly values: readonly ValueMapping[];
  readonly matches: readonly PartyMatch[];
}

/** A part of an analysis that is too large for the draft's document. */
export type AnalysisPart = 'rejections' | 'choices' | 'unlisted' | 'waiting';

/**
 * The folder of one draft: its uploaded files, and the large parts of its analyses. Each has a name of its own on all servers, is written
 * once, and counts if the draft's document names it. An upload has a temporary name until it is complete.
 *
 * Methods throw STORE_UNAVAILABLE if the disk cannot be used.
 */
export class DraftFolder {
  readonly path: string;

  constructor(drafts: string, id: string) {
    this.path = join(drafts, id);
  }

  /** The ids of the drafts that have a folder. */
  static async list(drafts: string): Promise<string[]> {
    try {
      const entries = await readdir(drafts, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw unusable(drafts, error);
    }
  }

  /**
   * Streams a file to disk and detects its format.
   *
   * Throws BAD_USER_INPUT if it is neither text nor a readable workbook, PAYLOAD_TOO_LARGE beyond 4 GB or if a workbook needs too much
   * memory, and the signal's reason. Then nothing of it is kept.
   */
  async receive(name: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<DraftFile> {
    const storedAs = newName('file');
    const part = this.pathOf(`${storedAs}.part`);
    const hash = createHash('sha256');
    const start: Buffer[] = [];
    let startBytes = 0;
    let sizeBytes = 0;
    try {
      await mkdir(this.path, { recursive: true });
      const file = await open(part, 'w');
      try {
        for await (const piece of body) {
          sizeBytes += piece.length;
          if (sizeBytes > maxFileBytes)
            throw new ExposureError('PAYLOAD_TOO_LARGE', `The file ${name} is larger than 4 GB, which is the maximum. Split it.`);
          hash.update(piece);
          if (startBytes < detectedBytes) {
            start.push(Buffer.from(piece));
            startBytes += piece.length;
          }
          await file.writeFile(piece);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      if (holdsTables(name) || mayHoldSoftware(name)) await checkWorkbook({ name, path: part }, signal);
      const form = detectStart(name, Buffer.concat(start), startBytes === sizeBytes);
      await rename(part, this.pathOf(storedAs));
      return { name, storedAs, sizeBytes, sha256: hash.digest('hex'), encoding: 'utf-8', preamble: [], ...form };
    } catch (error) {
      await rm(part, { force: true });
      if (error instanceof FileFault)
        throw new ExposureError(error.code === 'LIST_TOO_LARGE' ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT', `${name}: ${error.message}`);
      if (isDiskError(error)) throw unusable(this.path, error);
      throw error;
    }
  }

  /** @returns the name of the file that holds it */
  async write(part: AnalysisPart, value: unknown): Promise<string> {
    const name = newName(part);
    await this.#write(name, JSON.stringify(value));
    return name;
  }

  async read<T>(name: string): Promise<T> {
    return this.#using(async () => JSON.parse(await readFile(this.pathOf(name), 'utf8')) as T);
  }

  /** Keeps the rejected rows as CSV for the time after the files are removed. @returns the name of the file that holds them */
  async writeRows(pieces: AsyncIterable<string>): Promise<string> {
    const name = newName('rows');
    await this.#write(name, pieces);
    return name;
  }

  /** Empty if the file is gone. */
  async *readRows(name: string): AsyncGenerator<string> {
    try {
      yield* createReadStream(this.pathOf(name), 'utf8') as AsyncIterable<string>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  /** Of its files. Empty if there is no folder. */
  async names(): Promise<string[]> {
    return this.#using(() =>
      readdir(this.path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return [];
      }),
    );
  }

  pathOf(storedAs: string): string {
    return join(this.path, storedAs);
  }

  /** Throws STORE_UNAVAILABLE if one of the files is not here. */
  async checkHas(files: readonly DraftFile[]): Promise<void> {
    for (const { storedAs } of files) await this.#using(() => access(this.pathOf(storedAs)));
  }

  async removeFile(storedAs: string): Promise<void> {
    await this.#using(() => rm(this.pathOf(storedAs), { force: true }));
  }

  /** Removes what a draft that has ended does not need: all files but the named ones; without names, the folder. */
  async sweep({ rejectionsIn, rowsIn }: Partial<Pick<Found, 'rejectionsIn' | 'rowsIn'>> = {}): Promise<void> {
    for (const name of await this.names()) if (name !== rejectionsIn && name !== rowsIn) await this.removeFile(name);
    // An upload that is being refused may still use the folder.
    if (rejectionsIn === undefined) await rmdir(this.path).catch(() => undefined);
  }

  async #write(name: string, content: string | AsyncIterable<string>): Promise<void> {
    await this.#using(async () => {
      await mkdir(this.path, { recursive: true });
      await writeFile(this.pathOf(name), content, { flush: true });
    });
  }

  async #using<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw isDiskError(error) ? unusable(this.path, error) : error;
    }
  }
}

/**
 * The detected format of a file. For a list in an encoding other than UTF-8, it is unknown until the analysis. Throws FileFault if
 * the file is not text.
 */
function detectStart(name: string, start: Buffer, isWhole: boolean): DetectedForm {
  if (holdsTables(name) || mayHoldSoftware(name)) return { delimiter: '', headerLine: 1, header: [], sample: [] };
  try {
    return detectForm(start, isWhole);
  } catch (error) {
    const isOtherText = error instanceof FileFault && error.code === 'WRONG_ENCODING' && kindOfName(name) === undefined;
    if (!isOtherText) throw error;
    return { delimiter: ',', headerLine: 1, header: [], sample: [] };
  }
}

/** A unique name on all servers. */
function newName(kind: string): string {
  return `${kind}-${randomBytes(8).toString('hex')}`;
}

/** EFBIG: a limit on the size of files. */
const diskErrors = ['ENOSPC', 'EFBIG', 'EACCES', 'EROFS', 'EIO', 'ENOENT', 'EDQUOT', 'ESTALE', 'EPERM'];

function isDiskError(error: unknown): boolean {
  return diskErrors.includes((error as NodeJS.ErrnoException).code ?? '');
}

function unusable(path: string, error: unknown): ExposureError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  const message =
    reason === 'ENOENT'
      ? `The folder of imports ${path} does not hold the files of the import. Give all servers of the store the same EXPOSURE_DATA, or discard this import and upload the files again.`
      : `The folder of imports ${path} cannot be used (${reason}). Make room or give it to this user, or set EXPOSURE_DATA to another folder.`;
  return new ExposureError('STORE_UNAVAILABLE', message, { cause: error });
}

/** Throws BAD_USER_INPUT if a name cannot be a file's. */
export function checkFileName(name: string): string {
  const hidden = describeHidden('file name', name);
  if (hidden !== undefined) throw new ExposureError('BAD_USER_INPUT', hidden);
  const isBad = name.length === 0 || name.length > 200 || name === '.' || name === '..' || /[\\/\p{Cs}]/u.test(name);
  if (isBad) {
    const shown = JSON.stringify(name.slice(0, 60));
    throw new ExposureError(
      'BAD_USER_INPUT',
      `The file name ${shown} cannot be used. Expected 1 to 200 characters without slashes, such as transfers.csv.`,
    );
  }
  return name;
}
