import { isAtLeast } from '../../../domain/compare.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import { tiers } from '../../../rules/copy-tier.ts';
import { highPortion, lowPortion } from '../../../rules/portion.ts';
import { weightedLossOf, weightedShareOf, worstCaseLossOf, yieldOf } from '../../../rules/way-figures.ts';
import type { RevealClosures } from '../reveals/reveal-closure.ts';
import type { ArtifactMarks, HeldColumns, OwnFigures } from './held-columns.ts';
import { ownFigure, ownWidth } from './held-columns.ts';

/**
 * The artifacts of a radius with their figures (semantics §4), one row for each artifact, ascending. `ExposedArtifact` describes
 * the figures.
 *
 * A *row* is the position of an artifact in the radius. A *place* is its position among the held artifacts (held-columns.ts). A
 * *lead* is a pair of a held artifact and an artifact that it reveals (`Leads`).
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

/** Constants of this module: an imported one is read anew at each use. */
const of = ownFigure;
const width = ownWidth;
const strongest = tiers.indexOf('EXPOSED');
const possible = tiers.indexOf('POSSIBLE');
const contained = tiers.indexOf('CONTAINED');

/** The number of ways in that one step examines. */
const stepSize = 50_000;

/** The figures that the leads of a row give, side by side for the reason that `OwnFigures` gives. Those of EXPOSED copies are rare. */
const ledFigure = { low: 0, high: 1, likelihood: 2, weightedShare: 3 } as const;
const ledWidth = 4;

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
  const led = new Float64Array(artifact.length * ledWidth);
  const { length } = leads.row;
  for (let from = 0; from < length; from += stepSize) {
    addLeads(exposed, led, own, leads, from, Math.min(from + stepSize, length));
    yield;
  }
  yield* weighEachCopy(led, held, own, leads);
  join(projection, exposed, led, held, own);
  return exposed;
}

