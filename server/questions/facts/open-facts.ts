import type { Config } from '../../configuration/config.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { custodyKinds } from '../../domain/facts.ts';
import type { ChangedFacts } from '../../projection/refresh/place-changes.ts';
import type { CurrentFacts, KeptProjection, RefreshFacts, RefreshInBackground } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { openProjection } from '../../projection/share-projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ChangedPart } from '../run/jobs.ts';
import { OwnThreads } from '../run/own-threads.ts';
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
 * Renews the facts after a large import in a thread of its own, so that the event loop stays free and long questions do not delay it. An
 * embedded store is read in the thread, too.
 */
export class RefreshThread {
  readonly #threads = new OwnThreads();

  readonly refresh: RefreshFacts = async (last, changed, revision) => {
    const count = [...changed.values()].reduce((sum, { keys }) => sum + keys.length, 0);
    if (count < fewChanges) return runInTurns(refreshProjection(last, changed, revision));
    return openProjection(await this.#threads.run(last, 'refresh', { revision }, splitChanges(changed)), last);
  };

  readonly refreshInBackground: RefreshInBackground = async (place, last, revision) => {
    const next = await this.#threads.run(last, 'refreshFromStore', { place, revision });
    return next === null ? undefined : openProjection(next, last);
  };

  /** Whether there was a large import. */
  get hasStarted(): boolean {
    return this.#threads.hasStarted;
  }

  async close(): Promise<void> {
    await this.#threads.close();
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
