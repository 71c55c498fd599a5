import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodeSeal, formatName, formatVersion, startChecksum } from '../../server/backup/backup-format.ts';
import { openBackup } from '../../server/backup/read-backup.ts';
import { writeBackup } from '../../server/backup/write-backup.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { edit, importOf, readAll, retract, smallWorld } from '../store/assertions-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const header = { format: formatName, version: formatVersion, product: '1.2.3', createdAt: '2026-01-01T00:00:00.000Z', revision: 1 };

/** A file with any lines and a valid seal. */
function sealed(lines: readonly unknown[], counts = { writes: 1, assertions: 1, undos: 0, documents: 0 }): Buffer {
  const bytesOf = (line: unknown) => (Buffer.isBuffer(line) ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)));
  const body = gzipSync(Buffer.concat(lines.flatMap((line) => [bytesOf(line), Buffer.from('\n')])));
  return Buffer.concat([body, encodeSeal({ counts, sha256: startChecksum().update(body).digest('hex') })]);
}

let folder: string;
let store: FactStore;
let backup: Buffer;
const damaged = { code: 'BACKUP_DAMAGED' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-damaged-'));
  const source = await openStore(`sqlite:${join(folder, 'source.db')}`);
  await source.commit(importOf('i1', smallWorld));
  await source.commit(edit([retract('TRANSFER', 't1')]));
  await source.saveDocument('note', 'n', '{}');
  await writeBackup(source, join(folder, 'whole'), '1.2.3', 0);
  await source.close();
  backup = readFileSync(join(folder, 'whole'));
  store = await openStore(`sqlite:${join(folder, 'target.db')}`);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The error that refuses a restore of these bytes. The store must be unchanged. */
async function refusalOf(bytes: Buffer | string): Promise<Error> {
  const path = join(folder, 'some.backup');
  writeFileSync(path, bytes);
  const opened = await openBackup(path).catch((error: Error) => error);
  if (opened instanceof Error) return opened;
  const refusal = await store.restore(opened.readRecords()).then(
    () => new Error('It was restored.'),
    (error: Error) => error,
  );
  await opened.close();
  expect(await store.readRevision()).toBe(0);
  expect(await readAll(store)).toEqual([]);
  return refusal;
}

describe('a backup that was changed', () => {
  it('[S39] is refused if it was truncated at any byte', async () => {
    for (let length = 0; length < backup.length; length++) {
      expect(await refusalOf(backup.subarray(0, length))).toMatchObject(damaged);
    }
  });

  it('[S39] is refused if any byte was changed', async () => {
    for (let place = 0; place < backup.length; place++) {
      const changed = Buffer.from(backup);
      changed.writeUInt8((changed[place] as number) ^ (1 << (place % 8)), place);
      expect(['BACKUP_DAMAGED', 'STORE_TOO_NEW']).toContain(((await refusalOf(changed)) as Error & { code: string }).code);
    }
  });

  it('[S39] is refused if bytes were inserted, removed or appended', async () => {
    const half = backup.length >> 1;
    for (const bytes of [
      Buffer.concat([backup, Buffer.from('\n')]),
      Buffer.concat([backup, backup]),
      Buffer.concat([backup.subarray(0, half), Buffer.from([0]), backup.subarray(half)]),
      Buffer.concat([backup.subarray(0, half), backup.subarray(half + 1)]),
    ]) {
      expect(await refusalOf(bytes)).toMatchObject(damaged);
    }
  });

  it('[S39] gets another error than a file that never was a backup', async () => {
    for (const bytes of [
      '',
      'id,name\n',
      '\n'.repeat(5000),
      gzipSync('id,name\n'),
      gzipSync('{"format":"other","version":1,"revision":1}\n'),
    ]) {
      expect(await refusalOf(bytes)).toMatchObject({ ...damaged, message: expect.stringMatching(/backup/) });
    }
    mkdirSync(join(folder, 'inner'));
    await expect(openBackup(join(folder, 'inner'))).rejects.toMatchObject({
      ...damaged,
      message: expect.stringContaining('is not a backup'),
    });
    await expect(openBackup(join(folder, 'target.db'))).rejects.toMatchObject({
      ...damaged,
      message: expect.stringContaining('is not a backup'),
    });
    await expect(openBackup(join(folder, 'absent'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[S39] is refused if a newer version wrote it, and the error names that version', async () => {
    expect(await refusalOf(sealed([{ ...header, version: 99, product: '9.8.7' }, { novelty: 1 }]))).toMatchObject({
      code: 'STORE_TOO_NEW',
      message: expect.stringMatching(/version 9\.8\.7 .* format 99/),
    });
  });
});

const write = { revision: 1, at: 5, by: 'ada', created: 1, updated: 0, unchanged: 0, retracted: 0, import: null };
const rest = { effect: 'CREATED', assertedAt: 5, source: null, file: null, line: null };
const says = { id: 'vega', name: 'Vega' };
const assertion = { assert: 'ORGANIZATION', says, ...rest };
const imported = { id: 'i1', source: null, assertedAt: null, createdAt: 1, files: [], rejectedCount: 0, incidents: [] };
const undo = { importId: 'i1', revision: 2, at: 6, by: 'ada', changed: 1, isRaising: true };
const document = { collection: 'note', id: 'n', version: 1, json: '{}', importId: null, savedJson: null };

describe('a backup with a valid seal and invalid lines', () => {
  it('[S36] is restored if its lines are valid', async () => {
    const path = join(folder, 'own.backup');
    writeFileSync(path, sealed([header, { write }, assertion]));
    const other = await openStore(`sqlite:${join(folder, 'own.db')}`);
    const opened = await openBackup(path);
    await other.restore(opened.readRecords());
    await opened.close();
    expect(await readAll(other)).toMatchObject([{ key: 'vega', provenance: { assertedBy: 'ada', assertedAt: 5 } }]);
    await other.close();
  });

  it.each<[string, unknown[], Partial<Record<'writes' | 'assertions' | 'undos' | 'documents', number>>?]>([
    ['bytes that are not UTF-8', [{ write }, Buffer.from([0xff, 0xfe])]],
    ['a line that is not JSON', [{ write }, '{"assert":']],
    ['an empty line', [{ write }, '', assertion]],
    ['an unknown record', [{ write }, assertion, { novelty: 1 }]],
    ['an unknown kind', [{ write }, { ...assertion, assert: 'PLANET' }]],
    ['a value of another type', [{ write }, { ...assertion, says: { ...says, roles: ['KING'] } }]],
    ['an assertion without its key', [{ write }, { ...assertion, says: { name: 'Vega' } }]],
    ['an unknown effect', [{ write }, { ...assertion, effect: 'REFUSED' }]],
    ['an assertion without a write', [assertion], { writes: 0 }],
    ['fewer assertions than the write states', [{ write }], { assertions: 0 }],
    ['more assertions than the write states', [{ write }, assertion, { ...assertion, says: { ...says, id: 'w' } }], { assertions: 2 }],
    [
      'assertions out of order',
      [{ write: { ...write, created: 2 } }, { ...assertion, says: { ...says, id: 'w' } }, assertion],
      { assertions: 2 },
    ],
    ['one assertion twice', [{ write: { ...write, created: 2 } }, assertion, assertion], { assertions: 2 }],
    ['a revision left out', [{ write: { ...write, revision: 2 } }, assertion]],
    [
      'another revision than the header',
      [{ write: { ...write, created: 0, unchanged: 1, revision: 0 } }, { ...assertion, effect: 'UNCHANGED' }],
    ],
    [
      'an instant that goes back',
      [{ write: { ...write, import: imported } }, assertion, { undo: { ...undo, at: 4, revision: 1, isRaising: false } }],
      { undos: 1 },
    ],
    [
      'an import twice',
      [{ write: { ...write, import: imported } }, assertion, { write: { ...write, created: 0, import: imported } }],
      { writes: 2 },
    ],
    ['the undo of an unknown import', [{ write }, assertion, { undo: { ...undo, revision: 1, isRaising: false } }], { undos: 1 }],
    ['a document twice', [{ write }, assertion, { document }, { document }], { documents: 2 }],
    ['a document of an unknown import', [{ write }, assertion, { document: { ...document, importId: 'i9' } }], { documents: 1 }],
    ['a write after the documents', [{ document }, { write }, assertion], { documents: 1 }],
    ['other counts', [{ write }, assertion, { document }]],
  ])('[S39] is refused: %s', async (_, lines, counts = {}) => {
    const bytes = sealed([header, ...lines], { writes: 1, assertions: 1, undos: 0, documents: 0, ...counts });
    expect(await refusalOf(bytes)).toMatchObject({ ...damaged, message: expect.stringMatching(/is damaged: .*Nothing was restored/) });
  });
});
