import type { ImportOutcome } from '../../../server/import/commit-import.ts';
import { commitImport } from '../../../server/import/commit-import.ts';
import type { EditionDecision } from '../../../server/import/editions/last-edition.ts';
import type { MappingDocument } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { noDecisions, withFileDecisions } from '../../../server/import/mapping/decisions/mapping-document.ts';
import { readFromStore } from '../../../server/import/read-from-store.ts';
import type { ReadImport } from '../../../server/import/read-import.ts';
import { readField, readKeys } from '../../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
let count: number;
beforeEach(async () => {
  bench = await Bench.open();
  count = 0;
});
afterEach(() => bench.close());

const day = (text: string) => Date.parse(text);
const ofAcme = withFileDecisions(noDecisions, 'vendors.csv', (file) => ({
  ...file,
  client: { name: 'Acme', role: 'LAB', isToBeCreated: true },
  createMissing: true,
}));

function read(
  csv: string,
  edition: EditionDecision = {},
  decisions: MappingDocument = ofAcme,
  name = 'vendors.csv',
  source = 'register',
): Promise<ReadImport> {
  return readFromStore(bench.store, bench.write({ [name]: csv }), { assertedAt: day('2026-03-01'), source, decisions, edition });
}

async function commit(imported: ReadImport, source = 'register'): Promise<ImportOutcome & { readonly id: string }> {
  const id = `edition-${++count}`;
  const at = day('2026-03-02') + count;
  const order = { id, by: 'ada', at, createdAt: at, source, assertedAt: null };
  return { ...(await commitImport(bench.store, imported, order, 'ALL_OR_NOTHING')), id };
}

const list = (...rows: string[]) => `Vendor,Service,Country,Website,Cost center\n${rows.join('\n')}\n`;
const rows = [
  'Okta,Sign-in,US,okta.com,CC-1',
  'Globex,Hosting,DE,globex.example,CC-2',
  'Initech,Support,US,initech.example,CC-3',
  'Umbrella,Analytics,GB,umbrella.example,CC-4',
  'Hooli,Search,US,hooli.example,CC-5',
  'Vandelay,Imports,US,vandelay.example,CC-6',
];

