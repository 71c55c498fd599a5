import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../server/exposure/radius/integrity.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { importOf } from '../store/assertions-for-tests.ts';
import { copiesInIds, integrityInIds, radiusInIds, toInput } from '../support/answers/engine-answers.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../support/neo4j/neo4j-for-tests.ts';
import type { Question } from '../support/oracle/question.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { questionsAbout, worlds } from '../support/worlds/arbitraries.ts';
import type { World } from '../support/worlds/world.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

/** Each takes some hundred round trips. */
const worldCount = Math.min(300, rounds(1200));
const folder = mkdtempSync(join(tmpdir(), 'exposure-engine-'));
let neo4j: Neo4jForTests;
/** Both schemes open the same store; all writes go through the first. */
let overNeo4j: FactStore;
let overBolt: FactStore;
let embedded: FactStore;
let readers: CurrentProjection[] = [];
let storeCount = 0;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
});
afterAll(async () => {
  await closeStores();
  await neo4j?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openStores(): Promise<void> {
  await neo4j.emptyStore();
  overNeo4j = await openStore(neo4j.url('neo4j'), patient);
  overBolt = await openStore(neo4j.url('bolt'), patient);
  embedded = await openStore(`sqlite:${join(folder, `${storeCount++}.db`)}`);
  readers = [embedded, overNeo4j, overBolt].map((store) => new CurrentProjection(store));
}

async function closeStores(): Promise<void> {
  if (readers.length > 0) for (const store of [overNeo4j, overBolt, embedded]) await store.close();
  readers = [];
}

/** An organization, and the questions about it. */
const cases: fc.Arbitrary<{ world: World; questions: Question[] }> = worlds
  .filter((candidate) => candidate.facts.some(({ kind }) => kind === 'ORGANIZATION'))
  .chain((world) => fc.array(questionsAbout(world), { minLength: 2, maxLength: 2 }).map((questions) => ({ world, questions })));

/** A longer history takes too long to read. */
const worldsAStore = 12;
let importCount = 0;

/** Replaces the last world. Its import is undone, so its facts stay in the history. */
async function replaceWorld(world: World): Promise<void> {
  const isFirst = importCount % worldsAStore === 0;
  if (isFirst) {
    await closeStores();
    await openStores();
  }
  importCount++;
  const assertions = toRecordedFacts(world).map(({ kind, key, values, provenance: { assertedAt } }) => ({
    kind,
    key,
    isRetraction: false,
    values,
    assertedAt,
    source: null,
    file: 'world.csv',
    line: null,
  }));
  const write = importOf(`world ${importCount}`, assertions, { at: importCount });
  for (const store of [overNeo4j, embedded]) {
    if (!isFirst) expect((await store.undoImport(`world ${importCount - 1}`, 'ada', importCount)).outcome).not.toBe('refused');
    expect((await store.commit(write)).violations).toEqual([]);
  }
}

function answersOf(projection: Projection, questions: readonly Question[]) {
  return [
    projection.revision,
    copiesInIds(projection),
    ...questions.map((question) => {
      const input = toInput(projection, question);
      return [radiusInIds(findBlastRadius(projection, input)), integrityInIds(projection, findIntegrityRadius(projection, input))];
    }),
  ];
}

describe('the engine over Neo4j', () => {
  it(`[P29] gives the same answers as over SQLite for ${worldCount} generated worlds, over neo4j:// and bolt:// (seed ${seed})`, async () => {
    const countOne = counting('worlds', worldCount);
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, questions }) => {
        countOne();
        await replaceWorld(world);
        const [expected, ...others] = await Promise.all(
          readers.map(async (reader) => answersOf((await reader.read()).projection, questions)),
        );
        for (const answers of others) expect(answers).toEqual(expected);
      }),
      { seed, numRuns: worldCount, endOnFailure: true },
    );
  }, 600_000);
});
