import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';

/** Client and provider of one engagement, by organization ids. */
export interface ChainLink {
  readonly id: string;
  readonly client: string;
  readonly provider: string;
}

export interface SupplyChains<L extends ChainLink> {
  /** Organizations whose own contracts the register lists, by id. */
  readonly entities: readonly string[];
  /** Engagements whose client is an entity, by client, then provider, then id. */
  readonly direct: readonly L[];
  /** The engagements below a direct one, nearest first. The rank of the direct provider is 1. */
  chainOf(direct: L): Generator<{ readonly link: L; readonly rank: number }>;
}

/**
 * Splits engagements into direct contracts and the chains below them.
 *
 * An entity is a client that counts as one, or that nobody engages. Where a cycle of engagements hangs on no entity, its first client by
 * id becomes one, so that every engagement has a place. A chain ends where an entity begins: that entity's own contracts are direct.
 *
 * Complexity: O(n log n) for n engagements; a chain costs its own length.
 */
export function findSupplyChains<L extends ChainLink>(links: readonly L[], isEntity: (organization: string) => boolean): SupplyChains<L> {
  const sorted = [...links].sort(
    (a, b) => compareCodePoints(a.client, b.client) || compareCodePoints(a.provider, b.provider) || compareCodePoints(a.id, b.id),
  );
  const byClient = new Map<string, L[]>();
  for (const link of sorted) getOrInsert(byClient, link.client, () => []).push(link);
  const providers = new Set(sorted.map(({ provider }) => provider));
  const entities = new Set([...byClient.keys()].filter((client) => isEntity(client) || !providers.has(client)));

  const reached = new Set<string>();
  const reach = (start: string) => {
    const waiting = [start];
    for (let client = waiting.pop(); client !== undefined; client = waiting.pop()) {
      if (reached.has(client)) continue;
      reached.add(client);
      for (const { provider } of byClient.get(client) ?? []) waiting.push(provider);
    }
  };
  for (const entity of entities) reach(entity);
  for (const client of byClient.keys()) {
    if (reached.has(client)) continue;
    entities.add(client);
    reach(client);
  }

  return {
    entities: [...entities].sort(compareCodePoints),
    direct: sorted.filter(({ client }) => entities.has(client)),
    *chainOf(direct) {
      const seen = new Set<string>([direct.provider]);
      let level = entities.has(direct.provider) ? [] : [direct.provider];
      for (let rank = 2; level.length > 0; rank++) {
        const next: string[] = [];
        for (const link of level.flatMap((client) => byClient.get(client) ?? [])) {
          yield { link, rank };
          if (seen.has(link.provider) || entities.has(link.provider)) continue;
          seen.add(link.provider);
          next.push(link.provider);
        }
        level = next;
      }
    },
  };
}
