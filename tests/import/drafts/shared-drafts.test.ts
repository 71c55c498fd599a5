import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { commitImport } from '../../../server/import/commit-import.ts';
import { DraftDocuments } from '../../../server/import/drafts/draft-documents.ts';
import { DraftFolder } from '../../../server/import/drafts/draft-folder.ts';
import type { DraftPhase, DraftRecord } from '../../../server/import/drafts/draft-record.ts';
import { ImportDrafts } from '../../../server/import/drafts/drafts.ts';
import type { RejectPolicy } from '../../../server/import/import-view.ts';
import { readImport } from '../../../server/import/read-import.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { places, smallFiles } from '../import-for-tests.ts';

let folder: string;
let store: FactStore;
let servers: ImportDrafts[];
let now: number;

/** Opens drafts as a server does, with a shorter wait for other servers. */
const open = () => ImportDrafts.open({ store, folder: join(folder, 'drafts'), now: () => now++, leaseMs: 100 });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-shared-'));
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  now = Date.UTC(2026, 0, 1);
  servers = [await open(), await open(), await open()];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const [first, second, third] = [0, 1, 2].map((index) => () => servers[index] as ImportDrafts) as [
  () => ImportDrafts,
  () => ImportDrafts,
  () => ImportDrafts,
];

async function* body(content: string) {
  yield Buffer.from(content);
}

async function addAll(id: string, files: Readonly<Record<string, string>>): Promise<void> {
  let turn = 0;
  for (const [name, content] of Object.entries(files)) await (servers[turn++ % 3] as ImportDrafts).addFile(id, name, body(content));
}

/** Asks one server after another until none is working on the draft. */
async function ended(id: string) {
  for (let turn = 0; ; turn++) {
    const view = await (servers[turn % 3] as ImportDrafts).find(id);
    if (view === undefined || (view.state !== 'ANALYZING' && view.state !== 'COMMITTING')) return view;
    await sleep(5);
  }
}

const broken = {
  ...smallFiles,
  'transfers.csv': 'id,artifact,sender,recipient,portion\nT-1,guidelines,vega,kite,-1\nT-2,guidelines,vega,kite,1\n',
};

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Leaves the draft as if its server had been killed in this phase. */
async function leaveIn(id: string, phase: DraftPhase, more: Partial<DraftRecord> = {}): Promise<void> {
  await new DraftDocuments(store).change(id, (record) => ({ ...record, phase, ...more }));
}

/** The task of a server that was killed just now. */
const gone = () => ({ task: 'begun', lease: { by: 'killed', until: now + 20, progress: null } });
const order = (policy: RejectPolicy) => ({ policy, by: 'tester' });

/** Writes the draft's files to the store, as a server that is killed before it records the commit. */
async function commitUnannounced(id: string, policy: RejectPolicy): Promise<void> {
  const draft = new DraftFolder(join(folder, 'drafts'), id);
  const record = (await new DraftDocuments(store).find(id))?.record as DraftRecord;
  const at = now++;
  const files = record.files.map(({ name, storedAs }) => ({ name, path: draft.pathOf(storedAs) }));
  const read = await readImport(files, { assertedAt: at, source: record.source });
  const outcome = await commitImport(store, read, { id, by: 'tester', at, createdAt: at, source: record.source, assertedAt: null }, policy);
  expect(outcome.isWritten).toBe(true);
}

