import { findLastChange } from '../../../server/questions/lab/find-last-change.ts';
import { readWhole, selectVisibleFacts } from '../../../server/questions/lab/visible-facts.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { oracleLastChanges } from '../../support/oracle/last-change.ts';
import { expect } from '../../support/test.ts';

/**
 * Compares the last change of a view with the oracle's.
 *
 * @param share one in this many revisions is asked about; the last one always is
 */
export async function expectLastChanges(store: FactStore, bound: readonly string[], share = 1): Promise<void> {
  const expected = await oracleLastChanges(store, bound);
  const last = expected.length - 1;
  for (let revision = last; revision > 0; revision -= share) {
    const visible = await selectVisibleFacts(store, await readWhole(store, revision), bound);
    const known = (revision * 7) % (revision + 1);
    const from = { revision: known, seen: expected[known] as number };
    const search = { facts: store, unmerged: store.unmerged, bound };
    const found = [
      await findLastChange(visible, { ...search, known: undefined }),
      await findLastChange(visible, { ...search, known: from }),
      (await findLastChange(visible, { ...search, known: from, maxChanges: 2 })) ?? expected[revision],
    ];
    expect([revision, bound, found]).toEqual([revision, bound, found.map(() => expected[revision])]);
  }
}