describe('a later edition of a list', () => {
  it('[M16] asks nothing and changes nothing if it states the same', async () => {
    await commit(await read(list(...rows)));
    const again = await read(list(...rows));
    expect([again.questions, again.unlisted]).toEqual([[], []]);
    expect(again.warnings[0]).toMatch(/^Since the last edition \(2026-03-02\): 0 new, 13 listed again, none is missing\.$/);
    expect((await commit(again)).report).toMatchObject({ created: 0, updated: 0, rejected: 0 });
  });

  it('[M16] asks what became of a vendor that is gone; until that is answered it changes nothing', async () => {
    await commit(await read(list(...rows)));
    const next = await read(list(...rows.slice(0, 5)));
    expect(next.unlisted).toEqual([
      { kind: 'ORGANIZATION', key: 'Vandelay' },
      { kind: 'ENGAGEMENT', key: 'Acme > Vandelay' },
    ]);
    expect(next.questions).toMatchObject([
      {
        kind: 'UNLISTED',
        choices: ['keep', 'end', 'retract'],
        proposed: 'end',
        flag: expect.stringContaining('--end-unlisted 2026-03-01'),
      },
    ]);
    expect(next.closingCount).toBe(0);
  });

  it('[M16] ends the engagement on a date, keeps it, or removes what only this source said; Undo is exact', async () => {
    await commit(await read(list(...rows)));
    const before = await readKeys(bench.store);
    const five = list(...rows.slice(0, 5));
    await commit(await read(five, { unlisted: { policy: 'KEEP' } }));
    expect(await readField(bench.store, 'ENGAGEMENT', 'Acme > Vandelay', 'endsAt')).toBeNull();
    await bench.store.undoImport('edition-2', 'ada', day('2026-03-03'));

    const ended = await commit(await read(five, { unlisted: { policy: 'END', at: day('2026-02-01') } }));
    expect(ended.report).toMatchObject({ created: 0, updated: 1, rejected: 0 });
    expect(await readField(bench.store, 'ENGAGEMENT', 'Acme > Vandelay', 'endsAt')).toBe(day('2026-02-01'));
    await bench.store.undoImport(ended.id, 'ada', day('2026-03-04'));
    expect(await readField(bench.store, 'ENGAGEMENT', 'Acme > Vandelay', 'endsAt')).toBeNull();

    const removed = await commit(await read(five, { unlisted: { policy: 'RETRACT' } }));
    expect(removed.written.counts.RETRACTED).toBe(2);
    expect(await readKeys(bench.store)).toEqual(before.filter((key) => !key.includes('Vandelay')));
    await bench.store.undoImport(removed.id, 'ada', day('2026-03-05'));
    expect(await readKeys(bench.store)).toEqual(before);
  });

  it('[I726] ends what its source stated, while what another source lists goes on, in whatever order they are imported', async () => {
    const endOf = () => readField(bench.store, 'ENGAGEMENT', 'Acme > Vandelay', 'endsAt');
    const five = list(...rows.slice(0, 5));
    const end = (at: string) => ({ unlisted: { policy: 'END' as const, at: day(at) } });
    const from = async (csv: string, source: string, edition: EditionDecision = {}) =>
      commit(await read(csv, edition, ofAcme, 'vendors.csv', source), source);
    await from(list(...rows), 'register');
    const other = await from(list(...rows), 'ledger');
    const stopped = await from(five, 'register', end('2026-02-01'));
    expect([await endOf(), stopped.report.updated]).toEqual([null, 0]);
    expect(stopped.report.warnings).toContain(
      'One fact that this source no longer lists goes on, because another source lists it without an end.',
    );
    // Without the other list, nothing keeps the engagement going. Listed again, it goes on.
    await bench.store.undoImport(other.id, 'ada', day('2026-03-03'));
    expect(await endOf()).toBe(day('2026-02-01'));
    const listed = await from(list(...rows), 'ledger');
    expect([await endOf(), listed.report.updated]).toEqual([null, 1]);
    // Once both stopped, the last end counts.
    await from(five, 'ledger', end('2026-02-20'));
    expect(await endOf()).toBe(day('2026-02-20'));
  });

  it('[I726] gives way to an end that another source states in a cell', async () => {
    const csv = (end: string) => `id,client,provider,ends_at\ne1,lab,host,${end}\ne2,lab,site,\n`;
    const endOf = () => readField(bench.store, 'ENGAGEMENT', 'e1', 'endsAt');
    await commit(await read('id,name,roles\nlab,Lab,LAB\nhost,Host,VENDOR\nsite,Site,VENDOR\n', {}, noDecisions, 'organizations.csv'));
    const from = async (text: string, source: string, edition: EditionDecision = {}) =>
      commit(await read(text, edition, noDecisions, 'engagements.csv', source), source);
    await from(csv(''), 'register');
    await from(csv('2025-12-31'), 'ledger');
    const stopped = { unlisted: { policy: 'END' as const, at: day('2025-06-01') }, evenIfMany: true };
    await from('id,client,provider,ends_at\ne2,lab,site,\n', 'register', stopped);
    expect(await endOf()).toBe(day('2025-06-01'));
  });

  it('[G371] names its source in what it ends or retracts, as in its rows', async () => {
    await commit(await read(list(...rows)));
    const five = list(...rows.slice(0, 5));
    const removed = [...(await read(five, { unlisted: { policy: 'RETRACT' } })).assertions].find(({ isRetraction }) => isRetraction);
    expect(removed).toMatchObject({ source: 'register', file: null, line: null });
    const ended = await commit(await read(five, { unlisted: { policy: 'END', at: day('2026-02-01') } }));
    const [fact] = await bench.store.readFactsByKey('ENGAGEMENT', ['Acme > Vandelay']);
    expect(fact?.provenance).toMatchObject({ importId: ended.id, source: 'register', file: null, line: null });
  });

  it('[M13] guards a list that lost more than a fifth: a decision to end or remove needs a confirmation', async () => {
    await commit(await read(list(...rows)));
    const short = list(...rows.slice(0, 3));
    const guarded = await read(short, { unlisted: { policy: 'RETRACT' } });
    expect(guarded.questions).toMatchObject([{ kind: 'UNLISTED', isGuarded: true, flag: '--even-if-many' }]);
    expect(guarded.closingCount).toBe(0);
    const confirmed = await read(short, { unlisted: { policy: 'RETRACT' }, evenIfMany: true });
    expect([confirmed.questions, confirmed.closingCount]).toEqual([[], 6]);
  });

  it('[M14] leaves a retracted vendor that another source still names, and says so', async () => {
    await commit(await read(list(...rows)));
    const other = await bench.read({ 'engagements.csv': 'id,client,provider\nE-1,Globex,Vandelay\n' });
    const at = day('2026-03-02') + 50;
    await commitImport(
      bench.store,
      other,
      { id: 'other', by: 'bob', at, createdAt: at, source: 'other', assertedAt: null },
      'ALL_OR_NOTHING',
    );
    const outcome = await commit(await read(list(...rows.slice(0, 5)), { unlisted: { policy: 'RETRACT' } }));
    expect(outcome.report).toMatchObject({ rejected: 0 });
    expect(outcome.report.warnings).toContain(
      'One fact that is no longer listed stays: another fact names it, or the end would come before the start.',
    );
    expect(await readField(bench.store, 'ORGANIZATION', 'Vandelay', 'name')).toBe('Vandelay');
  });

  it('[M17] an emptied cell says nothing, unless it is told to erase; a column that is gone erases nothing', async () => {
    await commit(await read(list(...rows)));
    const emptied = list('Okta,Sign-in,US,,', ...rows.slice(1));
    const asked = await read(emptied);
    expect(asked.questions).toMatchObject([
      { kind: 'EMPTIED', proposed: 'keep', flag: '--erase-emptied', message: expect.stringContaining('2 cells') },
    ]);
    await commit(asked);
    expect(await readField(bench.store, 'ORGANIZATION', 'Okta', 'website')).toBe('okta.com');
    await bench.store.undoImport('edition-2', 'ada', day('2026-03-03'));

    await commit(await read(emptied, { eraseEmptied: true }));
    expect(await readField(bench.store, 'ORGANIZATION', 'Okta', 'website')).toBeNull();
    expect(await readField(bench.store, 'ENGAGEMENT', 'Acme > Okta', 'attributes')).toEqual([]);
    expect(await readField(bench.store, 'ORGANIZATION', 'Globex', 'website')).toBe('globex.example');
    await bench.store.undoImport('edition-3', 'ada', day('2026-03-04'));

    const narrow = await read(`Vendor,Service\n${rows.map((row) => row.split(',').slice(0, 2).join(',')).join('\n')}\n`, {
      eraseEmptied: true,
    });
    expect(narrow.warnings.find((warning) => warning.includes('columns that are gone'))).toContain('"Country", "Website", "Cost center"');
    await commit(narrow);
    expect(await readField(bench.store, 'ORGANIZATION', 'Okta', 'website')).toBe('okta.com');
  });

  it('[S300] an empty cell may erase what an older edition filled, and the end that was stated of a fact that is listed again', async () => {
    const csv = (...lines: string[]) => `id,client,provider,service,ends_at\n${lines.join('\n')}\n`;
    const readEngagements = (lines: readonly string[], edition: EditionDecision = {}) =>
      read(csv(...lines), edition, noDecisions, 'engagements.csv');
    const fieldsOf = async (id: string) => [
      await readField(bench.store, 'ENGAGEMENT', id, 'service'),
      await readField(bench.store, 'ENGAGEMENT', id, 'endsAt'),
    ];
    const organizations = 'id,name,roles\nlab,Lab,LAB\nhost,Host,VENDOR\nsite,Site,VENDOR\n';
    await commit(await read(organizations, {}, noDecisions, 'organizations.csv'));
    await commit(await readEngagements(['e1,lab,host,hosting,', 'e2,lab,site,,']));
    await commit(await readEngagements(['e1,lab,host,,', 'e2,lab,site,,'], { eraseEmptied: false }));
    const end = { unlisted: { policy: 'END' as const, at: day('2026-01-01') }, evenIfMany: true };
    await commit(await readEngagements(['e1,lab,host,,'], end));
    expect(await fieldsOf('e1')).toEqual(['hosting', null]);
    expect(await fieldsOf('e2')).toEqual([null, day('2026-01-01')]);

    const again = await readEngagements(['e1,lab,host,,', 'e2,lab,site,,']);
    expect(again.questions).toMatchObject([{ kind: 'EMPTIED', message: expect.stringContaining('2 cells') }]);
    // Kept once, they are not asked about again.
    await commit(again);
    expect((await readEngagements(['e1,lab,host,,', 'e2,lab,site,,'])).questions).toEqual([]);
    expect(await fieldsOf('e2')).toEqual([null, day('2026-01-01')]);

    await commit(await readEngagements(['e1,lab,host,,', 'e2,lab,site,,'], { eraseEmptied: true }));
    expect(await fieldsOf('e1')).toEqual([null, null]);
    expect(await fieldsOf('e2')).toEqual([null, null]);
    // Nothing is left to erase.
    expect((await readEngagements(['e1,lab,host,,', 'e2,lab,site,,'])).questions).toEqual([]);
  });

  it('[M18] offers a gone vendor as the same as a new one with a like name or a detail of its own, and presets nothing', async () => {
    await commit(await read(list(...rows)));
    const renamed = list('Okta,Sign-in,US,okta.com,CC-1', 'Globexx Cloud,Hosting,DE,,CC-2', 'Zorg,Support,US,,CC-3', ...rows.slice(3));
    const next = await read(renamed);
    const offered = next.matches.map(({ name, candidates, decision }) => [name, candidates[0]?.id, candidates[0]?.grade, decision]);
    expect(offered).toEqual([
      ['Globexx Cloud', 'Globex', 'RELATED', 'UNDECIDED'],
      ['Zorg', 'Initech', 'RELATED', 'UNDECIDED'],
    ]);
    expect(next.matches[1]?.candidates[0]?.evidence).toEqual([
      'the last edition lists it, and this one does not',
      'same service, Cost center',
    ]);

    const parties = [
      { party: 'Globexx Cloud', decision: 'ALIAS' as const, target: 'Globex' },
      { party: 'Zorg', decision: 'NEW' as const, target: null },
    ];
    const decided = await read(renamed, { unlisted: { policy: 'KEEP' } }, { ...ofAcme, parties });
    expect(decided.unlisted.map(({ key }) => key)).toEqual(['Initech', 'Acme > Initech']);
    await commit(decided);
    expect(await readField(bench.store, 'ORGANIZATION', 'Globex', 'aliases')).toEqual(['Globexx Cloud']);
    expect((await read(renamed)).questions).toEqual([]);
  });

  it('[M15] a later list that does not repeat a role leaves it', async () => {
    await commit(await read(list(...rows)));
    expect(await readField(bench.store, 'ORGANIZATION', 'Acme', 'roles')).toEqual(['LAB']);
    await commit(
      await read(
        'Vendor,Service\nAcme,Research\nOkta,Sign-in\n',
        { unlisted: { policy: 'KEEP' } },
        withFileDecisions(noDecisions, 'others.csv', (file) => ({
          ...file,
          client: { name: 'Globex', role: 'VENDOR' },
          defaultRole: 'SUBCONTRACTOR',
        })),
        'others.csv',
      ),
    );
    expect(await readField(bench.store, 'ORGANIZATION', 'Acme', 'roles')).toEqual(['LAB']);
    expect(await readField(bench.store, 'ORGANIZATION', 'Okta', 'roles')).toEqual(['VENDOR']);
  });

  it('[M16] takes the stated kind of a file, whatever its name says', async () => {
    await bench.import({
      'organizations.csv': 'id,name,roles\nvega,Vega Labs,LAB\nkite,Kite,VENDOR\n',
      'artifacts.csv': 'id,name,type,owner,sensitivity\ng,Guidelines,ANNOTATION_GUIDELINES,vega,4\n',
    });
    const transfers = 'id,artifact,sender,recipient,sent_at\nT-1,g,vega,kite,2025-03-01\n';
    await commit(await read(transfers, {}, noDecisions, 'transfers.csv', 'S'), 'S');
    const access = 'id,grantee,grantor,kind\nA-1,kite,vega,SOFTWARE\n';
    const options = { assertedAt: day('2026-03-01'), source: 'S', decisions: noDecisions, edition: {} };
    const files = bench.write({ 'transfers.csv': access });
    const stated = await readFromStore(bench.store, files, { ...options, kind: 'ACCESS' });
    expect([[...stated.assertions].map(({ kind }) => kind), stated.rejections, stated.unlisted]).toEqual([['ACCESS'], [], []]);
    // Without rows, the name says what the source no longer lists.
    const empty = await readFromStore(bench.store, bench.write({ 'transfers.csv': 'id,artifact,sender,recipient,sent_at\n' }), options);
    expect(empty.unlisted).toEqual([{ kind: 'TRANSFER', key: 'T-1' }]);
  });

  it('[M16] compares canonical files too, kind by kind', async () => {
    const organizations = 'id,name,roles,website\nvega,Vega,LAB,\nkite,Kite,VENDOR,kite.example\nmoss,Moss,VENDOR,\n';
    const engagements = 'id,client,provider\nE-1,vega,kite\nE-2,vega,moss\n';
    await commit(await read(organizations, {}, noDecisions, 'organizations.csv'));
    const second = await read(engagements, {}, noDecisions, 'engagements.csv');
    expect(second.questions).toEqual([]);
    await commit(second);
    const third = await read(
      'id,client,provider\nE-1,vega,kite\n',
      { unlisted: { policy: 'RETRACT' }, evenIfMany: true },
      noDecisions,
      'engagements.csv',
    );
    await commit(third);
    expect(await readKeys(bench.store)).toEqual(['ORGANIZATION kite', 'ORGANIZATION moss', 'ORGANIZATION vega', 'ENGAGEMENT E-1']);
  });
});
