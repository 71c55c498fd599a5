import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExposureError } from '../../../server/domain/errors.ts';
import type { ImportDraftsOptions } from '../../../server/import/drafts/drafts.ts';
import { ImportDrafts } from '../../../server/import/drafts/drafts.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { describe, expect, it } from '../../support/test.ts';
import { smallFiles } from '../import-for-tests.ts';

const rejected = 'id,artifact,sender,recipient,portion\nT-1,guidelines,vega,kite,-1\nT-2,guidelines,vega,kite,1\n';
/** In the order of the uploads. The second list of transfers replaces the first. */
const uploads: readonly (readonly [string, string])[] = [
  ['organizations.csv', smallFiles['organizations.csv']],
  ['artifacts.csv', smallFiles['artifacts.csv']],
  ['transfers.csv', smallFiles['transfers.csv']],
  ['transfers.csv', rejected],
];
const leaseMs = 1000;

async function* body(content: string) {
  yield Buffer.from(content);
}

/** The client of an import: its requests, and what was acknowledged to it. */
class Client {
  id: string | undefined;
  uploaded = 0;
  isOrdered = false;

  /** Sends what was not acknowledged yet. */
  async act(drafts: ImportDrafts): Promise<void> {
    this.id ??= (await drafts.create('ada', { source: 'register' })).id;
    for (; this.uploaded < uploads.length; this.uploaded++) {
      const [name, content] = uploads[this.uploaded] as readonly [string, string];
      await drafts.addFile(this.id, name, body(content));
    }
    await ended(drafts, this.id);
    if (!this.isOrdered) await drafts.commit(this.id, 'SKIP_REJECTED', 'ada');
    this.isOrdered = true;
    await ended(drafts, this.id);
  }
}

async function ended(drafts: ImportDrafts, id: string) {
  for (;;) {
    const view = await drafts.find(id);
    if (view?.state !== 'ANALYZING' && view?.state !== 'COMMITTING') return view;
    await sleep(2);
  }
}

const bound = (value: unknown, target: object): unknown => (typeof value === 'function' ? value.bind(target) : value);

/**
 * A server whose process ends before or after its n-th write to the store: no call of it gets an answer from then on.
 *
 * @param step twice the number of writes before the end; odd: the last of them is made, too
 */
function mortal(store: FactStore, step: number): { readonly store: FactStore; readonly death: Promise<'killed'> } {
  let writes = 0;
  let isDead = false;
  let die = (_: 'killed') => undefined as unknown;
  const death = new Promise<'killed'>((resolve) => {
    die = resolve;
  });
  const never = () => new Promise<never>(() => undefined);
  const kill = () => {
    isDead = true;
    die('killed');
    return never();
  };
  const isWrite = (name: string | symbol, [collection]: readonly unknown[]) =>
    name === 'commit' || (name === 'saveDocument' && collection === 'draft');
  return {
    death,
    store: new Proxy(store, {
      get(target, name) {
        const value = bound(Reflect.get(target, name), target) as unknown;
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (isDead) return never();
          if (!isWrite(name, args)) return value(...args) as unknown;
          const write = writes++;
          if (step === 2 * write) return kill();
          const made = value(...args) as Promise<unknown>;
          return step === 2 * write + 1 ? made.then(kill) : made;
        };
      },
    }),
  };
}

