import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll } from '../../support/test.ts';
import { describeSoftwareFacts } from '../software-facts.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-software-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

const open = () => openStore(`sqlite:${join(folder, `${count++}.db`)}`);

describeSoftwareFacts('facts of software in SQLite', open, open, 12);
