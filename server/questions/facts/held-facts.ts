import { custodyKinds } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import type { RadiusQuestion } from '../../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../../projection/projection.ts';
import type { CurrentFacts, KeptProjection, RefreshInBackground } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import { openProjection } from '../../projection/share-projection.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { OwnThreads } from '../run/worker-pool.ts';

/** An organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/** The facts of a server (EXPOSURE_PROJECTION): all of them in memory, or the common block, with the transfers that a question needs read for it. */
export interface HeldFacts {
  readonly current: CurrentFacts;

  /** Whether all facts are in memory. */
  readonly isWhole: boolean;

  /**
   * The facts that a blast radius needs.
   *
   * @param facts those that the asker has, as of the question's instant
   * Throws STORE_UNAVAILABLE, and the errors of `resolveRadiusInput`.
   */
  forRadius(question: RadiusQuestion, incident: Incident | undefined, now: number, facts: Projection): Promise<Projection>;

  /**
   * All facts that name a record, with all copies of the artifact or in the organization's custody.
   * Throws CONFLICT if the facts changed since `facts` were read, STORE_UNAVAILABLE.
   */
  around(facts: Projection, place: Place): Promise<Projection>;

  /** Facts with the existing transfers that have these ids. Throws as `around`. */
  withTransfers(facts: Projection, ids: readonly string[]): Promise<Projection>;

  countTransfers(facts: Projection): Promise<number>;

  /** Ends the threads and files of the facts. */
  close(): Promise<void>;
}

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
