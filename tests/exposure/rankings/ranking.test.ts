import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import type { OriginSettings } from '../../../server/exposure/rankings/origin-figures.ts';
import { listRanking, rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { buildProjection, ProjectionBuilder } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { generateWorld } from '../../bench/large-world.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { WorldBuilder } from '../../support/worlds/world.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const window = { from: 0, to: 1_000_000 };
const settings: OriginSettings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };

const project = (built: WorldBuilder): Projection => buildProjection(toRecordedFacts(built.build()), 1);

function positions(projection: Projection, ...[roles, order]: [Parameters<typeof listRanking>[2], Parameters<typeof listRanking>[3]]) {
  return listRanking(projection, rankOrigins(projection, settings), roles, order).map(
    ({ organization, position }) => `${position} ${projection.organizations.id.get(organization)}`,
  );
}

describe('a ranking of all organizations', () => {
  const built = world()
    .lab('lab')
    .vendor('v', 'w')
    .subcontractor('s')
    .toolProvider('tool')
    .artifact('x', 'lab', { valueHighUsd: 100 })
    .artifact('y', 'lab', { valueHighUsd: 100.004 })
    .transfer('t1', 'x', 'lab', 'v', { sentAt: 1 })
    .transfer('t2', 'y', 'lab', 'w', { sentAt: 1 })
    .transfer('t3', 'x', 'v', 's', { sentAt: 2, portion: 0.5 })
    .access('a', 'tool', 'v', { likelihood: 0.5 });

  it('[P61] sorts by the figure to the cent, then id; equal figures share a position, and the next position is skipped', () => {
    const projection = project(built);
    // 200.004, 100 and 100.004, rounded to the cent; half of 100 twice.
    expect(positions(projection, null, 'WEIGHTED_LOSS')).toEqual(['1 lab', '2 v', '2 w', '4 s', '4 tool']);
    expect(positions(projection, null, 'WORST_CASE_LOSS')).toEqual(['1 lab', '2 tool', '2 v', '2 w', '5 s']);
    expect(positions(projection, null, 'REACH')).toEqual(['1 tool', '2 lab', '2 s', '2 v', '2 w']);
    expect(positions(projection, null, 'ARTIFACTS')).toEqual(['1 lab', '2 s', '2 tool', '2 v', '2 w']);
    expect(positions(projection, null, 'LABS')).toEqual(['1 lab', '1 s', '1 tool', '1 v', '1 w']);
  });

  it('[P61] counts positions only among the requested organizations', () => {
    expect(positions(project(built), ['SUBCONTRACTOR', 'TOOL_PROVIDER'], 'WORST_CASE_LOSS')).toEqual(['1 tool', '2 s']);
    expect(positions(project(built), [], 'WORST_CASE_LOSS')).toEqual([]);
  });

  it('[P60] has the same figures as the radius of each organization, to the last digit', () => {
    const builder = new ProjectionBuilder();
    for (const fact of generateWorld({ organizations: 300, artifacts: 400, transfers: 6000 })) builder.add(fact.kind, [fact]);
    const projection = builder.build(1);
    const widest = { from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 9, 1) };
    const core = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 8, 2) };
    const options = { core, widest, maxHops: 3, transferLikelihood: 0.1, minDegree: 0.05 };
    const totals = rankOrigins(projection, options);
    for (let origin = 0; origin < projection.organizations.count; origin += 7) {
      const radius = findBlastRadius(projection, { ...options, origins: [origin], scopes: [] });
      const { affectedLabCount, blindSpotCount: _, ...summary } = radius.summary;
      expect(totals[origin]).toEqual({ ...summary, labCount: affectedLabCount, dependentCount: radius.dependents.length });
    }
  });

  it('[P245] has the same figures, progress without a step back, however little it keeps in memory at a time', () => {
    const builder = new ProjectionBuilder();
    for (const fact of generateWorld({ organizations: 60, artifacts: 80, transfers: 900, accessPerOrganization: 2, revealsPerArtifact: 2 }))
      builder.add(fact.kind, [fact]);
    const projection = builder.build(1);
    const options = { ...settings, core: { from: 0, to: Date.UTC(2026, 9, 1) }, widest: { from: 0, to: Date.UTC(2026, 9, 1) } };
    const all = rankOrigins(projection, options);
    for (const room of [
      { origins: 7, pairs: 1000, leads: 1 },
      { origins: 100, pairs: 1, leads: 100 },
    ]) {
      const seen: number[] = [];
      expect(rankOrigins(projection, options, (done) => seen.push(done), room)).toEqual(all);
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(seen.at(-1)).toBe(projection.organizations.count);
    }
  });

  it('[P60] is right if all have access to each other, and for a hub with 50,000 copies', () => {
    const everybody = world().lab('lab').artifact('x', 'lab', { valueHighUsd: 10 });
    for (let i = 0; i < 300; i++) everybody.vendor(`v${i}`);
    for (let i = 0; i < 300; i++) {
      for (let j = 0; j < 300; j++) if (i !== j) everybody.access(`${i}/${j}`, `v${i}`, `v${j}`, { likelihood: 0.5 });
    }
    everybody.transfer('t', 'x', 'lab', 'v7', { sentAt: 1 });
    const ranked = listRanking(project(everybody), rankOrigins(project(everybody), settings), null, 'WEIGHTED_LOSS');
    expect(ranked.map(({ weightedLossUsd, reachedCount }) => [weightedLossUsd, reachedCount])).toEqual([
      ...[
        [10, 1],
        [10, 300],
      ],
      ...Array.from({ length: 299 }, () => [5, 300]),
    ]);

    const hub = world().lab('lab').vendor('hub', 'w');
    for (let i = 0; i < 50_000; i++) {
      hub.artifact(`x${i}`, 'lab', { valueHighUsd: 1 });
      hub.transfer(`t${i}`, `x${i}`, 'lab', 'hub', { sentAt: 1 });
    }
    hub.access('a', 'w', 'hub', { likelihood: 0.25 });
    const hubs = project(hub);
    expect(rankOrigins(hubs, settings).map((totals) => totals.weightedLossUsd)).toEqual([50_000, 50_000, 12_500]);
  });
});
