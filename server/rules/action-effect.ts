/*
 * What an action at an instant does to a fact or a copy (semantics §8). No action reaches back before its instant. Instants are
 * epoch milliseconds; NaN is an unknown instant, Infinity "never".
 */

/** SUSPEND: whether a transfer to or from the organization is not made. One of unknown `sentAt` stays. */
export function isStoppedBySuspension(sentAt: number, at: number): boolean {
  return sentAt >= at;
}

/** RECALL: whether a copy was there before the recall, so that it is deleted, with evidence. */
export function isDeletedByRecall(possibleFrom: number, at: number): boolean {
  return possibleFrom < at;
}

/** The end of an interval or of access after an action that ends it: the earlier of the two. */
export function endedAt(until: number, at: number): number {
  return Math.min(until, at);
}

/** ENCRYPT: the start of the later of the two copies that an encrypted copy counts as. The earlier one ends at `endedAt`. */
export function encryptedSince(from: number, at: number): number {
  return Math.max(from, at);
}
