import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { readDocx } from '../support/answers/docx-text.ts';
import { readPdf } from '../support/answers/pdf-text.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { poisonedPackage } from '../support/worlds/poisoned-package.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
let incident: string;

const more = (name: string, rows: string) => `${poisonedPackage[name]}${rows}`;
const files: Readonly<Record<string, string>> = {
  ...poisonedPackage,
  'organizations.csv': more('organizations.csv', 'lyra,Lyra Lab,LAB\n'),
  'artifacts.csv': more('artifacts.csv', 'probe,Probe,OTHER,lyra,2\n'),
  'transfers.csv': more('transfers.csv', 't4,probe,lyra,harrow,2026-01-01\n'),
  'software_lists.csv': more(
    'software_lists.csv',
    'quill/2,quill,secret console,2026-04-20\nquill/3,quill,secret console,\nquill/4,quill,secret console,2026-05-01\nquill/5,quill,secret console,2026-05-02\n',
  ),
  'software_components.csv': `list,name,package,version,constraint\n${(poisonedPackage['software_components.csv'] as string)
    .split('\n')
    .slice(1, -1)
    .map((line) => `${line},\n`)
    .join(
      '',
    )}quill/1,hidden-part,pkg:pypi/hidden-part,9.9.9,\nquill/2,litellm,pkg:pypi/litellm,1.83.0,\nquill/3,litellm,pkg:pypi/litellm,,>=1.13\nquill/4,other,pkg:pypi/other,1.0,\nquill/5,pip:litellm,,1.82.7,\n`,
};

beforeAll(async () => {
  await serving.start();
  const json = { 'content-type': 'application/json' };
  const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
  for (const [name, text] of Object.entries(files))
    expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body: text })).status).toBe(200);
  await serving.get('mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }', { id });
  await eventually(async () => {
    const state = await serving.get('query($id: ID!) { import(id: $id) { state failure } }', { id });
    expect(state.import).toEqual({ state: 'COMMITTED', failure: null });
  });
  const save = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } userErrors { message } } }';
  const saved = await serving.get(save, {
    input: {
      name: 'Poisoned litellm',
      discoveredAt: '2026-05-03T00:00:00Z',
      proposal: { advisory: 'MAL-2026-2144', origins: ['quill', 'harrow'] },
    },
  });
  expect(saved.saveIncident.userErrors).toEqual([]);
  incident = saved.saveIncident.incident.id;
});
afterAll(() => serving.stopAndDelete());

const ask =
  'query($incident: ID!, $lab: ID!, $lists: [ID!]) { notificationPack(incident: $incident, lab: $lab, lists: $lists) { markdown } }';
const markdownOf = async (lab: string, lists?: readonly string[] | null): Promise<string> =>
  (await serving.get(ask, { incident, lab, lists })).notificationPack.markdown;
const addressOf = (format: string, lists: readonly string[], lab = 'vega') =>
  `${serving.url}/api/notification-pack.${format}?${new URLSearchParams([['incident', incident], ['lab', lab], ...lists.map((list) => ['lists', list])])}`;
const fileOf = async (format: string, lists: readonly string[], lab = 'vega') => {
  const response = await fetch(addressOf(format, lists, lab));
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new Error(`${format}: ${response.status} ${bytes}`);
  return bytes;
};

const sentences = {
  'quill/1': 'According to its own software list of Mar 24, 2026, 12:30 UTC, it had litellm 1.82.7, which MAL-2026-2144 names.',
  'quill/2': 'According to its own software list of Apr 20, 2026, it had litellm 1.83.0, which MAL-2026-2144 does not name.',
  'quill/3': 'According to its own undated software list, it had litellm >=1.13, which may be a version that MAL-2026-2144 names.',
  'quill/4': 'Its own software list of May 1, 2026 names no litellm.',
  'quill/5': 'According to its own software list of May 2, 2026, it had litellm 1.82.7 (by its name alone), which MAL-2026-2144 names.',
} as const;
const all = Object.keys(sentences);

