import { findSkipLoss } from '../../../../server/import/rows/consequences.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../../support/test.ts';
import { Bench, type Files, smallFiles } from '../../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

async function lossOf(files: Files) {
  const read = await bench.read(files);
  const { rejections, report } = await bench.preview(files);
  const loss = findSkipLoss(rejections, read.files);
  expect(loss?.rowCount ?? 0).toBe(report.rejected);
  return loss;
}

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join('\n');

describe('the loss by skipping', () => {
  it('[F80] counts the rejected facts and the facts that name them, by kind', async () => {
    const loss = await lossOf({
      ...smallFiles,
      'engagements.csv': `id,client,provider\n${rows(24, (i) => `E-${i},vega,nobody`)}\nE-good,vega,kite\n`,
      'transfers.csv': `id,artifact,sender,recipient,engagement\n${rows(84, (i) => `T-${i},guidelines,vega,kite,E-${i % 24}`)}\nT-good,guidelines,vega,kite,E-good\n`,
    });
    expect(loss).toEqual({
      sentence: 'Skipping loses 24 engagements and the 84 transfers under them.',
      rowCount: 108,
      consequenceCount: 84,
    });
  });

  it('[F80] names a file that is rejected as a whole, with all that falls with it', async () => {
    const loss = await lossOf({ ...smallFiles, 'organizations.csv': 'id,nmae\nvega,Vega\nkite,Kite\n' });
    expect(loss?.sentence).toBe('Skipping loses the whole file organizations.csv and the artifact and the 2 transfers under it.');
  });

  it('[F80] counts a row with a fault of its own once, and says nothing of consequences where there are none', async () => {
    const wrong = { ...smallFiles, 'transfers.csv': 'id,artifact,sender,recipient,portion,confidence\nT-1,guidelines,vega,kite,7,8\n' };
    expect(await lossOf(wrong)).toEqual({ sentence: 'Skipping loses 1 transfer.', rowCount: 1, consequenceCount: 0 });
    expect(await lossOf(smallFiles)).toBeNull();
  });

  it('[F80] counts rows of a list, which may state several facts each', async () => {
    const loss = await lossOf({
      'vendors.csv': 'Vendor Name,Service,Contract End\nZeta,Hosting,2027-01-31\n"Omega"x,Support,2027-01-31\n',
    });
    expect(loss?.sentence).toBe('Skipping loses 1 row of vendors.csv.');
  });
});
