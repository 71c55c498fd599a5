import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
let token: string;

beforeAll(async () => {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  token = await new Tokens(store).create({ name: 'reader', role: 'VIEWER', canExport: true, labs: null, expiresAt: null }, Date.now());
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required', EXPOSURE_PUBLIC_URL: 'https://exposure.example.org' } });
});
afterAll(() => serving.stopAndDelete());

const send = (path: string, options: RequestInit = {}) => fetch(serving.url + path, { redirect: 'manual', ...options });
const cspOf = async (path: string) => (await send(path)).headers.get('content-security-policy');

describe('the headers of answers', () => {
  it('[S142] behind https, cookies are bound to the host, browsers stay on https, and nothing of the API is cached', async () => {
    const answer = await send('/auth/login', { method: 'POST', body: new URLSearchParams({ token, to: '/blast?o=x' }) });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/blast?o=x']);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-exposure_session=[^;]+; Max-Age=43200; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookie).not.toContain(token.slice(-43));
    for (const path of ['/', '/graphql', '/api/facts.zip', '/healthz'])
      expect((await send(path)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    for (const path of ['/graphql?query={revision}', '/api/ranking.csv']) {
      const { headers } = await send(path, { headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' } });
      expect(headers.get('cache-control')).toBe('no-store');
    }
    for (const path of ['/graphql?query={revision}', '/api/ranking.csv', '/metrics']) {
      const refusal = await send(path, { headers: { 'apollo-require-preflight': '1' } });
      expect([refusal.status, refusal.headers.get('cache-control')]).toEqual([401, 'no-store']);
    }
    const session = { cookie: (cookie as string).split(';')[0] as string };
    const out = await send('/auth/logout', { method: 'POST', headers: session });
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
  });

  it('[S142] the page takes HTML and addresses of scripts from one policy alone, and the API answers with data that loads nothing', async () => {
    for (const path of ['/', '/blast', '/auth/login']) expect(await cspOf(path)).toContain("require-trusted-types-for 'script'");
    expect(await cspOf('/graphiql')).not.toContain('require-trusted-types-for');
    for (const path of ['/graphql', '/api/ranking.csv', '/assets/none.js', '/healthz'])
      expect(await cspOf(path)).toBe("default-src 'none';frame-ancestors 'none'");
    for (const path of ['/', '/graphiql']) {
      const csp = await cspOf(path);
      for (const directive of [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "script-src 'self';",
        "font-src 'self';",
        "connect-src 'self';",
      ])
        expect(csp).toContain(directive);
      expect(csp).not.toMatch(/unsafe|\*/);
      expect(csp?.split(';').filter((directive) => directive.includes('data:'))).toEqual(["img-src 'self' data: blob:"]);
    }
  });
});
