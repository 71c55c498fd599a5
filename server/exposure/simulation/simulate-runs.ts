import { lowPortion, shareOfPieces } from '../../rules/portion.ts';
import { drawUniform } from './counter-random.ts';
import type { SimulationPlan } from './simulation-plan.ts';

/**
 * The results of runs, column by column, each with one figure per run. Column 0 is the whole radius, and column 1 + i is affected
 * lab i. A table may have only some columns, starting at `firstColumn`, because many labs times many runs would not fit in memory.
 */
export interface RunTable {
  readonly runs: number;
  readonly firstColumn: number;
  readonly columnCount: number;
  /** Sum of value x disclosed share; Float64Array, length columnCount x runs. */
  readonly losses: Float64Array;
  /** Sum of mean value x disclosed share. */
  readonly expected: Float64Array;
}

/**
 * Simulates the runs [from, to) into a table (semantics §7): in each an independent cascade, joint over the whole radius.
 *
 * A  Finds the reached organizations: breadth first from the origins, and from the suspected ones that are compromised in this run
 *    (§13.4), over the steps that are open in it.
 * B  Finds the share of each source that the taken copies at these organizations disclose. Skips sources that no target needs, and
 *    stops at the first copy that no other can exceed. Skipping draws is safe, because a random number depends only on seed, run and
 *    key.
 * C  Finds the largest disclosed share of each target, and draws its value in this run.
 *
 * Sums run over targets in order of artifact id, so a figure does not depend on how the runs are divided.
 *
 * Complexity: O((to - from) x (steps + copies + leads)); each costs at most one random number.
 */
export function simulateRuns(plan: SimulationPlan, seed: number, from: number, to: number, table: RunTable): void {
  const { losses, expected, runs, firstColumn, columnCount } = table;
  const { leadOffsets, leadSource, leadProduct, lab, meanValueUsd, mu, sigma, valueKeys } = plan;
  const isWhole = firstColumn === 0;
  const run = new Run(plan, seed);
  for (let r = from; r < to; r++) {
    run.begin(r);
    for (let target = 0; target < lab.length; target++) {
      const column = 1 + (lab[target] as number) - firstColumn;
      const isInTable = column >= 0 && column < columnCount;
      if (!isInTable && !isWhole) continue;
      let share = 0;
      for (let lead = leadOffsets[target] as number; lead < (leadOffsets[target + 1] as number); lead++) {
        const product = leadProduct[lead] as number;
        if (product > share) share = Math.max(share, run.disclosed(leadSource[lead] as number) * product);
      }
      if (share === 0) continue;
      const mean = (meanValueUsd[target] as number) * share;
      const spread = sigma[target] as number;
      const loss = spread === 0 ? mean : drawValue(mu[target] as number, spread, run.draw(valueKeys, target)) * share;
      if (isWhole) add(losses, expected, r, loss, mean);
      // A table whose only column is the whole radius needs no lab.
      if (isInTable) add(losses, expected, column * runs + r, loss, mean);
    }
  }
}

function add(losses: Float64Array, expected: Float64Array, at: number, loss: number, mean: number): void {
  losses[at] = (losses[at] as number) + loss;
  expected[at] = (expected[at] as number) + mean;
}

/** Draws a value of the lognormal. Moves `uniform`, in [0, 1), off 0, because the quantile is undefined there. */
export function drawValue(mu: number, sigma: number, uniform: number): number {
  return Math.exp(mu + sigma * normalQuantile(uniform + 2 ** -54));
}

/** The state of one run, reused for the next. Entries have the stamp of their run, so nothing needs clearing. */
class Run {
  readonly #plan: SimulationPlan;
  readonly #seed: number;
  #run = 0;
  /** The stamps of the last run that reached an organization, computed a source, and took a piece. */
  readonly #reachedIn: Int32Array;
  readonly #knownIn: Int32Array;
  readonly #takenIn: Int32Array;
  readonly #disclosed: Float64Array;
  readonly #queue: Int32Array;
  #stamp = 0;
  #pieceStamp = 0;

  constructor(plan: SimulationPlan, seed: number) {
    this.#plan = plan;
    this.#seed = seed;
    this.#reachedIn = new Int32Array(plan.organizationCount);
    this.#queue = new Int32Array(plan.organizationCount);
    this.#knownIn = new Int32Array(plan.fragmentCount.length);
    this.#disclosed = new Float64Array(plan.fragmentCount.length);
    this.#takenIn = new Int32Array(plan.largestNameCount);
  }

