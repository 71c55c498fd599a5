import fc from 'fast-check';
import { driver as openDriver, type Plan } from 'neo4j-driver';
import type { Assertion, RecordedFact } from '../../../server/domain/assertions.ts';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import type { FactBatch, StatedStore } from '../../../server/store/fact-store.ts';
import type { FactWrite } from '../../../server/store/fact-write.ts';
import { openConnection } from '../../../server/store/neo4j/connection/open-connection.ts';
import { graphKindOf } from '../../../server/store/neo4j/graph/graph-model.ts';
import { fromGraphKey, toGraphKey } from '../../../server/store/neo4j/graph/graph-shape.ts';
import { packChunks, unpackChunk } from '../../../server/store/neo4j/log/assertion-log.ts';
import { readChangedKeys } from '../../../server/store/neo4j/log/history.ts';
import { Neo4jLedger } from '../../../server/store/neo4j/log/ledger.ts';
import { Neo4jStore } from '../../../server/store/neo4j/neo4j-store.ts';
import { Neo4jFactStream } from '../../../server/store/neo4j/read/neo4j-reader.ts';
import { closeGate, passGate } from '../../../server/store/neo4j/read/publication-gate.ts';
import { namerQueries } from '../../../server/store/neo4j/read/read-assertions.ts';
import { Snapshots } from '../../../server/store/neo4j/read/snapshot.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { seed } from '../../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../assertions-for-tests.ts';
import { MemoryModel } from '../contract/memory-model.ts';

let neo4j: Neo4jForTests;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
});
afterAll(async () => {
  await neo4j?.stop();
});

describe('the log of assertions', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\0', 'a\0b', '~', '\u{10FFFF}', '__proto__', '"', '\\'));
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-9, max: 1e300 }), fc.constantFrom(0.1 + 0.2, 1));
  const instant = fc.integer({ min: -8.64e15, max: 8.64e15 });
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(fc.option(value, { nil: undefined }), { nil: null });
  const provenance = fc.record({
    assertedAt: instant,
    source: fc.option(text, { nil: null }),
    file: fc.option(text, { nil: null }),
    line: fc.option(fc.nat(), { nil: null }),
  });
  const attributes = fc.array(fc.record({ name: text, value: text }));
  const stated: Record<FactKind, fc.Arbitrary<Record<string, unknown>>> = {
    ORGANIZATION: fc.record({
      id: text,
      name: maybe(text),
      roles: maybe(fc.subarray(['LAB', 'VENDOR'])),
      aliases: maybe(fc.array(text)),
      attributes: maybe(attributes),
    }),
    ARTIFACT: fc.record({
      id: text,
      owner: maybe(text),
      sensitivity: maybe(fc.nat(5)),
      valueLowUsd: maybe(number),
      usefulPortion: maybe(number),
    }),
    ENGAGEMENT: fc.record({
      id: text,
      client: maybe(text),
      startsAt: maybe(instant),
      auditRight: maybe(fc.boolean()),
      noticeHours: maybe(fc.nat()),
    }),
    TRANSFER: fc.record({
      id: text,
      artifact: maybe(text),
      sentAt: maybe(instant),
      fragments: maybe(fc.array(text)),
      form: maybe(fc.constant('VIEW_ONLY')),
    }),
    ACCESS: fc.record({ id: text, grantee: maybe(text), kind: maybe(fc.constant('NETWORK')), likelihood: maybe(number) }),
    REVEALS: fc.record({ artifact: text, reveals: text, degree: maybe(number), basis: maybe(text) }),
    CONTROL: fc.record({ organization: text, control: text, issuer: maybe(text), expiresAt: maybe(instant) }),
    SOFTWARE_LIST: fc.record({ id: text, organization: maybe(text), describedAt: maybe(instant), components: maybe(text) }),
    ADVISORY: fc.record({ id: text, aliases: maybe(fc.array(text)), affected: maybe(text), modifiedAt: maybe(instant) }),
    AVAILABILITY: fc.record({ id: text, advisory: maybe(text), claims: maybe(text) }),
    SOFTWARE_STATEMENT: fc.record({ id: text, organization: maybe(text), at: maybe(instant) }),
  };

  it.each(factKinds)('[S70] gives back every assertion about a fact of kind %s as it was said', (kind) => {
    const isId = (value: unknown) => typeof value !== 'string' || !value.includes('\0');
    const assertion = fc
      .tuple(stated[kind], provenance, fc.boolean(), fc.nat(3))
      .filter(([fields]) => ['id', 'artifact', 'reveals', 'organization', 'control'].every((name) => isId(fields[name])))
      .map(([fields, of, isRetraction, effect]) => {
        const whole = say(kind, fields as Parameters<typeof say>[1], of);
        return { assertion: isRetraction ? { ...whole, isRetraction, values: [] } : whole, effect };
      });
    const byKey = fc.array(assertion, { minLength: 1, maxLength: 40 }).map((list) => sortByGraphKey(kind, list));
    fc.assert(
      fc.property(byKey, (logged) => {
        const chunks = [...packChunks(kind, logged)];
        expect(chunks.flatMap((chunk) => unpackChunk(kind, new Int8Array(chunk.packed)))).toEqual(logged);
        expect(chunks.map((chunk) => chunk.changed)).toEqual([logged.filter(({ effect }) => effect !== 0).length]);
      }),
      { numRuns: 60, seed },
    );
  });

  it('[S70] comes in chunks of at most 512 assertions, or one million characters, that follow each other by key', () => {
    const many = Array.from({ length: 1300 }, (_, i) => ({ assertion: vendor(`v${String(i).padStart(5, '0')}`), effect: 1 }));
    const chunks = [...packChunks('ORGANIZATION', many)];
    expect(chunks.map(({ place, first, last, count }) => [place, first, last, count])).toEqual([
      [0, 'v00000', 'v00511', 512],
      [1, 'v00512', 'v01023', 512],
      [2, 'v01024', 'v01299', 276],
    ]);
    const website = 'ä'.repeat(700_000);
    const large = ['a', 'b', 'c'].map((id) => ({ assertion: vendor(id, { website }), effect: 1 }));
    expect([...packChunks('ORGANIZATION', large)].map((chunk) => chunk.count)).toEqual([1, 1, 1]);
  });

  it('[S70] keys of pairs sort by their two parts', () => {
    const pairs = ['a', 'a b', 'a/', 'a%', 'b', '\u{1F600}', '～'].flatMap((first) => ['x', '/'].map((second) => [first, second] as const));
    const keys = pairs.map(([artifact, reveals]) => say('REVEALS', { artifact, reveals }).key);
    const sorted = keys.map((key) => toGraphKey('REVEALS', key)).sort(compareCodePoints);
    const expected = [...pairs].sort(([a, b], [c, d]) => compareCodePoints(a, c) || compareCodePoints(b, d));
    expect(sorted.map((key) => key.split('\0'))).toEqual(expected);
    expect(sorted.map((key) => fromGraphKey('REVEALS', key)).sort()).toEqual([...keys].sort());
  });
});

