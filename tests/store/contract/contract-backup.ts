import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openBackup } from '../../../server/backup/read-backup.ts';
import { writeBackup } from '../../../server/backup/write-backup.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import type { DocumentCollection, StoreRecord } from '../../../server/store/store-record.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { edit, importOf, lab, readAll, smallWorld, vendor } from '../assertions-for-tests.ts';
import { everythingOf } from '../everything-of.ts';
import type { StoreOf } from '../store-of.ts';
import type { Step } from './contract-sequences.ts';
import { steps } from './contract-sequences.ts';

type DocumentStep = { readonly do: 'save' | 'delete'; readonly id: string; readonly json: string };

const documentStep: fc.Arbitrary<DocumentStep> = fc.record({
  do: fc.constantFrom('save', 'save', 'save', 'delete'),
  id: fc.constantFrom('breach', 'n', '～', '\u{1F600}'),
  json: fc.constantFrom('{"v":1}', '{"v":"\\u0000 ～ \u{1F600}\\n"}'),
});

/** Some imports bring the incident `breach`. */
const histories = fc.tuple(steps, fc.array(documentStep, { maxLength: 6 }), fc.nat()).map(([main, documents, seed]) => ({
  steps: documents.reduce<(Step | DocumentStep)[]>(
    (mixed, step, i) => mixed.toSpliced((seed * (i + 7)) % (mixed.length + 1), 0, step),
    [...main],
  ),
  hasIncidents: seed % 3 !== 0,
}));

export function describeBackup(storeOf: StoreOf, open: () => Promise<FactStore>, numRuns: number): void {
  describe('backup and restore', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'exposure-backup-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const backUp = (store: FactStore) => writeBackup(store, join(folder, 'facts.backup'), '1.2.3', 5000);
    /** Opens a new store from the last backup. This may close earlier stores, because a single database may serve them all. */
    const restoreAnew = async (): Promise<FactStore> => {
      const backup = await openBackup(join(folder, 'facts.backup'));
      const store = await open();
      await store.restore(backup.readRecords());
      await backup.close();
      return store;
    };

    it('[S36] after any writes, undos and saves, a restored store answers and continues like the original', async () => {
      await fc.assert(
        fc.asyncProperty(histories, steps, async (history, later) => {
          const store = await open();
          await play(store, history.steps, history.hasIncidents, 0);
          await backUp(store);
          const before = await everythingOf(store);
          const outcomes = await play(store, later, true, 100);
          const after = await everythingOf(store);
          await store.close();
          const copy = await restoreAnew();
          try {
            expect(await everythingOf(copy)).toEqual(before);
            expect(await play(copy, later, true, 100)).toEqual(outcomes);
            expect(await everythingOf(copy)).toEqual(after);
          } finally {
            await copy.close();
          }
        }),
        { numRuns },
      );
    });

    it('[S36] an import of the original can be undone in the restored store, and the replaced facts return', async () => {
      const store = storeOf();
      const incident = (version: number) => new Map([['breach', `{"v":${version}}`]]);
      await store.saveDocument('incident', 'breach', '{"v":0}');
      await store.commit(importOf('i1', smallWorld, { import: { source: 'register', incidents: incident(1) } }));
      await store.commit(importOf('i2', smallWorld, { at: 1200, import: { source: 'register', incidents: incident(2) } }));
      await backUp(store);
      const copy = await restoreAnew();
      for (const id of ['i2', 'i1']) expect((await copy.undoImport(id, 'eve', 900)).outcome).toBe('undone');
      expect(await readAll(copy)).toEqual([]);
      expect(await copy.findDocument('incident', 'breach')).toMatchObject({ json: '{"v":0}', importId: null, version: 5 });
      // The restored store continues the clock of the original.
      expect((await copy.readHistory({ sinceRevision: 1 }, 0, 1)).changes[0]?.at).toBe(1200);
      await copy.close();
    });

    it('[S37] a store that holds a write, or only a document, refuses a restore', async () => {
      const store = storeOf();
      await store.saveDocument('note', 'n', '{}');
      await expect(store.restore(recordsOf())).rejects.toMatchObject({ code: 'CONFLICT' });
      await store.deleteDocument('note', 'n');
      await store.commit(edit([lab('vega')]));
      const refusal = { code: 'CONFLICT', message: expect.stringContaining('revision 1') };
      await expect(store.restore(recordsOf())).rejects.toMatchObject(refusal);
      expect(await readAll(store)).toHaveLength(1);
    });

    it('[S980] a backup holds no draft of an import; a store that holds only drafts is restored into, and keeps them', async () => {
      const store = storeOf();
      await store.commit(edit([lab('vega')]));
      for (const id of ['a', 'z']) await store.saveDocument('draft', id, '{}');
      await store.saveDocument('view', 'v', '{}');
      const records: StoreRecord[] = [];
      for await (const record of store.readRecords()) records.push(record);
      expect(records.filter(({ type }) => type === 'document')).toMatchObject([{ collection: 'view', id: 'v' }]);
      const other = await open();
      await other.saveDocument('draft', 'd', '{"v":1}');
      await other.restore(recordsOf(records));
      expect(await readAll(other)).toHaveLength(1);
      expect(await other.listDocuments('draft')).toMatchObject([{ id: 'd', version: 1, json: '{"v":1}' }]);
      await other.close();
    });

    it('[S37] an interrupted restore leaves the store empty', async () => {
      const store = storeOf();
      await store.commit(importOf('i1', [...smallWorld, ...Array.from({ length: 1100 }, (_, i) => vendor(`v${i}`))]));
      await store.saveDocument('view', 'v', '{}');
      const records: StoreRecord[] = [];
      for await (const record of store.readRecords()) records.push(record);
      const all = await everythingOf(store);
      const other = await open();
      const nothing = await everythingOf(other);
      for (const after of [1, 3, records.length]) {
        await expect(other.restore(recordsOf(records.slice(0, after), 'broken off'))).rejects.toThrow('broken off');
        expect(await everythingOf(other)).toEqual(nothing);
      }
      await other.restore(recordsOf(records));
      expect(await everythingOf(other)).toEqual(all);
      await other.close();
    });

    it('[S38] a backup omits facts written while its records are read', async () => {
      const store = storeOf();
      await store.commit(edit([...smallWorld]));
      await store.commit(importOf('i1', [vendor('before')]));
      await store.saveDocument('view', 'a', '{}');
      const records: StoreRecord[] = [];
      for await (const record of store.readRecords()) {
        records.push(record);
        await store.commit(edit([vendor(`during ${records.length}`)]));
        if (records.length === 2) await store.undoImport('i1', 'eve', 3000);
        await store.saveDocument('view', `b${records.length}`, '{}');
      }
      expect(records[0]).toEqual({ type: 'start', revision: 2 });
      expect(records.filter(({ type }) => type === 'write')).toHaveLength(2);
      expect(records.filter(({ type }) => type === 'undo')).toEqual([]);
      expect(records.filter(({ type }) => type === 'document')).toHaveLength(1);
    });
  });
}

