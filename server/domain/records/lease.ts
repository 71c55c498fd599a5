/**
 * Which server works on a record. It is a part of the record's document, saved with `ifVersion`, so that of several servers one gets it. A
 * lease saves work that would be done twice, and proves nothing: a server that sleeps longer than its lease still believes in it.
 */
export interface Lease {
  /** Unique to one run of one server. */
  readonly by: string;
  /** Epoch ms, by the clock of that server. From then on, others take over. */
  readonly until: number;
}

/**
 * Whether others leave the record alone.
 * @param mostMs a lease that lasts longer from now is of a clock that is wrong, and holds nothing
 */
export function isHeld(lease: Lease | null, now: number, mostMs = Infinity): boolean {
  return lease !== null && lease.until > now && lease.until <= now + mostMs;
}
