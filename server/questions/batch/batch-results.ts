import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachedResult } from '../../batch/attached-result.ts';
import { listResults, resultFolder } from '../../batch/attached-result.ts';
import { keepLatest } from '../../domain/keep-latest.ts';
import type { FactStore } from '../../store/fact-store.ts';

/** How long a server goes without looking for results that were attached or detached. */
const lookEveryMs = 2000;
const mostOpen = 8;

/** The results that are attached to a store (docs/batch.md), for the servers that show its whole content. */
export class BatchResults {
  readonly #store: FactStore;
  readonly #dataFolder: string;
  #listed: { readonly at: number; readonly results: Promise<readonly AttachedResult[]> } | undefined;
  readonly #open = new Map<string, Promise<RowFile | undefined>>();

  constructor(store: FactStore, dataFolder: string) {
    this.#store = store;
    this.#dataFolder = dataFolder;
  }

  /** The results of the history that the store has, the latest revision first. */
  async list(): Promise<readonly AttachedResult[]> {
    const now = performance.now();
    if (this.#listed === undefined || now - this.#listed.at > lookEveryMs) {
      const listed = { at: now, results: this.#read() };
      this.#listed = listed;
      listed.results.catch(() => {
        if (this.#listed === listed) this.#listed = undefined;
      });
    }
    return this.#listed.results;
  }

  /**
   * The rows of a result. Undefined if they are not those that were attached: the answer is then computed, as without a result.
   *
   * @param folder that has the results. Default: EXPOSURE_DATA
   */
  open(result: AttachedResult, folder = this.#dataFolder): Promise<RowFile | undefined> {
    const path = join(resultFolder(folder, result.name), 'rows.ndjson');
    const key = `${path} ${result.attachedAt}`;
    const opening = this.#open.get(key) ?? openRows(path, result);
    keepLatest(this.#open, key, opening, mostOpen);
    return opening;
  }

  async #read(): Promise<readonly AttachedResult[]> {
    const results = await listResults(this.#store);
    const isOurs = await Promise.all(results.map(async ({ revision, store }) => (await this.#store.readFingerprint(revision)) === store));
    return results.filter((_, i) => isOurs[i]).sort((a, b) => b.revision - a.revision || b.attachedAt - a.attachedAt);
  }
}

/** A block of rows that is read together. */
const rowsABlock = 256;
const bytesARead = 2 ** 20;

/** The rows of a result, on disk: some lists have more rows than fit in memory. */
export class RowFile {
  readonly length: number;
  readonly #path: string;
  /** Where each block of rows begins, and the end. */
  readonly #starts: readonly number[];
  #all: unknown[] | undefined;

  constructor(path: string, length: number, starts: readonly number[]) {
    this.#path = path;
    this.length = length;
    this.#starts = starts;
  }

  slice<T>(from: number, until: number): T[] {
    const end = Math.min(until, this.length);
    if (from >= end) return [];
    const first = Math.floor(from / rowsABlock);
    const start = this.#starts[first] as number;
    const bytes = Buffer.alloc((this.#starts[Math.ceil(end / rowsABlock)] as number) - start);
    const file = openSync(this.#path, 'r');
    try {
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(file, bytes, at, bytes.length - at, start + at);
        if (read === 0) throw new Error(`${this.#path} ended too early.`);
        at += read;
      }
    } finally {
      closeSync(file);
    }
    const lines = bytes.toString().split('\n');
    return lines.slice(from - first * rowsABlock, end - first * rowsABlock).map((line) => JSON.parse(line) as T);
  }

  /** All rows of a list that fits in memory. They are read once. */
  all<T>(): readonly T[] {
    this.#all ??= this.slice<T>(0, this.length);
    return this.#all as T[];
  }
}

async function openRows(path: string, { sha256, rows }: AttachedResult): Promise<RowFile | undefined> {
  const hash = createHash('sha256');
  const starts = [0];
  let [count, position] = [0, 0];
  try {
    const file = await open(path);
    try {
      const bytes = Buffer.alloc(bytesARead);
      for (;;) {
        const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
        if (bytesRead === 0) break;
        const piece = bytes.subarray(0, bytesRead);
        hash.update(piece);
        for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1))
          if (++count % rowsABlock === 0) starts.push(position + at + 1);
        position += bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (count % rowsABlock !== 0) starts.push(position);
  return hash.digest('hex') === sha256 && count === rows ? new RowFile(path, count, starts) : undefined;
}
