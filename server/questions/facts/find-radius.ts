import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { generousCut } from '../../rules/reveal-cut.ts';
import type { FactPart } from '../../store/fact-store.ts';

/** The facts of a part, besides organizations, artifacts and engagements. */
export interface FoundPart {
  /** The artifacts whose transfers the part has, all of them. */
  readonly artifacts: readonly string[];
  /** Facts of kinds other than transfers. */
  readonly facts: ReadonlyMap<FactKind, readonly RecordedFact[]>;
}

/** The artifacts of which any of the organizations sent or received a copy, perhaps with others. */
export type FindHandled = (part: FactPart, organizations: readonly string[]) => Promise<string[]>;

/**
 * Finds the facts that a blast radius needs, besides organizations, artifacts and engagements. The page docs/decisions/parts-of-the-facts.md lists these facts and shows that
 * they suffice.
 *
 * @param base organizations and artifacts
 * @param input the question; this function ignores its scopes
 * Makes three round trips.
 */
export async function findRadius(part: FactPart, base: Projection, input: RadiusInput, findHandled: FindHandled): Promise<FoundPart> {
  const suspected = input.suspected ?? [];
  const starts = [...input.origins, ...suspected.map(({ organization }) => organization)].map((one) => base.organizations.id.get(one));
  const reached =
    input.maxHops === 0
      ? starts
      : await part.readSpread(starts, { max: input.maxHops, ...input.widest, alongTransfers: input.transferLikelihood > 0 });
  const [access, handled] = await Promise.all([part.readNaming('ACCESS', reached), findHandled(part, reached)]);
  const held = new Set([...handled, ...ownedBy(base, reached)]);
  const minDegree = generousCut(input.minDegree);
  const reveals = await part.readRevealsFrom([...held], minDegree);
  return {
    artifacts: findWithinReach(held, reveals, minDegree),
    facts: new Map<FactKind, readonly RecordedFact[]>([
      ['ACCESS', access],
      ['REVEALS', reveals],
    ]),
  };
}

function ownedBy({ artifacts, organizations }: Projection, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const organization = organizations.id.find(id);
    return organization < 0 ? [] : Array.from(rowOf(organizations.artifacts, organization), (artifact) => artifacts.id.get(artifact));
  });
}

/**
 * The held artifacts, and those that they reveal over any chain with a product of degrees of at least `minDegree`. No other
 * artifact can be in the radius, so the transfers of others are not read.
 *
 * Complexity: O(reveals x improvements of a product); improvements are few in practice.
 */
function findWithinReach(held: ReadonlySet<string>, reveals: readonly RecordedFact[], minDegree: number): string[] {
  const from = new Map<string, { readonly to: string; readonly degree: number }[]>();
  for (const { values } of reveals) {
    const [artifact, to, degree] = values as unknown as [string, string, number];
    const list = from.get(artifact) ?? [];
    from.set(artifact, list);
    list.push({ to, degree });
  }
  const best = new Map([...held].map((artifact) => [artifact, 1]));
  const queue = [...held];
  for (let next = 0; next < queue.length; next++) {
    const artifact = queue[next] as string;
    const product = best.get(artifact) as number;
    for (const { to, degree } of from.get(artifact) ?? []) {
      const reached = product * degree;
      if (reached < minDegree || reached <= (best.get(to) ?? 0)) continue;
      best.set(to, reached);
      queue.push(to);
    }
  }
  return [...best.keys()];
}
