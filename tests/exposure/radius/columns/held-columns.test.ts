import { findBlastRadius } from '../../../../server/exposure/radius/confidentiality.ts';
import { CopyTiers } from '../../../../server/exposure/radius/copy-tiers.ts';
import { Scenario } from '../../../../server/exposure/scenario/scenario.ts';
import { listAll } from '../../../../server/projection/columns/order-rows.ts';
import { copyId } from '../../../../server/projection/custody.ts';
import { none } from '../../../../server/projection/projection.ts';
import { expect, it } from '../../../support/test.ts';
import { inputOf, padded, project } from '../../../support/worlds/large-shape.ts';
import { world } from '../../../support/worlds/world.ts';

it.each([3, 60])('[P222] lists %d copies of one artifact by copy, each with its holder, whoever is reached first', (count) => {
  const built = world().lab('lab').artifact('x', 'lab', { valueHighUsd: 10 });
  for (let i = 0; i < count; i++) {
    // The first holder by id has the last copy by id.
    built.vendor(padded('v', i));
    built.transfer(padded('t', count - i), 'x', 'lab', padded('v', i), { sentAt: 1, portion: 1 / (i + 1) });
  }
  const projection = project(built);
  const input = inputOf(
    projection,
    Array.from({ length: count }, (_, i) => padded('v', i)),
  );
  const middle = projection.organizations.id.find(padded('v', 1));
  const encrypted = new Scenario(projection, [{ kind: 'ENCRYPT', organization: middle, owner: none, at: input.core.from + 5 }]);
  for (const scenario of [undefined, encrypted]) {
    const radius = findBlastRadius(projection, input, scenario);
    const copies = radius.held.get(0)?.copies ?? [];
    const ids = copies.map(({ copy, isEncrypted }) => `${copyId(projection, copy)}${isEncrypted ? '+' : ''}`);
    const expected = Array.from({ length: count }, (_, i) => padded('t', i + 1));
    if (scenario !== undefined) expected.splice(count - 1, 0, `${padded('t', count - 1)}+`);
    expect(ids).toEqual(expected);
    const [row] = radius.artifacts;
    expect(row?.holders).toHaveLength(count);
    const ways = row?.ways(count + 1) ?? [];
    expect(ways).toHaveLength(expected.length);
    for (const { copy, holder } of ways) expect(holder.organization).toBe(projection.copies.holder.at(copy));
  }
});

it('[P280] of 9,000 copies at one holder, each has the tier and portion that it has alone', () => {
  const count = 9000;
  const portionOf = (i: number) => ((i % 7) + 1) / 8;
  const built = world().lab('lab').vendor('v');
  for (let i = 0; i < count; i++) {
    built.artifact(padded('x', i), 'lab', { valueHighUsd: 10 });
    // Some in the window, some after its end, and some unsure or unreadable.
    const sentAt = i % 5 === 0 ? 2_000_000 : i % 1000;
    built.transfer(padded('t', i), padded('x', i), 'lab', 'v', {
      sentAt,
      portion: portionOf(i),
      confidence: i % 3 === 0 ? 0.2 : 1,
      form: i % 11 === 0 ? 'VIEW_ONLY' : 'PLAINTEXT',
    });
  }
  const projection = project(built);
  const input = inputOf(projection, ['v']);
  const tiers = new CopyTiers(projection, input);
  const holder = projection.organizations.id.find('v');
  const alone = Array.from(listAll(projection.copies))
    .filter((copy) => projection.copies.holder.at(copy) === holder)
    .flatMap((copy) => tiers.tieredAt(holder, Int32Array.of(copy)));
  expect(new Set(alone.map(({ reason }) => reason)).size).toBeGreaterThan(2);
  expect(tiers.tieredAt(holder)).toEqual(alone);
  const rows = findBlastRadius(projection, input).artifacts;
  expect(rows).toHaveLength(alone.length);
  for (const { artifact, portion } of rows) expect(portion.low).toBeCloseTo(portionOf(artifact), 12);
});
