/**
 * When a write raises the revision (semantics §1).
 *
 * The revision numbers the states of the facts. A write that changes a fact raises it by one. Any other write leaves it unchanged.
 * Incidents, notes, views and drafts are not facts, so saving one never raises the revision.
 */

/** How many facts a write changes. Repeated and refused assertions change none. */
export interface WriteEffects {
  readonly created: number;
  readonly updated: number;
  readonly retracted: number;
}

/** The changes that the undo of an import makes. */
export interface UndoEffects {
  /** Facts that change a value, appear or disappear. */
  readonly changedCount: number;
  /** Whether another fact keeps its values but gets the provenance of another assertion. */
  readonly isProvenanceChanged: boolean;
}

export function doesWriteRaise({ created, updated, retracted }: WriteEffects): boolean {
  return created + updated + retracted > 0;
}

export function doesUndoRaise({ changedCount, isProvenanceChanged }: UndoEffects): boolean {
  return changedCount > 0 || isProvenanceChanged;
}

/** The store's revision after a write or an undo. */
export function nextRevision(revision: number, isRaising: boolean): number {
  return isRaising ? revision + 1 : revision;
}
