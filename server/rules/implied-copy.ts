/*
 * A copy that no transfer delivered (semantics §2). A sender must have the artifact it sends. So a sender that neither owns the
 * artifact nor received a copy in time must have held one anyway: its transfer implies that copy.
 */

/**
 * Whether a transfer implies a copy at its sender.
 *
 * @param hasInbound whether another transfer gave the sender a copy of the artifact, and this transfer was sent inside the
 *   possible interval of that copy (`fitsInside` in copy-interval.ts)
 */
export function impliesCopy(isSenderOwner: boolean, hasInbound: boolean): boolean {
  return !isSenderOwner && !hasInbound;
}

/** PRODUCED: the sender made the artifact for its owner. CUSTODY_GAP: no fact shows who gave it to the sender. */
export function impliedKind(isRecipientOwner: boolean): 'PRODUCED' | 'CUSTODY_GAP' {
  return isRecipientOwner ? 'PRODUCED' : 'CUSTODY_GAP';
}
