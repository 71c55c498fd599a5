import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const vendors = 'Vendor,Service\nZeta Cloud,Hosting\nOmega,Mail\n';

/** The client that the question about a vendor list proposes. */
async function proposedFor(fileName: string, text = vendors): Promise<string | null | undefined> {
  const read = await bench.read(
    { [fileName]: text },
    { decisions: noDecisions, isDated: false, readKnown: () => readKnownFacts(bench.store) },
  );
  return read.questions?.find(({ kind }) => kind === 'CLIENT')?.proposed;
}

describe('the client that a list without one proposes', () => {
  it.each([
    'foot.csv',
    'Foot notes 2025.csv',
    'city suppliers.csv',
    'old_cleaned-vendors.csv',
    'kite.csv',
    'AI vendors.csv',
    'Acme.xlsx.csv',
  ])('[I67] is nobody where the name of the file, %s, is like no name of an organization', async (name) => {
    expect(await proposedFor(name)).toBeNull();
  });

  it.each([
    ['northwind-bank vendors 2025.csv', 'Northwind Bank'],
    ['VegaLabs_subprocessors.csv', 'Vega Labs'],
    ['Vendor list Acme Inc.csv', 'Acme Inc'],
  ])('[I67] is named by the file %s, which reads like an organization', async (name, expected) => {
    expect(await proposedFor(name)).toBe(expected);
  });

  it.each([
    ['suppliers of the city of Springfield.csv', 'City of Springfield'],
    ['Bank-of-the-West_vendor_list.csv', 'Bank of the West'],
    ['vendors (2025) Universität der Künste Berlin.csv', 'Universität der Künste Berlin'],
    ['University list Springfield.csv', 'University Springfield'],
  ])('[G372] keeps the words that join its name in the file %s', async (name, expected) => {
    expect(await proposedFor(name)).toBe(expected);
  });

  it('[G372] is the recorded organization whose name the file says with or without its joining words', async () => {
    await bench.import({
      'organizations.csv': 'id,name,roles\nhouse-stone,Stone & Co,VENDOR\nrock,House of Rock,VENDOR\n',
    });
    expect(await proposedFor('vendors of the House of Stone.csv')).toBe('Stone & Co');
    expect(await proposedFor('house of rock vendors.csv')).toBe('House of Rock');
  });

  it('[I67] is the recorded organization that the file names by its id, name or alias, unless several fit', async () => {
    await bench.import({
      'organizations.csv': 'id,name,roles,aliases\nkite,Kite Data,VENDOR,KD;Twin\nvega,Vega,LAB,\ntwin-2,Twin Two,LAB,Twin\n',
    });
    expect(await proposedFor('kite.csv')).toBe('Kite Data');
    expect(await proposedFor('vendors of vega (2025).csv')).toBe('Vega');
    expect(await proposedFor('KD-suppliers.csv')).toBe('Kite Data');
    expect(await proposedFor('twin.csv')).toBeNull();
    expect(await proposedFor('foot.csv')).toBeNull();
  });

  it('[I67] is what a title says, whatever the file is called', async () => {
    expect(await proposedFor('foot.csv', `Larkhill - Subprocessors,\n,\n${vendors}`)).toBe('Larkhill');
  });

  it('[S1051] is whom an annex of a contract names as processor, and never the annex', async () => {
    const table = '| Sub-processor | Service |\n|---|---|\n| Moss | Hosting |\n';
    const title = '# Annex 3 – List of Sub-processors\n\n';
    expect(await proposedFor('foot.md', `${title}${table}`)).toBeNull();
    expect(await proposedFor('foot.md', `${title}Data processor: **Larkhill, Inc.**\n\n${table}`)).toBe('Larkhill, Inc.');
    expect(await proposedFor('foot.csv', `Schedule II - Subprocessors,\n,\n${vendors}`)).toBeNull();
  });
});
