import { compareLargestFirst } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import type { OnProgress } from '../../projection/turns.ts';
import type { Tier } from '../../rules/copy-tier.ts';
import { isOpen, strongerTier, tierAtOrigin, tierBySpread } from '../../rules/copy-tier.ts';
import { chanceOf } from '../../rules/way-figures.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import type { StepTable } from '../radius/spread.ts';
import { buildStepTable, SpreadSteps } from '../radius/spread.ts';
import { BoundedSpread } from './origin-batch.ts';
import type { OriginSettings } from './origin-figures.ts';
import type { RankedCopies } from './ranked-copies.ts';
import { noWeight, weighCopy } from './ranked-copies.ts';
import type { RankedFacts, RankingPart } from './ranking.ts';

/*
 * Finds who could leak an artifact (semantics §9), starting from the artifact: the holders of a way in, and the organizations
 * that reach them. Neither a radius nor a ranking is needed.
 */

export interface ExposingOrganization {
  readonly organization: number;
  readonly tier: Tier;
  readonly likelihood: number;
}

/** The number of organizations, other than the owner, whose compromise alone would put an artifact into the radius. */
export interface ExposureCount {
  readonly artifact: number;
  readonly count: number;
  /** `count` over the number of all organizations but the owner; 0 if there is no other. */
  readonly share: number;
}

/**
 * The organizations other than the owner whose compromise alone puts an artifact into the radius, at any tier; by
 * likelihood descending, then id.
 *
 * A  Find the holders: organizations with a copy of the artifact that has a tier, or a readable copy of one that reveals it.
 * B  Walk the spread's steps backward, at most `maxHops`: this gives the candidates, and the distance of each from a holder.
 * C  Walk forward from each candidate, so that products multiply in the order of §3, but only while a holder is still in reach.
 *
 * Complexity: O(copies of the artifact and of those that reveal it), and for each candidate the steps among candidates.
 */
export function findExposing(projection: Projection, settings: OriginSettings, artifact: number): ExposingOrganization[] {
  const weights = weighHolders(projection, settings, weighedCopies(projection, settings), artifact);
  const distances = findDistances(projection, settings, weights.keys());
  const candidates = [...distances.keys()];
  const spread = new BoundedSpread(
    stepsAmong(projection, settings, candidates),
    settings.maxHops,
    candidates.map((candidate) => distances.get(candidate) as number),
  );
  const weightOf = candidates.map((candidate) => weights.get(candidate) ?? 0);
  const exposing: ExposingOrganization[] = [];
  candidates.forEach((organization, origin) => {
    if (organization === projection.artifacts.owner[artifact]) return;
    spread.from(origin);
    let likelihood = 0;
    let largest = 0;
    for (const reached of spread.reached) {
      const weight = weightOf[reached] as number;
      likelihood = Math.max(likelihood, chanceOf(spread.likelihood[reached] as number, weight));
      largest = Math.max(largest, weight);
    }
    const tier = strongerTier(tierAtOrigin(weightOf[origin] as number), tierBySpread(largest)) as Tier;
    exposing.push({ organization, tier, likelihood });
  });
  return exposing.sort((a, b) => compareLargestFirst(a.likelihood, b.likelihood) || a.organization - b.organization);
}

/**
 * Counts the exposing organizations of every artifact, in the order of artifacts.
 *
 * @param onProgress called after each artifact
 * @param part every `count`-th artifact, from `first` on; or these, in their order
 * @param facts in place of the copies and transfers of the projection
 * Complexity: O(copies + steps) once, then for each artifact its holders and the organizations that reach them.
 */
