import { factFields } from '../../../server/domain/fact-fields.ts';
import type { FileDecisions, MappingDocument } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { readDate } from '../../../server/import/mapping/values/read-dates.ts';
import { isEvidence, unreadable } from '../../../server/import/mapping/values/read-values.ts';
import { splitNames } from '../../../server/import/mapping/values/split-names.ts';
import { cleanName } from '../../../server/import/matching/clean-name.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, type Files } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const decided = (file: Partial<FileDecisions> = {}): MappingDocument => ({
  ...noDecisions,
  files: [{ name: '*', client: { name: 'Vega Labs', role: 'LAB' }, createMissing: true, ...file }],
});

const read = (files: Files, file?: Partial<FileDecisions>) =>
  bench.read(files, { decisions: decided(file), isDated: false, readKnown: () => readKnownFacts(bench.store) });

/** The field of each column of a list, or its use without one. */
async function columnsOf(text: string) {
  const { files } = await read({ 'list.csv': text });
  return Object.fromEntries((files[0]?.mapping?.columns ?? []).map(({ column, use, field }) => [column, field ?? use]));
}

/** Fields of every fact of a kind, as stated; dates as days. */
async function statedBy(files: Files, kind: keyof typeof factFields, names: readonly string[], file?: Partial<FileDecisions>) {
  const { assertions } = await read(files, file);
  const at = names.map((name) => factFields[kind].findIndex((field) => field.name === name));
  const shown = (value: unknown) => (typeof value === 'number' && value > 1e9 ? new Date(value).toISOString().slice(0, 10) : value);
  return [...assertions].flatMap((one) => (one.kind === kind ? [at.map((index) => shown(one.values[index]))] : []));
}

