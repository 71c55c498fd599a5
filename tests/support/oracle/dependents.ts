import type { Engagement, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byCodePoint, byKeys } from './order.ts';
import type { Question } from './question.ts';

export interface OracleDependent {
  readonly organization: string;
  readonly rank: number;
  readonly path: readonly string[];
  readonly isFormer: boolean;
  readonly isBlindSpot: boolean;
}

/** §5. `inRadius`: the artifacts in the radius, at any tier. */
export function oracleDependents(
  world: World,
  question: Question,
  reached: ReadonlySet<string>,
  inRadius: ReadonlySet<string>,
): OracleDependent[] {
  const counting = factsOf(world, 'ENGAGEMENT').filter(({ startsAt }) => startsAt === null || startsAt <= question.widest.to);
  const current = counting.filter(({ endsAt }) => endsAt === null || endsAt > question.widest.from);
  const dependents: OracleDependent[] = [];
  for (const organization of factsOf(world, 'ORGANIZATION')) {
    if (reached.has(organization.id)) continue;
    const currentPath = shortestPath(current, organization.id, reached);
    const path = currentPath ?? shortestPath(counting, organization.id, reached);
    if (path === undefined) continue;
    const owned = factsOf(world, 'ARTIFACT').filter(({ owner }) => owner === organization.id);
    dependents.push({
      organization: organization.id,
      rank: path.length,
      path,
      isFormer: currentPath === undefined,
      isBlindSpot: organization.roles.includes('LAB') && !owned.some(({ id }) => inRadius.has(id)),
    });
  }
  return dependents.sort(
    byKeys(
      ({ rank }) => rank,
      ({ organization }) => organization,
    ),
  );
}

/** The path with the fewest engagements from `start` down to a reached organization. The smallest ids decide ties, going down. */
function shortestPath(engagements: readonly Engagement[], start: string, reached: ReadonlySet<string>): string[] | undefined {
  // All paths of one length, in the order of their ids. Only the first path to each organization can be a part of the answer.
  let ends = new Map<string, string[]>([[start, []]]);
  const seen = new Set([start]);
  while (ends.size > 0) {
    const next = new Map<string, string[]>();
    for (const [client, path] of ends) {
      for (const engagement of engagements.filter((other) => other.client === client)) {
        const longer = [...path, engagement.id];
        const known = next.get(engagement.provider);
        if (known === undefined || comparePaths(longer, known) < 0) next.set(engagement.provider, longer);
      }
    }
    const arrived = [...next].filter(([provider]) => reached.has(provider)).map(([, path]) => path);
    if (arrived.length > 0) return arrived.sort(comparePaths)[0];
    for (const provider of [...next.keys()]) {
      if (seen.has(provider)) next.delete(provider);
      else seen.add(provider);
    }
    ends = next;
  }
  return undefined;
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = byCodePoint(a[i] as string, b[i] as string);
    if (difference !== 0) return difference;
  }
  return 0;
}
