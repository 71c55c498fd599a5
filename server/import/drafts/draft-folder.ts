import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExposureError } from '../../domain/errors.ts';
import { describeHidden } from '../../domain/names/hidden-characters.ts';
import type { WaitingChange } from '../answers/answer-types.ts';
import type { DetectedForm } from '../csv/detect-file.ts';
import { detectForm } from '../csv/detect-file.ts';
import type { ValueMapping } from '../mapping/mapping-types.ts';
import type { PartyMatch } from '../matching/matching-types.ts';
import type { ReadImport } from '../read-import.ts';
import { FileFault } from '../rows/file-fault.ts';
import { kindOfName } from '../rows/parse-header.ts';
import type { Rejection } from '../rows/rejection.ts';
import { checkWorkbook } from '../thread/list-orders.ts';
import { isWorkbook } from '../workbook/open-workbook.ts';
import type { DraftFile, DraftRecord } from './draft-record.ts';
import type { DraftState } from './draft-states.ts';
import { DraftStates, isLinked, isOfState } from './draft-states.ts';

/** The largest uploaded file. */
export const maxFileBytes = 4 * 1024 ** 3;
const detectedBytes = 262_144;

const rejectedRows = 'rejected.csv';

/** A person's decisions about lists that are not canonical. */
export interface ImportChoices {
  readonly values: readonly ValueMapping[];
  readonly matches: readonly PartyMatch[];
}

/**
 * The folder of one draft: its states, and its uploaded files. An upload has a temporary name until it is complete. Any number of
 * servers can use the folder at once.
 *
 * Methods throw STORE_UNAVAILABLE if the disk cannot be written to.
 */
export class DraftFolder {
  readonly path: string;
  readonly #states: DraftStates;

  constructor(drafts: string, id: string) {
    this.path = join(drafts, id);
    this.#states = new DraftStates(this.path);
  }

  /** The ids of the drafts in a folder. */
  static async list(drafts: string): Promise<string[]> {
    try {
      const entries = await readdir(drafts, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw unusable(drafts, error);
    }
  }

  /** Undefined if the folder holds no readable draft. */
  async read(): Promise<DraftState | undefined> {
    return this.#using(() => this.#states.read());
  }

  /** As DraftStates.add. */
  async add(after: number, record: DraftRecord): Promise<DraftState | undefined> {
    return this.#using(() => this.#states.add(after, record));
  }

  /**
   * Streams a file to disk and detects its format.
   *
   * Throws BAD_USER_INPUT if it is neither text nor a readable workbook, PAYLOAD_TOO_LARGE beyond 4 GB or if a workbook needs too much
   * memory, and the signal's reason. Then nothing of it is kept.
   */
  async receive(name: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<DraftFile> {
    const storedAs = newName('file');
    const part = join(this.path, `${storedAs}.part`);
    const hash = createHash('sha256');
    const start: Buffer[] = [];
    let startBytes = 0;
    let sizeBytes = 0;
    try {
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
      if (isWorkbook(name)) await checkWorkbook({ name, path: part }, signal);
      const form = detectStart(name, Buffer.concat(start), startBytes === sizeBytes);
      await rename(part, join(this.path, storedAs));
      return { name, storedAs, sizeBytes, sha256: hash.digest('hex'), encoding: 'utf-8', preamble: [], ...form };
    } catch (error) {
      await rm(part, { force: true });
      if (error instanceof FileFault)
        throw new ExposureError(error.code === 'LIST_TOO_LARGE' ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT', `${name}: ${error.message}`);
      if (isDiskError(error)) throw unusable(this.path, error);
      throw error;
    }
  }

  /** @returns the name of the file that holds them */
  async writeRejections(rejections: readonly Rejection[]): Promise<string> {
    const name = newName('rejections');
    await this.#using(() => writeFile(this.pathOf(name), JSON.stringify(rejections), { flush: true }));
    return name;
  }

  /** @returns the name of the file that holds them */
  async writeChoices(choices: ImportChoices): Promise<string> {
    const name = newName('choices');
    await this.#using(() => writeFile(this.pathOf(name), JSON.stringify(choices), { flush: true }));
    return name;
  }

  async readChoices(name: string): Promise<ImportChoices> {
    return this.#using(async () => JSON.parse(await readFile(this.pathOf(name), 'utf8')) as ImportChoices);
  }

  /** @returns the name of the file that holds them */
  async writeUnlisted(unlisted: ReadImport['unlisted']): Promise<string> {
    const name = newName('unlisted');
    await this.#using(() => writeFile(this.pathOf(name), JSON.stringify(unlisted), { flush: true }));
    return name;
  }

  async readUnlisted(name: string): Promise<ReadImport['unlisted']> {
    return this.#using(async () => JSON.parse(await readFile(this.pathOf(name), 'utf8')) as ReadImport['unlisted']);
  }

  /** @returns the name of the file that holds them */
  async writeWaiting(waiting: readonly WaitingChange[]): Promise<string> {
    const name = newName('waiting');
    await this.#using(() => writeFile(this.pathOf(name), JSON.stringify(waiting), { flush: true }));
    return name;
  }

  async readWaiting(name: string): Promise<readonly WaitingChange[]> {
    return this.#using(async () => JSON.parse(await readFile(this.pathOf(name), 'utf8')) as readonly WaitingChange[]);
  }

  async readRejections(name: string): Promise<readonly Rejection[]> {
    return this.#using(async () => JSON.parse(await readFile(this.pathOf(name), 'utf8')) as Rejection[]);
  }

  /** Keeps the rejected rows as CSV for the time after the files are removed. An existing file stays. */
  async keepRejectedRows(pieces: AsyncIterable<string>): Promise<void> {
    const part = this.pathOf(`${newName('rejected')}.part`);
    await this.#using(async () => {
      try {
        await writeFile(part, pieces);
        await isLinked(part, this.pathOf(rejectedRows));
      } finally {
        await rm(part, { force: true });
      }
    });
  }

  /** Empty if none were kept. */
  async *readRejectedRows(): AsyncGenerator<string> {
    try {
      yield* createReadStream(this.pathOf(rejectedRows), 'utf8') as AsyncIterable<string>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  pathOf(storedAs: string): string {
    return join(this.path, storedAs);
  }

  async removeFile(storedAs: string): Promise<void> {
    await rm(join(this.path, storedAs), { force: true });
  }

  /** Removes all files except states (even unfinished ones), the rejected rows, and the named file. */
  async sweep(kept: string | undefined): Promise<void> {
    await this.#using(async () => {
      for (const name of await readdir(this.path)) {
        if (!isOfState(name) && name !== rejectedRows && name !== kept) await rm(join(this.path, name), { force: true });
      }
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
  if (isWorkbook(name)) return { delimiter: '', headerLine: 1, header: [], sample: [] };
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

/** EFBIG: a limit on the size of files. The last four are errors of file systems without hard links. */
const diskErrors = ['ENOSPC', 'EFBIG', 'EACCES', 'EROFS', 'EIO', 'ENOENT', 'EDQUOT', 'ESTALE', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

function isDiskError(error: unknown): boolean {
  return diskErrors.includes((error as NodeJS.ErrnoException).code ?? '');
}

function unusable(path: string, error: unknown): ExposureError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `The folder of imports ${path} cannot be used (${reason}). Make room or give it to this user, or set EXPOSURE_DATA to another folder.`,
    { cause: error },
  );
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
