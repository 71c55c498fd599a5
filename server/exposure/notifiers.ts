import { rowOf } from '../projection/csr.ts';
import { meets } from '../projection/custody.ts';
import type { Projection } from '../projection/projection.ts';
import { copyKinds, none } from '../projection/projection.ts';
import type { ExposedArtifact, HeldCopies, RadiusInput } from './blast-radius.ts';

const owned = copyKinds.indexOf('OWNED');

/**
 * Who has to tell the next one up (semantics §4): the organizations on the custody chains of the copies of all EXPOSED and
 * POSSIBLE ways, their holders included, the copy's owner aside.
 *
 * @param held artifact -> what reached organizations hold of it; the copies of a way are always own copies of some artifact
 * @returns organizations, ascending
 * Complexity: O(copies + transfers on their chains): a chain is followed until it joins one that was followed before.
 */
export function findNotifiers(projection: Projection, held: ReadonlyMap<number, HeldCopies>): number[] {
  const { artifacts, copies, transfers } = projection;
  const notifiers = new Set<number>();
  const followed = new Set<number>();
  for (const [artifact, { open }] of held) {
    const owner = artifacts.owner[artifact] as number;
    const tell = (organization: number) => {
      if (organization !== owner) notifiers.add(organization);
    };
    for (const { copy } of open) {
      tell(copies.holder[copy] as number);
      if (copies.rank[copy] === none || copies.kind[copy] === owned) continue;
      for (let t = copies.transfer[copy] as number; t !== none && !followed.has(t); ) {
        followed.add(t);
        tell(transfers.sender[t] as number);
        tell(transfers.recipient[t] as number);
        t = copies.chainPrevious[transfers.copy[t] as number] as number;
      }
    }
  }
  return [...notifiers].sort((a, b) => a - b);
}

/**
 * Copies of EXPOSED and POSSIBLE artifacts at organizations that were not reached and do not own them, possibly live in the
 * widest window (§4): no more exposed than before, but to be recalled.
 *
 * @returns copies; by artifact, rank (none last), copy id
 */
export function findOtherCopies(
  projection: Projection,
  input: RadiusInput,
  reachedAt: ReadonlyMap<number, unknown>,
  artifacts: readonly ExposedArtifact[],
): number[] {
  const { copies } = projection;
  const found: number[] = [];
  for (const { artifact, tier } of artifacts) {
    if (tier === 'CONTAINED') continue;
    for (const copy of rowOf(projection.artifacts.copies, artifact)) {
      const holder = copies.holder[copy] as number;
      if (copies.kind[copy] === owned || reachedAt.has(holder) || holder === projection.artifacts.owner[artifact]) continue;
      if (meets(copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number, input.widest.from, input.widest.to))
        found.push(copy);
    }
  }
  return found.sort((a, b) => compareByRank(projection, a, b));
}

/** By artifact, rank (none last), copy id. */
export function compareByRank({ copies }: Projection, a: number, b: number): number {
  const rankOf = (copy: number) => (copies.rank[copy] === none ? Number.MAX_SAFE_INTEGER : (copies.rank[copy] as number));
  return (copies.artifact[a] as number) - (copies.artifact[b] as number) || rankOf(a) - rankOf(b) || a - b;
}