/** The names of the steps in the server's plan of a query. */
async function explain(query: string, parameters: Record<string, unknown>): Promise<string[]> {
  const driver = openDriver(neo4j.url());
  try {
    const { summary } = await driver.executeQuery(`EXPLAIN ${query}`, parameters);
    const names: string[] = [];
    const steps: Plan[] = summary.plan === false ? [] : [summary.plan];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      names.push(step.operatorType);
      steps.push(...step.children);
    }
    return names;
  } finally {
    await driver.close();
  }
}

describe('pages of facts', () => {
  it.each(factKinds)('[S71] are read from an index in its order, kind %s: elsewhere texts are compared by UTF-16', async (kind) => {
    await (await Neo4jStore.open(await openConnection(neo4j.url(), patient))).close();
    for (const isLast of [true, false]) {
      const steps = (await explain(graphKindOf(kind).readRange(isLast, true), { after: '', end: 'z', known: 1 })).join();
      expect(steps).toMatch(/UniqueIndexSeekByRange/);
      expect(steps).not.toMatch(/Sort|Top/);
    }
  });
});

describe('the facts that name others', () => {
  afterAll(() => neo4j.emptyStore());
  it('[S443] are found by a seek for each key, also before anything of their kind is stored', async () => {
    const store = await Neo4jStore.open(await openConnection(neo4j.url(), patient));
    await store.commit(edit(Array.from({ length: 50 }, (_, i) => vendor(`named ${i}`))));
    await store.close();
    const queries = [...namerQueries.values()].flatMap((byNamed) => [...byNamed.values()]);
    expect(queries.length).toBeGreaterThan(5);
    for (const query of queries) {
      const steps = (await explain(query, { keys: ['named 1'] })).join();
      expect({ query, steps }).toEqual({ query, steps: expect.stringMatching(/NodeUniqueIndexSeek/) });
      expect({ query, steps }).toEqual({ query, steps: expect.not.stringMatching(/Scan/) });
    }
  });
});

