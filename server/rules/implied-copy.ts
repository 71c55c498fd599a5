/*
 * A copy that no transfer brought (semantics §2). Whoever sends an artifact has it, so a sender that neither owns the artifact
 * nor has an inbound copy that fits held a copy all the same.
 */

/**
 * Whether a transfer implies a copy at its sender.
 *
 * @param hasInbound whether the sender has an inbound copy of the artifact, by another transfer, inside whose possible interval
 *   this transfer was sent (`fitsInside` of copy-interval.ts)
 */
export function impliesCopy(isSenderOwner: boolean, hasInbound: boolean): boolean {
  return !isSenderOwner && !hasInbound;
}

/** PRODUCED: the sender made the artifact for its owner. CUSTODY_GAP: nobody says from whom the sender had it. */
export function impliedKind(isRecipientOwner: boolean): 'PRODUCED' | 'CUSTODY_GAP' {
  return isRecipientOwner ? 'PRODUCED' : 'CUSTODY_GAP';
}
