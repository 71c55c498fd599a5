import type { FileDecisions, MappingDocument } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { noDecisions, parseMappingDocument } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const day = (date: string) => Date.parse(`${date}T00:00:00Z`);
const rows = 'Vendor Name,Service,Contract End\nZeta Cloud,Hosting,2027-01-31\nOmega,Support,2027-01-31\n';
const client = { name: 'Vega Labs', role: 'LAB' as const, isToBeCreated: true };

async function read(name: string, text: string, stated: Partial<FileDecisions> = {}, isDated = false) {
  const decisions: MappingDocument = { ...noDecisions, files: [{ name: '*', client, createMissing: true, ...stated }] };
  const found = await bench.read({ [name]: text }, { decisions, isDated, readKnown: () => readKnownFacts(bench.store) });
  const [file] = found.files;
  return {
    asOf: file?.mapping?.asOf,
    because: file?.mapping?.asOfBecause,
    asserted: new Set([...found.assertions].map(({ assertedAt }) => assertedAt)),
    questions: found.questions,
    document: found.mappingDocument,
  };
}

describe('the date of a list', () => {
  it.each([
    ['its title', 'vendors.csv', `Vega Labs vendors (as of June 30 2025),,\n${rows}`, '2025-06-30', 'the title says "June 30 2025"'],
    ['its file name', 'vendors 2025-03-31.csv', rows, '2025-03-31', 'the name of the file says "2025-03-31"'],
    [
      'a title with a comma too many',
      'vendors.csv',
      `"Last Updated: May, 15, 2025",,\n${rows}`,
      '2025-05-15',
      'the title says "May, 15, 2025"',
    ],
    ['a Polish title', 'lista.csv', `Dostawcy – stan na dzień 31.10.2025,,\n${rows}`, '2025-10-31', 'the title says "31.10.2025"'],
    ['a French title', 'liste.csv', `Prestataires (à jour au 31/10/2025),,\n${rows}`, '2025-10-31', 'the title says "31/10/2025"'],
    ['a Russian title', 'list.csv', `Поставщики по состоянию на 31.10.2025,,\n${rows}`, '2025-10-31', 'the title says "31.10.2025"'],
    ['a Japanese title', 'list.csv', `委託先一覧（2025年10月31日現在）,,\n${rows}`, '2025-10-31', 'the title says "2025年10月31日"'],
    ['a Chinese title', 'list.csv', `供应商清单 截至2025年10月31日,,\n${rows}`, '2025-10-31', 'the title says "2025年10月31日"'],
    ['a German title', 'liste.csv', `Lieferanten Stand 31.12.2024,,\n${rows}`, '2024-12-31', 'the title says "31.12.2024"'],
  ])('[F82] [S1054] comes from %s, and its facts are asserted then', async (_, name, text, date, because) => {
    const found = await read(name, text);
    expect([found.asOf, found.because, [...found.asserted]]).toEqual([day(date), because, [day(date)]]);
    expect(found.questions).toEqual([]);
  });

  it('[F82] is that of the import where nothing names one, or where a person dated the import', async () => {
    expect(await read('vendors.csv', rows)).toMatchObject({ asOf: null, because: null, asserted: new Set([day('2026-01-01')]) });
    expect(await read('vendors 2025-03-31.csv', rows, {}, true)).toMatchObject({ asOf: null, asserted: new Set([day('2026-01-01')]) });
  });

  it('[F82] is asked for where the title has one with two readings, and the mapping document answers', async () => {
    const text = `Vega Labs vendors as of 03/04/2025,,\n${rows}`;
    const [question] = (await read('vendors.csv', text)).questions;
    expect(question).toMatchObject({ kind: 'AS_OF', choices: ['2025-04-03', '2025-03-04'], flag: '--asserted-at 2025-04-03' });
    const answered = await read('vendors.csv', text, { asOf: '2025-03-04' });
    expect(answered).toMatchObject({ asOf: day('2025-03-04'), asserted: new Set([day('2025-03-04')]), questions: [] });
    expect(answered.document?.files[0]?.asOf).toBe('2025-03-04');
    expect(await read('vendors.csv', text, { dateOrder: 'MONTH_FIRST' })).toMatchObject({ asOf: day('2025-03-04'), questions: [] });
    expect((await read('vendors.csv', text, {}, true)).questions).toEqual([]);
  });

  it('[F82] must be a date', () => {
    const document = JSON.stringify({ version: 1, files: [{ name: 'vendors.csv', asOf: 'June' }] });
    expect(() => parseMappingDocument(document, 'mapping.json')).toThrow(/files\.0\.asOf: expected a date such as 2026-03-24/);
  });
});