function sortByGraphKey<T extends { readonly assertion: Assertion }>(kind: FactKind, list: readonly T[]): T[] {
  const byKey = new Map(list.map((one) => [toGraphKey(kind, one.assertion.key), one]));
  return [...byKey].sort(([a], [b]) => compareCodePoints(a, b)).map(([, one]) => one);
}

/** A number in [0, below), from a seed: mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

describe('a fact that cannot be read', () => {
  it('[S75] fails only the question that needs it', async () => {
    const store = await Neo4jStore.open(await openConnection(neo4j.url()));
    try {
      await store.commit(edit([lab('l1')]));
      await neo4j.run("MATCH (o:Organization {id: 'l1'}) SET o.attributes = 'not JSON'");
      await expect(store.readFactsByKey('ORGANIZATION', ['l1'])).rejects.toThrow(/JSON/);
      expect(await store.readFactsByKey('ORGANIZATION', ['l2'])).toEqual([]);
      await neo4j.run("MATCH (o:Organization {id: 'l1'}) REMOVE o.attributes");
      expect((await readAll(store)).map((fact) => fact.key)).toEqual(['l1']);
    } finally {
      await store.close();
      await neo4j.empty();
    }
  });
});

describe('all facts', () => {
  const open = async () => Neo4jStore.open(await openConnection(neo4j.url(), patient));
  const many = (count: number) => Array.from({ length: count }, (_, i) => vendor(`v${String(i).padStart(5, '0')}`));

  it('[G316] are read from the log, unless it has more than three assertions a fact: then from the graph', async () => {
    const store = await open();
    try {
      // A write may put the name right again.
      const nameOf = async () => {
        await neo4j.run("MATCH (o:Organization {id: 'l1'}) SET o.name = 'of the graph'");
        return (await readAll(store))[0]?.values[1];
      };
      await store.commit(edit([lab('l1')]));
      for (let at = 1; at <= 2; at++) await store.commit(importOf(`again ${at}`, [lab('l1')], { at }));
      expect(await nameOf()).toBe('l1');
      await store.commit(importOf('again 3', [lab('l1')], { at: 3 }));
      expect(await nameOf()).toBe('of the graph');
    } finally {
      await store.close();
      await neo4j.emptyStore();
    }
  });

  it('[G317] are the same from log and graph, whatever writes state, retract, repeat or undo, now and in the past', async () => {
    const store = await open();
    const connection = await openConnection(neo4j.url(), patient);
    const snapshots = new Snapshots(connection, new Neo4jLedger());
    const random = randomFrom(seed);
    const odd = ['a', 'a b', 'a/', 'a%', '\u{1F600}', '\uFF5E'];
    const numbers = (step: number) => many(6000).filter((_, i) => i !== 3 && random(step) === 0);
    try {
      await store.commit(importOf('whole', [...many(6000), lab('vega')], { at: 1 }));
      await store.commit(importOf('some', [...numbers(3), ...odd.map((id) => artifact(id, 'vega'))], { at: 2 }));
      const pairs = odd.flatMap((first) => odd.filter((second) => second !== first).map((reveals) => ({ artifact: first, reveals })));
      await store.commit(edit([...numbers(7), ...pairs.map((pair) => say('REVEALS', { ...pair, degree: 0.5 }))], { at: 3 }));
      await store.commit(edit([retract('ORGANIZATION', 'v00003'), say('ORGANIZATION', { id: 'v00004', country: 'FR' })], { at: 4 }));
      await store.commit(importOf('undone', [...numbers(5), vendor('v00003'), vendor('only here')], { at: 5 }));
      await store.undoImport('undone', 'eve', 6);
      for (const revision of [1, 2, 3, 4, 5, 6]) {
        const [log, graph] = await Promise.all(
          [Infinity, 0].map((assertionsAFact) => allOf(new Neo4jFactStream(snapshots, { revision }, { assertionsAFact }))),
        );
        expect(log).toEqual(graph);
        expect(log?.length).toBeGreaterThan(5900);
      }
    } finally {
      await Promise.all([store.close(), connection.close()]);
      await neo4j.emptyStore();
    }
  });

  let whole: RecordedFact[] | undefined;
  /** Commits the facts that all cases read, and copies their log. */
  const prepareWhole = async (): Promise<RecordedFact[]> => {
    const store = await open();
    await store.commit(importOf('whole', many(12_000)));
    const facts = await readAll(store);
    await store.close();
    expect(facts.length).toBe(12_000);
    await neo4j.run('MATCH (c:ExposureAssertions) CREATE (copy:Copy) SET copy = properties(c)');
    return facts;
  };
  const putLogBack = async () => {
    await neo4j.run('MATCH (c:ExposureAssertions) DELETE c');
    await neo4j.run('MATCH (copy:Copy) CREATE (c:ExposureAssertions) SET c = properties(copy)');
  };
  afterAll(() => neo4j.emptyStore());

  it.each([
    ['has lost a chunk', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) DELETE c"],
    ['has lost the bytes of a chunk', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) REMOVE c.packed"],
    ['has a damaged chunk', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) SET c.packed = 'no bytes'"],
    [
      'has a chunk with the bytes of another [G320]',
      "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}), (d:ExposureAssertions {kind: 'ORGANIZATION', place: 3}) SET c.packed = d.packed",
    ],
    ['has a head without its first key [G321]', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) REMOVE c.first"],
    ['has a head with another first key [G321]', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) SET c.first = 'a'"],
    ['has a head without its last key [G321]', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) REMOVE c.last"],
    ['has a head of an unknown kind [G321]', "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) SET c.kind = 'PERSON'"],
    [
      'has a chunk said to be of another kind [G330]',
      "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 20}) SET c.kind = 'ACCESS'",
    ],
    [
      'has a last chunk said to be the first of another kind [G330]',
      "MATCH (c:ExposureAssertions {kind: 'ORGANIZATION', place: 23}) SET c.kind = 'ARTIFACT', c.place = 0",
    ],
  ])('[G318] are still whole if the log %s: the graph has the rest', async (_, damage) => {
    whole ??= await prepareWhole();
    const store = await open();
    try {
      await neo4j.run(damage);
      expect(await readAll(store)).toEqual(whole);
    } finally {
      await store.close();
      await putLogBack();
    }
  });
});

