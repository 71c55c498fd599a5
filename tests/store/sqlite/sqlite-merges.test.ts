import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll } from '../../support/test.ts';
import { describeMerges } from '../merges.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-merges-'));
let count = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeMerges('merges over SQLite', () => openStore(`sqlite:${join(folder, `${++count}.db`)}`), 40);
