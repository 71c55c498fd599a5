import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExposure } from '../cli/run-exposure.ts';
import { type Neo4jForTests, openNeo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { askOf } from './ask-of.ts';
import { importThrough } from './importing/import-through.ts';

let neo4j: Neo4jForTests;
let folder: string;
const servers: RunningServer[] = [];

const start = (isDemo = false) =>
  startServer({ isDemo, environment: { EXPOSURE_STORE: neo4j.url(), EXPOSURE_DATA: folder, NODE_OPTIONS: '' } });

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  folder = mkdtempSync(join(tmpdir(), 'exposure-servers-'));
  servers.push(await start(true));
  servers.push(...(await Promise.all([start(), start()])));
}, 600_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await neo4j?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let turn = 0;

/** Sends each question to the next server. Skips servers that no longer listen. */
// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  for (let tries = 0; tries < servers.length; tries++) {
    const { url } = servers[turn++ % servers.length] as RunningServer;
    try {
      const { data, errors } = await askOf(url, query, variables);
      if (errors !== undefined) throw new Error(`Unexpected errors: ${JSON.stringify(errors)}`);
      return data;
    } catch (error) {
      if ((error as { cause?: { code?: string } }).cause?.code !== 'ECONNREFUSED') throw error;
    }
  }
  throw new Error('No server listens.');
}

const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { revision created userErrors { message } } }';
const vendor = (id: string, website: string | null = null) => ({ id, name: `Vendor ${id}`, roles: ['VENDOR'], website });

describe('three servers over one Neo4j', () => {
  it('[G60] give the same answers from the start', async () => {
    const query = '{ revision counts { transfers } }';
    for (const { url } of servers) expect((await askOf(url, query)).data).toEqual({ revision: 6, counts: { transfers: 163 } });
  });

  it('[G60] a write through one is seen by the next question on another', async () => {
    for (let i = 0; i < 30; i++) {
      const { putFacts } = await ask(put, { input: { organizations: [vendor(`seen-${i}`)] } });
      expect(putFacts).toMatchObject({ created: 1, userErrors: [] });
      for (let other = 0; other < 2; other++) {
        const found = await ask('query($id: ID!) { revision organization(id: $id) { name } }', { id: `seen-${i}` });
        expect(found).toEqual({ revision: putFacts.revision, organization: { name: `Vendor seen-${i}` } });
      }
      // So that each server has its turn at writing.
      turn++;
    }
  });

  it('[G60] an import through one can be undone through another', async () => {
    const [first, second, third] = servers as [RunningServer, RunningServer, RunningServer];
    const id = await importThrough([first.url], 'id,name\nbrought,Brought\n');
    expect((await askOf(second.url, '{ organization(id: "brought") { name } }')).data.organization).toEqual({ name: 'Brought' });
    const undo = 'mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } userErrors { message } } }';
    expect(await askOf(third.url, undo, { id })).toEqual({ data: { undoImport: { import: { state: 'UNDONE' }, userErrors: [] } } });
    for (const { url } of servers) {
      expect((await askOf(url, '{ organization(id: "brought") { name } }')).data).toEqual({ organization: null });
      expect((await askOf(url, 'query($id: ID!) { import(id: $id) { state } }', { id })).data.import.state).toBe('UNDONE');
    }
  });

  it('[G61] writes through all at once lose nothing', async () => {
    const { revision } = await ask('{ revision }');
    await Promise.all(Array.from({ length: 30 }, (_, i) => ask(put, { input: { organizations: [vendor(`at-once-${i}`)] } })));
    const query = '{ revision organizations(text: "at-once") { totalCount } }';
    for (const { url } of servers) {
      expect((await askOf(url, query)).data).toEqual({ revision: revision + 30, organizations: { totalCount: 30 } });
    }
  });

  it('[G61] three writes on the same revision: one wins, and the others get a conflict', async () => {
    const { putFacts } = await ask(put, { input: { organizations: [vendor('contested')] } });
    const answers = await Promise.all(
      servers.map(({ url }, i) =>
        askOf(url, put, { input: { ifRevision: putFacts.revision, organizations: [vendor('contested', `https://${i}.example`)] } }),
      ),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'written').sort();
    expect(codes).toEqual(['CONFLICT', 'CONFLICT', 'written']);
    expect((await ask('{ revision }')).revision).toBe(putFacts.revision + 1);
  });

  it('[G61] imports through all at once never mix', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `shared-${i}`);
    const before = (await ask('{ revision }')).revision;
    await Promise.all(
      servers.map((server, i) =>
        importThrough([server.url], `id,name,website\n${ids.map((id) => `${id},Shared,https://${i}.example/${id}\n`).join('')}`),
      ),
    );
    const query = '{ revision organizations(text: "Shared", first: 500) { edges { node { id website } } } }';
    const seen = await Promise.all(servers.map(async ({ url }) => (await askOf(url, query)).data));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(seen[0].revision).toBe(before + 3);
    const hosts = new Set(seen[0].organizations.edges.map(({ node }: { node: { website: string } }) => new URL(node.website).host));
    expect({ hosts: hosts.size, organizations: seen[0].organizations.edges.length }).toEqual({ hosts: 1, organizations: 200 });
  });

  it('[G62] one is killed and replaced while the others are written to', async () => {
    const written: string[] = [];
    let isDone = false;
    const write = async () => {
      for (let i = 0; !isDone && i < 400; i++) {
        const id = `lasting-${i}`;
        try {
          await ask(put, { input: { organizations: [vendor(id)] } });
          written.push(id);
        } catch (error) {
          // The request was cut off, so it is unknown whether it was written.
          expect(String((error as Error).message)).toBe('fetch failed');
        }
      }
    };
    const writing = write();
    const first = servers[0] as RunningServer;
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.kill();
    const acknowledged = written.length;
    const replacement = await start();
    await first.stop();
    servers[0] = replacement;
    isDone = true;
    await writing;
    expect(written.length).toBeGreaterThan(acknowledged);

    const query = '{ revision organizations(text: "lasting", first: 500) { edges { node { id } } } }';
    const seen = await Promise.all(servers.map(async ({ url }) => (await askOf(url, query)).data));
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    const there = new Set(seen[0].organizations.edges.map(({ node }: { node: { id: string } }) => node.id));
    expect(written.filter((id) => !there.has(id))).toEqual([]);
    expect(await runExposure(folder, ['verify', '--store', neo4j.url()])).toMatchObject({ code: 0, err: '' });
  });
});
