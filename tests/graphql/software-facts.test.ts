import { Tokens } from '../../server/auth/tokens.ts';
import { madeKey } from '../../server/domain/facts.ts';
import { packRows } from '../../server/domain/text/row-text.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { artifact, edit, lab, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();

const files: Readonly<Record<string, string>> = {
  'software_lists.csv':
    'id,organization,subject,subject_version,described_at,is_complete,format\n' +
    'quill/2,quill,pkg:oci/gateway,1.1,2026-04-20,,CYCLONEDX\nquill/1,quill,pkg:oci/gateway,1.0,2026-03-20,true,CYCLONEDX\nquill/0,quill,,,,,SPDX\n',
  'software_components.csv':
    'list,name,package,version,constraint\nquill/1,litellm,pkg:pypi/litellm,1.82.7,\nquill/1,openai,pkg:pypi/openai,,>=1.13\nquill/1,left,,,\n' +
    'quill/2,litellm,pkg:pypi/litellm,1.83.0,\nquill/2,openai,pkg:pypi/openai,,>=1.13\nquill/2,httpx,pkg:pypi/httpx,0.27,\n',
  'advisories.csv':
    'id,kind,aliases,summary,known_by\nMAL-2026-1,MALWARE,CVE-2026-7,Poisoned release,2026-03-24T11:00:00Z\nGHSA-x,VULNERABILITY,MAL-2026-1,,\nCVE-2020-1,VULNERABILITY,,Old,\n',
  'advisory_packages.csv':
    'advisory,package,versions,ranges\nMAL-2026-1,pkg:pypi/litellm,1.82.7,vers:pypi/>=0\nGHSA-x,pkg:pypi/litellm,1.82.8,\nCVE-2020-1,pkg:npm/a,,vers:npm/<2.0.0\n',
};

/** Imports the files as the page does. */
async function importAll(): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
  for (const [name, text] of Object.entries(files)) {
    expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body: text })).status).toBe(200);
  }
  const commit = 'mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }';
  expect((await serving.get(commit, { id })).commitImport.userErrors).toEqual([]);
  await eventually(async () => {
    const state = await serving.get('query($id: ID!) { import(id: $id) { state failure } }', { id });
    expect(state.import).toEqual({ state: 'COMMITTED', failure: null });
  });
}

beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: [
      { id: 'vega', name: 'Vega Lab', roles: ['LAB'] },
      { id: 'quill', name: 'Quill', roles: ['VENDOR'] },
      { id: 'sable', name: 'Sable', roles: ['VENDOR'] },
    ],
    artifacts: [{ id: 'rubric', name: 'Rubric', type: 'OTHER', owner: 'vega', sensitivity: 3 }],
    transfers: [{ id: 't', artifact: 'rubric', sender: 'vega', recipient: 'quill' }],
  });
  await importAll();
});
afterAll(() => serving.stopAndDelete());

