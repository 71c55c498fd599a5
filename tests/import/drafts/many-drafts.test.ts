import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DraftDocuments } from '../../../server/import/drafts/draft-documents.ts';
import type { DraftPhase } from '../../../server/import/drafts/draft-record.ts';
import { newImportId } from '../../../server/import/drafts/draft-record.ts';
import { ImportDrafts } from '../../../server/import/drafts/drafts.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterEach, beforeEach, expect, it } from '../../support/test.ts';

let folder: string;
let store: FactStore;
let drafts: ImportDrafts;
/** Reads of all drafts. */
let listings: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-many-drafts-'));
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  listings = 0;
  const counting = new Proxy(store, {
    get(target, name) {
      if (name === 'listDocuments') listings++;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  drafts = await ImportDrafts.open({ store: counting, folder: join(folder, 'drafts') });
});
afterEach(async () => {
  await drafts.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function add(phase: DraftPhase): Promise<string> {
  const id = newImportId();
  const others = { source: null, assertedAt: null, createdBy: 'ada', createdAt: Date.now(), files: [], found: null, order: null };
  await new DraftDocuments(store).add({ id, ...others, phase, mayBeInStore: phase.state === 'COMMITTED' });
  return id;
}

async function* body(...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

it('[S467] forgets the analyses that were asked for long ago, and makes them anew when they are asked for', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 34; i++) {
    const { id } = await drafts.create('ada', {});
    await drafts.addFile(id, 'organizations.csv', body(`id,name\norganization-${i},Organization ${i}\n`));
    await drafts.settled(id);
    ids.push(id);
  }
  const changesOf = async (id: string | undefined) =>
    (await drafts.readChanges(id as string, undefined, 0, 10)).changes.map(({ key }) => key);
  expect(await changesOf(ids[0])).toEqual(['organization-0']);
  // An analysis in memory needs no files.
  rmSync(join(folder, 'drafts'), { recursive: true });
  expect(await changesOf(ids[0])).toEqual(['organization-0']);
  expect(await changesOf(ids.at(-1))).toEqual(['organization-33']);
  await expect(changesOf(ids[1])).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringMatching(/does not hold the files of the import\. Give all servers of the store the same EXPOSURE_DATA/),
  });
});

it('[S571] counts the drafts once in an upload, however many pieces it has', async () => {
  for (let i = 0; i < 100; i++) await add({ state: i % 2 === 0 ? 'DISCARDED' : 'COMMITTED' });
  const { id } = await drafts.create('ada', {});
  listings = 0;
  await drafts.addFile(id, 'organizations.csv', body('id,name\n', ...Array.from({ length: 500 }, (_, i) => `o-${i},O ${i}\n`)));
  expect(listings).toBeLessThanOrEqual(2);
  expect((await drafts.list()).map((view) => view.id)).toEqual([id]);
});
