import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { runExposure } from '../../cli/run-exposure.ts';
import { type RunningServer, startServer } from '../../support/servers/running-server.ts';
import { afterAll, beforeAll, expect, it } from '../../support/test.ts';
import { askOf } from '../ask-of.ts';
import { commitThrough, draftThrough, waitThrough } from './import-through.ts';

let server: RunningServer;
let store: FactStore;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = await startServer();
  const url = `sqlite:${join(server.folder, 'exposure.db')}`;
  environment = { EXPOSURE_STORE: url };
  store = await openStore(url);
}, 300_000);
afterAll(async () => {
  await store.close();
  await server.stop();
});

/** So many that the facts in memory are renewed for a while. */
const organizations = (prefix: string, count = 20_000) =>
  `id,name\n${Array.from({ length: count }, (_, i) => `${prefix}-${i},Organization ${prefix} ${i}\n`).join('')}`;

const lastOf = (prefix: string, count = 20_000) => `${prefix}-${count - 1}`;

interface Report {
  readonly revision: number;
  readonly isThere: boolean;
  /** Whether the import was told as committed, alone or in the list, before the rest was asked. */
  readonly isCommitted: boolean;
  readonly inStore: number;
}

/** @returns what the server says of an import, and the revision that the store had before it was asked */
async function tell(id: string, prefix: string): Promise<Report> {
  const inStore = await store.readRevision();
  const states = await askOf(server.url, 'query($id: ID!) { import(id: $id) { state } imports { edges { node { id state } } } }', { id });
  const listed = states.data.imports.edges.find(({ node }: { node: { id: string } }) => node.id === id).node;
  const { data } = await askOf(server.url, 'query($id: ID!) { revision organization(id: $id) { id } }', { id: lastOf(prefix) });
  const isCommitted = [states.data.import.state, listed.state].includes('COMMITTED');
  return { revision: data.revision, isThere: data.organization !== null, isCommitted, inStore };
}

it('[S230] while an import is made visible, questions are answered from the facts before it; once it is told as committed, every answer has it', async () => {
  const before = await store.readRevision();
  const id = await draftThrough([server.url], { 'organizations.csv': organizations('new') });
  await waitThrough([server.url], id, 'DRAFT');
  await commitThrough([server.url], id);
  const reports: Report[] = [];
  do reports.push(await tell(id, 'new'));
  while (reports.at(-1)?.isCommitted !== true);
  expect(reports.at(-1)).toMatchObject({ revision: before + 1, isThere: true });
  for (const { revision, isThere } of reports) expect(isThere).toBe(revision > before);
  // After one answer has shown the import, every later one does.
  const first = reports.findIndex(({ isThere }) => isThere);
  expect(reports.slice(first).every(({ isThere }) => isThere)).toBe(true);
  // The store had the import already, and the answer did not wait for it.
  expect(reports.some(({ inStore, isThere }) => inStore > before && !isThere)).toBe(true);
});

it('[S231] an import of the command line is in every answer after the command has ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-foreign-'));
  try {
    for (let round = 0; round < 2; round++) {
      writeFileSync(join(folder, 'organizations.csv'), organizations(`foreign${round}`, 3000));
      let isOver = false;
      // Questions meanwhile, so that a renewal may be under way when the command ends.
      const meanwhile = (async () => {
        while (!isOver) {
          await askOf(server.url, '{ revision }');
          await sleep(5);
        }
      })();
      const { code, err } = await runExposure(server.folder, ['import', folder], environment);
      isOver = true;
      expect([code, err]).toEqual([0, expect.any(String)]);
      const revision = await store.readRevision();
      const query = 'query($id: ID!) { revision organization(id: $id) { id } }';
      const { data } = await askOf(server.url, query, { id: lastOf(`foreign${round}`, 3000) });
      expect(data).toEqual({ revision, organization: { id: lastOf(`foreign${round}`, 3000) } });
      await meanwhile;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
