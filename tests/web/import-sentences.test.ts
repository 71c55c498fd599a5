import { changedValue, fieldInWords, recordName } from '../../web/features/import/list/field-words.ts';
import {
  cellNoteSentence,
  kindOfFile,
  nothingChangesSentence,
  outcomeOf,
  progressSentence,
  refusedFilesSentence,
  titleOf,
} from '../../web/features/import/sentences.ts';
import { describe, expect, it } from '../support/test.ts';

describe('the sentences of an import', () => {
  it('[I945] one sentence says what became of cells, and does not contradict the account', () => {
    const note = { file: 'a.csv', count: 1, column: 'Vendor', examples: [{ line: 2, text: 'Zeta*', becomes: '* EU only' }] };
    const said = [
      cellNoteSentence({ ...note, change: 'REMARK', rule: 'has a footnote' }),
      cellNoteSentence({
        ...note,
        change: 'JOINED',
        count: 2,
        rule: 'looks like several names, but too few cells of its column do',
        examples: [],
      }),
      cellNoteSentence({ ...note, change: 'REPAIRED', column: null, rule: 'was decoded twice, and is read as it was meant', examples: [] }),
    ];
    expect(said).toEqual([
      'a.csv: 1 cell of "Vendor" used, with a part kept as text, because it has a footnote (line 2 "Zeta*" → * EU only).',
      'a.csv: 2 cells of "Vendor" taken as one, because each looks like several names, but too few cells of its column do.',
      'a.csv: 1 cell repaired, because it was decoded twice, and is read as it was meant.',
    ]);
  });

  it('[W21] one sentence gives the effect of a commit', () => {
    const report = {
      rows: 32,
      created: 6,
      updated: 5,
      unchanged: 16,
      rejected: 3,
      warnings: [],
      asOf: null,
      account: null,
      drift: null,
      cells: null,
    };
    expect(outcomeOf(report)).toBe('Imported: 6 created, 5 updated, 16 unchanged, 3 rejected.');
    expect(outcomeOf({ ...report, unchanged: 0, rejected: 0 })).toBe('Imported: 6 created, 5 updated.');
    expect(outcomeOf({ ...report, created: 0, updated: 0, rejected: 0 })).toBe('Nothing changed. 16 rows match the recorded data.');
  });

  it('[W21] the title of an import is its name, else its source, else its files', () => {
    const file = (name: string) => ({ name, sizeBytes: 1, sha256: '' });
    const title = (source: string | null, names: readonly string[], name: string | null = names[0] ?? null) =>
      titleOf({ name, source, files: names.map(file) });
    expect(title('Vendor register', ['a.csv'])).toBe('Vendor register');
    expect(title(null, ['a.csv'])).toBe('a.csv');
    expect(title(null, ['a.csv', 'b.csv', 'c.csv'])).toBe('a.csv and 2 other files');
    expect(title(null, [])).toBe('New import');
    expect(title('Vendor register', ['a.csv'], 'June, final')).toBe('June, final');
    expect(title(null, ['book.xlsx#A', 'book.xlsx#B'], 'book.xlsx')).toBe('book.xlsx');
  });

  it('[W21] rejected rows that leave nothing to import are given as the reason', () => {
    expect(nothingChangesSentence({ unchanged: 0, rejected: 1 })).toBe('Nothing can be imported: 1 row was rejected for the reason below.');
    expect(nothingChangesSentence({ unchanged: 5, rejected: 2 })).toBe(
      'Nothing changes: 5 rows match the recorded data, and 2 rows were rejected for the reasons below.',
    );
  });

  it('[W261] a file that is no inventory is called that, and not a rejected row', () => {
    const refused = (names: readonly string[], codes: readonly string[]) =>
      refusedFilesSentence({
        files: names.map((name) => ({ name })),
        causes: codes.map((code) => ({ code, count: names.length })),
      } as unknown as Parameters<typeof refusedFilesSentence>[0]);
    expect(refused(['a.csv'], ['UNKNOWN_KIND'])).toBe(
      'Nothing can be imported: 1 file is not an inventory, or empty. The reasons are below.',
    );
    expect(refused(['a.xlsx#1', 'a.xlsx#2'], ['UNKNOWN_KIND'])).toMatch(/: 2 sheets are not an inventory/);
    expect(refused(['a.csv'], [])).toBeNull();
    expect(refused(['a.csv', 'b.csv'], ['UNKNOWN_KIND', 'NOT_A_DATE'])).toBeNull();
  });

  it('[W132] a changed field and its value are in words', () => {
    expect(fieldInWords('ENGAGEMENT', 'endsAt')).toBe('end date');
    expect(fieldInWords('ORGANIZATION', 'attribute:Risk tier')).toBe('Risk tier');
    expect(changedValue('ENGAGEMENT', 'endsAt', '2026-02-01T00:00:00Z')).toBe('Jan 31, 2026');
    expect(changedValue('ENGAGEMENT', 'startsAt', '2026-02-01T08:30:00Z')).toBe('Feb 1, 2026, 08:30');
    expect(changedValue('ORGANIZATION', 'roles', 'LAB;VENDOR')).toBe('Lab, Vendor');
    expect(changedValue('ORGANIZATION', 'aliases', 'Quillmark Inc;QM')).toBe('Quillmark Inc, QM');
    expect(changedValue('ORGANIZATION', 'attribute:Note', '2026-02-01T00:00:00Z')).toBe('2026-02-01T00:00:00Z');
    expect(changedValue('ORGANIZATION', 'name', 'LAB')).toBe('LAB');
    expect(recordName({ factKind: 'CONTROL', factId: 'Amber%20Labs/SOC_2', name: null })).toBe('SOC_2 of Amber Labs');
    expect(recordName({ factKind: 'ENGAGEMENT', factId: 'a/b', name: null })).toBe('a/b');
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
