import { organizationRoles } from '../../../server/domain/facts.ts';
import type { Stated, World } from '../worlds/world.ts';
import { factsOf } from '../worlds/world.ts';
import { byCodePoint } from './order.ts';

/**
 * §1, merges, the plain way. Replaces every id by the id that it means, and removes facts with two equal ends. Of several pieces of
 * evidence for one control, the organization's own counts, or else the one of the smallest id.
 *
 * @param mergedInto without circles, and only among organizations of the world
 */
export function oracleMerges(world: World, mergedInto: ReadonlyMap<string, string>): World {
  const mean = (id: string): string => (mergedInto.has(id) ? mean(mergedInto.get(id) as string) : id);
  const organizations = factsOf(world, 'ORGANIZATION')
    .filter(({ id }) => mean(id) === id)
    .map((root) => {
      const members = factsOf(world, 'ORGANIZATION')
        .filter(({ id }) => id !== root.id && mean(id) === root.id)
        .sort((a, b) => byCodePoint(a.id, b.id));
      if (members.length === 0) return root;
      const aliases = [...root.aliases, ...members.flatMap(({ name, aliases: more }) => [name, ...more])];
      const roles = [root, ...members].flatMap((of) => of.roles);
      return {
        ...root,
        aliases: [...new Set(aliases)].filter((alias) => alias !== root.name),
        roles: organizationRoles.filter((role) => roles.includes(role)),
      };
    });
  const controls = factsOf(world, 'CONTROL').filter(({ organization, control }) => {
    const rivals = factsOf(world, 'CONTROL').filter(
      (other) => other.control === control && mean(other.organization) === mean(organization),
    );
    const own = rivals.find((other) => other.organization === mean(organization));
    return (own ?? rivals.sort((a, b) => byCodePoint(a.organization, b.organization))[0])?.organization === organization;
  });
  const hidden = new Set(
    factsOf(world, 'ENGAGEMENT')
      .filter(({ client, provider }) => mean(client) === mean(provider))
      .map(({ id }) => id),
  );
  const others = world.facts.flatMap((fact): Stated[] => {
    switch (fact.kind) {
      case 'ARTIFACT':
        return [{ ...fact, owner: mean(fact.owner) }];
      case 'TRANSFER':
        if (mean(fact.sender) === mean(fact.recipient)) return [];
        return [
          {
            ...fact,
            sender: mean(fact.sender),
            recipient: mean(fact.recipient),
            engagement: fact.engagement === null || hidden.has(fact.engagement) ? null : fact.engagement,
          },
        ];
      case 'ACCESS':
        return mean(fact.grantee) === mean(fact.grantor) ? [] : [{ ...fact, grantee: mean(fact.grantee), grantor: mean(fact.grantor) }];
      case 'ENGAGEMENT':
        return mean(fact.client) === mean(fact.provider) ? [] : [{ ...fact, client: mean(fact.client), provider: mean(fact.provider) }];
      case 'REVEALS':
        return [fact];
      default:
        return [];
    }
  });
  const evidence = controls.map((fact) => ({
    ...fact,
    organization: mean(fact.organization),
    issuer: fact.issuer === null ? null : mean(fact.issuer),
  }));
  return { facts: [...organizations, ...others, ...evidence] };
}
