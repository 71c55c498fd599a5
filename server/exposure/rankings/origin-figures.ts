import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { isRowEmpty } from '../../projection/projection.ts';
import { isOpen, tierAtOrigin } from '../../rules/copy-tier.ts';
import { highPortion } from '../../rules/portion.ts';
import { weightedLossOf, weightedShareOf, worstCaseLossOf, yieldOf } from '../../rules/way-figures.ts';
import { boundPortions } from '../radius/bound-copies.ts';
import type { RadiusInput } from '../radius/radius-types.ts';
import type { RevealClosures } from '../radius/reveals/reveal-closure.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import type { OriginBatch } from './origin-batch.ts';
import type { RankedCopies } from './ranked-copies.ts';

export type OriginSettings = Omit<RadiusInput, 'origins' | 'suspected' | 'hasCore' | 'scopes'>;

/** The totals of one radius (semantics §4). */
export interface OriginTotals {
  readonly reachedCount: number;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly labCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}

/** Bits: the ways in that an origin has to an artifact. */
const containedWay = 1;
const possibleWay = 2;
const exposedWay = 4;

/** 1 for no way, else 0. A branch would be mispredicted too often. */
const isNone = (ways: number) => (ways - 1) >>> 31;

/**
 * Computes the totals of the radii of many origins at once, one artifact after another. They equal those of `findBlastRadius` to the last
 * digit.
 *
 * A  An artifact's own copies come first, then those of the artifacts that lead to it, ascending. Each copy is a way in for every origin that
 *    reaches its holder.
 * B  Tier, share and portions of the one artifact are kept by origin. These few arrays stay in the processor's cache, while copies and the
 *    origins that reach their holders are read in the order of memory. A radius of one origin after another would instead jump among the
 *    figures of all artifacts.
 * C  After its last way, the artifact is added to the totals of the origins. So the sums of each origin run by artifact, as in a radius.
 */
export class OriginFigures {
  readonly #projection: Projection;
  readonly #batch: OriginBatch;
  readonly #copies: RankedCopies;
  readonly #leads: LeadsInto;

  /** By slot: the totals so far. */
  readonly #exposedCount: Uint32Array;
  readonly #possibleCount: Uint32Array;
  readonly #containedCount: Uint32Array;
  readonly #labCount: Uint32Array;
  readonly #worstCaseLossUsd: Float64Array;
  readonly #weightedLossUsd: Float64Array;

  /** By slot, about the artifact at hand. */
  readonly #ways: Uint8Array;
  readonly #share: Float64Array;
  /** The sum of the portions of its own open copies. */
  readonly #ownSum: Float64Array;
  /** The share that the artifacts that lead to it may disclose of it together. */
  readonly #ledHigh: Float64Array;
  /** The sum of the portions of the open copies of the leading artifact that is followed. */
  readonly #ledSum: Float64Array;
  /** The slots that have a way in. One entry longer, because a slot is written before it is counted. */
  readonly #touched: Int32Array;
  #touchedCount = 0;
  /** One bit for each lab and slot: the lab is affected. */
  readonly #labBits: Uint32Array;
  readonly #labNumber = new Map<number, number>();
  readonly #wordsPerLab: number;

