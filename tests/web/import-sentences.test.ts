import { describe, expect, it } from '@jest/globals';
import { kindOfFile, nothingChangesSentence, outcomeOf, progressSentence, titleOf } from '../../web/features/import/sentences.ts';

describe('the sentences of an import', () => {
  it('[W21] one sentence gives the effect of a commit', () => {
    const report = { rows: 32, created: 6, updated: 5, unchanged: 16, rejected: 3, warnings: [] };
    expect(outcomeOf(report)).toBe('Imported: 6 created, 5 updated, 16 unchanged, 3 rejected.');
    expect(outcomeOf({ ...report, unchanged: 0, rejected: 0 })).toBe('Imported: 6 created, 5 updated.');
    expect(outcomeOf({ ...report, created: 0, updated: 0, rejected: 0 })).toBe('Nothing changed. 16 rows match the recorded data.');
  });

  it('[W21] the title of an import is its source, else its files', () => {
    const file = (name: string) => ({ name, sizeBytes: 1, sha256: '' });
    expect(titleOf({ source: 'Vendor register', files: [file('a.csv')] })).toBe('Vendor register');
    expect(titleOf({ source: null, files: [file('a.csv')] })).toBe('a.csv');
    expect(titleOf({ source: null, files: [file('a.csv'), file('b.csv'), file('c.csv')] })).toBe('a.csv and 2 other files');
    expect(titleOf({ source: null, files: [] })).toBe('New import');
  });

  it('[W21] rejected rows that leave nothing to import are given as the reason', () => {
    expect(nothingChangesSentence({ unchanged: 0, rejected: 1 })).toBe('Nothing can be imported: 1 row was rejected for the reason below.');
    expect(nothingChangesSentence({ unchanged: 5, rejected: 2 })).toBe(
      'Nothing changes: 5 rows match the recorded data, and 2 rows were rejected for the reasons below.',
    );
  });

  it('[W21] progress counts bytes while reading and rows while writing', () => {
    expect(progressSentence({ step: 'reading', done: 1_200_000, total: 5_210_000 })).toBe('Reading the files: 1.2 MB of 5.2 MB');
    expect(progressSentence({ step: 'writing', done: 1000, total: 5000 })).toBe('Writing the changes: 1,000 of 5,000 rows');
  });

  it('[W21] a file shows the kind of its rows', () => {
    expect(kindOfFile('Transfers.csv')).toBe('Transfers');
    expect(kindOfFile('q4.csv')).toBe('Set by its header');
  });
});
