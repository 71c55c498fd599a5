import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lockForServing, openStore } from '../../../server/store/open/open-store.ts';
import { afterAll, afterEach, describe, expect, it } from '../../support/test.ts';
import { edit, importOf, readAll, smallWorld, vendor } from '../assertions-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-processes-'));
const other = fileURLToPath(new URL('../other-process.ts', import.meta.url));
const children: ChildProcess[] = [];
let count = 0;
const newUrl = (): string => `sqlite:${join(folder, `${count++}.db`)}`;

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts another process and waits for the first line that it prints. */
async function start(url: string, ...args: string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', other, url, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, line: chunk.toString().trim() };
}

describe('processes that share a store', () => {
  it('[S34] see the writes of other processes at once', async () => {
    const url = newUrl();
    const store = await openStore(url);
    await store.commit(edit([...smallWorld]));
    expect(await store.readRevision()).toBe(1);
    const { child, line } = await start(url, 'write', '3', 'bob');
    expect(line).toBe('wrote');
    if (child.exitCode === null) await once(child, 'exit');
    expect(await store.readRevision()).toBe(4);
    expect(await readAll(store)).toHaveLength(7);
    expect((await store.commit(edit([vendor('after', { website: 'bob 2' })]))).revision).toBe(5);
    expect((await store.readHistory({ sinceRevision: 3 }, 0, 10)).changes.map((change) => change.by)).toEqual(['ada', 'bob']);
    await store.close();
  });

  it('[S34] lose no write when several write', async () => {
    const url = newUrl();
    const store = await openStore(url);
    const started = [start(url, 'write', '40', 'bob'), start(url, 'write', '40', 'eve')];
    for (let i = 0; i < 40; i++) await store.commit(edit([vendor(`ada ${i}`)]));
    for (const { child } of await Promise.all(started)) if (child.exitCode === null) await once(child, 'exit');
    expect(await store.readRevision()).toBe(120);
    expect(await readAll(store)).toHaveLength(120);
    expect(await store.verify()).toEqual([]);
    await store.close();
  });

  it('[S34] a process that is killed while it imports leaves all of it or nothing', async () => {
    const url = newUrl();
    let written = 0;
    for (const delayMs of [0, 40, 120, 250, 500, 41, 251, 501]) {
      // The last three are written in a thread.
      const { child } = await start(url, 'import', '30000', `i${delayMs}`, ...(delayMs % 10 === 1 ? ['thread'] : []));
      await sleep(delayMs);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const store = await openStore(url);
      expect(await store.verify()).toEqual([]);
      const facts = await readAll(store);
      const imports = await store.listImports();
      expect(facts).toHaveLength(imports.length * 30_000);
      expect(imports.length).toBeGreaterThanOrEqual(written);
      written = imports.length;
      await store.close();
    }
  });

  it('[S33] a second server is refused only while the first runs', async () => {
    const url = newUrl();
    const store = await openStore(url);
    const { child, line } = await start(url, 'serve');
    expect(line).toBe('serving');
    expect(() => lockForServing(url)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }));
    expect((await store.commit(importOf('i1', smallWorld))).isWritten).toBe(true);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const lock = lockForServing(url);
    expect(() => lockForServing(url)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }));
    lock.release();
    lockForServing(url).release();
    await store.close();
  });
});
