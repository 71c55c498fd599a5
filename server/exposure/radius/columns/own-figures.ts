import type { Projection } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import { tierIndexOf, tiers, weightOf } from '../../../rules/copy-tier.ts';
import { highPortion, lowPortion } from '../../../rules/portion.ts';
import { chanceOf, weightedShareOf, yieldOf } from '../../../rules/way-figures.ts';
import { boundCopies } from '../bound-copies.ts';
import type { ReachedOrganization } from '../radius-types.ts';
import type { HeldColumns } from './held-columns.ts';
import { tierCodeOf } from './tiered-columns.ts';

/** The figures of held artifacts from their own copies alone, by place (held-columns.ts). */
export interface OwnFigures {
  /** The strongest tier: an index into `tiers`. */
  readonly tier: Uint8Array;
  /** The number of EXPOSED and POSSIBLE copies. */
  readonly openCount: Uint32Array;
  /** The share that these disclose together; without any, the share that the CONTAINED ones hold. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The share that the EXPOSED copies alone disclose. */
  readonly exposedLow: Float64Array;
  readonly exposedHigh: Float64Array;
  /** The largest chance, and the largest chance x portion, of a copy. */
  readonly likelihood: Float64Array;
  readonly weightedShare: Float64Array;
  /** By copy. The chance of a CONTAINED copy is 0. */
  readonly chance: Float64Array;
  readonly portion: Float64Array;
}

const exposed = tiers.indexOf('EXPOSED');
const contained = tiers.indexOf('CONTAINED');

/** The number of copies that one step examines. */
const stepSize = 20_000;
/** The number of copies whose portions are fetched together. */
const copiesFetched = 4096;

/** Complexity: O(copies held). */
export function* findOwnFigures(projection: Projection, held: HeldColumns, reached: readonly ReachedOrganization[]): Steps<OwnFigures> {
  const { copies, artifacts } = projection;
  const likelihoodOf = Float64Array.from(reached, ({ likelihood }) => likelihood);
  const own = makeColumns(held.artifact.length, held.copy.length);
  let examined = 0;
  let fetched = 0;
  for (let place = 0; place < held.artifact.length; place++) {
    const from = held.offsets[place] as number;
    const until = held.offsets[place + 1] as number;
    if (fetched < until) {
      const start = fetched;
      fetched = Math.min(Math.max(until, start + copiesFetched), held.copy.length);
      fetchPortions(copies.portion, held.copy, start, fetched, own.portion);
    }
    let tier = contained;
    let openCount = 0;
    let [largest, sum] = [0, 0];
    let [largestExposed, sumExposed] = [0, 0];
    let [largestContained, sumContained] = [0, 0];
    let [likelihood, weightedShare] = [0, 0];
    for (let i = from; i < until; i++) {
      const code = tierCodeOf(held.code[i] as number);
      const portion = own.portion[i] as number;
      const chance = chanceOf(likelihoodOf[held.holder[i] as number] as number, weightOf[code] as number);
      const share = weightedShareOf(chance, yieldOf(portion, 1));
      own.chance[i] = chance;
      if (chance > likelihood) likelihood = chance;
      if (share > weightedShare) weightedShare = share;
      const tierOfCopy = tierIndexOf[code] as number;
      if (tierOfCopy === contained) {
        if (portion > largestContained) largestContained = portion;
        sumContained += portion;
        continue;
      }
      openCount++;
      if (tierOfCopy < tier) tier = tierOfCopy;
      if (portion > largest) largest = portion;
      sum += portion;
      if (tierOfCopy !== exposed) continue;
      if (portion > largestExposed) largestExposed = portion;
      sumExposed += portion;
    }
    own.tier[place] = tier;
    own.openCount[place] = openCount;
    own.likelihood[place] = likelihood;
    own.weightedShare[place] = weightedShare;
    if ((artifacts.fragmentCount[held.artifact[place] as number] as number) > 0) boundByPieces(projection, held, own, place);
    else {
      own.low[place] = lowPortion(0, openCount === 0 ? largestContained : largest);
      own.high[place] = highPortion(0, openCount === 0 ? sumContained : sum);
      own.exposedLow[place] = lowPortion(0, largestExposed);
      own.exposedHigh[place] = highPortion(0, sumExposed);
    }
    examined += until - from;
    if (examined < stepSize) continue;
    examined = 0;
    yield;
  }
  return own;
}

/** A loop of its own, without a branch, for the reason that copy-tiers.ts gives. */
function fetchPortions(portionOf: Float64Array, copy: Int32Array, from: number, until: number, portion: Float64Array): void {
  for (let i = from; i < until; i++) portion[i] = portionOf[copy[i] as number] as number;
}

function makeColumns(places: number, copies: number): OwnFigures {
  return {
    tier: new Uint8Array(places),
    openCount: new Uint32Array(places),
    low: new Float64Array(places),
    high: new Float64Array(places),
    exposedLow: new Float64Array(places),
    exposedHigh: new Float64Array(places),
    likelihood: new Float64Array(places),
    weightedShare: new Float64Array(places),
    chance: new Float64Array(copies),
    portion: new Float64Array(copies),
  };
}

/** The bounds of an artifact that is divided into pieces: its copies may name the same ones. */
function boundByPieces(projection: Projection, held: HeldColumns, own: OwnFigures, place: number): void {
  const all = held.copy.subarray(held.offsets[place], held.offsets[place + 1]);
  const weakest = (own.openCount[place] as number) === 0 ? contained : contained - 1;
  const upTo = (tier: number) =>
    all.filter((_, i) => (tierIndexOf[tierCodeOf(held.code[(held.offsets[place] as number) + i] as number)] as number) <= tier);
  const { low, high } = boundCopies(projection, upTo(weakest));
  const exposedBounds = boundCopies(projection, upTo(exposed));
  own.low[place] = low;
  own.high[place] = high;
  own.exposedLow[place] = exposedBounds.low;
  own.exposedHigh[place] = exposedBounds.high;
}
