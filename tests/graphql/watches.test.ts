import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { startBackedUp } from './records/backed-up.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const saveWatch = `mutation($input: WatchInput!) { saveWatch(input: $input) { watch { id name owner kind question failure isMuted
  settings { incident radius lab findings on minTier count first } } userErrors { code path message } } }`;
const events = `query($first: Int, $after: String, $unreadOnly: Boolean) { events(first: $first, after: $after, unreadOnly: $unreadOnly) {
  totalCount unreadCount pageInfo { hasNextPage endCursor } edges { node { id type isRead summary url fromRevision toRevision fromInstant instant
    watch { id name } before { exposedCount worstCaseLossUsd } after { exposedCount worstCaseLossUsd } counts { kind count }
    items { totalCount edges { node { kind subject before after because } } } } } } }`;

const radius = { origins: ['sub'], core: summer2025, widest: summer2025 };
const sentToSub = { id: 'w-1', artifact: 'eval', sender: 'lab-b', recipient: 'sub', sentAt: '2025-03-02T00:00:00Z' };

/** Waits, because a server looks for changes every two seconds. */
async function eventsSoon(count: number) {
  await eventually(async () => expect((await serving.get(events)).events.totalCount).toBe(count), { timeoutMs: 30_000 });
  return (await serving.get(events)).events;
}

describe('watches in GraphQL', () => {
  it('[G910] an edit is an event within seconds, with the rows, totals and reasons of compareRadius at both ends', async () => {
    const { saveWatch: saved } = await serving.get(saveWatch, { input: { name: 'Sub', kind: 'RADIUS', radius } });
    expect(saved.userErrors).toEqual([]);
    expect(saved.watch).toMatchObject({
      ...{ name: 'Sub', owner: 'local', kind: 'RADIUS', failure: null, isMuted: false },
      question: 'The blast radius of sub: tells every change.',
    });
    expect(JSON.parse(saved.watch.settings.radius)).toEqual(radius);
    await serving.put({ transfers: [sentToSub] });
    const { edges, unreadCount } = await eventsSoon(1);
    const [{ node }] = edges;
    expect(unreadCount).toBe(1);
    expect(node).toMatchObject({
      type: 'radius.changed',
      isRead: false,
      watch: { id: saved.watch.id },
      counts: [{ kind: 'JOINED', count: 1 }],
    });
    const compare = `query($before: BlastRadiusInput!, $after: BlastRadiusInput!) { compareRadius(before: $before, after: $after) {
      before { summary { exposedCount worstCaseLossUsd } } after { summary { exposedCount worstCaseLossUsd } }
      changes(kinds: [JOINED, LEFT, STRENGTHENED, WEAKENED]) { edges { node { artifact { id } kind before { tier } after { tier } because } } } } }`;
    const { compareRadius } = await serving.get(compare, {
      before: { ...radius, knownAt: node.fromInstant },
      after: { ...radius, knownAt: node.instant },
    });
    expect([node.before, node.after]).toEqual([compareRadius.before.summary, compareRadius.after.summary]);
    const rows = compareRadius.changes.edges.map(({ node: row }: { node: Record<string, { id: string; tier: string }> }) => ({
      ...{
        kind: row.kind,
        subject: row.artifact?.id,
        before: row.before?.tier ?? null,
        after: row.after?.tier ?? null,
        because: row.because,
      },
    }));
    expect(node.items.edges.map((edge: { node: unknown }) => edge.node)).toEqual(rows);
    const address = new URL(node.url, serving.url).searchParams;
    expect([address.get('knownAt'), address.get('vsKnownAt'), address.has('vs'), address.getAll('o')]).toEqual([
      node.instant,
      node.fromInstant,
      true,
      ['sub'],
    ]);
    const read = 'mutation($ids: [ID!]!, $isRead: Boolean) { readEvents(input: { ids: $ids, isRead: $isRead }) { unreadCount } }';
    expect((await serving.get(read, { ids: [node.id] })).readEvents.unreadCount).toBe(0);
    expect((await serving.get(events, { unreadOnly: true })).events.totalCount).toBe(0);
    expect((await serving.get(read, { ids: [node.id, 'unknown'], isRead: false })).readEvents.unreadCount).toBe(1);
  });

  it('[G910] watches are listed, shown, changed and deleted; a condition that can never hold is refused', async () => {
    const input = { name: 'A lab', kind: 'LAB', lab: 'lab-a', on: ['JOINED', 'STRENGTHENED'], minTier: 'POSSIBLE' };
    const { saveWatch: saved } = await serving.get(saveWatch, { input });
    expect(saved.watch.question).toBe('What lab-a could lose over all open incidents: tells what joined, strengthened, from possible up.');
    const list = 'query($after: String) { watches(first: 1, after: $after) { totalCount pageInfo { endCursor } edges { node { name } } } }';
    const first = (await serving.get(list)).watches;
    expect([first.totalCount, first.edges[0].node.name]).toEqual([2, 'A lab']);
    expect((await serving.get(list, { after: first.pageInfo.endCursor })).watches.edges[0].node.name).toBe('Sub');
    const { id } = saved.watch;
    const muted = (await serving.get(saveWatch, { input: { ...input, id, isMuted: true } })).saveWatch;
    expect(muted.watch).toMatchObject({ id, isMuted: true });
    const one = 'query($id: ID!) { watch(id: $id) { name lastRevision lastInstant events { totalCount unreadCount } } }';
    expect((await serving.get(one, { id })).watch).toMatchObject({ name: 'A lab', events: { totalCount: 0, unreadCount: 0 } });
    const never = { ...input, kind: 'FINDINGS', on: ['WEAKENED'], minTier: null, lab: null };
    expect((await serving.get(saveWatch, { input: never })).saveWatch).toMatchObject({
      watch: null,
      userErrors: [{ code: 'BAD_VALUE', path: ['on'] }],
    });
    const remove = 'mutation($id: ID!) { deleteWatch(input: { id: $id }) { deletedId userErrors { code } } }';
    expect((await serving.get(remove, { id })).deleteWatch).toEqual({ deletedId: id, userErrors: [] });
    expect((await serving.get(remove, { id })).deleteWatch).toEqual({ deletedId: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await serving.get(saveWatch, { input: { ...input, id } })).saveWatch.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('[G940] an event is asked for by its id, and listed by watch and kind, with the records that it is about', async () => {
    const { watches } = await serving.get('{ watches { edges { node { id kind names isEnded } } } }');
    const [sub] = watches.edges.map((edge: { node: object }) => edge.node);
    expect(sub).toMatchObject({ kind: 'RADIUS', names: ['@Sub'], isEnded: false });
    const list = `query($watch: ID, $kinds: [WatchKind!]) { events(watch: $watch, kinds: $kinds) { totalCount edges { node { id } } } }`;
    const all = (await serving.get(events)).events;
    expect((await serving.get(list, { watch: sub.id })).events.edges).toEqual([{ node: { id: all.edges[0].node.id } }]);
    expect((await serving.get(list, { watch: 'unknown' })).events.totalCount).toBe(0);
    expect((await serving.get(list, { kinds: ['RADIUS', 'LAB'] })).events.totalCount).toBe(all.totalCount);
    expect((await serving.get(list, { kinds: ['FINDINGS'] })).events.totalCount).toBe(0);
    const one = `query($id: ID!) { event(id: $id) { id items { edges { node { subject artifact { id owner { id } } organization { id } worstCaseLossUsd } } } } }`;
    const { event } = await serving.get(one, { id: all.edges[0].node.id });
    const [{ node: item }] = event.items.edges;
    expect(item).toMatchObject({ subject: 'eval', artifact: { id: 'eval', owner: { id: 'lab-b' } }, organization: null });
    const [was, is] = [all.edges[0].node.before, all.edges[0].node.after];
    expect(item.worstCaseLossUsd).toBe(is.worstCaseLossUsd - was.worstCaseLossUsd);
    expect((await serving.get(one, { id: 'unknown' })).event).toBeNull();
  });

  it('[G912] with redact=names, an event and its address name nobody, percent-encoded ids included', async () => {
    await serving.put({ organizations: [{ id: 'odd näme', name: 'Oddling', roles: ['VENDOR'] }] });
    const input = { name: 'Oddling grows', kind: 'RADIUS', radius: { ...radius, origins: ['odd näme'] } };
    const { saveWatch: saved } = await serving.get(saveWatch, { input });
    await serving.put({ transfers: [{ ...sentToSub, id: 'w-3', recipient: 'odd näme' }] });
    const query =
      'query($id: ID!) { watch(id: $id) { name question settings { radius } events { edges { node { summary url items { edges { node { because } } } } } } } }';
    const ask = async (headers: object) => {
      const all = { 'content-type': 'application/json', ...headers };
      const body = JSON.stringify({ query, variables: { id: saved.watch.id } });
      return (await (await fetch(`${serving.url}/graphql`, { method: 'POST', headers: all, body })).json()).data.watch;
    };
    await eventually(async () => expect((await ask({})).events.edges.length).toBe(1), { timeoutMs: 30_000 });
    expect((await ask({})).events.edges[0].node.url).toContain('o=odd+n%C3%A4me');
    const redacted = JSON.stringify(await ask({ 'X-Exposure-Redact': 'names' }));
    expect(redacted).toMatch(/o=hidden-vendor-\d/);
    expect(redacted).not.toMatch(/odd|näme|n%C3/i);
  });

  it('[G911] a backup holds watches, their events and what was read', async () => {
    const before = await serving.get(events);
    expect(before.events.totalCount).toBeGreaterThan(0);
    const restored = await startBackedUp(serving);
    try {
      const after = await restored.get(events);
      expect(after.events.edges).toEqual(before.events.edges);
      expect(after.events.unreadCount).toBe(before.events.unreadCount);
    } finally {
      await restored.stopAndDelete();
    }
  });
});

describe('whose watches', () => {
  it('[U910] a person bound to a lab saves and reads watches; each sees its own alone, and the trail names who saved and deleted', async () => {
    const other = new Serving();
    const store = await openStore(other.environment().EXPOSURE_STORE as string);
    const tokens = new Tokens(store);
    const make = (name: string, labs: string[] | null) =>
      tokens.create({ name, role: labs === null ? 'ADMIN' : 'VIEWER', canExport: false, labs, expiresAt: null }, Date.now());
    const [admin, bound] = [await make('root', null), await make('lab person', ['lab-a'])];
    await store.close();
    await other.start({ environment: { EXPOSURE_AUTH: 'required' } });
    const askAs = async (token: string, query: string, variables: object = {}) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(`${other.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return response.json();
    };
    try {
      const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';
      expect((await askAs(admin, put, { input: smallWorld })).data.putFacts.userErrors).toEqual([]);
      const { data } = await askAs(bound, saveWatch, { input: { name: 'mine', kind: 'RADIUS', radius } });
      expect(data.saveWatch).toMatchObject({ userErrors: [], watch: { owner: 'lab person' } });
      const { id } = data.saveWatch.watch;
      const look = 'query($id: ID!) { watches { totalCount } watch(id: $id) { id } events { totalCount } }';
      expect((await askAs(admin, look, { id })).data).toEqual({ watches: { totalCount: 0 }, watch: null, events: { totalCount: 0 } });
      const { data: refused } = await askAs(admin, 'mutation($id: ID!) { deleteWatch(input: { id: $id }) { userErrors { code } } }', {
        id,
      });
      expect(refused.deleteWatch.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
      const { data: forbidden } = await askAs(bound, saveWatch, { input: { name: 'x', kind: 'ADVISORY' } });
      expect(forbidden.saveWatch).toMatchObject({ watch: null, userErrors: [{ code: 'FORBIDDEN' }] });
      await askAs(admin, put, { input: { transfers: [{ ...sentToSub, id: 'w-2', artifact: 'taxonomy', sender: 'lab-a' }] } });
      await eventually(async () => expect((await askAs(bound, look, { id })).data.events.totalCount).toBe(1), { timeoutMs: 30_000 });
      const { data: told } = await askAs(bound, events);
      expect(JSON.stringify(told)).not.toMatch(/lab-b|Beta/);
      const { data: trail } = await askAs(admin, '{ auditEntries(first: 50) { edges { node { by action outcome } } } }');
      const lines = trail.auditEntries.edges.map((edge: { node: Record<string, string> }) => Object.values(edge.node).join(' '));
      expect(lines).toEqual(
        expect.arrayContaining(['lab person saveWatch ok', 'lab person saveWatch FORBIDDEN', 'root deleteWatch NOT_FOUND']),
      );
    } finally {
      await other.stopAndDelete();
    }
  });
});
