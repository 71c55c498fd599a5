import { parseIncident } from '../../../server/domain/incident.ts';
import { standingsOf } from '../../../server/domain/records/incident-log.ts';
import { noticeTermOf } from '../../../server/rules/notice-due.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { at } from '../../support/worlds/world.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
let incident: string;

const sentAt = '2025-01-05T00:00:00Z';
const discoveredAt = '2025-07-01T00:00:00Z';
const core = { from: '2025-06-01T00:00:00Z', to: '2025-06-30T00:00:00Z' };

/** Three labs, each told by `hub` directly, the first one by `other` too: terms of 24 h, 72 h, none, and one that ends after 114 years. */
beforeAll(async () => {
  await serving.start();
  const labs = ['lab-1', 'lab-2', 'lab-3'];
  await serving.put({
    organizations: [
      ...labs.map((id) => ({ id, name: id.toUpperCase(), roles: ['LAB'] })),
      ...['hub', 'other'].map((id) => ({ id, name: id.toUpperCase(), roles: ['VENDOR'] })),
    ],
    artifacts: [
      ...labs.map((owner) => ({ id: `guide-${owner}`, name: 'Guide', type: 'OTHER', owner, sensitivity: 3 })),
      { id: 'set', name: 'Set', type: 'OTHER', owner: 'lab-1', sensitivity: 3 },
    ],
    transfers: [
      ...labs.map((lab) => ({ id: `t-${lab}`, artifact: `guide-${lab}`, sender: lab, recipient: 'hub', sentAt })),
      { id: 't-set', artifact: 'set', sender: 'lab-1', recipient: 'other', sentAt },
    ],
    engagements: [
      { id: 'e-1', client: 'lab-1', provider: 'hub', noticeHours: 24 },
      { id: 'e-2', client: 'lab-2', provider: 'hub', noticeHours: 72 },
      { id: 'e-3', client: 'lab-1', provider: 'other', noticeHours: 1_000_000 },
    ],
  });
  const { saveIncident } = await serving.get('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }', {
    input: { name: 'Break-in', origins: ['hub', 'other'], core, discoveredAt },
  });
  incident = saveIncident.incident.id;
});
afterAll(() => serving.stopAndDelete());

const all = 'total toTell told answered overdue dueToday later none inTime late';
// biome-ignore lint/suspicious/noExplicitAny: parts of answers.
type Any = any;
const askIncident = async (fields: string): Promise<Any> => (await serving.get(`{ incident(id: "${incident}") { ${fields} } }`)).incident;
const namesOf = async (args: string): Promise<string[]> =>
  (await askIncident(`notices(${args}) { edges { node { lab { id } notifier { id } } } }`)).notices.edges.map(
    ({ node }: Any) => `${node.lab.id} < ${node.notifier?.id ?? 'nobody'}`,
  );
const counts = async (args = ''): Promise<Any> => (await askIncident(`noticeCounts${args} { ${all} }`)).noticeCounts;
const groups = async (by: string): Promise<Any[]> =>
  (
    await askIncident(`noticeGroups(by: ${by}) { edges { node { lab { id } notifier { id } counts { total toTell } nextDueAt owners } } }`)
  ).noticeGroups.edges.map(({ node }: Any) => node);
const set = async (input: object): Promise<Any> =>
  (
    await serving.get(
      'mutation($input: SetNoticesInput!) { setNotices(input: $input) { change incident { version } userErrors { code path message } } }',
      { input: { incident, ...input } },
    )
  ).setNotices;
const undoing = 'mutation($input: UndoNoticesInput!) { undoNotices(input: $input) { incident { version } userErrors { message } } }';
const undo = async (change: string): Promise<Any> => (await serving.get(undoing, { input: { incident, change } })).undoNotices;
const standing = async (): Promise<Any[]> =>
  (await askIncident('notices { edges { node { lab { id } state note toldAt owner by } } }')).notices.edges.map(({ node }: Any) => node);
const lastEntry = async (): Promise<string> =>
  (await askIncident('entries(first: 1) { edges { node { text } } }')).entries.edges[0].node.text;

