import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openStore } from '../../server/store/open/open-store.ts';
import { expectLastChanges } from '../questions/lab/expect-last-changes.ts';
import { seed } from '../support/seed.ts';
import { describe, it } from '../support/test.ts';
import { labHistories, makeHistory } from '../support/worlds/lab-histories.ts';
import { counting, limitMs, rounds } from './scale.ts';

describe('the last change of a view', () => {
  it(
    '[S420] is that of the views built at every revision, in many histories',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'exposure-last-changes-'));
      const histories = rounds(1000);
      const countOne = counting('histories', histories);
      let i = 0;
      try {
        await fc.assert(
          fc.asyncProperty(labHistories, fc.constantFrom(['vega'], ['canary'], ['dove', 'vega']), async (writes, bound) => {
            const store = await openStore(`sqlite:${join(folder, `${i++}.db`)}`);
            try {
              await makeHistory(store, writes);
              await expectLastChanges(store, bound);
            } finally {
              await store.close();
            }
            countOne();
          }),
          { numRuns: histories, seed },
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    limitMs,
  );
});
