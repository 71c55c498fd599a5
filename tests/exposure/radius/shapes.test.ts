import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import { listAll } from '../../../server/projection/columns/order-rows.ts';
import { chainOf, findCopy } from '../../../server/projection/custody.ts';
import { describe, expect, it } from '../../support/test.ts';
import { inputOf, padded, project } from '../../support/worlds/large-shape.ts';
import { world } from '../../support/worlds/world.ts';

describe('[P28] large shapes get correct answers and overflow nothing', () => {
  it('a custody chain of 100,000 transfers', () => {
    const length = 100_000;
    const built = world().lab('lab').artifact('x', 'lab', { valueHighUsd: 50 });
    for (let i = 1; i <= length; i++) {
      built.vendor(padded('v', i));
      built.transfer(padded('t', i), 'x', i === 1 ? 'lab' : padded('v', i - 1), padded('v', i), { sentAt: i });
    }
    const projection = project(built);
    const last = findCopy(projection, padded('t', length));
    expect(projection.copies.count).toBe(length + 1);
    expect(projection.copies.rank.at(last)).toBe(length);
    expect(chainOf(projection, last, Number.MAX_SAFE_INTEGER)).toEqual(Array.from({ length }, (_, i) => i));
    expect(chainOf(projection, last, 100)).toEqual(Array.from({ length: 100 }, (_, i) => length - 100 + i));

    const input = inputOf(projection, [padded('v', length)]);
    const radius = findBlastRadius(projection, input);
    expect(radius.summary).toMatchObject({ exposedCount: 1, reachedCount: 1, worstCaseLossUsd: 50, weightedLossUsd: 50 });
    // Everyone on the chain except the owner must notify upstream.
    expect(radius.notifiers).toHaveLength(length);
    expect(radius.otherCopies).toHaveLength(length - 1);

    const integrity = findIntegrityRadius(projection, inputOf(projection, ['lab']));
    expect(integrity.tainted).toHaveLength(length);
    const end = integrity.tainted[length - 1];
    expect(end?.chainLength).toBe(length);
    expect(end?.since).toBe(length);
    expect(end?.chain(2)).toEqual([length - 2, length - 1]);
  });

  it('a chain of 100,000 access facts, of which ten steps count, and as many engagements', () => {
    const length = 100_000;
    const built = world().vendor(padded('v', 0));
    for (let i = 1; i <= length; i++) {
      built.vendor(padded('v', i));
      built.access(padded('a', i), padded('v', i - 1), padded('v', i), { likelihood: 0.5 });
      built.engagement(padded('e', i), padded('v', i), padded('v', i - 1));
    }
    const projection = project(built);
    const radius = findBlastRadius(projection, inputOf(projection, [padded('v', 0)], { maxHops: 10 }));
    expect(radius.reached.map(({ organization, hops, likelihood }) => [organization, hops, likelihood])).toEqual(
      Array.from({ length: 11 }, (_, i) => [i, i, 0.5 ** i]),
    );
    expect(radius.dependents).toHaveLength(length - 10);
    const farthest = radius.dependents.at(-1);
    expect(farthest?.organization).toBe(length);
    expect(farthest?.rank).toBe(length - 10);
    expect(farthest?.path.slice(0, 2)).toEqual([length - 1, length - 2]);
  });

  it('300 organizations that all have access to each other, with a transfer between every pair', () => {
    const count = 300;
    const built = world().lab(padded('o', 0));
    for (let i = 1; i < count; i++) built.vendor(padded('o', i));
    built.artifact('x', padded('o', 0), { valueHighUsd: 8 });
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        if (i === j) continue;
        built.access(padded('a', i * count + j), padded('o', i), padded('o', j), { likelihood: 0.5 });
        built.transfer(padded('t', i * count + j), 'x', padded('o', i), padded('o', j), { sentAt: 1, portion: 0.5 });
      }
    }
    const projection = project(built);
    const transferCount = count * (count - 1);
    expect(projection.transfers.count).toBe(transferCount);
    // All are sent at one instant, so each may follow the owner's. A copy from the owner has rank 1, any other has rank 2. None is implied.
    expect(projection.copies.count).toBe(transferCount + 1);
    const ranks = new Map<number, number>();
    for (const copy of listAll(projection.copies)) {
      const rank = projection.copies.rank.at(copy);
      ranks.set(rank, (ranks.get(rank) ?? 0) + 1);
    }
    expect([...ranks].sort(([a], [b]) => a - b)).toEqual([
      [0, 1],
      [1, count - 1],
      [2, (count - 1) * (count - 1)],
    ]);

    const radius = findBlastRadius(projection, inputOf(projection, [padded('o', 1)], { maxHops: 10, transferLikelihood: 0.5 }));
    expect(radius.reached).toHaveLength(count);
    expect(radius.reached.every(({ hops, path, likelihood }) => hops === path.length && likelihood === 0.5 ** hops && hops <= 1)).toBe(
      true,
    );
    // The owner is reached with a whole copy at 0.5; the origin holds half copies for certain.
    expect(radius.artifacts[0]).toMatchObject({
      tier: 'EXPOSED',
      likelihood: 1,
      weightedShare: 0.5,
      weightedLossUsd: 4,
      worstCaseLossUsd: 8,
    });
    expect(radius.artifacts[0]?.wayCount).toBe(transferCount + 1);
    expect(radius.notifiers).toHaveLength(count - 1);

    const integrity = findIntegrityRadius(projection, inputOf(projection, [padded('o', 1)]));
    expect(integrity.tainted).toHaveLength(count);
    expect(integrity.tainted.map(({ chainLength }) => chainLength)).toEqual([...new Array(count - 1).fill(1), 2]);
    expect(integrity.labs).toEqual([0]);
  });

  it('a hub that holds 50,000 copies of one artifact, and of 50,000 artifacts', () => {
    const count = 50_000;
    const built = world().lab('lab').vendor('hub', 'one');
    built.artifact('shared', 'lab', { fragmentCount: count, valueHighUsd: 1_000 });
    for (let i = 0; i < count; i++) {
      built.artifact(padded('x', i), 'lab', { valueHighUsd: 2 });
      built.transfer(padded('t', i), padded('x', i), 'lab', 'hub', { sentAt: 1, portion: 0.5 });
      built.transfer(padded('u', i), 'shared', 'lab', 'one', { sentAt: 1, fragments: [padded('f', i)] });
    }
    const projection = project(built);
    const hub = findBlastRadius(projection, inputOf(projection, ['hub']));
    expect(hub.summary).toMatchObject({ exposedCount: count, affectedLabCount: 1, worstCaseLossUsd: count, weightedLossUsd: count });
    expect(hub.labs[0]).toMatchObject({ exposedCount: count, worstCaseLossUsd: count });

    const one = findBlastRadius(projection, inputOf(projection, ['one']));
    expect(one.artifacts).toHaveLength(1);
    expect(one.artifacts[0]).toMatchObject({ tier: 'EXPOSED', portion: { low: 1, high: 1 }, worstCaseLossUsd: 1_000, wayCount: count });
    expect(one.artifacts[0]?.weightedShare).toBeCloseTo(1 / count, 12);
    expect(one.artifacts[0]?.ways(3)).toHaveLength(3);
  });

  it('1,000 origins, each with its own copy and a scope of its own', () => {
    const count = 1_000;
    const built = world().lab('lab');
    const ids = Array.from({ length: count }, (_, i) => padded('v', i));
    built.artifact('shared', 'lab', { fragmentCount: count });
    ids.forEach((id, i) => {
      built.vendor(id).artifact(padded('x', i), 'lab', { valueHighUsd: 10 });
      built.transfer(padded('t', i), padded('x', i), 'lab', id, { sentAt: 1 });
      built.transfer(padded('u', i), 'shared', 'lab', id, { sentAt: 1, fragments: [padded('f', i)] });
      built.access(padded('a', i), id, ids[(i + 1) % count] as string);
    });
    const projection = project(built);
    // Every second origin has a scope of only the shared artifact.
    const shared = projection.artifacts.id.find('shared');
    const scoped = ids.map((id) => projection.organizations.id.find(id)).filter((_, i) => i % 2 === 0);
    const scopes = scoped.map((origin) => ({ origin, artifacts: [shared], engagements: [], channels: [] }));
    const radius = findBlastRadius(projection, inputOf(projection, ids, { scopes }));
    expect(radius.summary).toMatchObject({
      reachedCount: count,
      exposedCount: count / 2 + 1,
      possibleCount: count / 2,
      worstCaseLossUsd: count * 10,
      weightedLossUsd: (count / 2) * 10 + (count / 2) * 5,
    });
    const joint = radius.artifacts.find(({ artifact }) => artifact === shared);
    expect(joint).toMatchObject({ tier: 'EXPOSED', wayCount: count });
    expect(joint?.portion.low).toBeCloseTo(1, 9);
    expect(joint?.holders).toHaveLength(count);
  });

  it('reveals in a circle of 20,000 artifacts', () => {
    const count = 20_000;
    const built = world().lab('lab').vendor('v');
    for (let i = 0; i < count; i++) built.artifact(padded('x', i), 'lab');
    for (let i = 0; i < count; i++) built.reveals(padded('x', i), padded('x', (i + 1) % count), 0.5);
    built.transfer('t', padded('x', count - 1), 'lab', 'v', { sentAt: 1 });
    const projection = project(built);
    const radius = findBlastRadius(projection, inputOf(projection, ['v']));
    // 0.5^4 = 0.0625 is the last product not below 0.05: the artifact itself and the four after it.
    expect(radius.artifacts.map(({ artifact, portion }) => [artifact, portion.low])).toEqual(
      expect.arrayContaining([
        [count - 1, 1],
        [0, 0.5],
        [1, 0.25],
        [2, 0.125],
        [3, 0.0625],
      ]),
    );
    expect(radius.artifacts).toHaveLength(5);
  });

  it('certain reveals in a circle of 2,000 artifacts, all of which one copy discloses', () => {
    const count = 2_000;
    const built = world().lab('lab').vendor('v');
    for (let i = 0; i < count; i++) built.artifact(padded('x', i), 'lab', { valueHighUsd: 1 });
    for (let i = 0; i < count; i++) built.reveals(padded('x', i), padded('x', (i + 1) % count), 1);
    built.transfer('t', padded('x', 0), 'lab', 'v', { sentAt: 1, portion: 0.5 });
    const projection = project(built);
    const radius = findBlastRadius(projection, inputOf(projection, ['v']));
    expect(radius.summary).toMatchObject({ exposedCount: count, worstCaseLossUsd: count / 2, weightedLossUsd: count / 2 });
    const last = radius.artifacts.find(({ artifact }) => artifact === count - 1);
    expect(last?.basis).toBe('REVEALED');
    expect(last?.ways(1)[0]?.reveals).toHaveLength(count - 1);
  });
});
