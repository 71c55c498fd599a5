import { nextAttemptAt, retryDelays, testEndpoint } from '../../server/webhooks/delivery-engine.ts';
import { rotateSecret, saveEndpoint } from '../../server/webhooks/endpoint-records.ts';
import { eventually } from '../support/eventually.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { dyingAt } from '../watches/watching.ts';
import { loopback, Posting } from './posting.ts';
import { Receiver } from './receiver.ts';

let posting: Posting;
let receiver: Receiver;

beforeEach(async () => {
  posting = await new Posting().open();
  receiver = await Receiver.open();
});
afterEach(async () => {
  await posting.close();
  await receiver.close();
});

const [second, minute, hour] = [1000, 60_000, 3_600_000];

describe('the calendar of retries', () => {
  it('[S1004] at once, then 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h; after the last the endpoint is disabled', async () => {
    receiver.answer = { status: 500 };
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const event = await posting.tell('w');
    const start = posting.now;
    await posting.engine.pass();
    expect(await posting.stateOf(id)).toBe('FAILING');
    const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];
    for (const [i, wait] of waits.entries()) {
      posting.now += wait - 1;
      await posting.engine.pass();
      expect(receiver.received.length).toBe(i + 1);
      posting.now += 1;
      await posting.engine.pass();
      expect(receiver.received.length).toBe(i + 2);
    }
    expect(new Set(receiver.ids)).toEqual(new Set([event]));
    expect([await posting.stateOf(id), posting.disabled]).toEqual(['DISABLED', ['10 attempts failed. The answer was 500.']]);
    const attempts = await posting.attempts(id);
    expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual(Array.from({ length: 10 }, (_, i) => [i + 1, 500]));
    expect(attempts.map(({ at }) => at - start)).toEqual([0, ...waits.map((_, i) => waits.slice(0, i + 1).reduce((a, b) => a + b))]);
    expect(attempts.at(-1)?.nextAt).toBeNull();
    posting.now += 30 * 24 * hour;
    await posting.engine.pass();
    expect(receiver.received.length).toBe(10);
  });

  it('[S1004] whoever saves a disabled endpoint makes it active, and what waited is sent, in order', async () => {
    receiver.answer = { status: 410 };
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const events = [await posting.tell('w'), await posting.tell('w')];
    await posting.engine.pass();
    expect([await posting.stateOf(id), receiver.received.length]).toEqual(['DISABLED', 1]);
    expect(posting.disabled).toEqual(['The receiver says that it is gone (410).']);
    events.push(await posting.tell('w'));
    receiver.answer = { status: 204 };
    await posting.engine.pass();
    expect(receiver.received.length).toBe(1);
    const saved = await posting.endpoint({ id, url: receiver.url });
    expect([saved.state, saved.secret]).toEqual(['ACTIVE', '']);
    await posting.engine.pass();
    expect(receiver.ids.slice(1)).toEqual(events);
    expect((await posting.attempts(id)).map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
  });

  it('[S1004] delays are longer by up to a tenth, and Retry-After is heeded up to 24 hours and shortens nothing', () => {
    const at = Date.parse('2026-11-01T00:00:00Z');
    const waits = (attempt: number, header: string | null, chance = 0) => (nextAttemptAt(attempt, at, header, chance) ?? Number.NaN) - at;
    expect(retryDelays.map((_, i) => waits(i + 1, null, 1) / waits(i + 1, null, 0))).toEqual(retryDelays.map(() => 1.1));
    expect(nextAttemptAt(10, at, '5', 0)).toBeNull();
    expect([waits(1, '7200'), waits(1, 'Sun, 01 Nov 2026 03:00:00 GMT'), waits(1, '1'), waits(1, '0')]).toEqual([
      2 * hour,
      3 * hour,
      5000,
      5000,
    ]);
    expect([waits(1, '999999999'), waits(1, 'Fri, 01 Jan 2100 00:00:00 GMT')]).toEqual([24 * hour, 24 * hour]);
    expect(['-5', 'soon', '', '1e9', '1.5', 'Thu, 01 Jan 1970 00:00:00 GMT'].map((header) => waits(1, header))).toEqual(
      Array(6).fill(5000),
    );
  });

  it('[S1004] 429 with Retry-After waits as long as it says', async () => {
    receiver.answer = { status: 429, headers: { 'retry-after': '3600' } };
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    await posting.tell('w');
    await posting.engine.pass();
    posting.now += hour - 1;
    await posting.engine.pass();
    expect(receiver.received.length).toBe(1);
    receiver.answer = { status: 200 };
    posting.now += 1;
    await posting.engine.pass();
    expect([receiver.received.length, await posting.stateOf(id)]).toEqual([2, 'ACTIVE']);
  });
});

