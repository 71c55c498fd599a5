import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { smallFiles } from '../import/import-for-tests.ts';
import { readAll } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import type { CommandLine } from './run-exposure.ts';
import { runExposure, startCommandLine } from './run-exposure.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-erase-'));
let line: CommandLine;
const run = (...args: string[]) => line.run(folder, args);
const trail = () => readFileSync(join(folder, 'audit.jsonl'), 'utf8');

beforeAll(async () => {
  line = await startCommandLine();
  mkdirSync(join(folder, 'world'));
  for (const [name, content] of Object.entries(smallFiles)) writeFileSync(join(folder, 'world', name), content);
  expect((await run('import', join(folder, 'world'))).code).toBe(0);
});
afterAll(async () => {
  await line?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('exposure erase', () => {
  it('[S165] counts without --yes, and changes nothing', async () => {
    const before = readFileSync(join(folder, 'facts.db'));
    const { code, out } = await run('erase', 'kite');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^To erase: \d+ facts with [\s\S]*Nothing was changed\. Add --yes/),
    });
    expect(readFileSync(join(folder, 'facts.db')).equals(before)).toBe(true);
    expect(await run('erase')).toMatchObject({ code: 2, err: expect.stringContaining('--person NAME') });
    expect(await run('erase', 'kite', '--person', 'ada')).toMatchObject({ code: 2 });
    expect(await run('erase', 'kit')).toMatchObject({ code: 1, err: expect.stringContaining('no organization "kit"') });
  });

  it('[S165] [S222] erases with --yes, deletes drafts and snapshots, and leaves its trace in `verify` and in the trail without the name', async () => {
    const counted = JSON.parse((await run('erase', 'kite', '--json')).out);
    mkdirSync(join(folder, 'drafts', 'imp-0'), { recursive: true });
    writeFileSync(join(folder, 'drafts', 'imp-0', 'file-1'), 'kite');
    const before = await openStore(`sqlite:${join(folder, 'facts.db')}`);
    for (const of of ['batch', 'stream']) mkdirSync(join(folder, of));
    for (const id of ['imp-0', 'imp-1']) await before.saveDocument('draft', id, '{"source":"kite"}');
    await before.close();
    writeFileSync(join(folder, 'facts.db.snapshot'), 'kite');
    writeFileSync(join(folder, 'facts.db.snapshot.01ab.part'), 'kite');
    expect((await run('backup', join(folder, 'old.backup'))).code).toBe(0);
    const { code, out } = await run('erase', 'kite', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ ...counted, isDone: true, at: expect.any(Number), drafts: 2 });
    for (const deleted of ['drafts', 'batch', 'stream']) expect([deleted, existsSync(join(folder, deleted))]).toEqual([deleted, false]);
    expect(readdirSync(folder).filter((name) => /^erasure-|snapshot/.test(name))).toEqual([]);

    const verified = await run('verify');
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringMatching(/intact.*\nOn \d{4}-\d\d-\d\d, local erased an organization's data: \d+ facts/),
    });
    expect(verified.out).not.toContain('kite');
    const entries = trail()
      .split('\n')
      .filter((entry) => entry.includes('"action":"erase"'));
    expect(entries.at(-1)).toMatch(/"subject":"done"/);
    expect(entries.join('\n')).not.toContain('kite');

    expect((await run('erase', 'kite', '--backup', join(folder, 'old.backup'), '--yes')).out).toMatch(
      /^Erased in .*old\.backup: \d+ facts/,
    );
    const restored = `sqlite:${join(folder, 'restored.db')}`;
    expect((await run('restore', join(folder, 'old.backup'), '--store', restored)).code).toBe(0);
    const [one, other] = [await openStore(`sqlite:${join(folder, 'facts.db')}`), await openStore(restored)];
    expect(await readAll(other)).toEqual(await readAll(one));
    expect((await readAll(one)).map(({ key }) => key)).not.toContain('kite');
    expect(await one.listDocuments('draft')).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('[S165] is refused while a server has the store open', async () => {
    const { acquireServeLock } = await import('../../server/store/sqlite/store-file.ts');
    const lock = acquireServeLock(join(folder, 'facts.db'));
    const { code, err } = await runExposure(folder, ['erase', 'vega', '--yes']);
    lock.release();
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('Another server has the store') });
  });
});
