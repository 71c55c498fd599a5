import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import { noDecisions, rememberMapping } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readFromStore } from '../../../server/import/read-from-store.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import type { Files } from '../import-for-tests.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const read = (text: string, flags: Readonly<Record<string, unknown>> = {}) =>
  bench.read(
    { 'list.csv': text },
    { decisions: readDecisions({ map: [], sheet: [], createMissing: true, clientRole: 'LAB', ...flags } as never) },
  );

/** `client > provider: service` of each engagement. */
function engagements({ assertions }: ReadImport): string[] {
  return [...assertions].flatMap(({ kind, values }) =>
    kind === 'ENGAGEMENT' ? [`${values[1]} > ${values[2]}${values[3] === undefined ? '' : `: ${values[3]}`}`] : [],
  );
}

function rolesOf({ assertions }: ReadImport, id: string): unknown {
  return [...assertions].find(({ kind, key }) => kind === 'ORGANIZATION' && key === id)?.values[2];
}

/** Nothing is kept as text, left out or rejected. */
const allUsed = ({ cells: { account } }: ReadImport) => account.used === account.read;

describe('a list of two tiers', () => {
  it('[I932] tells companies in a cell apart by a slash and by "and", and partners of one company not', async () => {
    const found = await read(
      'Client,Vendor,Subcontractor\nAcme AI,Zeta GmbH & Co. KG,Moss Ltd and Kite GmbH\nBirch AI,Ernst & Young LLP,Rook Ltd / Owl Inc.\nBirch AI,Omega,Marks and Spencer plc\n',
    );
    expect(engagements(found).filter((one) => !/^(?:Acme|Birch)/.test(one))).toEqual([
      'Zeta GmbH & Co. KG > Moss Ltd',
      'Zeta GmbH & Co. KG > Kite GmbH',
      'Ernst & Young LLP > Rook Ltd',
      'Ernst & Young LLP > Owl Inc.',
      'Omega > Marks and Spencer plc',
    ]);
    expect([allUsed(found), found.rejections]).toEqual([true, []]);
  });

  it('[I932] names client, vendor and subcontractor in one row: the vendor engages the subcontractor, and the service is that of the vendor', async () => {
    const found = await read(
      'Client,Vendor,Subcontractor,Service\nAcme AI,Zeta Cloud,Moss Ltd,Hosting\nAcme AI,Omega,none,Labels\nBirch AI,Zeta Cloud,Kite GmbH,Hosting\n',
    );
    expect(engagements(found)).toEqual([
      'Acme AI > Zeta Cloud: Hosting',
      'Zeta Cloud > Moss Ltd',
      'Acme AI > Omega: Labels',
      'Birch AI > Zeta Cloud: Hosting',
      'Zeta Cloud > Kite GmbH',
    ]);
    expect([rolesOf(found, 'Zeta Cloud'), rolesOf(found, 'Moss Ltd')]).toEqual([['VENDOR'], ['SUBCONTRACTOR']]);
    expect(found.cells.account).toEqual({ read: 12, used: 11, keptAsText: 0, leftOut: 1, rejected: 0 });
  });

  it('[S1060] whom a column of vendors engages is a subcontractor, also by the number of its tier', async () => {
    const rows = 'Zeta Cloud,Moss Ltd\nZeta Cloud,Kite GmbH\nOmega,Delta\n';
    const byWord = await read(`Vendor,Subprocessor\n${rows}`, { clientRole: undefined });
    const byNumber = await read(`Tier 1 vendor,Tier 2 subcontractor\n${rows}`, { clientRole: undefined, client: 'Acme AI' });
    expect(engagements(byWord)).toEqual(['Zeta Cloud > Moss Ltd', 'Zeta Cloud > Kite GmbH', 'Omega > Delta']);
    expect(engagements(byNumber)).toEqual(expect.arrayContaining(engagements(byWord)));
    for (const found of [byWord, byNumber]) {
      expect(['Zeta Cloud', 'Omega'].map((id) => rolesOf(found, id))).toEqual([['VENDOR'], ['VENDOR']]);
      expect(['Moss Ltd', 'Kite GmbH'].map((id) => rolesOf(found, id))).toEqual([['SUBCONTRACTOR'], ['SUBCONTRACTOR']]);
    }
    const ofLabs = await read(`Vendor,Subprocessor\n${rows}`);
    expect([rolesOf(ofLabs, 'Omega'), rolesOf(ofLabs, 'Moss Ltd')]).toEqual([['LAB'], ['VENDOR']]);
  });

  it('[I932] names them in numbered columns, or in one cell', async () => {
    const numbered = 'Vendor,Service,Subcontractor 1,Subcontractor 2\nZeta Cloud,Hosting,Moss Ltd,Kite GmbH\nOmega,Labels,Moss Ltd,\n';
    const inCells = 'Vendor,Service,Sub-vendor(s)\nZeta Cloud,Hosting,Moss Ltd; Kite GmbH\nOmega,Labels,"• Moss Ltd\n• Delta"\n';
    const [first, second] = [await read(numbered, { client: 'Acme AI' }), await read(inCells, { client: 'Acme AI' })];
    const vendors = [
      'Acme AI > Zeta Cloud: Hosting',
      'Zeta Cloud > Moss Ltd',
      'Zeta Cloud > Kite GmbH',
      'Acme AI > Omega: Labels',
      'Omega > Moss Ltd',
    ];
    expect([engagements(first), allUsed(first)]).toEqual([vendors, true]);
    expect([engagements(second), allUsed(second)]).toEqual([[...vendors, 'Omega > Delta'], true]);
  });

  it('[I932] names them in the rows below their vendor: the service of such a row is that of the subcontractor', async () => {
    const text = 'Vendor,Subcontractor,Service\nZeta Cloud,,Hosting\n,Moss Ltd,E-mail\n,Kite GmbH,Backup\nOmega,,Labels\n';
    expect((await read(text, { client: 'Acme AI' })).questions.map(({ kind }) => kind)).toEqual(['UNNAMED_ROWS']);
    const above = await read(text, { client: 'Acme AI', unnamedRows: 'above' });
    expect(engagements(above)).toEqual([
      'Acme AI > Zeta Cloud: Hosting',
      'Zeta Cloud > Moss Ltd: E-mail',
      'Zeta Cloud > Kite GmbH: Backup',
      'Acme AI > Omega: Labels',
    ]);
    expect(allUsed(above)).toBe(true);
  });

  it('[I932] keeps a column of subcontractors as text where its cells are no names, or cannot be told apart', async () => {
    const answers = await read('Vendor,Service,Subcontractors\nZeta Cloud,Hosting,yes\nOmega,Labels,no\n', { client: 'Acme AI' });
    const commas = await read('Vendor,Service,Subprocessors\nZeta Cloud,Hosting,"Moss, Kite, Delta"\nOmega,Labels,"Moss, Kite"\n', {
      client: 'Acme AI',
    });
    const columns = [answers, commas].map(({ files }) => files[0]?.mapping?.columns[2]);
    expect(columns).toMatchObject([
      { use: 'ATTRIBUTE', because: expect.stringMatching(/holds no names: kept as text/) },
      { use: 'ATTRIBUTE', because: expect.stringMatching(/lists with commas, in which names cannot be told apart/) },
    ]);
    const chosen = await read('Vendor,Service,Helpers\nZeta Cloud,Hosting,Moss\nOmega,Labels,Kite\n', {
      client: 'Acme AI',
      map: ['Helpers=subcontractor'],
    });
    expect(engagements(chosen)).toContain('Zeta Cloud > Moss');
    const text = await read('Vendor,Subcontractor,Service\nZeta Cloud,Moss Ltd,x\nOmega,Kite,y\n', {
      client: 'Acme AI',
      map: ['Subcontractor=attribute'],
    });
    expect(engagements(text)).toEqual(['Acme AI > Zeta Cloud: x', 'Acme AI > Omega: y']);
  });

  it('[I932] never makes an organization its own subcontractor, and a vendor that engages others no lab', async () => {
    const own = await read('Client,Vendor,Subcontractor\nAcme AI,Zeta Cloud,Zeta Cloud\nAcme AI,Omega,Moss\n');
    expect(engagements(own)).toEqual(['Acme AI > Zeta Cloud', 'Acme AI > Omega', 'Omega > Moss']);
    expect(own.cells.notes.map(({ rule }) => rule)).toContain('names the vendor of its row as its own subcontractor');
    const pairs = await read('Vendor,Subcontractor\nZeta Cloud,Moss\nZeta Cloud,Kite\nOmega,Moss\nOmega,Delta\n', {
      clientRole: undefined,
    });
    expect([engagements(pairs).length, rolesOf(pairs, 'Zeta Cloud')]).toEqual([4, ['VENDOR']]);
  });
});

