import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../../../server/export/blast-radius-rows.ts';
import { toCsv } from '../../../server/export/rows.ts';
import { explainWay } from '../../../server/exposure/radius/because.ts';
import { buildRadiusSubgraph } from '../../../server/exposure/radius/charts/subgraph.ts';
import { buildTimeline } from '../../../server/exposure/radius/charts/timeline.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import { type RadiusQuestion, resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { linkKey, nodeKey } from '../../../server/projection/links.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { LocalFacts } from '../../../server/questions/facts/local-facts.ts';
import type { FactStore, PartReader } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { integrityInIds, radiusInIds } from '../../support/answers/engine-answers.ts';
import { finish } from '../../support/finish.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import type { Question } from '../../support/oracle/question.ts';
import { RoundTrips } from '../../support/round-trips.ts';
import { seed } from '../../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { questionsAbout, worlds } from '../../support/worlds/arbitraries.ts';
import type { World } from '../../support/worlds/world.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';
import { artifact, edit, importOf, lab, retract, transfer, vendor } from '../assertions-for-tests.ts';

const now = 25;
let neo4j: Neo4jForTests;
let store: FactStore;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  store = await openStore(neo4j.url(), patient);
}, 120_000);
afterAll(async () => {
  await store?.close();
  await neo4j?.stop();
});

let importCount = 0;

