import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildHost } from '../../../server/import/drafts/draft-host.ts';
import type { DraftPhase } from '../../../server/import/drafts/draft-record.ts';
import { newImportId } from '../../../server/import/drafts/import-id.ts';
import { OpenDrafts } from '../../../server/import/drafts/open-drafts.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { afterAll, beforeAll, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-open-drafts-'));
let store: FactStore;

beforeAll(async () => {
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

it('[S467] forgets the oldest drafts that have ended, never an open one, and finds all of them again', async () => {
  const drafts = new OpenDrafts(join(folder, 'drafts'), buildHost({ store }));
  const others = {
    keptIn: store.kind,
    source: null,
    assertedAt: null,
    createdBy: 'ada',
    createdAt: 0,
    files: [],
    found: null,
    order: null,
  };
  const add = async (phase: DraftPhase): Promise<string> => {
    const id = newImportId();
    await drafts.add({ id, ...others, phase, mayBeInStore: false });
    return id;
  };
  const open = await add({ state: 'DRAFT' });
  const ended: string[] = [];
  for (let i = 0; i < 1300; i++) ended.push(await add({ state: i % 2 === 0 ? 'DISCARDED' : 'COMMITTED' }));
  const kept = ended.filter((id) => drafts.get(id) !== undefined);
  expect(kept.length).toBeGreaterThanOrEqual(500);
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept).toEqual(ended.slice(-kept.length));
  expect(drafts.get(open)).toBeDefined();
  expect((await drafts.look(ended[1] as string))?.view().state).toBe('COMMITTED');
  await drafts.close();
});
