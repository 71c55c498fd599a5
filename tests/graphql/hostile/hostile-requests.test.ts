import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const query = 'query($i: BlastRadiusInput!) { blastRadius(input: $i) { revision } }';

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const { errors } = JSON.parse(text) as { errors?: { message: string; extensions: { code: string } }[] };
  return { status: response.status, length: text.length, errors: errors ?? [], codes: [...new Set(errors?.map((e) => e.extensions.code))] };
}

const packed = (body: string) => post(new Uint8Array(gzipSync(body)), { 'content-encoding': 'gzip' });

describe('a hostile request', () => {
  it('[G146] with 60 wrong fields and seven million characters gets at most 10 errors and 20 kB', async () => {
    const i = { origins: ['a'.repeat(7_000_000)], ...Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`k${k}`, 1])) };
    const before = process.memoryUsage().rss;
    const { status, length, errors, codes } = await packed(JSON.stringify({ query, variables: { i } }));
    expect({ status, codes }).toEqual({ status: 400, codes: ['BAD_USER_INPUT'] });
    expect(errors.length).toBeLessThanOrEqual(10);
    expect(length).toBeLessThan(20_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  it('[G146] with many wrong values in a list gets at most 10 errors', async () => {
    const { errors } = await post(JSON.stringify({ query, variables: { i: { origins: Array.from({ length: 40 }, () => ({})) } } }));
    expect(errors.length).toBeGreaterThan(1);
    expect(errors.length).toBeLessThanOrEqual(10);
  });

  it('[G146] with long valid variables gets them unchanged', async () => {
    const text = 'x'.repeat(5000);
    const write = 'mutation($i: PutFactsInput!) { putFacts(input: $i) { created userErrors { message } } }';
    const organizations = [{ id: 'noted', name: 'Noted', roles: ['VENDOR'], attributes: [{ name: 'note', value: text }] }];
    expect(await serving.get(write, { i: { organizations } })).toEqual({ putFacts: { created: 1, userErrors: [] } });
    const { organization } = await serving.get('{ organization(id: "noted") { attributes { value } } }');
    expect(organization.attributes[0].value).toBe(text);
  });

  it.each([
    ['nested 65 deep', `{"query":"{ revision }","variables":{"x":${'['.repeat(63)}${']'.repeat(63)}}}`],
    ['nested a million deep', `${'['.repeat(1_000_000)}`],
    [
      'of a million values',
      `{"query":"{ revision }","variables":{"x":[${'[0],'.repeat(99_000).repeat(6)}0],${'"y":[0],'.repeat(90_000)}"z":0}}`,
    ],
    ['with a query of 100,001 characters', JSON.stringify({ query: `{ revision }${' '.repeat(100_000)}` })],
  ])('[G147] %s is refused before it is parsed', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 422, codes: ['LIMIT_EXCEEDED'] });
  });

  it.each([
    ['a variable', '{"query":"{ revision }","variables":{"o":[IDS'],
    ['a field of a variable', '{"query":"{ revision }","variables":{"i":{"name":"x","origins":[IDS'],
    ['fields', '{"query":"{ revision }","variables":{FIELDS'],
  ])('[G441] with 900,000 origins as %s is refused before it is parsed: it is not even JSON', async (_, body) => {
    const ids = '"abcde",'.repeat(900_000);
    const sent = body.replace('IDS', ids).replace('FIELDS', ids.replaceAll(',', ':1,').slice(0, 7_000_000));
    expect(await post(sent)).toMatchObject({ status: 422, codes: ['LIMIT_EXCEEDED'] });
    expect(await packed(sent)).toMatchObject({ status: 422, codes: ['LIMIT_EXCEEDED'] });
  });

  it('[G442] with 900,000 origins in an address is answered in JSON before they are read', async () => {
    const { hostname, port } = new URL(serving.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    // The rest cannot be sent once the server has refused.
    socket.on('error', () => undefined);
    const isOver = once(socket, 'close');
    socket.write(`GET /api/blast-radius.csv?${'origins=abcde&'.repeat(3000)}`);
    await isOver;
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] as string).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    const wrong = connect(Number(port), hostname);
    wrong.end('nonsense\r\n\r\n');
    expect(String((await once(wrong, 'data'))[0])).toMatch(/^HTTP\/1.1 400 .*"BAD_REQUEST"/s);
  });

  it('[G441] with 100,000 origins gets the sentence of the limit, and nothing looks them up', async () => {
    const origins = Array.from({ length: 99_999 }, (_, i) => `nobody ${i}`);
    expect(await serving.ask(query, { i: { origins } })).toMatchObject({
      errors: [{ message: '99,999 origins are named; expected 1 to 1,000 organizations.' }],
    });
    const save = 'mutation($i: SaveIncidentInput!) { saveIncident(input: $i) { userErrors { path message } } }';
    expect((await serving.get(save, { i: { name: 'Many', origins } })).saveIncident.userErrors).toEqual([
      { path: ['origins'], message: 'The incident has 99,999 origins; expected 1 to 1,000 organizations.' },
    ]);
  });

  it('[G147] brackets in texts do not count, and 64 levels are enough', async () => {
    const nested = `${'['.repeat(62)}"${'[\\"'.repeat(500)}"${']'.repeat(62)}`;
    expect(await post(`{"query":"{ revision }","variables":{"x":${nested}}}`)).toMatchObject({ status: 200, errors: [] });
  });

  it('[G147] is measured after decompression: 8 MB', async () => {
    expect(await packed(JSON.stringify({ query: '{ revision }', variables: { x: 'a'.repeat(9_000_000) } }))).toMatchObject({
      status: 413,
      codes: ['PAYLOAD_TOO_LARGE'],
    });
  });

  it('[G148] names at most 1,000 entries of a scope, and 10,000 items in them', async () => {
    const many = { origins: ['vendor'], scope: Array.from({ length: 50_000 }, () => ({ origin: 'vendor' })) };
    const wide = { origins: ['vendor'], scope: [{ origin: 'vendor', channels: Array.from({ length: 10_001 }, () => 'email') }] };
    const save = 'mutation($i: SaveIncidentInput!) { saveIncident(input: $i) { incident { id } } }';
    for (const i of [many, wide]) {
      expect(await serving.codeOf(query, { i })).toBe('LIMIT_EXCEEDED');
      expect(await serving.codeOf(save, { i: { name: 'Scoped', ...i } })).toBe('LIMIT_EXCEEDED');
    }
  });

  it('[G149] a control named __proto__ is listed, drawn and exported like any other', async () => {
    await serving.put({ controls: [{ organization: 'vendor', control: '__proto__', evidenceType: 'TESTED' }] });
    const { organization, findings } = await serving.get(
      '{ organization(id: "vendor") { controls { edges { node { control evidenceType } } } } findings { totalCount } }',
    );
    expect(organization.controls.edges).toContainEqual({ node: { control: '__proto__', evidenceType: 'TESTED' } });
    expect(findings.totalCount).toEqual(expect.any(Number));
    const { blastRadius, neighborhood } = await serving.get(
      '{ blastRadius(input: { origins: ["vendor"] }) { subgraph { nodes { node { organization { id } } } } } neighborhood(of: [{ organization: "vendor" }]) { nodes { organization { id } } } }',
    );
    expect(blastRadius.subgraph.nodes).toContainEqual({ node: { organization: { id: 'vendor' } } });
    expect(neighborhood.nodes).toContainEqual({ organization: { id: 'vendor' } });
    const gaps = await fetch(`${serving.url}/api/control-gaps.json`);
    expect(gaps.status).toBe(200);
  });

  it.each(['n', 'toString', 'constructor', '__proto__'])(
    '[G374] a page size that is the default of a variable $%s counts',
    async (name) => {
      const page = `first: $${name}`;
      const wide = `query($${name}: Int = 500) { organizations(${page}) { edges { node { sent(${page}) { edges { node { id channel portion form } } } } } } }`;
      expect(await serving.codeOf(wide)).toBe('LIMIT_EXCEEDED');
      const { errors } = await serving.ask(wide, JSON.parse(`{"${name}":50}`));
      expect(errors).toBeUndefined();
    },
  );

  it.each([
    ['blank', '   ', 'BAD_VALUE'],
    ['with a tab', 'a\tb', 'HIDDEN_CHARACTER'],
    ['with a terminal escape', 'a\u001b[31m', 'HIDDEN_CHARACTER'],
    ['with a C1 control', 'a\u009b31m', 'HIDDEN_CHARACTER'],
  ])('[G160] an id that is %s is refused', async (_, id, code) => {
    const write = 'mutation($i: PutFactsInput!) { putFacts(input: $i) { created userErrors { code path } } }';
    const { putFacts } = await serving.get(write, { i: { organizations: [{ id, name: 'Named', roles: ['LAB'] }] } });
    expect(putFacts).toEqual({ created: 0, userErrors: [{ code, path: ['organizations', '0', 'id'] }] });
  });
});