const [early, first, second, third] = [
  { lab: 'lab-1', notifier: 'hub' },
  { lab: 'lab-2', notifier: 'hub' },
  { lab: 'lab-1', notifier: 'other' },
  { lab: 'lab-3', notifier: 'hub' },
];

describe('many notices', () => {
  it('[G820] are filtered and counted', async () => {
    expect(await namesOf('first: 9')).toEqual(['lab-1 < hub', 'lab-2 < hub', 'lab-1 < other', 'lab-3 < hub']);
    expect(await namesOf('lab: "lab-1"')).toEqual(['lab-1 < hub', 'lab-1 < other']);
    expect(await namesOf('notifier: "hub", terms: [OVERDUE]')).toEqual(['lab-1 < hub', 'lab-2 < hub']);
    expect(await namesOf('terms: [LATER, NONE]')).toEqual(['lab-1 < other', 'lab-3 < hub']);
    expect(await namesOf('lab: "no-such-lab"')).toEqual([]);
    expect(await namesOf('notifier: null')).toEqual([]);
    expect(await namesOf('states: [TOLD]')).toEqual([]);
    const none = { told: 0, answered: 0, dueToday: 0, inTime: 0, late: 0 };
    expect(await counts()).toEqual({ ...none, total: 4, toTell: 4, overdue: 2, later: 1, none: 1 });
    expect(await counts('(lab: "lab-1")')).toMatchObject({ total: 2, overdue: 1, later: 1 });
  });

  it('[G820] stand to their term by the instant, and by the day in UTC', () => {
    const noon = at('2025-07-01T12:00:00Z');
    const evening = at('2025-07-01T23:59:59Z');
    expect(noticeTermOf(null, null, noon)).toBe('NONE');
    expect(noticeTermOf(null, noon, noon)).toBe('NONE');
    expect(noticeTermOf(noon - 1, null, noon)).toBe('OVERDUE');
    expect(noticeTermOf(noon, null, noon)).toBe('DUE_TODAY');
    expect(noticeTermOf(evening, null, noon)).toBe('DUE_TODAY');
    expect(noticeTermOf(evening + 1000, null, noon)).toBe('LATER');
    expect(noticeTermOf(noon, noon, evening)).toBe('IN_TIME');
    expect(noticeTermOf(noon, noon + 1, evening)).toBe('LATE');
  });

  it('[G821] are grouped by lab and by who must tell', async () => {
    expect(await groups('LAB')).toEqual([
      { lab: { id: 'lab-1' }, notifier: null, counts: { total: 2, toTell: 2 }, nextDueAt: '2025-07-02T00:00:00Z', owners: [] },
      { lab: { id: 'lab-2' }, notifier: null, counts: { total: 1, toTell: 1 }, nextDueAt: '2025-07-04T00:00:00Z', owners: [] },
      { lab: { id: 'lab-3' }, notifier: null, counts: { total: 1, toTell: 1 }, nextDueAt: null, owners: [] },
    ]);
    expect((await groups('NOTIFIER')).map(({ notifier, counts: { total } }) => [notifier.id, total])).toEqual([
      ['hub', 3],
      ['other', 1],
    ]);
  });

  it('[G822] are set at once with the time of telling; what is left out stays', async () => {
    const toldAt = '2025-07-02T00:00:00Z';
    const { change, userErrors } = await set({ notices: [early, first], state: 'TOLD', toldAt, owner: 'Mara', note: 'Letter 131.' });
    expect(userErrors).toEqual([]);
    expect(change).toEqual(expect.any(String));
    expect(await counts()).toMatchObject({ total: 4, toTell: 2, told: 2, overdue: 0, inTime: 2, late: 0, later: 1, none: 1 });
    expect(await lastEntry()).toBe('2 notices were told on Jul 2, 2025. Mara sees to it. LAB-1 by HUB, LAB-2 by HUB. Letter 131.');
    await set({ notices: [early, second], owner: 'Noor' });
    expect((await standing()).map(({ state, note, toldAt: told, owner, by }) => [state, note, told, owner, by])).toEqual([
      ['TOLD', 'Letter 131.', toldAt, 'Noor', 'local'],
      ['TOLD', 'Letter 131.', toldAt, 'Mara', 'local'],
      ['TO_TELL', null, null, 'Noor', null],
      ['TO_TELL', null, null, null, null],
    ]);
    expect(await namesOf('owners: ["Noor"]')).toEqual(['lab-1 < hub', 'lab-1 < other']);
    expect(await namesOf('owners: ["", "Mara"]')).toEqual(['lab-2 < hub', 'lab-3 < hub']);
    expect((await groups('LAB')).map(({ lab, owners }) => [lab.id, owners])).toEqual([
      ['lab-1', ['Noor']],
      ['lab-3', []],
      ['lab-2', ['Mara']],
    ]);
    await set({ notices: [early], toldAt: '2025-07-02T00:00:01Z', owner: null });
    expect(await counts()).toMatchObject({ inTime: 1, late: 1 });
    expect((await standing())[0]).toMatchObject({ owner: null, note: 'Letter 131.', toldAt: '2025-07-02T00:00:01Z' });
  });

  it('[W1170] are filtered by a part of a name, an id or an owner, in any case, as lists, counts and groups', async () => {
    expect(await namesOf('text: " HUB "')).toEqual((await namesOf('text: " "')).filter((name: string) => name.endsWith('hub')));
    expect(await namesOf('text: "LAB-2"')).toEqual(['lab-2 < hub']);
    expect(await namesOf('text: "noor", lab: "lab-1"')).toEqual(await namesOf('owners: ["Noor"]'));
    expect(await namesOf('text: "nobody has this"')).toEqual([]);
    const found = await askIncident('noticeCounts(text: "lab-1") { total } noticeGroups(by: LAB, text: "lab-1") { totalCount }');
    expect(found).toMatchObject({ noticeCounts: { total: 2 }, noticeGroups: { totalCount: 1 } });
    const rows: Any[] = await (await fetch(`${serving.url}/api/notices.json?incident=${incident}&text=lab-1`)).json();
    expect(rows.map(({ lab }) => lab)).toEqual(['lab-1', 'lab-1']);
  });

  it('[G822] are refused as a whole, each fault with its place', async () => {
    const before = await standing();
    const told = { state: 'TOLD' };
    const faults = async (input: object) => (await set(input)).userErrors.map(({ code, path }: Any) => [code, path.join('.')].join(' '));
    expect(await faults({ notices: [third, { lab: 'hub' }, { lab: 'lab-1' }], ...told })).toEqual([
      'UNKNOWN_REFERENCE notices.1.lab',
      'UNKNOWN_REFERENCE notices.2.notifier',
    ]);
    expect(await faults({ notices: [third], ...told, toldAt: '2999-01-01T00:00:00Z' })).toEqual(['BAD_VALUE toldAt']);
    expect(await faults({ notices: [early], state: 'TO_TELL', toldAt: sentAt })).toEqual(['BAD_VALUE toldAt']);
    expect(await faults({ notices: [third], toldAt: sentAt })).toEqual(['BAD_VALUE toldAt']);
    expect(await faults({ notices: [third], state: null })).toEqual(['BAD_VALUE state']);
    expect(await faults({ notices: [third] })).toEqual(['MISSING_VALUE state']);
    expect(await faults({ notices: [], ...told })).toEqual(['BAD_VALUE notices']);
    expect(await faults({ notices: Array(1001).fill(third), ...told })).toEqual(['BAD_VALUE notices']);
    expect(await faults({ notices: [third], ...told, owner: 'x'.repeat(501) })).toEqual(['BAD_VALUE owner']);
    expect(await standing()).toEqual(before);
  });

  it('[G823] are put back by the undo of a change, unless one was changed since', async () => {
    const before = await standing();
    const { change } = await set({ notices: [second, third], state: 'ANSWERED', note: 'By phone.' });
    const later = await set({ notices: [third], owner: 'Ada' });
    expect(await serving.codeOf(undoing, { input: { incident, change } })).toBe('CONFLICT');
    await undo(later.change);
    expect(await undo(change)).toEqual({ incident: { version: 1 }, userErrors: [] });
    expect(await standing()).toEqual(before);
    expect(await lastEntry()).toBe('Undone: 2 notices were answered. LAB-1 by OTHER, LAB-3 by HUB. By phone.');
    expect(await serving.codeOf(undoing, { input: { incident, change } })).toBe('NOT_FOUND');
  });

  it('[G826] are the same rows as CSV and JSON', async () => {
    const list = await (await fetch(`${serving.url}/api/notices.csv?incident=${incident}`)).text();
    expect(list.split('\n').slice(0, 2)).toEqual([
      'lab,notifier,engagement,due_at,state,note,told_at,answered_at,owner,by,term',
      'lab-1,hub,e-1,2025-07-02,TOLD,Letter 131.,2025-07-02 00:00:01,,,local,LATE',
    ]);
    const json: Any[] = await (
      await fetch(`${serving.url}/api/notices.json?incident=${incident}&lab=lab-1&states=TO_TELL&terms=LATER&owners=Noor`)
    ).json();
    expect(json).toMatchObject([{ lab: 'lab-1', notifier: 'other', term: 'LATER', owner: 'Noor' }]);
    expect((await fetch(`${serving.url}/api/notices.csv?incident=${incident}&states=SENT`)).status).toBe(400);
    expect((await fetch(`${serving.url}/api/notices.csv?incident=gone`)).status).toBe(404);
  });

  it('[G832] that nobody owes are chosen by an empty notifier in an address', async () => {
    await serving.put({
      organizations: [
        { id: 'lab-4', name: 'LAB-4', roles: ['LAB'] },
        ...['stray', 'next'].map((id) => ({ id, name: id.toUpperCase(), roles: ['VENDOR'] })),
      ],
      artifacts: ['lab-1', 'lab-4'].map((owner) => ({ id: `stray-${owner}`, name: 'Stray', type: 'OTHER', owner, sensitivity: 3 })),
      transfers: [
        { id: 't-given', artifact: 'stray-lab-1', sender: 'lab-1', recipient: 'stray', sentAt },
        { id: 't-gap', artifact: 'stray-lab-4', sender: 'stray', recipient: 'next', sentAt },
      ],
    });
    const { saveIncident } = await serving.get('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }', {
      input: { name: 'Stray', origins: ['stray'], core, discoveredAt },
    });
    const rows = async (query: string): Promise<string[]> =>
      ((await (await fetch(`${serving.url}/api/notices.json?incident=${saveIncident.incident.id}${query}`)).json()) as Any[]).map(
        ({ lab, notifier }) => `${lab} < ${notifier ?? 'nobody'}`,
      );
    expect(await rows('')).toEqual(['lab-1 < stray', 'lab-4 < nobody']);
    expect(await rows('&notifier=')).toEqual(['lab-4 < nobody']);
    expect(await rows('&notifier=stray')).toEqual(['lab-1 < stray']);
    expect((await fetch(`${serving.url}/api/notices.csv?incident=${incident}&notifier=&notifier=hub`)).status).toBe(400);
  });

  it('[G824] that an earlier version recorded keep their standing', () => {
    const [told, answered] = [at('2025-07-02'), at('2025-07-03')];
    const earlier = (state: string, note: string | null, when: number) => ({
      lab: 'lab',
      notifier: 'hub',
      state,
      note,
      by: 'ada',
      at: when,
    });
    const stored = {
      id: 'i',
      origins: [],
      log: { entries: [], notices: [earlier('TOLD', 'Call', told), earlier('ANSWERED', null, answered)] },
    };
    const { log } = parseIncident(JSON.stringify(stored));
    expect(standingsOf(log.notices)('lab', 'hub')).toEqual({
      state: 'ANSWERED',
      note: null,
      toldAt: told,
      answeredAt: answered,
      owner: null,
      by: 'ada',
    });
    expect(standingsOf(log.notices)('lab', null).state).toBe('TO_TELL');
  });
});