describe('software lists over GraphQL', () => {
  it('[G870] are listed by organization, subject and date, each with its components, what changed, and where it is from', async () => {
    const { softwareLists } = await serving.get(`{ softwareLists(organization: "quill") { totalCount edges { node {
      id organization { name } subject subjectVersion describedAt lifecycle isComplete format componentCount
      changes { edges { node { package name before after } } }
      provenance { file line import { state } }
    } } } }`);
    const of = { organization: { name: 'Quill' }, lifecycle: 'UNKNOWN' };
    const gateway = { ...of, subject: 'pkg:oci/gateway', format: 'CYCLONEDX' };
    const from = (line: number) => ({ file: 'software_lists.csv', line, import: { state: 'COMMITTED' } });
    expect(softwareLists.totalCount).toBe(3);
    expect(softwareLists.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      {
        ...of,
        id: 'quill/0',
        subject: '',
        subjectVersion: null,
        describedAt: null,
        isComplete: null,
        format: 'SPDX',
        componentCount: 0,
        changes: { edges: [] },
        provenance: from(4),
      },
      {
        ...gateway,
        id: 'quill/1',
        subjectVersion: '1.0',
        describedAt: '2026-03-20T00:00:00Z',
        isComplete: true,
        componentCount: 3,
        changes: { edges: [] },
        provenance: from(3),
      },
      {
        ...gateway,
        ...{ id: 'quill/2', subjectVersion: '1.1', describedAt: '2026-04-20T00:00:00Z', isComplete: null, componentCount: 3 },
        changes: {
          edges: [
            { node: { package: null, name: 'left', before: [''], after: [] } },
            { node: { package: 'pkg:pypi/httpx', name: 'httpx', before: [], after: ['0.27'] } },
            { node: { package: 'pkg:pypi/litellm', name: 'litellm', before: ['1.82.7'], after: ['1.83.0'] } },
          ],
        },
        provenance: from(2),
      },
    ]);
    const { softwareList } = await serving.get(
      '{ softwareList(id: "quill/1") { components(text: "LITE") { totalCount edges { node { package name version depth hashes } } } all: components { totalCount } } }',
    );
    expect(softwareList).toEqual({
      components: {
        totalCount: 1,
        edges: [{ node: { package: 'pkg:pypi/litellm', name: 'litellm', version: '1.82.7', depth: 'UNKNOWN', hashes: [] } }],
      },
      all: { totalCount: 3 },
    });
    expect(await serving.get('{ softwareLists(subject: "pkg:oci/gateway") { totalCount } softwareList(id: "no") { id } }')).toEqual({
      softwareLists: { totalCount: 2 },
      softwareList: null,
    });
  });

  it('[G871] advisories join records that name each other, are found by each alias, and ignore a range without bounds beside versions', async () => {
    const { advisories, advisory } = await serving.get(`{
      advisories { edges { node { id } } }
      advisory(id: "CVE-2026-7") { id aliases kind summary knownBy withdrawnAt references hull { from until } agreed { from }
        affected { package versions ranges ignoredRanges } availabilities { source } provenances { file line } }
    }`);
    expect(advisories.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(['CVE-2020-1', 'MAL-2026-1']);
    expect(advisory).toEqual({
      ...{ id: 'MAL-2026-1', aliases: ['CVE-2026-7', 'GHSA-x'], kind: 'MALWARE', summary: 'Poisoned release' },
      ...{ knownBy: '2026-03-24T11:00:00Z', withdrawnAt: null, references: [], hull: { from: null, until: null }, agreed: null },
      affected: [{ package: 'pkg:pypi/litellm', versions: ['1.82.7', '1.82.8'], ranges: [], ignoredRanges: ['vers:pypi/>=0'] }],
      availabilities: [],
      provenances: [
        { file: 'advisories.csv', line: 3 },
        { file: 'advisories.csv', line: 2 },
      ],
    });
    const count = async (filter: string) => (await serving.get(`{ advisories(${filter}) { totalCount } }`)).advisories.totalCount;
    expect([
      await count('text: "LiteLLM"'),
      await count('kind: VULNERABILITY'),
      await count('text: "ghsa"'),
      await count('text: "none"'),
    ]).toEqual([1, 1, 1, 0]);
  });

  it('[G872] the claims of a source are saved, replaced and taken back together; hull and agreement follow from all claims', async () => {
    const save = async (source: string, availabilities: string, advisory = 'CVE-2026-7') =>
      (
        await serving.get(`mutation { saveAvailability(input: { advisory: "${advisory}", source: "${source}", availabilities: ${availabilities} }) {
          advisory { id availabilities { package versions from until source } hull { from until } agreed { from until } } userErrors { code path message } } }`)
      ).saveAvailability;
    const day = (time: string) => `2026-03-24T${time}:00Z`;
    await save('a', `[{ source: "a", from: "${day('08:30')}" }]`);
    const second = await save(
      'b',
      `[{ package: "pkg:pypi/LiteLLM", versions: ["1.82.7"], source: "b", from: "${day('10:52')}", until: "${day('11:58')}" }]`,
    );
    expect(second.userErrors).toEqual([]);
    expect(second.advisory).toEqual({
      id: 'MAL-2026-1',
      availabilities: [
        { package: 'pkg:pypi/litellm', versions: [], from: day('08:30'), until: null, source: 'a' },
        { package: 'pkg:pypi/litellm', versions: ['1.82.7'], from: day('10:52'), until: day('11:58'), source: 'b' },
      ],
      hull: { from: day('08:30'), until: day('11:58') },
      agreed: { from: day('10:52'), until: day('11:58') },
    });
    const gone = await save('b', '[]', 'GHSA-x');
    expect(gone.advisory.availabilities.map(({ source }: { source: string }) => source)).toEqual(['a']);
    const wrong = await save('c', `[{ source: "d", package: "litellm", from: "${day('12:00')}", until: "${day('11:00')}" }]`);
    expect(wrong.userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, path.join('.')])).toEqual([
      ['BAD_VALUE', 'availabilities.0.package'],
      ['ENDS_BEFORE_START', 'availabilities.0.until'],
      ['BAD_VALUE', 'availabilities.0.source'],
    ]);
    expect((await save('c', '[]', 'MAL-0')).userErrors[0].message).toBe(
      'There is no advisory "MAL-0". Import its record first, or name it by an id or alias of a record.',
    );
  });

  it('[G873] a statement is saved; lists, advisories and statements are taken back, all or none', async () => {
    const state = async (organization: string) =>
      (
        await serving.get(`mutation { saveSoftwareStatement(input: { organization: "${organization}", advisory: "CVE-2026-7", state: NOT_AFFECTED, source: "mail" }) {
          statement { organization { id } advisory state justification at source } userErrors { code path } } }`)
      ).saveSoftwareStatement;
    expect(await state('sable')).toEqual({
      statement: {
        organization: { id: 'sable' },
        advisory: 'CVE-2026-7',
        state: 'NOT_AFFECTED',
        justification: null,
        at: null,
        source: 'mail',
      },
      userErrors: [],
    });
    expect((await state('nobody')).userErrors).toEqual([{ code: 'UNKNOWN_REFERENCE', path: ['organization'] }]);
    const retract = async (input: string) =>
      (await serving.get(`mutation { retractSoftware(input: ${input}) { retracted userErrors { code path } } }`)).retractSoftware;
    expect(await retract('{ lists: ["quill/0", "quill/9"] }')).toEqual({
      retracted: 0,
      userErrors: [{ code: 'UNKNOWN_FACT', path: ['lists', '1'] }],
    });
    const statement = '{ organization: "sable", advisory: "GHSA-x", source: "mail" }';
    expect(await retract(`{ lists: ["quill/0"], advisories: ["CVE-2020-1"], statements: [${statement}] }`)).toEqual({
      retracted: 3,
      userErrors: [],
    });
    expect(await serving.get('{ softwareLists { totalCount } advisories { totalCount } }')).toEqual({
      softwareLists: { totalCount: 2 },
      advisories: { totalCount: 1 },
    });
  });

  it('[G874] the coverage names organizations without a list first', async () => {
    const { softwareCoverage } = await serving.get(
      '{ softwareCoverage { edges { node { organization { id } listCount lastDescribedAt } } } }',
    );
    expect(softwareCoverage.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      { organization: { id: 'sable' }, listCount: 0, lastDescribedAt: null },
      { organization: { id: 'vega' }, listCount: 0, lastDescribedAt: null },
      { organization: { id: 'quill' }, listCount: 2, lastDescribedAt: '2026-04-20T00:00:00Z' },
    ]);
  });

  it('[G875] with redact=names, subjects are hidden', async () => {
    const headers = { 'content-type': 'application/json', 'X-Exposure-Redact': 'names' };
    const query = '{ softwareLists { edges { node { subject subjectVersion format organization { name } } } } }';
    const answer = await (await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
    expect(answer.data.softwareLists.edges[0].node).toEqual({
      subject: 'hidden',
      subjectVersion: 'hidden',
      format: 'CYCLONEDX',
      organization: { name: 'Vendor 1' },
    });
  });
});

