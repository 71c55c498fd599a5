import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readImport } from '../../server/import/import-files.ts';
import { Bench } from '../import/import-for-tests.ts';
import { rounds, seed } from './scale.ts';

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
          const outcome = await bench.import(content, policy);
          if (policy === 'ALL_OR_NOTHING' && outcome.rejections.length > 0) expect(outcome.isWritten).toBe(false);
          for (const rejection of outcome.rejections) expect(rejection.line).toBeGreaterThan(0);
        }),
        { numRuns: rounds(5000), seed },
      );
      expect(await bench.store.verify()).toEqual([]);
    } finally {
      await bench.close();
    }
  });
});
