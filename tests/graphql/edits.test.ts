import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const put =
  'mutation($input: PutFactsInput!) { putFacts(input: $input) { revision created updated unchanged userErrors { code message path } } }';
const retract =
  'mutation($input: RetractFactsInput!) { retractFacts(input: $input) { revision retracted userErrors { code message path } } }';

describe('edits', () => {
  it('[G14] the same facts again change nothing, and the revision stays', async () => {
    const { revision } = await serving.get('{ revision }');
    const { putFacts } = await serving.get(put, { input: smallWorld });
    expect(putFacts).toEqual({ revision, created: 0, updated: 0, unchanged: 19, userErrors: [] });
  });

  it('[G15] an edit sets all fields, the next question sees it, and its history has before and after', async () => {
    const before = await serving.get('{ revision }');
    const { putFacts } = await serving.get(put, {
      input: {
        transfers: [{ id: 't-2', artifact: 'guide', sender: 'vendor', recipient: 'sub', channel: 'mail', source: 'Call of the vendor' }],
      },
    });
    expect(putFacts).toMatchObject({ revision: before.revision + 1, updated: 1, created: 0, userErrors: [] });
    const { transfer } = await serving.get('{ transfer(id: "t-2") { sentAt portion channel provenance { assertedBy } } }');
    expect(transfer).toEqual({ sentAt: null, portion: 1, channel: 'mail', provenance: { assertedBy: 'local' } });
    const { history } = await serving.get(
      '{ history(of: { transfer: "t-2" }) { edges { node { kind factKind factId revision by at source import { id } fields { field before after } } } } }',
    );
    expect(history.edges).toHaveLength(2);
    const latest = history.edges[0].node;
    expect(latest).toMatchObject({
      kind: 'UPDATED',
      factKind: 'TRANSFER',
      factId: 't-2',
      revision: before.revision + 1,
      by: 'local',
      source: 'Call of the vendor',
      import: null,
    });
    expect(latest.fields).toEqual(
      expect.arrayContaining([
        { field: 'sentAt', before: '2025-03-01T00:00:00Z', after: null },
        { field: 'portion', before: '0.1', after: '1' },
        { field: 'channel', before: null, after: 'mail' },
      ]),
    );
    expect((await serving.get(`{ history(sinceRevision: ${before.revision}) { totalCount } }`)).history.totalCount).toBe(1);
  });

  it('[G16] correctable errors come as userErrors with the path of the field, and nothing is written', async () => {
    const before = await serving.get('{ revision counts { transfers } }');
    const { putFacts } = await serving.get(put, {
      input: {
        organizations: [{ id: 'fine', name: 'Fine', roles: ['VENDOR'] }],
        artifacts: [{ id: 'odd', name: 'Odd', type: 'OTHER', owner: 'vendor', sensitivity: 9 }],
        transfers: [{ id: 'bad', artifact: 'guide', sender: 'vendor', recipient: 'nobody', portion: -1 }],
      },
    });
    expect(putFacts).toMatchObject({ created: 0, updated: 0, unchanged: 0 });
    const paths = putFacts.userErrors.map(({ path }: { path: string[] }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['artifacts.0.sensitivity', 'transfers.0.portion']));
    for (const { message } of putFacts.userErrors) expect(message.length).toBeGreaterThan(20);
    expect(await serving.get('{ revision counts { transfers } }')).toEqual(before);
    expect(await serving.get('{ organization(id: "fine") { id } }')).toEqual({ organization: null });
  });

  it('[G16] one fact twice in one edit, and a text that is not valid Unicode, are user errors', async () => {
    const { putFacts } = await serving.get(put, {
      input: {
        organizations: [
          { id: 'twice', name: 'One', roles: ['VENDOR'] },
          { id: 'twice', name: 'Two', roles: ['VENDOR'] },
          { id: 'half', name: 'Half \ud800', roles: ['VENDOR'] },
        ],
        reveals: [{ artifact: 'guide\ud800', reveals: 'eval', degree: 0.5 }],
      },
    });
    expect(putFacts.userErrors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'organizations.1',
      'organizations.2.name',
      'reveals.0.artifact',
    ]);
  });

  it('[G17] ids that look like other values are kept unchanged', async () => {
    const ids = ['__proto__', 'constructor', ' spaced ', 'a/b%2F', '😀', 'Ａ'];
    await serving.put({ organizations: ids.map((id) => ({ id, name: id, roles: ['VENDOR'] })) });
    for (const id of ids) {
      expect(await serving.get('query($id: ID!) { organization(id: $id) { id name } }', { id })).toEqual({
        organization: { id, name: id },
      });
    }
    await serving.put({ controls: [{ organization: 'a/b%2F', control: '__proto__', evidenceType: 'TESTED' }] });
    const { history } = await serving.get('{ history(of: { control: { organization: "a/b%2F", control: "__proto__" } }) { totalCount } }');
    expect(history.totalCount).toBe(1);
    const { retractFacts } = await serving.get(retract, {
      input: { organizations: ids, controls: [{ organization: 'a/b%2F', control: '__proto__' }] },
    });
    expect(retractFacts).toMatchObject({ retracted: ids.length + 1, userErrors: [] });
  });

  it('[G18] a fact that others name cannot be retracted before them; it can be retracted with them, and restored', async () => {
    const refused = await serving.get(retract, { input: { organizations: ['lab-b'] } });
    expect(refused.retractFacts).toMatchObject({ retracted: 0, userErrors: [{ code: 'STILL_NAMED', path: ['organizations', '0'] }] });
    const unknown = await serving.get(retract, { input: { organizations: ['nobody'] } });
    expect(unknown.retractFacts).toMatchObject({ retracted: 0, userErrors: [{ code: 'UNKNOWN_FACT', path: ['organizations', '0'] }] });
    const question = '{ artifact(id: "eval") { name copies { edges { node { id } } } } organization(id: "lab-b") { id } }';
    const before = await serving.get(question);
    const gone = await serving.get(retract, { input: { organizations: ['lab-b'], artifacts: ['eval'], transfers: ['t-3'] } });
    expect(gone.retractFacts).toMatchObject({ retracted: 3, userErrors: [] });
    expect(await serving.get(question)).toEqual({ artifact: null, organization: null });
    await serving.put(smallWorld);
    expect(await serving.get(question)).toEqual(before);
    const { history } = await serving.get('{ history(of: { artifact: "eval" }) { edges { node { kind } } } }');
    expect(history.edges.map(({ node }: { node: { kind: string } }) => node.kind)).toEqual(['CREATED', 'RETRACTED', 'CREATED']);
  });

  it('[G19] an edit based on an older revision of its fact is a conflict', async () => {
    const { revision } = await serving.get('{ revision }');
    const organizations = [{ id: 'tool', name: 'Tool 2', roles: ['TOOL_PROVIDER'] }];
    await serving.put({ ifRevision: revision, organizations });
    expect(await serving.codeOf(put, { input: { ifRevision: revision, organizations: [{ ...organizations[0], name: 'Tool 3' }] } })).toBe(
      'CONFLICT',
    );
    await serving.put({ ifRevision: revision, organizations: [{ id: 'sub', name: '@Sub', roles: ['SUBCONTRACTOR'], country: 'PH' }] });
  });

  it('[G20] more than 10,000 facts are refused, and an empty edit changes nothing', async () => {
    const organizations = Array.from({ length: 10_001 }, (_, i) => ({ id: `o-${i}`, name: 'x', roles: ['VENDOR'] }));
    expect(await serving.codeOf(put, { input: { organizations } })).toBe('BAD_USER_INPUT');
    const { revision } = await serving.get('{ revision }');
    expect((await serving.get(put, { input: {} })).putFacts).toEqual({ revision, created: 0, updated: 0, unchanged: 0, userErrors: [] });
  });

  it('[G21] a radius over the facts known at an instant is answered as of that instant', async () => {
    const { revision } = await serving.get('{ revision }');
    const knownAt = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await serving.get(retract, { input: { access: ['a-1'] } });
    const query =
      'query($input: BlastRadiusInput!) { blastRadius(input: $input) { revision knownAt core { from } summary { reachedCount } reached { edges { node { organization { id attributes { name } } } } } } }';
    const now = await serving.get(query, { input: { origins: ['tool'] } });
    const then = await serving.get(query, { input: { origins: ['tool'], knownAt } });
    expect(now.blastRadius).toMatchObject({ revision: revision + 1, knownAt: null, summary: { reachedCount: 1 } });
    expect(then.blastRadius).toMatchObject({ revision, knownAt, core: { from: knownAt }, summary: { reachedCount: 2 } });
  });
});
