import { findBestCuts } from '../../../server/exposure/cuts/best-cuts.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { compareRadii } from '../../../server/exposure/scenario/compare-radii.ts';
import { Scenario } from '../../../server/exposure/scenario/scenario.ts';
import { findLimits } from '../../../server/exposure/scenario/scenario-limits.ts';
import { findCopy } from '../../../server/projection/custody.ts';
import { simulateHere } from '../../support/answers/simulation-answers.ts';
import { describe, expect, it } from '../../support/test.ts';
import { inputOf, padded, project } from '../../support/worlds/large-shape.ts';
import { world } from '../../support/worlds/world.ts';

describe('[P101] what-if, cuts and simulation handle large shapes', () => {
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
    // The recalled copy was there until the recall. No chain explains the later copies any longer, so they come last.
    expect(radius.otherCopies).toHaveLength(length - 1);
    expect(radius.otherCopies[length / 2]).toBe(findCopy(projection, padded('t', length / 2 + 1)));
  });

  it('the best cut of a chain of 100,000 access facts is the first, and the cascade goes as far as the steps allow', async () => {
    const length = 100_000;
    const built = world().lab('lab').vendor(padded('v', 0));
    for (let i = 1; i <= length; i++) {
      built.vendor(padded('v', i)).access(padded('a', i), padded('v', i - 1), padded('v', i), { likelihood: i === 1 ? 0.5 : 1 });
    }
    for (const i of [1, 10, 11, length]) {
      built
        .artifact(padded('x', i), 'lab', { valueHighUsd: 8 })
        .transfer(padded('t', i), padded('x', i), 'lab', padded('v', i), { sentAt: 1 });
    }
    const projection = project(built);
    const input = inputOf(projection, [padded('v', 0)], { maxHops: 10 });
    const { meanUsd, standardErrorUsd, exceedance } = await simulateHere(findBlastRadius(projection, input), 4_000, 1);
    expect(exceedance.map(({ lossUsd }) => lossUsd)).toEqual([0, 16]);
    expect(Math.abs(meanUsd - 8)).toBeLessThan(5 * standardErrorUsd);
    const cuts = findBestCuts(projection, input, 0, 10);
    expect(cuts).toMatchObject([{ action: { kind: 'REVOKE_ACCESS', access: 0 }, removedWeightedLossUsd: 8, remainingWeightedLossUsd: 0 }]);
    const scenario = new Scenario(projection, [{ kind: 'SUSPEND', organization: projection.organizations.id.find(padded('v', 9)), at: 0 }]);
    expect(findBlastRadius(projection, input, scenario).reached).toHaveLength(10);
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
    const cuts = findBestCuts(projection, input, 10, 3);
    expect(cuts).toMatchObject([{ action: { kind: 'ENCRYPT', organization: hub }, removedWeightedLossUsd: 50_000 }]);
  });

  it('a hub with 50,000 pieces of one artifact is simulated, and all its copies are recalled', async () => {
    const count = 50_000;
    const built = world().lab('lab').vendor('hub').artifact('x', 'lab', { valueHighUsd: 100, fragmentCount: count });
    for (let i = 0; i < count; i++) {
      built.transfer(padded('t', i), 'x', 'lab', 'hub', { sentAt: 1, fragments: [padded('f', i)], confidence: i % 2 === 0 ? 1 : 0.4 });
    }
    const projection = project(built);
    const input = inputOf(projection, ['hub']);
    const radius = findBlastRadius(projection, input);
    expect(radius.summary).toMatchObject({ exposedCount: 1, worstCaseLossUsd: 100 });
    // Half of the pieces are certain. Each of the others is taken in every second run.
    const { meanUsd, standardErrorUsd } = await simulateHere(radius, 40, 1);
    expect(Math.abs(meanUsd - 75)).toBeLessThan(5 * standardErrorUsd);
    const recall = { kind: 'RECALL', organization: projection.organizations.id.find('hub'), owner: -1, at: 2 } as const;
    const after = findBlastRadius(projection, { ...input, core: { from: 5, to: 9 } }, new Scenario(projection, [recall]));
    expect(compareRadii(radius, after)).toMatchObject([{ id: 'x', kind: 'WEAKENED', after: { tier: 'POSSIBLE', wayCount: count } }]);
    expect(findLimits(after)).toEqual([
      '50,000 copies at hub could be read in the widest window before Jan 1, 1970, 00:00 UTC: deleting them later does not undo that.',
    ]);
  });

  it('300 organizations that all have access to each other are simulated, cut and suspended', async () => {
    const count = 300;
    const built = world().lab(padded('o', 0)).artifact('x', padded('o', 0), { valueHighUsd: 8 });
    for (let i = 1; i < count; i++) built.vendor(padded('o', i));
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++)
        if (i !== j) built.access(padded('a', i * count + j), padded('o', i), padded('o', j), { likelihood: 0.5 });
    }
    const projection = project(built);
    const radius = findBlastRadius(projection, inputOf(projection, [padded('o', 1)], { maxHops: 2 }));
    // One of 298 ways of two steps is open in practically every run.
    expect(await simulateHere(radius, 20, 1)).toMatchObject({ meanUsd: 8, standardErrorUsd: 0, p50Usd: 8 });
    // Only the owner has a copy, and no action affects it. All walks to it except one have two steps.
    const origin = projection.organizations.id.find(padded('o', 1));
    const cuts = findBestCuts(projection, radius.input, 0, 3);
    expect(cuts).toMatchObject([{ action: { kind: 'REVOKE_ACCESS' }, removedWeightedLossUsd: 2, remainingWeightedLossUsd: 2 }]);
    expect(cuts[0]?.action).toMatchObject({ access: projection.access.id.find(padded('a', count)) });
    const suspended = findBlastRadius(
      projection,
      radius.input,
      new Scenario(projection, [{ kind: 'SUSPEND', organization: origin, at: 0 }]),
    );
    expect(suspended.reached.map(({ organization }) => organization)).toEqual([origin]);
  });

  it('300 organizations sent an artifact to each other; after a recall at one, one transfer in 300 explains each other copy', () => {
    const count = 300;
    const built = world().lab(padded('o', 0)).artifact('x', padded('o', 0), { valueHighUsd: 8 });
    for (let i = 1; i < count; i++) built.vendor(padded('o', i));
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++)
        if (i !== j) built.transfer(padded('t', i * count + j), 'x', padded('o', i), padded('o', j), { sentAt: 1 });
    }
    const projection = project(built);
    const [first, second] = [1, 2].map((i) => projection.organizations.id.find(padded('o', i))) as [number, number];
    const input = inputOf(projection, [padded('o', 1)], { core: { from: 10, to: 20 }, widest: { from: 10, to: 20 } });
    const after = findBlastRadius(
      projection,
      input,
      new Scenario(projection, [
        { kind: 'RECALL', organization: first, owner: -1, at: 5 },
        { kind: 'RECALL', organization: second, owner: -1, at: 5 },
      ]),
    );
    expect(after.artifacts).toEqual([]);
    const encrypted = findBlastRadius(
      projection,
      input,
      new Scenario(projection, [{ kind: 'ENCRYPT', organization: first, owner: -1, at: 15 }]),
    );
    expect(encrypted.artifacts).toMatchObject([{ tier: 'EXPOSED', wayCount: 2 * (count - 1) }]);
    expect(encrypted.otherCopies).toHaveLength((count - 1) * (count - 2));
    expect(findBestCuts(projection, input, 10, 3)).toMatchObject([
      { action: { kind: 'ENCRYPT', organization: first }, remainingWeightedLossUsd: 0 },
    ]);
  });

  it('of 1,000 origins that hold equally much, the smallest ids are cut first; all are simulated, and a hundred recalled', async () => {
    const count = 1000;
    const built = world().lab('lab');
    const ids = Array.from({ length: count }, (_, i) => padded('v', i));
    ids.forEach((id, i) => {
      built.vendor(id).artifact(padded('x', i), 'lab', { valueHighUsd: 10 });
      built.transfer(padded('t', i), padded('x', i), 'lab', id, { sentAt: 1, confidence: i % 2 === 0 ? 1 : 0.4 });
    });
    const projection = project(built);
    const input = inputOf(projection, ids);
    const radius = findBlastRadius(projection, input);
    const cuts = findBestCuts(projection, input, 0, 10);
    expect(cuts.map(({ action }) => 'organization' in action && projection.organizations.id.get(action.organization))).toEqual(
      Array.from({ length: 10 }, (_, i) => padded('v', 2 * i)),
    );
    expect(
      cuts.every(({ removedWeightedLossUsd, removedWorstCaseLossUsd }) => removedWeightedLossUsd === 10 && removedWorstCaseLossUsd === 10),
    ).toBe(true);
    const { meanUsd, standardErrorUsd } = await simulateHere(radius, 400, 1);
    expect(Math.abs(meanUsd - 7_500)).toBeLessThan(5 * standardErrorUsd);
    const recalls = input.origins.slice(0, 100).map((organization) => ({ kind: 'RECALL', organization, owner: -1, at: 0 }) as const);
    const unchanged = findBlastRadius(projection, input, new Scenario(projection, recalls));
    expect(compareRadii(radius, unchanged).every(({ kind }) => kind === 'STAYED')).toBe(true);
    const early = { ...input, core: { from: 5, to: 9 }, widest: { from: 5, to: 9 } };
    const recalled = findBlastRadius(
      projection,
      early,
      new Scenario(
        projection,
        recalls.map((recall) => ({ ...recall, at: 5 })),
      ),
    );
    expect(recalled.summary).toMatchObject({ exposedCount: 450, possibleCount: 450, worstCaseLossUsd: 9_000 });
  });

  it('of 1,000 origins, the one that holds most is cut first', () => {
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
    const cuts = findBestCuts(projection, input, 0, 3);
    expect(cuts.map(({ removedWeightedLossUsd }) => Math.round(removedWeightedLossUsd))).toEqual([1099, 1098, 1097]);
  });
});