describe('software lists that a pack quotes', () => {
  it('[G990] a pack says what the ticked lists state of the advisory’s packages, in every format, and nothing else of a list', async () => {
    const quoted = await markdownOf('vega', all);
    const plain = quoted.replaceAll('\\', '');
    for (const sentence of Object.values(sentences)) expect(plain).toContain(`- Quill: ${sentence}\n`);
    expect(plain).not.toMatch(/secret console|hidden-part|quill\/|oci|\.csv/);
    const withoutTime = (text: string) => text.replace(/^Prepared .*$/m, '');
    expect(withoutTime((await fileOf('md', all)).toString())).toBe(withoutTime(quoted));
    const csv = (await fileOf('csv', all)).toString();
    expect(csv.split('\n')[0]?.trim()).toMatch(/,bytes_low,bytes_high,according_to_holder$/);
    for (const sentence of Object.values(sentences)) expect(csv).toContain(sentence);
    const squeezed = sentences['quill/1'].replaceAll(' ', '');
    expect(readPdf(await fileOf('pdf', all)).pages.join('')).toContain(squeezed);
    expect(readDocx(await fileOf('docx', all)).text).toContain(squeezed);

    // Each list is ticked alone; without a tick the pack is as it always was.
    expect(await markdownOf('vega', ['quill/2', 'quill/2'])).not.toContain('1.82.7');
    for (const lists of [undefined, null, []]) expect(await markdownOf('vega', lists)).not.toContain('software list');
    expect((await fileOf('csv', [])).toString().split('\n')[0]).not.toContain('according_to_holder');
  });

  it('[G990] a lab that does not deal with the organization is told nothing of its lists', async () => {
    const lyra = await markdownOf('lyra', ['quill/1', 'harrow/1']);
    expect(lyra.replaceAll('\\', '')).toContain(
      '- Harrow: According to its own software list of Mar 10, 2026, it had litellm 1.82.6, which MAL-2026-2144 does not name.',
    );
    expect(lyra).not.toMatch(/quill/i);
    expect((await fileOf('csv', ['quill/1'], 'lyra')).toString()).not.toMatch(/quill|according_to_holder/i);
  });

  it('[G990] with redact=names the ticks are read as stand-ins, and the quote names nobody', async () => {
    const headers = { 'content-type': 'application/json', 'X-Exposure-Redact': 'names' };
    const post = async (query: string, variables: object) =>
      (await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json();
    const found = await post('{ softwareLists(first: 50) { edges { node { id describedAt } } } }', {});
    const list = found.data.softwareLists.edges.find(
      ({ node }: { node: { describedAt: string } }) => node.describedAt === '2026-03-24T12:30:00Z',
    );
    expect(list.node.id).not.toContain('quill');
    const { data } = await post(ask, { incident, lab: 'vega', lists: [list.node.id] });
    const { markdown } = data.notificationPack;
    expect(markdown.replaceAll('\\', '')).toMatch(
      /- Vendor \d: According to its own software list of Mar 24, 2026, 12:30 UTC, it had litellm 1\.82\.7/,
    );
    expect(markdown).not.toMatch(/quill|vega/i);
  });

  it('[G875] with redact=names, a sentence that tells lists of several subjects apart names none of them', async () => {
    const headers = { 'content-type': 'application/json', 'X-Exposure-Redact': 'names' };
    const query = `{ advisoryMatches(advisory: "MAL-2026-2144") { edges { node { because } } } incident(id: "${incident}") { proposal { matches { because } } } }`;
    const answer = await (await fetch(`${serving.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
    const sentence = /^Its list of hidden of Mar 24, 2026, 12:30 UTC names litellm 1\.82\.7/;
    expect(answer.data.advisoryMatches.edges[0].node.because).toMatch(sentence);
    expect(answer.data.incident.proposal.matches[0].because).toMatch(sentence);
    expect((await serving.get(query)).advisoryMatches.edges[0].node.because).toMatch(/^Its list of proxy of Mar 24/);
    expect(JSON.stringify(answer)).not.toMatch(/secret console/);
  });

  it('[G991] a list of another organization, an unknown one, and an incident without an advisory are refused by name', async () => {
    const refusal = async (lists: readonly string[], of = incident) =>
      (await serving.ask(ask, { incident: of, lab: 'vega', lists })).errors?.[0];
    // Tide is suspected, and has an access fact in place of a list.
    for (const id of ['gone/1', 'a1']) {
      const error = await refusal(['quill/1', id]);
      expect(error?.extensions.code).toBe('BAD_USER_INPUT');
      expect(error?.message).toBe(
        `"${id}" is no software list of an origin or suspected origin of "${incident}". softwareLists(organization: "ID") lists those of one.`,
      );
    }
    const save = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }';
    const { saveIncident } = await serving.get(save, { input: { name: 'By hand', origins: ['quill'] } });
    const other = saveIncident.incident.id;
    expect((await refusal(['quill/1'], other))?.message).toBe(
      `"${other}" was not proposed from an advisory, so its packs quote no software list. Leave the lists out.`,
    );
    const proposed = await serving.get(save, { input: { name: 'Quill alone', proposal: { advisory: 'MAL-2026-2144' } } });
    expect((await refusal(['harrow/1'], proposed.saveIncident.incident.id))?.message).toMatch(
      /^"harrow\/1" is no software list of an origin/,
    );
    expect((await refusal(Array.from({ length: 101 }, (_, i) => `quill/${i}`)))?.message).toBe(
      '101 software lists are to be quoted; expected at most 100.',
    );
    expect((await fetch(addressOf('md', ['gone/1']))).status).toBe(400);
  });

  it('[G991] somebody bound to a lab cannot have a list quoted, and learns of none', async () => {
    await serving.stop();
    const store = await openStore(serving.environment().EXPOSURE_STORE as string);
    const rights = { name: 'bound', role: 'VIEWER', canExport: true, labs: ['vega'], expiresAt: null } as const;
    const token = await new Tokens(store).create(rights, Date.now());
    await store.close();
    await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const post = async (lists: readonly string[]) =>
      (
        await fetch(`${serving.url}/graphql`, {
          ...{ method: 'POST', headers },
          body: JSON.stringify({ query: ask, variables: { incident, lab: 'vega', lists } }),
        })
      ).json();
    const [known, unknown, none] = [await post(['quill/1']), await post(['gone/1']), await post([])];
    expect(known.errors[0].extensions.code).toBe('FORBIDDEN');
    expect(unknown.errors).toEqual(known.errors);
    expect(none.data.notificationPack.markdown).toContain('# Poisoned litellm: what concerns Vega Lab');
    expect((await fetch(addressOf('md', ['quill/1']), { headers })).status).toBe(403);
  });
});
