import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { findCopyTier, isOpen, noTier, weightOf } from '../../rules/copy-tier.ts';
import { piecesOf } from '../radius/bound-copies.ts';
import type { RadiusInput } from '../radius/radius-types.ts';

/** The settings that decide the tier of a copy. The origin does not matter. */
export type TierSettings = Pick<RadiusInput, 'core' | 'widest'>;

/** Below every weight: the copy has no tier. */
export const noWeight = -1;

/** A copy's weight (semantics §4) under one set of windows, without scopes; the same at an origin as elsewhere. */
export function weighCopy(projection: Projection, settings: TierSettings, copy: number): number {
  const code = findCode(projection, settings, copy);
  return code === noTier ? noWeight : (weightOf[code] as number);
}

function findCode({ copies }: Projection, { core, widest }: TierSettings, copy: number): number {
  return findCopyTier(
    copies.isReadable.at(copy) === 1,
    copies.definiteFrom.at(copy),
    copies.definiteUntil.at(copy),
    copies.possibleFrom.at(copy),
    copies.possibleUntil.at(copy),
    copies.confidence.at(copy),
    true,
    false,
    core,
    widest,
  );
}

/**
 * The copies that have a tier under one set of windows, artifact after artifact, so that a ranking reads them in the order of memory. Those
 * of an artifact are at the places `offsets[artifact] .. offsets[artifact + 1] - 1`, ascending. A ranking needs nothing else of copies and
 * transfers, so the ranked copies of parts of the artifacts join to those of all (server/batch).
 */
export interface RankedCopies {
  /** Uint32Array, length artifactCount + 1. */
  readonly offsets: Uint32Array;
  readonly holder: Int32Array;
  /** 0: CONTAINED. */
  readonly weight: Float64Array;
  readonly portion: Float64Array;
  /** By artifact: 1 if an open copy names its pieces and they decide what copies disclose together. */
  readonly hasPieces: Uint8Array;
  /** By place: the pieces that the copy names, as numbers that are the same for the same piece of an artifact. Empty: it names none. */
  readonly piecesAt: (place: number) => Int32Array;
}

/** Complexity: O(artifacts + copies). */
export function listRankedCopies(projection: Projection, settings: TierSettings): RankedCopies {
  const { artifacts, copies } = projection;
  const offsets = new Uint32Array(artifacts.count + 1);
  const copy = new Int32Array(copies.count);
  const holder = new Int32Array(copies.count);
  const weight = new Float64Array(copies.count);
  const portion = new Float64Array(copies.count);
  const hasPieces = new Uint8Array(artifacts.count);
  let at = 0;
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const isDivided = (artifacts.fragmentCount[artifact] as number) > 0;
    for (const c of rowOf(artifacts.copies, artifact)) {
      const code = findCode(projection, settings, c);
      if (code === noTier) continue;
      copy[at] = c;
      holder[at] = copies.holder.at(c);
      weight[at] = weightOf[code] as number;
      portion[at] = copies.portion.at(c);
      if (isDivided && isOpen(weight[at] as number) && piecesOf(projection, c).length > 0) hasPieces[artifact] = 1;
      at++;
    }
    offsets[artifact + 1] = at;
  }
  return { offsets, holder, weight, portion, hasPieces, piecesAt: (place) => piecesOf(projection, copy[place] as number) };
}
