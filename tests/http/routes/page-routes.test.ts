import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import { pageRoutes } from '../../../server/http/routes/page-routes.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-page-'));
const script = 'export const answer = 42;\n'.repeat(20);
let server: Server;
let url: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<html><head></head><body>page</body></html>');
  writeFileSync(join(folder, 'assets/app-1.js'), script);
  writeFileSync(join(folder, 'assets/app-1.js.br'), brotliCompressSync(script));
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets/icon-1.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const app = express();
  app.use((_request, response, next) => {
    response.locals.nonce = 'nonce';
    next();
  });
  app.use(pageRoutes(folder));
  server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const get = (path: string, encoding: string) => fetch(`${url}${path}`, { headers: { 'accept-encoding': encoding } });

describe('[G261] the files of the page', () => {
  it('come in the form that the build compressed, as long as the browser accepts it', async () => {
    const brotli = await get('/assets/app-1.js', 'gzip, br');
    expect([brotli.headers.get('content-encoding'), brotli.headers.get('vary')]).toEqual(['br', 'Accept-Encoding']);
    expect(brotli.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(brotli.headers.get('cache-control')).toContain('immutable');
    expect(await brotli.text()).toBe(script);
    for (const encoding of ['gzip', 'identity', 'br;q=0']) {
      const plain = await get('/assets/app-1.js', encoding);
      expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([null, 'Accept-Encoding']);
      expect(await plain.text()).toBe(script);
    }
  });

  it('come as they are if there is no compressed form, and are not found if there is no file', async () => {
    const icon = await get('/assets/icon-1.svg', 'br');
    expect([icon.status, icon.headers.get('content-encoding')]).toEqual([200, null]);
    expect((await get('/assets/app-2.js', 'br')).status).toBe(404);
    // Chromium asks for the icon again at each change of the address.
    expect((await get('/icon.svg', 'br')).headers.get('cache-control')).toContain('max-age=86400');
    expect((await get('/', 'br')).headers.get('cache-control')).toBe('no-cache');
    expect(await (await get('/explore/anything', 'br')).text()).toContain('page');
  });

  it('[I740] answer an unknown address with 404, as JSON where HTML is not preferred', async () => {
    const ask = (path: string, accept: string) => fetch(`${url}${path}`, { headers: { accept } });
    for (const path of ['/', '/rankings', '/import/draft-1']) expect((await ask(path, 'text/html')).status).toBe(200);
    for (const path of ['/anything', '/explorer', '/api/nothing']) {
      const page = await ask(path, 'text/html');
      expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('page')]);
      const json = await ask(path, 'application/json');
      expect([json.status, await json.json()]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }]);
    }
    // The page and the server know the same addresses.
    const routes = readFileSync(join(import.meta.dirname, '../../../web/app/pages/routes.tsx'), 'utf8');
    for (const [, path] of routes.matchAll(/path: '(\/[a-z-]+)'/g))
      expect([path, (await ask(path as string, 'text/html')).status]).toEqual([path, 200]);
  });
});
