import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../server/store/make-folder.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('making the folder of a store', () => {
  it('[S31] makes missing folders, and does nothing the second time', () => {
    makeFolder(join(folder, 'a', 'b', 'c'));
    makeFolder(join(folder, 'a', 'b', 'c'));
    expect(statSync(join(folder, 'a', 'b', 'c')).isDirectory()).toBe(true);
  });

  it('[S31] fails at once if a folder accepts no entries', () => {
    expect(() => makeFolder('/proc/exposure/data')).toThrow(/ENOENT|EACCES|EPERM|EROFS/);
  });
});
