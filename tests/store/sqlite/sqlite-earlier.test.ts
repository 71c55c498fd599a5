import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll, beforeAll, describe } from '../../support/test.ts';
import { describeEarlierVersion, earlierFile } from '../earlier-version.contract.ts';

let folder: string;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-earlier-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an SQLite store of an earlier version', () => {
  describeEarlierVersion(() => ({
    openEarlier: () => {
      copyFileSync(earlierFile('sqlite.db'), join(folder, 'earlier.db'));
      return openStore(`sqlite:${join(folder, 'earlier.db')}`);
    },
    openEmpty: () => openStore(`sqlite:${join(folder, `${++count}.db`)}`),
  }));
});
