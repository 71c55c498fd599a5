import { factFields } from '../../../server/domain/fact-fields.ts';
import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const vega = 'Asset,Type,Owner,Sensitivity\nGuide,Annotation guidelines,Vega Labs,4\nTaxonomy,Data taxonomy,Vega Labs,3\n';

/** The portion of each transfer, as the list states it, and the column's mapping. */
async function readPortions(header: string, cells: readonly string[], columns: readonly { column: string; field: string }[] = []) {
  const rows = cells.map((cell, i) => `Guide;Vega Labs;Vendor ${i};2025-03-04;${cell}`);
  const text = ['Artifact;Sent by;Sent to;Date sent;'.concat(header), ...rows, ''].join('\n');
  const decided = columns.map((column) => ({ ...column, use: 'FIELD' as const }));
  const decisions = { ...noDecisions, files: [{ name: 'handovers.csv', columns: decided }] };
  const read = await bench.read(
    { 'artifacts of vega.csv': vega, 'handovers.csv': text },
    { decisions, isDated: false, readKnown: () => readKnownFacts(bench.store) },
  );
  const at = factFields.TRANSFER.findIndex(({ name }) => name === 'portion');
  const portions = new Map(
    [...read.assertions].flatMap(({ kind, values }) => (kind === 'TRANSFER' ? [[String(values[3]), values[at] ?? null]] : [])),
  );
  const { files, values } = read;
  const mapping = files.find(({ name }) => name === 'handovers.csv')?.mapping?.columns.at(-1);
  return { portions: cells.map((_, i) => portions.get(`Vendor ${i}`) ?? null), mapping, asked: values?.map(({ value }) => value) };
}

describe('a column whose header states percent', () => {
  it.each(['Share (%)', 'Percent', '% share', 'Share in %', 'Portion (percent)', 'Percentage', 'Anteil in Prozent', 'Porcentaje'])(
    '[I66] "%s" gives its numbers that unit',
    async (header) => {
      const { portions, mapping } = await readPortions(header, ['25', '1', '12.5', '40%', '100', '']);
      expect(portions).toEqual([0.25, 0.01, 0.125, 0.4, 1, null]);
      expect(mapping).toMatchObject({ field: 'portion', because: expect.stringContaining('its numbers are percent') });
    },
  );

  it('[I66] asks what numbers mean that may be percent or parts of 1, and what one above 100 means', async () => {
    const open = await readPortions('Share (%)', ['0.25', '1', '40%']);
    expect(open.portions).toEqual([null, null, 0.4]);
    expect(open.asked).toEqual(['0.25', '1']);
    expect(open.mapping?.because).toContain('may be percent or parts of 1');
    const large = await readPortions('Share (%)', ['25', '130']);
    expect([large.portions, large.asked]).toEqual([[0.25, null], ['130']]);
  });

  it('[I66] is read alike where a person chose its field, and changes nothing without the unit', async () => {
    expect((await readPortions('Coverage %', ['25', '50'], [{ column: 'Coverage %', field: 'portion' }])).portions).toEqual([0.25, 0.5]);
    expect((await readPortions('Share', ['0.25', '1', '25%'])).portions).toEqual([0.25, 1, 0.25]);
  });

  it('[I66] holds for degrees that rows need, and is no amount of dollars and no name', async () => {
    const reveals = 'Artifact,Reveals,Degree (%)\nGuide,Taxonomy,40\n';
    const read = await bench.read(
      { 'artifacts of vega.csv': vega, 'what reveals what.csv': reveals },
      { decisions: noDecisions, isDated: false, readKnown: () => readKnownFacts(bench.store) },
    );
    const at = factFields.REVEALS.findIndex(({ name }) => name === 'degree');
    expect([...read.assertions].flatMap(({ kind, values }) => (kind === 'REVEALS' ? [values[at]] : []))).toEqual([0.4]);
    const artifacts = 'Asset,Type,Owner,Sensitivity,Value (%),% of dataset\nGuide,Annotation guidelines,Vega Labs,4,25,30\n';
    const { files } = await bench.read({ 'assets.csv': artifacts }, { decisions: noDecisions, isDated: false });
    expect(files[0]?.mapping?.columns.slice(-2).map(({ use }) => use)).toEqual(['IGNORED', 'IGNORED']);
  });
});
