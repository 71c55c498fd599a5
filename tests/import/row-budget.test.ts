import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, places, smallFiles } from './import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const many = (count: number) => `id,name\n${Array.from({ length: count }, (_, i) => `org-${i},Vendor ${i}`).join('\n')}\n`;

describe('canonical files that do not fit into memory', () => {
  it('[F87] are rejected as a whole, and nothing is written', async () => {
    const outcome = await bench.import({ 'organizations.csv': many(1000) }, 'ALL_OR_NOTHING', { rowBytes: 100_000 });
    expect([outcome.isWritten, places(outcome.rejections)]).toEqual([false, ['organizations.csv:415: LIST_TOO_LARGE']]);
    expect(outcome.rejections[0]?.message).toMatch(/more rows than fit into memory\. Import them one after another/);
    expect(await bench.store.readRevision()).toBe(0);
  });

  it('[F87] count long texts, and leave room for what fits', async () => {
    const long = `id,name\n${Array.from({ length: 100 }, (_, i) => `org-${i},${'long name '.repeat(40)}`).join('\n')}\n`;
    expect((await bench.preview({ 'organizations.csv': long }, { rowBytes: 50_000 })).rejections).toHaveLength(1);
    expect((await bench.preview(smallFiles, { rowBytes: 50_000 })).rejections).toEqual([]);
  });
});
