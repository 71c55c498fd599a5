import { mkdtempSync, openSync, readdirSync, readlinkSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blastRadiusRows, otherCopyRows } from '../../../server/export/blast-radius-rows.ts';
import { toCsv } from '../../../server/export/rows.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { LocalFacts } from '../../../server/questions/facts/local-facts.ts';
import { PackedTransfers, type ReadTransfers } from '../../../server/questions/facts/packed/packed-transfers.ts';
import type { FactStore, PartReader } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { radiusInIds } from '../../support/answers/engine-answers.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '../../support/test.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../assertions-for-tests.ts';

let neo4j: Neo4jForTests;
let store: FactStore;
let folder: string;
const troubles: string[] = [];
const optionsIn = () => ({
  path: join(folder, 'projection.snapshot'),
  onTrouble: (sentence: string) => troubles.push(sentence),
  waitMs: 60_000,
});

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  store = await openStore(neo4j.url(), patient);
  folder = mkdtempSync(join(tmpdir(), 'exposure-packed-'));
}, 120_000);
afterAll(async () => {
  await store?.close();
  await neo4j?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  troubles.length = 0;
  await neo4j.emptyStore();
  await store.close();
  store = await openStore(neo4j.url(), patient);
  await store.commit(importOf('first', firstWorld));
}, 60_000);

const organizations = ['lab', 'v1', 'v2', 'v3', 'v4'];
const artifacts = ['x', 'y', 'z', 'unsent'];
const firstWorld = [
  lab('lab'),
  ...organizations.slice(1).map((id) => vendor(id)),
  ...artifacts.map((id) => artifact(id, 'lab')),
  transfer('t1', 'x', 'lab', 'v1', { sentAt: 10 }),
  transfer('t2', 'x', 'v1', 'v2', { sentAt: 20 }),
  transfer('t3', 'y', 'lab', 'v2', { sentAt: 10, fragments: ['f1'] }),
  transfer('t4', 'z', 'lab', 'v3', { sentAt: 10, channel: 'sftp' }),
  say('REVEALS', { artifact: 'x', reveals: 'z', degree: 0.9 }),
  say('ACCESS', { id: 'a1', grantee: 'v1', grantor: 'v2' }),
];

/** Reads all artifacts at the current revision. */
async function readAll(packed: PackedTransfers): Promise<ReadTransfers> {
  const revision = await store.readRevision();
  const { result } = await (store.parts as PartReader).readPart((part) => packed.read(part, artifacts, revision));
  await packed.keep(result, revision);
  return result;
}

/** The artifacts that were read from the database. */
const missingOf = async (packed: PackedTransfers) => [...(await readAll(packed)).missing].sort();

async function openPacked(): Promise<PackedTransfers> {
  const packed = new PackedTransfers(store, optionsIn());
  packed.begin();
  await packed.packed();
  return packed;
}

