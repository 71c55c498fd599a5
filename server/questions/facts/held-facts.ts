import type { Incident } from '../../domain/incident.ts';
import type { RadiusQuestion } from '../../exposure/radius/resolve-radius-input.ts';
import type { Projection } from '../../projection/projection.ts';
import type { CurrentFacts } from '../../projection/refresh/refresh.ts';

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
