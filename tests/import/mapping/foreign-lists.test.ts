import { factFields } from '../../../server/domain/fact-fields.ts';
import { noDecisions, rememberMapping, withRemembered } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { kindsOfShape, targets } from '../../../server/import/mapping/recognize/list-shapes.ts';
import { recognizeColumn } from '../../../server/import/mapping/recognize/recognize-columns.ts';
import { ColumnProfile } from '../../../server/import/mapping/table/profile-columns.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, type Files } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const options = { decisions: noDecisions, isDated: false, readKnown: () => readKnownFacts(bench.store) };

async function columnsOf(text: string) {
  const { files } = await bench.read({ 'list.csv': text }, options);
  return Object.fromEntries((files[0]?.mapping?.columns ?? []).map(({ column, use, field, because }) => [column, { use, field, because }]));
}

/** The highest value of each artifact, as committed. */
async function valuesOf(cells: readonly string[]): Promise<(number | null)[]> {
  const rows = cells.map((cell, i) => `Guide ${i};Annotation guidelines;Vega Labs;4;${cell}`);
  const read = await bench.read(
    { 'artifacts of vega.csv': ['Asset;Type;Owner;Sensitivity;Estimated value', ...rows, ''].join('\n') },
    options,
  );
  const at = factFields.ARTIFACT.findIndex(({ name }) => name === 'valueHighUsd');
  const values = new Map(
    [...read.assertions].flatMap(({ kind, key, values }) => (kind === 'ARTIFACT' ? [[key, values[at] as number | undefined]] : [])),
  );
  return cells.map((_, i) => values.get(`Guide ${i}`) ?? null);
}

const warningsOf = async (files: Files) => (await bench.preview(files, options)).report.warnings.join('\n');

