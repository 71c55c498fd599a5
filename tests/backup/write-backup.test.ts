import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { formatVersion } from '../../server/backup/backup-format.ts';
import { openBackup } from '../../server/backup/read-backup.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, importOf, lab, readAll, retract, smallWorld } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

let folder: string;
let store: FactStore;
const write = (path: string) => writeBackup(store, path, '1.2.3', Date.UTC(2026, 0, 2));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-write-backup-'));
  store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  await store.commit(importOf('i1', smallWorld, { at: 1000 }));
  await store.commit(edit([retract('TRANSFER', 't1')], { at: 2000 }));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A store that opens and can be read to about its middle. */
async function storeBrokenInTheMiddle(): Promise<FactStore> {
  const path = join(folder, 'broken.db');
  const whole = await openStore(`sqlite:${path}`);
  await whole.commit(
    importOf(
      'i1',
      Array.from({ length: 20_000 }, (_, i) => lab(`lab ${i}`)),
    ),
  );
  await whole.close();
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xff, bytes.length >> 1, bytes.length - 4096));
  return openStore(`sqlite:${path}`);
}

describe('the file of a backup', () => {
  it('[S40] has lines of JSON that gzip unpacks, and only its owner may read it', async () => {
    const path = join(folder, 'a.backup');
    expect(await write(path)).toMatchObject({
      isReplaced: false,
      sizeBytes: statSync(path).size,
      counts: { writes: 2, assertions: 5, undos: 0, documents: 0 },
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const lines = gunzipSync(readFileSync(path))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({
      format: 'exposure-backup',
      version: formatVersion,
      product: '1.2.3',
      createdAt: '2026-01-02T00:00:00.000Z',
      revision: 2,
    });
    expect(lines[1].write).toMatchObject({ revision: 1, at: 1000, by: 'ada', created: 4, import: { id: 'i1', incidents: [] } });
    expect(lines[2]).toMatchObject({ assert: 'ORGANIZATION', says: { id: 'quill', name: 'quill' }, effect: 'CREATED' });
    expect(lines[7]).toMatchObject({ retract: 'TRANSFER', key: ['t1'], effect: 'RETRACTED' });
    expect(lines.at(-1)).toMatchObject({ end: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });

  it('[S40] replaces an older backup or an empty file and says so, but no other file', async () => {
    const path = join(folder, 'b.backup');
    await write(path);
    await store.commit(edit([lab('later')]));
    expect((await write(path)).isReplaced).toBe(true);
    const opened = await openBackup(path);
    expect(opened.header.revision).toBe(3);
    await opened.close();
    writeFileSync(path, '');
    expect((await write(path)).isReplaced).toBe(true);
    writeFileSync(path, 'a letter');
    await expect(write(path)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('b.backup') });
    expect(readFileSync(path, 'utf8')).toBe('a letter');
    mkdirSync(join(folder, 'inner'));
    await expect(write(join(folder, 'inner'))).rejects.toMatchObject({ code: expect.stringMatching(/CONFLICT|STORE_UNAVAILABLE/) });
    await expect(write(join(folder, 'facts.db'))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(write(join(folder, 'absent', 'c.backup'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('[S40] is not created, and an older one stays, if the store cannot be read to its end', async () => {
    const path = join(folder, 'd.backup');
    await write(path);
    const before = readFileSync(path);
    const broken = await storeBrokenInTheMiddle();
    for (const name of [path, join(folder, 'e.backup')]) {
      await expect(writeBackup(broken, name, '1.2.3', 0)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    }
    await broken.close();
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(join(folder, 'e.backup'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('[S36] keeps a write of many assertions, cells of 1 MB and hostile texts unchanged', async () => {
    const other = await openStore(`sqlite:${join(folder, 'big.db')}`);
    const text = `${'x'.repeat(1_048_000)}\n\r\u2028 "\\ ～ \u{1F600}`;
    await other.commit(
      importOf('i1', [
        ...Array.from({ length: 20 }, (_, i) => lab(`long ${i}`, { website: text })),
        ...Array.from({ length: 5000 }, (_, i) => lab(`～ ${i} \u{1F600}\n"`)),
        lab('__proto__', { attributes: [{ name: '__proto__', value: 'constructor' }], country: null }),
      ]),
    );
    const path = join(folder, 'big.backup');
    await writeBackup(other, path, '1.2.3', 0);
    const copy = await openStore(`sqlite:${join(folder, 'big-copy.db')}`);
    const opened = await openBackup(path);
    await copy.restore(opened.readRecords());
    await opened.close();
    expect(await readAll(copy)).toEqual(await readAll(other));
    await copy.close();
    await other.close();
  });
});
