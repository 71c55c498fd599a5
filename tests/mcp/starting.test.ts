import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '../support/test.ts';

describe('a server', () => {
  it('[S953] loads nothing of the protocol before the first call of an assistant', () => {
    const script = `
      const { readConfig } = await import('./server/configuration/config.ts');
      const { startServer } = await import('./server/main.ts');
      const { mkdtempSync, rmSync } = await import('node:fs');
      const folder = mkdtempSync(process.env.TMPDIR + '/exposure-mcp-');
      const environment = { EXPOSURE_STORE: 'sqlite:' + folder + '/e.db', EXPOSURE_DATA: folder, EXPOSURE_PORT: '0', EXPOSURE_LOG: 'silent' };
      const server = await startServer(readConfig({ demo: true }, environment));
      const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
      const ask = (path, body) => fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      await ask('/graphql', { query: '{ revision }' });
      console.log('before');
      console.log((await ask('/mcp', { jsonrpc: '2.0', id: 1, method: 'ping' })).status);
      await server.close();
      rmSync(folder, { recursive: true });
    `;
    // Node says which files it reads when a module is loaded.
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--import', listing, '--input-type=module', '--eval', script],
      {
        cwd: join(import.meta.dirname, '..', '..'),
        encoding: 'utf8',
        env: { TMPDIR: '/tmp', ...process.env, NODE_OPTIONS: '' },
      },
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const [before, after] = stdout.split('before\n') as [string, string];
    expect(before).toContain('/express/');
    expect(before).not.toMatch(/@modelcontextprotocol|server\/mcp\//);
    expect(after).toContain('@modelcontextprotocol/server');
    expect(after).toContain('\n200');
  });
});

/** Prints the address of each module when it is loaded. */
const hook = `import { writeSync } from 'node:fs'; export async function load(url, context, next) { writeSync(1, url + '\\n'); return next(url, context); }`;
const listing = `data:text/javascript,${encodeURIComponent(
  `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});`,
)}`;
