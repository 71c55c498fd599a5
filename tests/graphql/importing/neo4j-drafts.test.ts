import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runExposure } from '../../cli/run-exposure.ts';
import { type Neo4jForTests, openNeo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { type RunningServer, startServer } from '../../support/servers/running-server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { askOf } from '../ask-of.ts';
import { commitThrough, draftThrough, importThrough, inTurn, waitThrough } from './import-through.ts';

let neo4j: Neo4jForTests;
let folder: string;
const servers: RunningServer[] = [];
const urls = () => servers.map(({ url }) => url);

const start = () => startServer({ isDemo: false, environment: { EXPOSURE_STORE: neo4j.url(), EXPOSURE_DATA: folder, NODE_OPTIONS: '' } });

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  folder = mkdtempSync(join(tmpdir(), 'exposure-drafts-'));
  servers.push(await start());
  servers.push(...(await Promise.all([start(), start()])));
}, 600_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await neo4j?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const importsQuery = '{ revision imports { edges { node { id state } } } }';

/** Transfers with their own organizations. */
function filesOf(prefix: string, count: number): Record<string, string> {
  const rows = Array.from(
    { length: count },
    (_, i) => `${prefix}-${i},${prefix}-guide,${prefix}-lab,${prefix}-vendor,2025-01-${String((i % 28) + 1).padStart(2, '0')}\n`,
  );
  return {
    'organizations.csv': `id,name,roles\n${prefix}-lab,Lab,LAB\n${prefix}-vendor,Vendor,VENDOR\n`,
    'artifacts.csv': `id,name,type,owner,sensitivity\n${prefix}-guide,Guide,ANNOTATION_GUIDELINES,${prefix}-lab,3\n`,
    'transfers.csv': `id,artifact,sender,recipient,sent_at\n${rows.join('')}`,
  };
}

/** On a busy machine, a new database takes seconds to plan a statement for the first time. */
const timeLimitMs = 300_000;

describe('drafts of three servers over one Neo4j and one folder', () => {
  it(
    '[G63] go from file to commit and Undo even if each request goes to another server',
    async () => {
      const id = await draftThrough(urls(), {
        ...filesOf('small', 3),
        'controls.csv': 'organization,control,evidence_type\nnobody,MFA,TESTED\n',
      });
      for (let i = 0; i < 4; i++) {
        expect(await waitThrough(urls(), id, 'DRAFT')).toMatchObject({
          report: { rows: 7, created: 6, rejected: 1 },
          rejections: { totalCount: 1 },
          changes: { totalCount: 6 },
        });
      }
      const remove = 'mutation($id: ID!) { removeImportFile(input: { import: $id, file: "controls.csv" }) { userErrors { message } } }';
      expect((await inTurn(urls(), (url) => askOf(url, remove, { id }))).data.removeImportFile.userErrors).toEqual([]);
      await waitThrough(urls(), id, 'DRAFT');
      await commitThrough(urls(), id);
      for (let i = 0; i < 4; i++) {
        expect(await waitThrough(urls(), id, 'COMMITTED')).toMatchObject({ report: { created: 6, rejected: 0 }, failure: null });
      }
      const undo = 'mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } userErrors { message } } }';
      expect((await inTurn(urls(), (url) => askOf(url, undo, { id }))).data.undoImport.import).toEqual({ state: 'UNDONE' });
    },
    timeLimitMs,
  );

  it(
    '[G63] are committed once, through any server',
    async () => {
      const id = await draftThrough(urls(), filesOf('once', 2000));
      await Promise.all(urls().map((url) => commitThrough([url], id)));
      expect(await waitThrough(urls(), id, 'COMMITTED', 'FAILED')).toMatchObject({ state: 'COMMITTED', report: { created: 2003 } });
      for (const url of urls()) {
        const { data } = await askOf(url, importsQuery);
        expect(data.imports.edges.filter(({ node }: { node: { id: string } }) => node.id === id)).toEqual([
          { node: { id, state: 'COMMITTED' } },
        ]);
      }
    },
    timeLimitMs,
  );

  it.each([0, 900])(
    '[G64] are committed even if their server is killed %i ms after the request',
    async (afterMs) => {
      const before = (await askOf(urls()[1] as string, importsQuery)).data;
      const count = 10_000;
      const id = await draftThrough(urls(), filesOf(`killed-${afterMs}`, count));
      await waitThrough(urls(), id, 'DRAFT');
      const victim = servers[0] as RunningServer;
      await commitThrough([victim.url], id);
      await sleep(afterMs);
      await victim.kill();
      const others = urls().slice(1);
      expect(await waitThrough(others, id, 'COMMITTED', 'FAILED')).toMatchObject({ state: 'COMMITTED', failure: null });
      await victim.stop();
      servers[0] = await start();
      for (const url of urls()) {
        const { data } = await askOf(url, importsQuery);
        expect(data.imports.edges.filter(({ node }: { node: { id: string } }) => node.id === id)).toEqual([
          { node: { id, state: 'COMMITTED' } },
        ]);
        expect(data.revision).toBe(before.revision + 1);
      }
      const written = await neo4j.run(`MATCH (t:Transfer) WHERE t.id STARTS WITH 'killed-${afterMs}-' RETURN count(t)`);
      expect(written).toEqual([[count]]);
      expect(await runExposure(folder, ['verify', '--store', neo4j.url()])).toMatchObject({ code: 0, err: '' });
    },
    timeLimitMs,
  );

  it(
    '[G64] can be changed and discarded through the others after their first server is killed',
    async () => {
      const victim = servers[2] as RunningServer;
      const others = urls().slice(0, 2);
      const [kept, dropped] = [
        await draftThrough([victim.url], filesOf('kept', 5000)),
        await draftThrough([victim.url], filesOf('no', 5000)),
      ];
      await victim.kill();
      const discard = 'mutation($id: ID!) { discardImport(input: { id: $id }) { import { state } userErrors { message } } }';
      const { data } = await inTurn(others, (url) => askOf(url, discard, { id: dropped }));
      expect(data.discardImport).toEqual({ import: { state: 'DISCARDED' }, userErrors: [] });
      expect(await waitThrough(others, kept, 'DRAFT')).toMatchObject({ report: { rows: 5003, created: 5003 } });
      await victim.stop();
      servers[2] = await start();
      expect(await importThrough(urls(), 'id,name\nafter,After\n')).toMatch(/^imp-/);
      expect(await waitThrough([urls()[2] as string], kept, 'DRAFT')).toMatchObject({ report: { created: 5003 } });
    },
    timeLimitMs,
  );
});
