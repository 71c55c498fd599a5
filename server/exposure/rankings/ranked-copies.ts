import { isRowEmpty } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import { findCopyTier, isOpen, noTier, weightOf } from '../../rules/copy-tier.ts';
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
    copies.isReadable[copy] === 1,
    copies.definiteFrom[copy] as number,
    copies.definiteUntil[copy] as number,
    copies.possibleFrom[copy] as number,
    copies.possibleUntil[copy] as number,
    copies.confidence[copy] as number,
    true,
    false,
    core,
    widest,
  );
}

/**
 * The copies that have a tier under one set of windows, artifact after artifact, so that a ranking reads them in the order of memory. Those
 * of an artifact are at `offsets[artifact] .. offsets[artifact + 1] - 1`, ascending.
 */
export interface RankedCopies {
  /** Uint32Array, length artifactCount + 1. */
  readonly offsets: Uint32Array;
  readonly copy: Int32Array;
  readonly holder: Int32Array;
  /** 0: CONTAINED. */
  readonly weight: Float64Array;
  readonly portion: Float64Array;
  /** By artifact: 1 if an open copy names its pieces and they decide what copies disclose together. */
  readonly hasPieces: Uint8Array;
}

/** Complexity: O(artifacts + copies). */
export function listRankedCopies(projection: Projection, settings: TierSettings): RankedCopies {
  const { artifacts, copies, transfers } = projection;
  // In order of copies first: their columns are read in the order of memory.
  const codes = new Int8Array(copies.slots);
  for (let c = 0; c < codes.length; c++) if (copies.isLive[c] === 1) codes[c] = findCode(projection, settings, c);
  const offsets = new Uint32Array(artifacts.count + 1);
  const copy = new Int32Array(copies.count);
  const holder = new Int32Array(copies.count);
  const weight = new Float64Array(copies.count);
  const portion = new Float64Array(copies.count);
  const hasPieces = new Uint8Array(artifacts.count);
  const rows = artifacts.copies;
  let at = 0;
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const isDivided = (artifacts.fragmentCount[artifact] as number) > 0;
    for (let i = rows.offsets[artifact] as number; i < (rows.offsets[artifact + 1] as number); i++) {
      const c = rows.values[i] as number;
      const code = codes[c] as number;
      if (code === noTier) continue;
      copy[at] = c;
      holder[at] = copies.holder[c] as number;
      weight[at] = weightOf[code] as number;
      portion[at] = copies.portion[c] as number;
      if (isDivided && isOpen(weight[at] as number)) {
        const transfer = copies.transfer[c] as number;
        if (transfer !== none && !isRowEmpty(transfers.fragments, transfer)) hasPieces[artifact] = 1;
      }
      at++;
    }
    offsets[artifact + 1] = at;
  }
  return { offsets, copy, holder, weight, portion, hasPieces };
}
