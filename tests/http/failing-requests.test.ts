import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
let token: string;

beforeAll(async () => {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  token = await new Tokens(store).create({ name: 'root', role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, Date.now());
  await store.close();
});
beforeEach(() => serving.start({ environment: { EXPOSURE_AUTH: 'required' } }));
afterEach(() => serving.stop());
afterAll(() => serving.stopAndDelete());

const wrong = { authorization: `Bearer exposure_${'0'.repeat(16)}_${'a'.repeat(43)}` };
const right = () => ({ authorization: `Bearer ${token}` });
const html = { accept: 'text/html' };

async function send(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(serving.url + path, { method, headers, redirect: 'manual' });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

/** Sends many at once, because the failing ones wait. */
function flood(count: number, path: string, headers: Record<string, string>, method = 'GET') {
  return Promise.all(Array.from({ length: count }, () => send(path, headers, method)));
}

const countOf = (answers: readonly { status: number }[], status: number) => answers.filter((answer) => answer.status === status).length;
/** The entries of failing requests. The route waits until all are on disk. */
const readFailures = async () =>
  (await send('/api/audit.jsonl', right())).text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string; by: string; outcome: string })
    .filter(({ by }) => by === 'nobody');

describe('an address whose requests fail', () => {
  it('[V5] [V440] gets 429 for further failing ones, with the time that the sentence names, and each valid token is served', async () => {
    const answers = await flood(340, '/api/facts.zip', wrong);
    expect([countOf(answers, 401), countOf(answers, 429)]).toEqual([300, 40]);
    const refused = answers.find(({ status }) => status === 429);
    const [, seconds] = /Try again in (\d+) seconds?\./.exec(refused?.text ?? '') ?? [];
    expect(refused?.retryAfter).toBe(seconds);
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(Number(seconds)).toBeLessThanOrEqual(60);

    for (const path of ['/api/facts.zip', '/readyz', '/metrics']) expect((await send(path, right())).status).toBe(200);
    const log = await fetch(`${serving.url}/auth/login`, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' });
    expect(log.status).toBe(303);
    // Whoever brings no token may log in, and a probe learns that the server is ready.
    expect((await send('/', html)).text).toContain('action="/auth/login"');
    expect((await send('/readyz')).status).toBe(200);

    const failed = await readFailures();
    expect(failed.filter(({ outcome }) => outcome === '401').length).toBe(300);
    expect(failed.filter(({ outcome }) => outcome === '429').length).toBe(1);
  });

  it('[V440] is counted and recorded wherever they go', async () => {
    for (const [path, headers, method] of [
      ['/readyz', wrong, 'GET'],
      ['/', { ...wrong, ...html }, 'GET'],
      ['/auth/login', wrong, 'GET'],
      ['/auth/logout', wrong, 'POST'],
      ['/auth/sessions', wrong, 'GET'],
      ['/graphql', wrong, 'POST'],
    ] as const) {
      const before = (await readFailures()).length;
      expect((await send(path, headers, method)).status).not.toBe(429);
      expect((await readFailures()).slice(before)).toMatchObject([{ by: 'nobody', action: `${method} ${path}`, outcome: '401' }]);
      await flood(54, path, headers, method);
    }
    expect((await send('/api/facts.zip', wrong)).status).toBe(429);
    expect((await send('/api/facts.zip', right())).status).toBe(200);
  });

  it('[V440] waits longer with each failing request', async () => {
    await flood(250, '/readyz', wrong);
    const started = performance.now();
    await send('/readyz', wrong);
    // A timer may end a millisecond early.
    expect(performance.now() - started).toBeGreaterThanOrEqual(150);
  });

  it('[V440] a secret in an address counts as failing, so that it cannot fill the trail', async () => {
    const before = (await readFailures()).length;
    const answers = await flood(320, '/?token=x', {});
    expect([countOf(answers, 400), countOf(answers, 429)]).toEqual([300, 20]);
    expect((await readFailures()).length - before).toBe(301);
  });
});
