import { custodyKinds } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { CurrentFacts, KeptProjection, RefreshInBackground } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import { openProjection } from '../../projection/share-projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { OwnThreads } from '../run/worker-pool.ts';
import type { HeldFacts } from './held-facts.ts';

/** All facts of a store, in memory. Reads none before the first question. */
export class WholeFacts implements HeldFacts {
  readonly current: CurrentFacts;
  readonly isWhole = true;
  readonly #thread = new RefreshThread();

  /** @param kept where the facts are kept between two runs of the program */
  constructor(store: FactStore, clock: () => number, kept?: KeptProjection) {
    this.current = new CurrentProjection(store, clock, custodyKinds, kept, undefined, this.#thread.refreshInBackground);
  }

  async forRadius(...[, , , facts]: Parameters<HeldFacts['forRadius']>): Promise<Projection> {
    return facts;
  }

  async around(facts: Projection): Promise<Projection> {
    return facts;
  }

  async withTransfers(facts: Projection): Promise<Projection> {
    return facts;
  }

  async countTransfers({ transfers }: Projection): Promise<number> {
    return transfers.count;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}

/**
 * Reads and places the changes of a large write in a thread of its own, so that the event loop stays free and long questions do not delay it.
 */
export class RefreshThread {
  readonly #threads = new OwnThreads();

  readonly refreshInBackground: RefreshInBackground = async (place, last, revision) => {
    const next = await this.#threads.run(last, 'refreshFromStore', { place, revision });
    return next === null ? undefined : openProjection(next, last);
  };

  async close(): Promise<void> {
    await this.#threads.close();
  }
}
