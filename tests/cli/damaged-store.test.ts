import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, importOf, smallWorld, vendor } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, runExposure, startCommandLine } from './run-exposure.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-damaged-store-'));
const sound = join(folder, 'sound.db');
const path = join(folder, 'facts.db');
const list = join(folder, 'organizations.csv');
let commandLine: CommandLine;

beforeAll(async () => {
  const store = await openStore(`sqlite:${sound}`);
  await store.commit(importOf('i1', smallWorld));
  await store.commit(importOf('i2', [vendor('newcomer', { website: 'https://newcomer.example' })]));
  await store.close();
  writeFileSync(list, 'id,name,roles\nlate,Late,VENDOR\n');
  commandLine = await startCommandLine();
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

function damage(change: (bytes: Buffer) => Buffer): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  copyFileSync(`${sound}.last-change`, `${path}.last-change`);
  writeFileSync(path, change(readFileSync(sound)));
}

/** Another letter in a fact: SQLite reads it as if it had always been there. */
function misspell(bytes: Buffer): Buffer {
  const at = bytes.indexOf('newcomer.example');
  expect(at).toBeGreaterThan(0);
  bytes.write('M', at);
  return bytes;
}

const commands = [
  ['radius', 'newcomer'],
  ['export', join(folder, 'exported')],
  ['backup', join(folder, 'made.backup')],
  ['incident', 'list'],
  ['doctor'],
  ['import', list],
  ['undo', 'i2'],
  ['imports'],
  ['merge', 'newcomer', '--into', 'quill'],
  ['token', 'list'],
  ['erase', 'newcomer'],
];

describe('a damaged store', () => {
  it.each([
    ['a changed letter', misspell],
    ['a cut file', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['noise in its schema', (bytes: Buffer) => bytes.fill(0xff, 100, 108)],
    ['noise in its header', (bytes: Buffer) => bytes.fill(0xa5, 20, 60)],
    ['noise in a page', (bytes: Buffer) => bytes.fill(0xa5, bytes.length - 8192, bytes.length - 4096)],
  ])('[S460] (%s) ends every command with a sentence that names the file and the way back, and gives out nothing', async (_, change) => {
    for (const command of commands) {
      damage(change);
      const before = readFileSync(path);
      const { code, out, err } = await commandLine.run(folder, command);
      expect([...command, code, out]).toEqual([...command, 1, '']);
      expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(path)]);
      expect(err).toMatch(/exposure restore FILE/);
      expect(err).not.toMatch(/Internal error|\bat \S+:\d+/);
      expect(readFileSync(path).equals(before)).toBe(true);
    }
    expect(existsSync(join(folder, 'exported', 'organizations.csv'))).toBe(false);
    expect(existsSync(join(folder, 'made.backup'))).toBe(false);
  });

  it.each([
    ['a changed letter', misspell],
    ['noise in its schema', (bytes: Buffer) => bytes.fill(0xff, 100, 108)],
  ])('[S460] (%s) is not served', async (_, change) => {
    damage(change);
    const { code, out, err } = await runExposure(folder, ['serve', '--port', '0']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trimEnd().split('\n')).toEqual([expect.stringContaining(path)]);
    expect(err).toMatch(/exposure restore FILE/);
  });

  it('[S462] that is large ends its server when the check in the background finds the damage', async () => {
    const large = join(folder, 'large');
    const file = join(large, 'facts.db');
    const store = await openStore(`sqlite:${file}`);
    await store.commit(
      importOf(
        'i1',
        Array.from({ length: 21_000 }, (_, i) => vendor(`v${i}`, { website: `https://v${i}.example` })),
      ),
    );
    // A start always checks the latest write, and never one as large as the first.
    await store.commit(edit([vendor('latest')]));
    await store.close();
    const bytes = readFileSync(file);
    bytes.write('M', bytes.indexOf('v77.example'));
    writeFileSync(file, bytes);
    const { code, out, err } = await runExposure(large, ['serve', '--port', '0']);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/^http:/) });
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/The store .*facts\.db is damaged\. The assertions of write 1 are not those that were written\. Restore/),
    ]);
  });
});
