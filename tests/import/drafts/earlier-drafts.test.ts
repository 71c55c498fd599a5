import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitImport } from '../../../server/import/commit-import.ts';
import { takeOverEarlierDrafts } from '../../../server/import/drafts/draft-documents.ts';
import { ImportDrafts } from '../../../server/import/drafts/drafts.ts';
import { readImport } from '../../../server/import/read-import.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';

const [committed, discarded, analyzed, interrupted] = [
  'imp-94e9dfc56834fe5b',
  'imp-a6b77ad0d2d27420',
  'imp-52011e68860e4cb7',
  'imp-d74516d623940e02',
] as const;
const organizations = 'id,name,roles\nvega,Vega Labs,LAB\nkite,Kite Annotation,VENDOR\n,Nobody,VENDOR\n';
const rejectedRow = 'id,name,roles,line,reason\n,Nobody,VENDOR,4,The id is empty. Every organization needs one.\n';
const start = Date.UTC(2026, 10, 30);

let folder: string;
let store: FactStore;
let place: string;
const open = () => ImportDrafts.open({ store, folder: place, now: () => start });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-earlier-'));
  place = join(folder, 'drafts');
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  cpSync(join(import.meta.dirname, 'earlier'), place, { recursive: true });
  rmSync(join(place, 'README.md'));
  for (const id of readdirSync(place)) writeFileSync(join(place, id, 'draft.1.json'), '');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The write of the committed draft. */
async function commitEarlier(to: FactStore): Promise<void> {
  const path = join(folder, 'organizations.csv');
  writeFileSync(path, organizations);
  const read = await readImport([{ name: 'organizations.csv', path }], { assertedAt: start, source: 'register' });
  const order = { id: committed, by: 'ada', at: start, createdAt: start, source: 'register', assertedAt: null };
  expect((await commitImport(to, read, order, 'SKIP_REJECTED')).isWritten).toBe(true);
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const statesLeft = () =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /draft|beat/.test(name))
    .sort();

describe('drafts of an earlier version', () => {
  it('[S983] are taken over at the start, each in its state, and can be committed', async () => {
    await commitEarlier(store);
    const drafts = await open();
    for (const id of [analyzed, interrupted]) await drafts.settled(id);
    expect(await drafts.find(committed)).toMatchObject({ state: 'COMMITTED', name: 'committed', report: { created: 2, rejected: 1 } });
    expect(await textOf(await drafts.readRejectedRows(committed))).toBe(rejectedRow);
    expect(await drafts.find(discarded)).toMatchObject({ state: 'DISCARDED' });
    expect(await drafts.find(analyzed)).toMatchObject({ state: 'DRAFT', name: 'analyzed', createdBy: 'ada', report: { rejected: 1 } });
    expect((await drafts.readRejections(analyzed, 0, 10)).rejections).toMatchObject([{ line: 4, column: 'id' }]);
    expect(await drafts.find(interrupted)).toMatchObject({ state: 'DRAFT', name: 'interrupted', report: { rows: 3, rejected: 1 } });
    await drafts.commit(interrupted, 'SKIP_REJECTED', 'ada');
    await drafts.settled(interrupted);
    expect(await drafts.find(interrupted)).toMatchObject({ state: 'COMMITTED' });
    expect((await drafts.list()).map(({ id }) => id).sort()).toEqual([analyzed, committed, interrupted].sort());
    expect(statesLeft()).toEqual([]);
    expect(existsSync(join(place, discarded))).toBe(false);
    await drafts.close();

    // Nothing is left to take over.
    const again = await open();
    expect(await again.find(analyzed)).toMatchObject({ state: 'DRAFT', report: { rejected: 1 } });
    expect(await again.find(interrupted)).toMatchObject({ state: 'COMMITTED' });
    await again.close();
  });

  it('[S983] are taken over once, whenever the taking over was stopped, and by two servers at once', async () => {
    await commitEarlier(store);
    await Promise.all([takeOverEarlierDrafts(place, store), takeOverEarlierDrafts(place, store)]);
    const drafts = await open();
    await drafts.settled(interrupted);
    await drafts.discard(analyzed);
    await drafts.close();
    // As if the server had been killed before it removed the files.
    cpSync(join(import.meta.dirname, 'earlier', analyzed), join(place, analyzed), { recursive: true });
    const again = await open();
    expect(await again.find(analyzed)).toMatchObject({ state: 'DISCARDED' });
    expect(await again.find(interrupted)).toMatchObject({ state: 'DRAFT', report: { rejected: 1 } });
    expect(statesLeft()).toEqual([]);
    await again.close();
  });

  it('[S983] stay as they are if they belong to a store of another kind, or were committed to another store', async () => {
    const path = join(place, analyzed, 'draft.3.json');
    const other = readFileSync(path, 'utf8').replace(/"keptIn": *"sqlite"/, '"keptIn":"neo4j"');
    writeFileSync(path, other);
    const drafts = await open();
    expect(await drafts.find(analyzed)).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe(other);
    expect(await drafts.find(committed)).toBeUndefined();
    expect(readdirSync(join(place, committed))).toEqual(expect.arrayContaining(['draft.6.json', 'rejected.csv']));
    await drafts.close();
  });
});
