import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstTokenName, Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { afterEach, describe, expect, it } from '../support/test.ts';
import { builtProgram, root } from './run-exposure.ts';

const started: Serving[] = [];
const serving = () => {
  const one = new Serving();
  started.push(one);
  return one;
};
afterEach(async () => {
  for (const one of started.splice(0)) await one.stopAndDelete();
});

const network = { EXPOSURE_HOST: '0.0.0.0' };
const form = /exposure_[0-9a-f]{16}_[\w-]{43}/g;

describe('the first start', () => {
  it('[U441] that the network reaches creates the token of an administrator, once', async () => {
    const one = serving();
    await one.start({ environment: network });
    const token = one.firstToken as string;
    const ask = async (bearer: string | null) =>
      fetch(`${one.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(bearer !== null && { authorization: `Bearer ${bearer}` }) },
        body: '{"query":"{ viewer { name role canExport labs { id } } }"}',
      });
    expect((await ask(null)).status).toBe(401);
    expect(await (await ask(token)).json()).toEqual({
      data: { viewer: { name: firstTokenName, role: 'ADMIN', canExport: true, labs: null } },
    });
    await one.stop();
    await one.start({ environment: network });
    expect(one.firstToken).toBeNull();
    expect((await ask(token)).status).toBe(200);
    await one.stop();

    // Also not after it was revoked: whoever comes second would be an administrator.
    const store = await openStore(one.environment().EXPOSURE_STORE as string);
    await new Tokens(store).revoke(firstTokenName, Date.now());
    await store.close();
    await one.start({ environment: network });
    expect([one.firstToken, (await ask(token)).status]).toEqual([null, 401]);
  });

  it('[U441] creates none on a loopback address, nor where people log in at a provider, nor beside another token', async () => {
    const one = serving();
    await one.start({ environment: { EXPOSURE_AUTH: 'required' } });
    expect(one.firstToken).toBeNull();
    await one.stop();
    const store = await openStore(one.environment().EXPOSURE_STORE as string);
    const tokens = new Tokens(store);
    expect(await tokens.list()).toEqual([]);
    // Of servers that start at once over one store, one creates it.
    const created = await Promise.all(Array.from({ length: 5 }, () => tokens.createFirst(Date.now())));
    expect(created.filter((token) => token !== undefined)).toHaveLength(1);
    await store.close();
    await one.start({ environment: network });
    expect(one.firstToken).toBeNull();

    const other = serving();
    const groups = join(other.folder, 'groups.json');
    writeFileSync(groups, '{"groups":{"admins":{"role":"admin"}}}');
    await other.start({
      environment: {
        ...network,
        EXPOSURE_PUBLIC_URL: 'https://exposure.example.org',
        EXPOSURE_OIDC_ISSUER: 'https://login.example.org',
        EXPOSURE_OIDC_CLIENT_ID: 'exposure',
        EXPOSURE_OIDC_GROUPS: groups,
      },
    });
    expect(other.firstToken).toBeNull();
  });

  it('[U442] [V442] prints it on stdout once, and no file and no line of the log holds it, even where a path does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-first-'));
    const run = async () => {
      const child = spawn(process.execPath, [builtProgram(), 'serve', '--port', '0', '--host', '0.0.0.0'], {
        cwd: root,
        env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`, EXPOSURE_DATA: folder, EXPOSURE_LOG: 'trace' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const output = { out: '', log: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output.out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        output.log += text;
      });
      while (!output.out.includes('\n')) await once(child.stdout, 'data');
      const [token] = output.out.match(form) ?? [];
      await fetch(`${output.out.split('\n')[0]}/api/imports/${token ?? 'none'}/rejections.csv`);
      const isOver = once(child, 'close');
      child.kill('SIGTERM');
      await isOver;
      return output;
    };
    try {
      const first = await run();
      expect(first.out).toMatch(/^http:\/\/0\.0\.0\.0:\d+\n/);
      const [token, ...more] = first.out.match(form) ?? [];
      expect(more).toEqual([]);
      expect(first.out).toContain('exposure token revoke first-start');
      const secret = (token as string).slice(-43);
      expect(first.log).not.toContain(secret);
      expect(first.log).toMatch(/"path":"\/api\/imports\/exposure_[0-9a-f]{16}_\[redacted\]\/rejections.csv","status":400/);
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(files.length).toBeGreaterThan(2);
      for (const { name, parentPath } of files)
        expect({ name, holds: readFileSync(join(parentPath, name)).includes(secret) }).toEqual({ name, holds: false });
      expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('"action":"token create","subject":"first-start","outcome":"ok"');
      expect((await run()).out).toMatch(/^http:\/\/0\.0\.0\.0:\d+\n$/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
