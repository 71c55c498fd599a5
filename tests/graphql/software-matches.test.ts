import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { poisonedPackage } from '../support/worlds/poisoned-package.ts';
import { Serving } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  const json = { 'content-type': 'application/json' };
  const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
  for (const [name, text] of Object.entries(poisonedPackage))
    expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body: text })).status).toBe(200);
  const commit = 'mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }';
  expect((await serving.get(commit, { id })).commitImport.userErrors).toEqual([]);
  await eventually(async () => {
    const state = await serving.get('query($id: ID!) { import(id: $id) { state failure } }', { id });
    expect(state.import).toEqual({ state: 'COMMITTED', failure: null });
  });
});
afterAll(() => serving.stopAndDelete());

const nodesOf = (page: { edges: { node: unknown }[] }) => page.edges.map(({ node }) => node);

describe('who had the package of an advisory', () => {
  it('[G960] is told by grade, with the lists, their rows and a sentence that names file and place', async () => {
    const { advisoryMatches } = await serving.get(`{ advisoryMatches(advisory: "CVE-2026-7") { totalCount edges { node {
      organization { id } grade proposedAs packages versions because lists { id format }
      sightings { list { id } version isAffected provenance { file line } }
      presences { version isAffected definite { from to } possible { from until } }
    } } } }`);
    const nodes = nodesOf(advisoryMatches) as { organization: { id: string }; grade: string; proposedAs: string; because: string }[];
    expect(nodes.map(({ organization, grade, proposedAs }) => [organization.id, grade, proposedAs])).toEqual([
      ['quill', 'PRESENT', 'ORIGIN'],
      ['tide', 'PRESENT_UNDATED', 'SUSPECTED'],
      ['harrow', 'BETWEEN_LISTS', 'OFFERED'],
      ['proxy', 'NO_LIST', 'TO_ASK'],
      ['sable', 'NO_LIST', 'TO_ASK'],
    ]);
    expect(nodes[0]).toMatchObject({
      packages: ['pkg:pypi/litellm'],
      versions: ['1.82.7'],
      lists: [{ id: 'quill/1', format: 'CSV' }],
      sightings: [{ list: { id: 'quill/1' }, version: '1.82.7', isAffected: true, provenance: { file: 'software_lists.csv', line: 4 } }],
      presences: [
        {
          version: '1.82.7',
          isAffected: true,
          definite: [{ from: '2026-03-24T12:30:00Z', to: '2026-03-24T12:30:00Z' }],
          possible: [{ from: null, until: null }],
        },
      ],
    });
    expect(nodes[1]).toMatchObject({ lists: [{ id: 'a1', format: 'ACCESS_FACT' }] });
    expect(nodes[2]?.because).toBe(
      'Its list of Mar 10, 2026 names litellm 1.82.6 (software_lists.csv, line 2); its list of Apr 20 names 1.83.0 (software_lists.csv, line 3). The poisoned 1.82.7 could be installed on Mar 24, between them.',
    );
    const { advisoryMatches: between } = await serving.get(
      '{ advisoryMatches(advisory: "MAL-2026-2144", grades: [BETWEEN_LISTS]) { totalCount } }',
    );
    expect(between.totalCount).toBe(1);
  });

  it('[G961] is told for a package and versions in a window, and for one organization', async () => {
    const { software } =
      await serving.get(`{ software(package: "pkg:pypi/LiteLLM@1.82.7", during: { from: "2026-03-24T12:00:00Z", to: "2026-03-24T13:00:00Z" }) {
      edges { node { organization { id } grade proposedAs } } } }`);
    expect(nodesOf(software).slice(0, 1)).toEqual([{ organization: { id: 'quill' }, grade: 'PRESENT', proposedAs: null }]);
    const { softwareMatches } = await serving.get(
      '{ softwareMatches(organization: "harrow") { edges { node { advisory { id } match { grade lists { components { totalCount } } } } } } }',
    );
    expect(nodesOf(softwareMatches)).toEqual([
      {
        advisory: { id: 'MAL-2026-2144' },
        match: { grade: 'BETWEEN_LISTS', lists: [{ components: { totalCount: 1 } }, { components: { totalCount: 1 } }] },
      },
    ]);
  });

  it('[G963] proposes an incident with windows, what each bound follows from, and its radius; it writes nothing', async () => {
    const fields =
      'hasCore core { from to } widest { from to } bounds hull { from until } withoutPackageCount matches { totalCount } blastRadius { origins { id } suspectedOrigins { organization { id } likelihood } hasCore summary { exposedCount possibleCount } }';
    const { proposeIncident: proposed } = await serving.get(
      `{ proposeIncident(input: { advisory: "MAL-2026-2144", discoveredAt: "2026-03-31T00:00:00Z" }) { ${fields} } }`,
    );
    expect(proposed).toMatchObject({
      hasCore: true,
      core: { from: '2026-03-24T12:30:00Z', to: '2026-03-24T12:30:00Z' },
      widest: { from: '2026-03-24T10:52:00Z', to: '2026-03-31T00:00:00Z' },
      hull: { from: '2026-03-24T10:52:00Z', until: '2026-03-24T11:25:00Z' },
      matches: { totalCount: 5 },
      blastRadius: {
        origins: [{ id: 'quill' }],
        suspectedOrigins: [{ organization: { id: 'tide' }, likelihood: 1 }],
        hasCore: true,
        summary: { exposedCount: 1, possibleCount: 0 },
      },
    });
    expect(proposed.bounds).toHaveLength(4);
    const { proposeIncident: suspected } = await serving.get(
      `{ proposeIncident(input: { advisory: "MAL-2026-2144", origins: [], suspectedOrigins: [{ organization: "harrow", likelihood: 0.5 }] }) { ${fields} } }`,
    );
    expect(suspected).toMatchObject({
      hasCore: false,
      core: null,
      blastRadius: { origins: [], hasCore: false, summary: { exposedCount: 0, possibleCount: 1 } },
    });
    const { proposeIncident: nobody } = await serving.get(
      `{ proposeIncident(input: { advisory: "MAL-2026-2144", origins: [], suspectedOrigins: [] }) { ${fields} } }`,
    );
    expect(nobody).toMatchObject({ widest: null, blastRadius: null });
    const unknown = await serving.ask('{ proposeIncident(input: { advisory: "MAL-2026-2144", origins: ["nobody"] }) { hasCore } }');
    expect(unknown.errors?.map(({ message }) => message)).toEqual([
      'There is no organization "nobody". Check the id, or search for its name.',
    ]);
    expect((await serving.get('{ incidents { totalCount } revision }')).incidents.totalCount).toBe(0);
  });

  it('[G980] is found by search: lists, advisories, and packages with a version, each with how many lists name it', async () => {
    const find = async (text: string, kinds?: string[]) => {
      const query = `query($text: String!, $kinds: [FoundKind!]) { search(text: $text, kinds: $kinds) { matched found { __typename
        ... on SoftwareList { id organization { id } } ... on Advisory { id summary } ... on FoundValue { kind value count } } } }`;
      const { search } = await serving.get(query, { text, kinds });
      return search.map(({ matched, found }: { matched: string; found: object }) => [matched, ...Object.values(found)]);
    };
    const versionOf = (version: string) => ['name', 'FoundValue', 'PACKAGE', `pkg:pypi/litellm@${version}`, 1];
    // Tide's access fact is no list: its software leads to Tide.
    expect(await find('litellm')).toEqual([
      ['name', 'FoundValue', 'PACKAGE', 'pkg:pypi/litellm', 3],
      ['package', 'Advisory', 'MAL-2026-2144', 'Poisoned release'],
      ['software', 'Organization'],
    ]);
    expect(await find('litellm 1.82', ['PACKAGE'])).toEqual([versionOf('1.82.6'), versionOf('1.82.7')]);
    expect(await find('LiteLLM@1.82.7', ['PACKAGE'])).toEqual([versionOf('1.82.7')]);
    expect(await find('1.83.0', ['PACKAGE'])).toEqual([['version', ...versionOf('1.83.0').slice(1)]]);
    expect((await find('pkg:pypi/litellm@1.83.0', ['PACKAGE']))[0]).toEqual(['id', ...versionOf('1.83.0').slice(1)]);
    expect(await find('litellm 9', ['PACKAGE'])).toEqual([]);
    expect(await find('CVE-2026-7')).toEqual([['alias', 'Advisory', 'MAL-2026-2144', 'Poisoned release']]);
    expect(await find('poisoned', ['ADVISORY'])).toEqual([['summary', 'Advisory', 'MAL-2026-2144', 'Poisoned release']]);
    expect(await find('gateway', ['SOFTWARE_LIST'])).toEqual([
      ['subject', 'SoftwareList', 'harrow/1', { id: 'harrow' }],
      ['subject', 'SoftwareList', 'harrow/2', { id: 'harrow' }],
    ]);
    expect(await find('litellm', ['SOFTWARE_LIST', 'VENDOR'])).toEqual([['software', 'Organization']]);
  });

  it('[G962] is refused with a sentence for an unknown advisory and for a text that is no package URL', async () => {
    const unknown = await serving.ask('{ advisoryMatches(advisory: "MAL-1") { totalCount } }');
    expect(unknown.errors?.map(({ message }) => message)).toEqual([
      'There is no advisory "MAL-1". Import its record first, or name it by an id or alias of a record.',
    ]);
    const unreadable = await serving.ask('{ software(package: "litellm") { totalCount } }');
    expect(unreadable.errors?.map(({ message }) => message)).toEqual([
      '"litellm" is no package URL; expected one such as pkg:pypi/litellm.',
    ]);
  });

  it('[S284] [G961] means by a merged id the organization that it means', async () => {
    const merge = 'mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { userErrors { message } } }';
    const merged = await serving.get(merge, { input: { organization: 'tide', into: 'quill' } });
    expect(merged.mergeOrganizations.userErrors).toEqual([]);
    const ask = (id: string) =>
      serving.get(`{ softwareMatches(organization: "${id}") { edges { node { match { organization { id } grade } } } }
        softwareLists(organization: "${id}") { totalCount }
        proposeIncident(input: { advisory: "MAL-2026-2144", origins: ["${id}"] }) { hasCore blastRadius { origins { id } } } }`);
    const answer = await ask('tide');
    expect(answer).toEqual(await ask('quill'));
    expect(answer.proposeIncident.blastRadius.origins).toEqual([{ id: 'quill' }]);
  });
});
