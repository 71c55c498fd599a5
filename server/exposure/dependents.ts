import { organizationRoles } from '../domain/facts.ts';
import { rowOf } from '../projection/csr.ts';
import type { Projection } from '../projection/projection.ts';
import type { Dependent, ExposedArtifact, RadiusInput } from './blast-radius.ts';

const labBit = 1 << organizationRoles.indexOf('LAB');

/**
 * Who relies on a reached organization, by engagements, and whether anybody knows what that holds (semantics §5).
 *
 * Distances are found upward, from the reached organizations to clients of clients: first over engagements that are
 * current, then, for those that these do not lead to, over all that count. The path of a dependent goes down by the
 * smallest engagement that comes one nearer.
 *
 * @returns by rank, then id
 * Complexity: O(organizations found + their engagements), and their paths.
 */
export function findDependents(
  projection: Projection,
  input: RadiusInput,
  reachedAt: ReadonlyMap<number, unknown>,
  artifacts: readonly ExposedArtifact[],
): Dependent[] {
  const { engagements, organizations } = projection;
  const { widest } = input;
  const counts = (e: number) => !((engagements.startsAt[e] as number) > widest.to);
  const isCurrent = (e: number) => counts(e) && !((engagements.endsAt[e] as number) <= widest.from);

  const overCurrent = findDistances(projection, reachedAt, isCurrent);
  const overAll = findDistances(projection, reachedAt, counts);
  const inRadius = new Set(artifacts.map(({ artifact }) => projection.artifacts.owner[artifact] as number));

  const dependents: Dependent[] = [];
  for (const organization of overAll.keys()) {
    if (reachedAt.has(organization)) continue;
    const isFormer = !overCurrent.has(organization);
    const distances = isFormer ? overAll : overCurrent;
    const isLab = ((organizations.roles[organization] as number) & labBit) !== 0;
    dependents.push({
      organization,
      rank: distances.get(organization) as number,
      isFormer,
      isBlindSpot: isLab && !inRadius.has(organization),
      get path() {
        return findPathDown(projection, organization, distances, isFormer ? counts : isCurrent);
      },
    });
  }
  return dependents.sort((a, b) => a.rank - b.rank || a.organization - b.organization);
}

/** Fewest engagements from an organization down to a reached one (0 for these). */
function findDistances(
  projection: Projection,
  reachedAt: ReadonlyMap<number, unknown>,
  counts: (engagement: number) => boolean,
): Map<number, number> {
  const { engagements, organizations } = projection;
  const distances = new Map<number, number>([...reachedAt.keys()].map((organization) => [organization, 0]));
  // A Map visits what is added while it is iterated: breadth first.
  for (const [provider, distance] of distances) {
    for (const e of rowOf(organizations.engagementsAsProvider, provider)) {
      const client = engagements.client[e] as number;
      if (!distances.has(client) && counts(e)) distances.set(client, distance + 1);
    }
  }
  return distances;
}

function findPathDown(
  projection: Projection,
  from: number,
  distances: ReadonlyMap<number, number>,
  counts: (engagement: number) => boolean,
): number[] {
  const { engagements, organizations } = projection;
  const path: number[] = [];
  for (let client = from, left = distances.get(from) as number; left > 0; left--) {
    const step = rowOf(organizations.engagementsAsClient, client).find(
      (e) => distances.get(engagements.provider[e] as number) === left - 1 && counts(e),
    ) as number;
    path.push(step);
    client = engagements.provider[step] as number;
  }
  return path;
}
