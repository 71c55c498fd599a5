import { mkdtempSync, openSync, readdirSync, readlinkSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { blastRadiusRows, dependentRows, otherCopyRows } from '../../../server/export/blast-radius-rows.ts';
import { toCsv } from '../../../server/export/rows.ts';
import { explainWay } from '../../../server/exposure/radius/because.ts';
import { buildRadiusSubgraph, describeNodes } from '../../../server/exposure/radius/charts/subgraph.ts';
import { buildTimeline } from '../../../server/exposure/radius/charts/timeline.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import { type RadiusQuestion, resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { linkKey, nodeKey } from '../../../server/projection/links.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { LocalFacts } from '../../../server/questions/facts/held-facts.ts';
import { PackedTransfers, type TransferSource } from '../../../server/questions/facts/packed/packed-transfers.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { integrityInIds, radiusInIds } from '../../support/answers/engine-answers.ts';
import { finish } from '../../support/finish.ts';
import type { Question } from '../../support/oracle/question.ts';
import { seed } from '../../support/seed.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { questionsAbout, worlds } from '../../support/worlds/arbitraries.ts';
import { toRecordedFacts, type World } from '../../support/worlds/world.ts';
import { artifact, edit, importOf, lab, retract, say, transfer, vendor } from '../assertions-for-tests.ts';

const now = 25;

function toQuestion({ core, widest, origins, suspected, hasCore, scopes, ...options }: Question): RadiusQuestion {
  return { origins, suspectedOrigins: suspected, hasCore, core, widest, scope: scopes, options };
}

/** The full content of a radius, in ids and sentences. */
export function answerOf(projection: Projection, question: RadiusQuestion) {
  const radius = findBlastRadius(projection, resolveRadiusInput(projection, question, undefined, now));
  const { nodes, links, omittedCount } = finish(buildRadiusSubgraph(radius, 12));
  return {
    radius: radiusInIds(radius),
    integrity: integrityInIds(projection, findIntegrityRadius(projection, radius.input)),
    because: radius.artifacts.map((one) => one.ways(100).map((way) => explainWay(radius, way))),
    timeline: buildTimeline(radius, 20),
    nodes: finish(describeNodes(radius, nodes)).map(({ node, worstCaseLossUsd }) => [nodeKey(projection, node), worstCaseLossUsd]),
    links: links.map(({ link, tier, isSpread }) => [linkKey(projection, link), link.count, link.readableCount, tier, isSpread]),
    omittedCount,
    files: [blastRadiusRows(radius, new Map()), otherCopyRows(radius), dependentRows(radius, false)].map((table) =>
      [...toCsv(table)].join(''),
    ),
  };
}

export function toAssertions({ facts }: World): Assertion[] {
  return toRecordedFacts({ facts }).map(({ kind, key, values, provenance: { assertedAt } }) => ({
    ...{ kind, key, isRetraction: false, values, assertedAt },
    ...{ source: null, file: 'world.csv', line: null },
  }));
}

const cases: fc.Arbitrary<{ world: World; questions: Question[] }> = worlds
  .filter((candidate) => candidate.facts.some(({ kind }) => kind === 'ORGANIZATION'))
  .chain((about) => fc.array(questionsAbout(about), { minLength: 5, maxLength: 5 }).map((questions) => ({ world: about, questions })));

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

/**
 * A server that holds no transfers must pass these tests, whatever its store.
 *
 * @param open makes a new, empty store; called before each test
 */
export function describeLocalFacts(name: string, open: () => Promise<WholeStore>): void {
  describe(`${name}: facts without transfers in memory`, () => {
    let store: WholeStore;
    let folder: string;
    const troubles: string[] = [];
    const closing: { close(): Promise<void> }[] = [];
    const optionsIn = () => ({
      path: join(folder, 'projection.snapshot'),
      onTrouble: (sentence: string) => troubles.push(sentence),
      waitMs: 60_000,
    });
    beforeEach(async () => {
      troubles.length = 0;
      folder = mkdtempSync(join(tmpdir(), 'exposure-local-'));
      store = await open();
    });
    afterEach(async () => {
      for (const one of closing.splice(0)) await one.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Counts how often the store is asked for transfers. */
    function watchedStore() {
      const watched = {
        count: 0,
        store: new Proxy(store, {
          get(target, name) {
            if (name === 'readPart') watched.count++;
            const value: unknown = Reflect.get(target, name, target);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
      };
      return watched;
    }

    function openLocal(isPacked: boolean, from = store): LocalFacts {
      const local = new LocalFacts(from, Date.now, isPacked ? optionsIn() : undefined);
      closing.push(local);
      return local;
    }

    async function openPacked(of: WholeStore = store): Promise<PackedTransfers> {
      const packed = new PackedTransfers(of, optionsIn());
      closing.push(packed);
      packed.begin();
      await packed.packed();
      return packed;
    }

    const sourceOf = async (packed: PackedTransfers) => (await packed.at(await store.readRevision())) as TransferSource;

    it(`[P43] a radius equals the one from all facts, in every figure, list, path and sentence, on generated worlds (seed ${seed})`, async () => {
      const whole = new CurrentProjection(store);
      const stored = openLocal(false);
      const packed = openLocal(true);
      await packed.read();
      await packed.packed();
      let count = 0;
      await fc.assert(
        fc.asyncProperty(cases, async ({ world, questions }) => {
          if (count > 0) await store.undoImport(`world ${count}`, 'ada', count);
          count++;
          expect((await store.commit(importOf(`world ${count}`, toAssertions(world), { at: count }))).violations).toEqual([]);
          const { projection } = await whole.read();
          for (const question of questions.map(toQuestion)) {
            const expected = answerOf(projection, question);
            expect(answerOf(await stored.forRadius(question, undefined, now), question)).toEqual(expected);
            expect(answerOf(await packed.forRadius(question, undefined, now), question)).toEqual(expected);
          }
        }),
        { seed, numRuns: Number(process.env.LOCAL_RUNS ?? 20), endOnFailure: true },
      );
      expect(troubles).toEqual([]);
    }, 300_000);

    it('[P292] [G324] after every kind of write, packed transfers answer in place of the store, and equal to it', async () => {
      await store.commit(importOf('first', firstWorld));
      const whole = new CurrentProjection(store);
      const watched = watchedStore();
      const packed = openLocal(true, watched.store);
      const stored = openLocal(false);
      await packed.read();
      await packed.packed();
      const compare = async (step: string) => {
        const { projection } = await whole.read();
        for (const origin of organizations.filter((id) => projection.organizations.id.find(id) >= 0)) {
          for (const transferLikelihood of [0, 0.5]) {
            const question: RadiusQuestion = { origins: [origin], options: { maxHops: 3, minDegree: 0, transferLikelihood } };
            const expected = [step, answerOf(projection, question)];
            expect([step, answerOf(await packed.forRadius(question, undefined, now), question)]).toEqual(expected);
            expect([step, answerOf(await stored.forRadius(question, undefined, now), question)]).toEqual(expected);
          }
        }
        expect([step, await packed.countTransfers()]).toEqual([step, projection.transfers.count]);
        expect([step, await stored.countTransfers()]).toEqual([step, projection.transfers.count]);
      };
      const steps: [string, () => Promise<unknown>][] = [
        ['nothing', async () => undefined],
        [
          'new transfers',
          () => store.commit(edit([transfer('t5', 'unsent', 'lab', 'v4'), transfer('s5', 'y', 'v2', 'v4', { sentAt: 15 })])),
        ],
        ['another value', () => store.commit(edit([transfer('t4', 'z', 'lab', 'v3', { channel: 'portal' })]))],
        ['another artifact', () => store.commit(edit([transfer('t3', 'z', 'lab', 'v2', { sentAt: 5 })]))],
        ['back again', () => store.commit(edit([transfer('t3', 'y', 'lab', 'v2', { sentAt: 5 })]))],
        ['another sender', () => store.commit(edit([say('TRANSFER', { id: 's5', sender: 'v1' })]))],
        ['a fact of another kind', () => store.commit(edit([vendor('v5')]))],
        ['a merge', () => store.commit(edit([say('ORGANIZATION', { id: 'v3', mergedInto: 'v2' })]))],
        ['a merge of both ends', () => store.commit(edit([say('ORGANIZATION', { id: 'v1', mergedInto: 'v2' })]))],
        ['a removal', () => store.commit(edit([retract('TRANSFER', 't2')]))],
        ['the end of merges', () => store.commit(edit(['v3', 'v1'].map((id) => say('ORGANIZATION', { id, mergedInto: null }))))],
        ['an import', () => store.commit(importOf('second', [vendor('a0'), artifact('a0', 'lab'), transfer('a0', 'a0', 'lab', 'v1')]))],
        ['its undo', () => store.undoImport('second', 'ada', 2000)],
        ['a removal and a new one', () => store.commit(edit([retract('TRANSFER', 't1'), transfer('t1b', 'x', 'lab', 'v3')]))],
      ];
      for (const [step, write] of steps) {
        await write();
        await compare(step);
      }
      expect(watched.count).toBe(0);
      expect(troubles).toEqual([]);
    });

    it('[G333] are announced in the log with their number, once', async () => {
      await store.commit(importOf('first', firstWorld));
      const messages: string[] = [];
      const packed = new PackedTransfers(store, { ...optionsIn(), onPacked: (sentence) => messages.push(sentence) });
      closing.push(packed);
      packed.begin();
      await packed.packed();
      packed.begin();
      await packed.packed();
      expect(messages).toEqual([expect.stringMatching(/^4 transfers are packed, in [\d.]+ s and [\d.]+ MB\.$/)]);
    });

    it('[G334] tell which artifacts an organization sent or received, and after a write also those that it adds', async () => {
      await store.commit(importOf('first', firstWorld));
      const packed = await openPacked();
      const handled = async () =>
        Promise.all(organizations.map(async (id) => [id, (await (await sourceOf(packed)).findHandled([id])).sort()]));
      const stored = async () =>
        (await store.readPart((part) => Promise.all(organizations.map(async (id) => [id, (await part.readArtifactsHandled([id])).sort()]))))
          .result;
      const first = [
        ['lab', ['x', 'y', 'z']],
        ['v1', ['x']],
        ['v2', ['x', 'y']],
        ['v3', ['z']],
        ['v4', []],
      ];
      expect(await handled()).toEqual(first);
      expect(await stored()).toEqual(first);
      await store.commit(edit([transfer('t5', 'unsent', 'v1', 'v4'), say('TRANSFER', { id: 't4', recipient: 'v1' })]));
      const second = [
        ['lab', ['x', 'y', 'z']],
        ['v1', ['unsent', 'x', 'z']],
        ['v2', ['x', 'y']],
        ['v3', ['z']],
        ['v4', ['unsent']],
      ];
      expect(await handled()).toEqual(second);
      expect(await stored()).toEqual(second.map(([id, list]) => (id === 'v3' ? [id, []] : [id, list])));
      await store.commit(edit([say('ORGANIZATION', { id: 'v4', mergedInto: 'v2' })]));
      expect((await (await sourceOf(packed)).findHandled(['v2'])).sort()).toEqual(['unsent', 'x', 'y']);
      expect((await (await sourceOf(packed)).findHandled(['v1', 'v2'])).sort()).toEqual(['unsent', 'x', 'y', 'z']);
      await packed.close();
      expect(await sourceOf(packed)).toBeUndefined();
    });

    it('[G335] have lists of artifacts for thousands of organizations, each artifact once', async () => {
      const ids = Array.from({ length: 3000 }, (_, i) => `o${i}`);
      const arts = Array.from({ length: 40 }, (_, i) => `a${i}`);
      await store.commit(importOf('first', firstWorld));
      await store.commit(
        importOf('many', [
          ...ids.map((id) => vendor(id)),
          ...arts.map((id) => artifact(id, 'lab')),
          ...ids.flatMap((id, i) => [0, 1, 2, 3].map((n) => transfer(`${id}-${n}`, `a${(i * 7 + (n % 3)) % 40}`, 'lab', id))),
        ]),
      );
      const source = await sourceOf(await openPacked());
      for (const [i, id] of ids.entries())
        expect((await source.findHandled([id])).sort()).toEqual([0, 1, 2].map((n) => `a${(i * 7 + n) % 40}`).sort());
      const ofLab = [...arts, 'x', 'y', 'z'].sort();
      expect((await source.findHandled(['lab'])).sort()).toEqual(ofLab);
      const { result } = await store.readPart(async (part) => ({
        handled: await part.readArtifactsHandled(['lab']),
        transfers: await part.readTransfersOf(['a3', 'a7', 'x']),
        count: await part.countTransfers(),
      }));
      expect(result.handled.sort()).toEqual(ofLab);
      expect(result.transfers.length).toBe(
        ids.flatMap((_, i) => [0, 1, 2, 3].map((n) => (i * 7 + (n % 3)) % 40)).filter((a) => a === 3 || a === 7).length + 2,
      );
      expect(result.count).toBe(12_004);
    });

    it('[G325] are in a file without a name, which nobody else opens and which is gone with the process', async () => {
      await store.commit(importOf('first', firstWorld));
      const packed = await openPacked();
      expect(readdirSync(folder)).toEqual([]);
      expect(openFiles()).toHaveLength(1);
      await packed.close();
      expect(openFiles()).toEqual([]);
    });

    it('[G326] that are damaged are read from the store, and packed again', async () => {
      await store.commit(importOf('first', firstWorld));
      const watched = watchedStore();
      const local = openLocal(true, watched.store);
      const question: RadiusQuestion = { origins: ['v2'], options: { minDegree: 0 } };
      await local.read();
      await local.packed();
      const before = answerOf(await local.forRadius(question, undefined, now), question);
      // The cache holds the part of the question above.
      await store.commit(edit([vendor('v5')]));
      const file = openSync(`/proc/self/fd/${openFiles()[0]}`, 'r+');
      writeSync(file, Buffer.alloc(320, 77), 0, 320, 0);
      expect(answerOf(await local.forRadius(question, undefined, now), question)).toEqual(before);
      expect(troubles).toEqual([expect.stringContaining('another checksum')]);
      await local.packed();
      await store.commit(edit([vendor('v6')]));
      const count = watched.count;
      expect(answerOf(await local.forRadius(question, undefined, now), question)).toEqual(before);
      expect(watched.count).toBe(count);
    });

    it('[G328] are all packed again after a write of many, and the store answers meanwhile', async () => {
      await store.commit(importOf('first', firstWorld));
      const packed = await openPacked();
      const many = Array.from({ length: 2500 }, (_, i) => transfer(`m${i}`, 'x', 'lab', 'v1'));
      await store.commit(importOf('many', many));
      expect(await sourceOf(packed)).toBeUndefined();
      packed.begin();
      await packed.packed();
      const rows = packed.newRows();
      await (await sourceOf(packed)).read(artifacts, rows);
      expect(rows.count).toBe(2504);
      expect(troubles).toEqual([]);
    });

    it('[G329] that find no room on the disk cost no answer, and a sentence says so', async () => {
      await store.commit(importOf('first', firstWorld));
      const pack = { ...optionsIn(), path: join(folder, 'missing', 'projection.snapshot') };
      const local = new LocalFacts(store, Date.now, pack);
      closing.push(local);
      await local.read();
      await local.packed();
      expect((await local.forRadius({ origins: ['v3'] }, undefined, now)).transfers.count).toBe(1);
      expect(await local.countTransfers()).toBe(4);
      expect(troubles).toEqual([expect.stringContaining('Questions read them from the store')]);
    });

    /** The open files of this process that lie in the folder, and have no name any more. */
    function openFiles(): string[] {
      return readdirSync('/proc/self/fd').filter((file) => {
        try {
          const path = readlinkSync(`/proc/self/fd/${file}`);
          return path.startsWith(`${folder}/projection.snapshot`);
        } catch {
          return false;
        }
      });
    }
  });
}