describe('packed transfers', () => {
  it('[G324] answer in place of the database, and a write makes it answer for the artifacts that its transfers name and named, once', async () => {
    const packed = await openPacked();
    expect(await missingOf(packed)).toEqual([]);
    expect((await readAll(packed)).rows.count).toBe(4);
    const steps: [string, () => Promise<unknown>, string[]][] = [
      ['a new transfer', () => store.commit(edit([transfer('t5', 'unsent', 'lab', 'v4')])), ['unsent']],
      ['another value', () => store.commit(edit([transfer('t4', 'z', 'lab', 'v3', { channel: 'portal' })])), ['z']],
      ['another artifact', () => store.commit(edit([transfer('t3', 'z', 'lab', 'v2')])), ['y', 'z']],
      ['a removal', () => store.commit(edit([retract('TRANSFER', 't5')])), ['unsent']],
      ['a fact of another kind', () => store.commit(edit([vendor('v5')])), []],
      ['a merge', () => store.commit(edit([say('ORGANIZATION', { id: 'v3', mergedInto: 'v2' })])), ['z']],
      ['the end of a merge', () => store.commit(edit([say('ORGANIZATION', { id: 'v3', mergedInto: null })])), ['z']],
      ['an import', () => store.commit(importOf('second', [transfer('t6', 'y', 'lab', 'v1')])), ['y']],
      ['its undo', () => store.undoImport('second', 'ada', 2000), ['y']],
    ];
    for (const [name, write, expected] of steps) {
      await write();
      expect([name, await missingOf(packed)]).toEqual([name, expected]);
      expect([name, await missingOf(packed)]).toEqual([name, []]);
    }
    await packed.close();
    expect(troubles).toEqual([]);
  }, 120_000);

  it('[P292] give each organization the radius from all facts, after every kind of write', async () => {
    const whole = new CurrentProjection(store);
    const local = new LocalFacts(store, store.parts as PartReader, Date.now, optionsIn());
    await local.read();
    await local.packed();
    const compare = async () => {
      const { projection } = await whole.read();
      for (const origin of organizations.filter((id) => projection.organizations.id.find(id) >= 0)) {
        const question = { origins: [origin], options: { maxHops: 3, minDegree: 0 } };
        const answerOf = (of: typeof projection) => {
          const radius = findBlastRadius(of, resolveRadiusInput(of, question, undefined, 1000));
          return [radiusInIds(radius), [...toCsv(blastRadiusRows(radius, new Map()))], [...toCsv(otherCopyRows(radius))]];
        };
        expect(answerOf(await local.forRadius(question, undefined, 1000))).toEqual(answerOf(projection));
      }
    };
    const writes = [
      () => store.commit(edit([transfer('t5', 'unsent', 'lab', 'v4'), transfer('s5', 'y', 'v2', 'v4', { sentAt: 15 })])),
      () => store.commit(edit([transfer('t3', 'z', 'lab', 'v2', { sentAt: 5 })])),
      () => store.commit(edit([say('ORGANIZATION', { id: 'v3', mergedInto: 'v2' })])),
      () => store.commit(edit([retract('TRANSFER', 't2')])),
      () => store.commit(edit([say('ORGANIZATION', { id: 'v3', mergedInto: null })])),
      () => store.commit(importOf('second', [vendor('a0'), artifact('a0', 'lab'), transfer('a0', 'a0', 'lab', 'v1')])),
      () => store.undoImport('second', 'ada', 2000),
      () => store.commit(edit([retract('TRANSFER', 't1'), transfer('t1b', 'x', 'lab', 'v3')])),
    ];
    await compare();
    for (const write of writes) {
      await write();
      await compare();
    }
    await local.close();
    expect(troubles).toEqual([]);
  }, 120_000);

  it('[G333] are announced in the log with their number, once', async () => {
    const messages: string[] = [];
    const packed = new PackedTransfers(store, { ...optionsIn(), onPacked: (sentence) => messages.push(sentence) });
    packed.begin();
    await packed.packed();
    packed.begin();
    await packed.packed();
    expect(messages).toEqual([expect.stringMatching(/^4 transfers are packed, in [\d.]+ s and [\d.]+ MB\.$/)]);
    await packed.close();
  }, 60_000);

  it('[G334] tell which artifacts an organization sent or received, and after a write also those that it adds', async () => {
    const packed = await openPacked();
    const handledOf = async (id: string) => (await packed.findHandled([id], await store.readRevision()))?.sort();
    const handled = async () => Promise.all(organizations.map(async (id) => [id, await handledOf(id)]));
    const first: [string, string[]][] = [
      ['lab', ['x', 'y', 'z']],
      ['v1', ['x']],
      ['v2', ['x', 'y']],
      ['v3', ['z']],
      ['v4', []],
    ];
    expect(await handled()).toEqual(first);
    const { result } = await (store.parts as PartReader).readPart((part) =>
      Promise.all(organizations.map(async (id) => [id, (await part.readArtifactsHandled([id])).sort()])),
    );
    expect(result).toEqual(first);
    await store.commit(edit([transfer('t5', 'unsent', 'v1', 'v4'), transfer('t4', 'z', 'lab', 'v1')]));
    expect(await handled()).toEqual([
      ['lab', ['x', 'y', 'z']],
      ['v1', ['unsent', 'x', 'z']],
      ['v2', ['x', 'y']],
      ['v3', ['z']],
      ['v4', ['unsent']],
    ]);
    await store.commit(edit([say('ORGANIZATION', { id: 'v4', mergedInto: 'v2' })]));
    expect(await handledOf('v2')).toEqual(['unsent', 'x', 'y']);
    expect((await packed.findHandled(['v1', 'v2'], await store.readRevision()))?.sort()).toEqual(['unsent', 'x', 'y', 'z']);
    await packed.close();
    expect(await handledOf('v1')).toBeUndefined();
  }, 60_000);

  it('[G335] have lists of artifacts for thousands of organizations, each artifact once', async () => {
    const ids = Array.from({ length: 3000 }, (_, i) => `o${i}`);
    const arts = Array.from({ length: 40 }, (_, i) => `a${i}`);
    await store.commit(
      importOf('many', [
        ...ids.map((id) => vendor(id)),
        ...arts.map((id) => artifact(id, 'lab')),
        ...ids.flatMap((id, i) => [0, 1, 2, 3].map((n) => transfer(`${id}-${n}`, `a${(i * 7 + (n % 3)) % 40}`, 'lab', id))),
      ]),
    );
    const packed = await openPacked();
    const revision = await store.readRevision();
    for (const [i, id] of ids.entries())
      expect((await packed.findHandled([id], revision))?.sort()).toEqual([0, 1, 2].map((n) => `a${(i * 7 + n) % 40}`).sort());
    expect((await packed.findHandled(['lab'], revision))?.sort()).toEqual([...arts, 'x', 'y', 'z'].sort());
    await packed.close();
  }, 120_000);

  it('[G325] are in a file without a name, which nobody else opens and which is gone with the process', async () => {
    const packed = await openPacked();
    expect(readdirSync(folder)).toEqual([]);
    expect(openFiles()).toHaveLength(1);
    await packed.close();
    expect(openFiles()).toEqual([]);
  }, 60_000);

  it('[G326] that are damaged are read from the database', async () => {
    const packed = await openPacked();
    const before = readBack(await readAll(packed));
    const file = openSync(`/proc/self/fd/${openFiles()[0]}`, 'r+');
    // The first block begins with its count of transfers, the last one ends with an id.
    writeSync(file, Buffer.from([77]), 0, 1, 0);
    const damaged = await readAll(packed);
    expect(damaged.missing).toHaveLength(1);
    expect(readBack(damaged)).toEqual(before);
    expect(await missingOf(packed)).toEqual([]);
    await packed.close();
  }, 60_000);

  it('[G327] are dropped when the history of the store is another one, and all are packed again', async () => {
    const packed = await openPacked();
    await neo4j.emptyStore();
    const former = store;
    store = await openStore(neo4j.url(), patient);
    await store.commit(importOf('other', [...firstWorld.slice(0, -4), transfer('other', 'x', 'lab', 'v4')]));
    const anew = new PackedTransfers(store, optionsIn());
    expect(readBack(await readAll(packed))).toEqual(readBack(await readAll(anew)));
    await Promise.all([packed.close(), anew.close(), former.close()]);
  }, 60_000);

  it('[G328] are all packed again after a write of many, and the database answers meanwhile', async () => {
    const packed = await openPacked();
    await store.commit(
      importOf(
        'many',
        Array.from({ length: 2500 }, (_, i) => transfer(`m${i}`, 'x', 'lab', 'v1')),
      ),
    );
    expect(await missingOf(packed)).toEqual([...artifacts].sort());
    packed.begin();
    await packed.packed();
    const read = await readAll(packed);
    expect([read.missing, read.rows.count]).toEqual([[], 2504]);
    await packed.close();
    expect(troubles).toEqual([]);
  }, 120_000);

  it('[G329] that find no room on the disk cost no answer, and a sentence says so', async () => {
    const packed = new PackedTransfers(store, { ...optionsIn(), path: join(folder, 'missing', 'projection.snapshot') });
    packed.begin();
    await packed.packed();
    expect((await readAll(packed)).rows.count).toBe(4);
    expect(troubles).toEqual([expect.stringContaining('Questions read them from the database')]);
    await packed.close();
  }, 60_000);
});

/** Ids and texts of the transfers, by id. */
function readBack({ rows }: ReadTransfers) {
  const { ids } = rows.findStarts();
  return Array.from({ length: rows.count }, (_, i) => [
    Buffer.from(rows.ids.subarray(ids[i], ids[i + 1])).toString(),
    ...(['artifact', 'sender', 'recipient'] as const).map((name) => rows.texts.textOf(rows.columns[name][i] as number)),
  ]).sort();
}

/** The open files of this process that lie in the folder, and have no name any more. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').filter((file) => {
    try {
      return readlinkSync(`/proc/self/fd/${file}`).startsWith(folder);
    } catch {
      return false;
    }
  });
}
