import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

async function draft(files: Record<string, string>, source = 'register'): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${serving.url}/api/imports`, { method: 'POST', headers, body: JSON.stringify({ source }) });
  const { id } = (await created.json()) as { id: string };
  for (const [name, body] of Object.entries(files)) {
    expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body })).status).toBe(200);
  }
  return id;
}

const fields = `id state name failure mappingDocument report { rows created rejected }
  questions { id kind file index message choices proposed flag }
  files { name headerLine preamble header mapping { kinds client { id } dateOrder createMissingOrganizations defaultRole areContractsApart columns { index column use kind field control confidence because dateOrder } } }
  values { totalCount edges { node { file index column value count meaning } } }
  matches(undecidedOnly: true) { totalCount edges { node { id name decision target candidates { id name isStored grade score evidence } } } }`;

// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
async function waitFor(id: string, ...states: string[]): Promise<any> {
  for (let tries = 0; tries < 400; tries++) {
    const { import: found } = await serving.get(`query($id: ID!) { import(id: $id) { ${fields} } }`, { id });
    if (states.includes(found.state) && (found.state !== 'DRAFT' || found.report !== null)) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The import never became ${states.join(' or ')}.`);
}

const mapFile =
  'mutation($input: MapImportFileInput!) { mapImportFile(input: $input) { import { state } userErrors { code message path } } }';
const mapValues = 'mutation($input: MapImportValuesInput!) { mapImportValues(input: $input) { userErrors { code message } } }';
const decide = 'mutation($input: DecideMatchesInput!) { decideMatches(input: $input) { userErrors { code message } } }';
const commit = 'mutation($input: CommitImportInput!) { commitImport(input: $input) { import { state } userErrors { code message } } }';

const kindsOf = (found: { questions: { kind: string }[] }) => found.questions.map(({ kind }) => kind);

const register = [
  'Vendor register;;;;',
  'Supplier;Purpose;Start;Country;Internal note',
  'Zeta Cloud GmbH;Hosting;3/4/2024;Germany;x',
  'ZETA CLOUD;Backup;5/6/2024;France;y',
  'Omega;Labels;1/2/2024;Atlantis;',
].join('\n');

