import type { RecordedFact } from '../../../server/domain/assertions.ts';
import {
  demoAnalyst,
  demoHistory,
  firstStep,
  importIdOf,
  lastStep,
  loadDemo,
  undoWithHistory,
} from '../../../server/import/demo/demo-history.ts';
import type { FactStore, WholeStore } from '../../../server/store/fact-store.ts';
import { edit, readAll, say } from '../../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { importSeedWorld } from '../../support/worlds/seed-world.ts';

const now = Date.parse('2026-12-01T12:00:00Z');
const dayMs = 86_400_000;
const ago = (days: number) => now - days * dayMs;

/** Facts without the write that brought them. */
function statedBy(facts: readonly RecordedFact[]) {
  return facts.map(({ kind, key, values, provenance: { source, assertedAt } }) => ({ kind, key, values, source, assertedAt }));
}

/** The store for some writes. The next one fails, as if the process had ended before it. */
function endingAfter(store: WholeStore, writes: number): WholeStore {
  let count = 0;
  const guarded = (work: 'commit' | 'undoImport') =>
    ((...args: never[]) => {
      if (count++ === writes) throw new Error('The process ended.');
      return (store[work] as (...given: never[]) => unknown)(...args);
    }) as never;
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'commit' || name === 'undoImport') return guarded(name);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** After how many writes a process ends. */
interface Cuts {
  /** Of the six of the load: an import, a mistake and its undo, an import, an edit, an import. */
  readonly load: readonly number[];
  /** Of the five of the undo: the attempt that finds what depends on it, two imports with a retraction between them, and the import itself. */
  readonly undo: readonly number[];
}

async function recordedIn(store: FactStore) {
  const imports = (await store.listImports()).map(({ id, state, committedAt, undoneAt }) => ({ id, state, committedAt, undoneAt }));
  return { revision: await store.readRevision(), imports, facts: statedBy(await readAll(store)) };
}

/** The history of the demo world in a store: the same promises for each kind of store. */
export function describeDemoHistory(openEmpty: () => Promise<WholeStore>, cuts: Cuts): void {
  describe('the history of the demo world', () => {
    let store: WholeStore;
    beforeEach(async () => {
      store = await openEmpty();
    });
    afterEach(() => store.close());

    it('[S430] ends with the facts of an import of seeds/demo, and with its incidents; a week ago they were others', async () => {
      const world = await importSeedWorld('demo');
      const expected = statedBy(await readAll(world.store));
      const incidents = (await world.store.listDocuments('incident')).map(({ id }) => id);
      await world.close();
      expect(await loadDemo(store, now)).toBe(true);
      expect(statedBy(await readAll(store))).toEqual(expected);
      expect((await store.listDocuments('incident')).map(({ id }) => id)).toEqual(incidents);
      expect(await store.verify()).toEqual([]);
      const before = new Map(statedBy(await readAll(store, { instant: ago(7) })).map((fact) => [`${fact.kind} ${fact.key}`, fact]));
      const changed = expected.filter((fact) => JSON.stringify(before.get(`${fact.kind} ${fact.key}`)) !== JSON.stringify(fact));
      expect(changed.map(({ key }) => key)).toEqual(['T-0016', 'T-0124', 'T-0159', 'T-0161', 'T-0163']);
      expect(await loadDemo(store, now + dayMs)).toBe(false);
    });

    it('[S431] records each step at its own time: three imports, one that was undone, and a date that a person corrected', async () => {
      await loadDemo(store, now);
      const imports = (await store.listImports()).toReversed();
      expect(imports.map(({ source, state, committedAt, undoneAt }) => [source, state, committedAt, undoneAt])).toEqual([
        ['demo world', 'COMMITTED', ago(21), null],
        ['Training list, do not import', 'UNDONE', ago(12), ago(12) + 3_600_000],
        ['Quillmark, answer of November 2026', 'COMMITTED', ago(9), null],
        ['Registers and inventories, November 2026', 'COMMITTED', ago(2), null],
      ]);
      const [first] = imports;
      // Without the six that come later.
      expect(first?.files.find(({ name }) => name === 'transfers.csv')?.rowCount).toBe(157);
      const { changes } = await store.readHistory({ kind: 'TRANSFER', key: 'T-0124' }, 0, 10);
      const [corrected] = changes;
      expect(corrected).toMatchObject({ change: 'UPDATED', by: demoAnalyst, at: ago(5), importId: null });
      expect(corrected?.fields).toEqual([{ field: 'sentAt', before: '2026-10-04T09:20:00Z', after: '2026-05-04T09:20:00Z' }]);
    });

    it('[S432] goes on after a start that ended between any two steps, with the same facts and instants', async () => {
      await loadDemo(store, now);
      const whole = await recordedIn(store);
      for (const writes of cuts.load) {
        await store.close();
        store = await openEmpty();
        await expect(loadDemo(endingAfter(store, writes), now)).rejects.toThrow('The process ended.');
        expect(await store.readRevision()).toBe(writes);
        expect(await loadDemo(store, now + dayMs)).toBe(true);
        expect(await recordedIn(store)).toEqual(whole);
      }
    });

    it('[S434] takes each step once if two servers start at the same time', async () => {
      await loadDemo(store, now);
      const whole = await recordedIn(store);
      await store.close();
      store = await openEmpty();
      expect(await Promise.all([loadDemo(store, now), loadDemo(store, now)])).toContain(true);
      expect(await recordedIn(store)).toEqual(whole);
      expect(await store.verify()).toEqual([]);
    });

    it('[S433] goes as a whole with the import demo world, also after an undo that ended between any two steps', async () => {
      const first = importIdOf(firstStep);
      for (const writes of cuts.undo) {
        await store.close();
        store = await openEmpty();
        await loadDemo(store, now);
        await expect(undoWithHistory(endingAfter(store, writes), first, 'ann', now)).rejects.toThrow('The process ended.');
        expect((await store.findImport(first))?.state).toBe('COMMITTED');
        expect(await undoWithHistory(store, first, 'ann', now)).toMatchObject({ outcome: 'undone' });
        expect(await readAll(store)).toEqual([]);
        expect(await store.listDocuments('incident')).toEqual([]);
        expect((await store.listImports()).map(({ state }) => state)).toEqual(demoHistory.slice(1).map(() => 'UNDONE'));
        expect(await store.verify()).toEqual([]);
        expect(await loadDemo(store, now)).toBe(false);
        expect(await undoWithHistory(store, first, 'ann', now)).toMatchObject({ outcome: 'unchanged' });
      }
    });

    it('[S433] stays as a whole while somebody’s own facts depend on it, and the refusal names them alone', async () => {
      await loadDemo(store, now);
      const own = say('ENGAGEMENT', { id: 'own', client: 'aurelis', provider: 'quillmark', service: 'labels' });
      await store.commit(edit([own], { by: 'ann', at: now }));
      const before = await recordedIn(store);
      expect(await undoWithHistory(store, importIdOf(firstStep), 'ann', now)).toEqual({
        outcome: 'refused',
        dependents: [{ importId: null, by: 'ann', source: null }],
        message: 'Import demo-1-world cannot be undone: edits by ann depend on it. Undo or change these first.',
      });
      expect(await recordedIn(store)).toEqual(before);
      // Each later step is an import like any other.
      expect(await undoWithHistory(store, importIdOf(lastStep), 'ann', now)).toMatchObject({ outcome: 'undone', changedCount: 4 });
    });
  });
}
