import { labBit } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { isBlindSpot } from '../../rules/blind-spot.ts';
import { hasStarted, isCurrent } from '../../rules/engagement-term.ts';
import type { Dependent, RadiusInput, ReachedOrganization } from './radius-types.ts';

/** The organizations that rely on a reached one. */
export interface Dependents {
  readonly blindSpotCount: number;
  /** By rank, then id. Built on demand: in a large world, most organizations are dependents. */
  list(): readonly Dependent[];
}

/**
 * Finds the organizations that rely, by engagements, on a reached one, and the blind spots among them (semantics §5).
 *
 * Two breadth-first searches run upward from the reached organizations, from provider to client: one over all engagements that
 * count, and for the list one over current ones. Before the list is asked for, the first runs only if a lab has no artifact in the
 * radius. A dependent's path goes down. Each step uses the smallest engagement that leads one step nearer.
 *
 * @param isInRadius whether an artifact of the organization is in the radius
 * Complexity: O(organizations found + their engagements), and their paths.
 */
export function findDependents(
  projection: Projection,
  input: RadiusInput,
  reached: readonly ReachedOrganization[],
  isInRadius: (organization: number) => boolean,
): Dependents {
  const { engagements, organizations } = projection;
  const { widest } = input;
  const countsAtAll = (e: number) => hasStarted(engagements.startsAt[e] as number, widest.to);
  const isCurrentThen = (e: number) =>
    isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, widest.from, widest.to);

  const searchDown = (counts: (e: number) => boolean): Down => ({ distances: findDistances(projection, reached, counts), counts });
  let all: Down | undefined;
  const findAll = () => {
    all ??= searchDown(countsAtAll);
    return all;
  };
  const isLab = (organization: number) => ((organizations.roles[organization] as number) & labBit) !== 0;
  /** Whether a path of engagements leads from it to a reached organization, without it being reached itself. */
  const isDependent = (organization: number) => (findAll().distances[organization] as number) > 0;
  const isBlind = (organization: number) => isBlindSpot(isLab(organization), true, isInRadius(organization)) && isDependent(organization);

  let blindSpotCount = 0;
  for (let organization = 0; organization < organizations.count; organization++) if (isBlind(organization)) blindSpotCount++;

  return {
    blindSpotCount,
    list() {
      const current = searchDown(isCurrentThen);
      /** Lists by rank. Organizations ascend, so each list is in order. */
      const byRank: FoundDependent[][] = [];
      for (let organization = 0; organization < organizations.count; organization++) {
        if (!isDependent(organization)) continue;
        const isFormer = current.distances[organization] === unreached;
        const down = isFormer ? findAll() : current;
        const dependent = new FoundDependent(projection, organization, isFormer, isBlind(organization), down);
        const ranked = byRank[dependent.rank] ?? [];
        byRank[dependent.rank] = ranked;
        ranked.push(dependent);
      }
      return byRank.flat();
    },
  };
}

const unreached = -1;

/** The engagements that count, and over them the distance of each organization from a reached one. */
interface Down {
  readonly distances: Int32Array;
  readonly counts: (engagement: number) => boolean;
}

/** Finds its path on demand. */
class FoundDependent implements Dependent {
  readonly organization: number;
  readonly rank: number;
  readonly isFormer: boolean;
  readonly isBlindSpot: boolean;
  readonly #projection: Projection;
  readonly #down: Down;

  constructor(projection: Projection, organization: number, isFormer: boolean, isBlindSpot: boolean, down: Down) {
    this.#projection = projection;
    this.#down = down;
    this.organization = organization;
    this.rank = down.distances[organization] as number;
    this.isFormer = isFormer;
    this.isBlindSpot = isBlindSpot;
  }

  get path(): number[] {
    const { engagements, organizations } = this.#projection;
    const { distances, counts } = this.#down;
    const path: number[] = [];
    for (let client = this.organization, left = this.rank; left > 0; left--) {
      const step = rowOf(organizations.engagementsAsClient, client).find(
        (e) => distances[engagements.provider[e] as number] === left - 1 && counts(e),
      ) as number;
      path.push(step);
      client = engagements.provider[step] as number;
    }
    return path;
  }
}

/** The fewest engagements from each organization down to a reached one: 0 for reached ones, -1 without a path. Breadth first. */
function findDistances(
  projection: Projection,
  reached: readonly ReachedOrganization[],
  counts: (engagement: number) => boolean,
): Int32Array {
  const { engagements, organizations } = projection;
  const distances = new Int32Array(organizations.count).fill(unreached);
  const queue = new Int32Array(organizations.count);
  let found = 0;
  for (const { organization } of reached) {
    distances[organization] = 0;
    queue[found++] = organization;
  }
  const { offsets, values } = organizations.engagementsAsProvider;
  for (let at = 0; at < found; at++) {
    const provider = queue[at] as number;
    for (let i = offsets[provider] as number; i < (offsets[provider + 1] as number); i++) {
      const e = values[i] as number;
      const client = engagements.client[e] as number;
      if (distances[client] !== unreached || !counts(e)) continue;
      distances[client] = (distances[provider] as number) + 1;
      queue[found++] = client;
    }
  }
  return distances;
}
