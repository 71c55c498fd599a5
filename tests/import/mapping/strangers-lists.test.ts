import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import { factFields } from '../../../server/domain/fact-fields.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, type Files } from '../import-for-tests.ts';
import { makeWorkbook } from '../look-alikes/workbook-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const readFiles = (files: Files, kind?: 'ENGAGEMENT') =>
  bench.read(files, {
    kind,
    decisions: readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs' } as never),
  });
const read = (text: string | Uint8Array) => readFiles({ 'list.csv': text });

const idsOf = ({ assertions }: ReadImport, of: string) => [...assertions].filter(({ kind }) => kind === of).map(({ key }) => key);
const rolesOf = ({ assertions }: ReadImport) =>
  Object.fromEntries([...assertions].flatMap(({ kind, key, values }) => (kind === 'ORGANIZATION' ? [[key, values[2]]] : [])));
const engagements = (found: ReadImport) => idsOf(found, 'ENGAGEMENT');
const warnings = (found: ReadImport) => found.warnings.join('\n');

/** A text in an encoding of one byte a character. */
function encode(text: string, encoding: string): Uint8Array {
  const shown = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...text].map((sign) => shown.get(sign) as number));
}

describe('a list of a stranger', () => {
  it('[S1042] may have links as formulas, each of which counts as its text. Other formulas stay as they are', async () => {
    const found = await read(
      'Vendor,Service,Rating\n"=HYPERLINK(""https://ninebark.example"",""Ninebark """"A"""" Ltd"")",Labels,=A1+2\n"=hyperlink(""https://x.example"";""Larkhill"")",RLHF,3\n',
    );
    expect(engagements(found)).toEqual(['Vega Labs > Ninebark "A" Ltd', 'Vega Labs > Larkhill']);
    expect(JSON.stringify([...found.assertions])).toContain('=A1+2');
  });

  it('[S1043] may have headings across the columns, which are no organizations, in a page and in a workbook', async () => {
    const rows = ['Labels', 'Ninebark', 'Storage', 'Larkhill'];
    const page = `<table><tr><th>Vendor<th>Service<th>Start</tr>${rows
      .map((text, at) => (at % 2 === 0 ? `<tr><td colspan=3>${text}</tr>` : `<tr><td>${text}<td>Work<td>2025-01-01</tr>`))
      .join('')}</table>`;
    const cells = rows.map((text, at) => (at % 2 === 0 ? [text] : [text, 'Work', '2025-01-01']));
    const book = makeWorkbook(
      { Vendors: [['Vendor', 'Service', 'Start'], ...cells] },
      {},
      '<mergeCells count="2"><mergeCell ref="A2:C2"/><mergeCell ref="A4:C4"/></mergeCells>',
    );
    for (const files of [{ 'list.html': page }, { 'list.xlsx': book }]) {
      const found = await readFiles(files);
      expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
      expect(warnings(found)).toContain('2 rows were left out: each is a heading across the columns');
    }
  });

  it('[S1043] keeps an organization that spans two columns, or that has cells beside it', async () => {
    const page =
      '<table><tr><th>Vendor<th>Service<th>Start</tr><tr><td colspan=2>Ninebark<td></tr><tr><td colspan=2>Larkhill<td>2025-01-01</tr></table>';
    expect(engagements(await readFiles({ 'list.html': page }))).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
  });

  it('[S1044] may have titles above further tables, which are no organizations', async () => {
    const other = await read('Vendor,Service\nNinebark,Labels\n\nShared artifacts\nArtifact,Owner\nGuidelines,Vega Labs\n');
    expect(idsOf(other, 'ORGANIZATION')).toEqual(['Vega Labs', 'Ninebark']);
    expect(warnings(other)).toContain('3 rows were left out: each stands in another table');
    const same = await read('Vendor,Service\nNinebark,Labels\n\nIn Europe\nVendor,Service\nLarkhill,RLHF\n');
    expect(engagements(same)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
    expect(warnings(same)).toContain('1 row was left out: it is a heading between the rows (line 4)');
    const alone = await read('Vendor,Service\nNinebark,Labels\n\nLarkhill\nMoss,RLHF\n');
    expect(engagements(alone)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill', 'Vega Labs > Moss']);
  });

  it('[S1048] engages no organization that says under "Vendor" that it is none', async () => {
    for (const header of ['Vendor', 'Is supplier?']) {
      const found = await read(
        `Name,${header},Vendor type,Contract start\nNinebark,true,Labels,2025-01-15\nMoss,false,,\nLarkhill,,RLHF,\n`,
      );
      expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
      expect(idsOf(found, 'ORGANIZATION')).not.toContain('Moss');
      expect(warnings(found)).toContain(`1 row was left out: it is of no vendor, as "${header}" says (line 3)`);
    }
    const other = await read('Vendor,Processor,Service\nNinebark,No,Labels\nMoss,Yes,RLHF\n');
    expect(engagements(other)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Moss']);
    const named = await read('Name,Vendor,Service\nAnn,No,Labels\nBob,Ninebark,Labels\n');
    expect(engagements(named)).toContain('Vega Labs > Ninebark');
  });

  it('[S1049] engages no vendor below a heading that says they were rejected, until another heading', async () => {
    const vendors = 'Vendor,Service,Start\nNinebark,Labels,2025-01-01\n';
    for (const text of [
      `${vendors}\nRejected vendors\nVendor,Service,Start\nMoss,RLHF,2025-01-01\n\nOther vendors\nVendor,Service,Start\nLarkhill,RLHF,2025-02-01\n`,
      `${vendors}Vendors not approved (1):\nMoss,RLHF,2025-01-01\nApproved vendors\nLarkhill,RLHF,2025-02-01\n`,
    ]) {
      const found = await read(text);
      expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
      expect(idsOf(found, 'ORGANIZATION')).not.toContain('Moss');
      expect(warnings(found)).toMatch(/left out: (?:it|each) stands below the heading "(?:Rejected vendors|Vendors not approved \(1\):)"/);
    }
    for (const files of [{ 'list.csv': `Rejected suppliers\n${vendors}` }, { 'rejected-vendors.csv': vendors }]) {
      const { rejections, assertions } = await readFiles(files);
      expect([rejections.map(({ code }) => code), [...assertions]]).toEqual([['UNKNOWN_KIND'], []]);
    }
    const own = await read(`${vendors}Rejected Records,Music,2025-03-01\n`);
    expect(engagements(own)).toContain('Vega Labs > Rejected Records');
  });

  it('[S1053] of persons has their employers as organizations, once a person says so, and no dates of the persons', async () => {
    const text =
      'Name,Employer,Email,Start,End\nAda Roe,Ninebark,ada@ninebark.example,2026-01-10,2026-02-01\nBo Lind,Larkhill,,2025-11-01,\n';
    const asked = await read(text);
    expect([asked.questions.map(({ kind }) => kind), [...asked.assertions]]).toEqual([['KIND'], []]);
    const found = await readFiles({ 'list.csv': text }, 'ENGAGEMENT');
    expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill']);
    expect(found.cells.account).toMatchObject({ read: 8, used: 2, keptAsText: 6 });
  });

  it('[S1045] that has a row for each field is refused, with the way out. A list with a column of roles is not', async () => {
    const { rejections, assertions } = await read(
      'Vendor,Ninebark,Larkhill\nService,Labels,RLHF\nStart,2025-01-01,2025-02-01\nCountry,US,FI\n',
    );
    expect([rejections.map(({ code }) => code), [...assertions]]).toEqual([['UNKNOWN_KIND'], []]);
    expect(rejections[0]?.message).toContain('Exchange its rows and columns');
    const roles = await read('Role,Name,Service\nVendor,Ninebark,Labels\nSubcontractor,Larkhill,RLHF\nProvider,Moss,Storage\n');
    expect(engagements(roles)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill', 'Vega Labs > Moss']);
  });

  it.each([
    ['windows-1250', 'Dostawca;Usługa;Data zakończenia\nŚwięta Żabka Dane Sp. z o.o.;Hosting;2027-01-31\n'],
    ['iso-8859-2', 'Dostawca;Usługa;Data zakończenia\nŚwięta Żabka Dane Sp. z o.o.;Hosting;2027-01-31\n'],
    ['koi8-r', 'Поставщик;Услуга;Дата окончания\nОблако;Хостинг;2027-01-31\n'],
    ['windows-1251', 'Поставщик;Услуга;Дата окончания\nОблако;Хостинг;2027-01-31\n'],
    ['windows-1252', 'Prestataire;Prestation;Échéance\nÉlan Données;Hébergement;2027-01-31\n'],
  ])('[S1046] in %s is read by its headers, however short it is', async (encoding, text) => {
    const found = await read(encode(text, encoding));
    expect(engagements(found)).toEqual([`Vega Labs > ${/\n([^;]+)/.exec(text)?.[1]}`]);
    expect(found.files[0]?.encoding).toBe(encoding);
  });

  it('[S1047] has no organization in a row of sums, in Polish, Russian, Spanish, Portuguese and Japanese', async () => {
    for (const total of ['Razem', 'Łącznie', 'OGÓŁEM:', 'Итого', 'Всего', 'Suma total', 'Soma', '總計']) {
      const found = await read(`Vendor,Service,Spend\nNinebark,Labels,12\n${total},,12\n`);
      expect(engagements(found)).toEqual(['Vega Labs > Ninebark']);
      expect(warnings(found)).toContain('1 row was left out: it is a total');
    }
    const counted = await read('No.,Vendor,Service\n1,Ninebark,Labels\n合計,1社,\n');
    expect(engagements(counted)).toEqual(['Vega Labs > Ninebark']);
    const grouped = await read('Category,Vendor,Spend\nLabels,Ninebark,12\nLabels total,,12\n');
    expect([engagements(grouped), grouped.questions.map(({ kind }) => kind)]).toEqual([['Vega Labs > Ninebark'], []]);
  });

  it('[S1047] keeps an organization whose name begins with such a word', async () => {
    const found = await read('Vendor,Service,Spend\nSuma Wholefoods,Food,12\nRazem Dane,Labels,3\nTotal Data,Labels,3\n');
    expect(engagements(found)).toEqual(['Vega Labs > Suma Wholefoods', 'Vega Labs > Razem Dane', 'Vega Labs > Total Data']);
  });

  it('[S1050] in JSON has its subcontractors engaged by their vendors, also where the key of the list says nothing', async () => {
    const text = JSON.stringify({
      data: [
        { name: 'Ninebark', service: 'Labels', subprocessors: [{ name: 'Larkhill' }] },
        { name: 'Moss', service: 'RLHF', subprocessors: [] },
      ],
    });
    const found = await readFiles({ 'list.json': text });
    expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Moss', 'Ninebark > Larkhill']);
    expect(rolesOf(found)).toMatchObject({ Ninebark: ['VENDOR'], Larkhill: ['VENDOR'] });
    expect(found.files[1]?.mapping?.columns[0]?.column).toBe('name (data)');
  });

  it('[S1052] makes the owner of its new artifacts a lab, and no vendor, where rows name it as a sender', async () => {
    const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
    const found = await bench.read(
      { 'list.csv': 'Artifact,Sender,Recipient,Sent\nGuidelines,Vega Labs,Ninebark,2025-03-01\nGuidelines,Ninebark,Moss,2025-03-02\n' },
      { decisions: readDecisions({ map: [], sheet: [], createMissing: true, newArtifacts } as never) },
    );
    expect(rolesOf(found)).toEqual({ 'Vega Labs': ['LAB'], Ninebark: ['VENDOR'], Moss: ['VENDOR'] });
  });

  it('[S1055] has no organization in a cell that says nobody, in nine languages', async () => {
    for (const nobody of [
      'Brak',
      'nie dotyczy',
      'нет',
      'なし',
      '該当なし',
      '无',
      'néant',
      'não se aplica',
      'keine Angabe',
      'see above',
      'sin datos',
    ]) {
      const found = await read(`Vendor,Service,Subcontractor\nNinebark,Labels,Larkhill\nMoss,RLHF,${nobody}\n`);
      expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Ninebark > Larkhill', 'Vega Labs > Moss']);
    }
  });

  it.each([
    ['Dokument;Übergeben an;Übergeben am;Verschlüsselt', 'ja', 'nein'],
    ['Document transmis;Remis à;Date de remise;Chiffré', 'oui', 'non'],
    ['Documento;Entregado a;Fecha de entrega;Cifrado', 'sí', 'no'],
    ['Dokument;Przekazano do;Data przekazania;Zaszyfrowane', 'tak', 'nie'],
    ['Документ;Кому передано;Дата передачи;Зашифровано', 'да', 'нет'],
    ['Document name;Handed over to;Date of handover;Encrypted', 'true', 'false'],
    ['資料名;送付先;送付日;暗号化', 'はい', 'いいえ'],
  ])('[S1062] of handovers is read with the headers "%s"', async (header, yes, no) => {
    const text = `${header}\nRubric;Ninebark;2026-02-03;${yes}\nSuite;Moss;2026-03-17;${no}\n`;
    const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
    const decisions = readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', newArtifacts } as never);
    const found = await bench.read({ 'log.csv': text }, { decisions });
    const transfers = [...found.assertions].filter(({ kind }) => kind === 'TRANSFER');
    expect(transfers.map(({ key }) => key)).toEqual([
      'Rubric > Vega Labs > Ninebark > 2026-02-03',
      'Suite > Vega Labs > Moss > 2026-03-17',
    ]);
    const form = factFields.TRANSFER.findIndex(({ name }) => name === 'form');
    expect(transfers.map(({ values }) => values[form])).toEqual(['ENCRYPTED_KEY_AT_HOLDER', 'PLAINTEXT']);
  });

  it('[S1063] of data may say its date by a key, and its inner lists by a plural', async () => {
    const vendors = [
      { name: 'Ninebark', subcontractors: [{ name: 'Moss' }] },
      { name: 'Larkhill', subcontractors: [] },
    ];
    const json = await readFiles({ 'vendors.json': JSON.stringify({ vendors }) });
    expect(engagements(json)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Larkhill', 'Ninebark > Moss']);
    const yaml = await readFiles({ 'vendors.yaml': 'as_of: 2025-06-01\nvendors:\n  - name: Ninebark\n    service: Labels\n' });
    expect([...yaml.assertions].map(({ assertedAt }) => assertedAt)).toEqual(
      Array.from([...yaml.assertions], () => Date.parse('2025-06-01T00:00:00Z')),
    );
    expect(engagements(yaml)).toEqual(['Vega Labs > Ninebark']);
  });

  it('[S1064] of evidence or transfers leaves out, by name, the rows whose status says that there is none', async () => {
    const evidence = await read(
      'Vendor,Control,Status,Valid until\nNinebark,MFA,Implemented,2027-06-30\nMoss,MFA,Not implemented,\nMoss,SSO,In progress,\nMoss,SOC 2,,2027-01-31\nMoss,DPA,Open,\n',
    );
    expect(idsOf(evidence, 'CONTROL')).toEqual(['Ninebark/MFA', 'Moss/SOC_2']);
    expect(warnings(evidence)).toContain('3 rows were left out: each says that there is no evidence (first: line 3)');

    const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
    const decisions = readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', newArtifacts } as never);
    const statuses = ['Delivered', 'FAILED', 'Annulé', 'In progress', 'Not returned', ''];
    const rows = statuses.map((status, i) => `Guide ${i},Ninebark,2026-02-0${i + 1},${status}`);
    const transfers = await bench.read({ 'log.csv': `Document,Recipient,Sent on,Status\n${rows.join('\n')}\n` }, { decisions });
    // A transfer that is in progress or not returned may have arrived.
    expect(idsOf(transfers, 'TRANSFER').map((key) => key.slice(0, 7))).toEqual(['Guide 0', 'Guide 3', 'Guide 4', 'Guide 5']);
    expect(warnings(transfers)).toContain('2 rows were left out: each says that nothing was sent (first: line 3)');
  });

  it('[S1061] of transfers may name several recipients in a cell, each of whom got a copy', async () => {
    const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
    const decisions = readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', newArtifacts } as never);
    const readTransfers = (text: string) => bench.read({ 'log.csv': text }, { decisions });
    const rows = [
      'Rubric,"Ninebark Ltd; Moss Inc.",2026-02-03',
      'Suite,"Moss Inc., Larkhill GmbH",2026-03-17',
      'Handbook,Moss Inc.,2026-04-01',
    ];
    const found = await readTransfers(`Artifact,Recipient,Sent on\n${rows.join('\n')}\n`);
    expect(idsOf(found, 'TRANSFER')).toEqual([
      'Rubric > Vega Labs > Ninebark Ltd > 2026-02-03',
      'Rubric > Vega Labs > Moss Inc. > 2026-02-03',
      'Suite > Vega Labs > Moss Inc. > 2026-03-17',
      'Suite > Vega Labs > Larkhill GmbH > 2026-03-17',
      'Handbook > Vega Labs > Moss Inc. > 2026-04-01',
    ]);
    expect(Object.keys(rolesOf(found)).toSorted()).toEqual(['Larkhill GmbH', 'Moss Inc.', 'Ninebark Ltd', 'Vega Labs']);
    expect(found.cells.notes).toContainEqual(expect.objectContaining({ change: 'SPLIT', column: 'Recipient', count: 2 }));

    const numbered = await readTransfers(
      `Transfer ID,Artifact,Recipient,Sent on\n${rows.map((row, i) => `T-${i + 1},${row}`).join('\n')}\n`,
    );
    expect(idsOf(numbered, 'TRANSFER')).toEqual(['T-1', 'T-1 > Moss Inc.', 'T-2', 'T-2 > Larkhill GmbH', 'T-3']);

    const merged = readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', newArtifacts, mergeExact: true } as never);
    const spellings =
      'Artifact,Recipient,Sent on\nRubric,"Moss Inc.; Moss, Inc.",2026-02-03\nSuite,"Moss Inc.; Larkhill GmbH",2026-03-17\n';
    expect(idsOf(await bench.read({ 'log.csv': spellings }, { decisions: merged }), 'TRANSFER')).toEqual([
      'Rubric > Vega Labs > Moss Inc. > 2026-02-03',
      'Suite > Vega Labs > Moss Inc. > 2026-03-17',
      'Suite > Vega Labs > Larkhill GmbH > 2026-03-17',
    ]);

    // One cell among many is a list only if others name each of its parts.
    const single = ['Ninebark', 'Moss', 'Larkhill', 'Rook', 'Owl', 'Delta'].map((name) => `Suite,${name},2026-03-17`).join('\n');
    const certain = await readTransfers(`Artifact,Recipient,Sent on\n${single}\nRubric,Rook; Owl,2026-02-03\n`);
    expect(idsOf(certain, 'TRANSFER')).toContain('Rubric > Vega Labs > Rook > 2026-02-03');
    expect(idsOf(certain, 'ORGANIZATION')).not.toContain('Rook; Owl');
    const doubtful = await readTransfers(`Artifact,Recipient,Sent on\n${single}\nRubric,Kestrel; Heron,2026-02-03\n`);
    expect(idsOf(doubtful, 'ORGANIZATION')).toContain('Kestrel; Heron');
    expect(doubtful.cells.notes).toContainEqual(
      expect.objectContaining({ change: 'JOINED', rule: 'looks like several names, but too few cells of its column do' }),
    );
  });

  it('[S1066] engages no vendor whose status says that nobody does, unless a person says that the column is text', async () => {
    const none = ['Rejected', '4 - Declined (cost)', 'PROSPECT', 'Under evaluation', '❌ Not approved', 'In Evaluierung', 'Refusé'];
    const others = ['Rechazado', 'Em avaliação', 'Odrzucony', 'Отклонён', 'Respinto', 'Afgewezen', '評価中', '已拒绝'];
    const rows = [...none, ...others].map((status, at) => `Moss ${at},RLHF,${status}`).join('\n');
    const text = `Vendor,Service,Status\nNinebark,Labels,Active\n${rows}\nRook,Labels,Rejected invoices\n`;
    const found = await read(text);
    expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Rook']);
    expect(idsOf(found, 'ORGANIZATION').filter((id) => id.startsWith('Moss'))).toEqual([]);
    expect(warnings(found)).toContain('1 row was left out: it says "rejected" under "Status", so nobody engages its vendor (line 3)');
    const decisions = readDecisions({ map: ['Status=attribute'], sheet: [], createMissing: true, client: 'Vega Labs' } as never);
    const kept = await bench.read({ 'list.csv': text }, { decisions });
    expect(engagements(kept)).toHaveLength(17);
  });

  it('[S1067] counts a vendor as engaged whose status says that it ended, where no date does, and says so', async () => {
    const found = await read(
      'Vendor,Service,Status,End date\nNinebark,Labels,Terminated,\nMoss,RLHF,Terminated,2025-01-31\nLarkhill,RLHF,Pending,\nRook,RLHF,Active,\nOwl,RLHF,Whatever,\n',
    );
    const end = factFields.ENGAGEMENT.findIndex(({ name }) => name === 'endsAt');
    const ends = [...found.assertions].flatMap(({ kind, key, values }) => (kind === 'ENGAGEMENT' ? [[key, values[end]]] : []));
    expect(Object.fromEntries(ends)).toEqual({
      'Vega Labs > Ninebark': undefined,
      'Vega Labs > Moss': Date.parse('2025-02-01T00:00:00Z'),
      'Vega Labs > Larkhill': undefined,
      'Vega Labs > Rook': undefined,
      'Vega Labs > Owl': undefined,
    });
    expect(warnings(found)).toContain(
      '2 engagements count as in force, because no date ends them, and their status says otherwise (first: "Terminated" under "Status" on line 2)',
    );
  });

  it('[S1068] of access without grantors is about the systems of its owner', async () => {
    const text =
      'Who has access,System,Access type,Granted on,Access until\nNinebark,Labels,VPN,2025-01-01,2026-01-01\nNinebark,Suite,VPN,2025-03-01,\n';
    const asked = await bench.read(
      { 'list.csv': text },
      { decisions: readDecisions({ map: [], sheet: [], createMissing: true } as never) },
    );
    expect(asked.questions.map(({ kind, message }) => [kind, message.slice(0, 36)])).toEqual([
      ['CLIENT', 'In whose systems can these act? Name'],
    ]);
    expect(idsOf(await read(text), 'ACCESS')).toEqual([
      'Ninebark > Vega Labs > NETWORK > 2025-01-01',
      'Ninebark > Vega Labs > NETWORK > 2025-03-01',
    ]);
    const ofSystems = 'Who has access,Access to,Valid from\nNinebark,Labeling platform,2025-01-01\nMoss,S3 bucket,2025-01-01\n';
    const doubt = (await read(ofSystems)).questions;
    expect(doubt.map(({ flag }) => flag)).toEqual(['--map "Access to=grantor" or --map "Access to=ignore"']);
    const ignored = readDecisions({ map: ['Access to=ignore'], sheet: [], createMissing: true, client: 'Vega Labs' } as never);
    const systems = await bench.read({ 'list.csv': ofSystems }, { decisions: ignored });
    expect(systems.questions).toEqual([]);
    expect(idsOf(systems, 'ORGANIZATION').toSorted()).toEqual(['Moss', 'Ninebark', 'Vega Labs']);
    const named = await read('Who has access,Access to,Valid from\nNinebark,Vega Labs,2025-01-01\nMoss,Ninebark,2025-01-01\n');
    expect(idsOf(named, 'ACCESS')).toEqual(['Ninebark > Vega Labs', 'Moss > Ninebark']);
    const persons = await read('Who has access,System,Since\nJane Roe,Labels,2025-01-01\nBo Lind,Suite,2025-01-01\n');
    expect([persons.rejections.map(({ code }) => code), [...persons.assertions]]).toEqual([['UNKNOWN_KIND'], []]);
  });

  it('[S1069] records a vendor that engages nobody, with the cells of its row', async () => {
    const found = await read(
      'Vendor,Subcontractor,Service,Country\nNinebark,Larkhill,Labels,DE\nNinebark,Moss,RLHF,US\nNinebark,Heron,RLHF,US\nRook,,Storage,FR\nOwl,none,Backup,FR\nOwl,Kestrel,Storage,FR\n',
    );
    expect(engagements(found)).toEqual(['Ninebark > Larkhill', 'Ninebark > Moss', 'Ninebark > Heron', 'Owl > Kestrel']);
    expect(rolesOf(found)).toMatchObject({ Rook: ['VENDOR'], Owl: ['VENDOR'], Kestrel: ['SUBCONTRACTOR'] });
    expect(found.cells.account).toMatchObject({ read: 23, keptAsText: 4, leftOut: 1 });
    const rook = [...found.assertions].find(({ kind, key }) => kind === 'ORGANIZATION' && key === 'Rook');
    expect(JSON.stringify(rook?.values)).toContain('Storage');
  });

  const newArtifacts = { type: 'ANNOTATION_GUIDELINES', sensitivity: 4, owner: 'Vega Labs' };
  const readTransfers = (text: string) =>
    bench.read({ 'log.csv': text }, { decisions: readDecisions({ map: [], sheet: [], createMissing: true, newArtifacts } as never) });

  it('[S1070] splits names between commas only if other cells name each of them', async () => {
    const found = await readTransfers(
      'Document,Recipient,Sent on,Sent by\nRubric,"Ninebark, Moss and Larkhill",2026-02-03,Vega Labs\nSuite,Ninebark,2026-02-04,Vega Labs\nSuite,Moss,2026-02-05,Vega Labs\nSuite,Larkhill,2026-02-06,Ninebark\nBook,"Ernst, Young",2026-02-07,Vega Labs\nBook,"Moss, Kestrel and Owl",2026-02-07,Vega Labs\n',
    );
    expect(idsOf(found, 'TRANSFER').filter((key) => key.startsWith('Rubric'))).toEqual([
      'Rubric > Vega Labs > Ninebark > 2026-02-03',
      'Rubric > Vega Labs > Moss > 2026-02-03',
      'Rubric > Vega Labs > Larkhill > 2026-02-03',
    ]);
    expect(idsOf(found, 'ORGANIZATION')).toEqual(expect.arrayContaining(['Ernst, Young', 'Moss, Kestrel and Owl']));
    expect(found.cells.notes).toContainEqual(expect.objectContaining({ change: 'JOINED', column: 'Recipient', count: 2 }));
  });

  it.each(['Given', 'Handed', 'Issued', 'Passed', 'Released'])('[S1071] of transfers is read with "%s to", "on" and "by"', async (verb) => {
    const header = `Document,${verb} to,${verb} on,${verb} by\n`;
    const found = await readTransfers(`${header}Rubric,Ninebark,2026-02-03,Vega Labs\nRubric,Moss,2026-02-04,Ninebark\n`);
    expect(idsOf(found, 'TRANSFER')).toEqual(['Rubric > Vega Labs > Ninebark > 2026-02-03', 'Rubric > Ninebark > Moss > 2026-02-04']);
    const persons = await readTransfers(`${header}Rubric,Ninebark,2026-02-03,Jane Roe\nRubric,Moss,2026-02-04,Bo Lind\n`);
    expect(persons.questions.map(({ kind, flag }) => [kind, flag])).toEqual([
      ['PARTY_MEANING', `--map "${verb} by=sender" or --map "${verb} by=ignore"`],
    ]);
    expect(idsOf(persons, 'ORGANIZATION')).not.toContain('Jane Roe');
  });

  it('[S1072] keeps the way to a name as a text, and leaves out a row with an arrow between two names', async () => {
    const found = await readTransfers(
      'Document,Recipient,Sent on,Sender\nRubric,Ninebark (via Owl),2026-02-03,Vega Labs\nRubric,Moss c/o Kestrel,2026-02-03,Vega Labs\nRubric,Larkhill via Slack,2026-02-03,Vega Labs\nRubric,Rook -> Heron,2026-02-03,Vega Labs\n',
    );
    expect(idsOf(found, 'ORGANIZATION').toSorted()).toEqual(['Larkhill', 'Moss', 'Ninebark', 'Vega Labs']);
    expect(found.cells.notes).toContainEqual(expect.objectContaining({ change: 'REMARK', column: 'Recipient', count: 3 }));
    expect(warnings(found)).toContain('1 row was left out: it has an arrow under "Recipient"');
    const vendors = await read('Vendor,Service\nNinebark → Moss,Labels\nLarkhill,RLHF\n');
    expect(engagements(vendors)).toEqual(['Vega Labs > Larkhill']);
  });

  it('[S1073] of a database or a ticket system has its columns in an inner object, or within "Custom field (…)"', async () => {
    const records = [
      { id: 'rec1', fields: { Vendor: 'Ninebark', Service: 'Labels', Subprocessors: ['Larkhill', 'Moss'] } },
      { id: 'rec2', fields: { Vendor: 'Rook', Service: 'Storage' } },
    ];
    const found = await readFiles({ 'list.json': JSON.stringify({ records }) });
    const expected = ['Vega Labs > Ninebark', 'Ninebark > Larkhill', 'Ninebark > Moss', 'Vega Labs > Rook'];
    expect(engagements(found).toSorted()).toEqual(expected.toSorted());
    const tickets = await read('Summary,Status,Custom field (Vendor name)\nOnboard,Done,Ninebark\nOnboard,Declined,Moss\n');
    expect(engagements(tickets)).toEqual(['Vega Labs > Ninebark']);
  });

  it('[S1074] in a letter ends where the letter does', async () => {
    for (const closing of ['Best,', 'Kind regards', 'Viele Grüße', 'Cordialement,', 'Pozdrawiam', '以上']) {
      const found = await readFiles({
        'mail.txt': `Hi, here is the list:\n\nVendor | Service | Since\nNinebark | Labels | Jan 2025\nBest Data | RLHF | 2024\n\n${closing}\nBo\n`,
      });
      expect(engagements(found)).toEqual(['Vega Labs > Ninebark', 'Vega Labs > Best Data']);
      expect(warnings(found)).toContain('2 rows were left out: each stands below the table, where the letter around it ends');
    }
  });

  it('[S1075] may name organizations by links, separated by commas', async () => {
    const found = await read(
      'Vendor,Service,Subprocessors\nNinebark (https://n.example/a),Labels,"Larkhill (https://n.example/b), Moss (https://n.example/c)"\nRook,RLHF,Heron (https://n.example/d)\n',
    );
    expect(engagements(found).toSorted()).toEqual([
      'Ninebark > Larkhill',
      'Ninebark > Moss',
      'Rook > Heron',
      'Vega Labs > Ninebark',
      'Vega Labs > Rook',
    ]);
  });

  it('[S1076] of transfers attests a deletion by its day', async () => {
    const found = await readTransfers(
      'Document,Sender,Recipient,Sent on,Deleted on\nRubric,Vega Labs,Ninebark,2025-02-03,2025-05-01\nRubric,Vega Labs,Moss,2025-02-03,2098-05-01\nRubric,Vega Labs,Rook,2025-02-03,\n',
    );
    const [state, at] = ['deletionState', 'deletedAt'].map((field) => factFields.TRANSFER.findIndex(({ name }) => name === field)) as [
      number,
      number,
    ];
    const transfers = [...found.assertions].filter(({ kind }) => kind === 'TRANSFER');
    expect(transfers.map(({ values }) => [values[state], values[at]])).toEqual([
      ['ATTESTED', Date.parse('2025-05-02T00:00:00Z')],
      [undefined, Date.parse('2098-05-02T00:00:00Z')],
      [undefined, undefined],
    ]);
  });

  it('[S1077] has no facts below a heading of plans', async () => {
    const found = await readTransfers(
      'Document,Sender,Recipient,Sent on\nRubric,Vega Labs,Ninebark,2025-02-03\nPlanned\nRubric,Vega Labs,Moss,\nDelivered:\nRubric,Vega Labs,Rook,\n',
    );
    expect(idsOf(found, 'TRANSFER')).toEqual(['Rubric > Vega Labs > Ninebark > 2025-02-03', 'Rubric > Vega Labs > Rook']);
    const vendors = await read('Vendor,Service,Start\nNinebark,Labels,2025-02-03\nProspective vendors\nMoss,RLHF,\n');
    expect(engagements(vendors)).toEqual(['Vega Labs > Ninebark']);
  });

  it('[S1078] of handovers may call its artifacts items', async () => {
    for (const header of ['Item', 'File name']) {
      const found = await readTransfers(`${header},Released by,Released to,Date released\nRubric,Vega Labs,Ninebark,2025-02-03\n`);
      expect(idsOf(found, 'TRANSFER')).toEqual(['Rubric > Vega Labs > Ninebark > 2025-02-03']);
    }
    const persons = await readTransfers('Item,Recipient,Date\nLaptop,Jane Roe,2025-02-03\nPhone,Bo Lind,2025-02-03\n');
    expect(persons.rejections.map(({ code }) => code)).toEqual(['UNKNOWN_KIND']);
  });

  it('[S1079] asks for the client of a table, and not of the tables in its rows', async () => {
    const vendors = [
      { name: 'Ninebark', service: 'Labels', subprocessors: [{ name: 'Larkhill' }, { name: 'Moss' }] },
      { name: 'Rook', service: 'Storage' },
    ];
    const found = await readFiles({ 'list.json': JSON.stringify({ vendors }) });
    expect(found.questions).toEqual([]);
    expect(engagements(found).toSorted()).toEqual(['Ninebark > Larkhill', 'Ninebark > Moss', 'Vega Labs > Ninebark', 'Vega Labs > Rook']);
  });

  it('[S1080] has companies, and no sentences, in names that end in a legal form', async () => {
    const found = await read(
      'Vendor,Service,Subprocessors\nNinebark,Labels,Blue River Data Labs Inc.\nRook,RLHF,Larkhill GmbH; Moss Data Inc.\n',
    );
    expect(engagements(found)).toContain('Ninebark > Blue River Data Labs Inc.');
    expect(engagements(found)).toContain('Rook > Moss Data Inc.');
  });

  it('[S1060] has subcontractors in the rows below their vendor', async () => {
    const found = await bench.read(
      { 'list.csv': 'Supplier,Sub-supplier,Scope\nNinebark,,Labels\n,Larkhill,QA\n,Moss,Text\nRook,,Storage\n' },
      { decisions: readDecisions({ map: [], sheet: [], createMissing: true, client: 'Vega Labs', unnamedRows: 'above' } as never) },
    );
    expect(rolesOf(found)).toMatchObject({ Larkhill: ['SUBCONTRACTOR'], Moss: ['SUBCONTRACTOR'], Rook: ['VENDOR'] });
  });
});
