import type { Assertion } from '../../../server/domain/assertions.ts';
import { deletionStates } from '../../../server/domain/facts.ts';
import { possibleFrom, possibleUntil } from '../../../server/rules/copy-interval.ts';
import { generousCut, isRevealed } from '../../../server/rules/reveal-cut.ts';
import { isAccessOpen, isTransferOpen } from '../../../server/rules/spread-step.ts';
import type { FactPart, FactStore, PartReader } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';
import { importOf } from '../assertions-for-tests.ts';

/** Instants of facts, null unknown, and windows that begin and end just before, at and just after them. */
const instants = [null, 0, 1, 2] as const;
const windows = [0, 1, 2].flatMap((from) => [0, 1, 2].filter((to) => to >= from).map((to) => ({ from, to })));
const orUnknown = (instant: number | null) => instant ?? Number.NaN;

const accesses = instants.flatMap((validFrom) =>
  instants
    .filter((validUntil) => validFrom === null || validUntil === null || validFrom <= validUntil)
    .map((validUntil) => ({ grantor: `after ${validFrom}, before ${validUntil}`, validFrom, validUntil })),
);
const transfers = instants.flatMap((sentAt) =>
  deletionStates.flatMap((deletionState) =>
    instants
      .filter((deletedAt) => sentAt === null || deletedAt === null || sentAt <= deletedAt)
      .map((deletedAt) => ({ recipient: `sent ${sentAt}, ${deletionState} ${deletedAt}`, sentAt, deletionState, deletedAt })),
  ),
);
const minDegree = 0.05;
/** The second of two degrees. The first is a tenth, so the product lies at the cut, just above it or just below it. */
const degrees = [0.5, 0.5 - 5e-9, 0.5 - 2e-8, 0.5 + 1e-9, 0.25, 1];

let neo4j: Neo4jForTests;
let store: FactStore;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  store = await openStore(neo4j.url(), patient);
  const builder = world().lab('lab').vendor('v').artifact('x', 'lab').artifact('through', 'lab').reveals('x', 'through', 0.1);
  for (const { grantor, validFrom, validUntil } of accesses)
    builder.vendor(grantor).access(grantor, 'v', grantor, { validFrom, validUntil });
  for (const { recipient, ...details } of transfers) builder.vendor(recipient).transfer(recipient, 'x', 'v', recipient, details);
  degrees.forEach((degree, i) => {
    builder.artifact(`target ${i}`, 'lab').reveals('through', `target ${i}`, degree);
  });
  const assertions = toRecordedFacts(builder.build()).map(
    ({ kind, key, values, provenance: { assertedAt } }): Assertion => ({
      kind,
      key,
      isRetraction: false,
      values,
      assertedAt,
      source: null,
      file: 'world.csv',
      line: null,
    }),
  );
  expect((await store.commit(importOf('world', assertions, { at: 1 }))).violations).toEqual([]);
}, 120_000);
afterAll(async () => {
  await store?.close();
  await neo4j?.stop();
});

async function read<T>(ask: (part: FactPart) => Promise<T>): Promise<T> {
  return (await (store.parts as PartReader).readPart(ask)).result;
}

describe('[R18] the facts read from Neo4j for a radius include all that the rules let through', () => {
  it('over access, whenever it is valid', async () => {
    for (const { from, to } of windows) {
      const found = await read((part) => part.readSpread(['v'], { max: 1, from, to, alongTransfers: false }));
      const open = accesses.filter(({ validFrom, validUntil }) => isAccessOpen(orUnknown(validFrom), orUnknown(validUntil), from, to));
      expect(found).toEqual(expect.arrayContaining(['v', ...open.map(({ grantor }) => grantor)]));
      expect(open.length).toBeGreaterThan(0);
    }
  });

  it('along transfers, whenever their copies are possibly live', async () => {
    for (const { from, to } of windows) {
      const found = await read((part) => part.readSpread(['v'], { max: 1, from, to, alongTransfers: true }));
      const open = transfers.filter(({ sentAt, deletionState, deletedAt }) =>
        isTransferOpen(
          possibleFrom(orUnknown(sentAt)),
          possibleUntil(deletionStates.indexOf(deletionState), orUnknown(deletedAt)),
          from,
          to,
        ),
      );
      expect(found).toEqual(expect.arrayContaining(open.map(({ recipient }) => recipient)));
      expect(open.length).toBeGreaterThan(0);
    }
  });

  it('over reveals, at the cut and just below it', async () => {
    const found = await read((part) => part.readRevealsFrom(['x'], generousCut(minDegree)));
    const counted = degrees.flatMap((degree, i) => (isRevealed(0.1 * degree, minDegree) ? [`target ${i}`] : []));
    expect(found.map(({ values }) => values[1])).toEqual(expect.arrayContaining(counted));
    expect(counted).toEqual(['target 0', 'target 1', 'target 3', 'target 5']);
  });
});
