import { exportFacts } from '../../server/export/export-facts.ts';
import { Asker } from '../../server/questions/asker.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askRadius } from '../../server/questions/radius/ask-radius.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Bench } from '../import/import-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
const core = { from: '2025-02-01T00:00:00Z', to: '2025-02-02T00:00:00Z' };
const widest = { from: '2025-01-15T00:00:00Z', to: '2025-03-01T00:00:00Z' };
const sentAt = '2025-01-01T00:00:00Z';

/** Two labs; each deals with a vendor of its own, and both with the hub. */
beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: [
      ...['lab', 'hidden'].map((id) => ({ id, name: `${id} Labs`, roles: ['LAB'] })),
      ...['hub', 'near', 'far', 'far:2'].map((id) => ({ id, name: `Vendor ${id}`, roles: ['VENDOR'] })),
    ],
    artifacts: [
      { id: 'guide', name: 'guide', type: 'OTHER', owner: 'lab', sensitivity: 3, valueHighUsd: 1000 },
      { id: 'set', name: 'set', type: 'OTHER', owner: 'hidden', sensitivity: 3, valueHighUsd: 1000 },
    ],
    transfers: [
      { id: 't1', artifact: 'guide', sender: 'lab', recipient: 'hub', sentAt },
      { id: 't2', artifact: 'set', sender: 'hidden', recipient: 'far', sentAt },
      { id: 't3', artifact: 'guide', sender: 'hub', recipient: 'near', sentAt: '2025-02-10T00:00:00Z' },
    ],
  });
});
afterAll(() => serving.stopAndDelete());

const fields = `origins { id } suspectedOrigins { organization { id } likelihood } hasCore core { from to }`;

async function save(input: object) {
  const { saveIncident } = await serving.get(
    `mutation($input: SaveIncidentInput!) { saveIncident(input: $input) {
      incident { id version ${fields} entries(first: 1) { edges { node { text } } } } userErrors { code path message } } }`,
    { input: { name: 'Poisoned package', ...input } },
  );
  return saveIncident;
}

const suspecting = (...ids: string[]) => ids.map((organization) => ({ organization, likelihood: 0.4 }));