describe('an export of a program', () => {
  it('[I69] names no vendor by its number: neither "Supplier #", nor numbers under "Vendor"', async () => {
    const coupa = await columnsOf('Supplier #,Supplier Name,Status\n1001,Acme GmbH,active\n1002,Borealis Inc,active\n');
    expect(coupa).toMatchObject({ 'Supplier #': 'id', 'Supplier Name': 'name' });
    const sap = await columnsOf('Vendor;Name 1;Service\n0000100234;ACME GMBH;Mail\n0000100235;BOREALIS INC;Hosting\n');
    expect(sap).toMatchObject({ Vendor: 'id', 'Name 1': 'name' });
  });

  it('[I69] names its columns twice, as "Region - Country", and vendors by ten digits that are no phone numbers', async () => {
    const ariba = await columnsOf(
      'ERP Vendor ID,Supplier - Supplier,Region - Country\n0000100234,ACME GMBH,DE\n0000100235,BOREALIS INC,US\n0000100236,CUMULUS,GB\n',
    );
    expect(ariba).toEqual({
      'ERP Vendor ID': expect.not.stringMatching('IGNORED'),
      'Supplier - Supplier': 'name',
      'Region - Country': 'country',
    });
  });

  it('[I70] creates no organization for an error of a spreadsheet, a placeholder or a zero', async () => {
    const nobody = ['(blank)', '#REF!', '#N/A', '0', 'NOASSERTION', '(none)', 'Unknown vendor'];
    const rows = nobody.map((name) => `${name},Mail,2024-01-01`).join('\n');
    const names = await statedBy({ 'list.csv': `Vendor,Service,Start date\nAcme,(none),#####\n${rows}\n` }, 'ORGANIZATION', ['name']);
    expect(names.flat().sort()).toEqual(['Acme', 'Vega Labs']);
    expect(await statedBy({ 'list.csv': 'Vendor,Service\nAcme,(none)\n' }, 'ENGAGEMENT', ['service'])).toEqual([[undefined]]);
    expect(cleanName('Organization: OpenJS Foundation').name).toBe('OpenJS Foundation');
  });

  it.each([
    ['2024\u201103\u201104', '2024-03-04'],
    ['\u200e04.03.2024', '2024-03-04'],
    ['2024–03–04', '2024-03-04'],
    ['1er mars 2024', '2024-03-01'],
    ['2024年3月4日', '2024-03-04'],
  ])('[I71] has the date %j, with signs that nobody sees, or as another language writes it', (text, day) => {
    const date = readDate(text, null);
    expect(typeof date === 'object' && new Date(date.at).toISOString().slice(0, 10)).toBe(day);
  });

  it.each(['12/31/99', '31.12.99', '04-Mar-98', 'Mar 75'])('[I71] has no date in %s, whose century nobody knows', (text) => {
    expect(readDate(text, 'MONTH_FIRST')).toBe('UNREADABLE');
    expect(readDate('12/31/49', 'MONTH_FIRST')).toEqual({ at: Date.UTC(2049, 11, 31) });
  });

  it('[I72] states an end for an engagement of several rows only if each row states one', async () => {
    const text =
      'Vendor,Service,Start date,End date\nAcme,Labels,2022-01-01,2024-12-31\nAcme,Hosting,2025-01-01,\nZeta,Mail,2022-01-01,2024-12-31\nZeta,Chat,,2025-12-31\n';
    const dates = await statedBy({ 'list.csv': text }, 'ENGAGEMENT', ['provider', 'startsAt', 'endsAt']);
    expect(dates).toEqual([
      ['Acme', '2022-01-01', null],
      ['Zeta', null, '2026-01-01'],
    ]);
    const { report } = await bench.preview(
      { 'list.csv': text },
      { decisions: decided(), isDated: false, readKnown: () => readKnownFacts(bench.store) },
    );
    expect(report.warnings.join('\n')).toContain('2 engagements have dates that one row states and another leaves empty');
  });

  it('[I72] states no end for one row without it: an empty cell alone says nothing', async () => {
    const dates = await statedBy(
      { 'list.csv': 'Vendor,Start date,End date\nAcme,2022-01-01,\nZeta,2022-01-01,2024-12-31\n' },
      'ENGAGEMENT',
      ['endsAt'],
    );
    expect(dates).toEqual([[undefined], ['2025-01-01']]);
  });

  const grouped =
    'Vendor No.,Vendor,Service,Start date\nV-1,Acme,Labels,2024-03-04\n,,Texts,2025-01-15\n,,Checks,2025-02-01\nV-2,Zeta,Mail,2025-01-15\n';

  it('[I73] whose rows name a vendor once asks whether the others belong to it, and reads them so', async () => {
    const { questions } = await read({ 'list.csv': grouped });
    expect(questions.map(({ kind, message, flag }) => [kind, message, flag])).toEqual([
      [
        'UNNAMED_ROWS',
        '2 rows of list.csv leave a name empty, such as line 3. Does each belong to the name above it?',
        '--unnamed-rows above',
      ],
    ]);
    const fields = ['provider', 'service'] as const;
    expect(await statedBy({ 'list.csv': grouped }, 'ENGAGEMENT', fields, { namesAbove: true })).toEqual([
      ['Acme', 'Labels; Texts; Checks'],
      ['Zeta', 'Mail'],
    ]);
    expect((await read({ 'list.csv': grouped }, { namesAbove: true })).questions).toEqual([]);
    const without = await read({ 'list.csv': grouped }, { namesAbove: false });
    expect(without.questions).toEqual([]);
    expect(await statedBy({ 'list.csv': grouped }, 'ENGAGEMENT', fields, { namesAbove: false })).toEqual([
      ['Acme', 'Labels'],
      ['Zeta', 'Mail'],
    ]);
  });

  it('[I73] whose rows name a client once gives each client its own vendors', async () => {
    const text =
      'AI company,Subprocessor,Purpose\nAmber Labs,Zeta,Hosting\n,Omega,Mail\nBirch AI,Zeta,Chat\n,Sigma,Checks\nCedar AI,,None yet\n';
    expect(await statedBy({ 'list.csv': text }, 'ENGAGEMENT', ['client', 'provider'], { client: undefined, namesAbove: true })).toEqual([
      ['Amber Labs', 'Zeta'],
      ['Amber Labs', 'Omega'],
      ['Birch AI', 'Zeta'],
      ['Birch AI', 'Sigma'],
    ]);
  });

  it('[I73] with one row without a name, or with nearly empty ones, asks nothing', async () => {
    const kindsOf = async (rows: string) =>
      (
        await read({
          'list.csv': `Vendor,Service,Start date,End date,Country\nAcme,Mail,2024-01-01,,DE\n${rows}Zeta,Mail,2024-01-01,,DE\n`,
        })
      ).questions.map(({ kind }) => kind);
    expect(await kindsOf(',Chat,2024-01-01,,DE\n')).toEqual([]);
    expect(await kindsOf(',Chat,,,\n,Chat,,,\n')).toEqual([]);
    expect(await kindsOf(',Chat,2024-01-01,,DE\n,Mail,2024-01-01,,DE\n')).toEqual(['UNNAMED_ROWS']);
  });

  it('[I74] tells equal headers apart by the headings above them', async () => {
    const text =
      'Vendor,,Certificate,,Contract,\nName,Country,Start,End,Start,End\nAcme,DE,2023-01-01,2024-01-01,2024-03-04,2027-03-03\nZeta,US,2023-01-01,2024-01-01,2025-01-15,2026-12-31\n';
    expect(await columnsOf(text)).toEqual({
      Name: 'name',
      Country: 'country',
      'Certificate Start': 'ATTRIBUTE',
      'Certificate End': 'ATTRIBUTE',
      'Contract Start': 'startsAt',
      'Contract End': 'endsAt',
    });
  });

  it('[I75] of vendors and their subcontractors, with a row for each pair, says that the vendors engage them', async () => {
    const text =
      'Subcontractor,Vendor,Since\nMoss,Acme,2024-05-01\nFern,Acme,2024-06-01\nPine,Acme,2024-06-01\nMoss,Zeta,2025-01-01\nFern,Zeta,2025-01-01\n';
    const pairs = await statedBy({ 'list.csv': text }, 'ENGAGEMENT', ['client', 'provider'], { client: undefined });
    expect(pairs).toContainEqual(['Acme', 'Moss']);
    expect(pairs).toHaveLength(5);
  });

  it('[I75] of vendors, each with its subcontractors, reads both, the vendors as those who engage them', async () => {
    const columns = await columnsOf(
      'Subprocessors,Vendor,Contract end\nMoss; Fern,Acme,2027-03-03\nMoss,Zeta,2026-01-14\nPine,Omega,2026-01-14\n',
    );
    expect(columns).toEqual({ Subprocessors: 'provider', Vendor: 'name', 'Contract end': 'endsAt' });
  });

  it('[I76] takes "Yes, until 2024" and "yes (admins only)" for no evidence, and keeps them as text', async () => {
    for (const text of ['Yes, until 2024', 'Yes (admins only)', 'Ja, nur intern', 'SOC 2 except EU'])
      expect(isEvidence(text)).toBe(unreadable);
    expect([isEvidence('Yes (admins)'), isEvidence('Cert lapsed'), isEvidence('SOC 2 Type 2 (2025)')]).toEqual([true, false, true]);
    const text = 'Vendor,Service,SOC 2\nAcme,Mail,"Yes, until 2024"\nZeta,Chat,Nej\nOmega,Chat,Yes\n';
    const kept = await statedBy({ 'list.csv': text }, 'ENGAGEMENT', ['attributes']);
    expect(kept).toEqual([[[{ name: 'SOC 2', value: 'Yes, until 2024' }]], [[{ name: 'SOC 2', value: 'Nej' }]], [undefined]]);
    expect(await statedBy({ 'list.csv': text }, 'CONTROL', ['organization'])).toEqual([['Omega']]);
  });

  it('[I77] says the encoding and shows a text, and reads Polish as Polish', async () => {
    const polish =
      'Vendor;Service\nŻółta Łódź Sp. z o.o.;Etykietowanie danych źródłowych\nDane Północ S.A.;Usługi językowe i tłumaczenia\nChmura Śląska;Przechowywanie wrażliwych zbiorów\n';
    const letters: Readonly<Record<string, number>> = { ó: 0xf3, ł: 0xb3, Ł: 0xa3, Ż: 0xaf, ź: 0x9f, Ś: 0x8c, ą: 0xb9, ę: 0xea, ż: 0xbf };
    const bytes = Uint8Array.from([...polish].map((letter) => letters[letter] ?? letter.charCodeAt(0)));
    const options = { decisions: decided(), isDated: false, readKnown: () => readKnownFacts(bench.store) };
    const { report } = await bench.preview({ 'list.csv': bytes }, options);
    expect(report.warnings).toEqual(['list.csv: read as windows-1250, such as "Żółta Łódź Sp. z o.o.".']);
    const german = Buffer.from('Vendor;Service\nMüller GmbH;Prüfung\nGröße & Söhne;Übersetzung\n', 'latin1');
    expect((await bench.preview({ 'list.csv': german }, options)).report.warnings).toEqual([
      'list.csv: read as windows-1252, such as "Müller GmbH".',
    ]);
  });

  it('[I78] reads "From" and "To" as sender and recipient where they hold names, and as dates where they hold dates', async () => {
    const handed = await columnsOf(
      'Date,Document,From,To,Percent shared\n2026-03-04,Guide A,Vega Labs,Acme,50%\n2026-03-05,Guide A,Vega Labs,Zeta,100%\n',
    );
    expect(handed).toEqual({ Date: 'sentAt', Document: 'artifact', From: 'sender', To: 'recipient', 'Percent shared': 'portion' });
    const engaged = await columnsOf('Vendor,Dataset,From,To\nAcme,Guide A,2024-03-04,ongoing\nZeta,Guide B,2024-03-04,2026-03-04\n');
    expect(engaged).toMatchObject({ Vendor: 'name', From: 'startsAt', To: 'endsAt' });
  });

  it('[I79] stays a list of vendors after a person chose a column of theirs, and states every field that a person chose', async () => {
    const text = 'Vendor,Service,Site\nAcme,Mail,acme.example\nZeta,Chat,zeta.example\n';
    const site = { column: 'Site', use: 'FIELD', kind: 'ORGANIZATION', field: 'website' } as const;
    expect(await statedBy({ 'list.csv': text }, 'ENGAGEMENT', ['provider', 'service'], { columns: [site] })).toEqual([
      ['Acme', 'Mail'],
      ['Zeta', 'Chat'],
    ]);
    const polish = 'Nazwa dostawcy;Zakres usług;Od\nAcme;Poczta;2024-03-04\nZeta;Czat;2024-03-05\n';
    const columns = [
      { column: 'Nazwa dostawcy', use: 'FIELD', kind: 'ORGANIZATION', field: 'name' },
      { column: 'Zakres usług', use: 'FIELD', field: 'service' },
      { column: 'Od', use: 'FIELD', field: 'starts_at' },
    ] as const;
    expect(await statedBy({ 'list.csv': polish }, 'ENGAGEMENT', ['provider', 'service', 'startsAt'], { columns: [...columns] })).toEqual([
      ['Acme', 'Poczta', '2024-03-04'],
      ['Zeta', 'Czat', '2024-03-05'],
    ]);
  });

  it('[I70] splits names at commas only if each has a legal form', () => {
    expect(splitNames('Omega Ltd, Sigma GmbH')).toEqual(['Omega Ltd', 'Sigma GmbH']);
    for (const one of ['Acme, Inc', 'Omega Ltd, Sigma', 'Smith, Jones and Co', 'Foo, Bar, and Baz Ltd', 'Acme Inc, Ltd'])
      expect(splitNames(one)).toEqual([one]);
  });
});
