import { NumberBuilder, sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../../projection/columns.ts';
import { rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { findCopyTier, isOpen, noTier, tierAtOrigin, tierBySpread, tiers, weightOf } from '../../rules/copy-tier.ts';
import { boundCopies } from '../radius/bound-copies.ts';
import type { RadiusInput } from '../radius/radius-types.ts';

/** The settings that decide the tier of a copy. The origin does not matter. */
export type TierSettings = Pick<RadiusInput, 'core' | 'widest'>;

/**
 * The artifacts that each organization would disclose if reached. A *holding* combines an organization's copies of one artifact that
 * have a tier under one set of windows. Holdings do not depend on the origin.
 */
export interface HoldingTable {
  /** organization -> its holdings are `offsets[organization] .. offsets[organization + 1] - 1`. Uint32Array. */
  readonly offsets: Uint32Array;
  readonly artifact: Int32Array;
  readonly holder: Int32Array;
  /** The tier of the holding if its holder is the origin, and its tier if spread reaches the holder. Index into `tiers`. */
  readonly originTier: Uint8Array;
  readonly spreadTier: Uint8Array;
  /** The largest weight x portion of its copies (§4); 0 if all are CONTAINED. */
  readonly weightedPortion: Float64Array;
  /** The largest share that its readable copies may disclose. 0 if there are none. */
  readonly high: Float64Array;
  /** holding -> its readable copies are `openCopies[openOffsets[holding]] ..`, ascending. */
  readonly openOffsets: Uint32Array;
  readonly openCopies: Int32Array;
}

/** Below every weight: the copy has no tier. */
export const noWeight = -1;

/** A copy's weight (semantics §4) under one set of windows, without scopes; the same at an origin as elsewhere. */
export function weighCopy({ copies }: Projection, { core, widest }: TierSettings, copy: number): number {
  const code = findCopyTier(
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
  return code === noTier ? noWeight : (weightOf[code] as number);
}

/**
 * Builds all holdings, one step per organization.
 *
 * A copy that is EXPOSED at an origin is possibly live as well: its definite interval lies within the possible one, and the
 * core window within the widest.
 *
 * Complexity: O(organizations + artifacts + copies).
 */
export function* buildHoldingTable(projection: Projection, settings: TierSettings): Generator<void, HoldingTable> {
  const { organizations, artifacts, copies } = projection;
  const offsets = new Uint32Array(organizations.count + 1);
  const artifact = new NumberBuilder(sharedInt32);
  const holder = new NumberBuilder(sharedInt32);
  const originTier = new NumberBuilder(sharedUint8);
  const spreadTier = new NumberBuilder(sharedUint8);
  const weightedPortion = new NumberBuilder(sharedFloat64);
  const high = new NumberBuilder(sharedFloat64);
  const openOffsets = new NumberBuilder(sharedUint32);
  const openCopies = new NumberBuilder(sharedInt32);
  openOffsets.push(0);
  /** The position of each artifact in `own`, if the entry there is for this artifact. */
  const placeOf = new Int32Array(artifacts.count).fill(-1);
  for (let organization = 0; organization < organizations.count; organization++) {
    const own: { artifact: number; weight: number; weightedPortion: number; open: number[] }[] = [];
    for (const copy of rowOf(organizations.copies, organization)) {
      const weight = weighCopy(projection, settings, copy);
      if (weight === noWeight) continue;
      const what = copies.artifact[copy] as number;
      let holding = own[placeOf[what] as number];
      if (holding?.artifact !== what) {
        holding = { artifact: what, weight, weightedPortion: 0, open: [] };
        placeOf[what] = own.length;
        own.push(holding);
      }
      if (!isOpen(weight)) continue;
      holding.open.push(copy);
      holding.weight = Math.max(holding.weight, weight);
      holding.weightedPortion = Math.max(holding.weightedPortion, weight * (copies.portion[copy] as number));
    }
    for (const holding of own) {
      artifact.push(holding.artifact);
      holder.push(organization);
      originTier.push(tiers.indexOf(tierAtOrigin(holding.weight)));
      spreadTier.push(tiers.indexOf(tierBySpread(holding.weight)));
      weightedPortion.push(holding.weightedPortion);
      high.push(boundHigh(projection, holding.open));
      for (const copy of holding.open) openCopies.push(copy);
      openOffsets.push(openCopies.length);
    }
    offsets[organization + 1] = artifact.length;
    yield;
  }
  return {
    offsets,
    artifact: artifact.build(),
    holder: holder.build(),
    originTier: originTier.build(),
    spreadTier: spreadTier.build(),
    weightedPortion: weightedPortion.build(),
    high: high.build(),
    openOffsets: openOffsets.build(),
    openCopies: openCopies.build(),
  };
}

/** The largest share that copies of one artifact may disclose (semantics §4). For a single copy, as in most holdings, its portion. */
function boundHigh(projection: Projection, open: readonly number[]): number {
  const [first] = open;
  if (first === undefined) return 0;
  if (open.length === 1) return projection.copies.portion[first] as number;
  return boundCopies(projection, open).high;
}