/** @param fault thrown after the last record */
async function* recordsOf(records: readonly StoreRecord[] = [{ type: 'start', revision: 0 }], fault?: string): AsyncGenerator<StoreRecord> {
  yield* records;
  if (fault !== undefined) throw new Error(fault);
}

/** The outcome of each step. */
async function play(store: FactStore, sequence: readonly (Step | DocumentStep)[], hasIncidents: boolean, from: number): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const [i, step] of sequence.entries()) {
    const incidents = new Map(hasIncidents ? [['breach', `{"v":${i % 2}}`]] : []);
    outcomes.push(await playStep(store, step, from + i, incidents));
  }
  return outcomes;
}

async function playStep(store: FactStore, step: Step | DocumentStep, at: number, incidents: ReadonlyMap<string, string>): Promise<unknown> {
  switch (step.do) {
    case 'save':
      return store.saveDocument(collectionOf(step.id), step.id, step.json);
    case 'delete':
      return store.deleteDocument(collectionOf(step.id), step.id);
    case 'undo': {
      const record = (await store.listImports())[step.which];
      return record === undefined ? 'none' : store.undoImport(record.id, 'eve', at);
    }
    default: {
      const write =
        step.do === 'edit'
          ? edit(step.assertions, { by: step.by, at })
          : importOf(`i${at}`, step.assertions, { at, import: { source: step.source, createdAt: at, incidents } });
      const { isWritten, revision, counts, effects, violations } = await store.commit(write);
      return { isWritten, revision, counts, effects, violations };
    }
  }
}

function collectionOf(id: string): DocumentCollection {
  return id === 'breach' ? 'incident' : 'note';
}
