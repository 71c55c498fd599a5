import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import { eraseFromStore } from '../../server/backup/erase/erase-data.ts';
import { openBackup } from '../../server/backup/read-backup.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import { parseIncident } from '../../server/domain/incident.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { poisonedPackage } from '../support/worlds/poisoned-package.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
const folder = mkdtempSync(join(tmpdir(), 'exposure-kept-proposal-'));

async function importFiles(files: Readonly<Record<string, string>>): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
  for (const [name, text] of Object.entries(files))
    expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body: text })).status).toBe(200);
  const commit = 'mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }';
  expect((await serving.get(commit, { id })).commitImport.userErrors).toEqual([]);
  await eventually(async () => {
    const state = await serving.get('query($id: ID!) { import(id: $id) { state failure } }', { id });
    expect(state.import).toEqual({ state: 'COMMITTED', failure: null });
  });
}

beforeAll(async () => {
  await serving.start();
  await importFiles(poisonedPackage);
});
afterAll(async () => {
  await serving.stopAndDelete();
  rmSync(folder, { recursive: true, force: true });
});

const whole = `id version name discoveredAt origins { id } suspectedOrigins { organization { id } likelihood } hasCore core { from to } widest { from to }
  advisory { id } proposal { advisory { id summary } revision treatAsCompromise availabilities { package from until source }
    matches { organization { id } grade because gradeNow } } entries { edges { node { text } } }`;
const save = async (input: object) =>
  (
    await serving.get(
      `mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { ${whole} } userErrors { code path message } } }`,
      { input },
    )
  ).saveIncident;
const read = async (id: string) => (await serving.get(`query($id: ID!) { incident(id: $id) { ${whole} } }`, { id })).incident;

