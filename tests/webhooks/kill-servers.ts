import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { DeliveryEngine } from '../../server/webhooks/delivery-engine.ts';
import { saveEndpoint } from '../../server/webhooks/endpoint-records.ts';
import { artifact, lab, transfer, vendor } from '../store/assertions-for-tests.ts';
import { dyingAt, minute, type Watching } from '../watches/watching.ts';
import { loopback } from './posting.ts';
import type { Receiver } from './receiver.ts';

/** Writes of a server from the lease of a watch to the record of a delivery, and one more. */
const writes = 8;
const sentAt = Date.parse('2026-09-01T00:00:00Z');

interface Kills {
  readonly kills: number;
  readonly random: () => number;
  /** Of the server that is killed; absent: that of `watching`. */
  readonly store?: WholeStore;
  readonly onKill?: () => void;
}

/** The arrivals: the ids under which each change came, the ids in the order of arrival, and those of the events that were recorded. */
interface Arrived {
  readonly changes: readonly string[];
  readonly idsOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly received: readonly string[];
  readonly recorded: readonly string[];
}

/**
 * Beside each change of a radius that is watched, one server evaluates and sends, and is killed before or after a random write; then another one goes
 * on. Ends when so many were killed.
 */
export async function killServers(watching: Watching, receiver: Receiver, { kills, random, store, onKill }: Kills): Promise<Arrived> {
  const post = (of: WholeStore) =>
    new DeliveryEngine({
      ...{ store: of, clock: () => watching.now, publicUrl: null, userAgent: 'exposure-graph/test' },
      outlet: { rules: loopback, timeoutMs: 5000 },
      onError: (error) => watching.errors.push(error),
    });
  await watching.write([lab('vega'), vendor('quill')]);
  const { endpoint } = await saveEndpoint(watching.store, loopback, { canExport: true }, { url: receiver.url }, watching.now);
  const radius = { origins: ['quill'], core: { from: sentAt, to: sentAt + 1 } };
  await watching.watch({ name: 'Quill', kind: 'RADIUS', radius, endpoints: [endpoint?.id ?? ''] });
  const deliveries = post(watching.store);
  let [count, round] = [0, 0];
  while (count < kills) {
    round++;
    await watching.write([artifact(`a${round}`, 'vega'), transfer(`t${round}`, `a${round}`, 'vega', 'quill', { sentAt })]);
    const killed = dyingAt(store ?? watching.store, 1 + Math.floor(random() * writes), random() < 0.5 ? 'before' : 'after');
    const questions = new Questions({ store: killed.store, projection: 'whole', clock: () => watching.now });
    const watches = watching.newEngine(new BoundQuestions(questions));
    const dying = post(killed.store);
    watching.now += minute + 1000;
    await watches.pass().catch(() => undefined);
    await dying.pass().catch(() => undefined);
    await watches.close();
    await dying.close();
    await questions.close();
    watching.errors.length = 0;
    if (killed.isDead()) {
      count++;
      onKill?.();
    }
    // The next server has the leases of the killed one before it.
    await watching.evaluate();
    await deliveries.pass();
  }
  await watching.evaluate();
  watching.now += minute;
  await deliveries.pass();
  await deliveries.close();
  const idsOf = new Map<string, Set<string>>();
  for (const { headers, body } of receiver.received) {
    const { data } = JSON.parse(body) as { data: { items: { kind: string; subject: string }[] } };
    for (const { kind, subject } of data.items) {
      const change = `${kind} ${subject}`;
      idsOf.set(change, (idsOf.get(change) ?? new Set()).add(headers['webhook-id']));
    }
  }
  const changes = Array.from({ length: round }, (_, i) => `JOINED a${i + 1}`);
  const recorded = (await watching.events()).map(({ id }) => id).reverse();
  return { changes, idsOf, received: [...new Set(receiver.ids)], recorded };
}