describe('the client in each row', () => {
  it.each(['Prime contractor', 'Data exporter', 'Customer organisation', 'Controller', 'Auftraggeber', "Donneur d'ordre"])(
    '[I933] is under %s',
    async (header) => {
      const found = await read(`${header},Vendor,Service\nAcme AI,Zeta Cloud,Hosting\nBirch AI,Omega,Labels\n`);
      expect([found.questions, engagements(found)]).toEqual([[], ['Acme AI > Zeta Cloud: Hosting', 'Birch AI > Omega: Labels']]);
    },
  );

  it('[I933] is the company before its sub-processor, also where each stands once; a buyer who is a person is none', async () => {
    const companies = await read('Company,Sub-processor,Purpose\nAmber Labs,Zeta Cloud,Hosting\nBirch AI,Omega,Hosting\n');
    expect([companies.questions, engagements(companies)]).toEqual([[], ['Amber Labs > Zeta Cloud: Hosting', 'Birch AI > Omega: Hosting']]);
    const persons = await read('Buyer,Vendor,Service\nJane Roe,Zeta Cloud,Hosting\n"Doe, John",Omega,Labels\n');
    expect([persons.questions.map(({ kind }) => kind), persons.files[0]?.mapping?.columns[0]?.use]).toEqual([['CLIENT'], 'ATTRIBUTE']);
    const buyers = await read('Buyer,Vendor,Service\nNorthwind Bank,Zeta Cloud,Hosting\nAcme AI,Omega,Labels\n');
    expect(engagements(buyers)).toEqual(['Northwind Bank > Zeta Cloud: Hosting', 'Acme AI > Omega: Labels']);
    const components = await read('Vendor,Used by,Service\nZeta Cloud,api,Hosting\nOmega,site,Labels\n');
    expect(components.files[0]?.mapping?.columns.find(({ column }) => column === 'Used by')).toMatchObject({ use: 'ATTRIBUTE' });
    const users = await read('Vendor,Used by,Service\nZeta Cloud,Northwind Bank,Hosting\nOmega,Acme AI,Labels\n');
    expect(engagements(users)).toEqual(['Northwind Bank > Zeta Cloud: Hosting', 'Acme AI > Omega: Labels']);
  });

  it('[I934] beside another --client is asked about, and the answer decides', async () => {
    const text = 'Client,Vendor,Service\nAcme AI,Zeta Cloud,Hosting\nBirch AI,Omega,Labels\n';
    const asked = await read(text, { client: 'Acme AI' });
    expect(asked.questions).toMatchObject([
      {
        kind: 'CLIENT',
        index: 0,
        message: expect.stringMatching(/names other clients, such as Birch AI/),
        flag: expect.stringMatching(/--map "?Client=client"? or --map "?Client=attribute/),
      },
    ]);
    const column = await read(text, { client: 'Acme AI', map: ['Client=client'] });
    expect([column.questions, engagements(column)]).toEqual([[], ['Acme AI > Zeta Cloud: Hosting', 'Birch AI > Omega: Labels']]);
    const flag = await read(text, { client: 'Acme AI', map: ['Client=attribute'] });
    expect([flag.questions, engagements(flag)]).toEqual([[], ['Acme AI > Zeta Cloud: Hosting', 'Acme AI > Omega: Labels']]);
    expect(
      (await read('Client,Vendor\nAcme AI,Zeta Cloud\nACME AI,Omega\n', { client: 'Acme AI' })).questions.map(({ kind }) => kind),
    ).not.toContain('CLIENT');
  });

  it('[I935] has a column of its own in a matrix of vendors by clients: a mark engages, "no" does not, another text is kept', async () => {
    const text = 'Vendor,Acme AI,Birch Labs,Cedar AI\nZeta Cloud,x,✓,\nOmega,,yes,no\nKite,X,,\n';
    const asked = await read(text);
    expect(asked.questions).toMatchObject([
      {
        kind: 'CLIENT',
        message: expect.stringMatching(/Or are "Acme AI", "Birch Labs", "Cedar AI" the clients/),
        flag: expect.stringMatching(/^--map "Acme AI=client" --map "Birch Labs=client"/),
      },
    ]);
    const map = ['Acme AI=client', 'Birch Labs=client', 'Cedar AI=client'];
    const matrix = await read(text, { map });
    expect([matrix.questions, engagements(matrix)]).toEqual([
      [],
      ['Acme AI > Zeta Cloud', 'Birch Labs > Zeta Cloud', 'Birch Labs > Omega', 'Acme AI > Kite'],
    ]);
    expect(matrix.cells.account).toMatchObject({ read: 8, used: 7, leftOut: 1 });
    const other = await read(text.replace('yes', 'pilot only'), { map });
    expect([engagements(other), other.cells.account.read]).toEqual([
      ['Acme AI > Zeta Cloud', 'Birch Labs > Zeta Cloud', 'Acme AI > Kite'],
      8,
    ]);
    const features = await read('Vendor,Service,EU hosting,Encryption\nZeta Cloud,Hosting,x,x\nOmega,Labels,,x\n');
    expect(features.questions.map(({ message }) => message)).toEqual([expect.not.stringMatching(/clients, each with a mark/)]);
  });
});

describe('the role of clients that the rows name', () => {
  const pairs = 'Client,Vendor\nNorthwind Bank,Zeta Cloud\nBirch AI,Omega\n';

  it('[I943] is asked, with no answer preselected: such a list says nothing about it, and makes no lab', async () => {
    const asked = await read(pairs, { clientRole: undefined });
    expect(asked.questions).toMatchObject([
      {
        kind: 'CLIENT_ROLE',
        file: 'list.csv',
        proposed: null,
        choices: ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'],
        message: expect.stringMatching(/^What are the 2 new clients of list\.csv, such as "Northwind Bank"\?/),
        flag: '--client-role LAB|VENDOR|SUBCONTRACTOR|TOOL_PROVIDER|CERTIFIER',
      },
    ]);
    expect(['Northwind Bank', 'Birch AI'].map((id) => rolesOf(asked, id))).toEqual([['VENDOR'], ['VENDOR']]);
    const answered = await read(pairs, { clientRole: 'TOOL_PROVIDER' });
    expect([answered.questions, rolesOf(answered, 'Birch AI')]).toEqual([[], ['TOOL_PROVIDER']]);
    const marks = 'Vendor,Acme AI,Birch AI\nZeta Cloud,x,\nOmega,,x\n';
    const map = ['Acme AI=client', 'Birch AI=client'];
    expect((await read(marks, { map, clientRole: undefined })).questions.map(({ kind }) => kind)).toEqual(['CLIENT_ROLE']);
  });

  it('[I943] is not asked of organizations that are recorded, that a table describes, or that a column calls vendors', async () => {
    const kinds = async (files: Files, flags: Readonly<Record<string, unknown>> = {}) => {
      const decisions = readDecisions({ map: [], sheet: [], createMissing: true, ...flags } as never);
      return (await readFromStore(bench.store, bench.write(files), { assertedAt: 0, source: null, edition: {}, decisions })).questions.map(
        ({ kind }) => kind,
      );
    };
    expect(await kinds({ 'pairs.csv': pairs })).toEqual(['CLIENT_ROLE']);
    await bench.import({ 'organizations.csv': 'id,name,roles\nn,Northwind Bank,VENDOR\nb,Birch AI,LAB\n' });
    expect(await kinds({ 'pairs.csv': pairs })).toEqual([]);
    expect(await kinds({ 'pairs.csv': `${pairs}Other AI,Omega\n` })).toEqual(['CLIENT_ROLE']);
    expect(await kinds({ 'list.csv': 'Vendor,Subcontractor\nZeta Cloud,Moss\nZeta Cloud,Kite\nOmega,Moss\nOmega,Delta\n' })).toEqual([]);
  });

  it('[I943] is remembered for the next edition of the source', async () => {
    const order = { assertedAt: 0, source: 'pairs' };
    const decisions = readDecisions({ map: [], sheet: [], createMissing: true, clientRole: 'SUBCONTRACTOR' } as never);
    const first = await bench.read({ 'pairs.csv': pairs }, { ...order, decisions });
    await rememberMapping(bench.store, 'pairs', first.mappingDocument);
    const again = await readFromStore(bench.store, bench.write({ 'pairs.csv': `${pairs}Other AI,Omega\n` }), {
      ...order,
      decisions: noDecisions,
      edition: {},
    });
    expect([again.questions.map(({ kind }) => kind), rolesOf(again, 'Other AI')]).toEqual([[], ['SUBCONTRACTOR']]);
  });
});
