import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExposureError } from '../../server/domain/errors.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, readAll, smallWorld, vendor } from '../store/assertions-for-tests.ts';
import { patient } from '../support/neo4j/neo4j-for-tests.ts';
import { type Neo4jServer, startNeo4j } from '../support/neo4j/neo4j-server.ts';
import { type RunQuery, withSession } from '../support/neo4j/neo4j-session.ts';
import { seed } from '../support/seed.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { counting, randomFrom, rounds } from './scale.ts';

const other = fileURLToPath(new URL('../store/other-process.ts', import.meta.url));
/** More than one transaction can hold in the server's memory. */
const importCount = 30_000;
const random = randomFrom(seed);
const timeoutMs = 300_000 * rounds(20);
let server: Neo4jServer;

beforeEach(async () => {
  server = await startNeo4j({ heap: '512m' });
  // The server's first answers are slow, so this warms it up.
  const store = await openStore(server.url(), patient);
  await store.commit(edit([vendor('warm-left'), vendor('warm-right')]));
  await store.close();
}, 600_000);
afterEach(() => server?.stop());

/** One of the concurrent writers. It writes pairs of new facts that must appear together or not at all. */
class Writer {
  readonly acknowledged: string[] = [];
  readonly unknown: string[] = [];
  readonly #store: FactStore;
  readonly #name: string;

  constructor(store: FactStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  async writeUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const id = `${this.#name}-${this.acknowledged.length + this.unknown.length}`;
      try {
        await this.#store.commit(edit([vendor(`${id}-left`), vendor(`${id}-right`)], { by: this.#name }));
        this.acknowledged.push(id);
      } catch (error) {
        expect((error as ExposureError).code).toMatch(/^(STORE_UNAVAILABLE|QUERY_TIMEOUT)$/);
        this.unknown.push(id);
        await sleep(100);
      }
    }
  }
}

describe('a Neo4j that is killed', () => {
  it(
    '[S66] loses no acknowledged write, keeps no partial write and doubles none; the stores work again after its restart',
    async () => {
      const stores = await Promise.all([1, 2, 3].map(() => openStore(server.url(), patient)));
      const writers: Writer[] = [];
      const countOne = counting('kills of Neo4j', rounds(20));
      let durable = 0;
      for (let round = 0; round < rounds(20); round++) {
        const before = writers.length;
        for (const store of stores) writers.push(new Writer(store, `writer-${round}-${writers.length}`));
        const those = writers.slice(before);
        let isBack = false;
        const counts = () => those.map(({ acknowledged }) => acknowledged.length);
        let countsWhenBack = counts();
        const isOver = () => isBack && counts().every((count, i) => count >= (countsWhenBack[i] as number) + 3);
        const writing = Promise.all(those.map((writer) => writer.writeUntil(isOver)));
        await sleep(300 + 1200 * random());
        await server.kill();
        await server.restart();
        countsWhenBack = counts();
        isBack = true;
        await writing;

        const present = new Set((await readAll(stores[round % 3] as FactStore)).map(({ key }) => key));
        const isThere = (id: string) => [`${id}-left`, `${id}-right`].map((key) => present.has(key));
        for (const { acknowledged, unknown } of writers) {
          for (const id of acknowledged)
            expect({ seed, round, id, isThere: isThere(id) }).toEqual({ seed, round, id, isThere: [true, true] });
          for (const id of unknown) {
            const [left, right] = isThere(id);
            expect({ seed, round, id, right }).toEqual({ seed, round, id, right: left });
          }
        }
        const written = writers.flatMap(({ acknowledged, unknown }) => [...acknowledged, ...unknown]).filter((id) => isThere(id)[0]);
        expect(present.size).toBe(2 * written.length + 2);
        // Each write raised the revision by one, so none ran twice.
        for (const store of stores) expect(await store.readRevision()).toBe(written.length + 1);
        expect(await (stores[(round + 1) % 3] as FactStore).verify()).toEqual([]);
        countOne();
        durable = written.length - writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
      }
      const [acknowledged, unknown] = [writers.flatMap((writer) => writer.acknowledged), writers.flatMap((writer) => writer.unknown)];
      process.stderr.write(
        `Neo4j killed ${rounds(20)} times (seed ${seed}): ${acknowledged.length} writes acknowledged, ${durable} of ${unknown.length} others durable\n`,
      );
      await Promise.all(stores.map((store) => store.close()));
    },
    timeoutMs,
  );
});

describe('a process that is killed while it stages an import', () => {
  it(
    '[S67] leaves all of it or nothing, and the next writer rolls back the staged write',
    async () => {
      await withSession(server.url('bolt'), async (run) => {
        const store = await openStore(server.url(), patient);
        await store.commit(edit([...smallWorld]));
        const wholeMs = await importWhole('whole');
        await store.undoImport('whole', 'ada', 2000);
        const countNodes = async () => (await run('MATCH (n) WHERE NOT n:ExposureStore RETURN count(n)'))[0]?.[0] as number;
        const countOne = counting('kills of a process that stages', rounds(20));
        const seen = { nothing: 0, all: 0, staging: 0 };
        for (let round = 0; round < rounds(20); round++) {
          const id = `killed-${round}`;
          const [revision, nodes] = [await store.readRevision(), await countNodes()];
          const child = await startImport(id);
          const isOver = once(child, 'exit');
          await sleep(wholeMs * random());
          child.kill('SIGKILL');
          await isOver;
          await untilAlone(run);

          // No reader sees the staged write. Then its lease expires, at once in this test.
          const isWritten = (await store.findImport(id)) !== undefined;
          expect(await store.readRevision()).toBe(isWritten ? revision + 1 : revision);
          expect(await store.readFactsByKey('ORGANIZATION', [`${id} 0`, `${id} ${importCount - 1}`])).toHaveLength(isWritten ? 2 : 0);
          const [[staging]] = (await run('MATCH (m:ExposureStore) SET m.leaseAt = 0 RETURN m.staging')) as [[string | null]];
          if (staging !== null) seen.staging++;

          await store.commit(edit([vendor('after', { website: id })]));
          if (isWritten) await store.undoImport(id, 'ada', 2000);
          else expect(await countNodes()).toBeLessThan(nodes + 20);
          expect({ seed, round, facts: (await readAll(store)).length }).toEqual({ seed, round, facts: smallWorld.length + 3 });
          expect({ seed, round, problems: await store.verify() }).toEqual({ seed, round, problems: [] });
          seen[isWritten ? 'all' : 'nothing']++;
          countOne();
        }
        await store.close();
        process.stderr.write(
          `killed ${seen.all + seen.nothing} staged imports (seed ${seed}): ${seen.all} had been written, ${seen.staging} had begun\n`,
        );
      });
    },
    timeoutMs,
  );
});

/** Starts a process that imports, and waits until it has begun. */
async function startImport(id: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', other, server.url(), 'import', String(importCount), id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

/** Waits until Neo4j has ended the transactions of a killed process. One that was committing when the process ended may still be written. */
async function untilAlone(run: RunQuery): Promise<void> {
  while ((await run('SHOW TRANSACTIONS YIELD transactionId RETURN count(transactionId)'))[0]?.[0] !== 1) await sleep(20);
}

/** @returns the duration of the import */
async function importWhole(id: string): Promise<number> {
  const child = await startImport(id);
  const start = performance.now();
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  return performance.now() - start;
}
