import { describe, expect, it } from '../../support/test.ts';
import { artifact, edit, importOf, lab, retract, say, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

export function describeHistory(storeOf: StoreOf): void {
  describe('history', () => {
    it('[S22] the history of a fact lists author, change and time, the latest first, undos included', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [{ ...vendor('quill', { country: 'NL' }), file: 'o.csv', line: 2 }], { at: 1000 }));
      await store.commit(importOf('same', [vendor('quill', { country: 'NL' })], { at: 1500, by: 'bob' }));
      await store.commit(importOf('i2', [vendor('quill', { country: 'DE' })], { at: 2000, by: 'bob' }));
      await store.commit(edit([vendor('other')], { at: 2500 }));
      await store.undoImport('i2', 'eve', 3000);
      await store.commit(edit([retract('ORGANIZATION', 'quill')], { at: 4000 }));
      const { changes, totalCount } = await store.readHistory({ kind: 'ORGANIZATION', key: 'quill' }, 0, 10);
      expect(totalCount).toBe(4);
      expect(changes.map(({ change, revision, at, by, importId }) => [change, revision, at, by, importId])).toEqual([
        ['RETRACTED', 5, 4000, 'ada', null],
        ['UPDATED', 4, 3000, 'eve', 'i2'],
        ['UPDATED', 2, 2000, 'bob', 'i2'],
        ['CREATED', 1, 1000, 'ada', 'i1'],
      ]);
      expect(changes[1]?.fields).toEqual([{ field: 'country', before: 'DE', after: 'NL' }]);
      expect(changes[2]?.fields).toEqual([{ field: 'country', before: 'NL', after: 'DE' }]);
      expect(changes[3]).toMatchObject({ name: 'quill', file: 'o.csv', line: 2 });
      expect(changes[3]?.fields).toContainEqual({ field: 'id', before: null, after: 'quill' });
      const page = await store.readHistory({ kind: 'ORGANIZATION', key: 'quill' }, 1, 2);
      expect(page).toEqual({ changes: changes.slice(1, 3), totalCount: 4 });
    });

    it('[S22] all changes after a revision, by revision, kind and key, in pages', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await store.commit(
        importOf('i2', [vendor('sable'), transfer('t2', 'rubric', 'vega', 'sable'), vendor('quill', { country: 'NL' }), lab('vega')]),
      );
      await store.undoImport('i2', 'ada', 2000);
      await store.commit(edit([artifact('set', 'vega')]));
      const all = await store.readHistory({ sinceRevision: 1 }, 0, 100);
      expect(all.changes.map(({ change, revision, kind, key }) => [revision, change, kind, key])).toEqual([
        [4, 'CREATED', 'ARTIFACT', 'set'],
        [3, 'UPDATED', 'ORGANIZATION', 'quill'],
        [3, 'RETRACTED', 'ORGANIZATION', 'sable'],
        [3, 'RETRACTED', 'TRANSFER', 't2'],
        [2, 'UPDATED', 'ORGANIZATION', 'quill'],
        [2, 'CREATED', 'ORGANIZATION', 'sable'],
        [2, 'CREATED', 'TRANSFER', 't2'],
      ]);
      expect(all.totalCount).toBe(7);
      for (let offset = 0; offset < 8; offset++) {
        for (const limit of [1, 2, 5]) {
          const page = await store.readHistory({ sinceRevision: 1 }, offset, limit);
          expect(page).toEqual({ changes: all.changes.slice(offset, offset + limit), totalCount: 7 });
        }
      }
      expect((await store.readHistory({ sinceRevision: 0 }, 0, 0)).totalCount).toBe(11);
      expect((await store.readHistory({ sinceRevision: 4 }, 0, 10)).changes).toEqual([]);
    });

    it('[S423] what changed is read back event by event, each fact as it was before and after, as the facts of both revisions say', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', smallWorld));
      await store.commit(importOf('i2', [vendor('quill', { country: 'NL' }), vendor('sable'), artifact('set', 'vega')], { at: 1100 }));
      await store.commit(importOf('same', [vendor('quill', { country: 'NL' })], { at: 1200 }));
      for (let i = 0; i < 70; i++) await store.commit(edit([vendor(`v${i % 9}`, { country: `${i}` })], { at: 1300 + i }));
      await store.commit(
        edit([retract('TRANSFER', 't1'), say('REVEALS', { artifact: 'rubric', reveals: 'set', degree: 0.5 })], { at: 1400 }),
      );
      await store.commit(edit([transfer('t1', 'rubric', 'vega', 'sable')], { at: 1450 }));
      await store.commit(
        importOf(
          'large',
          Array.from({ length: 700 }, (_, i) => transfer(`large ${i}`, 'rubric', 'vega', 'quill')),
          { at: 1500 },
        ),
      );
      await store.commit(edit([say('ORGANIZATION', { id: 'v1', mergedInto: 'v2' })], { at: 1550 }));
      await store.undoImport('large', 'ada', 1600);
      const unmerged = store.unmerged;
      const last = await store.readRevision();
      for (const [since, until] of [
        [0, last],
        [2, last - 1],
        [last, last],
      ] as const) {
        const listed = new Set<string>();
        let before = Infinity;
        for await (const { revision, kind, facts } of unmerged.readChangesBack(since, until)) {
          expect(revision).toBeLessThanOrEqual(Math.min(before, until));
          expect(revision).toBeGreaterThan(since);
          before = revision;
          const keys = facts.map(({ key }) => key);
          const [was, is] = [
            await unmerged.readFactsByKey(kind, keys, { revision: revision - 1 }),
            await unmerged.readFactsByKey(kind, keys, { revision }),
          ].map((some) => new Map(some.map((fact) => [fact.key, fact])));
          for (const fact of facts) {
            listed.add(`${revision} ${kind} ${fact.key}`);
            if (fact.isCreated) expect([was?.has(fact.key), is?.has(fact.key)]).toEqual([false, true]);
            else expect([fact.before, fact.after]).toEqual([was?.get(fact.key), is?.get(fact.key)]);
          }
        }
        const { changes } = await store.readHistory({ sinceRevision: since }, 0, 5000);
        const expected = changes.filter(({ revision }) => (revision as number) <= until);
        expect(expected.filter(({ revision, kind, key }) => !listed.has(`${revision} ${kind} ${key}`))).toEqual([]);
      }
    });

    it('[S22] the changes of an import are listed by file and line, even after its undo', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      const row = (of: ReturnType<typeof vendor>, file: string, line: number) => ({ ...of, file, line });
      await store.commit(
        importOf(
          'i1',
          [
            row(vendor('sable'), 'z.csv', 2),
            row(lab('vega'), 'z.csv', 3),
            row(vendor('quill', { country: 'NL' }), 'z.csv', 1_000),
            row(artifact('set', 'vega'), 'a.csv', 7),
            row(transfer('t2', 'rubric', 'vega', 'sable'), 'a.csv', 3),
          ],
          { import: { files: ['z.csv', 'a.csv'].map((name) => ({ name, sizeBytes: 1, sha256: '', rowCount: 1 })) } },
        ),
      );
      const expected = ['t2', 'set', 'sable', 'quill'];
      const all = await store.readHistory({ importId: 'i1', kinds: null }, 0, 10);
      expect(all.changes.map((change) => change.key)).toEqual(expected);
      expect(all.totalCount).toBe(4);
      expect(all.changes[3]?.fields).toEqual([{ field: 'country', before: null, after: 'NL' }]);
      const organizations = await store.readHistory({ importId: 'i1', kinds: ['ORGANIZATION'] }, 1, 10);
      expect(organizations.changes.map((change) => change.key)).toEqual(['quill']);
      expect(organizations.totalCount).toBe(2);
      await store.undoImport('i1', 'ada', 2000);
      expect((await store.readHistory({ importId: 'i1', kinds: null }, 1, 2)).changes.map((change) => change.key)).toEqual([
        'set',
        'sable',
      ]);
      expect(await store.readHistory({ importId: 'i9', kinds: null }, 0, 10)).toEqual({ changes: [], totalCount: 0 });
    });
  });
}
