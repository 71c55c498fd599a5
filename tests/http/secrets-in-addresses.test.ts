import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
const trail = join(serving.folder, 'data', 'audit.jsonl');
let token: string;
const secret = () => token.slice(-43);

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.stop();
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  token = await new Tokens(store).create({ name: 'root', role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, Date.now());
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
});
afterAll(() => serving.stopAndDelete());

const bearer = () => ({ authorization: `Bearer ${token}` });

async function send(path: string, options: RequestInit = {}) {
  const response = await fetch(serving.url + path, { redirect: 'manual', ...options });
  return { status: response.status, text: await response.text() };
}

const post = (body: object) =>
  send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...bearer() }, body: JSON.stringify(body) });

describe('a secret in an address', () => {
  it.each([
    '/api/facts.zip?token=TOKEN',
    '/api/blast-radius.csv?origins=vendor&access_token=TOKEN',
    '/api/blast-radius.csv?origins=vendor&api_key=SECRET',
    '/api/ranking.csv?%74oken=SECRET',
    '/api/ranking.csv?X-Api-Key=SECRET',
    '/api/ranking.csv?orderBy=TOKEN',
    '/api/imports/TOKEN/rejections.csv',
    '/api/nothing?authorization=Bearer%20SECRET',
    '/graphql?query={revision}&variables={"token":"SECRET"}',
    '/graphql?query={revision}&auth[token]=SECRET',
    '/metrics?token=TOKEN',
    '/readyz?token=TOKEN',
    '/healthz?password=SECRET',
    '/auth/login?token=TOKEN',
    '/blast?jwt=SECRET',
    '/?token=TOKEN',
    '//?token=TOKEN',
  ])('[V441] is refused with the way to send it, and stands nowhere: %s', async (path) => {
    const address = path.replace('TOKEN', token).replace('SECRET', secret());
    const { status, text } = await send(address, { headers: bearer() });
    const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    expect(errors[0]?.message).toMatch(/Authorization: Bearer TOKEN.*Revoke/);
    expect(text).not.toContain(secret());
  });

  it('[V441] is in the trail as what it was, and never itself', async () => {
    const entries = readFileSync(trail, 'utf8');
    expect(entries).not.toContain(secret());
    const last = entries
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ action }) => action === 'GET /api/facts.zip');
    expect(last).toMatchObject([{ by: 'nobody', subject: 'a secret in the address', outcome: '400' }]);
  });

  it('[V441] leaves the form for tokens and the way back of a provider alone', async () => {
    expect((await send('/auth/login?token')).status).toBe(200);
    expect((await send('/auth/callback?code=abc&state=def&session_state=x')).status).toBe(404);
  });

  it('[V441] is refused in the body of a question too', async () => {
    for (const variables of [{ token: 'x' }, { authorization: 'x' }, { id: token }]) {
      const { status, text } = await post({ query: 'query($id: ID) { revision organization(id: $id) { id } }', variables });
      expect([status, text]).toEqual([400, expect.stringContaining('Authorization: Bearer TOKEN')]);
      expect(text).not.toContain(secret());
    }
    const declared = await post({ query: 'query($token: ID!) { organization(id: $token) { name } }', variables: { token: 'vendor' } });
    expect(JSON.parse(declared.text).data.organization.name).toBe('Vendor; one');
  });
});

describe('the audit trail', () => {
  it('[V443] holds no query string: the ids of an answered export, and how many origins it had', async () => {
    const text = 'q7-words-of-somebody';
    expect((await send(`/api/blast-radius.csv?origins=vendor&origins=sub&text=${text}`, { headers: bearer() })).status).toBe(200);
    expect((await send('/api/holdings.csv?holder=vendor', { headers: bearer() })).status).toBe(200);
    expect((await send(`/api/blast-radius.csv?incident=${text}`, { headers: bearer() })).status).toBe(404);
    expect((await send(`/api/ranking.csv?${text}=1`, { headers: bearer() })).status).toBe(400);
    await send('/api/audit.jsonl', { headers: bearer() });
    const entries = readFileSync(trail, 'utf8');
    expect(entries).not.toContain(text);
    expect(entries).not.toContain('?');
    const subjects = entries
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ by }) => by === 'root')
      .map(({ action, subject }) => [action, subject]);
    expect(subjects).toEqual([
      ['GET /api/blast-radius.csv', '2 origins'],
      ['GET /api/holdings.csv', 'holder vendor'],
      ['GET /api/blast-radius.csv', null],
      ['GET /api/ranking.csv', null],
    ]);
  });
});
