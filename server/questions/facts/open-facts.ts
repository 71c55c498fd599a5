import type { Worker } from 'node:worker_threads';
import type { Config } from '../../configuration/config.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { custodyKinds } from '../../domain/facts.ts';
import type { ChangedFacts } from '../../projection/refresh/place-changes.ts';
import type { CurrentFacts, KeptProjection, RefreshFacts, RefreshInBackground } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { openProjection, shareProjection } from '../../projection/share-projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import { startThread } from '../../start-thread.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ChangedPart } from '../run/jobs.ts';
import { TimeLimit } from '../run/time-limit.ts';
import { WorkerPool } from '../run/worker-pool.ts';
import type { RefreshAnswer, RefreshOrder } from './background-refresh.ts';
import { LocalFacts } from './local-facts.ts';
import type { PackOptions } from './packed/packed-transfers.ts';

export interface OpenFacts {
  readonly current: CurrentFacts;
  /** Present with EXPOSURE_PROJECTION=local: reads the facts that a question needs. */
  readonly local: LocalFacts | undefined;
  /** Ends the thread that renews the facts, and the packing of transfers. */
  close(): Promise<void>;
}

/**
 * Opens the facts of a store, whole or in parts (EXPOSURE_PROJECTION), without reading them yet. Throws BAD_CONFIGURATION.
 *
 * @param kept where the whole projection is kept between two runs of the program
 * @param pack where transfers are packed that are not in memory
 */
export function openFacts(
  store: FactStore,
  projection: Config['projection'],
  clock: () => number,
  kept?: KeptProjection,
  pack?: PackOptions,
): OpenFacts {
  if (projection === 'whole') {
    const thread = new RefreshThread();
    const current = new CurrentProjection(store, clock, custodyKinds, kept, thread.refresh, thread.refreshInBackground);
    return { current, local: undefined, close: () => thread.close() };
  }
  if (store.parts === undefined) {
    throw new ExposureError(
      'BAD_CONFIGURATION',
      'EXPOSURE_PROJECTION is "local"; expected whole, because this store cannot read parts of the facts.',
    );
  }
  const local = new LocalFacts(store, store.parts, clock, pack);
  return { current: local, local, close: () => local.close() };
}

const factsAPart = 500;
/** Fewer changed facts are placed sooner than a thread receives them. */
const fewChanges = 2000;

/**
 * Renews the facts after a large import in a thread of its own, so that the event loop stays free and long questions, which wait for the
 * other threads, do not delay it. The thread starts with the first large import, and keeps no facts between two. An embedded store is
 * read in the thread, too.
 */
export class RefreshThread {
  #pool: WorkerPool | undefined;
  #reading: Worker | undefined;

  readonly refresh: RefreshFacts = async (last, changed, revision) => {
    const count = [...changed.values()].reduce((sum, { keys }) => sum + keys.length, 0);
    if (count < fewChanges) return runInTurns(refreshProjection(last, changed, revision));
    this.#pool ??= new WorkerPool(1, { keepsProjection: false });
    return openProjection(
      await this.#pool.run(last, 'refresh', { revision }, new TimeLimit(Infinity), undefined, splitChanges(changed)),
      last,
    );
  };

  readonly refreshInBackground: RefreshInBackground = async (place, last, revision) => {
    const worker = startThread('questions/facts/background-refresh');
    worker.unref();
    this.#reading = worker;
    const answer = await tell(worker, { place, last: shareProjection(last), revision });
    // An idle thread collects no garbage: it would hold the facts that it has read until the next import.
    void worker.terminate();
    if ('next' in answer) return answer.next === null ? undefined : openProjection(answer.next, last);
    const { code, message } = answer.failure;
    throw code === null ? new Error(message) : new ExposureError(code, message);
  };

  /** Whether there was a large import. */
  get hasStarted(): boolean {
    return this.#pool !== undefined || this.#reading !== undefined;
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool?.close(), this.#reading?.terminate()]);
  }
}

function tell(worker: Worker, order: RefreshOrder): Promise<RefreshAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', onMessage).off('messageerror', onError).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (answer: RefreshAnswer) => settle(() => resolve(answer));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () =>
      settle(() => reject(new ExposureError('QUERY_TIMEOUT', 'The server shut down before the answer was ready. Ask again.')));
    worker.on('message', onMessage).on('messageerror', onError).on('error', onError).on('exit', onExit);
    worker.postMessage(order);
  });
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
