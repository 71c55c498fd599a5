import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
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
    ['suppliers of the city of Springfield.csv', 'City Springfield'],
  ])('[I67] is named by the file %s, which reads like an organization', async (name, expected) => {
    expect(await proposedFor(name)).toBe(expected);
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
});
