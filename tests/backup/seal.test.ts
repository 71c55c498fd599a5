import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decodeSeal, encodeSeal, makeSeal, startChecksum } from '../../server/backup/backup-format.ts';
import { eraseFromBackup } from '../../server/backup/erase/erase-data.ts';
import { openBackup } from '../../server/backup/read-backup.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { importOf, smallWorld } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-seal-'));
const key = 'the key of this server';
const [keyed, plain, some] = ['keyed', 'plain', 'some'].map((name) => join(folder, name)) as [string, string, string];
let store: FactStore;

beforeAll(async () => {
  store = await openStore(`sqlite:${join(folder, 'source.db')}`);
  await store.commit(importOf('i1', smallWorld));
  await writeBackup(store, keyed, '1.2.3', 0, key);
  await writeBackup(store, plain, '1.2.3', 0);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function proofOf(path: string, given: string | null): Promise<string> {
  const backup = await openBackup(path, given);
  for await (const _ of backup.readRecords());
  await backup.close();
  return backup.proof;
}

/** Another name in the facts, and a seal that fits it. @param hmac what the seal says in the place of its own */
function forge(path: string, resealedWith: string | null, keepsHmac = false): void {
  const bytes = readFileSync(path);
  const { seal, length } = decodeSeal(bytes) as NonNullable<ReturnType<typeof decodeSeal>>;
  const text = gunzipSync(bytes.subarray(0, -length)).toString();
  const body = gzipSync(text.replace('"createdAt":"1970', '"createdAt":"1971'));
  const forged = makeSeal(seal.counts, startChecksum().update(body).digest('hex'), resealedWith);
  const kept = seal.hmac === undefined || !keepsHmac ? {} : { hmac: seal.hmac };
  writeFileSync(some, Buffer.concat([body, encodeSeal({ ...forged, ...kept })]));
}

describe('the seal of a backup', () => {
  it('[S464] with a key proves who wrote it; without, only that nothing changed by accident', async () => {
    expect(await proofOf(keyed, key)).toBe('KEY');
    expect(await proofOf(keyed, null)).toBe('KEY_NOT_GIVEN');
    expect(await proofOf(plain, key)).toBe('CHECKSUM');
    expect(await proofOf(plain, null)).toBe('CHECKSUM');
    await expect(openBackup(keyed, 'the key of another server')).rejects.toMatchObject({
      code: 'BACKUP_DAMAGED',
      message: expect.stringMatching(/keyed is not sealed with the key in EXPOSURE_AUDIT_KEY: .*Nothing was restored/),
    });
  });

  it('[S464] of a forged backup is refused with the key, whether it was made anew, kept, or made with another key', async () => {
    forge(keyed, null, true);
    await expect(openBackup(some, key)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    forge(keyed, 'a key of the forger');
    await expect(openBackup(some, key)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
    // A backup that has no seal with a key is told as such.
    forge(keyed, null);
    expect(await proofOf(some, key)).toBe('CHECKSUM');
  });

  it('[S464] covers the counts, in the bytes of earlier versions where there is no key', async () => {
    const { seal } = decodeSeal(readFileSync(keyed)) as NonNullable<ReturnType<typeof decodeSeal>>;
    expect(makeSeal({ ...seal.counts, writes: 7 }, seal.sha256, key).hmac).not.toBe(seal.hmac);
    expect(readFileSync(plain).subarray(-200).toString('latin1')).toMatch(/"documents":0\},"sha256":"[0-9a-f]{64}"\}\}\n/);
  });

  it('[S464] proves no more after an erasure than before', async () => {
    const order = { subject: { of: 'person', person: 'ada' }, by: 'local', at: 9000, product: '1.2.3' } as const;
    writeFileSync(some, readFileSync(keyed));
    await expect(eraseFromBackup(some, { ...order, key: null })).rejects.toMatchObject({ code: 'BAD_CONFIGURATION' });
    expect(readFileSync(some).equals(readFileSync(keyed))).toBe(true);
    await eraseFromBackup(some, { ...order, key });
    expect(await proofOf(some, key)).toBe('KEY');
    writeFileSync(some, readFileSync(plain));
    await eraseFromBackup(some, { ...order, key });
    expect(await proofOf(some, key)).toBe('CHECKSUM');
  });
});