describe('servers that share a folder and a store', () => {
  it('[F60] each show a draft, whichever server created or changed it', async () => {
    const { id } = await first().create('tester', { source: 'register' });
    await addAll(id, broken);
    const view = await ended(id);
    expect(view).toMatchObject({ state: 'DRAFT', source: 'register', report: { rows: 6, created: 5, rejected: 1 } });
    for (const server of servers) {
      expect(await server.find(id)).toEqual(view);
      expect(await server.list()).toEqual([view]);
      expect(places((await server.readRejections(id, 0, 10)).rejections)).toEqual(['transfers.csv:2: portion: BAD_VALUE']);
      expect((await server.readChanges(id, ['TRANSFER'], 0, 10)).changes.map(({ key }) => key)).toEqual(['T-2']);
      expect(await textOf(await server.readRejectedRows(id))).toMatch(/^id,artifact,sender,recipient,portion,line,reason\nT-1,/);
    }
  });

  it('[F60] each cancel, discard and commit a draft that another server began', async () => {
    const { id } = await first().create('tester', {});
    await first().addFile(id, 'organizations.csv', body(smallFiles['organizations.csv']));
    expect(await second().cancel(id)).toMatchObject({ state: 'DRAFT' });
    await third().removeFile(id, 'organizations.csv');
    await addAll(id, smallFiles);
    await second().commit(id, 'ALL_OR_NOTHING', 'tester');
    expect(await ended(id)).toMatchObject({ state: 'COMMITTED', report: { created: 6 } });
    for (const server of servers) expect(await server.find(id)).toMatchObject({ state: 'COMMITTED', report: { created: 6 } });
    await expect(third().addFile(id, 'x.csv', body('id,name\n'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await third().undo(id, 'tester')).toMatchObject({ state: 'UNDONE' });
    expect(await first().find(id)).toMatchObject({ state: 'UNDONE' });

    const other = await second().create('tester', {});
    await first().addFile(other.id, 'organizations.csv', body(smallFiles['organizations.csv']));
    expect(await third().discard(other.id)).toMatchObject({ state: 'DISCARDED' });
    for (const server of servers) {
      expect(await server.find(other.id)).toMatchObject({ state: 'DISCARDED' });
      await expect(server.commit(other.id, 'ALL_OR_NOTHING', 'tester')).rejects.toMatchObject({ code: 'CONFLICT' });
    }
  });

  it('[F60] resume the work of a closed server at once', async () => {
    const { id } = await first().create('tester', {});
    await first().addFile(id, 'organizations.csv', body(smallFiles['organizations.csv']));
    await first().close();
    await second().find(id);
    await second().settled(id);
    expect(await third().find(id)).toMatchObject({ state: 'DRAFT', report: { created: 3 } });
  });

  it('[F61] keep each file whole when all of them receive files at once', async () => {
    const { id } = await first().create('tester', {});
    const names = Array.from({ length: 24 }, (_, i) => `organizations-${i}.csv`);
    await Promise.all(
      names.map((name, i) => (servers[i % 3] as ImportDrafts).addFile(id, name, body(`id,name,roles\nO-${i},Name ${i},VENDOR\n`))),
    );
    const view = await ended(id);
    expect(view?.files.map((file) => file.name).sort()).toEqual([...names].sort());
    expect(view).toMatchObject({ state: 'DRAFT', report: { rows: 24, created: 24, rejected: 0 } });
  });

  it('[F61] commit a draft once, even if all are asked at once', async () => {
    const { id } = await first().create('tester', {});
    await addAll(id, smallFiles);
    await Promise.all(servers.map((server) => server.commit(id, 'ALL_OR_NOTHING', 'tester')));
    expect(await ended(id)).toMatchObject({ state: 'COMMITTED', report: { created: 6 } });
    expect(await store.listImports()).toHaveLength(1);
    expect(await store.readRevision()).toBe(1);
  });

  it('[F61] agree with each other and the store on one outcome of concurrent requests', async () => {
    const acts = {
      add: (server: ImportDrafts, id: string) => server.addFile(id, 'organizations.csv', body('id,name,roles\nvega,Vega,LAB\n')),
      remove: (server: ImportDrafts, id: string) => server.removeFile(id, 'transfers.csv'),
      commit: (server: ImportDrafts, id: string) => server.commit(id, 'SKIP_REJECTED', 'tester'),
      cancel: (server: ImportDrafts, id: string) => server.cancel(id),
      discard: (server: ImportDrafts, id: string) => server.discard(id),
      look: (server: ImportDrafts, id: string) => server.find(id),
    };
    const act = fc.record({
      name: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
      server: fc.nat({ max: 2 }),
      afterMs: fc.nat({ max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 7 }), async (plan) => {
        const { id } = await first().create('tester', {});
        await addAll(id, smallFiles);
        await Promise.all(
          plan.map(async ({ name, server, afterMs }) => {
            await sleep(afterMs);
            await acts[name](servers[server] as ImportDrafts, id).catch((error: { code?: string }) => {
              expect(['CONFLICT', 'BAD_USER_INPUT']).toContain(error.code);
            });
          }),
        );
        const view = await ended(id);
        for (const server of servers) expect(await server.find(id)).toEqual(view);
        const stored = await store.findImport(id);
        expect({ isStored: stored !== undefined }).toEqual({ isStored: view?.state === 'COMMITTED' });
        expect(stored?.files.map((file) => file.sha256) ?? null).toEqual(
          stored === undefined ? null : view?.files.map((file) => file.sha256),
        );
      }),
      { numRuns: generatedRuns(40) },
    );
  });

  it('[F62] resume the analysis of a killed server', async () => {
    const { id } = await first().create('tester', {});
    await addAll(id, smallFiles);
    await ended(id);
    await leaveIn(id, { state: 'ANALYZING', ...gone() }, { found: null });
    expect(await second().find(id)).toMatchObject({ state: 'ANALYZING', report: null });
    expect(await ended(id)).toMatchObject({ state: 'DRAFT', report: { created: 6 } });
  });

  it('[S984] resume the analysis of a killed server whose clock was an hour ahead', async () => {
    const { id } = await first().create('tester', {});
    await addAll(id, smallFiles);
    await ended(id);
    await leaveIn(id, { state: 'ANALYZING', task: 'begun', lease: { ...gone().lease, until: now + 3_600_000 } }, { found: null });
    expect(await ended(id)).toMatchObject({ state: 'DRAFT', report: { created: 6 } });
  });

  it.each([false, true])('[F62] resume the commit of a killed server, had it begun to write: %j', async (isWriting) => {
    const { id } = await first().create('tester', {});
    await addAll(id, smallFiles);
    await ended(id);
    await leaveIn(id, { state: 'COMMITTING', isWriting, ...gone() }, { order: order('ALL_OR_NOTHING'), mayBeInStore: isWriting });
    expect(await second().find(id)).toMatchObject({ state: 'COMMITTING' });
    if (isWriting) await expect(third().cancel(id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await ended(id)).toMatchObject({ state: 'COMMITTED', report: { created: 6 } });
    expect(await store.listImports()).toMatchObject([{ id, by: 'tester', state: 'COMMITTED' }]);
  });

  it('[F62] report a draft as committed if a killed server had written it, and keep its rejected rows', async () => {
    const { id } = await first().create('tester', {});
    await addAll(id, broken);
    await ended(id);
    const rows = await textOf(await first().readRejectedRows(id));
    await leaveIn(id, { state: 'COMMITTING', isWriting: true, ...gone() }, { order: order('SKIP_REJECTED'), mayBeInStore: true });
    await commitUnannounced(id, 'SKIP_REJECTED');
    await expect(second().discard(id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await ended(id);
    expect(await second().find(id)).toMatchObject({ state: 'COMMITTED', report: { created: 5, rejected: 1 } });
    expect(await textOf(await third().readRejectedRows(id))).toBe(rows);
    expect(places((await first().readRejections(id, 0, 10)).rejections)).toEqual(['transfers.csv:2: portion: BAD_VALUE']);
    expect(await store.listImports()).toHaveLength(1);
  });

  it('[F62] report a draft as committed even if its commit seemed to have failed', async () => {
    const { id } = await first().create('tester', {});
    await addAll(id, smallFiles);
    await ended(id);
    await commitUnannounced(id, 'ALL_OR_NOTHING');
    await leaveIn(id, { state: 'FAILED', failure: 'It is not known.' }, { order: order('ALL_OR_NOTHING'), mayBeInStore: true });
    await expect(second().addFile(id, 'x.csv', body('id,name\n'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await second().find(id)).toMatchObject({ state: 'COMMITTED', failure: null, report: { created: 6 } });
    expect(await ended(id)).toMatchObject({ state: 'COMMITTED', failure: null, report: { created: 6 } });
    expect(await third().commit(id, 'ALL_OR_NOTHING', 'tester')).toMatchObject({ state: 'COMMITTED' });
    expect(await store.listImports()).toHaveLength(1);
  });

  it('[F60] show no draft of another store in the same folder', async () => {
    const { id } = await first().create('tester', {});
    await addAll(id, smallFiles);
    await first().commit(id, 'ALL_OR_NOTHING', 'tester');
    await ended(id);
    const other = await openStore(`sqlite:${join(folder, 'other.db')}`);
    const server = await ImportDrafts.open({ store: other, folder: join(folder, 'drafts'), leaseMs: 100 });
    expect(await server.find(id)).toBeUndefined();
    expect(await server.list()).toEqual([]);
    await expect(server.commit(id, 'ALL_OR_NOTHING', 'tester')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await server.close();
    await other.close();
  });
});