describe('order', () => {
  it('[S1005] the events of a watch arrive in order, also where one fails; those of another watch pass by', async () => {
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    await posting.watch('v', [id]);
    const events = [await posting.tell('w'), await posting.tell('w'), await posting.tell('w')];
    receiver.answer = { status: 500 };
    await posting.engine.pass();
    expect(receiver.ids).toEqual([events[0]]);
    receiver.answer = { status: 204 };
    const other = await posting.tell('v');
    await posting.engine.pass();
    expect(receiver.ids).toEqual([events[0], other]);
    posting.now += 5 * second;
    await posting.engine.pass();
    expect(receiver.ids).toEqual([events[0], other, ...events]);
  });

  it('[S1005] a receiver that hangs costs other receivers nothing', async () => {
    const hanging = await Receiver.open('nothing');
    try {
      const slow = await posting.endpoint({ url: hanging.url });
      const quick = await posting.endpoint({ url: receiver.url });
      for (let i = 0; i < 8; i++) await posting.watch(`w${i}`, [slow.id, quick.id]);
      const engine = posting.newEngine({ outlet: { rules: loopback, timeoutMs: 20_000 }, leaseMs: 30_000, tickMs: 10 });
      for (let i = 0; i < 8; i++) await posting.tell(`w${i}`);
      engine.start();
      await eventually(() => expect([receiver.received.length, hanging.received.length]).toEqual([8, 4]));
      expect(await posting.attempts(slow.id)).toEqual([]);
      await engine.close();
      // A delivery that was under way is no attempt, and free for the next server.
      await hanging.close();
      await posting.engine.pass();
      expect(new Set((await posting.attempts(slow.id)).map(({ attempt, error }) => `${attempt} ${error}`))).toEqual(
        new Set(['1 The connection failed (ECONNREFUSED).']),
      );
    } finally {
      await hanging.close().catch(() => undefined);
    }
  });

  it('[S1005] many receivers that hang at once draw no warning of the process', async () => {
    const hanging = await Receiver.open('nothing');
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    try {
      const endpoints = await Promise.all(Array.from({ length: 12 }, () => posting.endpoint({ url: hanging.url })));
      await posting.watch(
        'w',
        endpoints.map(({ id }) => id),
      );
      await posting.tell('w');
      const engine = posting.newEngine({ outlet: { rules: loopback, timeoutMs: 1000 } });
      await engine.pass();
      await engine.close();
      expect([hanging.received.length, warnings]).toEqual([12, []]);
    } finally {
      process.off('warning', listen);
      await hanging.close();
    }
  });

  it('[S1005] an event that is gone is not sent, and the next one is', async () => {
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const [gone, left] = [await posting.tell('w'), await posting.tell('w')];
    await posting.store.deleteDocument('event', gone);
    await posting.engine.pass();
    expect(receiver.ids).toEqual([left]);
  });

  it('[S1005] an event is queued once, however often it is recorded; one of a muted watch is not', async () => {
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const again = { fromRevision: 7, toRevision: 8 };
    await posting.tell('w', again);
    await posting.tell('w', again);
    await posting.engine.pass();
    await posting.tell('w', again);
    const muted = await posting.store.findDocument('watch', 'w');
    await posting.store.saveDocument('watch', 'w', JSON.stringify({ ...JSON.parse(muted?.json ?? ''), isMuted: true }));
    await posting.tell('w');
    await posting.engine.pass();
    expect(receiver.received.length).toBe(1);
  });
});

