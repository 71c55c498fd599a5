import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { builtProgram, root } from './run-exposure.ts';

let folder: string;
let server: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-signal-'));
  server = spawn(process.execPath, [builtProgram(), 'serve', '--demo', '--port', '0'], {
    cwd: root,
    env: {
      ...process.env,
      EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`,
      EXPOSURE_DATA: folder,
      EXPOSURE_LOG: 'silent',
      EXPOSURE_QUERY_TIMEOUT_MS: '60000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
});
afterEach(() => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Calls `act` in the same turn in which the address is read. */
function onAddress(act: (url: string) => void): Promise<void> {
  return new Promise((resolve) => {
    server.stdout?.setEncoding('utf8').once('data', (text: string) => {
      act(text.trim());
      resolve();
    });
  });
}

async function terminate(): Promise<{ code: number | null; ms: number }> {
  const start = performance.now();
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  return { code: await ended, ms: performance.now() - start };
}

describe('SIGTERM', () => {
  it('[C44] at the moment of the printed address ends the server cleanly', async () => {
    let ended: ReturnType<typeof terminate> | undefined;
    await onAddress(() => {
      ended = terminate();
    });
    expect((await ended)?.code).toBe(0);
    expect((await ended)?.ms).toBeLessThan(10_000);
  });

  it('[C44] during a long question ends the server within 10 seconds', async () => {
    let url = '';
    await onAddress((text) => {
      url = text;
    });
    const aliases = Array.from({ length: 50 }, (_, i) => `r${i}: simulation(runs: 100000, seed: ${i}) { runs }`).join(' ');
    const asked = fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ blastRadius(input: { incident: "INC-02" }) { ${aliases} } }` }),
    }).then(
      (response) => response.text(),
      () => 'cut off',
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { code, ms } = await terminate();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(await asked).toBeTruthy();
  });
});
