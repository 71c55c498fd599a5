import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RadiusQuestion } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { LocalFacts } from '../../../server/questions/facts/held-facts.ts';
import { PackedTransfers } from '../../../server/questions/facts/packed/packed-transfers.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { RoundTrips } from '../../support/round-trips.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../../support/test.ts';
import type { World } from '../../support/worlds/world.ts';
import { world } from '../../support/worlds/world.ts';
import { artifact, edit, importOf, lab, retract, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import { answerOf, describeLocalFacts, toAssertions } from '../contract/local-facts.contract.ts';

const now = 25;
let neo4j: Neo4jForTests;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
});
afterAll(async () => {
  await neo4j?.stop();
});

async function openEmpty(): Promise<WholeStore> {
  await neo4j.emptyStore();
  return openStore(neo4j.url(), patient);
}

describeLocalFacts('neo4j', openEmpty);

describe('a partial read', () => {
  let store: WholeStore;
  beforeEach(async () => {
    store = await openEmpty();
  });
  afterEach(() => store.close());

  it('[P44] takes at most 10 round trips, however far compromise spreads over access and however large the answer, and at most three more for each hop along transfers', async () => {
    const counts: number[] = [];
    for (const length of [3, 60]) {
      await store.commit(importOf(`world ${length}`, toAssertions(chainOf(length))));
      const trips = await RoundTrips.open(Number(new URL(neo4j.url('bolt')).port));
      // The scheme neo4j would route around the proxy.
      const watched = await openStore(`bolt://127.0.0.1:${trips.port}`, patient);
      const local = new LocalFacts(watched);
      const { projection } = await new CurrentProjection(store).read();
      for (const transferLikelihood of [0, 0.5]) {
        const question: RadiusQuestion = { origins: ['o0000'], options: { maxHops: 10, transferLikelihood, minDegree: 0 } };
        await local.read();
        trips.count = 0;
        const part = await local.forRadius(question, undefined, now);
        const hops = transferLikelihood === 0 ? 0 : Math.min(length - 1, 10);
        counts.push(trips.count - 3 * hops);
        expect(answerOf(part, question)).toEqual(answerOf(projection, question));
        trips.count = 0;
        expect(await local.forRadius(question, undefined, now)).toBe(part);
        expect(trips.count).toBeLessThanOrEqual(2);
      }
      await watched.close();
      await trips.close();
    }
    expect(counts.filter((count) => count > 10)).toEqual([]);
  });

  it('[P45] shows a write in full or not at all, and fails if a long write changed facts it had read', async () => {
    await store.commit(edit([...smallWorld]));
    const staging = await openStore(neo4j.url(), { ...patient, stageFrom: 0 });
    const local = new LocalFacts(store);
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
  });

  it('[G327] drops packed transfers when the history of the store is another one, and packs all again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-packed-'));
    const troubles: string[] = [];
    const pack = { path: join(folder, 'projection.snapshot'), onTrouble: (sentence: string) => troubles.push(sentence), waitMs: 60_000 };
    await store.commit(importOf('first', smallWorld));
    const packed = new PackedTransfers(store, pack);
    packed.begin();
    await packed.packed();
    await neo4j.emptyStore();
    const other = await openStore(neo4j.url(), patient);
    await other.commit(importOf('other', [...smallWorld.slice(0, -1), transfer('t9', 'rubric', 'vega', 'quill')]));
    expect(await packed.at(await other.readRevision())).toBeUndefined();
    expect(troubles).toEqual([expect.stringContaining('another history')]);
    packed.begin();
    await packed.packed();
    const rows = packed.newRows();
    await (await packed.at(await other.readRevision()))?.read(['rubric'], rows);
    expect(rows.readIds()).toEqual(['t9']);
    await Promise.all([packed.close(), other.close()]);
    rmSync(folder, { recursive: true });
  });
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
