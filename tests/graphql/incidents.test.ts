import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { importThrough } from './importing/import-through.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const save =
  'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id version name state discoveredAt origins { id } core { from to } widest { from to } scope { origin { id } artifacts { id } engagements { id } channels } maxHops transferLikelihood minDegree createdAt updatedAt } userErrors { code path message } } }';

describe('incidents', () => {
  it('[G22] a save returns its values; omitted fields stay, and null clears', async () => {
    const { revision } = await serving.get('{ revision }');
    const { saveIncident: first } = await serving.get(save, {
      input: {
        name: 'Vendor break-in',
        origins: ['vendor'],
        core: summer2025,
        scope: [{ origin: 'vendor', artifacts: ['guide'], engagements: ['e-1'], channels: ['sftp'] }],
        options: { maxHops: 1 },
      },
    });
    expect(first.userErrors).toEqual([]);
    expect(first.incident).toMatchObject({
      version: 1,
      state: 'OPEN',
      discoveredAt: null,
      origins: [{ id: 'vendor' }],
      core: { from: '2025-06-01T00:00:00Z', to: '2025-06-30T00:00:00Z' },
      widest: null,
      scope: [{ origin: { id: 'vendor' }, artifacts: [{ id: 'guide' }], engagements: [{ id: 'e-1' }], channels: ['sftp'] }],
      maxHops: 1,
      minDegree: 0.05,
    });
    const { id } = first.incident;
    const { saveIncident: second } = await serving.get(save, {
      input: { id, ifVersion: 1, state: 'CONTAINED', core: null, options: { minDegree: 0.5 } },
    });
    expect(second.incident).toMatchObject({
      id,
      version: 2,
      name: 'Vendor break-in',
      state: 'CONTAINED',
      core: null,
      maxHops: 1,
      minDegree: 0.5,
    });
    expect((await serving.get('{ revision }')).revision).toBe(revision);
  });

  it.each([
    ['name', { name: 'half \ud83d' }, ['name']],
    ['name', { name: 'nul \0' }, ['name']],
    ['channel', { name: 'Whole', scope: [{ origin: 'vendor', channels: ['sftp', 'half \udc00'] }] }, ['scope', '0', 'channels', '1']],
  ])('[G377] a %s that an export cannot write is refused', async (_, input, path) => {
    const { saveIncident } = await serving.get(save, { input: { origins: ['vendor'], ...input } });
    expect(saveIncident).toMatchObject({ incident: null, userErrors: [{ code: 'BAD_VALUE', path }] });
    const archive = await fetch(`${serving.url}/api/facts.zip`);
    expect((await archive.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  it('[G132] its actions are returned in the given order; null clears them', async () => {
    const saveScenario =
      'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id scenario { kind organization { id } access { id } owner { id } at } } userErrors { code path message } } }';
    const at = '2025-06-15T00:00:00Z';
    const scenario = [
      { recall: { holder: 'sub', owner: 'lab-a', at } },
      { revokeAccess: { access: 'a-1', at } },
      { revokeAllAccess: { organization: 'tool', at } },
      { suspend: { organization: 'vendor', at } },
      { encrypt: { holder: 'vendor', at } },
    ];
    const kept = [
      { kind: 'RECALL', organization: { id: 'sub' }, access: null, owner: { id: 'lab-a' }, at },
      { kind: 'REVOKE_ACCESS', organization: null, access: { id: 'a-1' }, owner: null, at },
      { kind: 'REVOKE_ALL_ACCESS', organization: { id: 'tool' }, access: null, owner: null, at },
      { kind: 'SUSPEND', organization: { id: 'vendor' }, access: null, owner: null, at },
      { kind: 'ENCRYPT', organization: { id: 'vendor' }, access: null, owner: null, at },
    ];
    const { saveIncident } = await serving.get(saveScenario, { input: { name: 'Acting', origins: ['vendor'], scenario } });
    expect(saveIncident).toMatchObject({ incident: { scenario: kept }, userErrors: [] });
    const { id } = saveIncident.incident;
    expect((await serving.get(saveScenario, { input: { id, name: 'Acting on' } })).saveIncident.incident.scenario).toEqual(kept);
    await serving.stop();
    await serving.start();
    const read = 'query($id: ID!) { incident(id: $id) { scenario { kind organization { id } access { id } owner { id } at } } }';
    expect((await serving.get(read, { id })).incident.scenario).toEqual(kept);
    await importThrough([serving.url], `id,name,origins\n${id},Acting as imported,vendor\n`, 'incidents.csv');
    expect((await serving.get('query($id: ID!) { incident(id: $id) { name } }', { id })).incident.name).toBe('Acting as imported');
    expect((await serving.get(read, { id })).incident.scenario).toEqual(kept);
    expect((await serving.get(saveScenario, { input: { id, scenario: null } })).saveIncident.incident.scenario).toEqual([]);

    const { saveIncident: wrong } = await serving.get(saveScenario, {
      input: { id, scenario: [{ suspend: { organization: 'nobody', at } }, { revokeAccess: { access: 'none', at } }] },
    });
    expect(wrong).toEqual({
      incident: null,
      userErrors: [
        { code: 'UNKNOWN_REFERENCE', path: ['scenario', '0', 'suspend', 'organization'], message: 'There is no organization "nobody".' },
        { code: 'UNKNOWN_REFERENCE', path: ['scenario', '1', 'revokeAccess', 'access'], message: 'There is no access "none".' },
      ],
    });
    const many = Array.from({ length: 101 }, () => ({ suspend: { organization: 'vendor', at } }));
    expect((await serving.get(saveScenario, { input: { id, scenario: many } })).saveIncident.userErrors).toMatchObject([
      { code: 'BAD_VALUE', path: ['scenario'], message: 'The incident has 101 actions; expected at most 100.' },
    ]);
    await serving.get('mutation($id: ID!) { deleteIncident(input: { id: $id }) { deletedId } }', { id });
  });

  it('[G23] a save that names an older version is a conflict', async () => {
    const { saveIncident } = await serving.get(save, { input: { name: 'Two', origins: ['tool'] } });
    const { id } = saveIncident.incident;
    await serving.get(save, { input: { id, ifVersion: 1, name: 'Two, again' } });
    expect(await serving.codeOf(save, { input: { id, ifVersion: 1, name: 'lost' } })).toBe('CONFLICT');
    expect(await serving.codeOf(save, { input: { id: 'gone', name: 'x' } })).toBe('NOT_FOUND');
  });

  it('[G24] its radius uses its windows, scope and options; an explicit field replaces its own', async () => {
    const { saveIncident } = await serving.get(save, {
      input: { name: 'Tool', origins: ['tool'], core: summer2025, options: { maxHops: 0 } },
    });
    const { id } = saveIncident.incident;
    const { incident } = await serving.get(
      'query($id: ID!) { incident(id: $id) { blastRadius { core { from to } maxHops summary { reachedCount } } } }',
      { id },
    );
    expect(incident.blastRadius).toEqual({
      core: { from: '2025-06-01T00:00:00Z', to: '2025-06-30T00:00:00Z' },
      maxHops: 0,
      summary: { reachedCount: 1 },
    });
    const { blastRadius } = await serving.get(
      'query($input: BlastRadiusInput!) { blastRadius(input: $input) { maxHops core { from } summary { reachedCount } } }',
      {
        input: { incident: id, options: { maxHops: 2 } },
      },
    );
    expect(blastRadius).toEqual({ maxHops: 2, core: { from: '2025-06-01T00:00:00Z' }, summary: { reachedCount: 2 } });
  });

  it('[G25] each error of an incident has its path', async () => {
    const { saveIncident } = await serving.get(save, {
      input: {
        name: ' ',
        origins: ['vendor', 'nobody'],
        widest: { from: summer2025.to, to: summer2025.from },
        scope: [{ origin: 'vendor', artifacts: ['nothing'] }],
        options: { maxHops: 11 },
      },
    });
    expect(saveIncident.incident).toBeNull();
    expect(saveIncident.userErrors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'name',
      'origins.1',
      'widest.to',
      'scope.0.artifacts.0',
      'options.maxHops',
    ]);
  });

  it('[G26] incidents are listed, the latest updated first, and deleted once', async () => {
    const list = async () => (await serving.get('{ incidents { totalCount edges { node { id name } } } }')).incidents;
    const before = await list();
    const { saveIncident } = await serving.get(save, { input: { name: 'Latest', origins: ['sub'] } });
    const { id } = saveIncident.incident;
    expect((await list()).edges[0].node).toEqual({ id, name: 'Latest' });
    const remove = 'mutation($input: DeleteIncidentInput!) { deleteIncident(input: $input) { deletedId userErrors { code path } } }';
    expect(await serving.get(remove, { input: { id } })).toEqual({ deleteIncident: { deletedId: id, userErrors: [] } });
    expect(await serving.get(remove, { input: { id } })).toEqual({
      deleteIncident: { deletedId: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] },
    });
    expect(await list()).toEqual(before);
  });
});
