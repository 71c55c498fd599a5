import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

async function columnsOf(text: string) {
  const { files } = await bench.read(
    { 'vendors.csv': text },
    { decisions: noDecisions, isDated: false, readKnown: () => readKnownFacts(bench.store) },
  );
  return Object.fromEntries((files[0]?.mapping?.columns ?? []).map(({ column, use, field, because }) => [column, [use, field, because]]));
}

describe('the reason for the use of a column', () => {
  it('[I38] of one that is kept as text names the column that has its meaning, or says that it is empty or that this kind of list has no such field', async () => {
    const columns = await columnsOf(
      'Vendor,Company name,Contract end,Encryption,Cost center\nZeta,Zeta Cloud,,Yes,CC-1\nOmega,Omega Ltd,,No,CC-2\n',
    );
    expect(columns).toMatchObject({
      'Company name': ['ATTRIBUTE', null, '"Vendor" has this meaning already: kept as text'],
      'Contract end': ['ATTRIBUTE', null, 'the column is empty: kept as text'],
      Encryption: ['ATTRIBUTE', null, 'no field of this kind of list fits its header: kept as text'],
      'Cost center': ['ATTRIBUTE', null, 'no field fits its header: kept as text'],
    });
  });

  it('[I38] a product beside its vendor is the service, unless another column is', async () => {
    expect(await columnsOf('Software,Vendor\nOffice,Microsoft\nJira,Atlassian\n')).toMatchObject({
      Software: ['FIELD', 'service', 'the product that the vendor provides'],
    });
    expect(await columnsOf('Software,Vendor,Service\nOffice,Microsoft,Mail\nJira,Atlassian,Tickets\n')).toMatchObject({
      Software: ['ATTRIBUTE', null, expect.any(String)],
      Service: ['FIELD', 'service', expect.any(String)],
    });
  });
});
