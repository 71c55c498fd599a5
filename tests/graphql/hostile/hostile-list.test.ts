import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

interface Hostile {
  readonly path?: string;
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

const times = (count: number, part: (i: number) => string) => Array.from({ length: count }, (_, i) => part(i)).join('');
const query = (text: string, variables?: unknown, more: object = {}): Hostile => ({
  body: JSON.stringify({ query: text, variables, ...more }),
});
const packed = (text: string, encoding: string, pack: (bytes: Buffer) => Buffer): Hostile => ({
  body: new Uint8Array(pack(Buffer.from(text))),
  headers: { 'content-encoding': encoding },
});
const bytes = (...values: number[]): Hostile => ({ body: new Uint8Array(values) });
const radius = 'query($i: BlastRadiusInput!) { blastRadius(input: $i) { revision } }';
const origins = (more: object) => query(radius, { i: { origins: ['vendor'], ...more } });
const get = (path: string): Hostile => ({ path, method: 'GET' });
const org = 'organization(id: "vendor")';

/** Requests that the server refuses before it does any of the work that they ask for. */
const refused: Readonly<Record<string, Hostile>> = {
  // Shapes of queries
  'nested 25 deep': query(`{ ${org} ${times(25, () => '{ clients { edges { node { client ')} { id } ${times(25, () => '} } } }')} }`),
  'nested 1,000 deep': query(`{ ${times(1000, () => 'organization { ')} id ${times(1000, () => '} ')} }`),
  'ten thousand opening braces': query('{'.repeat(10_000)),
  '3,001 fields': query(`{ ${org} { ${'id '.repeat(3001)} } }`),
  '101 aliases': query(`{ ${times(101, (i) => `a${i}: revision `)} }`),
  '101 aliases in fragments': query(`{ ...f } fragment f on Query { ${times(101, (i) => `a${i}: revision `)} }`),
  'a fragment of itself': query('{ ...f } fragment f on Query { ...f }'),
  'a circle of two fragments': query('{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }'),
  'a circle of 100 fragments': query(`{ ...f0 } ${times(100, (i) => `fragment f${i} on Query { ...f${(i + 1) % 100} } `)}`),
  'fragments that double thirty times': query(
    `{ ${org} { ...f0 } } ${times(30, (i) => `fragment f${i} on Organization { a: clients(first: 2) { edges { node { client { ...f${i + 1} } } } } b: clients(first: 2) { edges { node { client { ...f${i + 1} } } } } } `)} fragment f30 on Organization { id }`,
  ),
  '500 unused fragments': query(`{ revision } ${times(500, (i) => `fragment f${i} on Query { revision } `)}`),
  'an unknown fragment': query('{ ...nothing }'),
  'a fragment on another type': query('{ revision ... on Organization { id } }'),
  '1,000 directives on a field': query(`{ revision ${'@skip(if: false) '.repeat(1000)} }`),
  'an unknown directive': query('{ revision @nothing }'),
  'a directive without its argument': query('{ revision @skip }'),
  '500 unused variables': query(`query(${times(500, (i) => `$v${i}: Int `)}) { revision }`),
  'a variable twice': query('query($a: Int, $a: Int) { revision }'),
  'a variable of an unknown type': query('query($a: Nothing) { revision }'),
  'a variable of an output type': query('query($a: Organization) { revision }'),
  'an undeclared variable': query('{ organization(id: $a) { id } }'),
  'a wrong default': query('query($a: Int = "x") { organizations(first: $a) { totalCount } }'),
  'two operations without names': query('{ revision } { revision }'),
  'two operations of one name': query('query a { revision } query a { revision }'),
  'an operation that is not there': query('query a { revision }', undefined, { operationName: 'b' }),
  'two operations and no choice': query('query a { revision } query b { revision }'),
  'a schema definition': query('type Query { a: Int }'),
  'an empty query': query(''),
  'only spaces': query('   '),
  'only a comment': query('# nothing'),
  'an unterminated text': query('{ organization(id: "x'),
  'an unterminated block': query('{ organization(id: """x'),
  'a bad escape': query('{ organization(id: "\\q") { id } }'),
  'a lone surrogate in an escape': query('{ organization(id: "\\uD800") { id } }'),
  'a NUL': query('{ revision \u0000 }'),
  'an emoji as a name': query('{ \u{1F600} }'),
  'a number that never ends': query(`{ organizations(first: ${'9'.repeat(5000)}) { totalCount } }`),
  'an exponent that overflows': query('{ organizations(first: 1e400) { totalCount } }'),
  'a field that is not there': query('{ nothing }'),
  'a field of a scalar': query('{ revision { id } }'),
  'an object without fields': query(`{ ${org} }`),
  'one name for two fields': query('{ a: revision a: about { version } }'),
  'a slow regex as a name': query(`{ ${'a'.repeat(50_000)}! }`),
  'deep introspection': query(
    `{ __schema { types { fields { type ${times(30, () => '{ ofType ')} { name } ${times(30, () => '} ')} } } } }`,
  ),
  'a million fields': query(
    '{ organizations(first: 500) { edges { node { clients(first: 500) { edges { node { client { clients(first: 500) { totalCount edges { node { id } } } } } } } } } } }',
  ),
  // Variables
  'variables as a list': query('{ revision }', []),
  'variables as a text': query('{ revision }', 'x'),
  'a query that is a number': { body: '{"query":1}' },
  'a query that is a list': { body: '{"query":["{ revision }"]}' },
  'a query that is an object': { body: '{"query":{"a":1}}' },
  'an operation name that is a number': query('{ revision }', undefined, { operationName: 5 }),
  'extensions as a text': query('{ revision }', undefined, { extensions: 'x' }),
  'no variable where one is needed': query(radius),
  'null where a value is needed': query(radius, { i: null }),
  'a list for an object': query(radius, { i: [] }),
  'a text for an object': query(radius, { i: 'x' }),
  'an unknown field of an input': origins({ nothing: 1 }),
  '60 unknown fields of an input': origins(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, i]))),
  'a field named __proto__': { body: `{"query":${JSON.stringify(radius)},"variables":{"i":{"origins":["vendor"],"__proto__":{"a":1}}}}` },
  'an object for an id': origins({ origins: [{}] }),
  'a list for an id': origins({ origins: [['vendor']] }),
  'true for an id': origins({ origins: [true] }),
  'a fraction for a whole number': origins({ options: { maxHops: 1.5 } }),
  'a text for a number': origins({ options: { maxHops: '3' } }),
  'a number beyond 32 bits': origins({ options: { maxHops: 2 ** 40 } }),
  'a month 13': origins({ core: { from: '2026-13-01', to: '2026-13-02' } }),
  'a date of a million digits': origins({ core: { from: '1'.repeat(1_000_000), to: '2026-01-01' } }),
  'a number for a date': origins({ core: { from: 1, to: 2 } }),
  'a value that an enum lacks': query('{ organizations(roles: [KING]) { totalCount } }'),
  'a text for an enum': query('query($r: [OrganizationRole!]) { organizations(roles: $r) { totalCount } }', { r: [{}] }),
  'both of a oneOf': query('{ neighborhood(of: [{ organization: "vendor", artifact: "guide" }]) { nodes { __typename } } }'),
  'none of a oneOf': query('{ neighborhood(of: [{}]) { nodes { __typename } } }'),
  // Bodies
  'a batch': { body: '[{"query":"{ revision }"},{"query":"{ revision }"}]' },
  'a batch of a thousand': { body: `[${'{"query":"{ revision }"},'.repeat(999)}{"query":"{ revision }"}]` },
  'an empty batch': { body: '[]' },
  null: { body: 'null' },
  'a number': { body: '5' },
  'a text': { body: '"{ revision }"' },
  'no body': { body: '' },
  'half a body': { body: '{"query":"{ revi' },
  'JSON with a comment': { body: '{"query":"{ revision }" /* */}' },
  'JSON with NaN': { body: '{"query":"{ revision }","variables":{"a":NaN}}' },
  XML: { body: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
  'a thousand nested lists': { body: `${'['.repeat(1000)}${']'.repeat(1000)}` },
  'a million numbers': { body: `[${'1,'.repeat(1_000_001)}1]` },
  'bytes that are not UTF-8': bytes(0x7b, 0xff, 0xfe, 0x7d),
  'an overlong slash': bytes(0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d),
  'UTF-16': { body: new Uint8Array(Buffer.from('{"query":"{ revision }"}', 'utf16le')) },
  'another charset': { body: '{"query":"{ revision }"}', headers: { 'content-type': 'application/json; charset=utf-16' } },
  'a form': { body: 'query={revision}', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  'plain text': { body: '{"query":"{ revision }"}', headers: { 'content-type': 'text/plain' } },
  'a multipart form': { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  'a content type that is none': { body: '{"query":"{ revision }"}', headers: { 'content-type': 'x' } },
  'an answer type that we lack': { body: '{"query":"{ revision }"}', headers: { accept: 'image/png' } },
  'gzip that is none': { body: '{"query":"{ revision }"}', headers: { 'content-encoding': 'gzip' } },
  'an unknown encoding': { body: '{"query":"{ revision }"}', headers: { 'content-encoding': 'zstd-x' } },
  'two encodings': packed('{"query":"{ revision }"}', 'gzip, gzip', gzipSync),
  'a gzip bomb': packed(`{"a":"${'a'.repeat(60_000_000)}"}`, 'gzip', gzipSync),
  'a deflate bomb': packed(`{"a":"${'a'.repeat(60_000_000)}"}`, 'deflate', deflateSync),
  'a brotli bomb': packed(`{"a":"${'a'.repeat(60_000_000)}"}`, 'br', brotliCompressSync),
  'half a gzip': { body: new Uint8Array(gzipSync('{"query":"{ revision }"}').subarray(0, 20)), headers: { 'content-encoding': 'gzip' } },
  // Methods and addresses
  'a GET without a query': get('/graphql'),
  'a GET of a mutation': get('/graphql?query=mutation{deleteNote(input:{id:"x"}){userErrors{code}}}'),
  'a GET with wrong variables': get('/graphql?query={revision}&variables={'),
  'a GET from a page': get('/graphql?query={revision}'),
  'a PUT': { method: 'PUT', body: '{"query":"{ revision }"}' },
  'a DELETE': { method: 'DELETE' },
  'an unknown export': get('/api/everything.csv'),
  'an unknown parameter': get('/api/ranking.csv?nothing=1'),
  'a parameter twice': get('/api/blast-radius.csv?origins=vendor&maxHops=1&maxHops=2'),
  'a parameter named __proto__': get('/api/ranking.csv?__proto__=1'),
  'a wrong number': get('/api/blast-radius.csv?origins=vendor&maxHops=-1'),
  'a thousand and one origins': get(`/api/blast-radius.csv?${times(1001, (i) => `origins=o${i}&`)}`),
  'a wrong date': get('/api/findings.csv?asOf=yesterday'),
  'a wrong choice': get('/api/ranking.csv?orderBy=LUCK'),
  'bad percent signs': get('/api/imports/%E0%A4%A/rejections.csv'),
  'a way up': get('/api/imports/..%2f..%2fetc/rejections.csv'),
  'a NUL in an address': get('/api/imports/%00/rejections.csv'),
  'a file named as a way up': { path: '/api/imports/x/files/..%2fa.csv', method: 'PUT', body: 'id,name' },
  'a draft that is a list': { path: '/api/imports', body: '[]' },
  'a draft with unknown fields': { path: '/api/imports', body: '{"admin":true}' },
  'a draft as a form': { path: '/api/imports', body: 'source=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  'another host': { headers: { 'sec-fetch-site': 'cross-site' }, body: '{"query":"{ revision }"}' },
  'another origin': { headers: { origin: 'https://evil.example' }, body: '{"query":"{ revision }"}' },
  'the origin null': { headers: { origin: 'null' }, body: '{"query":"{ revision }"}' },
  'a wrong redaction': { headers: { 'x-exposure-redact': 'everything' }, body: '{"query":"{ revision }"}' },
};

/** Questions that are well formed, and ask for something that a field refuses. */
const answered: Readonly<Record<string, Hostile>> = {
  'a subscription': query('subscription { revision }'),
  'a persisted query': { body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } }) },
  'a page of -1': query('{ organizations(first: -1) { totalCount } }'),
  'a page of a billion': query('{ organizations(first: 1000000000) { totalCount } }'),
  'a forged cursor': query('{ organizations(after: "x") { totalCount } }'),
  'a cursor of a megabyte': query('query($a: String) { organizations(after: $a) { totalCount } }', { a: 'x'.repeat(1_000_000) }),
  'a cursor with an offset below 0': query(
    `{ organizations(after: "${Buffer.from('Query.organizations x 1 -5').toString('base64url')}") { totalCount } }`,
  ),
  'a cursor of another list': query(
    `{ organizations(after: "${Buffer.from('Query.artifacts x 1 5').toString('base64url')}") { totalCount } }`,
  ),
  '1,001 origins': origins({ origins: Array.from({ length: 1001 }, (_, i) => `o${i}`) }),
  'no origin': origins({ origins: [] }),
  'an unknown origin': origins({ origins: ['nobody'] }),
  'a window that ends before it starts': origins({ core: { from: '2026-02-01', to: '2026-01-01' } }),
  'a likelihood of 2': origins({ options: { transferLikelihood: 2 } }),
  'a search for nothing': query('{ search(text: "") { score } }'),
  'a search for 201 characters': query(`{ search(text: "${'x'.repeat(201)}") { score } }`),
  'null in a oneOf': query('query($a: ID) { neighborhood(of: [{ organization: $a }]) { nodes { __typename } } }', { a: null }),
};

