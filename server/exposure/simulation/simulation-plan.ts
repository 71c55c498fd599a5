import { getOrInsert } from '../../domain/get-or-insert.ts';
import { fitLognormal } from '../../domain/lognormal.ts';
import { sharedFloat64, sharedInt32, sharedUint32 } from '../../projection/columns/shared-memory.ts';
import { copyId } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { HeldCopies, TieredCopy } from '../radius/radius-types.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import { SpreadSteps } from '../radius/spread.ts';
import { randomKey } from './counter-random.ts';

/**
 * The parts of a radius that simulation runs need, as typed arrays over shared memory. A worker uses the plan without a copy and
 * without a projection.
 *
 * The plan has its own numbers for organizations, sources and targets. An organization's number is its position in `reached`, so
 * origins come first, then the suspected ones. Sources are the artifacts with a copy that a run may take, ascending. Targets are the artifacts with a value
 * that the sources may disclose, ascending. A key is two consecutive 32-bit numbers.
 */
export interface SimulationPlan {
  readonly maxHops: number;
  readonly originCount: number;
  /** The suspected origins in their order: the chance that a run begins at each, and its key. */
  readonly suspectedLikelihood: Float64Array;
  readonly suspectedKeys: Int32Array;
  readonly organizationCount: number;
  /** organization -> its steps. */
  readonly stepOffsets: Uint32Array;
  readonly stepTo: Int32Array;
  readonly stepLikelihood: Float64Array;
  readonly stepKeys: Int32Array;
  /** source -> its copies: first those without named pieces, the largest portion first, then from `pieceStarts` on those with pieces. */
  readonly copyOffsets: Uint32Array;
  readonly pieceStarts: Uint32Array;
  readonly copyHolder: Int32Array;
  readonly copyWeight: Float64Array;
  readonly copyPortion: Float64Array;
  readonly copyKeys: Int32Array;
  /** copy -> the pieces that it names, numbered from 0 within each source. */
  readonly nameOffsets: Uint32Array;
  readonly names: Int32Array;
  readonly largestNameCount: number;
  /** source -> the number of its pieces; 0: not divided. */
  readonly fragmentCount: Uint32Array;
  /** target -> the sources that disclose it. The target itself is one, with a product of 1. */
  readonly leadOffsets: Uint32Array;
  readonly leadSource: Int32Array;
  readonly leadProduct: Float64Array;
  /** target -> its lab's position among the affected labs, and its value. */
  readonly lab: Int32Array;
  readonly meanValueUsd: Float64Array;
  readonly mu: Float64Array;
  readonly sigma: Float64Array;
  readonly valueKeys: Int32Array;
  readonly labCount: number;
}

/**
 * Extracts the plan of a simulation from a radius (semantics §7). Yields after each organization or artifact. Leaves out copies of
 * weight 0, because a run never takes a CONTAINED copy.
 *
 * Complexity: O(steps out of the reached + their copies with a tier + reveals within reach).
 */
export function* buildSimulationPlan(radius: BlastRadius): Steps<SimulationPlan> {
  const { projection, input } = radius;
  const places = new Map(radius.reached.map(({ organization }, place) => [organization, place]));
  const sources = [...radius.held.values()].filter(({ open }) => open.length > 0).sort((a, b) => a.artifact - b.artifact);
  return {
    maxHops: input.maxHops,
    originCount: input.origins.length,
    ...planSuspected(radius),
    organizationCount: radius.reached.length,
    ...(yield* planSteps(radius, places)),
    ...(yield* planCopies(projection, sources, places)),
    ...(yield* planTargets(radius, sources)),
    labCount: radius.labs.length,
  };
}

function planSuspected({ projection, input, reached }: BlastRadius) {
  const likelihoods = new Map(input.suspected?.map(({ organization, likelihood }) => [organization, likelihood]));
  const suspected = reached.filter(({ isSuspected }) => isSuspected).map(({ organization }) => organization);
  return {
    suspectedLikelihood: toFloat64(suspected.map((organization) => likelihoods.get(organization) as number)),
    suspectedKeys: toInt32(suspected.flatMap((organization) => randomKey('suspected', projection.organizations.id.get(organization)))),
  };
}

/** Leaves out steps into an origin, and steps out of an organization at the maximum number of hops: they open nothing. */
function* planSteps({ projection, input, reached, scenario }: BlastRadius, places: ReadonlyMap<number, number>) {
  const { access, organizations } = projection;
  const steps = new SpreadSteps(projection, input, scenario);
  const to: number[] = [];
  const likelihoods: number[] = [];
  const keys: number[] = [];
  const stepOffsets = sharedUint32(reached.length + 1);
  for (const [place, { organization, hops }] of reached.entries()) {
    const recipients = new Set<number>();
    if (hops < input.maxHops) {
      steps.eachFrom(organization, (next, likelihood, a) => {
        const nextPlace = places.get(next) as number;
        if (nextPlace < input.origins.length || (a === none && recipients.has(next))) return;
        to.push(nextPlace);
        likelihoods.push(likelihood);
        if (a === none) {
          recipients.add(next);
          keys.push(...randomKey('transfers', organizations.id.get(organization), organizations.id.get(next)));
        } else keys.push(...randomKey('access', access.id.get(a)));
      });
    }
    stepOffsets[place + 1] = to.length;
    yield;
  }
  return { stepOffsets, stepTo: toInt32(to), stepLikelihood: toFloat64(likelihoods), stepKeys: toInt32(keys) };
}