async function allOf(stream: AsyncIterable<FactBatch>): Promise<RecordedFact[]> {
  const facts: RecordedFact[] = [];
  for await (const batch of stream) facts.push(...batch.facts);
  return facts;
}

async function readAll(store: StatedStore): Promise<RecordedFact[]> {
  return allOf(store.readFacts());
}

describe('the gate', () => {
  it('[S73] delays each reader that saw part of a commit until all of it is in effect', async () => {
    const sizes = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 20 : 2_000));
    const connection = await openConnection(neo4j.url(), patient);
    await neo4j.run('CREATE CONSTRAINT probe IF NOT EXISTS FOR (n:Probe) REQUIRE n.id IS UNIQUE');
    await neo4j.run('CREATE (:Probe {id: 0, count: 0})');
    let isWriting = true;
    let written = 0;
    const write = async () => {
      for (const size of sizes) {
        const [from, to] = [written + 1, written + size];
        await connection.write(async (transaction) => {
          await transaction.run('UNWIND range(toInteger($from), toInteger($to)) AS id CREATE (:Probe {id: id})', { from, to });
          await transaction.run('MATCH (probe:Probe {id: 0}) SET probe.count = $to', { to });
          await closeGate(transaction);
          return { isKept: true, result: undefined };
        });
        written = to;
      }
    };
    const look = async () => {
      while (isWriting) {
        const [[stated]] = (await connection.read((of) => of.run('MATCH (probe:Probe {id: 0}) RETURN probe.count'))) as [[number]];
        await passGate(connection);
        const [[count]] = (await connection.read((of) => of.run('MATCH (probe:Probe) WHERE probe.id > 0 RETURN count(probe)'))) as [
          [number],
        ];
        expect(count).toBeGreaterThanOrEqual(stated);
      }
    };
    try {
      const looking = Promise.all([look(), look(), look()]);
      looking.catch(() => undefined);
      await write().finally(() => {
        isWriting = false;
      });
      await looking;
    } finally {
      await connection.close();
      await neo4j.run('MATCH (probe:Probe) DELETE probe');
      await neo4j.run('DROP CONSTRAINT probe');
    }
  });
});