export function countExposures(
  projection: Projection,
  settings: OriginSettings,
  onProgress?: OnProgress,
  part: RankingPart | readonly number[] = { first: 0, count: 1 },
  facts?: RankedFacts,
): ExposureCount[] {
  const { artifacts, organizations } = projection;
  const { offsets, ends } = buildStepTable(projection, settings, 'into', facts?.pairs);
  const weighed = facts === undefined ? weighedCopies(projection, settings) : weighedPlaces(facts.copies);
  const seen = new Uint32Array(organizations.count);
  const queue = new Int32Array(organizations.count);
  const others = organizations.count - 1;
  const counts: ExposureCount[] = [];
  const wanted = 'first' in part ? everyOf(part, artifacts.count) : part;
  for (const artifact of wanted) {
    let length = 0;
    const take = (organization: number) => {
      if (seen[organization] === artifact + 1) return;
      seen[organization] = artifact + 1;
      queue[length++] = organization;
    };
    for (const holder of weighHolders(projection, settings, weighed, artifact).keys()) take(holder);
    for (let hops = 0, at = 0; hops < settings.maxHops && at < length; hops++) {
      for (const end = length; at < end; at++) {
        const to = queue[at] as number;
        for (let s = offsets[to] as number; s < (offsets[to + 1] as number); s++) take(ends[s] as number);
      }
    }
    const isOwnerAmong = seen[artifacts.owner[artifact] as number] === artifact + 1;
    const count = isOwnerAmong ? length - 1 : length;
    counts.push({ artifact, count, share: shareOf(count, others) });
    onProgress?.(artifact + 1, artifacts.count);
  }
  return counts;
}

function* everyOf({ first, count }: RankingPart, end: number): Generator<number> {
  for (let artifact = first; artifact < end; artifact += count) yield artifact;
}

/** @param others the number of organizations without the owner */
export function shareOf(count: number, others: number): number {
  return others === 0 ? 0 : count / others;
}

/** Visits the copies of an artifact that have a tier, with their weights (§4). */
type WeighedCopies = (artifact: number, visit: (holder: number, weight: number) => void) => void;

function weighedCopies(projection: Projection, settings: OriginSettings): WeighedCopies {
  const { artifacts, copies } = projection;
  return (artifact, visit) => {
    for (const copy of rowOf(artifacts.copies, artifact)) {
      const weight = weighCopy(projection, settings, copy);
      if (weight !== noWeight) visit(copies.holder.at(copy), weight);
    }
  };
}

function weighedPlaces({ offsets, holder, weight }: RankedCopies): WeighedCopies {
  return (artifact, visit) => {
    for (let i = offsets[artifact] as number; i < (offsets[artifact + 1] as number); i++) visit(holder[i] as number, weight[i] as number);
  };
}

/** A: each holder's largest weight (§4). */
function weighHolders(projection: Projection, settings: OriginSettings, weighed: WeighedCopies, artifact: number): Map<number, number> {
  const weights = new Map<number, number>();
  const weigh = (of: number, isCounted: (weight: number) => boolean) =>
    weighed(of, (holder, weight) => {
      if (isCounted(weight)) weights.set(holder, Math.max(weight, weights.get(holder) ?? 0));
    });
  weigh(artifact, () => true);
  for (const source of getRevealClosures(projection, settings.minDegree).sourcesOf(artifact)) weigh(source, isOpen);
  return weights;
}

/** B: the fewest steps, at most `maxHops`, from each organization to a holder. */
function findDistances(projection: Projection, settings: OriginSettings, holders: Iterable<number>): Map<number, number> {
  const steps = new SpreadSteps(projection, settings);
  const distances = new Map<number, number>();
  for (const holder of holders) distances.set(holder, 0);
  // Iterating a Map also visits entries added meanwhile, so it is its own queue.
  for (const [to, distance] of distances) {
    if (distance === settings.maxHops) break;
    steps.eachInto(to, (from) => getOrInsert(distances, from, () => distance + 1));
  }
  return distances;
}

/** C: the steps among candidates. A candidate's number is its place in the list. */
function stepsAmong(projection: Projection, settings: OriginSettings, candidates: readonly number[]): StepTable {
  const steps = new SpreadSteps(projection, settings);
  const placeOf = new Map(candidates.map((organization, place) => [organization, place]));
  const offsets = new Uint32Array(candidates.length + 1);
  const ends: number[] = [];
  const likelihoods: number[] = [];
  candidates.forEach((from, place) => {
    const best = new Map<number, number>();
    steps.eachFrom(from, (to, likelihood) => {
      const end = placeOf.get(to);
      if (end !== undefined) best.set(end, Math.max(likelihood, best.get(end) ?? 0));
    });
    for (const [end, likelihood] of best) {
      ends.push(end);
      likelihoods.push(likelihood);
    }
    offsets[place + 1] = ends.length;
  });
  return { offsets, ends: Int32Array.from(ends), likelihoods: Float64Array.from(likelihoods) };
}
