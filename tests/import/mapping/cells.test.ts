import { factFields } from '../../../server/domain/fact-fields.ts';
import type { Attribute } from '../../../server/domain/facts.ts';
import type { FileDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { noDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { CellLedger } from '../../../server/import/mapping/rows/cell-ledger.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const client = { name: 'Vega Labs', role: 'LAB' as const, isToBeCreated: true };

function read(text: string, decided: Partial<FileDecisions> = {}): Promise<ReadImport> {
  const decisions = { ...noDecisions, files: [{ name: 'vendors.csv', client, createMissing: true, ...decided }] };
  return bench.read({ 'vendors.csv': text }, { decisions, readKnown: () => readKnownFacts(bench.store) });
}

const fieldAt = (kind: 'ENGAGEMENT', name: string) => factFields[kind].findIndex((field) => field.name === name);

interface Engagement {
  readonly from: unknown;
  readonly to: unknown;
  readonly texts: readonly string[];
}

/** Provider -> start, end and texts of its engagement. */
function engagementsOf({ assertions }: Pick<ReadImport, 'assertions'>): Record<string, Engagement> {
  const day = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString().slice(0, 10) : (value ?? null));
  return Object.fromEntries(
    [...assertions].flatMap(({ kind, values }) => {
      if (kind !== 'ENGAGEMENT') return [];
      const at = (name: string) => values[fieldAt('ENGAGEMENT', name)];
      const texts = ((at('attributes') ?? []) as readonly Attribute[]).map(({ name, value }) => `${name}: ${value}`);
      return [[at('provider'), { from: day(at('startsAt')), to: day(at('endsAt')), texts }]];
    }),
  );
}

const remarked = `Vendor,Service,Contract end
Zeta Cloud (terminated 2023-05-01),Hosting,
Omega Ltd (Coming Soon),Mail,
Kappa GmbH (gekündigt zum 31.12.2024),Chat,
"Lambda (effective May 30, 2025)",Search,
Iota (inactive),Data,2027-01-01
Tau Ltd (optional),Pay,
Sigma*,Maps,
Chi¹,Logs,
* Only used until 2024-01-31 by customers in the EU,,
`;

describe('a remark beside a name', () => {
  it('[I720] is a question where it says a start, an end, a plan or a status, and is kept as text', async () => {
    const asked = await read(remarked);
    expect(asked.questions).toMatchObject([{ kind: 'REMARKS', choices: ['apply', 'text', 'left-out'], proposed: null }]);
    expect(asked.questions[0]?.message).toMatch(/^6 names .*"\(terminated 2023-05-01\)" on line 2/);
    // By the dates, what has none would count as in force, so the question says so.
    expect(asked.questions[0]?.message).toMatch(/ of them have no date, such as "\(Coming Soon\)" on line 3: /);
    const kept = await read(remarked, { remarks: 'TEXT' });
    expect(kept.questions).toEqual([]);
    expect(engagementsOf(kept)).toEqual({
      'Zeta Cloud': { from: null, to: null, texts: ['Vendor (remark): (terminated 2023-05-01)'] },
      'Omega Ltd': { from: null, to: null, texts: ['Vendor (remark): (Coming Soon)'] },
      'Kappa GmbH': { from: null, to: null, texts: ['Vendor (remark): (gekündigt zum 31.12.2024)'] },
      Lambda: { from: null, to: null, texts: ['Vendor (remark): (effective May 30, 2025)'] },
      Iota: { from: null, to: '2027-01-02', texts: ['Vendor (remark): (inactive)'] },
      'Tau Ltd': { from: null, to: null, texts: ['Vendor (remark): (optional)'] },
      Sigma: { from: null, to: null, texts: ['Vendor (remark): * Only used until 2024-01-31 by customers in the EU'] },
      Chi: { from: null, to: null, texts: [] },
    });
  });

  it('[I721] starts or ends the engagement on its date if told to, and leaves its row out if told to', async () => {
    const applied = engagementsOf(await read(remarked, { remarks: 'APPLY' }));
    expect(Object.entries(applied).map(([name, { from, to }]) => [name, from, to])).toEqual([
      ['Zeta Cloud', null, '2023-05-02'],
      ['Omega Ltd', null, null],
      ['Kappa GmbH', null, '2025-01-01'],
      ['Lambda', '2025-05-30', null],
      ['Iota', null, '2027-01-02'],
      ['Tau Ltd', null, null],
      ['Sigma', null, '2024-02-01'],
      ['Chi', null, null],
    ]);
    expect(applied['Zeta Cloud']?.texts).toEqual(['Vendor (remark): (terminated 2023-05-01)']);
    expect(Object.keys(engagementsOf(await read(remarked, { remarks: 'LEAVE_OUT' })))).toEqual(['Tau Ltd', 'Chi']);
  });

  it.each([
    ['(ended 05/2023)', null, '2023-06-01'],
    ['(until 2024)', null, '2025-01-01'],
    ['(since 2021)', '2021-01-01', null],
    ['(2019-2023)', '2019-01-01', '2024-01-01'],
    ['(01.01.2020 – 31.12.2022)', '2020-01-01', '2023-01-01'],
    ['(from 10/2019 to 03/2021)', '2019-10-01', '2021-04-01'],
    ['(с 01.01.2020 по 31.12.2022)', '2020-01-01', '2023-01-01'],
    ['(до 31.12.2024)', null, '2025-01-01'],
    ['(wypowiedziana 2023-05-01)', null, '2023-05-02'],
    ['（2024年12月31日まで）', null, '2025-01-01'],
    ['(2020年1月至今)', '2020-01-01', null],
    ['(will be removed on 2026-12-31)', null, '2027-01-01'],
    ['(encerrado)', null, null],
    ['(закрыт)', null, null],
    ['【予定】', null, null],
    ['(终止)', null, null],
    ['(contract expired)', null, null],
    ['| terminated 2023', null, '2024-01-01'],
    [': inactive', null, null],
    ['ended 2024-01-01', null, '2024-01-02'],
    [', terminated 2023-05-01', null, '2023-05-02'],
  ])('[I753] states what %s says', async (remark, from, to) => {
    const list = `Vendor,Service\n"Zeta Cloud ${remark}",Hosting\nOmega Ltd (PL),Labels\n`;
    expect((await read(list)).questions.map(({ kind }) => kind)).toEqual(['REMARKS']);
    expect(engagementsOf(await read(list, { remarks: 'APPLY' }))).toEqual({
      'Zeta Cloud': { from, to, texts: [`Vendor (remark): ${remark}`] },
      'Omega Ltd (PL)': { from: null, to: null, texts: [] },
    });
  });

  it('[I720] with a date and no known word is kept as text, and no part of the name', async () => {
    const { questions, ...list } = await read('Vendor,Service\nZeta Cloud (Vertrag vom 12.03.2024),Hosting\n');
    expect(questions).toEqual([]);
    expect(engagementsOf({ questions, ...list } as never)['Zeta Cloud']?.texts).toEqual(['Vendor (remark): (Vertrag vom 12.03.2024)']);
  });

  it('[I720] is kept on the organization in a list whose facts keep no text', async () => {
    const text = 'Who has access,Access to,Valid from\nZeta Cloud (terminated 2023-05-01),Vega Labs,2022-01-01\n';
    const { assertions, questions } = await read(text, { remarks: 'TEXT' });
    expect(questions).toEqual([]);
    expect(JSON.stringify([...assertions].find(({ key }) => key === 'Zeta Cloud'))).toContain('(terminated 2023-05-01)');
    expect((await read(text)).questions).toMatchObject([{ kind: 'REMARKS', choices: ['text', 'left-out'] }]);
  });

  it('[I722] is reported with the cells of which a part is left out, split, joined or translated', async () => {
    const { cells } = await read(`${remarked}"Rho; PT. (Y)",Fax,\n`, { remarks: 'TEXT' });
    const { read: all, used, keptAsText, leftOut, rejected } = cells.account;
    expect([all, used + keptAsText + leftOut + rejected]).toEqual([20, 20]);
    const notes = cells.notes.map(({ change, column, count, examples }) => [change, column, count, examples[0]?.line]);
    expect(notes).toEqual(
      expect.arrayContaining([
        ['REMARK', 'Vendor', 7, 2],
        ['REPAIRED', 'Vendor', 1, 9],
      ]),
    );
    const countries = await read('Vendor,Country,Valid until\nZeta,Germany,31.12.2026\nOmega,DE,2026-12-31\n');
    expect(countries.cells.notes.map(({ change, column, examples }) => [change, column, examples])).toEqual([
      ['TRANSLATED', 'Country', [{ line: 2, text: 'Germany', becomes: 'DE' }]],
      ['TRANSLATED', 'Valid until', [{ line: 2, text: '31.12.2026', becomes: '2026-12-31' }]],
    ]);
  });
});

describe('the report on cells', () => {
  const said = ({ cells }: ReadImport, change: string) => cells.notes.filter((note) => note.change === change);

  it('[I945] says of no cell that it is left out, or kept as text, while it counts as another', async () => {
    const marked = await read('Vendor,Service\nZeta*,Hosting\nOmega (optional),Mail\n"Rho; PT. (Y)",Chat\n');
    expect([marked.cells.account, said(marked, 'LEFT_OUT')]).toEqual([{ read: 6, used: 6, keptAsText: 0, leftOut: 0, rejected: 0 }, []]);
    expect(said(marked, 'REPAIRED')).toMatchObject([
      {
        column: 'Vendor',
        rule: 'has a mark that no footnote explains, and is read without it',
        examples: [{ text: 'Zeta*', becomes: 'Zeta' }],
      },
    ]);
    const { leftOut } = (await read(remarked, { remarks: 'LEAVE_OUT' })).cells.account;
    const left = await read(remarked, { remarks: 'LEAVE_OUT' });
    expect([leftOut, said(left, 'REMARK').map(({ examples }) => examples.map(({ text }) => text))]).toEqual([13, [['Tau Ltd (optional)']]]);
    const pairs = await read('Client,Vendor\nVega Labs,Zeta; Omega\nVega Labs,Vega Labs; Kite\n', { clientRole: 'LAB' });
    expect(said(pairs, 'LEFT_OUT')).toEqual([]);
    expect(said(pairs, 'REPAIRED').map(({ rule }) => rule)).toEqual([
      'is read without one of its names, because the row names one organization as client and provider',
    ]);
  });

  it('[I945] does not say that a value is left out while a question asks what it means', async () => {
    const custody = 'Artifact,Sent by,Sent to,Date sent,Encryption\nGuide,Vega Labs,Zeta,2025-03-04,rot13\n';
    const asked = await read(custody, { newArtifacts: 'REJECT' });
    expect([asked.questions.map(({ kind }) => kind), asked.warnings.filter((text) => text.includes('rot13'))]).toEqual([['VALUES'], []]);
  });

  it('[I946] names each cell that was decoded twice, with its column', async () => {
    const text = 'Vendor,Country\nConsultorÃ\u00ada SA,EspaÃ±a\nOmega,EspaÃ±a\n';
    const { cells } = await read(text, { encoding: 'utf-8-twice' });
    const rule = 'was decoded twice, and is read as it was meant';
    expect(cells.notes.filter((note) => note.rule === rule).map(({ column, count, examples }) => [column, count, examples])).toEqual([
      ['Vendor', 1, [{ line: 2, text: 'ConsultorÃ\u00ada SA', becomes: 'Consultoría SA' }]],
      ['Country', 2, [2, 3].map((line) => ({ line, text: 'EspaÃ±a', becomes: 'España' }))],
    ]);
    expect((await read('Vendor,Country\nZeta,DE\n', { encoding: 'utf-8-twice' })).cells.notes).toEqual([]);
  });
});

describe('a row that is no organization', () => {
  it('[I947] is a heading, although it stands in the column of names', async () => {
    const table = '| Sub-Processor | Location of Subprocessors | Purpose |\n|---|---|---|\n';
    const rows = '| **Sage People Subprocessors** | | |\n| Zeta | Germany | Mail |\n| Omega | US | Chat |\n';
    const { assertions, cells } = await bench.read(
      { 'list.md': `${table}${rows}` },
      { decisions: { ...noDecisions, files: [{ name: '*', client, createMissing: true }] } },
    );
    const organizations = [...assertions].flatMap(({ kind, values }) => (kind === 'ORGANIZATION' ? [[values[0], values[6]]] : []));
    expect(organizations).toEqual([
      ['Vega Labs', undefined],
      ['Zeta', 'DE'],
      ['Omega', 'US'],
    ]);
    expect(cells.notes.filter(({ change }) => change === 'LEFT_OUT')).toMatchObject([
      { column: null, rule: 'is a heading between the rows' },
    ]);
  });
});

describe('a cell of several names', () => {
  it('[I723] is split only where the column as a whole is', async () => {
    const rows = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta'].map((name) => `${name},Hosting`);
    const one = await read(`Vendor,Service\n${rows.join('\n')}\n"Sumber Makmur; PT. (Y)",Mail\n"Eta Data; Theta Cloud",Chat\n`);
    expect(Object.keys(engagementsOf(one))).toEqual(expect.arrayContaining(['Sumber Makmur; PT. (Y)', 'Eta Data; Theta Cloud']));
    expect(one.cells.notes).toMatchObject([{ change: 'JOINED', column: 'Vendor', count: 1, examples: [{ line: 9 }] }]);
    const many = await read(`Vendor,Service\n${rows.join('\n')}\n"Iota Data; Kappa Cloud",Mail\n"Eta Data; Theta Cloud",Chat\n`);
    expect(Object.keys(engagementsOf(many))).toEqual(expect.arrayContaining(['Iota Data', 'Kappa Cloud', 'Eta Data', 'Theta Cloud']));
    expect(many.cells.notes).toMatchObject([{ change: 'SPLIT', column: 'Vendor', count: 2, examples: [{ line: 8 }, { line: 9 }] }]);
  });
});

describe('the status in a list of engagements', () => {
  it('[I727] is a text of the engagement, and none of the organization for everybody', async () => {
    const { assertions, files } = await read('Vendor,Service,Status\nZeta Cloud,Hosting,Terminated\nOmega,Mail,Active\n');
    expect(files[0]?.mapping?.columns[2]).toMatchObject({ use: 'ATTRIBUTE', because: expect.stringContaining('is that of the contract') });
    const statusAt = factFields.ORGANIZATION.findIndex(({ name }) => name === 'status');
    expect([...assertions].flatMap(({ kind, values }) => (kind === 'ORGANIZATION' ? [values[statusAt]] : []))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(engagementsOf({ assertions })['Zeta Cloud']?.texts).toEqual(['Status: Terminated']);
  });
});

describe('a value that other rows outweigh', () => {
  it('[I722] is in the report', async () => {
    const { cells } = await read('Vendor,Country,Start date\nZeta,DE,2024-01-01\nZeta,FR,2023-01-01\n');
    expect(cells.notes.map(({ change, examples }) => [change, examples])).toEqual([
      ['FOLDED', [{ line: 3, text: 'country: FR', becomes: 'DE' }]],
      ['FOLDED', [{ line: 3, text: 'starts_at: 2024-01-01T00:00:00Z', becomes: '2023-01-01T00:00:00Z' }]],
    ]);
  });
});

describe('a cell that no rule reads', () => {
  it('[I724] is found by the ledger', () => {
    const ledger = new CellLedger('vendors.csv', ['Vendor', 'Service', 'Notes']);
    ledger.openRow(2);
    ledger.use(0);
    ledger.leave(1, 'says that nothing is known');
    ledger.closeRow(['Zeta', 'n/a', '']);
    expect(ledger.unaccounted).toBeUndefined();
    ledger.openRow(3);
    ledger.use(0);
    ledger.closeRow(['Zeta', '', 'ends in May']);
    expect(ledger.unaccounted).toEqual({ line: 3, index: 2 });
  });

  it('[I724] stops the import as a whole', async () => {
    // A rule that forgets a cell is a fault of the program, so the test makes one.
    const original = CellLedger.prototype.use;
    CellLedger.prototype.use = function use(index) {
      if (index !== 1) original.call(this, index);
    };
    try {
      const stopped = await read('Vendor,Service\nZeta,Hosting\n');
      expect(stopped.rejections).toMatchObject([{ code: 'UNACCOUNTED_CELL', line: 2 }]);
      expect([...stopped.assertions]).toEqual([]);
    } finally {
      CellLedger.prototype.use = original;
    }
  });
});
