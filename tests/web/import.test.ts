import { describe, expect, it } from '@jest/globals';
import { formatBytes, kindOfFile, outcomeOf, titleOf } from '../../web/features/import/sentences.ts';
import { importHref, parseImportPlace } from '../../web/shared/url/import-state.ts';

function read(href: string) {
  const { pathname, searchParams } = new URL(href, 'http://localhost');
  return parseImportPlace(pathname, searchParams);
}

describe('import', () => {
  it.each([
    [null, null, 'changes'],
    ['imp-1', null, 'changes'],
    ['imp-1', 'upload', 'changes'],
    ['imp-1', 'preview', 'rejects'],
    ['a/b ?#%', 'commit', 'changes'],
  ] as const)('[W20] the address of import %s at step %s, showing %s, reads back as it was written', (id, step, show) => {
    expect(read(importHref(id, step, show))).toEqual({ id, step: id === null ? null : step, show });
  });

  it('[W20] a mangled address names an import as it stands, and an unknown step counts as none', () => {
    expect(read('/import/%E0%A4%A?step=map&show=all')).toEqual({ id: '%E0%A4%A', step: null, show: 'changes' });
  });

  it('[W21] what a commit did is said in one sentence', () => {
    const report = { rows: 32, created: 6, updated: 5, unchanged: 16, rejected: 3, warnings: [] };
    expect(outcomeOf(report)).toBe('Imported: 6 created, 5 updated, 16 unchanged, 3 left out.');
    expect(outcomeOf({ ...report, unchanged: 0, rejected: 0 })).toBe('Imported: 6 created, 5 updated.');
    expect(outcomeOf({ ...report, created: 0, updated: 0, rejected: 0 })).toBe('Imported: nothing changed, 16 were so already.');
  });

  it('[W21] an import is called by its source, else by its files', () => {
    const file = (name: string) => ({ name, sizeBytes: 1, sha256: '' });
    expect(titleOf({ source: 'Vendor register', files: [file('a.csv')] })).toBe('Vendor register');
    expect(titleOf({ source: null, files: [file('a.csv')] })).toBe('a.csv');
    expect(titleOf({ source: null, files: [file('a.csv'), file('b.csv'), file('c.csv')] })).toBe('a.csv and 2 other files');
    expect(titleOf({ source: null, files: [] })).toBe('New import');
  });

  it('[W21] a file shows what it holds and how large it is', () => {
    expect(kindOfFile('Transfers.csv')).toBe('Transfers');
    expect(kindOfFile('q4.csv')).toBe('By its header');
    expect([0, 999, 5210, 1_235_210, 4e9].map(formatBytes)).toEqual(['0 B', '999 B', '5.2 kB', '1.2 MB', '4.00 GB']);
  });
});
