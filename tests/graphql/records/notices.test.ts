import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld, summer2025 } from '../serving.ts';

const serving = new Serving();
let id: string;

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  const { saveIncident } = await serving.get('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }', {
    input: { name: 'Break-in', origins: ['sub'], core: summer2025, discoveredAt: '2025-07-01T00:00:00Z' },
  });
  id = saveIncident.incident.id;
});
afterAll(() => serving.stopAndDelete());

const fields = 'lab { id } notifier { id } engagement { id } dueAt state note toldAt answeredAt by';
const list = `query($id: ID!, $first: Int, $after: String) { incident(id: $id) { entries(first: 1) { edges { node { text } } }
  notices(first: $first, after: $after) { totalCount edges { cursor node { ${fields} } } } } }`;
const set = 'mutation($input: SetNoticeInput!) { setNotice(input: $input) { incident { version } userErrors { code path message } } }';

// biome-ignore lint/suspicious/noExplicitAny: rows of an answer.
const noticesNow = async (): Promise<any[]> => (await serving.get(list, { id })).incident.notices.edges.map((edge: any) => edge.node);
const say = async (input: object) => (await serving.get(set, { input: { incident: id, ...input } })).setNotice;

describe('notices', () => {
  it('[G215] each affected lab and each blind spot is listed with its notifier and the due date', async () => {
    const open = { state: 'TO_TELL', note: null, toldAt: null, answeredAt: null, by: null };
    expect(await noticesNow()).toEqual([
      { lab: { id: 'lab-a' }, notifier: { id: 'vendor' }, engagement: { id: 'e-1' }, dueAt: '2025-07-04T00:00:00Z', ...open },
      { lab: { id: 'lab-c' }, notifier: { id: 'sub' }, engagement: { id: 'e-3' }, dueAt: null, ...open },
    ]);
    const first = (await serving.get(list, { id, first: 1 })).incident.notices;
    expect((await serving.get(list, { id, after: first.edges[0].cursor })).incident.notices.edges).toHaveLength(1);
  });

  it('[G216] told and answered notices are dated, kept, and written into the history', async () => {
    expect(await say({ lab: 'lab-a', notifier: 'vendor', state: 'TOLD', note: 'By phone.' })).toEqual({
      incident: { version: 1 },
      userErrors: [],
    });
    const [notice] = await noticesNow();
    expect(notice).toMatchObject({ state: 'TOLD', note: 'By phone.', answeredAt: null, by: 'local' });
    expect(Date.parse(notice.toldAt)).toBeGreaterThan(Date.parse('2025-07-04'));
    await say({ lab: 'lab-a', state: 'ANSWERED' });
    const [answered] = await noticesNow();
    expect(answered).toMatchObject({ state: 'ANSWERED', note: null, toldAt: notice.toldAt });
    expect(answered.answeredAt).not.toBeNull();
    expect((await serving.get(list, { id })).incident.entries.edges[0].node.text).toBe('Älpha Lab answered the notice by Vendor; one.');
    await say({ lab: 'lab-a', state: 'TO_TELL' });
    expect((await noticesNow())[0]).toMatchObject({ state: 'TO_TELL', toldAt: null, answeredAt: null });
  });

  it('[G217] a notice that the incident does not need is refused, and the error names the needed ones', async () => {
    expect(await say({ lab: 'lab-b', state: 'TOLD' })).toEqual({
      incident: null,
      userErrors: [
        { code: 'UNKNOWN_REFERENCE', path: ['lab'], message: '"lab-b" is neither an affected lab nor a blind spot of this incident.' },
      ],
    });
    expect(await say({ lab: 'lab-a', notifier: 'tool', state: 'TOLD' })).toEqual({
      incident: null,
      userErrors: [{ code: 'UNKNOWN_REFERENCE', path: ['notifier'], message: 'No such notice to lab-a; it must be told by: vendor.' }],
    });
    expect(await serving.codeOf(set, { input: { incident: 'gone', lab: 'lab-a', state: 'TOLD' } })).toBe('NOT_FOUND');
  });

  it('[G221] notices that are still to be told are a calendar, with an event at each due instant', async () => {
    const read = async () => (await fetch(`${serving.url}/api/notices.ics?incident=${id}`)).text();
    const calendar = await read();
    const lines = calendar.replace(/\r\n /g, '').split('\r\n');
    expect(lines).toContain('BEGIN:VCALENDAR');
    expect(lines).toContain('DTSTART:20250704T000000Z');
    expect(lines).toContain('SUMMARY:Due: Älpha Lab must be told by Vendor\\; one');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    for (const line of calendar.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    await say({ lab: 'lab-a', state: 'TOLD' });
    expect(await read()).not.toContain('VEVENT');
    expect((await fetch(`${serving.url}/api/notices.ics?incident=gone`)).status).toBe(404);
  });
});
