import type { Assertion } from '../../server/domain/assertions.ts';
import { PackedAssertions } from '../../server/domain/packed/packed-assertions.ts';
import { commitImport } from '../../server/import/commit-import.ts';
import { readFromStore } from '../../server/import/read-from-store.ts';
import { planWrite } from '../../server/store/plan/plan-write.ts';
import type { AssertionsByKey } from '../../server/store/plan/prior-questions.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { Bench, places, smallFiles } from './import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const many = (count: number) => `id,name\n${Array.from({ length: count }, (_, i) => `org-${i},Vendor ${i}`).join('\n')}\n`;

describe('canonical files that do not fit into memory', () => {
  it('[F87] are rejected as a whole, and nothing is written', async () => {
    const outcome = await bench.import({ 'organizations.csv': many(1000) }, 'ALL_OR_NOTHING', {
      limits: { heapBytes: 100_000, columnBytes: 1e9 },
    });
    expect([outcome.isWritten, places(outcome.rejections)]).toEqual([false, ['organizations.csv:461: LIST_TOO_LARGE']]);
    expect(outcome.rejections[0]?.message).toMatch(/more rows than fit into memory\. Import them one after another/);
    expect(await bench.store.readRevision()).toBe(0);
  });

  it('[F87] count long texts, and leave room for what fits', async () => {
    const long = `id,name\n${Array.from({ length: 100 }, (_, i) => `org-${i},${'long name '.repeat(40)}`).join('\n')}\n`;
    expect(
      (await bench.preview({ 'organizations.csv': long }, { limits: { heapBytes: 1e9, columnBytes: 20_000 } })).rejections,
    ).toHaveLength(1);
    expect((await bench.preview(smallFiles, { limits: { heapBytes: 1e9, columnBytes: 20_000 } })).rejections).toEqual([]);
  });
});

describe('[I43] more rows than can be compared', () => {
  const transfers = `id,artifact,sender,recipient\n${Array.from({ length: 100 }, (_, i) => `T-${i},guidelines,vega,kite`).join('\n')}\n`;
  const files = { ...smallFiles, 'transfers.csv': transfers };
  const limits = { heapBytes: 10_000, columnBytes: 1e9 };

  async function read(source: string | null, respondent: string | null = null) {
    const given = { assertedAt: 1, source, limits, edition: {}, respondent };
    const { assertions, rejections } = await readFromStore(bench.store, bench.write(files), given);
    return [assertions.length, rejections.map(({ code }) => code)];
  }

  it('with the last edition of their source are rejected as a whole, file by file', async () => {
    expect(await read('register')).toEqual([104, []]);
    const first = await bench.read(files, { source: 'register' });
    const order = { id: 'first', by: 'tester', at: 1, createdAt: 1, source: 'register', assertedAt: null };
    expect((await commitImport(bench.store, first, order, 'ALL_OR_NOTHING')).isWritten).toBe(true);
    expect(await read('register')).toEqual([0, ['LIST_TOO_LARGE', 'LIST_TOO_LARGE', 'LIST_TOO_LARGE']]);
    expect(await read(null)).toEqual([104, []]);
  });

  it('with the recorded facts, as an answer, are rejected as a whole', async () => {
    expect(await read(null, 'kite')).toEqual([0, ['LIST_TOO_LARGE', 'LIST_TOO_LARGE', 'LIST_TOO_LARGE']]);
  });
});

describe('[I44] faults that do not fit into memory', () => {
  it('reject the file as a whole', async () => {
    const ragged = `id,name\n${'org\n'.repeat(100)}`;
    const { rejections } = await bench.preview({ 'organizations.csv': ragged }, { limits: { heapBytes: 10_000, columnBytes: 1e9 } });
    expect(rejections.map(({ code }) => code)).toContain('LIST_TOO_LARGE');
    expect(rejections.length).toBeLessThan(20);
  });

  it('refuse a write: broken rules, and changes of recorded facts', () => {
    const lab = (i: number, name: string | null): Assertion => ({
      kind: 'ORGANIZATION',
      key: `org-${i}`,
      isRetraction: false,
      values: [`org-${i}`, name ?? undefined],
      assertedAt: 1,
      source: null,
      file: 'organizations.csv',
      line: i + 2,
    });
    const plan = (name: string | null, heapBytes: number, before: AssertionsByKey) => {
      const planner = planWrite(
        { by: 'a', at: 1, assertions: PackedAssertions.of(Array.from({ length: 10 }, (_, i) => lab(i, name))) },
        256,
        heapBytes,
      );
      let step = planner.next();
      while (step.done !== true) step = planner.next(before);
      return step.value.counts;
    };
    expect(plan(null, 6000, new Map())).toMatchObject({ REFUSED: 10 });
    expect(() => plan(null, 5000, new Map())).toThrow(/more recorded facts than fit into memory\. Import its files one after another/);
    const recorded = new Map(
      Array.from({ length: 10 }, (_, i) => {
        const stated = { ...lab(i, 'Old'), write: 1, sourceKey: 'import:x', importId: 'x', by: 'a' };
        return [stated.key, [stated]] as const;
      }),
    );
    expect(plan('New', 4000, recorded)).toMatchObject({ UPDATED: 10 });
    expect(() => plan('New', 3000, recorded)).toThrow(/than fit into memory/);
  });
});
