import { factFields } from '../../server/domain/fact-fields.ts';
import type { FactKind } from '../../server/domain/facts.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { Bench, places, smallFiles } from './import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

async function read(kind: FactKind, key: string): Promise<Record<string, unknown>> {
  const [fact] = await bench.store.readFactsByKey(kind, [key]);
  if (fact === undefined) throw new Error(`There is no ${kind} ${key}.`);
  return { ...Object.fromEntries(factFields[kind].map((spec, i) => [spec.name, fact.values[i]])), provenance: fact.provenance };
}

describe('an import', () => {
  it('[F13] writes all its files in one transaction, whatever the order of their references', async () => {
    const { 'organizations.csv': organizations, 'artifacts.csv': artifacts, 'transfers.csv': transfers } = smallFiles;
    const outcome = await bench.import({ 'transfers.csv': transfers, 'artifacts.csv': artifacts, 'organizations.csv': organizations });
    expect(outcome).toMatchObject({ isWritten: true, revision: 1, report: { rows: 6, created: 6, updated: 0, unchanged: 0, rejected: 0 } });
  });

  it('[F14] of the same files again changes nothing and says so', async () => {
    await bench.import(smallFiles);
    const again = await bench.import(smallFiles);
    expect(again).toMatchObject({ revision: 1, report: { created: 0, updated: 0, unchanged: 6, rejected: 0 } });
    expect(again.report.warnings).toEqual(['Nothing changes: the files match the recorded facts.']);
  });

  it('[F15] shows a changed row with its fields before and after, in the preview and afterwards', async () => {
    await bench.import(smallFiles);
    const changed = { 'transfers.csv': 'id,artifact,sender,recipient,sent_at,form\nT-1,guidelines,vega,kite,2025-03-02,VIEW_ONLY\n' };
    const preview = await bench.preview(changed);
    expect(preview.report).toMatchObject({ updated: 1, unchanged: 0 });
    const expected = [
      { field: 'sentAt', before: '2025-03-01T00:00:00Z', after: '2025-03-02T00:00:00Z' },
      { field: 'form', before: 'PLAINTEXT', after: 'VIEW_ONLY' },
    ];
    expect(preview.written.readChanges([0])[0]?.fields).toEqual(expected);
    expect(await bench.store.readRevision()).toBe(1);
    const { id } = await bench.import(changed);
    const { changes } = await bench.store.readHistory({ importId: id, kinds: null }, 0, 10);
    expect(changes).toMatchObject([{ key: 'T-1', file: 'transfers.csv', line: 2, fields: expected }]);
  });

  it('[F16] leaves no trace in the facts after Undo', async () => {
    await bench.import(smallFiles);
    const before = await read('TRANSFER', 'T-1');
    const { id } = await bench.import({
      'transfers.csv': 'id,artifact,sender,recipient,portion\nT-1,guidelines,vega,kite,0.5\nT-9,guidelines,vega,moss,1\n',
    });
    expect(await read('TRANSFER', 'T-1')).toMatchObject({ portion: 0.5 });
    expect(await bench.store.undoImport(id, 'tester', Date.UTC(2026, 1, 1))).toMatchObject({ outcome: 'undone' });
    expect(await read('TRANSFER', 'T-1')).toEqual(before);
    expect(await bench.store.readFactsByKey('TRANSFER', ['T-9'])).toEqual([]);
  });

  it('[F16] that another import depends on cannot be undone, and the other is named', async () => {
    const first = await bench.import({ 'organizations.csv': smallFiles['organizations.csv'] });
    const second = await bench.import({ 'artifacts.csv': smallFiles['artifacts.csv'] });
    const undone = await bench.store.undoImport(first.id, 'tester', Date.UTC(2026, 1, 1));
    expect(undone).toMatchObject({ outcome: 'refused', dependents: [{ importId: second.id }] });
  });
});

