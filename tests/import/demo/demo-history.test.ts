import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll } from '../../support/test.ts';
import { describeDemoHistory } from './demo-history.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
describeDemoHistory(() => openStore(`sqlite:${join(folder, `${count++}.db`)}`), { load: [1, 2, 3, 4, 5], undo: [0, 1, 2, 3, 4] });
