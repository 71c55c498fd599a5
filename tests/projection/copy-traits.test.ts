import { listAll } from '../../server/projection/columns/order-rows.ts';
import { copyTraits } from '../../server/projection/projection.ts';
import { expect, it } from '../support/test.ts';
import { project } from '../support/worlds/large-shape.ts';
import { world } from '../support/worlds/world.ts';

it.each([
  ['an ordinary transfer', { sentAt: 5 }, ['readable', 'certain', 'whole']],
  ['one that is sure enough', { sentAt: 5, confidence: 0.5 }, ['readable', 'certain', 'whole']],
  ['one that is not sure', { sentAt: 5, confidence: 0.4 }, ['readable', 'whole']],
  ['one sent at an unknown instant', { sentAt: null }, ['readable', 'whole']],
  ['one whose copy may be deleted', { sentAt: 5, deletionState: 'ATTESTED', deletedAt: 9 }, ['readable', 'whole']],
  ['one whose copy is deleted', { sentAt: 5, deletionState: 'VERIFIED', deletedAt: 9 }, ['readable', 'whole']],
  ['one whose deletion is requested', { sentAt: 5, deletionState: 'REQUESTED', deletedAt: 9 }, ['readable', 'certain', 'whole']],
  ['a part', { sentAt: 5, portion: 0.5 }, ['readable', 'certain']],
  ['a copy for viewing', { sentAt: 5, form: 'VIEW_ONLY' }, ['certain', 'whole']],
] as const)('[P330] the traits of a copy tell its usual values: %s', (_, details, expected) => {
  const { copies, transfers } = project(world().lab('lab').vendor('v').artifact('x', 'lab').transfer('t', 'x', 'lab', 'v', details));
  const traitsOf = (copy: number) => Object.entries(copyTraits).flatMap(([name, bit]) => ((copies.traits.at(copy) >> bit) & 1 ? name : []));
  expect(traitsOf(transfers.copy.at(0))).toEqual(expected);
  const owned = listAll(copies).find((copy) => copies.transfer.at(copy) === -1) as number;
  expect(traitsOf(owned)).toEqual(['readable', 'certain', 'whole']);
});