async function send({ path = '/graphql', method = 'POST', body, headers }: Hostile) {
  const response = await fetch(serving.url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  expect(text.length).toBeLessThan(50_000);
  const { errors } = JSON.parse(text) as { errors?: readonly { message: string; extensions: { code: string } }[] };
  return { status: response.status, codes: (errors ?? []).map(({ extensions }) => extensions.code) };
}

describe('a hostile request', () => {
  it.each(Object.entries(refused))('[G270] with %s is refused as JSON with a 4xx', async (_, hostile) => {
    const { status, codes } = await send(hostile);
    expect([Math.floor(status / 100), codes.length > 0]).toEqual([4, true]);
    expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
  });

  it.each(Object.entries(answered))('[G270] with %s gets an error that says what was expected', async (_, hostile) => {
    const { status, codes } = await send(hostile);
    expect(status).toBeLessThan(500);
    expect(codes.filter((code) => !['BAD_USER_INPUT', 'NOT_FOUND', 'LIMIT_EXCEEDED', 'BAD_REQUEST'].includes(code))).toEqual([]);
    expect(codes).not.toEqual([]);
  });

  it('[G270] leaves the server as it was', async () => {
    expect(Object.keys({ ...refused, ...answered }).length).toBeGreaterThanOrEqual(119);
    expect(await serving.get('{ revision }')).toEqual({ revision: 1 });
  });
});
