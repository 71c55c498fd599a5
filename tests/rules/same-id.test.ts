import type { Assertion } from '../../server/domain/assertions.ts';
import { foldAssertions } from '../../server/domain/assertions.ts';
import { factKinds } from '../../server/domain/facts.ts';
import { PackedRows } from '../../server/domain/packed/packed-assertions.ts';
import { ListBudget } from '../../server/import/mapping/list-budget.ts';
import { FactMerger } from '../../server/import/mapping/rows/fact-merger.ts';
import { RowBudget } from '../../server/import/read-options.ts';
import { RepeatedIds } from '../../server/import/rows/collected-rows.ts';
import { areRowsEqual, doRowsAddUp } from '../../server/rules/same-id.ts';
import { say } from '../store/assertions-for-tests.ts';
import { describe, expect, it } from '../support/test.ts';

const quill = (country: string, more: Partial<Assertion> = {}) =>
  say('ORGANIZATION', { id: 'quill', name: 'Quill', country }, { file: 'list.csv', line: 2, ...more });
const countryOf = (fact: { readonly values: readonly unknown[] } | undefined) => fact?.values[quill('DE').values.indexOf('DE')];

describe('[R681] the same id twice', () => {
  it('adds up for rows of lists about organizations, engagements and controls alone', () => {
    expect(factKinds.filter(doRowsAddUp)).toEqual(['ORGANIZATION', 'ENGAGEMENT', 'CONTROL']);
  });

  it('EQUAL_OR_REJECTED: rows are equal with the same values, source and date', () => {
    expect(areRowsEqual(quill('DE'), quill('DE', { line: 3 }))).toBe(true);
    for (const other of [quill('FR'), quill('DE', { source: 'a list' }), quill('DE', { assertedAt: 1 })])
      expect(areRowsEqual(quill('DE'), other)).toBe(false);
    const acceptedOf = (...rows: readonly Assertion[]) => {
      const packed = new PackedRows();
      const repeated = new RepeatedIds(packed, new RowBudget());
      for (const row of rows) {
        packed.pack(row);
        repeated.add(row.kind);
      }
      const { assertions, rejections } = repeated.finish();
      return [[...assertions].length, rejections.length];
    };
    expect(acceptedOf(quill('DE'), quill('DE', { line: 3 }))).toEqual([1, 0]);
    expect(acceptedOf(quill('DE'), quill('FR', { line: 3 }))).toEqual([0, 2]);
  });

  it('ROWS_ADD_UP: what rows state is joined, and the earlier of two that contradict counts', () => {
    const merger = new FactMerger(new ListBudget());
    const add = (country: string, aliases: string[]) =>
      merger.add('ORGANIZATION', 'quill', say('ORGANIZATION', { id: 'quill', name: 'Quill', country, aliases }).values, new Map(), {
        file: 'list.csv',
        line: 2,
        assertedAt: 0,
      });
    add('DE', ['Quillmark']);
    add('FR', ['Quill Ltd']);
    const [fact, ...more] = [...merger.list(null)];
    expect(more).toEqual([]);
    expect(countryOf(fact)).toBe('DE');
    expect(fact?.values).toContainEqual(['Quillmark', 'Quill Ltd']);
    expect(merger.conflictCount).toBe(1);
  });

  it('LATER_WRITE_COUNTS: the latest assertion that states a field decides it', () => {
    const write = (assertion: Assertion, seq: number) => ({
      ...assertion,
      write: seq,
      sourceKey: `import:${seq}`,
      importId: `i${seq}`,
      by: 'ada',
    });
    const silent = say('ORGANIZATION', { id: 'quill', name: 'Quill' });
    expect(countryOf(foldAssertions([write(quill('DE'), 1), write(quill('FR'), 2), write(silent, 3)]))).toBe('FR');
  });
});