describe('canonical CSV', () => {
  it('[F17] says nothing of a field whose cell is empty or whose column is absent', async () => {
    await bench.import({ 'organizations.csv': 'id,name,country,website\nvega,Vega,US,https://vega.example\n' });
    await bench.import({ 'organizations.csv': 'id,name,country\nvega,Vega,\n' });
    expect(await read('ORGANIZATION', 'vega')).toMatchObject({ country: 'US', website: 'https://vega.example' });
  });

  it('[F18] fills in the defaults of the semantics', async () => {
    await bench.import({ ...smallFiles, 'organizations.csv': 'id,name,roles\nvega,Vega,LAB\nkite,Kite,\nmoss,Moss,\n' });
    expect(await read('ORGANIZATION', 'kite')).toMatchObject({ roles: ['VENDOR'], status: 'ACTIVE', aliases: [], attributes: [] });
    expect(await read('TRANSFER', 'T-1')).toMatchObject({
      portion: 1,
      form: 'PLAINTEXT',
      deletionState: 'NONE',
      confidence: 1,
      fragments: null,
    });
  });

  it('[F19] reads a plain end date as the whole day, and an instant as itself', async () => {
    await bench.import({
      ...smallFiles,
      'transfers.csv':
        'id,artifact,sender,recipient,sent_at,deletion_state,deleted_at\n' +
        'T-1,guidelines,vega,kite,2025-03-01T10:00:00.1239+02:00,VERIFIED,2025-04-30\n' +
        'T-2,guidelines,vega,kite,2025-03-01,VERIFIED,2025-04-30T12:00:00Z\n',
    });
    expect(await read('TRANSFER', 'T-1')).toMatchObject({ sentAt: Date.UTC(2025, 2, 1, 8, 0, 0, 123), deletedAt: Date.UTC(2025, 4, 1) });
    expect(await read('TRANSFER', 'T-2')).toMatchObject({ sentAt: Date.UTC(2025, 2, 1), deletedAt: Date.UTC(2025, 3, 30, 12) });
  });

  it('[F20] separates values by ";", with "\\" before one that belongs to a value', async () => {
    await bench.import({ 'organizations.csv': 'id,name,roles,aliases\nvega,Vega,LAB;VENDOR,"Vega; Inc;A\\;B;C\\\\D"\n' });
    expect(await read('ORGANIZATION', 'vega')).toMatchObject({ roles: ['LAB', 'VENDOR'], aliases: ['Vega', ' Inc', 'A;B', 'C\\D'] });
  });

  it('[F20] removes one quote from a cell that a spreadsheet would otherwise run, and from no other', async () => {
    await bench.import({ 'organizations.csv': "id,name,website,country\n'=1+1,''=2,'t Hooft,'-\n" });
    expect(await read('ORGANIZATION', '=1+1')).toMatchObject({ name: "'=2", website: "'t Hooft", country: '-' });
  });

  it('[F21] trims nothing, and keeps every character of an id', async () => {
    await bench.import({ 'organizations.csv': 'id,name\n vega ,Vega\n"a""b,c;d",Quoted\n😀ü,Wide\n' });
    for (const id of [' vega ', 'a"b,c;d', '😀ü']) expect(await bench.store.readFactsByKey('ORGANIZATION', [id])).toHaveLength(1);
  });

  it('[F22] gives the date and document of each assertion; the import supplies missing ones', async () => {
    await bench.import(
      { 'organizations.csv': 'id,name,asserted_at,source\nvega,Vega,2024-06-01,Register 7\nkite,Kite,,\n' },
      'ALL_OR_NOTHING',
      { assertedAt: Date.UTC(2025, 0, 1), source: 'list' },
    );
    expect(await read('ORGANIZATION', 'vega')).toMatchObject({
      provenance: { assertedAt: Date.UTC(2024, 5, 1), source: 'Register 7', file: 'organizations.csv', line: 2 },
    });
    expect(await read('ORGANIZATION', 'kite')).toMatchObject({ provenance: { assertedAt: Date.UTC(2025, 0, 1), source: 'list', line: 3 } });
  });

  it('[I10] counts no row of a file that turns out to be unreadable, repeated ones neither', async () => {
    const rows = 'id,name\nkite,Kite\nkite,Kite\n';
    const read = (content: Buffer) => bench.preview({ 'organizations.csv': content });
    expect((await read(Buffer.from(rows))).account).toMatchObject({ read: 2, used: 1, repeated: 1 });
    // A byte that belongs to no UTF-8 character.
    const { account } = await read(Buffer.concat([Buffer.from(rows), Buffer.from([0x6d, 0x82, 0x2c, 0x6d, 0x0a])]));
    expect(account.used + account.repeated + account.leftOut + account.rejected).toBe(account.read);
  });

  it('[F23] warns about likely mistakes', async () => {
    const { report } = await bench.import({
      ...smallFiles,
      'transfers.csv':
        'id,artifact,sender,recipient,deletion_state,deleted_at\nT-1,guidelines,vega,kite,VERIFIED,\nT-2,guidelines,vega,moss,,2025-04-01\n',
    });
    expect(report.warnings).toEqual([
      expect.stringMatching(/^1 transfer is ATTESTED or VERIFIED without a deleted_at.*transfers.csv:2/),
      expect.stringMatching(/^1 transfer has a deleted_at without being.*transfers.csv:3/),
    ]);
  });
});

