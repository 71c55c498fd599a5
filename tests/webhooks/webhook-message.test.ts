import { Webhook } from 'standardwebhooks';
import type { WatchEvent } from '../../server/domain/records/watch.ts';
import { rotateSecret } from '../../server/webhooks/endpoint-records.ts';
import { messageOf, writeMessage } from '../../server/webhooks/send-webhook.ts';
import { artifact, edit, lab } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';
import { eventOf, Posting, watchOf } from './posting.ts';
import type { Received } from './receiver.ts';
import { Receiver } from './receiver.ts';

let posting: Posting;
let receiver: Receiver;

beforeEach(async () => {
  posting = await new Posting().open();
  // The library that checks looks at the clock.
  posting.now = Date.now();
  receiver = await Receiver.open();
});
afterEach(async () => {
  await posting.close();
  await receiver.close();
});

const check = (secret: string, { headers, body }: Received) =>
  new Webhook(secret).verify(body, headers as unknown as Record<string, string>);
const last = () => receiver.received.at(-1) as Received;

describe('signatures', () => {
  it('[S1008] are those of Standard Webhooks, and a changed byte, id, time or secret is found', async () => {
    const { id, secret } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const event = await posting.tell('w');
    await posting.engine.pass();
    const { headers, body } = last();
    expect(check(secret, last())).toEqual(JSON.parse(body));
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(headers).toMatchObject({ 'webhook-id': event, 'content-type': 'application/json', 'user-agent': 'exposure-graph/test' });
    const wrong: Received[] = [
      { ...last(), body: body.replace('JOINED', 'joined') },
      { ...last(), headers: { ...headers, 'webhook-id': 'other' } },
      { ...last(), headers: { ...headers, 'webhook-timestamp': `${Number(headers['webhook-timestamp']) - 1}` } },
    ];
    for (const one of wrong) expect(() => check(secret, one)).toThrow('No matching signature found');
    expect(() => check(`whsec_${Buffer.alloc(32).toString('base64')}`, last())).toThrow('No matching signature found');
  });

  it('[S1008] after a rotation both secrets sign for 24 hours, then the new one alone; there are two at most', async () => {
    const { id, secret } = await posting.endpoint({ url: receiver.url });
    await posting.watch('w', [id]);
    const { secret: second } = await rotateSecret(posting.store, id, posting.now);
    await posting.tell('w');
    await posting.engine.pass();
    for (const one of [secret, second as string]) expect(() => check(one, last())).not.toThrow();
    const { secret: third } = await rotateSecret(posting.store, id, posting.now);
    await posting.tell('w');
    await posting.engine.pass();
    expect(() => check(secret, last())).toThrow('No matching signature found');
    for (const one of [second as string, third as string]) expect(() => check(one, last())).not.toThrow();
    posting.now += 86_400_000;
    await posting.tell('w');
    await posting.engine.pass();
    const { headers, body } = last();
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(headers['webhook-signature']).toBe(new Webhook(third as string).sign(headers['webhook-id'], at, body));
  });
});

describe('what is told', () => {
  it('[S1009] THIN has ids and figures, and no name and no sentence; FULL has both', async () => {
    await posting.store.commit(
      edit([lab('vega', { name: 'Vega Labs' }), artifact('rubric', 'vega', { name: 'Rubric of Vega' })], { at: posting.now }),
    );
    const thin = await posting.endpoint({ url: receiver.url });
    const full = await posting.endpoint({ url: `${receiver.url}/full`, detail: 'FULL' });
    await posting.watch('w', [thin.id, full.id]);
    const event = await posting.tell('w', { fromRevision: 3, toRevision: 4 });
    await posting.engine.pass();
    const [ofThin, ofFull] = ['/hook', '/hook/full'].map((path) => receiver.received.find((one) => one.path === path)?.body ?? '');
    expect(JSON.parse(ofThin as string)).toEqual({
      type: 'radius.changed',
      timestamp: '2026-10-02T00:00:00Z',
      data: {
        ...{ event, watch: 'w', kind: 'RADIUS', incident: 'INC', fromRevision: 3, toRevision: 4 },
        ...{ fromInstant: '2026-10-01T00:00:00Z', toInstant: '2026-10-02T00:00:00Z' },
        ...{ before: eventOf('w').before, after: eventOf('w').after, counts: [{ kind: 'JOINED', count: 1 }] },
        items: [{ kind: 'JOINED', subject: 'rubric', before: null, after: 'EXPOSED' }],
        url: 'https://exposure.example/blast?o=quill',
      },
    });
    expect(ofThin).not.toMatch(/Vega|Quill|Radius of/);
    expect(JSON.parse(ofFull as string).data).toMatchObject({
      ...{ name: 'w', summary: 'Radius of Quill: 1 joined.' },
      items: [{ subject: 'rubric', name: 'Rubric of Vega', because: 'Quill got the Rubric of Vega Labs.' }],
    });
  });

  it('[S1009] CloudEvents 1.0 in the body, signed in the same way', async () => {
    const { id, secret } = await posting.endpoint({ url: receiver.url, format: 'CLOUDEVENTS' });
    await posting.watch('w', [id]);
    const event = await posting.tell('w');
    await posting.engine.pass();
    expect(last().headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(check(secret, last())).toMatchObject({
      ...{ specversion: '1.0', id: event, source: 'https://exposure.example', type: 'radius.changed', time: '2026-10-02T00:00:00Z' },
      ...{ datacontenttype: 'application/json', data: { event, watch: 'w' } },
    });
  });

  it('[S1009] at most 20 kB and ten rows, whatever the event holds; a long address becomes that of the event', () => {
    const long = (text: string) => text.repeat(4000);
    const items = Array.from({ length: 500 }, (_, i) => ({
      ...{ kind: 'JOINED' as const, subject: `${'ω'.repeat(150)}${i}`, before: null, after: 'EXPOSED', because: long('x') },
    }));
    const event: WatchEvent = { ...eventOf('w'), items, url: `/blast?${long('o=quill&')}`, summary: long('s') };
    for (const detail of ['THIN', 'FULL'] as const)
      for (const format of ['STANDARD_WEBHOOKS', 'CLOUDEVENTS'] as const) {
        const message = messageOf({ detail }, 'e', event, watchOf('w'), new Map(), 'https://exposure.example');
        const { body } = writeMessage({ format }, message, 'https://exposure.example');
        expect(Buffer.byteLength(body)).toBeLessThan(20_000);
        const { data } = JSON.parse(body) as { data: { items: unknown[]; url: string } };
        expect([data.items.length, data.url]).toEqual([
          detail === 'THIN' ? 10 : expect.any(Number),
          'https://exposure.example/inbox?event=e',
        ]);
        expect(data.items.length).toBeGreaterThan(0);
      }
  });
});