describe('suspected origins and no core over GraphQL', () => {
  it('[G900] a radius states them, and marks whom it suspects', async () => {
    const { blastRadius } = await serving.get(
      `query($input: BlastRadiusInput!) { blastRadius(input: $input) {
        ${fields} widest { from to } summary { exposedCount possibleCount }
        reached { edges { node { organization { id } hops isSuspected likelihood } } }
        integrity { tainted { edges { node { holder { id } isSuspected } } } } } }`,
      { input: { suspectedOrigins: [{ organization: 'hub' }, { organization: 'far', likelihood: 0.25 }], hasCore: false, widest } },
    );
    expect(blastRadius).toMatchObject({
      origins: [],
      suspectedOrigins: [
        { organization: { id: 'far' }, likelihood: 0.25 },
        { organization: { id: 'hub' }, likelihood: 1 },
      ],
      hasCore: false,
      core: widest,
      widest,
      summary: { exposedCount: 0, possibleCount: 2 },
      reached: {
        edges: [
          { node: { organization: { id: 'hub' }, hops: 0, isSuspected: true, likelihood: 1 } },
          { node: { organization: { id: 'far' }, hops: 0, isSuspected: true, likelihood: 0.25 } },
        ],
      },
      integrity: { tainted: { edges: [{ node: { holder: { id: 'near' }, isSuspected: true } }] } },
    });
  });

  it('[G901] an incident keeps both, and a save that leaves them out leaves them as they are', async () => {
    const { incident } = await save({ suspectedOrigins: suspecting('hub'), hasCore: false, widest });
    expect(incident).toMatchObject({
      origins: [],
      suspectedOrigins: [{ organization: { id: 'hub' }, likelihood: 0.4 }],
      hasCore: false,
      core: null,
      entries: { edges: [{ node: { text: 'The incident was opened with Vendor hub (40%) as suspected, without a core window.' } }] },
    });
    const { incident: renamed } = await save({ id: incident.id, name: 'Renamed' });
    expect(renamed).toMatchObject({ suspectedOrigins: [{ likelihood: 0.4 }], hasCore: false });
    const { incident: certain } = await save({ id: incident.id, origins: ['near'], core, suspectedOrigins: null });
    expect(certain).toMatchObject({ origins: [{ id: 'near' }], suspectedOrigins: [], hasCore: true, core });
    expect(certain.entries.edges[0].node.text).toContain('No organization is suspected any more. There is a core window.');
    const { incident: doubtful } = await save({ id: incident.id, hasCore: false });
    expect(doubtful).toMatchObject({ hasCore: false, core: null });
  });

  it('[G902] a save is refused for a core beside no core, an unknown organization, a likelihood out of range, and nobody named', async () => {
    const faultsOf = async (input: object) =>
      (await save(input)).userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`);
    expect(await faultsOf({ origins: ['hub'], hasCore: false, core, widest })).toEqual(['BAD_VALUE core']);
    expect(await faultsOf({ suspectedOrigins: [{ organization: 'nobody' }, { organization: 'hub', likelihood: 0 }] })).toEqual([
      'UNKNOWN_REFERENCE suspectedOrigins.0.organization',
      'BAD_VALUE suspectedOrigins.1.likelihood',
    ]);
    expect(await faultsOf({ origins: [] })).toEqual(['BAD_VALUE origins']);
    const wrong = { suspectedOrigins: [{ organization: 'hub', likelihood: 2 }] };
    const { errors } = await serving.ask('query($input: BlastRadiusInput!) { blastRadius(input: $input) { hasCore } }', { input: wrong });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('[G903] the query string of a radius states both, and names what it cannot read', async () => {
    const rows = async (query: string) => (await fetch(`${serving.url}/api/blast-radius.json?${query}`)).json();
    const window = 'widestFrom=2025-01-15&widestTo=2025-03-01';
    expect(await rows(`suspected=hub:0.4&suspected=far&hasCore=false&${window}`)).toMatchObject([
      { artifact: 'set', tier: 'POSSIBLE', likelihood: 0.5 },
      { artifact: 'guide', tier: 'POSSIBLE', likelihood: 0.2 },
    ]);
    expect(await rows(`suspected=far%5C%3A2&${window}`)).toEqual([]);
    expect(await rows(`suspected=far:x&${window}`)).toMatchObject({
      errors: [{ message: expect.stringContaining('has "x" after the colon'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
    expect(await rows(`suspected=far&hasCore=no&${window}`)).toMatchObject({
      errors: [{ message: 'hasCore is "no"; expected one of true, false.' }],
    });
  });

  it('[G904] a pack says who may have been compromised, and that no instant is certain', async () => {
    const { incident } = await save({ suspectedOrigins: suspecting('hub'), hasCore: false, widest });
    const { notificationPack } = await serving.get('query($i: ID!) { notificationPack(incident: $i, lab: "lab") { markdown } }', {
      i: incident.id,
    });
    expect(notificationPack.markdown).toContain(
      'May have been compromised: Vendor hub. The attacker may have been inside from Jan 15, 2025 to Mar 1, 2025. No instant is certain.',
    );
    expect(notificationPack.markdown).toContain('or its holder may have been compromised');
    expect(notificationPack.markdown).not.toMatch(/^Compromised:/m);
  });
});

it('[G905] a suspected origin merged into an origin is one, and of two merged the larger likelihood counts, until the merge ends', async () => {
  const suspectedOrigins = [
    { organization: 'hub', likelihood: 0.2 },
    { organization: 'near', likelihood: 0.6 },
    { organization: 'far', likelihood: 0.9 },
  ];
  const { incident } = await save({ origins: ['far:2'], suspectedOrigins, core });
  const merge = (organization: string, into: string) =>
    serving.get('mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { userErrors { message } } }', {
      input: { organization, into },
    });
  await merge('near', 'hub');
  await merge('far', 'far:2');
  const shown = `incident(id: $id) { ${fields} blastRadius { ${fields} } }`;
  const merged = (await serving.get(`query($id: ID!) { ${shown} }`, { id: incident.id })).incident;
  const expected = { origins: [{ id: 'far:2' }], suspectedOrigins: [{ organization: { id: 'hub' }, likelihood: 0.6 }] };
  expect(merged).toMatchObject({ ...expected, blastRadius: expected });
  for (const organization of ['near', 'far'])
    await serving.get('mutation($id: ID!) { unmergeOrganizations(input: { organization: $id }) { userErrors { message } } }', {
      id: organization,
    });
  const apart = (await serving.get(`query($id: ID!) { ${shown} }`, { id: incident.id })).incident;
  expect(apart.suspectedOrigins).toHaveLength(3);
});

describe('somebody bound to a lab', () => {
  it('[U900] sees no suspected origin outside the view, and no answer where none is left', async () => {
    const store = await openStore(serving.environment().EXPOSURE_STORE as string);
    try {
      const asker = new Asker(new BoundQuestions(new Questions({ store, projection: 'whole' })).of(['lab']));
      const suspectedOrigins = [{ organization: 'far' }, { organization: 'hub' }];
      const { radius } = await askRadius(asker, { suspectedOrigins });
      const { id } = radius.projection.organizations;
      expect(radius.input.suspected?.map(({ organization }) => id.get(organization))).toEqual(['hub']);
      const beside = await askRadius(asker, { origins: ['hub'], suspectedOrigins: [{ organization: 'far' }] });
      expect(beside.radius.input.suspected).toBeUndefined();
      await expect(askRadius(asker, { origins: [], suspectedOrigins: [{ organization: 'far' }] })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    } finally {
      await store.close();
    }
  });
});

it('[F900] incidents.csv carries both, with colons in ids, and refuses what it cannot read', async () => {
  const bench = await Bench.open();
  try {
    const facts = { 'organizations.csv': 'id,name\nkite,Kite\n"m:o;s",Moss\n' };
    const head = 'id,name,origins,core_from,core_to,widest_from,widest_to,suspected_origins,has_core\n';
    const incident = (row: string) => bench.import({ ...facts, 'incidents.csv': head + row });
    const { rejections } = await incident('I-1,A,,,,2025-01-01,2025-02-01,kite:0.4;m\\:o\\;s,false\n');
    expect(rejections).toEqual([]);
    const [stored] = await bench.store.listDocuments('incident');
    expect(JSON.parse(stored?.json ?? '')).toMatchObject({
      suspectedOrigins: [
        { organization: 'kite', likelihood: 0.4 },
        { organization: 'm:o;s', likelihood: 1 },
      ],
      hasCore: false,
    });
    let text = '';
    for await (const piece of exportFacts(bench.store)) if (piece.file === 'incidents.csv') text += piece.text;
    expect(text).toContain(',scope,suspected_origins,has_core,cause,advisory');
    expect(text).toContain(',kite:0.4;m\\:o\\;s,false,UNKNOWN');
    for (const [row, code, column] of [
      ['I-2,A,,,,,,kite:much,', 'BAD_VALUE', 'suspected_origins'],
      ['I-2,A,,,,,,kite:0,', 'BAD_VALUE', 'suspected_origins'],
      ['I-2,A,,,,,,nobody,', 'UNKNOWN_REFERENCE', 'suspected_origins'],
      ['I-2,A,kite,2025-01-02,2025-01-03,2025-01-01,2025-02-01,,false', 'BAD_VALUE', 'core_from'],
    ]) {
      expect((await incident(`${row}\n`)).rejections).toMatchObject([{ code, column }]);
    }
  } finally {
    await bench.close();
  }
});
