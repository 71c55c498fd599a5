import type { FactStore } from '../../../server/store/fact-store.ts';
import { describe, expect, it } from '../../support/test.ts';
import { edit, importOf, retract, smallWorld, transfer, vendor } from '../assertions-for-tests.ts';
import type { StoreOf } from '../store-of.ts';

interface Act {
  readonly name: string;
  readonly before?: (store: FactStore) => Promise<unknown>;
  readonly act: (store: FactStore) => Promise<unknown>;
  readonly raisesBy: 0 | 1;
}

const commitWorld = (store: FactStore) => store.commit(edit([...smallWorld]));
const importWorld = (...ids: string[]) => {
  return async (store: FactStore) => {
    for (const id of ids) await store.commit(importOf(id, smallWorld));
  };
};

const acts: readonly Act[] = [
  { name: 'a write that creates facts', act: commitWorld, raisesBy: 1 },
  {
    name: 'a write that updates one fact',
    before: commitWorld,
    act: (store) => store.commit(edit([vendor('quill', { country: 'DE' })])),
    raisesBy: 1,
  },
  {
    name: 'a write that retracts one fact',
    before: commitWorld,
    act: (store) => store.commit(edit([retract('TRANSFER', 't1')])),
    raisesBy: 1,
  },
  { name: 'a write that repeats what the facts say', before: commitWorld, act: commitWorld, raisesBy: 0 },
  { name: 'an import that repeats what the facts say', before: commitWorld, act: importWorld('i1'), raisesBy: 0 },
  {
    name: 'a write that is refused',
    before: commitWorld,
    act: (store) => store.commit(edit([transfer('t2', 'rubric', 'vega', 'nobody')])),
    raisesBy: 0,
  },
  { name: 'a preview', act: (store) => store.preview(edit([...smallWorld])), raisesBy: 0 },
  {
    name: 'an import of incidents alone',
    act: (store) => store.commit(importOf('i1', [], { import: { incidents: new Map([['breach', '{"v":1}']]) } })),
    raisesBy: 0,
  },
  {
    name: 'the undo of an import that stated the facts',
    before: importWorld('i1'),
    act: (store) => store.undoImport('i1', 'ada', 2000),
    raisesBy: 1,
  },
  {
    name: 'the undo of the first of two equal imports, which changes only the provenance',
    before: importWorld('i1', 'i2'),
    act: (store) => store.undoImport('i1', 'ada', 2000),
    raisesBy: 1,
  },
  {
    name: 'the undo of the second of two equal imports',
    before: importWorld('i1', 'i2'),
    act: (store) => store.undoImport('i2', 'ada', 2000),
    raisesBy: 0,
  },
  { name: 'saving an incident', act: (store) => store.saveDocument('incident', 'breach', '{}'), raisesBy: 0 },
  { name: 'saving a note', act: (store) => store.saveDocument('note', 'n', '{}'), raisesBy: 0 },
  {
    name: 'deleting a view',
    before: (store) => store.saveDocument('view', 'v', '{}'),
    act: (store) => store.deleteDocument('view', 'v'),
    raisesBy: 0,
  },
];

export function describeRevision(storeOf: StoreOf): void {
  describe('revision', () => {
    it.each(acts)('[S42] $name raises the revision by $raisesBy', async ({ before, act, raisesBy }) => {
      const store = storeOf();
      await before?.(store);
      const revision = await store.readRevision();
      await act(store);
      expect(await store.readRevision()).toBe(revision + raisesBy);
    });
  });
}
