import type { OriginSettings } from '../../../server/exposure/rankings/origin-figures.ts';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { WorldBuilder } from '../../support/worlds/world.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const window = { from: 100, to: 200 };
const settings: OriginSettings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };

/** The number of dependents of each organization, by id. */
function count(built: WorldBuilder): Record<string, number> {
  const projection = buildProjection(toRecordedFacts(built.build()), 1);
  return Object.fromEntries(
    rankOrigins(projection, settings).map(({ dependentCount }, origin) => [projection.organizations.id.get(origin), dependentCount]),
  );
}

describe('the number of dependents of each origin', () => {
  it('[P160] counts clients of clients once each, also former ones, but no client whose engagement starts after the window', () => {
    const built = world()
      .lab('lab', 'late')
      .vendor('v', 'w', 'cloud')
      .engagement('1', 'lab', 'v')
      .engagement('2', 'lab', 'w', { endsAt: 50 })
      .engagement('3', 'v', 'cloud')
      .engagement('4', 'w', 'cloud')
      .engagement('5', 'w', 'cloud')
      .engagement('6', 'late', 'cloud', { startsAt: 201 });
    expect(count(built)).toEqual({ cloud: 3, lab: 0, late: 0, v: 1, w: 1 });
  });

  it('[P160] counts the dependents of the reached organizations, but no reached organization', () => {
    const built = world()
      .lab('lab')
      .vendor('v')
      .toolProvider('tool')
      .access('a', 'tool', 'v')
      .engagement('1', 'lab', 'v')
      .engagement('2', 'v', 'tool');
    expect(count(built)).toEqual({ lab: 0, tool: 1, v: 1 });
  });

  it('[P160] counts all others in a circle, and all that lead to it', () => {
    const built = world().vendor('a', 'b', 'c', 'd', 'e');
    ['a', 'b', 'c', 'a'].forEach((client, i, all) => {
      const provider = all[i + 1];
      if (provider !== undefined) built.engagement(`${client}${provider}`, client, provider);
    });
    built.engagement('da', 'd', 'a').engagement('be', 'b', 'e');
    expect(count(built)).toEqual({ a: 3, b: 3, c: 3, d: 0, e: 4 });
  });

  it('[P160] counts along a chain of 20,000, and around a hub, in seconds', () => {
    const built = world();
    const ids = Array.from({ length: 20_000 }, (_, i) => `v${String(i).padStart(5, '0')}`);
    built.vendor(...ids);
    ids.forEach((id, i) => {
      const next = ids[i + 1];
      if (next !== undefined) built.engagement(`e${i}`, id, next);
    });
    const counts = count(built);
    expect(ids.every((id, i) => counts[id] === i)).toBe(true);
  });
});
