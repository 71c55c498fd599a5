import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DraftRecord } from './draft-record.ts';

/** A state of a draft, with its number. */
export interface DraftState {
  readonly number: number;
  readonly record: DraftRecord;
}

const stateFile = /^draft\.(\d+)\.json$/;
const partFile = /^draft-[0-9a-f]{16}\.part$/;
/** Retries of a read while states are replaced. After these, the file must be broken. */
const maxReads = 20;

/** Whether a file holds a state, or one being written. */
export function isOfState(fileName: string): boolean {
  return stateFile.test(fileName) || partFile.test(fileName);
}

/**
 * The states of one draft, for any number of servers that share its folder. Each state is a file, numbered from 1. The highest
 * number counts (docs/decisions/drafts-on-any-server.md).
 *
 * `link` claims a number and fails if the name exists. So if two servers change a draft at once, the second one notices. Replaced
 * states are emptied and never removed, so no number is used twice.
 */
export class DraftStates {
  readonly #folder: string;
  #last: DraftState | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The current state. Undefined if the folder has no readable draft. Costs one listing, and one file if the state is new. */
  async read(): Promise<DraftState | undefined> {
    for (let reads = 0; reads < maxReads; reads++) {
      const number = await this.#lastNumber();
      if (number === 0) return undefined;
      if (this.#last?.number === number) return this.#last;
      try {
        const record = JSON.parse(await readFile(this.#pathOf(number), 'utf8')) as DraftRecord;
        return this.#see({ number, record });
      } catch {
        // The state was emptied after the listing, so there is a later one.
      }
    }
    return undefined;
  }

  /**
   * Makes `record` the state after number `after`; 0: the first state. Undefined if another server was faster. Throws the errors of
   * the file system.
   */
  async add(after: number, record: DraftRecord): Promise<DraftState | undefined> {
    const number = after + 1;
    await mkdir(this.#folder, { recursive: true });
    const part = join(this.#folder, `draft-${randomBytes(8).toString('hex')}.part`);
    try {
      await writeFile(part, JSON.stringify(record), { flush: true });
      if (!(await isLinked(part, this.#pathOf(number)))) return undefined;
    } finally {
      await rm(part, { force: true });
    }
    if (after > 0) await truncate(this.#pathOf(after)).catch(() => undefined);
    return this.#see({ number, record });
  }

  #see(state: DraftState): DraftState {
    if (state.number > (this.#last?.number ?? 0)) this.#last = state;
    return state;
  }

  async #lastNumber(): Promise<number> {
    try {
      return (await readdir(this.#folder)).reduce((last, name) => Math.max(last, Number(stateFile.exec(name)?.[1] ?? 0)), 0);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return 0;
      throw error;
    }
  }

  #pathOf(number: number): string {
    return join(this.#folder, `draft.${number}.json`);
  }
}

/** Gives a complete file a second name. False if another server has that name. */
export async function isLinked(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // A network file system may create the link, lose its answer, and get the request again.
    return (await stat(path)).nlink === 2;
  }
}
