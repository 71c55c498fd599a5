import { findBlastRadius } from '../../../../server/exposure/radius/confidentiality.ts';
import { expect, it } from '../../../support/test.ts';
import { inputOf, project } from '../../../support/worlds/large-shape.ts';
import { world } from '../../../support/worlds/world.ts';

/**
 * `far` gives the vendor access with likelihood 0.5, so the copy there has half the chance. The first artifact reveals the second one.
 */
function revealedBy(here: number, far: number) {
  const built = world().lab('lab').vendor('v', 'far').access('a', 'v', 'far', { likelihood: 0.5 });
  for (const id of ['first', 'second']) built.artifact(id, 'lab', { valueLowUsd: 100, valueHighUsd: 100 });
  built.reveals('first', 'second', 0.5);
  built.transfer('t1', 'first', 'lab', 'v', { sentAt: 1, portion: here });
  built.transfer('t2', 'first', 'lab', 'far', { sentAt: 1, portion: far });
  const projection = project(built);
  const rows = findBlastRadius(projection, inputOf(projection, ['v'])).artifacts;
  return rows.find(({ artifact }) => projection.artifacts.id.get(artifact) === 'second');
}

it.each([
  ['one copy is the likeliest and the largest', 0.8, 0.4, 0.8 * 0.5],
  ['the likeliest copy is not the largest, and gives more', 0.6, 0.9, 0.6 * 0.5],
  ['the largest copy is not the likeliest, and gives more', 0.2, 0.9, 0.5 * 0.9 * 0.5],
])('[P331] an artifact that another one reveals has the share of the way that gives most: %s', (_, here, far, expected) => {
  const row = revealedBy(here, far);
  expect(row?.weightedShare).toBeCloseTo(expected, 12);
  expect(row?.likelihood).toBe(1);
  expect(row?.portion).toEqual({ low: Math.max(here, far) * 0.5, high: Math.min(1, here + far) * 0.5 });
  expect(row?.exposedPortion).toEqual({ low: here * 0.5, high: here * 0.5 });
  expect([row?.tier, row?.basis, row?.wayCount]).toEqual(['EXPOSED', 'REVEALED', 2]);
});

it('[P332] an artifact is POSSIBLE through a lead even where the product of degrees is too small for a number', () => {
  const built = world().lab('lab').vendor('v');
  const ids = ['a', 'b', 'c'];
  for (const id of ids) built.artifact(id, 'lab', { valueLowUsd: 100, valueHighUsd: 100 });
  built.reveals('a', 'b', 1e-200).reveals('b', 'c', 1e-200);
  built.transfer('t', 'a', 'lab', 'v', { sentAt: 1, confidence: 0.1 });
  const projection = project(built);
  const rows = findBlastRadius(projection, inputOf(projection, ['v'], { minDegree: 0 })).artifacts;
  expect(rows.map(({ artifact, tier, portion }) => [projection.artifacts.id.get(artifact), tier, portion.high])).toEqual([
    ['a', 'POSSIBLE', 1],
    ['b', 'POSSIBLE', 1e-200],
    ['c', 'POSSIBLE', 0],
  ]);
});