describe('a list that is not canonical, as the page maps it', () => {
  it('[I5] is committed once its questions are answered, and remembered for the next edition', async () => {
    const id = await draft({ 'list.csv': register });
    const first = await waitFor(id, 'DRAFT');
    expect(kindsOf(first)).toEqual(['CLIENT', 'DATE_ORDER', 'MATCHES']);
    expect(first).toMatchObject({
      name: 'list.csv',
      report: { rows: 3, rejected: 0 },
      files: [{ headerLine: 2, preamble: ['Vendor register'] }],
    });
    expect(first.files[0].mapping.kinds).toEqual(['ORGANIZATION', 'ENGAGEMENT']);
    expect(first.files[0].mapping.columns.map(({ use, field }: { use: string; field: string | null }) => field ?? use)).toEqual([
      'name',
      'service',
      'startsAt',
      'country',
      'ATTRIBUTE',
    ]);
    expect(first.values.edges.map(({ node }: { node: { value: string } }) => node.value)).toEqual(['Atlantis']);
    expect((await serving.get(commit, { input: { id } })).commitImport.userErrors[0].message).toMatch(/Whose vendors.*day or the month/s);

    const input = { import: id, file: 'list.csv', clientName: 'Northwind Bank', clientRole: 'VENDOR', dateOrder: 'MONTH_FIRST' };
    expect((await serving.get(mapFile, { input })).mapImportFile).toEqual({ import: { state: 'ANALYZING' }, userErrors: [] });
    const mapped = await waitFor(id, 'DRAFT');
    expect(kindsOf(mapped)).toEqual(['MATCHES']);
    const [match] = mapped.matches.edges;
    expect(match.node.candidates[0]).toMatchObject({ grade: 'SAME', isStored: false });
    const decisions = [{ match: match.node.id, decision: 'ALIAS', target: match.node.target }];
    expect((await serving.get(decide, { input: { import: id, decisions } })).decideMatches.userErrors).toEqual([]);
    const values = [{ file: 'list.csv', index: 3, value: 'Atlantis', meaning: 'GR' }];
    expect((await serving.get(mapValues, { input: { import: id, values } })).mapImportValues.userErrors).toEqual([]);
    const decided = await waitFor(id, 'DRAFT');
    expect([decided.questions, decided.values.totalCount, decided.matches.totalCount]).toEqual([[], 0, 0]);
    // The client, two vendors, and an engagement with each.
    expect(decided.report).toMatchObject({ rows: 3, created: 5, rejected: 0 });
    expect(JSON.parse(decided.mappingDocument)).toMatchObject({ version: 1, files: [{ name: 'list.csv', dateOrder: 'MONTH_FIRST' }] });

    expect((await serving.get(commit, { input: { id } })).commitImport.userErrors).toEqual([]);
    await waitFor(id, 'COMMITTED');
    const { organization } = await serving.get('{ organization(id: "Northwind Bank") { roles } }');
    expect(organization).toMatchObject({ roles: ['VENDOR'] });

    const next = await waitFor(await draft({ 'list next year.csv': `${register}\nPsi;Tools;7/8/2024;Spain;z\n` }), 'DRAFT');
    expect([next.questions, next.report]).toEqual([[], { rows: 4, created: 2, rejected: 0 }]);
  });

  it('[I943] [I950] refuses a list of pairs until the role of its clients is said, and takes each service as a contract if told so', async () => {
    const pairs = 'Client,Vendor,Service\nBirch AI,Kappa,Hosting\nBirch AI,Kappa,Mail\n';
    const id = await draft({ 'pairs.csv': pairs }, 'pairs');
    const first = await waitFor(id, 'DRAFT');
    expect([kindsOf(first), first.files[0].mapping.areContractsApart]).toEqual([['CLIENT_ROLE', 'CREATE_MISSING'], false]);
    const apart = { import: id, file: 'pairs.csv', areContractsApart: true, createMissingOrganizations: true };
    expect((await serving.get(mapFile, { input: apart })).mapImportFile.userErrors).toEqual([]);
    expect(kindsOf(await waitFor(id, 'DRAFT'))).toEqual(['CLIENT_ROLE']);
    const refused = (await serving.get(commit, { input: { id } })).commitImport.userErrors[0];
    expect(refused.message).toMatch(/What is the client "Birch AI" of pairs\.csv\?/);
    const role = { import: id, file: 'pairs.csv', clientRole: 'SUBCONTRACTOR' };
    expect((await serving.get(mapFile, { input: role })).mapImportFile.userErrors).toEqual([]);
    const mapped = await waitFor(id, 'DRAFT');
    expect([mapped.questions, mapped.report, mapped.files[0].mapping.areContractsApart]).toEqual([
      [],
      { rows: 2, created: 4, rejected: 0 },
      true,
    ]);
    expect((await serving.get(commit, { input: { id } })).commitImport.userErrors).toEqual([]);
    await waitFor(id, 'COMMITTED');
    const asked = '{ organization(id: "Birch AI") { roles } engagements(client: "Birch AI", first: 5) { totalCount } }';
    expect(await serving.get(asked)).toEqual({ organization: { roles: ['SUBCONTRACTOR'] }, engagements: { totalCount: 2 } });

    const next = await draft({ 'pairs.csv': `${pairs}Cedar AI,Kappa,Mail\n` }, 'pairs');
    const { mapping } = (await waitFor(next, 'DRAFT')).files[0];
    expect(mapping.areContractsApart).toBe(true);
    const one = { import: next, file: 'pairs.csv', areContractsApart: false };
    expect((await serving.get(mapFile, { input: one })).mapImportFile.userErrors).toEqual([]);
    const again = await waitFor(next, 'DRAFT');
    expect([again.files[0].mapping.areContractsApart, JSON.parse(again.mappingDocument).files[0].contractsApart]).toEqual([false, false]);
  });

  it('[I6] reports the fault of a decision', async () => {
    const id = await draft({ 'list.csv': register.replaceAll('Zeta', 'Theta') });
    await waitFor(id, 'DRAFT');
    const input = { import: id, file: 'list.csv', columns: [{ index: 4, use: 'CONTROL' }] };
    await serving.get(mapFile, { input });
    expect((await waitFor(id, 'FAILED')).failure).toMatch(/"Internal note" is evidence of a control that is not named/);
    const decisions = [{ match: 'x', decision: 'MERGE' }];
    expect((await serving.get(decide, { input: { import: id, decisions } })).decideMatches.userErrors[0].message).toMatch(
      /names no target/,
    );
  });

  it('[F28] returns its rejected rows unchanged, under its own header', async () => {
    const rows = ['Vendor register', 'Supplier,Purpose,Start,End', 'Kappa,Größe,2024-05-01,2023-01-01', 'Lambda,Hosting,2024-05-01,open'];
    const id = await draft({ 'ends.csv': Buffer.from(rows.join('\n'), 'latin1') as never }, 'another register');
    await waitFor(id, 'DRAFT');
    await serving.get(mapFile, { input: { import: id, file: 'ends.csv', clientName: 'Northwind Bank' } });
    expect(await waitFor(id, 'DRAFT')).toMatchObject({ questions: [], report: { rows: 2, rejected: 1 } });
    const csv = await (await fetch(`${serving.url}/api/imports/${id}/rejections.csv`)).text();
    expect(csv.split('\n')[0]).toBe('Supplier,Purpose,Start,End,line,reason');
    expect(csv.split('\n')[1]).toMatch(/^Kappa,Größe,2024-05-01,2023-01-01,3,/);
  });
});
