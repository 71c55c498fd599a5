import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const radius = 'query($input: BlastRadiusInput!) { blastRadius(input: $input) { revision } }';
const window = (from: string, to: string) => ({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` });

describe('bad input', () => {
  it.each([
    ['an origin that does not exist', { origins: ['nobody'] }, 'NOT_FOUND', /nobody/],
    ['no origin', { origins: [] }, 'BAD_USER_INPUT', /origin/],
    ['10,000 origins', { origins: Array.from({ length: 10_000 }, (_, i) => `o-${i}`) }, 'BAD_USER_INPUT', /10,000/],
    [
      'a window that ends before it starts',
      { origins: ['vendor'], core: window('2025-02-02', '2025-02-01') },
      'BAD_USER_INPUT',
      /before it starts/,
    ],
    [
      'a core outside the widest',
      { origins: ['vendor'], core: window('2025-01-01', '2025-02-01'), widest: window('2025-01-02', '2025-03-01') },
      'BAD_USER_INPUT',
      /outside the widest/,
    ],
    ['an incident that does not exist', { incident: 'gone' }, 'NOT_FOUND', /gone/],
    ['an incident without an id', { incident: '', origins: ['vendor'] }, 'NOT_FOUND', /no incident ""/],
    ['more hops than are allowed', { origins: ['vendor'], options: { maxHops: 11 } }, 'BAD_USER_INPUT', /maxHops is 11/],
    ['a likelihood above 1', { origins: ['vendor'], options: { transferLikelihood: 1.5 } }, 'BAD_USER_INPUT', /1\.5/],
    ['a plain date for an instant', { origins: ['vendor'], knownAt: '2025-01-01' }, 'BAD_USER_INPUT', /RFC 3339/],
    [
      'a scope that names an unknown artifact',
      { origins: ['vendor'], scope: [{ origin: 'vendor', artifacts: ['nothing'] }] },
      'NOT_FOUND',
      /nothing/,
    ],
  ])('[G9] a radius with %s is refused with a sentence', async (_, input, code, message) => {
    const { errors } = await serving.ask(radius, { input });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({ code });
    expect(errors?.[0]?.message).toMatch(message);
  });

  it.each([
    ['a page of 10 million', '{ organizations(first: 10000000) { totalCount } }', 'BAD_USER_INPUT'],
    ['a page of less than nothing', '{ organizations(first: -1) { totalCount } }', 'BAD_USER_INPUT'],
    [
      '101 ways',
      '{ blastRadius(input: { origins: ["vendor"] }) { artifacts(first: 1) { edges { node { ways(first: 101) { because } } } } } }',
      'BAD_USER_INPUT',
    ],
    ['9 buckets', '{ blastRadius(input: { origins: ["vendor"] }) { timeline(buckets: 9) { from } } }', 'BAD_USER_INPUT'],
    ['no nodes', '{ neighborhood(of: []) { omittedCount } }', 'BAD_USER_INPUT'],
    ['an unknown node', '{ neighborhood(of: [{ organization: "nobody" }]) { omittedCount } }', 'NOT_FOUND'],
    ['an empty search', '{ search(text: "") { score } }', 'BAD_USER_INPUT'],
    ['a history of two scopes', '{ history(of: { organization: "vendor" }, sinceRevision: 1) { totalCount } }', 'BAD_USER_INPUT'],
    [
      'a list nested into millions of fields',
      '{ organizations(first: 500) { edges { node { copies(first: 500) { edges { node { artifact { copies(first: 500) { totalCount edges { node { id } } } } } } } } } } }',
      'LIMIT_EXCEEDED',
    ],
    ['150 aliases', `{ ${Array.from({ length: 150 }, (_, i) => `a${i}: revision`).join(' ')} }`, 'LIMIT_EXCEEDED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a syntax error', '{ revision', 'GRAPHQL_PARSE_FAILED'],
  ])('[G10] %s is refused', async (_, query, code) => {
    expect(await serving.codeOf(query)).toBe(code);
  });

  it.each([100, 1000, 100_000])('[G10] a query nested %d deep is refused before it is run', async (depth) => {
    const nested = `{ organization(id: "lab-a") { ${'artifacts { edges { node { owner { '.repeat(depth / 4)} id ${'} } } }'.repeat(depth / 4)} } }`;
    expect(await serving.codeOf(nested)).toBe('LIMIT_EXCEEDED');
  });

  it('[G11] a null inside a oneOf is bad input, in any kind of variable', async () => {
    const inVariable = 'query($id: ID) { neighborhood(of: [{ organization: $id }]) { omittedCount } }';
    expect(await serving.codeOf(inVariable, { id: null })).toBe('BAD_USER_INPUT');
    expect(
      await serving.codeOf('query($of: [NodeRef!]!) { neighborhood(of: $of) { omittedCount } }', { of: [{ organization: null }] }),
    ).toBe('BAD_USER_INPUT');
    expect(
      await serving.codeOf('query($of: [NodeRef!]!) { neighborhood(of: $of) { omittedCount } }', {
        of: [{ organization: 'a', artifact: 'b' }],
      }),
    ).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf('{ history(of: { artifact: null }) { totalCount } }')).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('[G12] an internal error reveals no internals', async () => {
    const { errors } = await serving.ask(
      '{ copies(possiblyLiveAt: "9999-12-31T23:59:59Z", first: 1) { edges { node { id } } } about { version } }',
    );
    expect(errors).toBeUndefined();
    for (const body of ['{"query": "{ revision }"', '[]', '{}', '{"query": 5}']) {
      const response = await fetch(`${serving.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(response.status).toBe(400);
      const text = await response.text();
      expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_REQUEST');
      expect(text).not.toMatch(/node_modules|at .*\.ts/);
    }
  });

  it('[G145] a client error never appears as a server error, and its message is short', async () => {
    const post = async (body: object) => {
      const response = await fetch(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
      return { status: response.status, codes: [...new Set(errors.map(({ extensions }) => extensions.code))], errors };
    };
    const deep = await post({ query: `{ ${Array.from({ length: 101 }, (_, i) => `a${i}: revision`).join(' ')} }` });
    expect(deep).toMatchObject({ status: 422, codes: ['LIMIT_EXCEEDED'] });
    const persisted = await post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } });
    expect(persisted.codes).toEqual(['BAD_REQUEST']);
    const input = { origins: ['a'], ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, 'x'.repeat(5000)])) };
    const wrong = await post({ query: 'query($i: BlastRadiusInput!) { blastRadius(input: $i) { revision } }', variables: { i: input } });
    expect(wrong).toMatchObject({ status: 400, codes: ['BAD_USER_INPUT'] });
    expect(Math.max(...wrong.errors.map(({ message }) => message.length))).toBeLessThanOrEqual(1001);
  });

  it('[G13] an unknown address gets an error in JSON', async () => {
    const missing = await fetch(`${serving.url}/api/nothing`);
    expect([missing.status, (await missing.json()).errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
    const asset = await fetch(`${serving.url}/assets/nothing.js`);
    expect([asset.status, (await asset.json()).errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
    const broken = await fetch(`${serving.url}/%`);
    expect([broken.status, (await broken.json()).errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
    const large = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: ' '.repeat(9_000_000) }),
    });
    expect([large.status, (await large.json()).errors[0].extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });
});
