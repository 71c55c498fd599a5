import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { runExposure } from '../cli/run-exposure.ts';
import { artifact, importOf, lab, transfer, vendor } from '../store/assertions-for-tests.ts';
import { afterAll, expect, it } from '../support/test.ts';
import { rounds } from './scale.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-large-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Room for the program and a batch of facts, far too little for a million facts. */
const environment = { NODE_OPTIONS: '--max-old-space-size=128' };
const transferCount = rounds(1_000_000);

it(`[S41] ${transferCount} transfers of one write are backed up and restored within 128 MB`, async () => {
  const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
  const ends = Array.from({ length: 1000 }, (_, i) => vendor(`v${i}`));
  const transfers = Array.from({ length: transferCount }, (_, i) =>
    transfer(`t${i}`, 'x', 'lab', `v${i % 1000}`, { sentAt: 1_700_000_000_000 + i, portion: 0.5, channel: 'sftp' }),
  );
  await store.commit(importOf('i1', [lab('lab'), artifact('x', 'lab'), ...ends, ...transfers]));
  await store.close();

  const file = join(folder, 'all.backup');
  expect(await runExposure(folder, ['backup', file], environment)).toMatchObject({ code: 0, err: '' });
  const other = ['--store', `sqlite:${join(folder, 'restored.db')}`, '--json'];
  const { code, out, err } = await runExposure(folder, ['restore', file, ...other], environment);
  expect({ code, err }).toEqual({ code: 0, err: 'The backup is not sealed with a key: its checksum finds accidents and no forgery.\n' });
  expect(JSON.parse(out).counts).toEqual({ writes: 1, assertions: transferCount + 1002, undos: 0, documents: 0 });
}, 600_000);
