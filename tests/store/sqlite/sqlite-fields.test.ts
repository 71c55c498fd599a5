import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '../../support/test.ts';
import { describeFieldTables } from '../field-tables.contract.ts';

let folder: string;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-fields-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('another field table over SQLite', () => {
  describeFieldTables(() => ({
    folder,
    options: {},
    makeEmpty: async () => `sqlite:${join(folder, `${++count}.db`)}`,
  }));
});
