import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { queueEvent } from '../../server/webhooks/endpoint-records.ts';
import { messageOf, sign, writeMessage } from '../../server/webhooks/send-webhook.ts';
import { eventOf, watchOf } from '../webhooks/posting.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';

const rounds = 500;
/** Events that wait where a receiver was away for long. */
const manyWait = 500;

/** The cost of a webhook beside its event: its place in the queue of an endpoint, as one document that is saved, and its signature. */
export async function benchWebhooks(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'exposure.db')}`);
  try {
    const saved = await measure((i) => store.saveDocument('event', `e${i}`, JSON.stringify(eventOf('w')), 0));
    const queued = await measure((i) => queueEvent(store, { endpoint: `e${i}`, watch: 'w', owner: 'ada' }, `event-${i}`, 0));
    report.ratio('Queueing a webhook, beside saving its event', queued, saved);
    const long = { endpoint: 'long', watch: 'w', owner: 'ada' };
    for (let i = 0; i < manyWait; i++) await queueEvent(store, long, `waiting-${i}`, 0);
    report.ratio(`  behind ${manyWait} or more that wait`, await measure((i) => queueEvent(store, long, `late-${i}`, 0)), saved);
    const secrets = [{ secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`, until: null }];
    const signed = await measure((i) => {
      const message = messageOf({ detail: 'THIN' }, `event-${i}`, eventOf('w'), watchOf('w'), new Map(), 'https://exposure.example');
      return sign(secrets, message.id, 0, writeMessage({ format: 'STANDARD_WEBHOOKS' }, message, null).body);
    });
    report.line(`Writing and signing a webhook: ${milliseconds(signed.median)}`);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(act: (round: number) => unknown) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await act(round);
    times.push(performance.now() - begun);
  }
  return summarizeTimes(times);
}