describe('several servers, and one that is killed', () => {
  it('[S1006] two servers send an event once, and a lease is left alone until it ends', async () => {
    const { id } = await posting.endpoint({ url: receiver.url });
    for (let i = 0; i < 6; i++) await posting.watch(`w${i}`, [id]);
    const events = await Promise.all(Array.from({ length: 6 }, (_, i) => posting.tell(`w${i}`).then(() => i)));
    const other = posting.newEngine();
    for (let i = 0; i < 3; i++) await Promise.all([posting.engine.pass(), other.pass()]);
    expect(receiver.received.length).toBe(events.length);
    await posting.tell('w0');
    const queue = await posting.store.findDocument('delivery', `${id}/w0`);
    const lease = { by: 'killed', until: posting.now + 30_000 };
    await posting.store.saveDocument('delivery', `${id}/w0`, JSON.stringify({ ...JSON.parse(queue?.json ?? ''), lease }));
    await other.pass();
    expect(receiver.received.length).toBe(events.length);
    posting.now += 30_000;
    await other.pass();
    expect(receiver.received.length).toBe(events.length + 1);
    await other.close();
  });

  it('[S1006] a server whose clock is behind leaves the lease of another alone', async () => {
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    await posting.tell('w');
    receiver.answer = 'nothing';
    const ahead = posting.newEngine({ clock: () => posting.now + 20_000, outlet: { rules: loopback, timeoutMs: 5000 } });
    const sending = ahead.pass();
    await eventually(() => expect(receiver.received.length).toBe(1));
    await posting.engine.pass();
    expect(receiver.received.length).toBe(1);
    await ahead.close();
    await sending;
  });

  it('[S1006] killed before or after any write, between evaluation, queue, sending and record: none is lost, all in order', async () => {
    const { id } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth++) {
        receiver.received.length = 0;
        const healthy = posting.store;
        const killed = dyingAt(healthy, nth, when);
        const dying = posting.newEngine({ store: killed.store });
        const first = 1000 * nth + (when === 'after' ? 500 : 0);
        const fields = [1, 2].map((i) => ({ fromRevision: first + i, toRevision: first + i + 1 }));
        // The evaluation is killed at any write, and done again.
        for (const one of fields) {
          posting.store = killed.store;
          await posting.tell('w', one).catch(() => undefined);
        }
        await dying.pass().catch(() => undefined);
        posting.store = healthy;
        for (const one of fields) await posting.tell('w', one);
        posting.now += 31_000;
        await posting.engine.pass();
        await dying.close();
        posting.errors.length = 0;
        const told = (await posting.store.listDocuments('event')).filter(({ json }) =>
          fields.some((one) => (JSON.parse(json) as { fromRevision: number }).fromRevision === one.fromRevision),
        );
        const inOrder = [...told].sort((a, b) => JSON.parse(a.json).fromRevision - JSON.parse(b.json).fromRevision).map((one) => one.id);
        expect([when, nth, [...new Set(receiver.ids)]]).toEqual([when, nth, inOrder]);
        expect(JSON.parse((await posting.store.findDocument('delivery', `${id}/w`))?.json ?? '')).toMatchObject({
          waiting: [],
          lease: null,
        });
        if (!killed.isDead()) break;
        kills++;
      }
    }
    expect(kills).toBeGreaterThan(15);
  });
});

describe('a test of an endpoint', () => {
  it('[S1007] is sent at once and once, is remembered, and changes no state', async () => {
    receiver.answer = { status: 500 };
    const { id } = await posting.endpoint({ url: receiver.url });
    const settings = { outlet: { rules: loopback, timeoutMs: 5000 }, publicUrl: null, userAgent: 'exposure-graph/test' };
    const delivery = await testEndpoint(posting.store, settings, id, () => posting.now);
    expect(delivery).toMatchObject({ endpoint: id, attempt: 1, status: 500, error: 'The answer was 500.', nextAt: null });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'endpoint.test', data: { endpoint: id } });
    await posting.engine.pass();
    expect([receiver.received.length, await posting.stateOf(id)]).toEqual([1, 'ACTIVE']);
    expect((await posting.attempts(id)).map(({ event }) => event)).toEqual([delivery?.event]);
    expect(await testEndpoint(posting.store, settings, 'none', () => posting.now)).toBeUndefined();
  });
});

describe('endpoints', () => {
  it('[S1007] at most 20, and FULL needs the right to export', async () => {
    const save = (input: object, canExport = false) =>
      saveEndpoint(posting.store, loopback, { canExport }, { url: receiver.url, ...input }, posting.now);
    expect((await save({ detail: 'FULL' })).faults).toMatchObject([{ code: 'FORBIDDEN', path: ['detail'] }]);
    const full = await save({ detail: 'FULL' }, true);
    expect(full.endpoint?.detail).toBe('FULL');
    // Another address for the same names.
    expect((await save({ id: full.endpoint?.id })).faults).toMatchObject([{ code: 'FORBIDDEN', path: ['detail'] }]);
    expect((await save({ url: 'https://evil.example/' })).faults).toMatchObject([{ code: 'ENDPOINT_NOT_ALLOWED', path: ['url'] }]);
    expect((await save({ id: 'none' })).faults).toMatchObject([{ code: 'NOT_FOUND' }]);
    for (let i = 1; i < 20; i++) expect((await save({})).faults).toEqual([]);
    expect((await save({})).faults).toMatchObject([{ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('20 endpoints') }]);
    expect((await rotateSecret(posting.store, 'none', posting.now)).faults).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});
