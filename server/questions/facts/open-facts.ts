import type { Config } from '../../config.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factKinds } from '../../domain/facts.ts';
import type { CurrentFacts, KeptProjection } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { LocalFacts } from './local-facts.ts';
import type { PackOptions } from './packed/packed-transfers.ts';
import { RefreshThread } from './refresh-thread.ts';

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
    const current = new CurrentProjection(store, clock, factKinds, kept, thread.refresh, thread.refreshInBackground);
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
