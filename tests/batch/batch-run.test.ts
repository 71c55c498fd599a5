import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachResults, detachResult, listResults, resultFolder } from '../../server/batch/attached-result.ts';
import type { BatchQuestionName, StatedParameters } from '../../server/batch/batch-questions.ts';
import { batchQuestionNames } from '../../server/batch/batch-questions.ts';
import type { KernelLine } from '../../server/batch/kernel.ts';
import { runRound1, runRound2 } from '../../server/batch/kernel.ts';
import type { IndexedPart } from '../../server/batch/pack-format.ts';
import { runBatch } from '../../server/batch/run-batch.ts';
import { writePack } from '../../server/batch/write-pack.ts';
import { compareCodePoints } from '../../server/domain/compare.ts';
import { formatInstant } from '../../server/domain/instants.ts';
import type { SnapshotHeader } from '../../server/projection/snapshot-format.ts';
import { formatHeader, parsePrefix, prefixBytes } from '../../server/projection/snapshot-format.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { randomFrom, rounds } from '../soak/scale.ts';
import { edit, importOf, retract, toAssertion } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { importSeedWorld } from '../support/worlds/seed-world.ts';
import { manyWorlds, readRows, shuffled } from './many-worlds.ts';
import type { AskedOfServer } from './server-answers.ts';
import { serverAnswers } from './server-answers.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-batch-'));
const random = randomFrom(seed);
const year = 365 * 24 * 3_600_000;
const worldCount = rounds(500);
let store: WholeStore;
let count = 0;
const newFolder = () => join(folder, `${count++}`);

