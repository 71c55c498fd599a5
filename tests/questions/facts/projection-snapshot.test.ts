import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseFromStore } from '../../../server/backup/erase/erase-data.ts';
import { openBackup } from '../../../server/backup/read-backup.ts';
import { writeBackup } from '../../../server/backup/write-backup.ts';
import { readConfig } from '../../../server/configuration/config.ts';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import { startServer } from '../../../server/main.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { shareProjection } from '../../../server/projection/share-projection.ts';
import { openSnapshot, writeSnapshot } from '../../../server/projection/snapshot-file.ts';
import { type SnapshotHeader, sizeOf } from '../../../server/projection/snapshot-format.ts';
import { ProjectionSnapshot, type SnapshotOptions } from '../../../server/questions/facts/projection-snapshot.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, retract, smallWorld, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { projectionInPlain } from '../../support/answers/projection-in-plain.ts';
import { afterAll, afterEach, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-kept-'));
let count = 0;
const stores: FactStore[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Place {
  readonly at: string;
  readonly db: string;
  readonly path: string;
}

function newPlace(): Place {
  const at = join(folder, String(count++));
  mkdirSync(at);
  return { at, db: join(at, 'facts.db'), path: join(at, 'facts.db.snapshot') };
}

async function open({ db }: Pick<Place, 'db'>): Promise<FactStore> {
  const store = await openStore(`sqlite:${db}`);
  stores.push(store);
  return store;
}

/** One run of the program: what it reads from the store, what it answers, and what it says. */
async function run(store: FactStore, path: string, options: Partial<SnapshotOptions> = {}) {
  const messages: string[] = [];
  const read: string[] = [];
  const onTrouble = (sentence: string) => messages.push(sentence);
  const snapshot = new ProjectionSnapshot({ path, store, leastFacts: 1, stopWaitMs: 60_000, onTrouble, ...options });
  const watched: FactStore = Object.create(store, {
    readRevision: { value: () => store.readRevision() },
    readChangedKeys: { value: (...asked: Parameters<FactStore['readChangedKeys']>) => store.readChangedKeys(...asked) },
    readFacts: {
      value: (...asked: Parameters<FactStore['readFacts']>) => {
        read.push('all');
        return store.readFacts(...asked);
      },
    },
    readFactsByKey: {
      value: async (...asked: Parameters<FactStore['readFactsByKey']>) => {
        read.push(...asked[1]);
        return store.readFactsByKey(...asked);
      },
    },
  });
  const current = new CurrentProjection(watched, undefined, undefined, snapshot);
  const { projection } = await current.read();
  const { projection: built } = await new CurrentProjection(store).read();
  expect(projection.revision).toBe(built.revision);
  expect(projectionInPlain(projection)).toEqual(projectionInPlain(built));
  return { current, snapshot, messages, read };
}

async function runOnce(store: FactStore, path: string): Promise<{ messages: string[]; read: string[] }> {
  const { snapshot, messages, read } = await run(store, path);
  await snapshot.close();
  return { messages, read };
}

/** The header of a snapshot, and where its columns begin. */
async function headerOf(path: string): Promise<{ header: SnapshotHeader; start: number }> {
  const snapshot = await openSnapshot(path);
  if (snapshot === undefined) throw new Error('There is no snapshot.');
  await snapshot.close();
  const { header } = snapshot;
  return { header, start: statSync(path).size - header.columns.reduce((sum, head) => sum + sizeOf(head), 0) };
}

const leftovers = ({ at }: Place) => readdirSync(at).filter((name) => name.endsWith('.part'));

describe('the snapshot of a restart', () => {
  it('[P225] is read in place of the facts. The change feed brings an earlier revision up to date', async () => {
    const place = newPlace();
    const store = await open(place);
    await store.commit(importOf('i1', smallWorld));
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: ['all'] });
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: [] });

    await store.commit(importOf('i2', smallWorld));
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: [] });
    await store.commit(edit([vendor('sable'), transfer('t2', 'rubric', 'quill', 'sable')]));
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: ['sable', 't2'] });
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: [] });
    await store.commit(edit([retract('TRANSFER', 't2')]));
    await store.undoImport('i1', 'ada', 2000);
    const { read } = await runOnce(store, place.path);
    expect(read).not.toContain('all');
    expect(read).toContain('t2');
    expect(leftovers(place)).toEqual([]);
  });

  it('[P226] [S223] of another store, program or later revision, or a damaged one, is ignored and deleted', async () => {
    const place = newPlace();
    const store = await open(place);
    await store.commit(edit(smallWorld));
    const backup = join(place.at, 'one.backup');
    await writeBackup(store, backup, '1.0.0', 0);
    await store.commit(edit([vendor('sable')]));
    await runOnce(store, place.path);

    const other = newPlace();
    const otherStore = await open(other);
    await otherStore.commit(edit([...smallWorld.slice(0, 3), transfer('t9', 'rubric', 'vega', 'quill')]));
    await otherStore.commit(edit([vendor('sable')]));
    const earlier = newPlace();
    const earlierStore = await open(earlier);
    writeFileSync(earlier.path, 'left by a former store');
    const opened = await openBackup(backup);
    await earlierStore.restore(opened.readRecords());
    await opened.close();
    expect(existsSync(earlier.path)).toBe(false);
    for (const [foreign, its] of [
      [other, otherStore],
      [earlier, earlierStore],
    ] as const) {
      copyFileSync(place.path, foreign.path);
      const { snapshot, messages, read } = await run(its, foreign.path);
      expect({ messages, read }).toEqual({
        messages: [expect.stringContaining('is ignored and deleted (it is not of this store)')],
        read: ['all'],
      });
      expect(existsSync(foreign.path)).toBe(false);
      await snapshot.close();
      expect(await runOnce(its, foreign.path)).toEqual({ messages: [], read: [] });
    }

    const bytes = readFileSync(place.path);
    const snapshot = await openSnapshot(place.path);
    const shared = shareProjection((await (snapshot as NonNullable<typeof snapshot>).readColumns()).projection);
    const key = { ...(snapshot as NonNullable<typeof snapshot>).header, program: 'older' };
    await snapshot?.close();
    rmSync(place.path);
    writeSnapshot(place.path, shared, key);
    expect(await runOnce(store, place.path)).toEqual({
      messages: [expect.stringContaining('another version of the program')],
      read: ['all'],
    });

    const damaged = Buffer.from(bytes);
    damaged[damaged.length - 9] = (damaged[damaged.length - 9] as number) ^ 1;
    writeFileSync(place.path, damaged);
    expect(await runOnce(store, place.path)).toEqual({ messages: [expect.stringContaining('is damaged')], read: ['all'] });
    writeFileSync(place.path, 'EXPG');
    expect(await runOnce(store, place.path)).toEqual({ messages: [expect.stringContaining('is damaged')], read: ['all'] });
  });

  it('[P373] with damaged parts has these made anew from the store, says so, and is written again', async () => {
    const place = newPlace();
    const store = await open(place);
    const artifacts = Array.from({ length: 9 }, (_, i) => `a${i}`);
    await store.commit(edit([...smallWorld, vendor('sable'), ...artifacts.map((id) => artifact(id, 'vega'))]));
    await store.commit(
      edit(artifacts.flatMap((id) => [transfer(`${id}-1`, id, 'vega', 'quill'), transfer(`${id}-2`, id, 'quill', 'sable')])),
    );
    await store.commit(
      edit([retract('TRANSFER', 'a3-2'), retract('TRANSFER', 'a5-1'), retract('TRANSFER', 'a5-2'), retract('ARTIFACT', 'a5')]),
    );
    await runOnce(store, place.path);
    const { header: key } = await headerOf(place.path);
    const facts: RecordedFact[] = [];
    for await (const batch of store.readFacts()) facts.push(...batch.facts);
    rmSync(place.path);
    writeSnapshot(place.path, shareProjection(buildProjection(facts, key.revision, 1)), key);
    const whole = readFileSync(place.path);
    const { header, start } = await headerOf(place.path);
    const parts = header.parts.length;
    expect(parts).toBeGreaterThan(8);
    /** The file with a bit of some parts turned: in their first column, or in their last. */
    const damage = (places: readonly number[], isFirst: boolean) => {
      const bytes = Buffer.from(whole);
      for (const part of places) {
        const end = header.parts[part + 1] ?? header.columns.length;
        const column = isFirst ? (header.parts[part] as number) : end - 1;
        const at = header.columns.slice(0, column).reduce((sum, head) => sum + sizeOf(head), start);
        bytes[at] = (bytes[at] as number) ^ 1;
      }
      writeFileSync(place.path, bytes);
    };
    const cases = [...Array.from({ length: parts }, (_, i) => [i]), [0, 1], [parts - 2, parts - 1], [0, 3, parts - 1]];
    for (const [i, places] of cases.entries()) {
      damage(places, i % 2 === 0);
      const { snapshot, messages, read } = await run(store, place.path);
      await snapshot.close();
      expect(messages).toEqual([expect.stringContaining(`is damaged: ${places.length} of ${parts} parts of it are made anew`)]);
      expect(read).not.toContain('all');
      expect(await runOnce(store, place.path)).toEqual({ messages: [], read: [] });
      // The parts are made anew as of the snapshot's revision, before the later facts come.
      await store.commit(edit([transfer(`later-${i}`, 'a1', 'vega', 'sable')]));
      damage(places, i % 2 === 1);
      const { messages: again } = await runOnce(store, place.path);
      expect(again).toEqual([expect.stringContaining('are made anew')]);
    }
    damage(
      Array.from({ length: Math.ceil(parts / 2) + 1 }, (_, i) => i),
      true,
    );
    expect(await runOnce(store, place.path)).toEqual({ messages: [expect.stringContaining('is ignored and deleted')], read: ['all'] });
  });

  it('[P227] is written beside the answers once the facts have settled, and not for a small world', async () => {
    const place = newPlace();
    const store = await open(place);
    await store.commit(edit(smallWorld));
    const small = await run(store, place.path, { leastFacts: smallWorld.length + 1 });
    await small.snapshot.close();
    expect(existsSync(place.path)).toBe(false);

    const abandoned = `${place.path}.0123.part`;
    writeFileSync(abandoned, 'kite');
    utimesSync(abandoned, 1, 1);
    const { current, snapshot, messages } = await run(store, place.path, { settledMs: 20 });
    await store.commit(edit([vendor('sable')]));
    await current.read();
    await until(async () => existsSync(place.path) && leftovers(place).length === 0);
    await snapshot.close();
    const written = await openSnapshot(place.path);
    await written?.close();
    expect(written?.header.revision).toBe(2);
    expect(messages).toEqual([]);
  });

  it('[P227] that cannot be written is told, and harms nothing', async () => {
    const place = newPlace();
    const store = await open(place);
    await store.commit(edit(smallWorld));
    const { messages, read } = await runOnce(store, join(place.at, 'missing', 'x.snapshot'));
    expect({ messages, read }).toEqual({ messages: [expect.stringMatching(/could not be written \(ENOENT/)], read: ['all'] });
  });

  it('[P228] holds nothing that was erased, even if a process still has the erased facts in memory', async () => {
    const place = newPlace();
    const store = await open(place);
    await store.commit(edit([...smallWorld, vendor('kite', { name: 'Kite' })], { by: 'ada@example.org' }));
    await runOnce(store, place.path);
    writeFileSync(`${place.path}.0123.part`, 'kite');
    const late = await run(store, place.path);
    await store.commit(edit([vendor('sable')]));
    await late.current.read();

    const subject = { of: 'person', person: 'ada@example.org', also: [] } as const;
    await eraseFromStore(store, join(place.at, 'erasure.backup'), { subject, by: 'local', at: 9000, product: '1.0.0', key: null });
    expect(existsSync(place.path)).toBe(false);
    expect(leftovers(place)).toEqual([]);
    await late.snapshot.close();
    expect(late.messages).toEqual([]);
    expect(readdirSync(place.at).filter((name) => name.includes('.snapshot'))).toEqual([]);
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: ['all'] });
    expect(readFileSync(place.path).includes('ada@example.org')).toBe(false);
  });

  it('[S224] of several servers that share a folder is always one of theirs, whole', async () => {
    const place = newPlace();
    const store = await open(place);
    await store.commit(edit(smallWorld));
    const servers = await Promise.all([1, 2, 3].map(() => run(store, place.path, { settledMs: 0 })));
    for (let i = 0; i < 8; i++) {
      await store.commit(edit([vendor(`v${i}`)]));
      await Promise.all(servers.map(({ current }) => current.read()));
      const { messages } = await runOnce(store, place.path);
      expect(messages).toEqual([]);
    }
    await Promise.all(servers.map(({ snapshot }) => snapshot.close()));
    expect(servers.flatMap(({ messages }) => messages)).toEqual([]);
    expect(leftovers(place)).toEqual([]);
    expect(await runOnce(store, place.path)).toEqual({ messages: [], read: [] });
  });

  it('[P227] is kept by a server, and read at its next start', async () => {
    const place = newPlace();
    const store = await openStore(`sqlite:${place.db}`);
    await store.commit(edit(Array.from({ length: 20_000 }, (_, i) => vendor(`v${i}`))));
    await store.close();
    const config = readConfig({ store: `sqlite:${place.db}`, port: 0 }, { EXPOSURE_DATA: place.at, EXPOSURE_LOG: 'silent' });
    const server = await startServer(config);
    await until(async () => existsSync(place.path));
    await server.close();
    const snapshot = await openSnapshot(place.path);
    await snapshot?.close();
    rmSync(place.path);
    // The store has no such organization, so only a server that reads the snapshot knows it.
    const other = await open(newPlace());
    await other.commit(edit([vendor('only-here', { name: 'Only here' })]));
    const { projection } = await new CurrentProjection(other).read();
    writeSnapshot(place.path, shareProjection(projection), (snapshot as NonNullable<typeof snapshot>).header);
    const again = await startServer(config);
    const answer = await fetch(`${again.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ organization(id: "only-here") { name } }' }),
    });
    expect(await answer.json()).toEqual({ data: { organization: { name: 'Only here' } } });
    await again.close();
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not happen within 40 s.');
}
