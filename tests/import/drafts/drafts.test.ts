import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportDrafts } from '../../../server/import/drafts/drafts.ts';
import { withThread } from '../../../server/import/thread/import-threads.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { places, smallFiles } from '../import-for-tests.ts';

let folder: string;
let store: FactStore;
let drafts: ImportDrafts;
let now: number;
const open = () => ImportDrafts.open({ store, folder: join(folder, 'drafts'), now: () => now++ });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-drafts-'));
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  now = Date.UTC(2026, 0, 1);
  drafts = await open();
});
afterEach(async () => {
  await drafts.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function* body(content: string | Uint8Array) {
  yield Buffer.from(content);
}

/** The files of a draft. */
const filesOf = (id: string) => (existsSync(join(folder, 'drafts', id)) ? readdirSync(join(folder, 'drafts', id)).sort() : []);

async function makeDraft(files: Readonly<Record<string, string>>): Promise<string> {
  const { id } = await drafts.create('tester', { source: 'register' });
  for (const [name, content] of Object.entries(files)) await drafts.addFile(id, name, body(content));
  await drafts.settled(id);
  return id;
}

async function commit(id: string, policy: 'ALL_OR_NOTHING' | 'SKIP_REJECTED' = 'ALL_OR_NOTHING') {
  const started = await drafts.commit(id, policy, 'tester');
  await drafts.settled(id);
  return { started, ended: await drafts.find(id) };
}

/** Ends the thread that an earlier file of this process may have left for the next rows. */
async function endIdleThread(): Promise<void> {
  const stop = new AbortController();
  const first = { type: 'check', file: { name: 'none.csv', path: join(folder, 'none.csv') } } as const;
  const ended = withThread('ROWS', stop.signal, { first, take: () => {}, isHeavy: () => true });
  stop.abort(new Error('over'));
  await expect(ended).rejects.toThrow('over');
}

const broken = {
  ...smallFiles,
  'transfers.csv': 'id,artifact,sender,recipient,portion\nT-1,guidelines,vega,kite,-1\nT-2,guidelines,vega,kite,1\n',
};

const bound = (value: unknown, target: object): unknown => (typeof value === 'function' ? value.bind(target) : value);

describe('a draft', () => {
  it('[S273] of a megabyte or more is read in a thread, and a smaller one of canonical rows on the event loop', async () => {
    await endIdleThread();
    let threads = 0;
    const onThread = () => threads++;
    process.on('worker', onThread);
    try {
      expect((await commit(await makeDraft(smallFiles))).ended).toMatchObject({ state: 'COMMITTED' });
      expect(threads).toBe(0);
      const rows = Array.from({ length: 20_000 }, (_, i) => `vendor-of-a-long-list-${i},A vendor of a long list ${i},VENDOR`);
      const id = await makeDraft({ 'organizations.csv': `id,name,roles\n${rows.join('\n')}\n` });
      expect((await commit(id)).ended).toMatchObject({ state: 'COMMITTED', report: { created: 20_000 } });
      expect(threads).toBeGreaterThan(0);
    } finally {
      process.off('worker', onThread);
    }
  });

  it('[F26] is analyzed again when a file is added or removed, and changes no fact', async () => {
    const { id } = await drafts.create('tester', { source: 'register' });
    expect(await drafts.find(id)).toMatchObject({ state: 'DRAFT', report: null, files: [], source: 'register', createdBy: 'tester' });
    const detected = await drafts.addFile(id, 'organizations.csv', body(smallFiles['organizations.csv']));
    expect(detected).toMatchObject({ delimiter: ',', headerLine: 1, header: ['id', 'name', 'roles'], encoding: 'utf-8' });
    expect(detected.sample).toHaveLength(3);
    expect(await drafts.find(id)).toMatchObject({ state: 'ANALYZING', report: null });
    await drafts.settled(id);
    expect(await drafts.find(id)).toMatchObject({ state: 'DRAFT', report: { rows: 3, created: 3 } });
    await drafts.removeFile(id, 'organizations.csv');
    await drafts.settled(id);
    expect(await drafts.find(id)).toMatchObject({ state: 'DRAFT', report: null, files: [] });
    expect(await store.readRevision()).toBe(0);
  });

  it('[F26] lists rejections, their causes and pending changes, page by page', async () => {
    const id = await makeDraft(broken);
    expect(await drafts.find(id)).toMatchObject({ report: { rows: 6, created: 5, rejected: 1 } });
    const { rejections, totalCount } = await drafts.readRejections(id, 0, 10);
    expect(places(rejections)).toEqual(['transfers.csv:2: portion: BAD_VALUE']);
    expect(totalCount).toBe(1);
    expect(await drafts.readCauses(id)).toMatchObject([{ code: 'BAD_VALUE', column: 'portion', count: 1 }]);
    const { changes } = await drafts.readChanges(id, ['TRANSFER', 'ARTIFACT'], 0, 10);
    expect(changes.map(({ key, change }) => [key, change])).toEqual([
      ['guidelines', 'CREATED'],
      ['T-2', 'CREATED'],
    ]);
    expect(await drafts.readChanges(id, undefined, 1, 2)).toMatchObject({ totalCount: 5, changes: [{ key: 'vega' }, { key: 'kite' }] });
  });

  it('[F27] with a rejected row is committed only after the row is corrected', async () => {
    const id = await makeDraft(broken);
    const { started, ended } = await commit(id);
    expect(started.state).toBe('COMMITTING');
    expect(ended).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(/One row was rejected.*nothing was written/) });
    expect(await store.readRevision()).toBe(0);
    await drafts.addFile(id, 'transfers.csv', body(smallFiles['transfers.csv']));
    expect((await commit(id)).ended).toMatchObject({ state: 'COMMITTED', failure: null, report: { created: 6, rejected: 0 } });
    expect(await store.readRevision()).toBe(1);
  });

  it('[F27] is committed once, however often it is asked', async () => {
    const id = await makeDraft(smallFiles);
    await Promise.all([drafts.commit(id, 'ALL_OR_NOTHING', 'a'), drafts.commit(id, 'ALL_OR_NOTHING', 'b')]);
    await drafts.settled(id);
    expect(await drafts.commit(id, 'ALL_OR_NOTHING', 'c')).toMatchObject({ state: 'COMMITTED' });
    expect(await store.listImports()).toHaveLength(1);
    await expect(drafts.addFile(id, 'x.csv', body('id'))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('[F28] returns the rejected rows unchanged, with line and reason, before and after the commit', async () => {
    const id = await makeDraft(broken);
    const rows = async () => {
      let text = '';
      for await (const piece of await drafts.readRejectedRows(id)) text += piece;
      return text;
    };
    const expected =
      'id,artifact,sender,recipient,portion,line,reason\n' +
      'T-1,guidelines,vega,kite,\'-1,2,"The portion ""-1"" cannot be taken: expected a number above 0 to 1."\n';
    expect(await rows()).toBe(expected);
    expect((await commit(id, 'SKIP_REJECTED')).ended).toMatchObject({ state: 'COMMITTED', report: { created: 5, rejected: 1 } });
    expect(await rows()).toBe(expected);
  });

  it('[F29] survives a restart, with its files', async () => {
    const id = await makeDraft(broken);
    await drafts.close();
    drafts = await open();
    await drafts.settled(id);
    expect(await drafts.find(id)).toMatchObject({ state: 'DRAFT', report: { created: 5, rejected: 1 } });
    expect((await commit(id, 'SKIP_REJECTED')).ended).toMatchObject({ state: 'COMMITTED' });
    await drafts.close();
    drafts = await open();
    expect(await drafts.find(id)).toMatchObject({ state: 'COMMITTED', report: { created: 5, rejected: 1 } });
    expect(filesOf(id)).toEqual([expect.stringMatching(/^rejections-/), expect.stringMatching(/^rows-/)]);
  });

  it('[F30] is discarded with its files', async () => {
    const id = await makeDraft(smallFiles);
    expect(await drafts.discard(id)).toMatchObject({ state: 'DISCARDED' });
    expect(filesOf(id)).toEqual([]);
    expect(await drafts.list()).toEqual([]);
    await expect(drafts.commit(id, 'ALL_OR_NOTHING', 'tester')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('[F30] stops its analysis on cancel', async () => {
    const { id } = await drafts.create('tester', {});
    await drafts.addFile(id, 'organizations.csv', body(smallFiles['organizations.csv']));
    expect(await drafts.cancel(id)).toMatchObject({ state: 'DRAFT', progress: null });
  });

  it('[F31] can be undone after its commit, unless a later import depends on it, which is named', async () => {
    const first = await makeDraft({ 'organizations.csv': smallFiles['organizations.csv'] });
    await commit(first);
    const second = await makeDraft({ 'artifacts.csv': smallFiles['artifacts.csv'] });
    await commit(second);
    await expect(drafts.undo(first, 'tester')).rejects.toMatchObject({ code: 'HAS_DEPENDENTS', message: expect.stringContaining(second) });
    expect(await drafts.undo(second, 'tester')).toMatchObject({ state: 'UNDONE' });
    expect(await drafts.undo(first, 'tester')).toMatchObject({ state: 'UNDONE' });
    expect((await drafts.list()).map(({ id, state }) => [id, state])).toEqual([
      [second, 'UNDONE'],
      [first, 'UNDONE'],
    ]);
  });

  it('[F81] has a name that can change before and after the commit, and survives the end of its folder', async () => {
    const { id } = await drafts.create('tester', { name: ' Register, June ' });
    expect(await drafts.find(id)).toMatchObject({ name: 'Register, June' });
    expect(await drafts.rename(id, 'Register, July')).toMatchObject({ name: 'Register, July', state: 'DRAFT' });
    await drafts.addFile(id, 'organizations.csv', body(smallFiles['organizations.csv']));
    await drafts.settled(id);
    await commit(id);
    expect(await drafts.find(id)).toMatchObject({ name: 'Register, July', state: 'COMMITTED' });
    expect(await drafts.rename(id, 'Register 7')).toMatchObject({ name: 'Register 7' });
    await drafts.close();
    rmSync(join(folder, 'drafts'), { recursive: true, force: true });
    drafts = await open();
    expect((await drafts.list()).map(({ name }) => name)).toEqual(['Register 7']);
    for (const name of ['', ' ', 'two\nlines', 'x'.repeat(201)])
      await expect(drafts.rename(id, name)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(drafts.create('tester', { name: '\t' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const dropped = await drafts.create('tester', {});
    await drafts.discard(dropped.id);
    await expect(drafts.rename(dropped.id, 'late')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('[F31] [F100] says that it is being undone while it is, and the undo can be canceled', async () => {
    const id = await makeDraft(smallFiles);
    await commit(id);
    await drafts.close();
    // The real store, whose undo begins when the test has looked.
    let begin = () => undefined as unknown;
    const looked = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const waiting = new Proxy(store, {
      get: (target, name) =>
        name === 'undoImport'
          ? async (...args: Parameters<FactStore['undoImport']>) => {
              await looked;
              return target.undoImport(...args);
            }
          : bound(Reflect.get(target, name), target),
    });
    drafts = await ImportDrafts.open({ store: waiting, folder: join(folder, 'drafts'), now: () => now++ });
    const undone = drafts.undo(id, 'tester');
    let view = await drafts.find(id);
    while (view?.progress === null) view = await drafts.find(id);
    expect(view).toMatchObject({ state: 'COMMITTED', progress: { step: 'undoing', total: null } });
    await expect(drafts.undo(id, 'another')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('being undone already'),
    });

    // Canceled, it changes nothing, and can be repeated.
    await drafts.cancel(id);
    begin();
    await expect(undone).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Nothing was changed') });
    expect(await drafts.find(id)).toMatchObject({ state: 'COMMITTED', progress: null });
    expect(await drafts.undo(id, 'tester')).toMatchObject({ state: 'UNDONE', progress: null });
  });

  it('[S297] is known from the instant at which its commit ends, and no longer from that at which its undo ends', async () => {
    await drafts.close();
    const hourMs = 3_600_000;
    const slowly =
      (name: 'commit' | 'undoImport') =>
      async (...args: unknown[]) => {
        now += hourMs;
        return (store[name] as (...args: unknown[]) => unknown)(...args);
      };
    // The real store, which takes an hour for a write.
    const slow = new Proxy(store, {
      get: (target, name) => (name === 'commit' || name === 'undoImport' ? slowly(name) : bound(Reflect.get(target, name), target)),
    });
    drafts = await ImportDrafts.open({ store: slow, folder: join(folder, 'drafts'), now: () => now++ });
    const countAt = async (instant: number) => {
      let count = 0;
      for await (const { facts } of store.readFacts({ instant })) count += facts.length;
      return count;
    };
    const id = await makeDraft(smallFiles);
    const begun = now;
    await commit(id);
    expect(await countAt(begun + hourMs - 1)).toBe(0);
    const count = await countAt(now);
    expect(count).toBeGreaterThan(0);
    const undoBegun = now;
    await drafts.undo(id, 'tester');
    expect(await countAt(undoBegun + hourMs - 1)).toBe(count);
    expect(await countAt(now)).toBe(0);
  });

  it('[F32] refuses a file that is not text, and keeps nothing of it', async () => {
    const { id } = await drafts.create('tester', {});
    await expect(drafts.addFile(id, 'book.xlsx', body('PK\u0003\u0004…'))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/^book.xlsx: .*Save As.*CSV UTF-8/),
    });
    expect(filesOf(id)).toEqual([]);
  });

  it.each(['', '..', 'a/b.csv', 'a\\b.csv', 'a\0b', 'x'.repeat(201)])('[F32] refuses a file named %j', async (name) => {
    const { id } = await drafts.create('tester', {});
    await expect(drafts.addFile(id, name, body('id,name\n'))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('[F32] accepts file names that have a special meaning elsewhere', async () => {
    const { id } = await drafts.create('tester', {});
    const json = '[{"id":"vega","name":"Vega Labs"}]';
    for (const name of ['draft.json', '__proto__', 'transfers.csv.part'])
      await drafts.addFile(id, name, body(name.endsWith('.json') ? json : 'id,name\n'));
    expect((await drafts.find(id))?.files.map((file) => file.name)).toEqual(['draft.json', '__proto__', 'transfers.csv.part']);
  });

  it('[F32] keeps nothing of a file whose sender disconnects', async () => {
    const { id } = await drafts.create('tester', {});
    async function* cut() {
      yield Buffer.from('id,name\n');
      throw new Error('gone');
    }
    await expect(drafts.addFile(id, 'organizations.csv', cut())).rejects.toThrow('gone');
    expect((await drafts.find(id))?.files).toEqual([]);
    expect(filesOf(id)).toEqual([]);
  });

  it('[F32] that does not exist is not found', async () => {
    expect(await drafts.find('nothing')).toBeUndefined();
    for (const act of [
      () => drafts.addFile('nothing', 'a.csv', body('')),
      () => drafts.commit('../x', 'ALL_OR_NOTHING', 'a'),
      () => drafts.undo('nothing', 'a'),
      () => drafts.readCauses('nothing'),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('[S146] expires 30 days after it was made, with its files, unless it is committed', async () => {
    const old = await makeDraft(smallFiles);
    const kept = await makeDraft(smallFiles);
    await commit(kept);
    now += 30 * 86_400_000;
    const fresh = await drafts.create('tester', {});
    expect((await drafts.find(old))?.state).toBe('DISCARDED');
    expect((await drafts.find(kept))?.state).toBe('COMMITTED');
    expect((await drafts.find(fresh.id))?.state).toBe('DRAFT');
    now += 30 * 86_400_000;
    await drafts.close();
    drafts = await open();
    expect((await drafts.list()).map(({ state }) => state)).toEqual(['COMMITTED']);
  });

  it('[S146] is one of 1,000 at most that a person may have', async () => {
    for (let i = 0; i < 1000; i++) await drafts.create('tester', {});
    await expect(drafts.create('tester', {})).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('Commit or discard'),
    });
    const other = await drafts.create('another', {});
    expect(other.state).toBe('DRAFT');
    const [mine] = (await drafts.list()).filter(({ createdBy }) => createdBy === 'tester');
    await drafts.discard(mine?.id as string);
    expect((await drafts.create('tester', {})).state).toBe('DRAFT');
  });
});
