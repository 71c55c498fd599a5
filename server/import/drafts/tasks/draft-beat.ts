import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportProgress } from '../../import-view.ts';

/** The heartbeat of the server that works on a draft. */
interface Beat {
  readonly worker: string;
  readonly progress: ImportProgress;
  /** Differs each time. */
  readonly count: number;
}

/**
 * A heartbeat in the draft's folder. When it stops, another server takes over the work. Correctness does not depend on it: it only
 * avoids work that is done twice or not at all.
 */
export class DraftBeat {
  readonly #path: string;
  #count = 0;
  #heard: { readonly text: string; readonly at: number } | undefined;

  constructor(folder: string) {
    this.#path = join(folder, 'beat.json');
  }

  /** Writes one heartbeat of `worker`. A failed write is ignored. */
  async tell(worker: string, progress: ImportProgress): Promise<void> {
    const part = `${this.#path}.${worker}.part`;
    try {
      await writeFile(part, JSON.stringify({ worker, progress, count: ++this.#count } satisfies Beat));
      await rename(part, this.#path);
    } catch {
      // Another server may take over early, which costs time only.
    }
  }

  /**
   * The progress of `worker`, and the time since its last heartbeat. Time is measured by this server's own clock from its first
   * look, so clocks of several machines need not agree.
   */
  async hear(worker: string): Promise<{ readonly progress: ImportProgress | null; readonly silentMs: number }> {
    let text = '';
    try {
      text = await readFile(this.#path, 'utf8');
    } catch {
      // No heartbeat yet.
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
