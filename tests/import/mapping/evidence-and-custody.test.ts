import { readDecisions } from '../../../server/cli/import/import-flags.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench, places } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const read = (text: string, flags: Readonly<Record<string, unknown>> = {}, name = 'list.csv') =>
  bench.read(
    { [name]: text },
    { decisions: readDecisions({ map: [], sheet: [], createMissing: true, newArtifacts: 'REJECT', ...flags } as never) },
  );

const day = (value: unknown) => (typeof value === 'number' ? new Date(value - 86_400_000).toISOString().slice(0, 10) : value);

function controls({ assertions }: ReadImport): unknown[] {
  return [...assertions].flatMap(({ kind, values }) => (kind === 'CONTROL' ? [[values[0], values[1], values[2], day(values[4])]] : []));
}

describe('a list of certificates', () => {
  const text =
    'Vendor,Certificate,Expiry\nZeta Cloud,ISO/IEC 27001:2022,2027-04-30\nOmega,SOC 2 Type II,2026-01-31\nKite,Cyber Essentials,\n';
  const found = [
    ['Zeta Cloud', 'ISO_27001', 'CERTIFICATE', undefined],
    ['Omega', 'SOC_2', 'AUDIT_REPORT', undefined],
    ['Kite', 'Cyber Essentials', 'CERTIFICATE', undefined],
  ];

  it('[I940] is one in other words, too', async () => {
    const german = await read(
      'Lieferant;Zertifikat;Gültig bis\nZeta Cloud;ISO 9001;30.06.2027\nOmega;SOC 2 Typ II;31.01.2027\nKite;keine;\n',
    );
    expect(controls(german).map((one) => (one as unknown[]).slice(0, 3))).toEqual([
      ['Zeta Cloud', 'ISO_9001', 'CERTIFICATE'],
      ['Omega', 'SOC_2', 'AUDIT_REPORT'],
    ]);
  });

  it('[I757] names several in a cell, and says which are none', async () => {
    const list = await read(
      `Vendor,Certificate,Expiry\nZeta Cloud,"ISO 27001, SOC 2 and PCI DSS",2027-04-30\nOmega,ISO 27001,expired\nKite,none of these,
Tau,ISO 27001 in progress,\nRho,ISO 27001,never\nPhi,ISO 27001,abgelaufen 2024-01-31\n`,
    );
    expect(controls(list).map((one) => (one as unknown[]).slice(0, 2))).toEqual([
      ['Zeta Cloud', 'SOC_2'],
      ['Zeta Cloud', 'PCI_DSS'],
      ['Zeta Cloud', 'ISO_27001'],
      ['Rho', 'ISO_27001'],
      ['Phi', 'ISO_27001'],
    ]);
    expect([list.leftOutCount, list.rejections]).toEqual([3, []]);
  });

  it('[I940] says of reports that they are no certificates', async () => {
    const list = await read(
      'Vendor,Certificate,Expiry\nZeta Cloud,SOC 2 Type I,2027-04-30\nOmega,Penetration test report,\nKite,ISO 27001,\n',
    );
    expect(controls(list).map((one) => (one as unknown[])[2])).toEqual(['AUDIT_REPORT', 'TESTED', 'CERTIFICATE']);
  });

  it('[I940] is one of controls: the certificate expires, and no engagement ends', async () => {
    const list = await read(text);
    expect([list.questions, list.files[0]?.mapping?.kinds]).toEqual([[], ['CONTROL']]);
    const expiries = ['2027-04-30', '2026-01-31', undefined];
    expect(controls(list).map((one) => (one as unknown[]).slice(0, 3))).toEqual(found.map((one) => one.slice(0, 3)));
    expect(
      [...list.assertions]
        .filter(({ kind }) => kind === 'CONTROL')
        .map(({ values }) => day(values.find((value) => typeof value === 'number'))),
    ).toEqual(expiries);
    expect(list.cells.account).toEqual({ read: 8, used: 8, keptAsText: 0, leftOut: 0, rejected: 0 });
  });

  const textsOf = ({ assertions }: ReadImport, id: string) =>
    JSON.stringify([...assertions].find(({ kind, key }) => kind === 'ORGANIZATION' && key === id)?.values[8] ?? null);

  it('[I944] keeps a footnote of a certificate on its organization, and reads the certificate without the mark', async () => {
    const list = await read(
      'Vendor,Certificate,Expiry\nZeta Cloud,ISO 27001*,2027-04-30\nOmega,SOC 2 Type II [1],2027-01-31\nKite,HIPAA,2027-01-31 [1]\n* Only for the EU region\n[1] Bridge letter available\n',
    );
    expect(controls(list).map((one) => (one as unknown[]).slice(0, 3))).toEqual([
      ['Zeta Cloud', 'ISO_27001', 'CERTIFICATE'],
      ['Omega', 'SOC_2', 'AUDIT_REPORT'],
      ['Kite', 'HIPAA', 'CERTIFICATE'],
    ]);
    expect(['Zeta Cloud', 'Omega', 'Kite'].map((id) => textsOf(list, id))).toEqual([
      '[{"name":"Certificate (remark)","value":"* Only for the EU region"}]',
      '[{"name":"Certificate (remark)","value":"[1] Bridge letter available"}]',
      '[{"name":"Expiry (remark)","value":"[1] Bridge letter available"}]',
    ]);
    expect(list.cells.account).toEqual({ read: 11, used: 9, keptAsText: 2, leftOut: 0, rejected: 0 });
    expect(list.cells.notes.filter(({ rule }) => rule === 'has a footnote').map(({ column, count }) => [column, count])).toEqual([
      ['Certificate', 2],
      ['Expiry', 1],
    ]);
  });

  it('[I944] keeps it on the engagement where a list has one, whatever cell has the mark', async () => {
    const list = await read('Vendor,Service,Notes\nZeta,Hosting*,x\nOmega,Mail,see below (1)\n* Until 2027\n(1) Pilot customers only\n', {
      client: 'Acme AI',
    });
    const kept = [...list.assertions].flatMap(({ kind, values }) =>
      kind === 'ENGAGEMENT' ? [[values[3], JSON.stringify(values.at(-1))]] : [],
    );
    expect(kept).toEqual([
      ['Hosting', '[{"name":"Notes","value":"x"},{"name":"Service (remark)","value":"* Until 2027"}]'],
      ['Mail', '[{"name":"Notes","value":"see below (1)"},{"name":"Notes (remark)","value":"(1) Pilot customers only"}]'],
    ]);
    expect(list.cells.account).toMatchObject({ read: 8, leftOut: 0 });
  });

  it('[I944] finds it below the table of a document', async () => {
    const rows = '| Vendor | Service |\n|---|---|\n| Zeta* | Hosting |\n| Omega | Mail¹ |\n';
    const list = await read(`${rows}\n\\* EU customers only\n\nAsk us.\n\n¹ In beta\n`, { client: 'Acme AI' }, 'list.md');
    const page = await read(
      '<table><tr><th>Vendor<th>Service<tr><td>Zeta*<td>Hosting<tr><td>Omega<td>Mail¹</table><p>* EU customers only</p><p>¹ In beta</p>',
      { client: 'Acme AI' },
      'list.html',
    );
    const kept = [
      ['Zeta', '[{"name":"Vendor (remark)","value":"* EU customers only"}]'],
      ['Omega', '[{"name":"Service (remark)","value":"¹ In beta"}]'],
    ];
    for (const { assertions } of [list, page])
      expect(
        [...assertions].flatMap(({ kind, values }) => (kind === 'ENGAGEMENT' ? [[values[2], JSON.stringify(values.at(-1))]] : [])),
      ).toEqual(kept);
  });

  it('[I944] makes no organization of a row that states no fact', async () => {
    const list = await read('Vendor,Certificate,Expiry\nZeta Cloud,ISO 27001,2027-04-30\nBridge letter available,,\n');
    expect([...list.assertions].flatMap(({ kind, key }) => (kind === 'ORGANIZATION' ? [key] : []))).toEqual(['Zeta Cloud']);
  });

  it('[I948] reads a date behind a word that says what its column says, and asks for its order', async () => {
    const rows = ['gültig bis 30.06.2027', 'valid until: 2027-01-31', 'expires Dec 31, 2026'];
    const list = await read(`Vendor,Certificate,Expiry\n${rows.map((date, at) => `V${at},SOC 2,"${date}"`).join('\n')}\n`);
    const ends = (found: ReadImport) => controls(found).map((one) => (one as unknown[])[3]);
    const expiries = (found: ReadImport) =>
      [...found.assertions].flatMap(({ kind, values }) =>
        kind === 'CONTROL' ? [day(values.find((value) => typeof value === 'number'))] : [],
      );
    expect([expiries(list), ends(list).length]).toEqual([['2027-06-30', '2027-01-31', '2026-12-31'], 3]);
    const open = 'Vendor,Certificate,Expiry\nZeta,SOC 2,valid until 03/04/2027\nOmega,SOC 2,valid from 2027-01-01\n';
    const asked = await read(open);
    expect(asked.questions).toMatchObject([{ kind: 'DATE_ORDER', message: expect.stringContaining('03/04/2027 can be read both ways') }]);
    expect(expiries(await read(open, { dateOrder: 'day-first' }))).toEqual(['2027-04-03', undefined]);
  });

  it('[I949] says which evidence has expired', async () => {
    const { warnings } = await read('Vendor,Certificate,Expiry\nZeta,SOC 2,2025-12-30\nOmega,SOC 2,2025-12-31\nKite,SOC 2,2026-01-31\n');
    expect(warnings).toEqual([
      'list.csv: 2 pieces of evidence have expired by 2026-01-01 (first: SOC_2 of Zeta, valid until 2025-12-30): they are recorded as expired.',
    ]);
  });

  it('[I940] asks whose the expiry is where the list has a service too', async () => {
    const list = 'Vendor,Service,Certificate,Valid until\nZeta Cloud,Hosting,ISO 27001,2025-04-30\nOmega,Labels,SOC 2,2025-06-30\n';
    const asked = await read(list, { client: 'Acme AI' });
    expect(asked.questions.map(({ kind, index }) => [kind, index])).toEqual([['DATE_MEANING', 3]]);
    expect(
      [...asked.assertions].some(({ kind, values }) => kind === 'ENGAGEMENT' && values[5] !== undefined && typeof values[5] === 'number'),
    ).toBe(false);
  });

  it('[I941] named organizations.csv is a list like any other; one with a column of ours is canonical', async () => {
    expect(controls(await read(text, {}, 'organizations.csv'))).toHaveLength(3);
    expect(places((await read('name,Certificate\nZeta,ISO 27001\n', {}, 'organizations.csv')).rejections)).toEqual([
      'organizations.csv:1: Certificate: UNKNOWN_COLUMN',
      'organizations.csv:1: id: MISSING_COLUMN',
    ]);
  });
});

