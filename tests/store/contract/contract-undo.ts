import { describe, expect, it } from '../../support/test.ts';
import {
  artifact,
  edit,
  importOf,
  lab,
  readAll,
  readField,
  readKeys,
  retract,
  say,
  smallWorld,
  transfer,
  vendor,
} from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

export function describeUndo(storeOf: StoreOf): void {
  describe('undo', () => {
    it('[S13] undoing an import leaves the facts as if it had never been', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const before = await readAll(store);
      await store.commit(importOf('i1', [vendor('quill', { country: 'DE' }), vendor('sable'), transfer('t2', 'rubric', 'vega', 'sable')]));
      expect(await store.undoImport('i1', 'bob', 2000)).toEqual({ outcome: 'undone', revision: 3, changedCount: 3, isRaising: true });
      expect(await readAll(store)).toEqual(before);
      expect(await store.findImport('i1')).toMatchObject({ state: 'UNDONE', undoneBy: 'bob', undoneAt: 2000 });
      expect(await store.verify()).toEqual([]);
    });

    it('[S13] later assertions stay', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [vendor('quill', { country: 'NL', website: 'w' })]));
      await store.commit(edit([say('ORGANIZATION', { id: 'quill', name: 'Quill', country: 'DE' })]));
      await store.undoImport('i1', 'ada', 2000);
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBe('DE');
      expect(await readField(store, 'ORGANIZATION', 'quill', 'website')).toBeNull();
    });

    it('[S13] undoing a retraction restores its facts', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const before = await readAll(store);
      await store.commit(importOf('i1', [retract('TRANSFER', 't1')]));
      await store.undoImport('i1', 'ada', 2000);
      expect(await readAll(store)).toEqual(before);
    });

    it('[S14] undoing one of two equal imports leaves the fact to the other', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await store.commit(importOf('i2', smallWorld, { by: 'bob' }));
      expect(await store.undoImport('i1', 'ada', 2000)).toEqual({ outcome: 'undone', revision: 2, changedCount: 0, isRaising: true });
      expect(await readKeys(store)).toHaveLength(4);
      expect((await readAll(store))[0]?.provenance).toMatchObject({ importId: 'i2', assertedBy: 'bob' });
      expect(await store.undoImport('i2', 'ada', 3000)).toMatchObject({ outcome: 'undone', revision: 3, changedCount: 4 });
      expect(await readAll(store)).toEqual([]);
    });

    it('[S14] undoing the later of two equal imports changes no fact and keeps the revision', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      const before = await readAll(store);
      await store.commit(importOf('i2', smallWorld));
      expect(await store.undoImport('i2', 'ada', 2000)).toEqual({ outcome: 'undone', revision: 1, changedCount: 0, isRaising: false });
      expect(await readAll(store)).toEqual(before);
    });

    it('[S15] an import that others depend on cannot be undone, and the refusal names them', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await store.commit(importOf('i2', [transfer('t2', 'rubric', 'vega', 'quill')], { by: 'bob', import: { source: 'register' } }));
      await store.commit(edit([say('ACCESS', { id: 'x', grantee: 'quill', grantor: 'vega' })], { by: 'eve' }));
      const outcome = await store.undoImport('i1', 'ada', 2000);
      expect(outcome.outcome).toBe('refused');
      if (outcome.outcome !== 'refused') return;
      expect(outcome.dependents).toEqual(
        expect.arrayContaining([
          { importId: 'i2', by: 'bob', source: 'register' },
          { importId: null, by: 'eve', source: null },
        ]),
      );
      expect(outcome.dependents).toHaveLength(2);
      expect(outcome.message).toContain('i2');
      expect(outcome.message).toContain('eve');
      expect(await readKeys(store)).toHaveLength(6);
      expect((await store.findImport('i1'))?.state).toBe('COMMITTED');
      await store.commit(edit([retract('ACCESS', 'x')]));
      await store.undoImport('i2', 'ada', 3000);
      expect((await store.undoImport('i1', 'ada', 4000)).outcome).toBe('undone');
      expect(await readAll(store)).toEqual([]);
    });

    it('[S15] an undo that would leave an owner without the role LAB is refused', async () => {
      const store = storeOf();
      await store.commit(edit([vendor('vega')]));
      await store.commit(importOf('i1', [say('ORGANIZATION', { id: 'vega', roles: ['LAB'] })]));
      await store.commit(edit([artifact('rubric', 'vega')], { by: 'bob' }));
      expect(await store.undoImport('i1', 'ada', 2000)).toMatchObject({ outcome: 'refused', dependents: [{ importId: null, by: 'bob' }] });
    });

    it('[S15] an undo that would leave a fact without a required value, or out of order, is refused', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [lab('vega'), vendor('quill'), artifact('rubric', 'vega', { fragmentCount: 5, valueLowUsd: 60 })]));
      await store.commit(importOf('i2', [say('ARTIFACT', { id: 'rubric', valueLowUsd: 10 })]));
      await store.commit(importOf('i3', [say('ARTIFACT', { id: 'rubric', valueHighUsd: 50 })], { by: 'bob' }));
      expect(await store.undoImport('i2', 'ada', 2000)).toMatchObject({ outcome: 'refused' });
      expect(await store.undoImport('i1', 'ada', 2000)).toMatchObject({ outcome: 'refused' });
      expect((await store.undoImport('i3', 'ada', 2000)).outcome).toBe('undone');
      expect((await store.undoImport('i2', 'ada', 2000)).outcome).toBe('undone');
    });

    it('[S15] a second undo changes nothing; undoing an unknown import is an error', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await store.undoImport('i1', 'ada', 2000);
      expect(await store.undoImport('i1', 'bob', 3000)).toEqual({ outcome: 'unchanged', revision: 2 });
      expect(await store.findImport('i1')).toMatchObject({ undoneBy: 'ada' });
      await expect(store.undoImport('i9', 'ada', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('[S191] an undo that is canceled at any time before its commit leaves everything as it was, and can be repeated', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      await store.commit(importOf('i1', [vendor('quill', { country: 'DE' }), vendor('sable'), transfer('t2', 'rubric', 'vega', 'sable')]));
      const before = await readAll(store);
      const cancelAt = async (last: number) => {
        const controller = new AbortController();
        let count = 0;
        const onProgress = (done: number, total: number) => {
          expect(done).toBeLessThanOrEqual(total);
          if (++count === last) controller.abort(new Error(`canceled at ${last}`));
        };
        const outcome = await store.undoImport('i1', 'bob', 2000, { signal: controller.signal, onProgress }).catch((error: Error) => error);
        return { outcome, isWhole: count < last };
      };
      for (let last = 1; ; last += 4) {
        const { outcome, isWhole } = await cancelAt(last);
        if (isWhole) {
          expect([last > 4, outcome]).toMatchObject([true, { outcome: 'undone', changedCount: 3 }]);
          break;
        }
        expect(outcome).toMatchObject({ message: `canceled at ${last}` });
        expect(await readAll(store)).toEqual(before);
        expect(await store.findImport('i1')).toMatchObject({ state: 'COMMITTED' });
      }
      expect(await store.findImport('i1')).toMatchObject({ state: 'UNDONE' });
      expect(await store.verify()).toEqual([]);
    });

    it("[S16] undoing a named source's later import lets its earlier one count again", async () => {
      const store = storeOf();
      const register = { import: { source: 'register' } };
      await store.commit(importOf('i1', [vendor('quill', { country: 'NL' })], register));
      await store.commit(importOf('i2', [vendor('quill', { country: 'DE' })], register));
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBe('DE');
      await store.undoImport('i2', 'ada', 2000);
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBe('NL');
    });
  });
}
