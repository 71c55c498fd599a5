/*
 * The effect of an action on a fact or a copy (semantics §8). An action changes nothing before its instant. Instants are epoch
 * milliseconds; NaN is an unknown instant, Infinity "never".
 */

/** SUSPEND: whether it stops a transfer to or from the organization. A transfer with an unknown `sentAt` stays. */
export function isStoppedBySuspension(sentAt: number, at: number): boolean {
  return sentAt >= at;
}

/** RECALL: whether it deletes a copy, with evidence. It deletes the copies that may have been there before it. */
export function isDeletedByRecall(possibleFrom: number, at: number): boolean {
  return possibleFrom < at;
}

/** When an interval or an access ends under an action at `at`: at its own end or at the action, whichever is earlier. */
export function endedAt(until: number, at: number): number {
  return Math.min(until, at);
}

/** ENCRYPT: a copy counts as two. `endedAt` gives the end of the readable one, and this gives the start of the encrypted one. */
export function encryptedSince(from: number, at: number): number {
  return Math.max(from, at);
}