describe('a store that takes no document for a while', () => {
  it('[S982] loses no analysis and no commit: their outcome is saved once it does, and meanwhile the draft says why it is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-away-'));
    const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
    const sentence = 'The store is being written to by another process.';
    /** Saves of drafts that succeed from now on. */
    let left = Infinity;
    const away = new Proxy(store, {
      get(target, name) {
        const value = bound(Reflect.get(target, name), target) as (...args: unknown[]) => unknown;
        if (name !== 'saveDocument') return value;
        return async (...args: unknown[]) => {
          if (--left < 0) throw new ExposureError('STORE_UNAVAILABLE', sentence);
          return value(...args);
        };
      },
    });
    const drafts = await ImportDrafts.open({ store: away, folder: join(folder, 'drafts') });
    const { id } = await drafts.create('ada', {});
    left = 1;
    await drafts.addFile(id, 'organizations.csv', body(smallFiles['organizations.csv']));
    expect(await ended(drafts, id)).toMatchObject({ state: 'FAILED', failure: sentence });
    left = Infinity;
    await drafts.settled(id);
    expect(await drafts.find(id)).toMatchObject({ state: 'DRAFT', failure: null, report: { created: 3 } });

    left = 2;
    await drafts.commit(id, 'ALL_OR_NOTHING', 'ada');
    // The store has the facts, and its record of the import counts.
    expect(await ended(drafts, id)).toMatchObject({ state: 'COMMITTED', failure: null, report: { created: 3 } });
    expect(readdirSync(join(folder, 'drafts', id)).some((name) => name.startsWith('file-'))).toBe(true);
    left = Infinity;
    await drafts.settled(id);
    expect(await drafts.find(id)).toMatchObject({ state: 'COMMITTED' });
    expect(readdirSync(join(folder, 'drafts', id)).some((name) => name.startsWith('file-'))).toBe(false);
    expect(await store.listImports()).toHaveLength(1);
    await drafts.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a server that is killed between two steps of a draft', () => {
  it.each(['is started again', 'is replaced by another one that runs'] as const)(
    '[S981] loses nothing that was acknowledged and doubles nothing, whatever the step: it %s',
    async (how) => {
      const steps: string[] = [];
      for (let step = 0, isOver = false; !isOver; step++) {
        const folder = mkdtempSync(join(tmpdir(), 'exposure-killed-'));
        const place = join(folder, 'drafts');
        const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
        let now = Date.UTC(2026, 0, 1);
        const isShared = how !== 'is started again';
        const options: Omit<ImportDraftsOptions, 'store'> = { folder: place, now: () => now, ...(isShared && { leaseMs }) };
        const { store: failing, death } = mortal(store, step);
        const client = new Client();
        const running = isShared ? await ImportDrafts.open({ ...options, store }) : undefined;
        const first = await ImportDrafts.open({ ...options, store: failing });
        isOver = (await Promise.race([client.act(first).then(() => 'ended' as const), death])) === 'ended';
        if (isOver) await first.close();

        // The others wait for its lease.
        now += 2 * leaseMs;
        const others = running ?? (await ImportDrafts.open({ ...options, store }));
        await client.act(others);
        const { id = '' } = client;
        const view = await ended(others, id);
        expect([step, view]).toMatchObject([step, { state: 'COMMITTED', failure: null, report: { rejected: 1 } }]);
        const imports = await store.listImports();
        expect([step, imports.map((one) => one.id)]).toEqual([step, [id]]);
        expect(imports[0]?.files.map(({ name }) => name).sort()).toEqual(['artifacts.csv', 'organizations.csv', 'transfers.csv']);
        expect(await store.readRevision()).toBe(1);
        expect(await store.readFactsByKey('TRANSFER', ['T-1', 'T-2'])).toMatchObject([{ key: 'T-2' }]);
        let rows = '';
        for await (const piece of await others.readRejectedRows(id)) rows += piece;
        expect(rows).toContain('T-1,guidelines,vega,kite');
        // A draft whose creation was not acknowledged may be there, without files.
        for (const other of await others.list()) if (other.id !== id) expect(other).toMatchObject({ state: 'DRAFT', files: [] });
        await others.close();

        const again = await ImportDrafts.open({ ...options, store });
        expect(readdirSync(place)).toEqual([id]);
        expect(readdirSync(join(place, id)).sort()).toEqual([expect.stringMatching(/^rejections-/), expect.stringMatching(/^rows-/)]);
        expect(await again.find(id)).toEqual(view);
        await again.discard((await again.create('ada', {})).id);
        await again.close();
        await store.close();
        rmSync(folder, { recursive: true, force: true });
        expect(existsSync(folder)).toBe(false);
        steps.push(view?.state ?? '');
      }
      // Four uploads, an analysis and a commit write the document at least eight times, and the facts once.
      expect(steps.length).toBeGreaterThan(2 * 9);
    },
    300_000,
  );
});
