import type { Assertion } from '../../../server/domain/assertions.ts';
import { KindRows } from '../../../server/domain/packed/kind-rows.ts';
import { PackedRows } from '../../../server/domain/packed/packed-assertions.ts';
import { countRows } from '../../../server/import/commit-import.ts';
import { RowBudget } from '../../../server/import/read-options.ts';
import { RepeatedIds } from '../../../server/import/rows/collected-rows.ts';
import { causesOf } from '../../../server/import/rows/rejection.ts';
import { describe, expect, it, spyOn } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

function row(key: string, name: string, line: number, file = 'organizations.csv'): Assertion {
  return { kind: 'ORGANIZATION', key, isRetraction: false, values: [key, name], assertedAt: 0, source: null, file, line };
}

function finish(rows: readonly Assertion[]) {
  const packed = new PackedRows();
  const repeated = new RepeatedIds(packed, new RowBudget());
  for (const one of rows) {
    packed.pack(one);
    repeated.add(one.kind);
  }
  const { assertions, ...rest } = repeated.finish();
  return { assertions: [...assertions], ...rest, repeatedCount: repeated.repeatedCount };
}

describe('the same id twice in an import', () => {
  it('[F63] is one fact if the rows are equal, in any order of ids', () => {
    const { assertions, rejections, repeatedCount } = finish([row('b', 'B', 2), row('a', 'A', 3), row('b', 'B', 4), row('a', 'A', 5)]);
    expect(assertions.map(({ key, line }) => [key, line])).toEqual([
      ['b', 2],
      ['a', 3],
    ]);
    expect([rejections, repeatedCount]).toEqual([[], 2]);
  });

  it('[F63] rejects up to five differing rows one by one, each naming the others', () => {
    const { assertions, rejections, rejectedKeys } = finish([2, 3, 4, 5, 6].map((line) => row('a', `A${line}`, line)));
    expect(assertions).toEqual([]);
    expect(rejections).toHaveLength(5);
    expect(rejections[0]?.message).toContain(
      'here and in organizations.csv:3, organizations.csv:4, organizations.csv:5, organizations.csv:6.',
    );
    expect([...(rejectedKeys.get('ORGANIZATION') ?? [])]).toEqual(['a']);
  });

  it('[F63] rejects more than five together, once for each file, and counts every row', () => {
    const rows = [2, 3, 4, 5, 6, 7].map((line) => row('a', `A${line}`, line, line < 6 ? 'one.csv' : 'two.csv'));
    const { rejections } = finish(rows);
    expect(rejections.map(({ file, line, lines }) => [file, line, lines])).toEqual([
      ['one.csv', 2, [2, 3, 4, 5]],
      ['two.csv', 6, [6, 7]],
    ]);
    expect(rejections[0]?.message).toMatch(/stands in 6 rows.*and 1 more.*is no id/s);
    expect(countRows(rejections)).toBe(6);
    expect(causesOf(rejections, () => false)).toMatchObject([{ code: 'DIFFERING_ROWS', count: 6 }]);
  });

  it.each([
    ['a constant id', () => 'same'],
    ['two ids', (line: number) => String(line % 2)],
    ['an id of its own in each row, in descending order', (line: number) => String(900_000 - line)],
  ])('[F63] looks at each row a bounded number of times, with %s', (_, keyOf) => {
    const count = 20_000;
    const looks = spyOn(KindRows.prototype, 'assertion');
    finish(Array.from({ length: count }, (_, at) => row(keyOf(at), `N${at}`, at + 2)));
    const looked = looks.mock.calls.length - (keyOf(0) === keyOf(2) ? 0 : count);
    looks.mockRestore();
    // Comparing in pairs would be 200,000,000 looks.
    expect(looked).toBeLessThanOrEqual(2 * count);
  });

  it('[F63] a constant id column of 32,000 rows is one rejection', async () => {
    const bench = await Bench.open();
    const lines = Array.from({ length: 32_000 }, (_, at) => `same,Vendor ${at}`);
    const { report, rejections, isWritten } = await bench.import({ 'organizations.csv': `id,name\n${lines.join('\n')}\n` });
    await bench.close();
    expect([isWritten, rejections.length]).toEqual([false, 1]);
    expect(report).toMatchObject({ rows: 32_000, created: 0, rejected: 32_000 });
  });
});
