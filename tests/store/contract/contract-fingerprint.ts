import type { FactStore } from '../../../server/store/fact-store.ts';
import type { StoreRecord } from '../../../server/store/store-record.ts';
import { describe, expect, it } from '../../support/test.ts';
import { edit, importOf, retract, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

export function describeFingerprint(storeOf: StoreOf, open: () => Promise<FactStore>): void {
  describe('the fingerprint of a revision', () => {
    it('[S220] stays the same whatever is written, undone or saved later. There is none of a revision to come', async () => {
      const store = storeOf();
      const empty = await store.readFingerprint(0);
      expect(await store.readFingerprint(1)).toBeUndefined();
      await store.commit(importOf('i1', smallWorld));
      const first = await store.readFingerprint(1);
      expect(first).toMatch(/^[0-9a-f]{64}$/);
      await store.commit(importOf('i2', smallWorld));
      await store.saveDocument('note', 'n1', '{}');
      expect(await store.readFingerprint(1)).toBe(first);
      await store.commit(edit([vendor('sable'), retract('TRANSFER', 't1')]));
      const second = await store.readFingerprint(2);
      await store.undoImport('i1', 'ada', 2000);
      expect(await store.readRevision()).toBe(3);
      const third = await store.readFingerprint(3);
      expect([await store.readFingerprint(0), await store.readFingerprint(1), await store.readFingerprint(2)]).toEqual([
        empty,
        first,
        second,
      ]);
      expect(new Set([empty, first, second, third]).size).toBe(4);
      expect(await store.readFingerprint(4)).toBeUndefined();
    });

    it('[S221] tells stores with other facts apart, and a store before and after an erasure', async () => {
      // The other store comes first: one database may serve both.
      const other = await open();
      await other.commit(edit([...smallWorld.slice(0, 3), transfer('t1', 'rubric', 'vega', 'quill', { channel: 'mail' })]));
      const ofOther = await other.readFingerprint(1);
      await other.close();

      const store = await open();
      await store.commit(edit(smallWorld));
      const before = await store.readFingerprint(1);
      expect(before).not.toBe(ofOther);
      await store.rewrite(async (records) => recordsBy('erased-0', records));
      expect(await store.readRevision()).toBe(1);
      expect(await store.readFingerprint(1)).not.toBe(before);
      await store.close();
    });
  });
}

/** The same records, each write by `by`. */
async function recordsBy(by: string, records: AsyncIterable<StoreRecord>): Promise<AsyncIterable<StoreRecord>> {
  const all: StoreRecord[] = [];
  for await (const record of records) all.push(record.type === 'write' ? { ...record, by } : record);
  return (async function* () {
    yield* all;
  })();
}
