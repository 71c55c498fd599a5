import { compareCodePoints } from '../../domain/compare.ts';
import { chainOf, compareCopies, copyId } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { encryptedSince, endedAt } from '../../rules/action-effect.ts';
import type { Scenario } from './scenario.ts';

/** When a copy is in its holder's custody: half-open intervals, as `CopyColumns` has them. */
export interface CopyPart {
  readonly definiteFrom: number;
  readonly definiteUntil: number;
  readonly possibleFrom: number;
  readonly possibleUntil: number;
  /** Whether this is the later part, under a key that only the owner has. */
  readonly isEncrypted: boolean;
}

/**
 * The parts of a copy under a scenario (semantics §8). None if its transfer is gone. Two if it is encrypted: before and after that
 * instant. Otherwise the copy itself. A part may be empty.
 */
export function partsOf(projection: Projection, scenario: Scenario | undefined, copy: number): CopyPart[] {
  const { copies } = projection;
  if (scenario?.isCopyGone(copy)) return [];
  const recalledAt = scenario?.recalledAt(copy) ?? Infinity;
  const whole = {
    definiteFrom: copies.definiteFrom.at(copy),
    definiteUntil: endedAt(copies.definiteUntil.at(copy), recalledAt),
    possibleFrom: copies.possibleFrom.at(copy),
    possibleUntil: endedAt(copies.possibleUntil.at(copy), recalledAt),
    isEncrypted: false,
  };
  const at = scenario?.encryptedFrom(copy) ?? Infinity;
  if (at === Infinity) return [whole];
  return [
    { ...whole, definiteUntil: endedAt(whole.definiteUntil, at), possibleUntil: endedAt(whole.possibleUntil, at) },
    {
      ...whole,
      definiteFrom: encryptedSince(whole.definiteFrom, at),
      possibleFrom: encryptedSince(whole.possibleFrom, at),
      isEncrypted: true,
    },
  ];
}

/** A copy as an answer shows it. For an encrypted copy: the part before or the part after the encryption. */
interface ShownCopy {
  readonly copy: number;
  readonly isEncrypted?: boolean | undefined;
}

/** The shown id of a copy. The encrypted part of a copy that counts as two has `:encrypted` at its end. */
export function shownCopyId(projection: Projection, { copy, isEncrypted = false }: ShownCopy): string {
  return isEncrypted ? `${copyId(projection, copy)}:encrypted` : copyId(projection, copy);
}

/** Compares by the shown id. */
export function compareShownCopies(projection: Projection, a: ShownCopy, b: ShownCopy): number {
  if (!a.isEncrypted && !b.isEncrypted) return compareCopies(projection, a.copy, b.copy);
  return compareCodePoints(shownCopyId(projection, a), shownCopyId(projection, b));
}

/** As `chainOf` of custody, under a scenario. */
export function scenarioChainOf(projection: Projection, scenario: Scenario | undefined, copy: number, limit: number): number[] {
  if (scenario === undefined) return chainOf(projection, copy, limit);
  const { copies, transfers } = projection;
  if (copyKinds[copies.kind.at(copy)] !== 'TRANSFERRED' || scenario.rankOf(copy) === none) return [];
  const chain: number[] = [];
  for (let t = copies.transfer.at(copy); t !== none && chain.length < limit; ) {
    chain.push(t);
    t = scenario.chainPreviousOf(transfers.copy.at(t));
  }
  return chain.reverse();
}
