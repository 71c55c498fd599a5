import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExposureError } from '../../server/domain/errors.ts';
import { refuseDamage } from '../../server/store/damaged-store.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore, verifyStoreAt } from '../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, retract, transfer, vendor } from '../store/assertions-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { counting, randomFrom, rounds } from './scale.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-damage-'));
const suffixes = ['', '-wal', '.last-change'];
/** A closed store, and one whose process was killed, so that its latest writes are in the log. */
const copies = ['closed.db', 'killed.db'].map((name) => join(folder, name));
const original = new Map<string, string>();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const path = join(folder, 'original.db');
  const first = await openStore(`sqlite:${path}`);
  const vendors = Array.from({ length: 300 }, (_, i) =>
    vendor(`vendor-${i}`, { website: `https://v${i}.example.org`, aliases: [`V ${i}`] }),
  );
  await first.commit(importOf('i1', [lab('vega'), artifact('rubric', 'vega', { valueLowUsd: 1000, valueHighUsd: 9000 }), ...vendors]));
  const transfers = vendors.map(({ key }, i) =>
    transfer(`t${i}`, 'rubric', 'vega', key, { sentAt: 1e12 + i, channel: `channel ${i % 7}` }),
  );
  await first.commit(importOf('i2', transfers, { import: { incidents: new Map([['inc-1', '{"name":"Breach"}']]) } }));
  await first.close();
  copy(path, copies[0] as string);
  const second = await openStore(`sqlite:${path}`);
  await second.commit(edit([vendor('vendor-1', { country: 'NL' }), retract('TRANSFER', 't3')]));
  await second.commit(importOf('i3', [transfer('t999', 'rubric', 'vega', 'vendor-2', { portion: 0.25 })]));
  await second.undoImport('i3', 'ada', 2000);
  await second.saveDocument('note', 'n1', '{"text":"Ask again."}');
  copy(path, copies[1] as string);
  await second.close();
  for (const each of copies) {
    original.set(each, await contentOf(each));
    expect(await verifyStoreAt(`sqlite:${each}`)).toEqual([]);
  }
});

function copy(from: string, to: string): void {
  for (const suffix of suffixes) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
}

function remove(path: string): void {
  for (const suffix of [...suffixes, '-shm']) rmSync(path + suffix, { force: true });
}

/**
 * All that a backup would hold. Works on a copy, because opening a store writes.
 *
 * @param isChecked as a command does
 */
async function contentOf(path: string, isChecked = false): Promise<string> {
  const opened = `${path}.opened.db`;
  remove(opened);
  copy(path, opened);
  let store: FactStore | undefined;
  try {
    store = await openStore(`sqlite:${opened}`);
    if (isChecked) await refuseDamage(store, opened, 'content');
    const records: unknown[] = [];
    for await (const record of store.readRecords()) records.push(record);
    return JSON.stringify(records);
  } finally {
    await store?.close();
  }
}

const pageSize = 4096;

/** Ways to damage a file. */
const damages = {
  'a bit': (bytes: Buffer, random: () => number) => {
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
    return bytes;
  },
  'a page of noise': (bytes: Buffer, random: () => number) => {
    const page = Math.floor((random() * bytes.length) / pageSize) * pageSize;
    for (let i = page; i < Math.min(page + pageSize, bytes.length); i++) bytes[i] = Math.floor(random() * 256);
    return bytes;
  },
  'a page of zeros': (bytes: Buffer, random: () => number) => {
    const page = Math.floor((random() * bytes.length) / pageSize) * pageSize;
    return bytes.fill(0, page, Math.min(page + pageSize, bytes.length));
  },
  'the header': (bytes: Buffer, random: () => number) => {
    bytes[Math.floor(random() * 100)] = Math.floor(random() * 256);
    return bytes;
  },
  'the schema': (bytes: Buffer, random: () => number) => {
    bytes[Math.min(bytes.length - 1, 100 + Math.floor(random() * 2 * pageSize))] = Math.floor(random() * 256);
    return bytes;
  },
  'its end': (bytes: Buffer, random: () => number) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  'the order of two pages': (bytes: Buffer, random: () => number) => {
    const [one, other] = [random(), random()].map((at) => Math.floor(at * Math.floor(bytes.length / pageSize)) * pageSize) as [
      number,
      number,
    ];
    const kept = Buffer.from(bytes.subarray(one, one + pageSize));
    bytes.copyWithin(one, other, other + pageSize);
    kept.copy(bytes, other);
    return bytes;
  },
} satisfies Record<string, (bytes: Buffer, random: () => number) => Buffer>;
const damageKinds = Object.keys(damages);