describe("a lab's view", () => {
  it('[G876] has no list, advisory, claim or statement, no count of them, and no revision from them', async () => {
    const other = new Serving();
    const store = await openStore(other.environment().EXPOSURE_STORE as string);
    await store.commit(edit([lab('vega'), vendor('quill'), artifact('rubric', 'vega'), transfer('t', 'rubric', 'vega', 'quill')]));
    const components = packRows('COMPONENT', [['litellm', 'pkg:pypi/litellm', '1.82.7', null, null, 'DIRECT', []]]);
    await store.commit(
      edit([
        say('SOFTWARE_LIST', { id: 'quill/1', organization: 'quill', subject: 'gateway', components }),
        say('ADVISORY', { id: 'MAL-1', kind: 'MALWARE' }),
        say('SOFTWARE_STATEMENT', {
          ...{ id: madeKey('quill', 'MAL-1', 'mail'), organization: 'quill', advisory: 'MAL-1', claimant: 'mail', state: 'AFFECTED' },
        }),
      ]),
    );
    await store.commit(edit([say('SOFTWARE_LIST', { id: 'quill/1', organization: 'quill', subject: 'proxy', components })]));
    const bound = await new Tokens(store).create(
      { name: 'bound', role: 'VIEWER', canExport: true, labs: ['vega'], expiresAt: null },
      Date.now(),
    );
    await store.close();
    await other.start({ environment: { EXPOSURE_AUTH: 'required' } });
    try {
      const query = `{ revision softwareLists { totalCount } softwareList(id: "quill/1") { id } advisories { totalCount } advisory(id: "MAL-1") { id }
        softwareCoverage { totalCount } organizations { totalCount } history { totalCount }
        byPackage: search(text: "litellm") { matched } bySubject: search(text: "proxy") { matched } byId: search(text: "MAL-1") { matched } }`;
      const answer = await fetch(`${other.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bound}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect(await answer.json()).toEqual({
        data: {
          revision: 1,
          softwareLists: { totalCount: 0 },
          softwareList: null,
          advisories: { totalCount: 0 },
          advisory: null,
          softwareCoverage: { totalCount: 0 },
          organizations: { totalCount: 2 },
          history: { totalCount: 0 },
          ...{ byPackage: [], bySubject: [], byId: [] },
        },
      });
    } finally {
      await other.stopAndDelete();
    }
  });
});
