import type { RefreshFacts } from '../../projection/refresh/refresh.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { openProjection } from '../../projection/share-projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import { TimeLimit } from '../run/time-limit.ts';
import { WorkerPool } from '../run/worker-pool.ts';

/** Fewer changed facts are placed sooner than a thread receives them. */
const fewChanges = 2000;

/**
 * Renews the facts after a large import in a thread of its own, so that the event loop stays free and long questions, which wait for the
 * other threads, do not delay it. The thread starts with the first large import, and keeps no facts between two.
 */
export class RefreshThread {
  #pool: WorkerPool | undefined;

  readonly refresh: RefreshFacts = async (last, changed, revision) => {
    const count = [...changed.values()].reduce((sum, { keys }) => sum + keys.length, 0);
    if (count < fewChanges) return runInTurns(refreshProjection(last, changed, revision));
    this.#pool ??= new WorkerPool(1, { keepsProjection: false });
    return openProjection(await this.#pool.run(last, 'refresh', { changed, revision }, new TimeLimit(Infinity)));
  };

  /** Whether there was a large import. */
  get hasStarted(): boolean {
    return this.#pool !== undefined;
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}