  constructor(projection: Projection, batch: OriginBatch, copies: RankedCopies, leads: LeadsInto) {
    const size = batch.origins.length;
    this.#projection = projection;
    this.#batch = batch;
    this.#copies = copies;
    this.#leads = leads;
    this.#exposedCount = new Uint32Array(size);
    this.#possibleCount = new Uint32Array(size);
    this.#containedCount = new Uint32Array(size);
    this.#labCount = new Uint32Array(size);
    this.#worstCaseLossUsd = new Float64Array(size);
    this.#weightedLossUsd = new Float64Array(size);
    this.#ways = new Uint8Array(size);
    this.#share = new Float64Array(size);
    this.#ownSum = new Float64Array(size);
    this.#ledHigh = new Float64Array(size);
    this.#ledSum = new Float64Array(size);
    this.#touched = new Int32Array(size + 1);
    for (const owner of projection.artifacts.owner) if (!this.#labNumber.has(owner)) this.#labNumber.set(owner, this.#labNumber.size);
    this.#wordsPerLab = Math.ceil(size / 32);
    this.#labBits = new Uint32Array(this.#labNumber.size * this.#wordsPerLab);
  }

  totals(): OriginTotals[] {
    return this.#batch.reachedCounts.map((reachedCount, s) => ({
      reachedCount,
      exposedCount: this.#exposedCount[s] as number,
      possibleCount: this.#possibleCount[s] as number,
      containedCount: this.#containedCount[s] as number,
      labCount: this.#labCount[s] as number,
      worstCaseLossUsd: this.#worstCaseLossUsd[s] as number,
      weightedLossUsd: this.#weightedLossUsd[s] as number,
    }));
  }

  /** Call this for all artifacts, ascending. Complexity: O(copies of it and of those that lead to it x origins that reach their holders). */
  add(artifact: number): void {
    this.#touchedCount = 0;
    this.#contain(artifact);
    this.#follow(artifact, 1, this.#ownSum);
    this.#leads.find(artifact);
    const end = this.#leads.endOf(artifact);
    for (let i = this.#leads.startOf(artifact); i < end; i++) {
      const [source, product] = [this.#leads.source[i] as number, this.#leads.product[i] as number];
      this.#follow(source, product, this.#ledSum);
      this.#disclose(source, product);
    }
    this.#addUp(artifact);
  }

  /** The copies that cannot be read put the artifact into a radius, and disclose nothing. */
  #contain(artifact: number): void {
    const { offsets, holder, weight } = this.#copies;
    const { slot } = this.#batch;
    for (let i = offsets[artifact] as number; i < (offsets[artifact + 1] as number); i++) {
      if (isOpen(weight[i] as number)) continue;
      const end = this.#batch.offsets[(holder[i] as number) + 1] as number;
      for (let pair = this.#batch.offsets[holder[i] as number] as number; pair < end; pair++) {
        const s = slot[pair] as number;
        const before = this.#ways[s] as number;
        this.#touched[this.#touchedCount] = s;
        this.#touchedCount += isNone(before);
        this.#ways[s] = before | containedWay;
      }
    }
  }

  /** Follows the open copies of an artifact to the artifact at hand, and adds up their portions in `sum`, which holds zeros before. */
  #follow(source: number, product: number, sum: Float64Array): void {
    const { offsets, holder, weight, portion, hasPieces } = this.#copies;
    const first = offsets[source] as number;
    const last = offsets[source + 1] as number;
    for (let i = first; i < last; i++) {
      const weightHere = weight[i] as number;
      if (!isOpen(weightHere)) continue;
      const at = holder[i] as number;
      const portionHere = portion[i] as number;
      // Weights are powers of two, so multiplying by a weight is exact at any point of the product.
      this.#open(at, yieldOf(weightHere * portionHere, product), portionHere, sum);
      const own = this.#batch.ownSlot[at] as number;
      if (own >= 0 && tierAtOrigin(weightHere) === 'EXPOSED') this.#ways[own] = (this.#ways[own] as number) | exposedWay;
    }
    if (hasPieces[source] === 1) this.#boundPieces(source, first, last, sum);
  }

  /** One open copy is a way in for all origins that reach its holder. */
  #open(at: number, yieldHere: number, portionHere: number, sum: Float64Array): void {
    const { offsets, slot, likelihood } = this.#batch;
    const [ways, share, touched] = [this.#ways, this.#share, this.#touched];
    let touchedCount = this.#touchedCount;
    const end = offsets[at + 1] as number;
    for (let pair = offsets[at] as number; pair < end; pair++) {
      const s = slot[pair] as number;
      const before = ways[s] as number;
      touched[touchedCount] = s;
      touchedCount += isNone(before);
      ways[s] = before | possibleWay;
      const shareHere = weightedShareOf(likelihood[pair] as number, yieldHere);
      if (shareHere > (share[s] as number)) share[s] = shareHere;
      sum[s] = (sum[s] as number) + portionHere;
    }
    this.#touchedCount = touchedCount;
  }

  /** Adds the sum of each origin that reaches a copy of a leading artifact. The next copy that it reaches adds 0. */
  #disclose(source: number, product: number): void {
    const { holder } = this.#copies;
    const { offsets, slot } = this.#batch;
    const [sum, high] = [this.#ledSum, this.#ledHigh];
    const last = this.#copies.offsets[source + 1] as number;
    for (let i = this.#copies.offsets[source] as number; i < last; i++) {
      const end = offsets[(holder[i] as number) + 1] as number;
      for (let pair = offsets[holder[i] as number] as number; pair < end; pair++) {
        const s = slot[pair] as number;
        high[s] = (high[s] as number) + highPortion(0, sum[s] as number) * product;
        sum[s] = 0;
      }
    }
  }

  /** Pieces that several copies name count once. */
  #boundPieces(source: number, first: number, last: number, sum: Float64Array): void {
    const { holder, weight, portion, piecesAt } = this.#copies;
    const { offsets, slot } = this.#batch;
    const copiesOf = new Map<number, number[]>();
    for (let i = first; i < last; i++) {
      if (!isOpen(weight[i] as number)) continue;
      const end = offsets[(holder[i] as number) + 1] as number;
      for (let pair = offsets[holder[i] as number] as number; pair < end; pair++)
        getOrInsert(copiesOf, slot[pair] as number, (): number[] => []).push(i);
    }
    const count = this.#projection.artifacts.fragmentCount[source] as number;
    for (const [s, places] of copiesOf) sum[s] = boundPortions(places, count, portion, piecesAt).high;
  }

  #addUp(artifact: number): void {
    const { artifacts } = this.#projection;
    const worstValueUsd = artifacts.worstValueUsd[artifact] as number;
    const meanValueUsd = artifacts.meanValueUsd[artifact] as number;
    const labWords = (this.#labNumber.get(artifacts.owner[artifact] as number) as number) * this.#wordsPerLab;
    const [ways, share, ownSum, ledHigh, touched] = [this.#ways, this.#share, this.#ownSum, this.#ledHigh, this.#touched];
    const [exposedCount, possibleCount, containedCount] = [this.#exposedCount, this.#possibleCount, this.#containedCount];
    const [labBits, labCount] = [this.#labBits, this.#labCount];
    const [worstCaseLossUsd, weightedLossUsd] = [this.#worstCaseLossUsd, this.#weightedLossUsd];
    for (let i = 0; i < this.#touchedCount; i++) {
      const s = touched[i] as number;
      const waysHere = ways[s] as number;
      ways[s] = 0;
      if (waysHere === containedWay) {
        containedCount[s] = (containedCount[s] as number) + 1;
        continue;
      }
      if (waysHere >= exposedWay) exposedCount[s] = (exposedCount[s] as number) + 1;
      else possibleCount[s] = (possibleCount[s] as number) + 1;
      const word = labWords + (s >>> 5);
      const bits = labBits[word] as number;
      const bit = 1 << (s & 31);
      if ((bits & bit) === 0) {
        labBits[word] = bits | bit;
        labCount[s] = (labCount[s] as number) + 1;
      }
      const high = highPortion(highPortion(0, ownSum[s] as number), ledHigh[s] as number);
      worstCaseLossUsd[s] = (worstCaseLossUsd[s] as number) + worstCaseLossOf('POSSIBLE', worstValueUsd, high);
      weightedLossUsd[s] = (weightedLossUsd[s] as number) + weightedLossOf(share[s] as number, meanValueUsd);
      share[s] = 0;
      ownSum[s] = 0;
      ledHigh[s] = 0;
    }
  }
}

/**
 * The artifacts that lead to each artifact over reveals (semantics §4), with the best product of degrees, for a caller that visits targets in
 * ascending order. Most projections fit at once. Otherwise the leads of as many targets as fit are listed, then those of the next.
 */
export class LeadsInto {
  /** The leads into a target are at `startOf(target) .. endOf(target) - 1`, by source ascending. Valid after `find(target)`. */
  source = new Int32Array(0);
  product = new Float64Array(0);
  readonly #projection: Projection;
  readonly #closures: RevealClosures;
  readonly #room: number;
  /** By target: the number of leads into it and into all before it. Float64Array, because 2^32 leads are possible. */
  readonly #before: Float64Array;
  readonly #next: Float64Array;
  /** The targets whose leads are in memory: `#from .. #to - 1`. */
  #from = 0;
  #to = 0;

  /** @param room the most leads in memory, except for those into a single target */
  constructor(projection: Projection, minDegree: number, room: number) {
    const { count } = projection.artifacts;
    this.#projection = projection;
    this.#room = room;
    this.#closures = getRevealClosures(projection, minDegree);
    this.#before = new Float64Array(count + 1);
    this.#next = new Float64Array(count);
    this.#eachRow((_, start, end) => {
      for (let i = start; i < end; i++) {
        const after = (this.#closures.target[i] as number) + 1;
        this.#before[after] = (this.#before[after] as number) + 1;
      }
    });
    for (let target = 0; target < count; target++)
      this.#before[target + 1] = (this.#before[target + 1] as number) + (this.#before[target] as number);
  }

  startOf(target: number): number {
    return (this.#before[target] as number) - (this.#before[this.#from] as number);
  }

  endOf(target: number): number {
    return this.startOf(target + 1);
  }

  /** Makes the leads into a target available. */
  find(target: number): void {
    if (target >= this.#from && target < this.#to) return;
    const { count } = this.#projection.artifacts;
    this.#from = target;
    this.#to = target + 1;
    while (this.#to < count && this.endOf(this.#to) <= this.#room) this.#to++;
    this.#fill();
  }

  /** Complexity: O(sources + their leads). */
  #fill(): void {
    const size = this.startOf(this.#to);
    this.source = new Int32Array(size);
    this.product = new Float64Array(size);
    for (let target = this.#from; target < this.#to; target++) this.#next[target] = this.startOf(target);
    this.#eachRow((source, start, end) => {
      const { target, product } = this.#closures;
      for (let i = start; i < end; i++) {
        const to = target[i] as number;
        if (to < this.#from || to >= this.#to) continue;
        const at = this.#next[to] as number;
        this.source[at] = source;
        this.product[at] = product[i] as number;
        this.#next[to] = at + 1;
      }
    });
  }

  /** Visits the closure of each artifact that reveals another: ascending. */
  #eachRow(visit: (source: number, start: number, end: number) => void): void {
    const { artifacts } = this.#projection;
    for (let source = 0; source < artifacts.count; source++) {
      if (isRowEmpty(artifacts.reveals, source)) continue;
      this.#closures.find(source);
      visit(source, this.#closures.startOf[source] as number, this.#closures.endOf[source] as number);
    }
  }
}
