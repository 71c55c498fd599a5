import { join } from 'node:path';
import { openBackup } from '../../../server/backup/read-backup.ts';
import { writeBackup } from '../../../server/backup/write-backup.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { type Neo4jForTests, openNeo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld, summer2025 } from '../serving.ts';

let neo4j: Neo4jForTests;
const servers = [new Serving(), new Serving()] as const;
let id: string;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  for (const server of servers) await server.start({ environment: { EXPOSURE_STORE: neo4j.url() } });
  await servers[0].put(smallWorld);
  id = await open(servers[0]);
}, 600_000);
afterAll(async () => {
  for (const server of servers) await server.stopAndDelete();
  await neo4j?.stop();
});

const save = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id version } } }';
const work = `query($id: ID!) {
  incident(id: $id) { version entries { totalCount edges { node { text after { exposedCount worstCaseLossUsd } } } }
    assessments { edges { node { artifact { id } state reason } } } notices { edges { node { lab { id } notifier { id } state dueAt note } } } }
  notes(on: { organization: "vendor" }) { edges { node { text by } } } views { name url }
}`;
const pack = 'query($id: ID!) { notificationPack(incident: $id, lab: "lab-a") { markdown recall { edges { node { id } } } } }';

async function open(server: Serving): Promise<string> {
  const input = { name: 'Break-in', origins: ['vendor'], core: summer2025, discoveredAt: '2025-07-01T00:00:00Z' };
  return (await server.get(save, { input })).saveIncident.incident.id;
}

const addNote = (server: Serving, text: string) =>
  server.get('mutation($input: AddIncidentNoteInput!) { addIncidentNote(input: $input) { incident { version } } }', {
    input: { incident: id, text },
  });

describe('the work on an incident, over one Neo4j', () => {
  it('[G220] notes through two servers at once are all kept, and both servers show the same', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => addNote(servers[i % 2] as Serving, `note ${i}`)));
    const answers = await Promise.all(servers.map((server) => server.get(work, { id })));
    expect(answers[1]).toEqual(answers[0]);
    const texts = answers[0].incident.entries.edges.map(({ node }: { node: { text: string } }) => node.text);
    expect(texts.filter((text: string) => text.startsWith('note')).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `note ${i}`));
    expect(answers[0].incident.version).toBe(1);
  });

  it('[G220] of two changes of one version through two servers, one is a CONFLICT', async () => {
    const both = await Promise.all(servers.map((server, i) => server.ask(save, { input: { id, ifVersion: 1, name: `Break-in ${i}` } })));
    const codes = both.map(({ errors }) => errors?.[0]?.extensions.code);
    expect(codes.sort()).toEqual(['CONFLICT', undefined]);
  });

  it('[G220] assessments, notices, notes and views written through one are read through the other, and a backup moves them to SQLite', async () => {
    await servers[0].get(
      `mutation($id: ID!) {
        setAssessments(input: { incident: $id, artifacts: ["guide"], state: CONFIRMED, reason: "Seen." }) { userErrors { code } }
        setNotice(input: { incident: $id, lab: "lab-a", state: TOLD, note: "By phone." }) { userErrors { code } }
        saveNote(input: { on: { organization: "vendor" }, text: "Call first." }) { userErrors { code } }
        saveView(input: { name: "All", url: "/explore" }) { userErrors { code } }
      }`,
      { id },
    );
    const here = await servers[1].get(work, { id });
    expect(here).toMatchObject({
      incident: {
        assessments: { edges: [{ node: { artifact: { id: 'guide' }, state: 'CONFIRMED', reason: 'Seen.' } }] },
        notices: { edges: [{ node: { lab: { id: 'lab-a' }, state: 'TOLD', note: 'By phone.', dueAt: '2025-07-04T00:00:00Z' } }] },
      },
      notes: { edges: [{ node: { text: 'Call first.', by: 'local' } }] },
      views: [{ name: 'All', url: '/explore' }],
    });
    const answered = await servers[1].get(pack, { id });

    const copy = new Serving();
    const file = join(copy.folder, 'neo4j.backup');
    const source = await openStore(neo4j.url());
    await writeBackup(source, file, '1.2.3', 5000);
    await source.close();
    const target = await openStore(`sqlite:${join(copy.folder, 'exposure.db')}`);
    const backup = await openBackup(file);
    await target.restore(backup.readRecords());
    await backup.close();
    await target.close();
    await copy.start();
    expect(await copy.get(work, { id })).toEqual(here);
    expect(await copy.get(pack, { id })).toEqual(answered);
    await copy.stopAndDelete();
  });
});