describe('incidents in an import', () => {
  const incidents = (row: string) => ({
    'incidents.csv': `id,name,state,discovered_at,origins,core_from,core_to,widest_from,widest_to,max_hops,transfer_likelihood,min_degree,scope\n${row}\n`,
  });

  it('[F24] are documents, with defaults, windows to the last millisecond of their day, and scopes', async () => {
    const files = {
      ...smallFiles,
      ...incidents('INC,Breach,,,kite;moss,2025-05-01,2025-05-02,,,,,,kite artifact guidelines;kite channel a%3Bb%20c;moss'),
    };
    expect((await bench.import(files)).report).toMatchObject({ created: 7, rejected: 0 });
    const document = await bench.store.findDocument('incident', 'INC');
    expect(JSON.parse(document?.json ?? '')).toMatchObject({
      id: 'INC',
      state: 'OPEN',
      discoveredAt: null,
      origins: ['kite', 'moss'],
      core: { from: Date.UTC(2025, 4, 1), to: Date.UTC(2025, 4, 3) - 1 },
      widest: null,
      maxHops: 3,
      transferLikelihood: 0,
      minDegree: 0.05,
      scope: [
        { origin: 'kite', artifacts: ['guidelines'], engagements: [], channels: ['a;b c'] },
        { origin: 'moss', artifacts: [], engagements: [], channels: [] },
      ],
    });
    expect((await bench.import(files)).report).toMatchObject({ created: 0, updated: 0, unchanged: 7 });
  });

  it('[F24] are removed when their import is undone', async () => {
    const { id } = await bench.import({ ...smallFiles, ...incidents('INC,Breach,,,kite,,,,,,,,') });
    await bench.store.undoImport(id, 'tester', Date.UTC(2026, 1, 1));
    expect(await bench.store.listDocuments('incident')).toEqual([]);
  });

  it.each([
    ['INC,Breach,,,nobody,,,,,,,,', 'origins: UNKNOWN_REFERENCE'],
    ['INC,Breach,ASLEEP,,kite,,,,,,,,', 'state: BAD_VALUE'],
    ['INC,Breach,,,kite,2025-05-02,2025-05-01,,,,,,', 'core_to: ENDS_BEFORE_START'],
    ['INC,Breach,,,kite,2025-05-02,,,,,,,', 'core_to: MISSING_VALUE'],
    ['INC,Breach,,,kite,2025-05-01,2025-05-09,2025-05-02,2025-05-03,,,,', 'core_from: BAD_VALUE'],
    ['INC,Breach,,,kite,,,,,99,,,', 'max_hops: BAD_VALUE'],
    ['INC,Breach,,,kite,,,,,,,,kite sings loud', 'scope: BAD_VALUE'],
    ['INC,Breach,,,kite,,,,,,,,kite artifact nothing', 'scope: UNKNOWN_REFERENCE'],
    ['INC,,,,kite,,,,,,,,', 'name: MISSING_VALUE'],
  ])('[F24] that are invalid block the import: %s', async (row, place) => {
    const outcome = await bench.import({ ...smallFiles, ...incidents(row) });
    expect(outcome.isWritten).toBe(false);
    expect(places(outcome.rejections)).toEqual([`incidents.csv:2: ${place}`]);
  });
});
