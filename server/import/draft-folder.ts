import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExposureError } from '../domain/errors.ts';
import { detectForm } from './detect-file.ts';
import { FileFault } from './file-fault.ts';
import type { DetectedFile, ImportReport } from './import-view.ts';
import type { Rejection } from './rejection.ts';

const maxFileBytes = 4 * 1024 ** 3;
export const maxFiles = 100;

/** `draft.json`: what a draft is, but for its files' bytes. */
export interface DraftRecord {
  readonly id: string;
  readonly state: 'DRAFT' | 'COMMITTING' | 'COMMITTED' | 'FAILED' | 'DISCARDED';
  readonly source: string | null;
  readonly assertedAt: number | null;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly files: readonly DraftFile[];
  readonly failure: string | null;
  /** Of the commit; null before it. */
  readonly report: ImportReport | null;
  /** Of the commit, kept for those who ask later. */
  readonly rejections: readonly Rejection[];
}

export interface DraftFile extends DetectedFile {
  /** The name that its bytes have in the folder: never the one that was sent. */
  readonly storedAs: string;
}

const detectedBytes = 262_144;

/**
 * The folder of one draft: `draft.json`, and a file for each file that was sent. Whole or not at all: what is being
 * received has another name until it is complete.
 *
 * Methods throw STORE_UNAVAILABLE where the disk does not take what it is given.
 */
export class DraftFolder {
  readonly path: string;

  constructor(drafts: string, id: string) {
    this.path = join(drafts, id);
  }

  /** The ids of the drafts in a folder; an empty list where there is none. */
  static async list(drafts: string): Promise<string[]> {
    try {
      const entries = await readdir(drafts, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw unusable(drafts, error);
    }
  }

  /** Undefined where the folder holds no readable draft. */
  async read(): Promise<DraftRecord | undefined> {
    try {
      return JSON.parse(await readFile(join(this.path, 'draft.json'), 'utf8')) as DraftRecord;
    } catch {
      return undefined;
    }
  }

  async write(record: DraftRecord): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true });
      const part = join(this.path, 'draft.json.part');
      await writeFile(part, JSON.stringify(record, undefined, 2));
      await rename(part, join(this.path, 'draft.json'));
    } catch (error) {
      throw unusable(this.path, error);
    }
  }

  /**
   * Streams a file to disk and looks at how it begins.
   *
   * Throws BAD_USER_INPUT where it is no text that is read, PAYLOAD_TOO_LARGE beyond 4 GB; then nothing is left of it.
   */
  async receive(name: string, storedAs: string, body: AsyncIterable<Uint8Array>): Promise<DraftFile> {
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
            throw new ExposureError('PAYLOAD_TOO_LARGE', `The file ${name} is larger than 4 GB, the most that is taken. Split it.`);
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
      const form = detectForm(Buffer.concat(start), startBytes === sizeBytes);
      await rename(part, join(this.path, storedAs));
      return { name, storedAs, sizeBytes, sha256: hash.digest('hex'), encoding: 'utf-8', preamble: [], ...form };
    } catch (error) {
      await rm(part, { force: true });
      if (error instanceof FileFault) throw new ExposureError('BAD_USER_INPUT', `${name}: ${error.message}`);
      if (isDiskError(error)) throw unusable(this.path, error);
      throw error;
    }
  }

  async writeText(name: string, pieces: AsyncIterable<string>): Promise<void> {
    try {
      await writeFile(join(this.path, name), pieces);
    } catch (error) {
      throw isDiskError(error) ? unusable(this.path, error) : error;
    }
  }

  /** Empty where the file is gone. */
  async *readText(name: string): AsyncGenerator<string> {
    try {
      yield* createReadStream(join(this.path, name), 'utf8') as AsyncIterable<string>;
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
}

function isDiskError(error: unknown): boolean {
  return ['ENOSPC', 'EACCES', 'EROFS', 'EIO', 'ENOENT', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function unusable(path: string, error: unknown): ExposureError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error);
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `The folder of imports ${path} cannot be used (${reason}). Make room or give it to this user, or set EXPOSURE_DATA to another folder.`,
    { cause: error },
  );
}

/** Throws BAD_USER_INPUT where a name cannot be a file's. */
export function checkFileName(name: string): string {
  const isBad = name.length === 0 || name.length > 200 || name === '.' || name === '..' || /[\\/\p{Cc}\p{Cs}]/u.test(name);
  if (isBad) {
    const shown = JSON.stringify(name.slice(0, 60));
    throw new ExposureError(
      'BAD_USER_INPUT',
      `The file name ${shown} cannot be used. Expected 1 to 200 characters without slashes, such as transfers.csv.`,
    );
  }
  return name;
}