describe('reading while others write', () => {
  const writeCount = 40;

  it('[S72] shows one revision, whatever is written, staged or undone meanwhile', async () => {
    const direct = await Neo4jStore.open(await openConnection(neo4j.url(), patient));
    const staging = await Neo4jStore.open(await openConnection(neo4j.url('bolt'), patient), { stageFrom: 0 });
    const connection = await openConnection(neo4j.url(), patient);
    const snapshots = new Snapshots(connection, new Neo4jLedger());
    const random = randomFrom(seed);
    const model = new MemoryModel();
    const seen: { readonly revision: number; readonly facts: RecordedFact[]; readonly keys?: readonly string[] }[] = [];
    const changed: { readonly since: number; readonly revision: number; readonly keys: readonly string[] }[] = [];
    let isWriting = true;

    const readPages = async () => {
      while (isWriting) {
        const revision = await snapshots.readRevision();
        const at = random(2) === 0 ? undefined : { revision: random(revision + 1) };
        const options = { factsAtOnce: 1 + random(40), assertionsAFact: [0, 3, Infinity][random(3)] as number };
        const stream = new Neo4jFactStream(snapshots, at, options);
        const facts: RecordedFact[] = [];
        for await (const batch of stream) facts.push(...batch.facts);
        expect(stream.revision).toBeGreaterThanOrEqual(at?.revision ?? revision);
        seen.push({ revision: stream.revision, facts });
      }
    };
    const readKeys = async () => {
      while (isWriting) {
        const since = await snapshots.readRevision();
        const keys = Array.from({ length: 5 }, () => `t${random(90)}`);
        const snapshot = await snapshots.open(random(2) === 0 ? undefined : { revision: random(since + 1) });
        seen.push({ revision: snapshot.revision, facts: [...(await snapshot.readByKeys('TRANSFER', keys)).values()], keys });
        const now = await snapshots.open();
        const between = await readChangedKeys(now, Math.max(0, since - 2), 10_000);
        changed.push({ since: Math.max(0, since - 2), revision: now.revision, keys: between?.get('TRANSFER') ?? [] });
      }
    };
    const write = async () => {
      const imports: string[] = [];
      for (let i = 0; i < writeCount; i++) {
        const store: StatedStore = random(2) === 0 ? direct : staging;
        if (i > 0 && random(5) === 0) {
          const importId = imports[random(imports.length)] as string;
          expect((await store.undoImport(importId, 'eve', i)).outcome).toBe(model.undo(importId));
          continue;
        }
        const next = i === 0 ? ground(i) : changeOf(i, random, model);
        const { isWritten } = await store.commit(next);
        expect(isWritten).toBe(model.commit(next));
        if (isWritten && next.import !== undefined) imports.push(next.import.id);
      }
    };

    try {
      const reading = Promise.all([readPages(), readPages(), readKeys()]);
      reading.catch(() => undefined);
      await write().finally(() => {
        isWriting = false;
      });
      await reading;
    } finally {
      for (const one of [direct, staging, connection]) await one.close();
    }

    expect(seen.length).toBeGreaterThan(10);
    for (const { revision, facts, keys } of seen) {
      const held = model.known[revision] ?? [];
      expect({ revision, facts }).toEqual({
        revision,
        facts: keys === undefined ? held : held.filter((fact) => fact.kind === 'TRANSFER' && keys.includes(fact.key)),
      });
    }
    for (const { since, revision, keys } of changed) {
      const before = new Map(model.known[since]?.map((fact) => [`${fact.kind} ${fact.key}`, fact]));
      const after = new Map(model.known[revision]?.map((fact) => [`${fact.kind} ${fact.key}`, fact]));
      const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => name.startsWith('TRANSFER '));
      const different = names.filter((name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)));
      expect(different.filter((name) => !keys.includes(name.slice('TRANSFER '.length)))).toEqual([]);
    }
  }, 240_000);

  /** Enough for several pages of every size. */
  function ground(i: number): FactWrite {
    const vendors = Array.from({ length: 12 }, (_, n) => vendor(`v${n}`));
    const transfers = Array.from({ length: 60 }, (_, n) => transfer(`t${n}`, 'x', 'vega', `v${n % 12}`));
    return importOf('ground', [lab('vega'), ...vendors, artifact('x', 'vega'), ...transfers], { at: i });
  }

  /** Transfers that appear, disappear and change. */
  function changeOf(i: number, random: (below: number) => number, model: MemoryModel): FactWrite {
    const existing = model.facts.flatMap((fact) => (fact.kind === 'TRANSFER' ? fact.key : []));
    const assertions = new Map<string, Assertion>();
    for (let n = 1 + random(30); n > 0; n--) {
      const key = `t${random(90)}`;
      const recipient = `v${random(12)}`;
      const isGoing = random(4) === 0 && existing.includes(key);
      assertions.set(key, isGoing ? retract('TRANSFER', key) : transfer(key, 'x', 'vega', recipient, { portion: (1 + random(9)) / 10 }));
    }
    const all = [...assertions.values()];
    return random(2) === 0 ? edit(all, { at: i, by: random(2) === 0 ? 'ada' : 'bob' }) : importOf(`i${i}`, all, { at: i });
  }
});
