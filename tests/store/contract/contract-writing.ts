import type { Assertion } from '../../../server/domain/assertions.ts';
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

export function describeWriting(storeOf: StoreOf, largeWrite: number): void {
  describe('writing', () => {
    it('[S7] a new store is empty, at revision 0', async () => {
      const store = storeOf();
      expect(await store.readRevision()).toBe(0);
      expect(await readAll(store)).toEqual([]);
      expect(await store.listImports()).toEqual([]);
      expect(await store.listDocuments('incident')).toEqual([]);
      expect(await store.readHistory({ sinceRevision: 0 }, 0, 10)).toEqual({ changes: [], totalCount: 0 });
      expect(await store.verify()).toEqual([]);
    });

    it('[S8] a write is all or nothing: one bad assertion, and none is written', async () => {
      const store = storeOf();
      const outcome = await store.commit(importOf('i1', [...smallWorld, transfer('t2', 'rubric', 'vega', 'vega')]));
      expect(outcome.isWritten).toBe(false);
      expect(outcome.violations).toHaveLength(1);
      expect(await store.readRevision()).toBe(0);
      expect(await readAll(store)).toEqual([]);
      expect(await store.listImports()).toEqual([]);
    });

    it('[S8] an error during a write writes nothing, and the store keeps working', async () => {
      const store = storeOf();
      const doubled = [...smallWorld, transfer('t1', 'rubric', 'vega', 'quill')];
      // The driver's error is not an Error of this realm, so the test does not check its class.
      const outcome = await store.commit(importOf('i1', doubled)).then(
        () => 'written',
        () => 'failed',
      );
      expect(outcome).toBe('failed');
      expect(await readAll(store)).toEqual([]);
      expect((await store.commit(importOf('i1', smallWorld))).isWritten).toBe(true);
      expect(await readKeys(store)).toHaveLength(4);
      expect(await store.verify()).toEqual([]);
    });

    it('[S9] repeating an import changes no fact and no revision, and is recorded', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      const before = await readAll(store);
      const outcome = await store.commit(importOf('i2', smallWorld, { at: 2000 }));
      expect(outcome.counts).toEqual({ UNCHANGED: 4, CREATED: 0, UPDATED: 0, RETRACTED: 0, REFUSED: 0 });
      expect(outcome.revision).toBe(1);
      expect(await store.readRevision()).toBe(1);
      expect(await readAll(store)).toEqual(before);
      expect((await store.findImport('i2'))?.state).toBe('COMMITTED');
    });

    it('[S9] an import is committed once', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await expect(store.commit(importOf('i1', smallWorld))).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('[S10] the order of assertions changes nothing', async () => {
      const store = storeOf();
      const reversed = [...smallWorld].reverse();
      expect((await store.commit(edit(reversed))).violations).toEqual([]);
      expect(await readKeys(store)).toEqual(['ORGANIZATION quill', 'ORGANIZATION vega', 'ARTIFACT rubric', 'TRANSFER t1']);
    });

    it('[S24] a preview reports the same changes as the commit, and writes nothing', async () => {
      const store = storeOf();
      await store.commit(edit([lab('vega'), vendor('quill', { country: 'NL' })]));
      const others = smallWorld.filter((assertion) => assertion.key !== 'quill');
      const write = importOf('i1', [...others, vendor('quill', { country: 'DE' })]);
      const preview = await store.preview(write);
      expect(preview.isWritten).toBe(false);
      expect(await store.readRevision()).toBe(1);
      const committed = await store.commit(write);
      expect(preview.counts).toEqual(committed.counts);
      expect(preview.effects).toEqual(committed.effects);
      const all = Array.from(write.assertions, (_, i) => i);
      const strip = (changes: ReturnType<typeof preview.readChanges>) => changes.map(({ revision, at, by, importId, ...rest }) => rest);
      expect(strip(preview.readChanges(all))).toEqual(strip(committed.readChanges(all)));
      expect(preview.readChanges(all)[0]).toMatchObject({ revision: null, at: null, by: null });
    });

    it('[S24] changes show each field before and after', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const outcome = await store.commit(
        importOf('i1', [
          say('ORGANIZATION', { id: 'quill', country: 'DE', attributes: [{ name: 'tier', value: '1' }] }, { file: 'o.csv', line: 3 }),
          lab('vega'),
        ]),
      );
      expect(outcome.counts).toMatchObject({ UPDATED: 1, UNCHANGED: 1 });
      expect(outcome.readChanges([0, 1])).toEqual([
        {
          change: 'UPDATED',
          kind: 'ORGANIZATION',
          key: 'quill',
          name: 'quill',
          file: 'o.csv',
          line: 3,
          source: null,
          fields: [
            { field: 'country', before: null, after: 'DE' },
            { field: 'attribute:tier', before: null, after: '1' },
          ],
          revision: 2,
          at: 1000,
          by: 'ada',
          importId: 'i1',
        },
      ]);
    });

    it('[S16] the latest assertion of a field wins, and silence retracts nothing', async () => {
      const store = storeOf();
      const register = { import: { source: 'register' } };
      await store.commit(importOf('i1', [vendor('quill', { country: 'NL', website: 'https://a.example' })], register));
      await store.commit(importOf('i2', [vendor('quill', { country: 'DE' })], register));
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBe('DE');
      expect(await readField(store, 'ORGANIZATION', 'quill', 'website')).toBe('https://a.example');
      await store.commit(importOf('i3', [say('ORGANIZATION', { id: 'quill', country: 'FR' })]));
      await store.commit(importOf('i4', [vendor('quill')], register));
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBe('FR');
    });

    it('[S20] a write based on an older revision is refused if one of its facts changed since', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      await store.commit(edit([vendor('quill', { country: 'NL' })], { by: 'bob' }));
      const write = edit([vendor('quill', { country: 'DE' })]);
      await expect(store.commit({ ...write, ifRevision: 1 })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('bob'),
      });
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBe('NL');
      expect((await store.commit(edit([lab('vega', { country: 'US' })], { ifRevision: 1 }))).isWritten).toBe(true);
      expect((await store.commit({ ...write, ifRevision: 3 })).isWritten).toBe(true);
    });

    it('[S30] write times never go backwards', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld, { at: 5000 }));
      await store.commit(importOf('i2', [vendor('late')], { at: 3000 }));
      expect((await store.findImport('i2'))?.committedAt).toBe(5000);
    });

    it('[S296] a write with a clock is known from the instant of its end, and so is an undo', async () => {
      const store = storeOf();
      const outcome = await store.commit(importOf('i1', smallWorld, { at: 1000, clock: () => 5000 }));
      expect(outcome.readChanges([0])).toMatchObject([{ revision: 1, at: 5000 }]);
      expect((await store.findImport('i1'))?.committedAt).toBe(5000);
      const { changes } = await store.readHistory({ sinceRevision: 0 }, 0, 1);
      expect(changes).toMatchObject([{ at: 5000 }]);
      expect(await readKeys(store, { instant: 4999 })).toEqual([]);
      expect(await readKeys(store, { instant: 5000 })).toHaveLength(4);

      const watch = { signal: new AbortController().signal, onProgress: () => undefined, clock: () => 9000 };
      expect(await store.undoImport('i1', 'ada', 6000, watch)).toMatchObject({ outcome: 'undone' });
      expect((await store.findImport('i1'))?.undoneAt).toBe(9000);
      expect(await readKeys(store, { instant: 8999 })).toHaveLength(4);
      expect(await readKeys(store, { instant: 9000 })).toEqual([]);

      // Its clock goes back.
      await store.commit(importOf('i2', [vendor('late')], { at: 2000, clock: () => 3000 }));
      expect((await store.findImport('i2'))?.committedAt).toBe(9000);
      expect(await store.verify()).toEqual([]);
    });

    it('[S8] a retraction ends all earlier assertions, and the fact can be asserted again', async () => {
      const store = storeOf();
      await store.commit(edit([vendor('quill', { country: 'NL' })]));
      expect((await store.commit(edit([retract('ORGANIZATION', 'quill')]))).counts.RETRACTED).toBe(1);
      expect(await readAll(store)).toEqual([]);
      expect((await store.commit(edit([vendor('quill')], { by: 'bob' }))).counts.CREATED).toBe(1);
      expect(await readField(store, 'ORGANIZATION', 'quill', 'country')).toBeNull();
    });

    it(`[S19] ${largeWrite.toLocaleString('en-US')} facts in one write`, async () => {
      const store = storeOf();
      const transfers: Assertion[] = [];
      for (let i = 0; i < largeWrite - 3; i++) transfers.push(transfer(`t${i}`, 'rubric', 'vega', 'quill', { portion: 0.5 }));
      const outcome = await store.commit(importOf('big', [lab('vega'), vendor('quill'), artifact('rubric', 'vega'), ...transfers]));
      expect(outcome.counts.CREATED).toBe(largeWrite);
      const facts = await readAll(store);
      expect(facts).toHaveLength(largeWrite);
      const keys = facts.slice(3).map((fact) => fact.key);
      expect(keys).toEqual([...keys].sort());
      expect((await store.undoImport('big', 'ada', 2000)).outcome).toBe('undone');
      expect(await readAll(store)).toEqual([]);
    });
  });
}
