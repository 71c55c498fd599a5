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

describe('an official number in a list of vendors', () => {
  it('[I997] is a text of the organization, and a later list under another name is compared with it', async () => {
    const client = { name: 'Vega Labs', role: 'LAB' as const };
    const decisions = { ...noDecisions, files: [{ name: '*', client, createMissing: true }] };
    const first =
      'Vendor no.,Vendor,LEI,VAT number,Registration number,Tier,Service\nV-1,Zeta,529900ZETA0000000056,DE123456789,HRB 12345,2,Hosting\n';
    await bench.import({ 'vendors.csv': first }, 'ALL_OR_NOTHING', { decisions });
    const texts = new Map<string, unknown>();
    for await (const { kind, facts } of bench.store.readFacts())
      for (const { key, values } of facts)
        texts.set(
          `${kind} ${key}`,
          values.find((value) => Array.isArray(value) && typeof value[0] === 'object'),
        );
    expect(texts.get('ORGANIZATION Zeta')).toEqual([
      { name: 'LEI', value: '529900ZETA0000000056' },
      { name: 'Registration number', value: 'HRB 12345' },
      { name: 'VAT number', value: 'DE123456789' },
    ]);
    expect(texts.get('ENGAGEMENT Vega Labs > Zeta')).toEqual([
      { name: 'Tier', value: '2' },
      { name: 'Vendor no.', value: 'V-1' },
    ]);
    const later = 'Supplier,LEI,Tax ID,Service\nOmega Hosting,529900 ZETA 0000 0000 56,,Hosting\nSigma,,DE 123456789,Support\n';
    const { matches } = await bench.read({ 'suppliers.csv': later }, { decisions, readKnown: () => readKnownFacts(bench.store) });
    expect(matches.map(({ id, decision, candidates }) => [id, decision, candidates[0]?.id, candidates[0]?.evidence])).toEqual([
      ['Omega Hosting', 'UNDECIDED', 'Zeta', ['same LEI 529900ZETA0000000056']],
      ['Sigma', 'UNDECIDED', 'Zeta', ['same tax id DE123456789']],
    ]);
  });
});
