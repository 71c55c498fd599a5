import { documentCollections } from '../../../server/store/store-record.ts';
import { describe, expect, it } from '../../support/test.ts';
import { edit, importOf, smallWorld, vendor } from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

export function describeDocuments(storeOf: StoreOf): void {
  describe('imports and documents', () => {
    it('[S28] imports are listed with their metadata, the latest first', async () => {
      const store = storeOf();
      const files = [
        { name: 'b.csv', sizeBytes: 3_000_000_000, sha256: 'ff', rowCount: 7 },
        { name: 'a.csv', sizeBytes: 1, sha256: '00', rowCount: 0 },
      ];
      await store.commit(
        importOf('i1', smallWorld, { at: 1500, import: { files, source: 'register', assertedAt: 500, createdAt: 900, rejectedCount: 3 } }),
      );
      await store.commit(importOf('i2', [], { at: 1600, import: { createdAt: 950, files: [] } }));
      const first = {
        id: 'i1',
        source: 'register',
        assertedAt: 500,
        createdAt: 900,
        files,
        rejectedCount: 3,
        state: 'COMMITTED',
        by: 'ada',
        committedAt: 1500,
        undoneAt: null,
        undoneBy: null,
        created: 4,
        updated: 0,
        unchanged: 0,
      };
      expect(await store.findImport('i1')).toEqual(first);
      expect((await store.listImports()).map((record) => record.id)).toEqual(['i2', 'i1']);
      expect((await store.listImports())[1]).toEqual(first);
      expect(await store.findImport('i9')).toBeUndefined();
    });

    it('[S21] each save of a document raises its version, and must name the current version', async () => {
      const store = storeOf();
      expect(await store.findDocument('view', 'v')).toBeUndefined();
      expect(await store.saveDocument('view', 'v', '{"a":1}')).toEqual({ id: 'v', version: 1, json: '{"a":1}', importId: null });
      expect((await store.saveDocument('view', 'v', '{"a":2}', 1)).version).toBe(2);
      await expect(store.saveDocument('view', 'v', '{}', 1)).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(store.saveDocument('view', 'v', '{}', 0)).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(store.saveDocument('view', 'w', '{}', 3)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect((await store.saveDocument('view', 'a', '{}', 0)).version).toBe(1);
      expect((await store.findDocument('view', 'v'))?.json).toBe('{"a":2}');
      expect((await store.listDocuments('view')).map((document) => document.id)).toEqual(['a', 'v']);
      expect(await store.listDocuments('note')).toEqual([]);
      expect(await store.deleteDocument('view', 'v')).toBe(true);
      expect(await store.deleteDocument('view', 'v')).toBe(false);
      expect(await store.readRevision()).toBe(0);
    });

    it('[S21] collections share no ids, and hold any JSON', async () => {
      const store = storeOf();
      const text = JSON.stringify({ text: 'ω 漢 \u{1F600} \u0000 "quoted"\n', list: [1, null, { a: 'b'.repeat(100_000) }] });
      for (const collection of documentCollections) await store.saveDocument(collection, 'same', text, 0);
      await store.saveDocument('note', 'same', '{}', 1);
      expect(await store.deleteDocument('view', 'same')).toBe(true);
      for (const collection of documentCollections) {
        const found = await store.findDocument(collection, 'same');
        if (collection === 'view') expect(found).toBeUndefined();
        else expect(found).toMatchObject(collection === 'note' ? { version: 2, json: '{}' } : { version: 1, json: text });
      }
    });

    it('[S28] an import adds its incidents, and its undo removes them', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [], { import: { incidents: new Map([['breach', '{"v":1}']]) } }));
      expect(await store.findDocument('incident', 'breach')).toEqual({ id: 'breach', version: 1, json: '{"v":1}', importId: 'i1' });
      await store.undoImport('i1', 'ada', 2000);
      expect(await store.listDocuments('incident')).toEqual([]);
    });

    it('[S28] an incident saved since its import stays after an undo', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [], { import: { incidents: new Map([['breach', '{"v":1}']]) } }));
      await store.saveDocument('incident', 'breach', '{"v":2}', 1);
      await store.undoImport('i1', 'ada', 2000);
      expect(await store.findDocument('incident', 'breach')).toMatchObject({ json: '{"v":2}', importId: null });
    });

    it('[S28] undoing an import that replaced an incident restores the earlier one', async () => {
      const store = storeOf();
      await store.saveDocument('incident', 'breach', '{"v":0}');
      const bring = (id: string, json: string) => store.commit(importOf(id, [], { import: { incidents: new Map([['breach', json]]) } }));
      await bring('i1', '{"v":1}');
      await bring('i2', '{"v":2}');
      await bring('i3', '{"v":2}');
      expect(await store.findDocument('incident', 'breach')).toMatchObject({ json: '{"v":2}', importId: 'i2' });
      await store.undoImport('i2', 'ada', 2000);
      expect(await store.findDocument('incident', 'breach')).toMatchObject({ json: '{"v":2}', importId: 'i3' });
      await store.undoImport('i3', 'ada', 2000);
      expect(await store.findDocument('incident', 'breach')).toMatchObject({ json: '{"v":1}', importId: 'i1' });
      await store.undoImport('i1', 'ada', 2000);
      expect(await store.findDocument('incident', 'breach')).toMatchObject({ json: '{"v":0}', importId: null });
    });

    it('[S28] a refused import adds no incident', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [vendor('x', { name: null })], { import: { incidents: new Map([['breach', '{}']]) } }));
      expect(await store.listDocuments('incident')).toEqual([]);
      expect((await store.commit(edit([]))).revision).toBe(0);
    });
  });
}