function* planCopies(projection: Projection, sources: readonly HeldCopies[], places: ReadonlyMap<number, number>) {
  const { artifacts, copies, transfers } = projection;
  const copyCount = sources.reduce((sum, { open }) => sum + open.length, 0);
  const copyOffsets = sharedUint32(sources.length + 1);
  const pieceStarts = sharedUint32(sources.length);
  const copyHolder = sharedInt32(copyCount);
  const copyWeight = sharedFloat64(copyCount);
  const copyPortion = sharedFloat64(copyCount);
  const copyKeys = sharedInt32(copyCount * 2);
  const nameOffsets = sharedUint32(copyCount + 1);
  const names: number[] = [];
  const fragmentCount = sharedUint32(sources.length);
  let largestNameCount = 0;
  let at = 0;
  const place = ({ copy, weight }: TieredCopy) => {
    copyHolder[at] = places.get(copies.holder.at(copy)) as number;
    copyWeight[at] = weight;
    copyPortion[at] = copies.portion.at(copy);
    const [key0, key1] = randomKey('copy', copyId(projection, copy));
    copyKeys[at * 2] = key0;
    copyKeys[at * 2 + 1] = key1;
    at++;
    nameOffsets[at] = names.length;
  };
  for (const [source, { artifact, open }] of sources.entries()) {
    const count = artifacts.fragmentCount[artifact] as number;
    fragmentCount[source] = count;
    const namesOf = ({ copy }: TieredCopy) => {
      const transfer = copies.transfer.at(copy);
      return count === 0 || transfer === none ? new Int32Array(0) : transfers.fragments.codesOf(transfer);
    };
    const whole = open.filter((tiered) => namesOf(tiered).length === 0);
    whole.sort((a, b) => copies.portion.at(b.copy) - copies.portion.at(a.copy) || a.copy - b.copy);
    whole.forEach(place);
    pieceStarts[source] = at;
    const numbers = new Map<number, number>();
    for (const tiered of open) {
      const own = namesOf(tiered);
      if (own.length === 0) continue;
      for (const name of own) {
        if (!numbers.has(name)) numbers.set(name, numbers.size);
        names.push(numbers.get(name) as number);
      }
      place(tiered);
    }
    largestNameCount = Math.max(largestNameCount, numbers.size);
    copyOffsets[source + 1] = at;
    yield;
  }
  return {
    copyOffsets,
    pieceStarts,
    copyHolder,
    copyWeight,
    copyPortion,
    copyKeys,
    nameOffsets,
    names: toInt32(names),
    largestNameCount,
    fragmentCount,
  };
}

function* planTargets({ projection, input, labs }: BlastRadius, sources: readonly HeldCopies[]) {
  const { artifacts } = projection;
  const closures = getRevealClosures(projection, input.minDegree);
  const leadsTo = new Map<number, { source: number; product: number }[]>();
  const lead = (target: number, source: number, product: number) => {
    if ((artifacts.worstValueUsd[target] as number) === 0) return;
    getOrInsert(leadsTo, target, () => []).push({ source, product });
  };
  for (const [source, { artifact }] of sources.entries()) {
    lead(artifact, source, 1);
    const { targets, products } = closures.of(artifact);
    targets.forEach((target, i) => {
      lead(target, source, products[i] as number);
    });
    yield;
  }
  const targets = [...leadsTo].sort(([a], [b]) => a - b);
  const labPlaces = new Map(labs.map(({ lab }, place) => [lab, place]));
  const keys = targets.flatMap(([target]) => randomKey('value', artifacts.id.get(target)));
  const fits = targets.map(([target]) => {
    const high = artifacts.worstValueUsd[target] as number;
    const low = artifacts.valueLowUsd[target] as number;
    return fitLognormal(Number.isNaN(low) ? high : low, high);
  });
  const leads = targets.flatMap(([, found]) => found);
  const leadOffsets = sharedUint32(targets.length + 1);
  targets.forEach(([, found], target) => {
    leadOffsets[target + 1] = (leadOffsets[target] as number) + found.length;
  });
  return {
    leadOffsets,
    leadSource: toInt32(leads.map(({ source }) => source)),
    leadProduct: toFloat64(leads.map(({ product }) => product)),
    lab: toInt32(targets.map(([target]) => labPlaces.get(artifacts.owner[target] as number) as number)),
    meanValueUsd: toFloat64(targets.map(([target]) => artifacts.meanValueUsd[target] as number)),
    mu: toFloat64(fits.map(({ mu }) => mu)),
    sigma: toFloat64(fits.map(({ sigma }) => sigma)),
    valueKeys: toInt32(keys),
  };
}

function toInt32(values: readonly number[]): Int32Array {
  const array = sharedInt32(values.length);
  array.set(values);
  return array;
}

function toFloat64(values: readonly number[]): Float64Array {
  const array = sharedFloat64(values.length);
  array.set(values);
  return array;
}
