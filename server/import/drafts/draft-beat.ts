import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportProgress } from '../import-view.ts';

/** What a server that works at a draft says of itself, again and again. */
interface Beat {
  readonly worker: string;
  readonly progress: ImportProgress;
  /** Differs each time. */
  readonly count: number;
}

/**
 * The sign of life of who works at a draft, in its folder. Nothing right depends on it: it says when to step in, so that
 * work is neither done twice nor by nobody.
 */
export class DraftBeat {
  readonly #path: string;
  #count = 0;
  #heard: { readonly text: string; readonly at: number } | undefined;

  constructor(folder: string) {
    this.#path = join(folder, 'beat.json');
  }

  /** Says that `worker` is at it. A beat that cannot be written is left out. */
  async tell(worker: string, progress: ImportProgress): Promise<void> {
    const part = `${this.#path}.${worker}.part`;
    try {
      await writeFile(part, JSON.stringify({ worker, progress, count: ++this.#count } satisfies Beat));
      await rename(part, this.#path);
    } catch {
      // Others step in too early then, which costs time alone.
    }
  }

  /**
   * How far `worker` is, and for how long nothing new was heard of it: by this server's own clock, from when it first
   * listened, so that clocks of several machines need not agree.
   */
  async hear(worker: string): Promise<{ readonly progress: ImportProgress | null; readonly silentMs: number }> {
    let text = '';
    try {
      text = await readFile(this.#path, 'utf8');
    } catch {
      // Not a word yet.
    }
    const beat = parseBeat(text);
    const key = beat?.worker === worker ? text : worker;
    if (this.#heard?.text !== key) this.#heard = { text: key, at: performance.now() };
    return { progress: beat?.worker === worker ? beat.progress : null, silentMs: performance.now() - this.#heard.at };
  }
}

function parseBeat(text: string): Beat | undefined {
  try {
    return JSON.parse(text) as Beat;
  } catch {
    return undefined;
  }
}
