import { describe, expect, it } from '@jest/globals';
import { findBestCuts } from '../../server/exposure/best-cuts.ts';
import type { RadiusInput } from '../../server/exposure/blast-radius.ts';
import { findBlastRadius } from '../../server/exposure/confidentiality.ts';
import { Scenario } from '../../server/exposure/scenario.ts';
import { buildProjection } from '../../server/projection/build-projection.ts';
import { findCopy } from '../../server/projection/custody.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { finish } from '../support/finish.ts';
import { simulateHere } from '../support/simulation-answers.ts';
import type { WorldBuilder } from '../support/world.ts';
import { toRecordedFacts, world } from '../support/world.ts';

const window = { from: 0, to: 1_000_000 };

/** Ids that ascend as the numbers do. */
function padded(prefix: string, i: number): string {
  return `${prefix}${String(i).padStart(7, '0')}`;
}

function project(built: WorldBuilder): Projection {
  return buildProjection(toRecordedFacts(built.build()), 1);
}

function inputOf(projection: Projection, origins: readonly string[], options: Partial<RadiusInput> = {}): RadiusInput {
  const indexes = origins.map((id) => projection.organizations.id.find(id)).sort((a, b) => a - b);
  return { origins: indexes, core: window, widest: window, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05, ...options };
}

describe('[P101] what-if, cuts and simulation of large shapes', () => {
  it('a recall in the middle of a chain of 100,000 transfers cuts the chain', () => {
    const length = 100_000;
    const built = world().lab('lab').artifact('x', 'lab', { valueHighUsd: 50 });
    for (let i = 1; i <= length; i++) {
      built.vendor(padded('v', i));
      built.transfer(padded('t', i), 'x', i === 1 ? 'lab' : padded('v', i - 1), padded('v', i), { sentAt: i });
    }
    const projection = project(built);
    const middle = projection.organizations.id.find(padded('v', length / 2));
    const scenario = new Scenario(projection, [{ kind: 'RECALL', organization: middle, owner: -1, at: length / 2 + 1 }]);
    const radius = findBlastRadius(projection, inputOf(projection, [padded('v', length)]), scenario);
    expect(scenario.rankOf(findCopy(projection, padded('t', length / 2)))).toBe(length / 2);
    expect(scenario.rankOf(findCopy(projection, padded('t', length / 2 + 1)))).toBe(-1);
    expect(radius.notifiers).toEqual([projection.organizations.id.find(padded('v', length))]);
  });

  it('a hub with 50,000 copies is encrypted, and is the best cut', () => {
    const built = world().lab('lab').vendor('hub');
    for (let i = 0; i < 50_000; i++) {
      built.artifact(padded('x', i), 'lab', { valueHighUsd: 1 });
      built.transfer(padded('t', i), padded('x', i), 'lab', 'hub', { sentAt: 1 });
    }
    const projection = project(built);
    const hub = projection.organizations.id.find('hub');
    const input = inputOf(projection, ['hub'], { core: { from: 10, to: 20 }, widest: { from: 10, to: 20 } });
    const { summary } = findBlastRadius(
      projection,
      input,
      new Scenario(projection, [{ kind: 'ENCRYPT', organization: hub, owner: -1, at: 5 }]),
    );
    expect(summary).toMatchObject({ exposedCount: 0, containedCount: 50_000, worstCaseLossUsd: 0 });
    const cuts = finish(findBestCuts(projection, input, 10, 3));
    expect(cuts).toMatchObject([{ action: { kind: 'ENCRYPT', organization: hub }, removedWeightedLossUsd: 50_000 }]);
  });

  it('everybody with access to everybody among 300 is simulated', async () => {
    const count = 300;
    const built = world().lab(padded('o', 0)).artifact('x', padded('o', 0), { valueHighUsd: 8 });
    for (let i = 1; i < count; i++) built.vendor(padded('o', i));
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++)
        if (i !== j) built.access(padded('a', i * count + j), padded('o', i), padded('o', j), { likelihood: 0.5 });
    }
    const projection = project(built);
    const radius = findBlastRadius(projection, inputOf(projection, [padded('o', 1)], { maxHops: 2 }));
    // In two steps one of 298 ways is open, but for one run in so many that nobody will see it.
    expect(await simulateHere(radius, 20, 1)).toMatchObject({ meanUsd: 8, standardErrorUsd: 0, p50Usd: 8 });
  });

  it('of 1,000 origins the one with most is cut first', () => {
    const count = 1000;
    const built = world().lab('lab');
    for (let i = 0; i < count; i++) {
      built.vendor(padded('v', i)).artifact(padded('x', i), 'lab', { valueHighUsd: 100 + i });
      built.transfer(padded('t', i), padded('x', i), 'lab', padded('v', i), { sentAt: 1 });
    }
    const projection = project(built);
    const input = inputOf(
      projection,
      Array.from({ length: count }, (_, i) => padded('v', i)),
    );
    const cuts = finish(findBestCuts(projection, input, 0, 3));
    expect(cuts.map(({ removedWeightedLossUsd }) => Math.round(removedWeightedLossUsd))).toEqual([1099, 1098, 1097]);
  });
});
