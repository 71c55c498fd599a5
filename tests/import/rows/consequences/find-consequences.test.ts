import { describeConsequences, findConsequences } from '../../../../server/import/rows/consequences.ts';
import { causesOf } from '../../../../server/import/rows/rejection.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../../support/test.ts';
import { Bench, smallFiles } from '../../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

describe('the causes of rejections', () => {
  it('[M21] put one wrong header first, and fold the rows that name its facts under it', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `T-${i},guidelines,vega,kite`);
    const { rejections } = await bench.preview({
      'organizations.csv': smallFiles['organizations.csv'].replace('name', 'nmae'),
      'artifacts.csv': smallFiles['artifacts.csv'],
      'transfers.csv': `id,artifact,sender,recipient\n${rows.join('\n')}\n`,
    });
    const causes = causesOf(rejections, findConsequences(rejections));
    expect(causes.filter(({ isConsequence }) => !isConsequence).map(({ code, example }) => `${example.file} ${code}`)).toEqual([
      'organizations.csv MISSING_COLUMN',
      'organizations.csv UNKNOWN_COLUMN',
    ]);
    expect(causes.findIndex(({ isConsequence }) => isConsequence)).toBe(2);
    expect(describeConsequences(rejections.filter(findConsequences(rejections)))).toEqual([
      '1 row of artifacts.csv (line 2)',
      '300 rows of transfers.csv (first: line 2)',
    ]);
  });

  it('[M21] keep a reference to a fact that no file was to bring as a root cause', async () => {
    const { rejections } = await bench.preview({
      ...smallFiles,
      'transfers.csv': 'id,artifact,sender,recipient\nT-1,guidelines,vega,nobody\nT-2,wrong,vega,kite\n',
    });
    expect(rejections.map(findConsequences(rejections))).toEqual([false, false]);
  });
});
