import type { FlowHolder } from '../flows/flow-radius.ts';

/** One holder's holdings over time, of all labs or of one. The lists have one value for each bucket. */
export interface TimeRow {
  readonly holder: FlowHolder;
  /** Null: of all labs. */
  readonly lab: { readonly id: string; readonly name: string } | null;
  /** Artifacts: certainly held, possibly held, held only in copies that cannot be read. */
  readonly definite: readonly number[];
  readonly possible: readonly number[];
  readonly unreadable: readonly number[];
  /** Worst case in US dollars of all readable artifacts, and its part from those certainly held. */
  readonly worstUsd: readonly number[];
  readonly definiteWorstUsd: readonly number[];
  /** Copies that came, and copies that were deleted. */
  readonly received: readonly number[];
  readonly deleted: readonly number[];
  readonly firstReceivedAt: string | null;
  readonly undatedCount: number;
  /** In the widest window. */
  readonly receivedInWindow: number;
  readonly deletedInWindow: number;
  /** Before the widest window. */
  readonly deletedBefore: number;
  readonly lastDeletedBeforeAt: string | null;
}

/** The holders of a radius over time, as the server counts them. */
export interface HolderTimes {
  /** Epoch milliseconds. Bucket i is [instants[i], instants[i + 1]). */
  readonly instants: readonly number[];
  /** By hops. */
  readonly rows: readonly TimeRow[];
  readonly totalCount: number;
}

/** Closed windows, in epoch milliseconds. */
export interface TimeWindows {
  readonly core: { readonly from: number; readonly to: number };
  readonly widest: { readonly from: number; readonly to: number };
}

/** The bucket that an instant lies in; the first or last one for an instant outside. */
export function bucketAt(instants: readonly number[], at: number): number {
  let found = 0;
  for (let i = 1; i < instants.length - 1; i++) if ((instants[i] as number) <= at) found = i;
  return found;
}
