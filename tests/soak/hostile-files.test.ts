import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { MappingDocument } from '../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../server/import/mapping/known-facts.ts';
import { readImport } from '../../server/import/read-import.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { Bench } from '../import/import-for-tests.ts';
import { decisionsOf } from '../import/look-alikes/decisions-of.ts';
import { lookAlikes } from '../import/look-alikes/look-alikes.ts';
import { cutLines, mutate, seededChoice } from '../import/look-alikes/mutate.ts';
import { seed } from '../support/seed.ts';
import { describe, expect, it } from '../support/test.ts';
import { counting, rounds } from './scale.ts';

const mb = 1 << 20;

describe('hostile files', () => {
  it('[F4] with one endless line are refused within bounded memory, however large', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-line-'));
    const path = join(folder, 'transfers.csv');
    const sizeMb = Math.max(64, rounds(2048));
    try {
      const file = await open(path, 'w');
      const piece = Buffer.alloc(mb, 'x');
      const hash = createHash('sha256');
      for (let i = 0; i < sizeMb; i++) {
        await file.write(piece);
        hash.update(piece);
      }
      await file.close();
      const before = process.memoryUsage().rss;
      let most = 0;
      const read = await readImport([{ name: 'transfers.csv', path }], {
        assertedAt: 0,
        source: null,
        onProgress: () => {
          most = Math.max(most, process.memoryUsage().rss - before);
        },
      });
      expect(read.rejections).toMatchObject([{ line: 1, code: 'CELL_TOO_LARGE' }]);
      expect(read.files[0]).toMatchObject({ sizeBytes: sizeMb * mb, sha256: hash.digest('hex') });
      expect(most).toBeLessThan(100 * mb);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('[F7] of any bytes give an outcome, and leave the store unchanged', async () => {
    const numRuns = rounds(5000);
    const onImport = counting('imports of any bytes', numRuns);
    const bench = await Bench.open();
    const files = fc.dictionary(
      fc.constantFrom(
        'organizations.csv',
        'artifacts.csv',
        'transfers.csv',
        'engagements.csv',
        'access.csv',
        'reveals.csv',
        'controls.csv',
        'incidents.csv',
        'x',
      ),
      fc
        .tuple(
          fc.constantFrom(
            '',
            'id,name\n',
            'id,name,roles,aliases,attribute:x\n',
            'id,artifact,sender,recipient,sent_at,portion,fragments\n',
            'artifact,reveals,degree\n',
            '\ufeffid,name\n',
          ),
          fc.oneof(
            fc.uint8Array({ maxLength: 300 }),
            fc.stringMatching(/^["',;\\\n\r=a-c0-2.-]{0,300}$/).map((text) => Buffer.from(text)),
          ),
        )
        .map(([head, tail]) => Buffer.concat([Buffer.from(head), tail])),
      { minKeys: 1, maxKeys: 4 },
    );
    try {
      await fc.assert(
        fc.asyncProperty(files, fc.constantFrom('ALL_OR_NOTHING' as const, 'SKIP_REJECTED' as const), async (content, policy) => {
          onImport();
          const outcome = await bench.import(content, policy);
          if (policy === 'ALL_OR_NOTHING' && outcome.rejections.length > 0) expect(outcome.isWritten).toBe(false);
          for (const rejection of outcome.rejections) expect(rejection.line).toBeGreaterThan(0);
        }),
        { numRuns, seed },
      );
      expect(await bench.store.verify()).toEqual([]);
    } finally {
      await bench.close();
    }
  });

  it('[I10] [F101] that are edited lists account for each of a million rows, are written whole or not at all, and Undo is exact', async () => {
    let bench = await Bench.open();
    const small = lookAlikes.filter(({ file, others }) => file !== 'city suppliers.csv' && others === undefined && !file.endsWith('.xlsx'));
    const texts = small.map(({ content }) => (typeof content === 'string' ? content : content.toString('latin1')));
    const decisions = small.map(({ flags }) => decisionsOf(flags, true));
    const choose = seededChoice(seed);
    // `npm test` edits 200 lists elsewhere, so a few are enough here.
    const runs = process.env.SOAK_SCALE === undefined ? 20 : rounds(100_000);
    const onRound = counting('edited lists', runs);
    let rows = 0;
    try {
      for (let run = 0; run < runs; run++) {
        // Undone imports stay in the history, which every round reads.
        if (run > 0 && run % 250 === 0) {
          expect(await bench.store.verify()).toEqual([]);
          await bench.close();
          bench = await Bench.open();
        }
        const at = choose(small.length);
        const { file } = small[at] as (typeof small)[number];
        const files = { [file]: Buffer.from(mutate(cutLines(texts[at] as string, 30, choose), choose), 'latin1') };
        const options = { decisions: decisions[at] as MappingDocument, readKnown: () => readKnownFacts(bench.store) };
        const isToBeWritten = run % 25 === 0;
        // A source repeats its list with the decisions that it remembers.
        const remembered = isToBeWritten ? (await bench.read(files, options)).mappingDocument : null;
        const outcome = isToBeWritten ? await bench.import(files, 'ALL_OR_NOTHING', options) : await bench.preview(files, options);
        const { read, used, repeated, leftOut, rejected } = outcome.account;
        const context = `round ${run}, ${file}`;
        expect([context, used + repeated + leftOut + rejected]).toEqual([context, read]);
        expect([context, outcome.isWritten && outcome.rejections.length > 0]).toEqual([context, false]);
        for (const rejection of outcome.rejections) expect([context, rejection.file, rejection.line >= 1]).toEqual([context, file, true]);
        if (outcome.isWritten && outcome.report.created > 0) {
          const again = await bench.import(files, 'ALL_OR_NOTHING', remembered === null ? options : { ...options, decisions: remembered });
          expect([context, again.report]).toMatchObject([context, { created: 0, updated: 0, rejected: 0 }]);
          for (const id of [again.id, (outcome as { id: string } & typeof outcome).id])
            expect([context, (await bench.store.undoImport(id, 'tester', Date.UTC(2026, 0, 3))).outcome]).not.toEqual([context, 'refused']);
          expect([context, await isEmpty(bench.store)]).toEqual([context, true]);
        }
        rows += read;
        onRound();
      }
      expect(rows).toBeGreaterThan(runs * 10);
      expect(await bench.store.verify()).toEqual([]);
    } finally {
      await bench.close();
    }
  });
});

async function isEmpty(store: FactStore): Promise<boolean> {
  for await (const { facts } of store.readFacts()) if (facts.length > 0) return false;
  return true;
}