  draw(keys: Int32Array, at: number): number {
    return drawUniform(this.#seed, this.#run, keys[at * 2] as number, keys[at * 2 + 1] as number);
  }

  /** Step A. */
  begin(run: number): void {
    this.#run = run;
    const stamp = ++this.#stamp;
    const { originCount, suspectedLikelihood, suspectedKeys, maxHops, stepOffsets, stepTo, stepLikelihood, stepKeys } = this.#plan;
    const reachedIn = this.#reachedIn;
    const queue = this.#queue;
    let end = 0;
    for (; end < originCount; end++) {
      queue[end] = end;
      reachedIn[end] = stamp;
    }
    for (let i = 0; i < suspectedLikelihood.length; i++) {
      const likelihood = suspectedLikelihood[i] as number;
      if (likelihood < 1 && this.draw(suspectedKeys, i) >= likelihood) continue;
      queue[end++] = originCount + i;
      reachedIn[originCount + i] = stamp;
    }
    for (let hops = 0, start = 0; hops < maxHops && start < end; hops++) {
      const levelEnd = end;
      for (; start < levelEnd; start++) {
        const organization = queue[start] as number;
        for (let step = stepOffsets[organization] as number; step < (stepOffsets[organization + 1] as number); step++) {
          const next = stepTo[step] as number;
          if (reachedIn[next] === stamp) continue;
          const likelihood = stepLikelihood[step] as number;
          if (likelihood < 1 && this.draw(stepKeys, step) >= likelihood) continue;
          reachedIn[next] = stamp;
          queue[end++] = next;
        }
      }
    }
  }

  /** B: portion.low over the copies of a source that are taken. */
  disclosed(source: number): number {
    if (this.#knownIn[source] !== this.#stamp) {
      this.#knownIn[source] = this.#stamp;
      this.#disclosed[source] = this.#sumUp(source);
    }
    return this.#disclosed[source] as number;
  }

  #sumUp(source: number): number {
    const { copyOffsets, copyPortion, pieceStarts, nameOffsets, names, fragmentCount } = this.#plan;
    const pieceStart = pieceStarts[source] as number;
    const end = copyOffsets[source + 1] as number;
    let largest = 0;
    for (let copy = copyOffsets[source] as number; copy < pieceStart; copy++) {
      if (!this.#isTaken(copy)) continue;
      largest = copyPortion[copy] as number;
      break;
    }
    if (pieceStart === end || largest === 1) return largest;
    const stamp = ++this.#pieceStamp;
    let known = 0;
    for (let copy = pieceStart; copy < end; copy++) {
      if (!this.#isTaken(copy)) continue;
      for (let i = nameOffsets[copy] as number; i < (nameOffsets[copy + 1] as number); i++) {
        const name = names[i] as number;
        if (this.#takenIn[name] === stamp) continue;
        this.#takenIn[name] = stamp;
        known++;
      }
    }
    return lowPortion(shareOfPieces(known, fragmentCount[source] as number), largest);
  }

  #isTaken(copy: number): boolean {
    const { copyHolder, copyWeight, copyKeys } = this.#plan;
    if (this.#reachedIn[copyHolder[copy] as number] !== this.#stamp) return false;
    const weight = copyWeight[copy] as number;
    return weight === 1 || this.draw(copyKeys, copy) < weight;
  }
}

/* Coefficients of the three rational approximations, the highest power first. */
const nearNumerator = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438,
  3.3871328727963665,
];
const nearDenominator = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
const middleNumerator = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
  4.630337846156546, 1.4234371107496835,
];
const middleDenominator = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
  2.053191626637759, 1,
];
const farNumerator = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913,
  5.463784911164114, 6.657904643501103,
];
const farDenominator = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358,
  0.599832206555888, 1,
];

/**
 * The quantile of the standard normal distribution at probability `p`, in (0, 1); accurate to about 16 digits.
 *
 * Wichura's algorithm AS 241 (Applied Statistics 37, 1988). It rises with `p`. It uses only a logarithm and a square root,
 * so every machine computes the same number.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * evaluate(nearNumerator, r)) / evaluate(nearDenominator, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? evaluate(middleNumerator, r - 1.6) / evaluate(middleDenominator, r - 1.6)
      : evaluate(farNumerator, r - 5) / evaluate(farDenominator, r - 5);
  return q < 0 ? -size : size;
}

function evaluate(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