describe('a list from elsewhere', () => {
  it.each(['Value (EUR)', 'Value in €', 'Estimated value ($M)', "Value ('000 USD)", 'Value (TEUR)', 'Value, thousands'])(
    '[I60] does not fill a field of US dollars from "%s"',
    async (header) => {
      const columns = await columnsOf(`Asset,Type,Owner,Sensitivity,"${header}"\nGuide,Annotation guidelines,Vega Labs,4,250\n`);
      expect(Object.values(columns)[4]).toMatchObject({ use: 'IGNORED', field: null });
    },
  );

  it('[I758] takes codes under "Vendor" for its own numbers where another column has the names, and else for the vendors', async () => {
    const both = await columnsOf('Vendor,Name,Service\nV-1,Zeta Cloud,Hosting\nV-2,Omega,Mail\n');
    expect([both.Vendor?.use, both.Name]).toMatchObject(['ATTRIBUTE', { use: 'FIELD', field: 'name' }]);
    const alone = await columnsOf('Vendor,Service\nV-1,Hosting\nV-2,Mail\n');
    expect(alone.Vendor).toMatchObject({ use: 'FIELD', field: 'name' });
  });

  it('[I60] keeps a notice in days as text, with the reason, and fills both fields from their own units', async () => {
    const vendors = await columnsOf('Vendor,Service,Breach notice (days)\nZeta Cloud,Hosting,3\nOmega,Mail,5\n');
    expect(vendors['Breach notice (days)']).toEqual({
      use: 'ATTRIBUTE',
      field: null,
      because: '"Breach notice (days)" does not hold hours: kept as text',
    });
    const own = await columnsOf('Vendor,Service,Breach notice (hours)\nZeta Cloud,Hosting,72\nOmega,Mail,24\n');
    expect(own['Breach notice (hours)']).toMatchObject({ use: 'FIELD', field: 'noticeHours' });
    const dollars = await columnsOf('Asset,Type,Owner,Sensitivity,Value (USD)\nGuide,Annotation guidelines,Vega Labs,4,250\n');
    expect(dollars['Value (USD)']).toMatchObject({ use: 'FIELD', field: 'valueHighUsd' });
  });

  it('[I61] is read with the decimal mark that its column proves', async () => {
    expect(await valuesOf(['250.000,00', '1.500', '12,5', '1,234', '0,125'])).toEqual([250_000, 1500, 12.5, 1.234, 0.125]);
    expect(await valuesOf(['1.234.567', '1.500'])).toEqual([1_234_567, 1500]);
    expect(await valuesOf(['1,234.50', '1.500', '1,500'])).toEqual([1234.5, 1.5, 1500]);
    expect(await valuesOf(['1,234', '1.500', '$250K'])).toEqual([1234, null, 250_000]);
    expect(await valuesOf(['12,5', '12.5', '1,234', '1.500'])).toEqual([12.5, 12.5, null, null]);
  });

  it('[I62] has every field of its kind recognized by its own name', () => {
    const asHeader = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const shapes = ['ARTIFACTS', 'TRANSFERS', 'ACCESS', 'REVEALS', 'CONTROLS'] as const;
    const missing = shapes.flatMap((shape) => {
      const [kind] = kindsOfShape[shape] as readonly [keyof typeof factFields];
      // An id, a name and an engagement are found in other ways; internal fields and texts have no column.
      const own = factFields[kind].filter(
        ({ name, isInternal, type }) =>
          !isInternal && type !== 'attributes' && !['id', 'name', 'organization', 'engagement'].includes(name),
      );
      return own.filter(({ name }) => {
        const profile = new ColumnProfile(false);
        for (const cell of /At$|From$|Until$/.test(name) ? ['2025-01-02', '2026-03-04'] : ['0.5', '1']) profile.add(cell, 0);
        const guesses = recognizeColumn(asHeader(name), profile);
        return !guesses.some((guess) => guess.what === 'concept' && targets[shape][guess.concept]?.[1] === name);
      });
    });
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('[I63] makes no organization of a row of sums, and one of a company that is named like one', async () => {
    const sums = ['Grand total', 'Total:', 'Subtotal EMEA', 'Zwischensumme Q1', 'Sous-total', 'Average', 'Count: 4', 'Anzahl: 4'];
    const companies = ['Zeta Cloud', 'Total Energies', 'Average Joe Ltd', 'Count Data Inc', 'Summit Labs'];
    const rows = [...companies, ...sums].map((name, i) => `${name},Hosting ${i},${i}00`);
    const read = await bench.read({ 'vendors.csv': `Vendor,Service,Spend\n${rows.join('\n')}\nCount: 5,,\n` }, options);
    const names = [...read.assertions].flatMap(({ kind, key }) => (kind === 'ORGANIZATION' ? [key] : []));
    expect(names.sort()).toEqual([...companies, 'The client of this list'].sort());
  });

  it('[I64] says what becomes of a cell that it cannot read', async () => {
    const artifacts = 'Asset,Type,Owner,Sensitivity,Estimated value,Useful portion\nGuide,Annotation guidelines,Vega Labs,4,low,25\n';
    expect(await warningsOf({ 'artifacts of vega.csv': artifacts })).toMatch(
      /^2 cells do not fit .*: left out, and the field stays empty\.$/m,
    );
    const vendors = 'Vendor,Service,Contract end\nZeta Cloud,Hosting,2027-01-31\nOmega,Mail,Q4 2026\n';
    expect(await warningsOf({ 'vendors.csv': vendors })).toMatch(/"Q4 2026" in Contract end: kept as text, and the field stays empty\.$/m);
  });

  describe('in its next edition', () => {
    const register = (vendors: readonly string[], delimiter: string, write: (day: number, month: number) => string) =>
      [
        ['Vendor', 'Service', 'Contract start'],
        ...vendors.map((name, i) => [name, 'Hosting', write(i + 3, 4)]),
        ['Zulu', 'Mail', write(25, 12)],
      ]
        .map((cells) => cells.join(delimiter))
        .join('\n');
    const client = { name: 'Vega Labs', role: 'LAB' as const, isToBeCreated: true };
    const decided = { ...noDecisions, files: [{ name: 'vendors.csv', createMissing: true, client }] };
    const edition = async (text: string | Uint8Array, more: object = {}) => {
      const decisions = await withRemembered(bench.store, 'register', {
        ...decided,
        files: [{ ...decided.files[0], name: 'vendors.csv', ...more }],
      });
      const read = await bench.read({ 'vendors.csv': text }, { ...options, decisions, source: 'register' });
      await rememberMapping(bench.store, 'register', read.mappingDocument);
      const at = factFields.ENGAGEMENT.findIndex(({ name }) => name === 'startsAt');
      const starts = [...read.assertions].flatMap(({ kind, key, values }) =>
        kind === 'ENGAGEMENT' ? [`${key.slice('Vega Labs > '.length)} ${new Date(Number(values[at])).toISOString().slice(0, 10)}`] : [],
      );
      return { starts: starts.sort(), document: read.mappingDocument };
    };
    const starts = ['Kappa 2025-04-04', 'Omega 2025-04-03', 'Zulu 2025-12-25'];

    it('[I65] is read in its own form, not in that of the edition before', async () => {
      const vendors = ['Omega', 'Kappa'];
      expect((await edition(register(vendors, ',', (day, month) => `${day}/${month}/2025`))).starts).toEqual(starts);
      expect((await edition(register(vendors, ';', (day, month) => `${day}/${month}/2025`))).starts).toEqual(starts);
      const titled = `Register of vendors\n\n${register(vendors, '\t', (day, month) => `${month}/${day}/2025`)}`;
      expect((await edition(Buffer.from(`\ufeff${titled}`, 'utf16le'))).starts).toEqual(starts);
    });

    it('[I65] keeps the form that a person named', async () => {
      const text = register(['Omega', 'Kappa'], '|', (day, month) => `${day}/${month}/2025`);
      await edition(text, { delimiter: '|', encoding: 'windows-1252', headerLine: 1 });
      const { starts: again, document } = await edition(text);
      expect(again).toEqual(starts);
      expect(document?.files[0]).toMatchObject({ delimiter: '|', encoding: 'windows-1252', headerLine: 1 });
    });
  });
});

it('[I743] reads only a package URL as the software of an access', async () => {
  const rows = ['Zeta Cloud,Vega Labs,litellm', 'Omega,Vega Labs,pkg:pypi/litellm@1.0'].join('\n');
  const { assertions, cells } = await bench.read({ 'access.csv list.csv': `Who has access,Access to,Software\n${rows}\n` }, options);
  const at = factFields.ACCESS.findIndex(({ name }) => name === 'software');
  expect([...assertions].flatMap(({ kind, values }) => (kind === 'ACCESS' ? [values[at]] : []))).toEqual([
    undefined,
    'pkg:pypi/litellm@1.0',
  ]);
  expect(cells.notes).toMatchObject([{ change: 'LEFT_OUT', column: 'Software', count: 1, examples: [{ line: 2, text: 'litellm' }] }]);
});

it('[I750] takes the place of processing for no country of an organization', async () => {
  const columns = await columnsOf('Vendor,Service,Location of Processing\nZeta Cloud,Hosting,Germany\nOmega,Mail,Ireland\n');
  expect(columns['Location of Processing']).toEqual({
    use: 'ATTRIBUTE',
    field: null,
    because: '"Location of Processing" is where something is processed, which is no country of the organization: kept as text',
  });
  const own = await columnsOf('Vendor,Service,Country,Hosting location\nZeta Cloud,Hosting,Germany,France\n');
  expect([own.Country?.field, own['Hosting location']?.use]).toEqual(['country', 'ATTRIBUTE']);
});

it('[I751] makes no organization of a heading between the rows', async () => {
  const rows = ['Infrastructure:,,', 'Zeta Cloud,Hosting,DE', 'Support,Support,Support', 'Omega,Mail,', 'Kappa,,FR'];
  const read = await bench.read({ 'vendors.csv': `Vendor,Service,Country\n${rows.join('\n')}\n` }, options);
  const names = [...read.assertions].flatMap(({ kind, key }) => (kind === 'ORGANIZATION' ? [key] : []));
  expect(names.sort()).toEqual(['Kappa', 'Omega', 'The client of this list', 'Zeta Cloud']);
});

it('[I752] takes the codes of a system for no vendors', async () => {
  const methods = ['auction', 'open', 'limited', 'negotiated'];
  const rows = Array.from({ length: 40 }, (_, i) => `${methods[i % 4]},Contract ${i},${i + 1}000`);
  const read = await bench.read({ 'vendor contracts.csv': `method,title,amount\n${rows.join('\n')}\n` }, options);
  const names = [...read.assertions].flatMap(({ kind, key }) => (kind === 'ORGANIZATION' ? [key] : []));
  expect(names.filter((name) => methods.includes(name))).toEqual([]);
});
