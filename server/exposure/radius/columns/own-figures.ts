import type { Projection } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import { tierIndexOf, tiers, weightOf } from '../../../rules/copy-tier.ts';
import { highPortion, lowPortion } from '../../../rules/portion.ts';
import { chanceOf, weightedShareOf, yieldOf } from '../../../rules/way-figures.ts';
import { boundCopies } from '../bound-copies.ts';
import { tierCodeOf } from '../copy-tiers.ts';
import type { ReachedOrganization } from '../radius-types.ts';
import type { HeldColumns } from './held-columns.ts';

/** The figures of held artifacts from their own copies alone, by place (held-columns.ts). */
export interface OwnFigures {
  /**
   * The figures of place h begin at `h * ownWidth`, in the order of `ownFigure`. They lie side by side, because leads read them
   * together: one line of the processor's cache.
   */
  readonly figures: Float64Array;
  /** By copy. The chance of a CONTAINED copy is 0. */
  readonly chance: Float64Array;
}

export const ownFigure = {
  /** The share that the EXPOSED and POSSIBLE copies disclose together; without any, the share that the CONTAINED ones hold. */
  low: 0,
  high: 1,
  /** The share that the EXPOSED copies alone disclose. `exposedHigh` is 0 without any. */
  exposedLow: 2,
  exposedHigh: 3,
  /** The largest chance, and the largest chance x portion, of a copy. */
  likelihood: 4,
  weightedShare: 5,
  /** The likelihood, if one copy has both the largest chance and the portion `low`; else 0. */
  bestChance: 6,
  /** The number of EXPOSED and POSSIBLE copies. */
  openCount: 7,
} as const;
export const ownWidth = 8;

/** Constants of this module: an imported or exported one is read anew at each use. */
const of = ownFigure;
const width = ownWidth;
const exposed = tiers.indexOf('EXPOSED');
const contained = tiers.indexOf('CONTAINED');

/** The number of copies that one step examines. */
const stepSize = 20_000;

/** Complexity: O(copies held). */
export function* findOwnFigures(projection: Projection, held: HeldColumns, reached: readonly ReachedOrganization[]): Steps<OwnFigures> {
  const { fragmentCount } = projection.artifacts;
  const { artifact, offsets } = held;
  const likelihoodOf = Float64Array.from(reached, ({ likelihood }) => likelihood);
  const own = { figures: new Float64Array(artifact.length * width), chance: new Float64Array(held.copy.length) };
  for (let from = 0, until = 0; from < artifact.length; from = until) {
    const most = (offsets[from] as number) + stepSize;
    do until++;
    while (until < artifact.length && (offsets[until] as number) < most);
    sumPlaces(held, likelihoodOf, own, from, until);
    for (let place = from; place < until; place++)
      if ((fragmentCount[artifact[place] as number] as number) > 0) boundByPieces(projection, held, own, place);
    yield;
  }
  return own;
}

/** Each sum is a variable of its own: the compiler keeps numbers that are taken from a list as objects. */
function sumPlaces(held: HeldColumns, likelihoodOf: Float64Array, { figures, chance }: OwnFigures, from: number, until: number): void {
  const { code, holder, offsets, portion } = held;
  const [tierIndexes, weights] = [tierIndexOf, weightOf];
  for (let place = from; place < until; place++) {
    const end = offsets[place + 1] as number;
    let openCount = 0;
    let largest = 0;
    let sum = 0;
    let largestExposed = 0;
    let sumExposed = 0;
    let largestContained = 0;
    let sumContained = 0;
    let likelihood = 0;
    let weightedShare = 0;
    let bestChance = 0;
    for (let i = offsets[place] as number; i < end; i++) {
      const tierCode = tierCodeOf(code[i] as number);
      const share = portion[i] as number;
      const tier = tierIndexes[tierCode] as number;
      if (tier === contained) {
        if (share > largestContained) largestContained = share;
        sumContained += share;
        continue;
      }
      const one = chanceOf(likelihoodOf[holder[i] as number] as number, weights[tierCode] as number);
      const weighted = weightedShareOf(one, yieldOf(share, 1));
      chance[i] = one;
      if (one >= likelihood && share >= largest) bestChance = one;
      else if (one > likelihood || share > largest) bestChance = 0;
      if (one > likelihood) likelihood = one;
      if (weighted > weightedShare) weightedShare = weighted;
      if (share > largest) largest = share;
      sum += share;
      openCount++;
      if (tier !== exposed) continue;
      if (share > largestExposed) largestExposed = share;
      sumExposed += share;
    }
    const at = place * width;
    figures[at + of.low] = lowPortion(0, openCount === 0 ? largestContained : largest);
    figures[at + of.high] = highPortion(0, openCount === 0 ? sumContained : sum);
    figures[at + of.exposedLow] = lowPortion(0, largestExposed);
    figures[at + of.exposedHigh] = highPortion(0, sumExposed);
    figures[at + of.likelihood] = likelihood;
    figures[at + of.weightedShare] = weightedShare;
    figures[at + of.bestChance] = bestChance;
    figures[at + of.openCount] = openCount;
  }
}

/** The bounds of an artifact that is divided into pieces: its copies may name the same ones. */
function boundByPieces(projection: Projection, held: HeldColumns, { figures }: OwnFigures, place: number): void {
  const at = place * width;
  const all = held.copy.subarray(held.offsets[place], held.offsets[place + 1]);
  const weakest = figures[at + of.openCount] === 0 ? contained : contained - 1;
  const upTo = (tier: number) =>
    all.filter((_, i) => (tierIndexOf[tierCodeOf(held.code[(held.offsets[place] as number) + i] as number)] as number) <= tier);
  const { low, high } = boundCopies(projection, upTo(weakest));
  const exposedBounds = boundCopies(projection, upTo(exposed));
  figures[at + of.low] = low;
  figures[at + of.high] = high;
  figures[at + of.exposedLow] = exposedBounds.low;
  figures[at + of.exposedHigh] = exposedBounds.high;
  figures[at + of.bestChance] = 0;
}
