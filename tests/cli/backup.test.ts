import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { readAll } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, runExposure, startCommandLine } from './run-exposure.ts';

const serving = new Serving();
const { folder } = serving;
const served = `sqlite:${join(folder, 'exposure.db')}`;
const file = join(folder, 'served.backup');
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);

beforeAll(async () => {
  await serving.start({ demo: true });
  commandLine = await startCommandLine();
});
afterAll(async () => {
  await commandLine.stop();
  await serving.stopAndDelete();
});

/** Edits the facts through the server, one after another, until it is stopped. */
function writeOn(): { stop(): Promise<void> } {
  let isWanted = true;
  const written = (async () => {
    for (let i = 0; isWanted; i++) await serving.put({ organizations: [{ id: `new-${i}`, name: `New ${i}`, roles: ['VENDOR'] }] });
  })();
  return {
    async stop() {
      isWanted = false;
      await written;
    },
  };
}

describe('exposure backup and restore', () => {
  it('[S38] a backup made while a server writes is one snapshot', async () => {
    const writing = writeOn();
    const { code, out, err } = await run('backup', file, '--store', served, '--json');
    await writing.stop();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { revision, counts } = JSON.parse(out);
    // The history of the demo world has one undo.
    expect(counts).toMatchObject({ writes: revision - 1, undos: 1 });

    const restored = `sqlite:${join(folder, 'restored.db')}`;
    expect(await run('restore', file, '--store', restored)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`revision ${revision},`),
    });
    const [first, second] = await Promise.all([openStore(served), openStore(restored)]);
    expect(await first.readRevision()).toBeGreaterThan(revision);
    expect(await readAll(second)).toEqual(await readAll(first, { revision }));
    expect(await second.verify()).toEqual([]);
    expect(await second.listDocuments('incident')).toEqual(await first.listDocuments('incident'));
    await first.close();
    await second.close();
  });

  it('[S40] a second backup replaces the first and says so; any other file stays', async () => {
    expect(await run('backup', file, '--store', served)).toMatchObject({
      code: 0,
      err: expect.stringContaining('Replaced the earlier backup'),
    });
    const letter = join(folder, 'letter.txt');
    writeFileSync(letter, 'Dear all');
    expect(await run('backup', letter, '--store', served)).toMatchObject({ code: 1, err: expect.stringContaining('is not a backup') });
    expect(readFileSync(letter, 'utf8')).toBe('Dear all');
  });

  it('[S37] a store that is not empty is refused and stays unchanged', async () => {
    const { code, err } = await run('restore', file, '--store', served);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^The store is not empty: it has revision \d+, .*\n$/) });
  });

  it('[S39] a damaged file, another file and a missing file are refused with a sentence, and no store is created', async () => {
    const bytes = readFileSync(file);
    bytes.writeUInt8((bytes[1000] as number) ^ 1, 1000);
    writeFileSync(join(folder, 'damaged'), bytes);
    const target = join(folder, 'never.db');
    for (const [name, sentence] of [
      ['damaged', /The backup .*damaged is damaged: /],
      ['letter.txt', /letter\.txt is not a backup of this program/],
      ['absent', /There is no file .*absent/],
    ] as const) {
      const { code, out, err } = await run('restore', join(folder, name), '--store', `sqlite:${target}`);
      expect([name, code, out]).toEqual([name, 1, '']);
      expect(err).toMatch(sentence);
    }
    expect(existsSync(target)).toBe(false);
    expect(await run('restore')).toMatchObject({ code: 2 });
  });

  it('[S464] restore says what the seal proves, and refuses one that another key made', async () => {
    const sealed = join(folder, 'sealed.backup');
    const key = { EXPOSURE_AUDIT_KEY: 'the key of this server' };
    expect(await runExposure(folder, ['backup', sealed, '--store', served], key)).toMatchObject({ code: 0 });
    let count = 0;
    const restore = (path: string, environment: NodeJS.ProcessEnv) =>
      runExposure(folder, ['restore', path, '--store', `sqlite:${join(folder, `proof-${count++}.db`)}`], environment);
    const other = { EXPOSURE_AUDIT_KEY: 'the key of another server' };
    expect(await restore(sealed, other)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is not sealed with the key.*Nothing was restored/),
    });
    expect(existsSync(join(folder, 'proof-0.db'))).toBe(false);
    expect(await restore(sealed, key)).toMatchObject({ code: 0, err: expect.stringContaining('somebody who has this key wrote it') });
    expect(await restore(sealed, {})).toMatchObject({ code: 0, err: expect.stringContaining('EXPOSURE_AUDIT_KEY is not set') });
    expect(await restore(file, key)).toMatchObject({ code: 0, err: expect.stringContaining('not sealed with a key') });
  }, 300_000);
});
