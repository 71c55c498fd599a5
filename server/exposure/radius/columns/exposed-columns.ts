import { isAtLeast } from '../../../domain/compare.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import { tiers } from '../../../rules/copy-tier.ts';
import { highPortion, lowPortion } from '../../../rules/portion.ts';
import { weightedLossOf, weightedShareOf, worstCaseLossOf, yieldOf } from '../../../rules/way-figures.ts';
import type { HeldColumns } from './held-columns.ts';
import type { Leads } from './leads.ts';
import type { OwnFigures } from './own-figures.ts';

/**
 * The artifacts of a radius with their figures (semantics §4), one row for each artifact, ascending. `ExposedArtifact` describes
 * the figures.
 *
 * A *row* is the position of an artifact in the radius. A *place* is its position among the held artifacts (held-columns.ts). A
 * *lead* is a pair of a held artifact and an artifact that it reveals (leads.ts).
 */
export interface ExposedColumns {
  readonly artifact: Int32Array;
  /** -1 for an artifact that is only revealed. */
  readonly place: Int32Array;
  /** Index into `tiers`. */
  readonly tier: Uint8Array;
  /** 1 if the artifact's own copies have its tier. */
  readonly isHeld: Uint8Array;
  readonly isUsable: Uint8Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly exposedLow: Float64Array;
  readonly exposedHigh: Float64Array;
  readonly likelihood: Float64Array;
  readonly weightedShare: Float64Array;
  readonly worstCaseLossUsd: Float64Array;
  readonly weightedLossUsd: Float64Array;
  readonly wayCount: Uint32Array;
}

const contained = tiers.indexOf('CONTAINED');

/** The number of ways in that one step examines. */
const stepSize = 50_000;

/**
 * Computes the figures of each artifact from its own copies and from its leads. Leads come in ascending order of their source, so
 * that sums always run in the same order.
 *
 * @param artifact the artifacts of the radius, ascending
 * Complexity: O(ways in).
 */
export function* exposeArtifacts(
  projection: Projection,
  held: HeldColumns,
  own: OwnFigures,
  artifact: Int32Array,
  leads: Leads,
): Steps<ExposedColumns> {
  const exposed = makeColumns(artifact);
  addOwn(exposed, held, own);
  yield;
  yield* addLeads(exposed, held, own, leads);
  join(projection, exposed, own);
  return exposed;
}

function makeColumns(artifact: Int32Array): ExposedColumns {
  const { length } = artifact;
  return {
    artifact,
    place: new Int32Array(length).fill(-1),
    tier: new Uint8Array(length).fill(contained),
    isHeld: new Uint8Array(length),
    isUsable: new Uint8Array(length),
    low: new Float64Array(length),
    high: new Float64Array(length),
    exposedLow: new Float64Array(length),
    exposedHigh: new Float64Array(length),
    likelihood: new Float64Array(length),
    weightedShare: new Float64Array(length),
    worstCaseLossUsd: new Float64Array(length),
    weightedLossUsd: new Float64Array(length),
    wayCount: new Uint32Array(length),
  };
}

/** Both lists ascend. */
function addOwn(exposed: ExposedColumns, held: HeldColumns, own: OwnFigures): void {
  let row = 0;
  for (let place = 0; place < held.artifact.length; place++) {
    while (exposed.artifact[row] !== held.artifact[place]) row++;
    exposed.place[row] = place;
    exposed.tier[row] = own.tier[place] as number;
    exposed.likelihood[row] = own.likelihood[place] as number;
    exposed.weightedShare[row] = own.weightedShare[place] as number;
    exposed.wayCount[row] = (held.offsets[place + 1] as number) - (held.offsets[place] as number);
  }
}

/** Until `join`, the columns of portions hold what leads disclose. */
function* addLeads(exposed: ExposedColumns, held: HeldColumns, own: OwnFigures, leads: Leads): Steps<void> {
  const { tier, low, high, exposedLow, exposedHigh, likelihood, weightedShare, wayCount } = exposed;
  let examined = 0;
  for (let place = 0; place < held.artifact.length; place++) {
    const until = leads.offsets[place + 1] as number;
    for (let lead = leads.offsets[place] as number; lead < until; lead++) {
      const row = leads.row[lead] as number;
      const product = leads.product[lead] as number;
      tier[row] = Math.min(tier[row] as number, own.tier[place] as number);
      low[row] = Math.max(low[row] as number, (own.low[place] as number) * product);
      high[row] = (high[row] as number) + (own.high[place] as number) * product;
      exposedLow[row] = Math.max(exposedLow[row] as number, (own.exposedLow[place] as number) * product);
      exposedHigh[row] = (exposedHigh[row] as number) + (own.exposedHigh[place] as number) * product;
      likelihood[row] = Math.max(likelihood[row] as number, own.likelihood[place] as number);
      wayCount[row] = (wayCount[row] as number) + (own.openCount[place] as number);
      let share = weightedShare[row] as number;
      for (let i = held.offsets[place] as number; i < (held.offsets[place + 1] as number); i++)
        share = Math.max(share, weightedShareOf(own.chance[i] as number, yieldOf(own.portion[i] as number, product)));
      weightedShare[row] = share;
    }
    examined += (until - (leads.offsets[place] as number)) * (own.openCount[place] as number);
    if (examined < stepSize) continue;
    examined = 0;
    yield;
  }
}

/** Joins the portions as `joinBounds` does, and derives what depends on them. */
function join({ artifacts }: Projection, exposed: ExposedColumns, own: OwnFigures): void {
  for (let row = 0; row < exposed.artifact.length; row++) {
    const artifact = exposed.artifact[row] as number;
    const place = exposed.place[row] as number;
    const tier = exposed.tier[row] as number;
    const isOwn = place >= 0 && own.tier[place] === tier;
    // CONTAINED copies hold a share, but disclose nothing beside what leads disclose.
    const counts = place >= 0 && (isOwn || own.tier[place] !== contained);
    exposed.isHeld[row] = isOwn ? 1 : 0;
    exposed.low[row] = lowPortion(counts ? (own.low[place] as number) : 0, exposed.low[row] as number);
    exposed.high[row] = highPortion(counts ? (own.high[place] as number) : 0, exposed.high[row] as number);
    exposed.exposedLow[row] = lowPortion(counts ? (own.exposedLow[place] as number) : 0, exposed.exposedLow[row] as number);
    exposed.exposedHigh[row] = highPortion(counts ? (own.exposedHigh[place] as number) : 0, exposed.exposedHigh[row] as number);
    const isUsable = tier !== contained && isAtLeast(exposed.low[row] as number, artifacts.usefulPortion[artifact] as number);
    exposed.isUsable[row] = isUsable ? 1 : 0;
    exposed.worstCaseLossUsd[row] = worstCaseLossOf(
      tiers[tier] as Tier,
      artifacts.worstValueUsd[artifact] as number,
      exposed.high[row] as number,
    );
    exposed.weightedLossUsd[row] = weightedLossOf(exposed.weightedShare[row] as number, artifacts.meanValueUsd[artifact] as number);
  }
}