describe('what an incident was proposed from', () => {
  it('[G970] is kept with it: advisory, revision, claims, grades and sentences; later facts change the grade of today alone', async () => {
    const { revision } = await serving.get('{ revision }');
    const proposal = {
      advisory: 'CVE-2026-7',
      availabilities: [{ from: '2026-03-24T08:30:00Z', source: 'A report' }],
    };
    // A window without an end ends with the discovery.
    const { incident, userErrors } = await save({ name: 'Poisoned litellm', discoveredAt: '2026-03-31T00:00:00Z', proposal });
    expect(userErrors).toEqual([]);
    expect(incident).toMatchObject({
      // Origins and windows are those of the proposal, because the input states none.
      origins: [{ id: 'quill' }],
      suspectedOrigins: [{ organization: { id: 'tide' }, likelihood: 1 }],
      hasCore: true,
      core: { from: '2026-03-24T12:30:00Z', to: '2026-03-24T12:30:00Z' },
      widest: { from: '2026-03-24T08:30:00Z', to: '2026-03-31T00:00:00Z' },
      discoveredAt: '2026-03-31T00:00:00Z',
      advisory: { id: 'MAL-2026-2144' },
      proposal: {
        advisory: { id: 'MAL-2026-2144', summary: 'Poisoned release' },
        revision,
        treatAsCompromise: false,
        availabilities: [
          { source: 'The registry', until: '2026-03-24T11:25:00Z' },
          { source: 'A report', until: null },
        ],
      },
    });
    expect(incident.entries.edges[0].node.text).toBe(
      'The incident was opened with Quill as origin and Tide (100%) as suspected, as proposed from MAL-2026-2144.',
    );
    const grades = (of: typeof incident) =>
      of.proposal.matches.map((one: { organization: { id: string }; grade: string; gradeNow: string }) => [
        one.organization.id,
        one.grade,
        one.gradeNow,
      ]);
    expect(grades(incident)).toEqual([
      ['quill', 'PRESENT', 'PRESENT'],
      ['tide', 'PRESENT_UNDATED', 'PRESENT_UNDATED'],
      ['harrow', 'BETWEEN_LISTS', 'BETWEEN_LISTS'],
      ['proxy', 'NO_LIST', 'NO_LIST'],
      ['sable', 'NO_LIST', 'NO_LIST'],
    ]);
    expect(incident.proposal.matches[0].because).toMatch(/^Its list of Mar 24, 2026.* names litellm 1\.82\.7/);

    // A list before the release and one after it that name other versions on both sides, and the list that named it is taken back.
    await importFiles({
      'software_lists.csv': 'id,organization,subject,described_at\nsable/1,sable,app,2026-03-20\nsable/2,sable,app,2026-04-20\n',
      'software_components.csv':
        'list,name,package,version\nsable/1,litellm,pkg:pypi/litellm,1.82.6\nsable/2,litellm,pkg:pypi/litellm,1.82.6\n',
    });
    const retract = 'mutation($input: RetractSoftwareInput!) { retractSoftware(input: $input) { retracted userErrors { message } } }';
    expect((await serving.get(retract, { input: { lists: ['quill/1'] } })).retractSoftware).toEqual({ retracted: 1, userErrors: [] });
    const later = await read(incident.id);
    expect(grades(later)).toEqual([
      ['quill', 'PRESENT', 'NO_LIST'],
      ['tide', 'PRESENT_UNDATED', 'PRESENT_UNDATED'],
      ['harrow', 'BETWEEN_LISTS', 'BETWEEN_LISTS'],
      ['proxy', 'NO_LIST', 'NO_LIST'],
      ['sable', 'NO_LIST', 'RULED_OUT_BY_LISTS'],
    ]);
    const unchanging = ({ proposal: { matches, ...kept }, ...one }: typeof incident) => ({
      ...one,
      ...kept,
      matches: matches.map(({ gradeNow: _, ...match }: { gradeNow: string }) => match),
    });
    expect(unchanging(later)).toEqual(unchanging(incident));

    // Without its advisory, the incident still says what it was.
    expect((await serving.get(retract, { input: { advisories: ['MAL-2026-2144'] } })).retractSoftware.userErrors).toEqual([]);
    expect((await serving.get('{ advisories { totalCount } }')).advisories.totalCount).toBe(0);
    const last = await read(incident.id);
    expect(unchanging(last)).toEqual(unchanging(incident));
  });

  it('[G971] yields to what the save states, is cleared by null, and is refused with a sentence where the advisory is unknown', async () => {
    await importFiles({
      'advisories.csv': poisonedPackage['advisories.csv'] as string,
      'advisory_packages.csv': poisonedPackage['advisory_packages.csv'] as string,
    });
    const { incident } = await save({ name: 'A', origins: ['harrow'], hasCore: false, proposal: { advisory: 'MAL-2026-2144' } });
    expect(incident).toMatchObject({ origins: [{ id: 'harrow' }], suspectedOrigins: [], hasCore: false, widest: null });
    const renamed = await save({ id: incident.id, name: 'B' });
    expect(renamed.incident.proposal).toEqual(incident.proposal);
    const cleared = await save({ id: incident.id, proposal: null });
    expect(cleared.incident).toMatchObject({ advisory: null, proposal: null, origins: [{ id: 'harrow' }] });
    expect(cleared.incident.entries.edges[0].node.text).toBe('It names no advisory any more.');
    expect((await save({ name: 'C', proposal: { advisory: 'MAL-1' } })).userErrors).toEqual([
      {
        code: 'UNKNOWN_REFERENCE',
        path: ['proposal'],
        message: 'There is no advisory "MAL-1". Import its record first, or name it by an id or alias of a record.',
      },
    ]);
    expect((await serving.get('{ incidents { totalCount } }')).incidents.totalCount).toBe(2);
  });

  it('[F970] the advisory of an incident is a column of incidents.csv, and an import of the same incident keeps the proposal', async () => {
    const { edges } = (await serving.get(`{ incidents { edges { node { ${whole} } } } }`)).incidents;
    const before = edges.map(({ node }: { node: unknown }) => node).find(({ advisory }: { advisory: unknown }) => advisory !== null);
    const head = 'id,name,origins,widest_from,widest_to,advisory\n';
    await importFiles({
      'incidents.csv': `${head}${before.id},Renamed,quill,2026-03-24,2026-03-25,MAL-2026-2144\nI-9,Other,quill,,,MAL-2026-2144\n`,
    });
    const after = await read(before.id);
    expect(after).toMatchObject({ name: 'Renamed', advisory: { id: 'MAL-2026-2144' }, proposal: before.proposal });
    expect(await read('I-9')).toMatchObject({ advisory: { id: 'MAL-2026-2144' }, proposal: null });
  });

  it('[S970] a backup holds it, an erasure takes the organization out of it, and somebody bound to a lab sees none of it', async () => {
    const path = `sqlite:${join(serving.folder, 'exposure.db')}`;
    await serving.stop();
    const tokens = await openStore(path);
    const bound = await new Tokens(tokens).create(
      { name: 'bound', role: 'VIEWER', canExport: true, labs: ['vega'], expiresAt: null },
      Date.now(),
    );
    await tokens.close();
    await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
    const response = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bound}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ incidents { edges { node { name advisory { id } proposal { revision } } } } }' }),
    });
    const seen = (await response.json()).data.incidents.edges.map(({ node }: { node: { name: string } }) => node);
    expect(seen.length).toBeGreaterThan(0);
    for (const one of seen) expect(one).toMatchObject({ advisory: null, proposal: null });
    await serving.stop();

    const store = await openStore(path);
    const kept = async (of: typeof store) =>
      (await of.listDocuments('incident')).map(({ json }) => parseIncident(json)).find(({ proposal }) => proposal !== null)?.proposal;
    const before = await kept(store);
    expect(before?.matches.map(({ organization }) => organization)).toContain('quill');
    await writeBackup(store, join(folder, 'a.backup'), '1.2.3', 1000);
    const other = await openStore(`sqlite:${join(folder, 'other.db')}`);
    const backup = await openBackup(join(folder, 'a.backup'));
    await other.restore(backup.readRecords()).finally(() => backup.close());
    expect(await kept(other)).toEqual(before);
    await eraseFromStore(other, join(folder, 'erase.backup'), {
      ...{ subject: { of: 'organization', organization: 'tide' }, by: 'local', at: 9000, product: '1.0.0', key: null },
    });
    const erased = await kept(other);
    expect(erased?.matches.map(({ organization, grade }) => [organization, grade])).toEqual(
      before?.matches.filter(({ organization }) => organization !== 'tide').map(({ organization, grade }) => [organization, grade]),
    );
    expect(JSON.stringify(erased)).not.toMatch(/tide/i);
    await other.close();
    await store.close();
  });
});
