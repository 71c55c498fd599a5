import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll } from '../../support/test.ts';
import { describeLocalFacts } from '../contract/local-facts.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-sqlite-local-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeLocalFacts('sqlite', () => openStore(`sqlite:${join(folder, `${count++}.db`)}`));