/** Replaces the last world. */
async function replaceWorld({ facts }: World): Promise<void> {
  const assertions = toRecordedFacts({ facts }).map(
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
  if (importCount > 0) await store.undoImport(`world ${importCount}`, 'ada', importCount);
  importCount++;
  expect((await store.commit(importOf(`world ${importCount}`, assertions, { at: importCount }))).violations).toEqual([]);
}

const partsOf = (of: FactStore): PartReader => of.parts as PartReader;

function toQuestion({ core, widest, origins, suspected, hasCore, scopes, ...options }: Question): RadiusQuestion {
  return { origins, suspectedOrigins: suspected, hasCore, core, widest, scope: scopes, options };
}

/** The full content of a radius, in ids and sentences. */
function answerOf(projection: Projection, question: RadiusQuestion) {
  const radius = findBlastRadius(projection, resolveRadiusInput(projection, question, undefined, now));
  const { nodes, links, omittedCount } = finish(buildRadiusSubgraph(radius, 12));
  return {
    radius: radiusInIds(radius),
    integrity: integrityInIds(projection, findIntegrityRadius(projection, radius.input)),
    because: radius.artifacts.map((artifact) => artifact.ways(100).map((way) => explainWay(radius, way))),
    timeline: buildTimeline(radius, 20),
    nodes: nodes.map(({ node, worstCaseLossUsd }) => [nodeKey(projection, node), worstCaseLossUsd]),
    links: links.map((link) => [linkKey(projection, link), link.count, link.readableCount, link.tier, link.isSpread]),
    omittedCount,
    files: [blastRadiusRows(radius, new Map()), otherCopyRows(radius), dependentRows(radius, false)].map((table) =>
      [...toCsv(table)].join(''),
    ),
  };
}

const cases: fc.Arbitrary<{ world: World; questions: Question[] }> = worlds
  .filter((candidate) => candidate.facts.some(({ kind }) => kind === 'ORGANIZATION'))
  .chain((about) => fc.array(questionsAbout(about), { minLength: 5, maxLength: 5 }).map((questions) => ({ world: about, questions })));

describe('a radius from some of the facts', () => {
  it(`[P43] equals the radius from all facts, in every figure, list, path and sentence, on generated worlds (seed ${seed})`, async () => {
    const whole = new CurrentProjection(store);
    const local = new LocalFacts(store, partsOf(store));
    const folder = mkdtempSync(join(tmpdir(), 'exposure-packed-'));
    const pack = { path: join(folder, 'projection.snapshot'), onTrouble: (sentence: string) => expect(sentence).toBe('') };
    const packed = new LocalFacts(store, partsOf(store), Date.now, pack);
    await packed.read();
    await packed.packed();
    await fc.assert(
      fc.asyncProperty(cases, async ({ world: generated, questions }) => {
        await replaceWorld(generated);
        const { projection } = await whole.read();
        for (const question of questions.map(toQuestion)) {
          const part = await local.forRadius(question, undefined, now);
          const expected = answerOf(projection, question);
          expect(answerOf(part, question)).toEqual(expected);
          expect(answerOf(await packed.forRadius(question, undefined, now), question)).toEqual(expected);
        }
      }),
      { seed, numRuns: Number(process.env.LOCAL_RUNS ?? 20), endOnFailure: true },
    );
    await packed.close();
    rmSync(folder, { recursive: true });
  }, 300_000);
});

describe('a partial read', () => {
  it('[P44] takes at most 12 round trips, however far compromise spreads and however large the answer', async () => {
    const counts: number[] = [];
    for (const length of [3, 60]) {
      await replaceWorld(chainOf(length));
      const trips = await RoundTrips.open(Number(new URL(neo4j.url('bolt')).port));
      // The scheme neo4j would route around the proxy.
      const watched = await openStore(`bolt://127.0.0.1:${trips.port}`, patient);
      const local = new LocalFacts(watched, partsOf(watched));
      const question: RadiusQuestion = { origins: ['o0000'], options: { maxHops: 10, transferLikelihood: 0.5, minDegree: 0 } };
      await local.read();
      trips.count = 0;
      const part = await local.forRadius(question, undefined, now);
      counts.push(trips.count);
      const { projection } = await new CurrentProjection(store).read();
      expect(answerOf(part, question)).toEqual(answerOf(projection, question));
      trips.count = 0;
      expect(await local.forRadius(question, undefined, now)).toBe(part);
      expect(trips.count).toBeLessThanOrEqual(2);
      await watched.close();
      await trips.close();
    }
    expect(counts.filter((count) => count > 12)).toEqual([]);
    expect(new Set(counts).size).toBe(1);
  }, 120_000);

  it('[P45] shows a write in full or not at all, and fails if a long write changed facts it had read', async () => {
    await replaceWorld(world().build());
    const staging = await openStore(neo4j.url(), { ...patient, stageFrom: 0 });
    const local = new LocalFacts(store, partsOf(store));
    const many = (name: string) => Array.from({ length: 3000 }, (_, i) => transfer(`${name}${i}`, 'x', 'a', 'b'));
    await store.commit(edit([lab('a'), vendor('b'), artifact('x', 'a'), transfer('t', 'x', 'a', 'b')]));
    const seen = await lookDuring(local, () => staging.commit(importOf('staged', many('s'))));
    expect(othersThan([1, 3001], seen)).toEqual([]);
    expect(seen.at(-1)).toBe(3001);
    const taken = await lookDuring(local, () => staging.undoImport('staged', 'ada', 2000));
    expect(othersThan([1, 3001], taken)).toEqual([]);
    expect(taken.at(-1)).toBe(1);
    await store.commit(
      edit([retract('TRANSFER', 't'), retract('ARTIFACT', 'x'), retract('ORGANIZATION', 'a'), retract('ORGANIZATION', 'b')]),
    );
    await staging.close();
  }, 120_000);
});

/** A busy server may also time out, or report that the outcome is unknown. */
function othersThan(counts: readonly number[], seen: readonly (number | string)[]): (number | string)[] {
  const fair = [...counts, 'STORE_UNAVAILABLE', 'QUERY_TIMEOUT'];
  return seen.filter((one) => !fair.includes(one));
}

/** Counts the transfers behind a radius of `b`, repeatedly while `write` runs and once after it. */
async function lookDuring(local: LocalFacts, write: () => Promise<unknown>): Promise<(number | string)[]> {
  const seen: (number | string)[] = [];
  const look = async (at: number) => {
    try {
      seen.push((await local.forRadius({ origins: ['b'] }, undefined, at)).transfers.count);
    } catch (error) {
      seen.push((error as { code: string }).code);
    }
  };
  let isOver = false;
  const writing = write().finally(() => {
    isOver = true;
  });
  for (let at = 0; !isOver; at++) await look(at);
  await writing;
  await look(-1);
  return seen;
}

/** A chain of organizations. Each has access to the next, is engaged by it and sends it an artifact; each artifact reveals the next. */
function chainOf(length: number): World {
  const built = world();
  const id = (kind: string, i: number) => `${kind}${String(i).padStart(4, '0')}`;
  for (let i = 0; i < length; i++) {
    built.lab(id('o', i)).artifact(id('x', i), id('o', i));
  }
  for (let i = 0; i + 1 < length; i++) {
    built
      .access(id('a', i), id('o', i), id('o', i + 1))
      .engagement(id('e', i), id('o', i + 1), id('o', i))
      .transfer(id('t', i), id('x', i), id('o', i), id('o', i + 1), { engagement: id('e', i) })
      .reveals(id('x', i), id('x', i + 1), 0.9);
  }
  return built.build();
}
