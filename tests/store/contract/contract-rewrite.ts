import type { FactStore } from '../../../server/store/fact-store.ts';
import type { StoreRecord } from '../../../server/store/store-record.ts';
import { describe, expect, it } from '../../support/test.ts';
import { edit, importOf, readAll, smallWorld, vendor } from '../assertions-for-tests.ts';
import { everythingOf } from '../everything-of.ts';
import type { StoreOf } from '../store-of.ts';

export function describeRewrite(storeOf: StoreOf, open: () => Promise<FactStore>): void {
  describe('a rewrite of the whole store', () => {
    it('[S164] [S980] leaves exactly what the new records hold, no draft of an import among it, and the store goes on as if it had never held more', async () => {
      // The store that never had it comes first: one database may serve both.
      const other = await open();
      await fill(other, []);
      const wanted = await everythingOf(other);
      const records = await collect(other.readRecords());
      await continueWith(other);
      const wantedLater = await everythingOf(other);
      await other.close();

      const store = await open();
      await fill(store, [vendor('gone', { name: 'Gone' })]);
      await store.saveDocument('note', 'n2', '{"on":{}}');
      await store.saveDocument('draft', 'd', '{}');
      // The past of the store is in memory by now.
      await everythingOf(store);
      await store.rewrite(async (present) => {
        expect(await collect(present)).not.toEqual(records);
        return recordsOf(records);
      });
      expect(await everythingOf(store)).toEqual(wanted);
      await continueWith(store);
      expect(await everythingOf(store)).toEqual(wantedLater);
      await store.close();
    });

    it('[S164] a rewrite whose records cannot be made changes nothing', async () => {
      const store = storeOf();
      await fill(store, []);
      const before = await everythingOf(store);
      const refused = store.rewrite(async () => {
        throw new Error('no room');
      });
      await expect(refused).rejects.toThrow('no room');
      expect(await everythingOf(store)).toEqual(before);
      await store.commit(edit([vendor('after')]));
      expect(await readAll(store)).toHaveLength(smallWorld.length + 2);
    });
  });
}

async function fill(store: FactStore, more: Parameters<typeof edit>[0]): Promise<void> {
  await store.commit(edit([...smallWorld, ...more]));
  await store.commit(importOf('i1', [vendor('kite')], { import: { source: 'register' } }));
  await store.saveDocument('note', 'n', '{"v":1}');
}

async function continueWith(store: FactStore): Promise<void> {
  await store.undoImport('i1', 'eve', 3000);
  await store.commit(importOf('i2', [vendor('kite', { name: 'Kite' }), vendor('moss')], { import: { source: 'register' } }));
  await store.saveDocument('note', 'n', '{"v":2}');
}

async function collect(records: AsyncIterable<StoreRecord>): Promise<StoreRecord[]> {
  const all: StoreRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

async function* recordsOf(records: readonly StoreRecord[]): AsyncGenerator<StoreRecord> {
  yield* records;
}
