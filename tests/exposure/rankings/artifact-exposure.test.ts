import { countExposures, findExposing } from '../../../server/exposure/rankings/artifact-exposure.ts';
import type { OriginSettings } from '../../../server/exposure/rankings/origin-figures.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { WorldBuilder } from '../../support/worlds/world.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const window = { from: 0, to: 1_000_000 };
const settings: OriginSettings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };

function expose(built: WorldBuilder, artifact: string, options: Partial<OriginSettings> = {}) {
  const projection = buildProjection(toRecordedFacts(built.build()), 1);
  const index = projection.artifacts.id.find(artifact);
  const exposing = findExposing(projection, { ...settings, ...options }, index);
  const count = countExposures(projection, { ...settings, ...options })[index]?.count;
  return {
    count,
    rows: exposing.map(({ organization, tier, likelihood }) => `${projection.organizations.id.get(organization)} ${tier} ${likelihood}`),
  };
}

describe('[P62] the exposure of an artifact', () => {
  it('counts the holders of the artifact or of an artifact that reveals it, and all who reach them, except the owner', () => {
    const built = world()
      .lab('lab')
      .vendor('held', 'viewer', 'reader', 'far', 'near', 'nobody')
      .artifact('x', 'lab')
      .artifact('y', 'lab')
      .reveals('y', 'x', 0.5)
      .transfer('t1', 'x', 'lab', 'held', { sentAt: 1 })
      .transfer('t2', 'x', 'lab', 'viewer', { sentAt: 1, form: 'VIEW_ONLY' })
      .transfer('t3', 'y', 'lab', 'reader', { sentAt: 1, confidence: 0.3 })
      .access('a1', 'near', 'held', { likelihood: 0.5 })
      .access('a2', 'far', 'near', { likelihood: 0.5 })
      .access('a3', 'viewer', 'lab', { likelihood: 0.1 });
    expect(expose(built, 'x')).toEqual({
      count: 5,
      rows: ['held EXPOSED 1', 'near POSSIBLE 0.5', 'reader POSSIBLE 0.5', 'far POSSIBLE 0.25', 'viewer POSSIBLE 0.1'],
    });
    expect(expose(built, 'x', { maxHops: 0, minDegree: 0.6 })).toEqual({ count: 2, rows: ['held EXPOSED 1', 'viewer CONTAINED 0'] });
  });

  it('is right for a hub with 50,000 copies, at the end of a long chain, and among 300 that all reach each other', () => {
    const hub = world().lab('lab').vendor('hub').artifact('x', 'lab');
    for (let i = 0; i < 50_000; i++) hub.transfer(`t${i}`, 'x', 'lab', 'hub', { sentAt: 1, portion: 0.1 });
    for (let i = 0; i < 20_000; i++) hub.vendor(`v${i}`).access(`a${i}`, `v${i}`, i === 0 ? 'hub' : `v${i - 1}`, { likelihood: 0.5 });
    expect(expose(hub, 'x', { maxHops: 10 })).toMatchObject({ count: 11 });
    const everybody = world().lab('lab').artifact('x', 'lab').vendor('v0').transfer('t', 'x', 'lab', 'v0', { sentAt: 1 });
    for (let i = 1; i < 300; i++) everybody.vendor(`v${i}`);
    for (let i = 0; i < 300; i++) {
      for (let j = 0; j < 300; j++) if (i !== j) everybody.access(`${i}/${j}`, `v${i}`, `v${j}`, { likelihood: 0.5 });
    }
    const { count, rows } = expose(everybody, 'x');
    expect(count).toBe(300);
    expect(rows.slice(0, 2)).toEqual(['v0 EXPOSED 1', 'v1 POSSIBLE 0.5']);
  });
});
