import type { FactKind } from '../../domain/facts.ts';
import type { ChangedFacts } from '../../projection/refresh/place-changes.ts';
import type { RefreshFacts } from '../../projection/refresh/refresh.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { openProjection } from '../../projection/share-projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { ChangedPart } from '../run/jobs.ts';
import { TimeLimit } from '../run/time-limit.ts';
import { WorkerPool } from '../run/worker-pool.ts';

const factsAPart = 500;
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
    return openProjection(
      await this.#pool.run(last, 'refresh', { revision }, new TimeLimit(Infinity), undefined, splitChanges(changed)),
      last,
    );
  };

  /** Whether there was a large import. */
  get hasStarted(): boolean {
    return this.#pool !== undefined;
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}

/** A message of all changed facts would hold the event loop while it is copied. */
function splitChanges(changed: ReadonlyMap<FactKind, ChangedFacts>): ChangedPart[] {
  const parts: ChangedPart[] = [];
  for (const [kind, { keys, facts }] of changed) {
    for (let start = 0; start < keys.length; start += factsAPart) {
      const end = start + factsAPart;
      parts.push({ kind, keys: keys.slice(start, end), facts: facts.slice(start, end) });
    }
  }
  return parts;
}