function makeColumns(artifact: Int32Array): ExposedColumns {
  const { length } = artifact;
  return {
    artifact,
    place: new Int32Array(length),
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

/**
 * Adds what some leads disclose. Rounding keeps the order of products, so the best copy of the source gives the largest chance x
 * yield, whatever the product of degrees.
 *
 * Until `join`, the columns of EXPOSED portions and of ways hold what leads give alone, and `tier` tells only which rows leads make
 * EXPOSED.
 */
function addLeads(exposed: ExposedColumns, led: Float64Array, own: OwnFigures, leads: Leads, from: number, until: number): void {
  const { tier, exposedLow, exposedHigh, wayCount } = exposed;
  const { figures } = own;
  const { place, row, product } = leads;
  for (let lead = from; lead < until; lead++) {
    const source = (place[lead] as number) * width;
    const to = row[lead] as number;
    const at = to * ledWidth;
    const degree = product[lead] as number;
    const low = yieldOf(figures[source + of.low] as number, degree);
    const likelihood = figures[source + of.likelihood] as number;
    const share = weightedShareOf(figures[source + of.bestChance] as number, low);
    if (low > (led[at + ledFigure.low] as number)) led[at + ledFigure.low] = low;
    led[at + ledFigure.high] = (led[at + ledFigure.high] as number) + (figures[source + of.high] as number) * degree;
    if (likelihood > (led[at + ledFigure.likelihood] as number)) led[at + ledFigure.likelihood] = likelihood;
    if (share > (led[at + ledFigure.weightedShare] as number)) led[at + ledFigure.weightedShare] = share;
    wayCount[to] = (wayCount[to] as number) + (figures[source + of.openCount] as number);
    const high = figures[source + of.exposedHigh] as number;
    if (high === 0) continue;
    tier[to] = strongest;
    exposedLow[to] = Math.max(exposedLow[to] as number, (figures[source + of.exposedLow] as number) * degree);
    exposedHigh[to] = (exposedHigh[to] as number) + high * degree;
  }
}

/** Adds the largest chance x yield of the leads whose source has no best copy. Which copy is the best then depends on the lead. */
function* weighEachCopy(led: Float64Array, held: HeldColumns, { chance, figures }: OwnFigures, leads: Leads): Steps<void> {
  const places = held.artifact.length;
  let examined = 0;
  for (let place = 0; place < places; place++) {
    if ((figures[place * width + of.bestChance] as number) > 0) continue;
    const from = leads.offsets[place] as number;
    const until = leads.offsets[place + 1] as number;
    for (let lead = from; lead < until; lead++) {
      const at = (leads.row[lead] as number) * ledWidth + ledFigure.weightedShare;
      const product = leads.product[lead] as number;
      let share = led[at] as number;
      for (let i = held.offsets[place] as number; i < (held.offsets[place + 1] as number); i++)
        share = Math.max(share, weightedShareOf(chance[i] as number, yieldOf(held.portion[i] as number, product)));
      led[at] = share;
    }
    examined += (until - from) * (figures[place * width + of.openCount] as number);
    if (examined < stepSize) continue;
    examined = 0;
    yield;
  }
}

/** Joins the portions as `joinBounds` does, and derives what depends on them. Rows and held artifacts both ascend. */
function join({ artifacts }: Projection, exposed: ExposedColumns, led: Float64Array, held: HeldColumns, { figures }: OwnFigures): void {
  const rows = exposed.artifact.length;
  const places = held.artifact.length;
  let place = 0;
  for (let row = 0; row < rows; row++) {
    const artifact = exposed.artifact[row] as number;
    const at = row * ledWidth;
    let low = led[at + ledFigure.low] as number;
    let high = led[at + ledFigure.high] as number;
    let exposedLow = exposed.exposedLow[row] as number;
    let exposedHigh = exposed.exposedHigh[row] as number;
    let likelihood = led[at + ledFigure.likelihood] as number;
    let weightedShare = led[at + ledFigure.weightedShare] as number;
    let tier = exposed.tier[row] as number;
    if (tier === contained && (exposed.wayCount[row] as number) > 0) tier = possible;
    if (place < places && held.artifact[place] === artifact) {
      const source = place * width;
      const ownTier = tierOfOwn(figures[source + of.exposedHigh] as number, figures[source + of.openCount] as number);
      // CONTAINED copies hold a share, but disclose nothing beside what leads disclose.
      if (ownTier !== contained || tier === contained) {
        low = lowPortion(figures[source + of.low] as number, low);
        high = (figures[source + of.high] as number) + high;
        exposedLow = lowPortion(figures[source + of.exposedLow] as number, exposedLow);
        exposedHigh = (figures[source + of.exposedHigh] as number) + exposedHigh;
      }
      if (ownTier <= tier) {
        tier = ownTier;
        exposed.isHeld[row] = 1;
      }
      likelihood = Math.max(likelihood, figures[source + of.likelihood] as number);
      weightedShare = Math.max(weightedShare, figures[source + of.weightedShare] as number);
      exposed.wayCount[row] = (exposed.wayCount[row] as number) + (held.offsets[place + 1] as number) - (held.offsets[place] as number);
      exposed.place[row] = place++;
    } else exposed.place[row] = -1;
    high = highPortion(0, high);
    exposed.tier[row] = tier;
    exposed.low[row] = low;
    exposed.high[row] = high;
    exposed.exposedLow[row] = exposedLow;
    exposed.exposedHigh[row] = highPortion(0, exposedHigh);
    exposed.likelihood[row] = likelihood;
    exposed.weightedShare[row] = weightedShare;
    exposed.isUsable[row] = tier !== contained && isAtLeast(low, artifacts.usefulPortion[artifact] as number) ? 1 : 0;
    exposed.worstCaseLossUsd[row] = worstCaseLossOf(tiers[tier] as Tier, artifacts.worstValueUsd[artifact] as number, high);
    exposed.weightedLossUsd[row] = weightedLossOf(weightedShare, artifacts.meanValueUsd[artifact] as number);
  }
}

function tierOfOwn(exposedHigh: number, openCount: number): number {
  if (exposedHigh > 0) return strongest;
  return openCount > 0 ? possible : contained;
}

/**
 * The pairs of a held artifact with an open copy and an artifact that it reveals. Those of the artifact at place h
 * (held-columns.ts) are `offsets[h] .. offsets[h + 1] - 1`; the revealed artifacts of one place ascend.
 */
export interface Leads {
  readonly offsets: Uint32Array;
  /** The held artifact: its place. */
  readonly place: Int32Array;
  /** The revealed artifact: its position among the artifacts of the radius. */
  readonly row: Int32Array;
  /** The best product of degrees. */
  readonly product: Float64Array;
}

/** The number of leads that one step examines. */
const leadsAStep = 20_000;

/**
 * Finds the leads, and with them all artifacts of a radius.
 *
 * @returns the artifacts, ascending: the held and the revealed ones
 * Complexity: O(leads), plus the closures that no radius asked for before.
 */
export function* findLeads(
  held: HeldColumns,
  own: OwnFigures,
  closures: RevealClosures,
  marks: ArtifactMarks,
): Steps<{ artifact: Int32Array; leads: Leads }> {
  const offsets = yield* countLeads(held, own, closures);
  const count = offsets[held.artifact.length] as number;
  const leads = { offsets, place: new Int32Array(count), row: new Int32Array(count), product: new Float64Array(count) };
  yield* copyLeads(held, leads, closures);
  marks.addAll(held.artifact, held.artifact.length);
  marks.addAll(leads.row, count);
  const artifact = marks.list();
  const { row } = leads;
  const { placeOf } = marks;
  for (let lead = 0; lead < count; lead++) row[lead] = placeOf[row[lead] as number] as number;
  return { artifact, leads };
}

/** The offsets of the leads of each place. */
function* countLeads({ artifact }: HeldColumns, { figures }: OwnFigures, closures: RevealClosures): Steps<Uint32Array> {
  const places = artifact.length;
  const offsets = new Uint32Array(places + 1);
  let count = 0;
  let examined = 0;
  for (let place = 0; place < places; place++) {
    if ((figures[place * ownWidth + ownFigure.openCount] as number) > 0) {
      const source = artifact[place] as number;
      closures.find(source);
      const length = (closures.endOf[source] as number) - (closures.startOf[source] as number);
      count += length;
      examined += 4 + length;
    }
    offsets[place + 1] = count;
    if (examined < leadsAStep) continue;
    examined = 0;
    yield;
  }
  return offsets;
}

/** Fills in places and products, and as rows the revealed artifacts themselves. Other radii may have made the closures forget some since. */
function* copyLeads({ artifact }: HeldColumns, leads: Leads, closures: RevealClosures): Steps<void> {
  const { offsets, place, row, product } = leads;
  const places = artifact.length;
  let examined = 0;
  for (let from = 0; from < places; from++) {
    const start = offsets[from] as number;
    const end = offsets[from + 1] as number;
    if (start === end) continue;
    const source = artifact[from] as number;
    closures.find(source);
    const { target, product: productTo } = closures;
    const shift = (closures.startOf[source] as number) - start;
    for (let lead = start; lead < end; lead++) {
      place[lead] = from;
      row[lead] = target[lead + shift] as number;
      product[lead] = productTo[lead + shift] as number;
    }
    examined += end - start;
    if (examined < leadsAStep) continue;
    examined = 0;
    yield;
  }
}