describe('a damaged SQLite store', () => {
  /** @returns the places of damage that changes what the store holds and that verify does not report; and how much of it changed anything */
  async function flipBits(choose: (bytes: Buffer, random: () => number) => number, fileOf: (round: number) => string = () => '') {
    const random = randomFrom(seed);
    const damaged = join(folder, 'damaged.db');
    const unnoticed: string[] = [];
    const count = rounds(1000);
    const countOne = counting('damages', count);
    let changedCount = 0;
    for (let round = 0; round < count; round++) {
      countOne();
      const from = copies[round % 2] as string;
      remove(damaged);
      copy(from, damaged);
      const file = damaged + fileOf(round);
      const bytes = readFileSync(file);
      const at = choose(bytes, random);
      bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
      writeFileSync(file, bytes);
      const content = await contentOf(damaged).catch(() => 'unreadable');
      const problems = await verifyStoreAt(`sqlite:${damaged}`);
      if (content === original.get(from)) continue;
      changedCount++;
      if (problems.length === 0) unnoticed.push(`byte ${at} of ${file} in round ${round}`);
    }
    return { unnoticed, changedCount };
  }

  it(`[S95] is found by verify, which never throws, whatever byte is flipped (seed ${seed})`, async () => {
    const { unnoticed, changedCount } = await flipBits(
      (bytes, random) => Math.floor(random() * bytes.length),
      (round) => (round % 4 === 3 ? '-wal' : ''),
    );
    expect(unnoticed).toEqual([]);
    expect(changedCount).toBeGreaterThan(0);
  });

  it(`[S95] is found by verify in the definitions of tables and indexes, also of empty ones (seed ${seed})`, async () => {
    const { unnoticed, changedCount } = await flipBits((bytes, random) => {
      const definitions = [...bytes.toString('latin1').matchAll(/CREATE (TABLE|INDEX) [\w"]+[^;\0]{0,400}/g)];
      const { index, 0: text } = definitions[Math.floor(random() * definitions.length)] as RegExpExecArray;
      return index + Math.floor(random() * text.length);
    });
    expect(unnoticed).toEqual([]);
    expect(changedCount).toBeGreaterThan(0);
  });

  it(`[S461] gives its content as it was written, or a sentence, whatever is damaged (seed ${seed})`, async () => {
    const random = randomFrom(seed + 1);
    const damaged = join(folder, 'attacked.db');
    const faults: string[] = [];
    const count = rounds(2000);
    const countOne = counting('attacks', count);
    let refusedCount = 0;
    for (let round = 0; round < count; round++) {
      countOne();
      const from = copies[round % 2] as string;
      const kind = damageKinds[round % damageKinds.length] as keyof typeof damages;
      remove(damaged);
      copy(from, damaged);
      const file = damaged + (round % 2 === 1 && round % 3 === 0 ? '-wal' : '');
      writeFileSync(file, damages[kind](readFileSync(file), random));
      const found = await contentOf(damaged, true).catch((error: unknown) => error);
      if (found === original.get(from)) continue;
      refusedCount++;
      const isRefused =
        found instanceof ExposureError && /^STORE_(DAMAGED|UNAVAILABLE|TOO_NEW)$/.test(found.code) && found.message.includes(damaged);
      if (!isRefused || found.message.includes('\n')) faults.push(`round ${round}, ${kind}: ${String(found).slice(0, 300)}`);
    }
    expect(faults).toEqual([]);
    expect(refusedCount).toBeGreaterThan(0);
  });

  it.each([0, 1, 100, 4096, 20_000])('[S95] is found when the file is cut to %d bytes', async (length) => {
    const cut = join(folder, 'cut.db');
    for (const from of copies) {
      remove(cut);
      copy(from, cut);
      writeFileSync(cut, readFileSync(cut).subarray(0, length));
      const isWhole = length >= statSync(from).size || (await contentOf(cut).catch(() => '')) === original.get(from);
      if (!isWhole) expect((await verifyStoreAt(`sqlite:${cut}`)).length).toBeGreaterThan(0);
      expect(isWhole && length === 0).toBe(false);
    }
  });
});