describe('a custody list', () => {
  const rowsOf = (...cells: readonly (readonly [encryption: string, deleted: string])[]) =>
    `Artifact,Sent by,Sent to,Date sent,Encryption,Deleted\n${cells.map(([one, two], at) => `Guide ${at},Vega Labs,Zeta Cloud,2025-03-0${at + 1},${one},${two}\n`).join('')}`;

  it('[I942] reads words of encryption and deletion: without the place of the key it is at the holder, and a date is no evidence', async () => {
    const list = await read(rowsOf(['yes', 'yes'], ['AES-256', '2025-08-01'], ['at rest', 'pending'], ['customer key', 'no'], ['no', '']));
    expect([list.questions, list.rejections]).toEqual([[], []]);
    const copies = [...list.assertions].filter(({ kind }) => kind === 'TRANSFER');
    const texts = copies.map(({ values }) => values.filter((value) => typeof value === 'string' && /^[A-Z_]{4,}$/.test(value)));
    expect(texts).toEqual([
      ['ENCRYPTED_KEY_AT_HOLDER', 'ATTESTED'],
      ['ENCRYPTED_KEY_AT_HOLDER', 'ATTESTED'],
      ['ENCRYPTED_KEY_AT_HOLDER', 'REQUESTED'],
      ['ENCRYPTED_KEY_AT_OWNER', 'NONE'],
      ['PLAINTEXT'],
    ]);
    // The whole day counts.
    expect(copies[1]?.values).toContain(Date.UTC(2025, 7, 2));
  });

  it('[I942] asks about every other word: none becomes plaintext or not deleted because it is unknown', async () => {
    const list = await read(rowsOf(['rot13', 'certificate no. 17'], ['yes', 'no']));
    expect(list.questions).toMatchObject([{ kind: 'VALUES', message: expect.stringMatching(/"rot13"/) }]);
    expect(list.values.map(({ value, isDecided }) => [value, isDecided])).toEqual([
      ['rot13', false],
      ['certificate no. 17', false],
    ]);
    const files = [
      {
        name: '*',
        createMissing: true,
        newArtifacts: 'REJECT' as const,
        values: [
          { column: 'Encryption', value: 'rot13', meaning: 'PLAINTEXT' },
          { column: 'Deleted', value: 'certificate no. 17', meaning: 'VERIFIED' },
        ],
      },
    ];
    const decided = await bench.read(
      { 'list.csv': rowsOf(['rot13', 'certificate no. 17'], ['yes', 'no']) },
      { decisions: { version: 1, files, parties: [] } },
    );
    expect([decided.questions, JSON.stringify([...decided.assertions].map(({ values }) => values))]).toEqual([
      [],
      expect.stringMatching(/PLAINTEXT.*VERIFIED/),
    ]);
  });

  it('[I992] that names artifacts that nothing describes asks what they are, and creates them', async () => {
    const text = `${rowsOf(['no', 'no'], ['no', 'no'])}Guide 0,Vega Labs,Omega,2025-04-01,no,no\n`;
    const asked = await read(text, { newArtifacts: undefined });
    expect(asked.questions).toMatchObject([{ kind: 'NEW_ARTIFACTS', message: expect.stringMatching(/^2 artifacts .*"Guide 0"/) }]);
    expect([...asked.assertions].some(({ kind }) => kind === 'ARTIFACT' || kind === 'TRANSFER')).toBe(false);
    const withoutOwner = await read(text, { newArtifacts: { type: 'PROMPT_SET', sensitivity: 4 } });
    expect(withoutOwner.questions.map(({ kind }) => kind)).toEqual(['NEW_ARTIFACTS']);

    const flags = { map: [], sheet: [], createMissing: true, newArtifacts: { type: 'PROMPT_SET', sensitivity: 4, owner: 'Vega Labs' } };
    const outcome = await bench.import({ 'list.csv': text }, 'ALL_OR_NOTHING', { decisions: readDecisions(flags as never) });
    expect(outcome).toMatchObject({ isWritten: true, rejections: [], report: { created: 3 + 2 + 3 } });
    const artifacts = await bench.store.readFactsByKey('ARTIFACT', ['Guide 0', 'Guide 1']);
    expect(artifacts.map(({ values }) => values.slice(0, 5))).toEqual([
      ['Guide 0', 'Guide 0', 'PROMPT_SET', 'Vega Labs', 4],
      ['Guide 1', 'Guide 1', 'PROMPT_SET', 'Vega Labs', 4],
    ]);
    const [owner] = await bench.store.readFactsByKey('ORGANIZATION', ['Vega Labs']);
    expect(owner?.values[2]).toContain('LAB');

    const rejected = await bench.preview(
      { 'list.csv': rowsOf(['no', 'no']).replace('Guide 0', 'Guide 9') },
      { decisions: readDecisions({ ...flags, newArtifacts: 'REJECT' } as never) },
    );
    expect(places(rejected.rejections)).toContain('list.csv:2: artifact: UNKNOWN_REFERENCE');
  });

  it('[I942] asks for the order of day and month of a date in the column of the deletion', async () => {
    const list = await read(rowsOf(['yes', '03/04/2025'], ['yes', '05/06/2025']));
    expect(list.questions.map(({ kind, index }) => [kind, index])).toEqual([['DATE_ORDER', 5]]);
    const ordered = await read(rowsOf(['yes', '03/04/2025'], ['yes', '05/06/2025']), { dateOrder: 'DAY_FIRST' });
    expect(ordered.questions).toEqual([]);
  });
});