beforeAll(async () => {
  store = await openStore(`sqlite:${join(folder, 'worlds.db')}`);
  await store.commit(importOf('worlds', manyWorlds(worldCount, seed).map(toAssertion)));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Packs, answers and compares with the server. */
async function expectSame(
  from: WholeStore,
  sizes: { readonly transfersAPart: number; readonly bytesAFile: number },
  parameters: StatedParameters,
  asked: AskedOfServer,
): Promise<void> {
  const pack = newFolder();
  await writePack(from, { folder: pack, knownAt: asked.knownAt ?? null, now: asked.now, policy: defaultPolicy, ...sizes });
  await runBatch({ folder: pack, questions: batchQuestionNames, parameters, threads: 1 + Math.floor(random() * 3) }, () => undefined);
  const expected = await serverAnswers(from, batchQuestionNames, asked);
  for (const question of batchQuestionNames) expect([question, readRows(pack, question)]).toEqual([question, expected.get(question)]);
  // Servers answer from results of the latest facts.
  if (asked.knownAt === undefined) {
    const batchFolder = newFolder();
    const attached = await attachResults(from, batchFolder, pack, Date.now());
    const given = await serverAnswers(from, batchQuestionNames, { ...asked, batchFolder });
    for (const question of batchQuestionNames) expect([question, given.get(question)]).toEqual([question, expected.get(question)]);
    for (const { name } of attached) await detachResult(from, batchFolder, name);
  }
  rmSync(pack, { recursive: true });
}

const randomSizes = () => ({
  transfersAPart: [1, 7, 50, 1000][Math.floor(random() * 4)] as number,
  bytesAFile: [1, 5000, 100_000, 10_000_000][Math.floor(random() * 4)] as number,
});
const windowOf = (from: number, to: number) => ({ from: formatInstant(from), to: formatInstant(to) });

describe('an answer of a batch', () => {
  it(`[S1030] [Q1002] equals the server's, for every question, windows and options, and parts of any size (seed ${seed})`, async () => {
    const day = { from: 10, to: 20 };
    await expectSame(store, randomSizes(), {}, { now: 35 });
    await expectSame(
      store,
      randomSizes(),
      {
        core: windowOf(10, 20),
        widest: windowOf(0, 40),
        transferLikelihood: 0.3,
        minDegree: 0.2,
        maxHops: 2,
        asOf: formatInstant(year + 11),
      },
      {
        now: 50,
        asOf: year + 11,
        core: day,
        widest: { from: 0, to: 40 },
        options: { transferLikelihood: 0.3, minDegree: 0.2, maxHops: 2 },
      },
    );
  });

  it('[S1031] equals the server’s about the demo world, now and as known before', async () => {
    const demo = await importSeedWorld('demo');
    try {
      const now = Date.parse('2026-11-24T09:00:00Z');
      await expectSame(
        demo.store,
        { transfersAPart: 20, bytesAFile: 20_000 },
        { transferLikelihood: 0.1 },
        { now, options: { transferLikelihood: 0.1 } },
      );
      await demo.store.commit(edit([retract('TRANSFER', 'T-0030'), retract('TRANSFER', 'T-0042')], { at: now + 2000 }));
      await expectSame(demo.store, randomSizes(), {}, { now: now + 4000 });
      await expectSame(demo.store, randomSizes(), {}, { now: now + 4000, knownAt: now + 1000 });
    } finally {
      await demo.close();
    }
  });

  it(`[S1032] is the same however parts are dealt out and shuffled: to 1, 7 and 64 runs (seed ${seed})`, async () => {
    const pack = newFolder();
    await writePack(store, { folder: pack, knownAt: null, now: 35, policy: defaultPolicy, transfersAPart: 3, bytesAFile: 50_000 });
    let rows = 0;
    for (const question of batchQuestionNames) {
      const answers: string[][] = [];
      for (const partitions of [1, 7, 64]) answers.push(await dealOut(pack, question, partitions));
      rows += answers[0]?.length ?? 0;
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    }
    // A world may have no finding of a kind, or no gap.
    expect(rows).toBeGreaterThan(0);
  });
});

/** The rows of a job over so many partitions of single parts, in random order. */
async function dealOut(pack: string, question: BatchQuestionName, partitions: number): Promise<string[]> {
  const run = { common: join(pack, 'common'), question, parameters: { transferLikelihood: 0.3 } };
  const parts = shuffled(
    readdirSync(join(pack, 'parts')).flatMap((name) => cutFile(join(pack, 'parts', name))),
    random,
  );
  const lines: KernelLine[] = [];
  for (let i = 0; i < partitions; i++) {
    const input = inPieces(Buffer.concat(parts.filter((_, place) => place % partitions === i)));
    for await (const line of runRound1(run, [], input)) lines.push(line);
  }
  const held = shuffled(
    lines.filter((line) => 'held' in line),
    random,
  );
  async function* heldLines() {
    for (const line of held) yield JSON.stringify(line);
  }
  for (let first = 0; first < partitions; first++) {
    for await (const line of runRound2(run, heldLines(), 'held', { first, count: partitions })) lines.push(line);
    // The other questions are answered by one run.
    if (question !== 'ranking' && question !== 'exposures') break;
  }
  return lines
    .flatMap((line) => ('row' in line ? [line] : []))
    .sort((a, b) => compareCodePoints(a.key, b.key))
    .map(({ row }) => JSON.stringify(row));
}

/** The bytes of each part of a file. */
function cutFile(path: string): Buffer[] {
  const bytes = readFileSync(path);
  const length = bytes.readUInt32LE(bytes.length - 4);
  const index = JSON.parse(bytes.subarray(bytes.length - 4 - length, bytes.length - 4).toString()) as IndexedPart[];
  return index.map(({ start, bytes: size }) => bytes.subarray(start, start + size));
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + Math.floor(random() * 20_000);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('a pack', () => {
  it('[S1033] that is damaged or foreign is refused by the name of the file, before anything is answered', async () => {
    const pack = newFolder();
    const request = { knownAt: null, now: 35, policy: defaultPolicy, transfersAPart: 10, bytesAFile: 20_000 };
    await writePack(store, { folder: pack, ...request });
    expect(readdirSync(join(pack, 'parts')).length).toBeGreaterThan(2);
    const manifestOf = (copy: string) => JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'));
    const first = (copy: string) => join(copy, 'parts', '00000000');
    const second = (copy: string) => join(copy, 'parts', '00000001');
    const flip = (path: string) => {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
      writeFileSync(path, bytes);
    };
    const edits: [spoil: (copy: string) => void, message: RegExp][] = [
      [(copy) => rmSync(second(copy)), /parts\/00000001: the file is missing/],
      [(copy) => truncateSync(second(copy), 100), /parts\/00000001: it has 100 of \d+ bytes/],
      [(copy) => cpSync(first(copy), second(copy)), /parts\/00000001: it has/],
      [(copy) => cpSync(first(copy), join(copy, 'parts', '00009999')), /parts\/00009999: the manifest does not name it/],
      [(copy) => flip(second(copy)), /parts\/00000001: it has another SHA-256/],
      [(copy) => flip(join(copy, 'common')), /common: it has another SHA-256/],
      [(copy) => rmSync(join(copy, 'manifest.json')), /manifest\.json: the file is missing/],
      [
        (copy) => writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifestOf(copy), format: '0-earlier' })),
        /manifest\.json has the format 0-earlier, and this program reads 1-/,
      ],
      [
        (copy) => {
          const { files, ...rest } = manifestOf(copy);
          writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...rest, files: [...files, files[1]] }));
        },
        /manifest\.json: it names parts\/00000000 twice/,
      ],
    ];
    for (const [spoil, message] of edits) {
      const copy = newFolder();
      cpSync(pack, copy, { recursive: true });
      spoil(copy);
      await expect(runBatch({ folder: copy, questions: ['ranking'], parameters: {} }, () => undefined)).rejects.toMatchObject({
        code: 'BATCH_DAMAGED',
        message: expect.stringMatching(message),
      });
      expect(existsSync(join(copy, 'results'))).toBe(false);
    }
    // The kernel checks by itself what a cluster hands it.
    const other = newFolder();
    await writePack(store, { folder: other, ...request, now: 36 });
    const parts = readdirSync(join(pack, 'parts')).map((name) => join(pack, 'parts', name));
    const refused = async (files: readonly string[], message: RegExp) => {
      const run = { common: join(pack, 'common'), question: 'findings' as const, parameters: {} };
      await expect(throughBothRounds(run, files)).rejects.toMatchObject({ code: 'BATCH_DAMAGED', message: expect.stringMatching(message) });
    };
    await refused(parts.slice(1), /part 0 is missing/);
    await refused([...parts, parts[0] as string], /part 0 came twice/);
    await refused([...parts.slice(1), first(other)], /00000000: it belongs to another pack/);
    const bytes = readFileSync(first(pack));
    const damaged = async (change: (copy: Buffer) => Buffer, message: RegExp) => {
      const path = newFolder();
      writeFileSync(path, change(Buffer.from(bytes)));
      await refused([path, ...parts.slice(1)], message);
    };
    await damaged((copy) => copy.subarray(0, copy.length - 200), /ends early/);
    await damaged((copy) => Buffer.concat([Buffer.from('NOTAPACK'), copy]), /it is no snapshot/);
    // A kernel of another version writes its format into every part, and so does one that packs.
    await damaged(ofEarlierFormat, /has the format 0-earlier, and this program reads 1-/);
    const common = newFolder();
    writeFileSync(common, ofEarlierFormat(readFileSync(join(pack, 'common'))));
    const run = { common, question: 'findings' as const, parameters: {} };
    await expect(throughBothRounds(run, parts)).rejects.toMatchObject({
      code: 'BATCH_DAMAGED',
      message: expect.stringContaining(`${common} has the format 0-earlier, and this program reads 1-`),
    });
    await damaged((copy) => {
      copy[copy.length >> 1] = (copy[copy.length >> 1] as number) ^ 1;
      return copy;
    }, /checksum|no snapshot/);
  });

  it('[S1034] is never written over something else, and a failure leaves nothing behind', async () => {
    const pack = newFolder();
    const request = { folder: pack, knownAt: null, now: 35, policy: defaultPolicy };
    await writePack(store, request);
    await expect(writePack(store, request)).rejects.toMatchObject({ code: 'CONFLICT' });
    const never = newFolder();
    const before = readdirSync(folder).length;
    await expect(writePack(store, { ...request, folder: never, knownAt: -1e9 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(readdirSync(folder)).toHaveLength(before);
  });
});

/** The same snapshot, as a program of another format would have begun it. */
function ofEarlierFormat(bytes: Buffer): Buffer {
  const end = prefixBytes + parsePrefix(bytes.subarray(0, prefixBytes));
  const header = JSON.parse(bytes.subarray(prefixBytes, end).toString()) as SnapshotHeader;
  return Buffer.concat([formatHeader({ ...header, program: '0-earlier' }), bytes.subarray(end)]);
}

async function throughBothRounds(run: Parameters<typeof runRound1>[0], files: readonly string[]): Promise<void> {
  const lines: string[] = [];
  for await (const line of runRound1(run, files, inPieces(Buffer.alloc(0)))) if ('held' in line) lines.push(JSON.stringify(line));
  async function* held() {
    yield* lines;
  }
  for await (const line of runRound2(run, held(), 'round 1', { first: 0, count: 1 })) expect(line).toBeDefined();
}

describe('a result', () => {
  it('[S1039] is attached once it is whole and of this store, and otherwise refused by name, and nothing is attached', async () => {
    const pack = newFolder();
    const out = newFolder();
    const data = newFolder();
    await writePack(store, { folder: pack, knownAt: null, now: 35, policy: defaultPolicy });
    await runBatch({ folder: pack, questions: ['ranking', 'exposures'], parameters: {}, out, threads: 1 }, () => undefined);
    const manifestIn = (copy: string) => join(copy, 'results', 'ranking', 'manifest.json');
    const change = (copy: string, more: object) =>
      writeFileSync(manifestIn(copy), JSON.stringify({ ...JSON.parse(readFileSync(manifestIn(copy), 'utf8')), ...more }));
    const edits: [spoil: (copy: string) => void, code: string, message: RegExp][] = [
      [
        (copy) => truncateSync(join(copy, 'results', 'ranking', 'rows.ndjson.gz'), 20),
        'BATCH_DAMAGED',
        /ranking\/rows\.ndjson\.gz: it has another/,
      ],
      [(copy) => rmSync(join(copy, 'results', 'ranking', 'rows.ndjson.gz')), 'BATCH_DAMAGED', /rows\.ndjson\.gz: the file is missing/],
      [(copy) => rmSync(manifestIn(copy)), 'BATCH_DAMAGED', /ranking\/manifest\.json: the file is missing/],
      [(copy) => change(copy, { format: '0-earlier' }), 'BATCH_DAMAGED', /manifest\.json has the format 0-earlier/],
      [(copy) => change(copy, { rows: 1 }), 'BATCH_DAMAGED', /rows, and its manifest says 1/],
      [(copy) => change(copy, { store: 'another' }), 'CONFLICT', /ranking\/manifest\.json: the result is of another store/],
      [(copy) => change(copy, { revision: 99 }), 'CONFLICT', /at revision 99/],
      [(copy) => change(copy, { knownAt: '2026-01-01T00:00:00Z' }), 'CONFLICT', /facts known at 2026-01-01T00:00:00Z/],
      [(copy) => rmSync(join(copy, 'results'), { recursive: true }), 'NOT_FOUND', /There are no results in/],
    ];
    for (const [spoil, code, message] of edits) {
      const copy = newFolder();
      cpSync(out, copy, { recursive: true });
      spoil(copy);
      await expect(attachResults(store, data, copy, 40)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
      expect(await listResults(store)).toEqual([]);
    }
    const attached = await attachResults(store, data, out, 40);
    expect(attached.map(({ question }) => question)).toEqual(['exposures', 'ranking']);
    // Again: the same results, once.
    await attachResults(store, data, out, 41);
    expect((await listResults(store)).map(({ name, attachedAt }) => [name, attachedAt])).toEqual(attached.map(({ name }) => [name, 41]));
    for (const { name } of attached) {
      expect(
        readFileSync(join(resultFolder(data, name), 'rows.ndjson'), 'utf8')
          .split('\n')
          .slice(0, -1),
      ).toEqual(readRows(out, name.startsWith('ranking') ? 'ranking' : 'exposures'));
      await detachResult(store, data, name);
      expect(existsSync(resultFolder(data, name))).toBe(false);
    }
    expect(await listResults(store)).toEqual([]);
  });

  it(`[S1040] holds for every instant of its span (seed ${seed})`, async () => {
    const pack = newFolder();
    await writePack(store, { folder: pack, knownAt: null, now: 33, policy: defaultPolicy, transfersAPart: 5 });
    const manifests = await runBatch({ folder: pack, questions: batchQuestionNames, parameters: {}, threads: 2 }, () => undefined);
    for (const { question, span } of manifests) {
      for (const now of [span.from ?? -1000, (span.until ?? 100_000) - 1]) {
        const expected = await serverAnswers(store, [question], { now });
        expect([question, readRows(pack, question)]).toEqual([question, expected.get(question)]);
      }
    }
  });
});
