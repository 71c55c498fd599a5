import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import type { FactKind } from '../../../server/domain/facts.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { odsCell, odsRow, openDocumentOf } from '../documents/documents-for-tests.ts';
import { bookOf, partsOf, text } from '../hostile/hostile-workbooks.ts';
import { Bench, type Files } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
const readWith = (files: Files, more: object) =>
  bench.read(files, { decisions: readDecisions({ map: [], sheet: [], createMissing: true, ...more } as never) });
const readCustody = (content: string, more: object = { newArtifacts }) => readWith({ 'log.csv': content }, more);
const readVendors = (files: Files) => readWith(files, { client: 'Vega Labs' });

const idsOf = ({ assertions }: ReadImport, of: FactKind) => [...assertions].filter(({ kind }) => kind === of).map(({ key }) => key);
const fieldsOf = ({ assertions }: ReadImport, of: FactKind, ...names: string[]) =>
  Object.fromEntries(
    [...assertions].flatMap(({ kind, key, values }) =>
      kind === of ? [[key, names.map((name) => values[factFields[of].findIndex((spec) => spec.name === name)])]] : [],
    ),
  );
const dayAfter = (day: string) => Date.parse(day) + 86_400_000;

describe('a custody register', () => {
  it('[S1081] keeps a name whole that goes on with its only legal form behind "via", and cuts any other way', async () => {
    const found = await readVendors({
      'list.csv': 'Vendor,Service\nTransport via Rail Ltd,Trains\nNinebark Ltd via Owl GmbH,Labels\nMoss via Heron,RLHF\n',
    });
    expect(idsOf(found, 'ENGAGEMENT')).toEqual(['Vega Labs > Transport via Rail Ltd', 'Vega Labs > Ninebark Ltd', 'Vega Labs > Moss']);
    const whole = { change: 'JOINED', column: 'Vendor', count: 1, rule: 'has "via" between two names, and is read as one name' };
    expect(found.cells.notes).toContainEqual(expect.objectContaining(whole));
    expect(found.cells.notes).toContainEqual(expect.objectContaining({ change: 'REMARK', column: 'Vendor', count: 2 }));
    const transfers = await readCustody('Artifact,Recipient,Sent on,Sent by\nRubric,Transport via Rail Ltd,2025-03-04,Vega Labs\n');
    expect(transfers.cells.notes).toContainEqual(expect.objectContaining({ ...whole, column: 'Recipient' }));
  });

  it('[S1082] says which rows, columns and sheets of a workbook are hidden, and reads them', async () => {
    const rows =
      '<row r="1">' +
      text('A1', 'Vendor') +
      text('B1', 'Service') +
      text('C1', 'Note') +
      '</row>' +
      '<row r="2" hidden="1">' +
      text('A2', 'Ninebark') +
      text('B2', 'Labels') +
      text('C2', 'x') +
      '</row>' +
      '<row r="3">' +
      text('A3', 'Moss') +
      text('B3', 'RLHF') +
      text('C3', 'y') +
      '</row>';
    const parts = partsOf(rows);
    const sheet = 'xl/worksheets/sheet1.xml';
    const columns = String(parts[sheet]).replace('<sheetData>', '<cols><col min="3" max="5" hidden="1"/></cols><sheetData>');
    const book = String(parts['xl/workbook.xml']).replace('<sheet ', '<sheet state="veryHidden" ');
    const found = await readVendors({ 'b.xlsx': bookOf({ ...parts, [sheet]: columns, 'xl/workbook.xml': book }) });
    expect(idsOf(found, 'ENGAGEMENT')).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Moss']);
    expect(found.warnings.join('\n')).toContain(
      'the whole sheet is hidden, 1 hidden row (2) and 1 hidden column (C). What is hidden is read as all other rows and columns.',
    );
    const hiddenRow = odsRow(odsCell('Ninebark'), odsCell('Labels'), odsCell('x')).replace(
      '<table:table-row>',
      '<table:table-row table:visibility="filter">',
    );
    const ods = openDocumentOf({
      List: `<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>${odsRow(odsCell('Vendor'), odsCell('Service'), odsCell('Note'))}${hiddenRow}${odsRow(odsCell('Moss'), odsCell('RLHF'), odsCell('y'))}`,
    });
    const opened = await readVendors({ 'b.ods': ods });
    expect(idsOf(opened, 'ENGAGEMENT')).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Moss']);
    expect(opened.warnings.join('\n')).toContain('1 hidden row (2) and 1 hidden column (C)');
    expect((await readVendors({ 'c.xlsx': bookOf(parts) })).warnings.join('\n')).not.toContain('hidden column');
  });

  it.each([
    ['Passed on to', 'Recipient', 'Passed on to'],
    ['Weitergegeben an', 'Weitergegeben an', 'Empfänger'],
    ['Forwarded to', 'Vendor', 'Forwarded to'],
  ])('[S1083] has a transfer of unknown day from the recipient to whom "%s" names', async (onward, left, right) => {
    const [first, second] = onward === left ? ['Owl', 'Ninebark'] : ['Ninebark', 'Owl'];
    const found = await readCustody(
      `Artifact,Sent by,${left},Date sent,${right}\nRubric,Vega Labs,${first},2025-03-04,${second}\nSuite,Vega Labs,${onward === left ? '' : 'Moss'},2025-03-05,${onward === left ? 'Moss' : ''}\nBook,Vega Labs,${onward === left ? 'no' : 'Heron'},2025-03-06,${onward === left ? 'Heron' : 'no'}\n`,
    );
    expect(idsOf(found, 'TRANSFER').toSorted()).toEqual([
      'Book > Vega Labs > Heron > 2025-03-06',
      'Rubric > Ninebark > Owl',
      'Rubric > Vega Labs > Ninebark > 2025-03-04',
      'Suite > Vega Labs > Moss > 2025-03-05',
    ]);
    expect(fieldsOf(found, 'TRANSFER', 'sentAt', 'deletionState')['Rubric > Ninebark > Owl']).toEqual([undefined, undefined]);
    expect(found.cells.notes).toContainEqual(expect.objectContaining({ change: 'REPAIRED', column: onward, count: 1 }));
  });

  it('[S1083] leaves out persons, and whom one of several recipients passed a copy on to', async () => {
    const several = await readCustody(
      'Artifact,Sent by,Recipient,Date sent,Passed on to\nRubric,Vega Labs,Ninebark; Moss,2025-03-04,Owl\nRubric,Vega Labs,Heron; Kestrel,2025-03-05,\n',
    );
    expect(idsOf(several, 'TRANSFER')).toHaveLength(4);
    expect(several.cells.notes).toContainEqual(
      expect.objectContaining({ change: 'LEFT_OUT', rule: 'names whom one of several recipients passed its copy on to' }),
    );
    const persons = await readCustody('Artifact,Sent by,Recipient,Date sent,Passed on to\nRubric,Vega Labs,Ninebark,2025-03-04,Jane Roe\n');
    expect(idsOf(persons, 'ORGANIZATION')).not.toContain('Jane Roe');
    expect(persons.cells.notes).toContainEqual(expect.objectContaining({ change: 'LEFT_OUT', column: 'Passed on to', count: 1 }));
  });

  it('[S1084] ends custody by a word and a date in one cell. A request with a date ends nothing', async () => {
    const header = 'Artifact,Sent by,Recipient,Date sent,Return/Destruction\n';
    const cells = [
      'Destroyed 2025-05-01',
      'Returned on 2025-05-02',
      '2025-05-03 (deleted)',
      'Certificate of destruction, 2025-05-04',
      'Deletion requested 2025-05-05',
      'vernichtet am 06.05.2025',
    ];
    const found = await readCustody(header + cells.map((cell, at) => `R${at},Vega Labs,Ninebark,2025-03-04,"${cell}"\n`).join(''));
    expect(Object.values(fieldsOf(found, 'TRANSFER', 'deletionState', 'deletedAt'))).toEqual([
      ['ATTESTED', dayAfter('2025-05-01')],
      ['ATTESTED', dayAfter('2025-05-02')],
      ['ATTESTED', dayAfter('2025-05-03')],
      ['VERIFIED', dayAfter('2025-05-04')],
      ['REQUESTED', undefined],
      ['ATTESTED', dayAfter('2025-05-06')],
    ]);
    const both = await readCustody(
      'Artifact,Provided by,Recipient,Date sent,Returned on,Deleted on\nA,Vega Labs,Ninebark,2025-03-04,2025-05-01,\nB,Vega Labs,Ninebark,2025-03-04,,2025-05-02\nC,Vega Labs,Ninebark,2025-03-04,2025-05-01,2025-05-03\n',
    );
    expect(Object.values(fieldsOf(both, 'TRANSFER', 'deletedAt'))).toEqual(
      ['2025-05-01', '2025-05-02', '2025-05-03'].map((day) => [dayAfter(day)]),
    );
    const open = `${header}R,Vega Labs,Ninebark,2025-03-04,Destroyed 03/04/2025\n`;
    expect((await readCustody(open)).questions.map(({ kind }) => kind)).toEqual(['DATE_ORDER']);
    const dayFirst = await readCustody(open, { newArtifacts, dateOrder: 'day-first' });
    expect(Object.values(fieldsOf(dayFirst, 'TRANSFER', 'deletedAt'))).toEqual([[dayAfter('2025-04-03')]]);
    const unknown = await readCustody(`${header}R,Vega Labs,Ninebark,2025-03-04,Shelved 2025-05-01\n`);
    expect(unknown.questions.map(({ kind }) => kind)).toEqual(['VALUES']);
  });

  it('[S1085] describes the artifacts that it creates: id, name, type, sensitivity, owner and versions', async () => {
    const found = await readCustody(
      'Asset ID,Asset name,Asset type,Sensitivity,Version,Owner,Sent by,Recipient,Date sent\nA-1,Rubric,Annotation guidelines,4,v1,Vega Labs,Vega Labs,Ninebark,2025-03-04\nA-1,Rubric,Annotation guidelines,3,v2,Vega Labs,Vega Labs,Moss,2025-03-05\nA-2,Gold set,Labeled dataset,5,,Amber AI,Ninebark,Moss,2025-03-06\n',
      {},
    );
    expect(found.questions).toEqual([]);
    expect(fieldsOf(found, 'ARTIFACT', 'name', 'type', 'sensitivity', 'owner', 'version')).toEqual({
      'A-1': ['Rubric', 'ANNOTATION_GUIDELINES', 4, 'Vega Labs', 'v1; v2'],
      'A-2': ['Gold set', 'LABELED_DATASET', 5, 'Amber AI', undefined],
    });
    expect(fieldsOf(found, 'ORGANIZATION', 'roles')).toMatchObject({
      'Vega Labs': [['LAB']],
      'Amber AI': [['LAB']],
      Ninebark: [['VENDOR']],
    });
    expect(found.cells.notes).toContainEqual(
      expect.objectContaining({ change: 'FOLDED', examples: [expect.objectContaining({ text: 'sensitivity: 3', becomes: '4' })] }),
    );
  });

  it('[S1085] takes what no row says of an artifact from the answer, and no sender from a column of owners', async () => {
    const list = 'Artifact,Owner,Version,Sensitivity,Recipient,Sent by,Date sent\nRubric,Amber AI,v1,high,Ninebark,Moss,2025-03-04\n';
    expect((await readCustody(list, {})).questions.map(({ kind }) => kind)).toEqual(['NEW_ARTIFACTS']);
    const found = await readCustody(list);
    expect(fieldsOf(found, 'ARTIFACT', 'type', 'sensitivity', 'owner', 'version')).toEqual({
      Rubric: ['ANNOTATION_GUIDELINES', 4, 'Amber AI', 'v1'],
    });
    expect(idsOf(found, 'TRANSFER')).toEqual(['Rubric > Moss > Ninebark > 2025-03-04']);
    const described = await readWith(
      { 'log.csv': list, 'things.csv': 'Asset,Type,Owner,Sensitivity,Version\nRubric,Labeled dataset,Vega Labs,2,v9\n' },
      {},
    );
    expect(fieldsOf(described, 'ARTIFACT', 'type', 'sensitivity', 'owner', 'version')).toEqual({
      Rubric: ['LABELED_DATASET', 2, 'Vega Labs', 'v9'],
    });
    expect(described.cells.notes).toContainEqual(
      expect.objectContaining({ column: 'Version', rule: 'describes an artifact that another list describes' }),
    );
  });

  it('[S1086] of prospects asks whether somebody engages them if a status says so, and refuses them otherwise', async () => {
    const list = (status: string) => `Prospects\nVendor,Service,Status\nNinebark,Labels,${status}\nMoss,RLHF,Evaluating\n`;
    const asked = await readVendors({ 'list.csv': list('Contracted') });
    expect(asked.questions.map(({ kind, flag, message }) => [kind, flag, message.slice(0, 76)])).toEqual([
      ['KIND', '--as engagements', 'Its title says "Prospects", and a status of its rows says "Contracted". What'],
    ]);
    const decisions = readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs' } as never);
    const found = await bench.read({ 'list.csv': list('Contracted') }, { kind: 'ENGAGEMENT', decisions });
    expect(idsOf(found, 'ENGAGEMENT')).toEqual(['Vega Labs > Ninebark']);
    expect(found.warnings.join('\n')).toContain('says "evaluating" under "Status"');
    const refused = await readVendors({ 'list.csv': list('Rejected') });
    expect(refused.questions).toEqual([]);
    expect(refused.rejections[0]?.message).toContain('so nobody engages these vendors');
  });

  it('[S1087] of tickets keeps their keys, and leaves out keys that open something', async () => {
    const found = await readVendors({
      'list.csv':
        'Issue key,Key,Key contact,API key,Vendor,Service\nVEND-1,VEND-1,Bo,abc,Ninebark,Labels\nVEND-2,VEND-2,Li,def,Moss,RLHF\n',
    });
    const uses = Object.fromEntries((found.files[0]?.mapping?.columns ?? []).map(({ column, use }) => [column, use]));
    expect(uses).toMatchObject({ 'Issue key': 'ATTRIBUTE', Key: 'ATTRIBUTE', 'Key contact': 'ATTRIBUTE', 'API key': 'IGNORED' });
  });
});
