import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { ask, change } from '../support/kills/write-chains.ts';
import { seed } from '../support/seed.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { expect, it } from '../support/test.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const kills = rounds(200);
/** Watches of one change. Each is new, so it does not rest. */
const watchesAKill = 3;
/** A person has 100 watches at most. */
const killsAStore = 30;
/** The server looks for changes every two seconds, and evaluates and sends at once. */
const withinMs = 2500;
/** The leases of a killed server end within 30 seconds. A busy machine needs longer for the rest. */
const patience = { timeoutMs: 300_000 };

const random = randomFrom(seed);
const stages = ['after the commit', 'before or amid the evaluation', 'after an event', 'amid sending', 'amid the record'] as const;
const window = { from: '2026-09-01T00:00:00Z', to: '2026-09-02T00:00:00Z' };

/** A store that one server after the other serves, and what was changed in it. */
class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'exposure-told-'));
  readonly changes: string[] = [];

  serve(): Promise<RunningServer> {
    const environment = {
      EXPOSURE_STORE: `sqlite:${join(this.folder, 'facts.db')}`,
      ...{ EXPOSURE_DATA: this.folder, EXPOSURE_LOG: 'silent', EXPOSURE_WEBHOOK_NETWORKS: '127.0.0.0/8' },
    };
    return startServer({ isDemo: false, environment });
  }

  /** Watches what nobody has changed, and changes it. Both are acknowledged. @returns the ids of the watches */
  async change({ url }: RunningServer, round: number, endpoint: string): Promise<string[]> {
    const [vendor, artifact] = [`vendor-${round}`, `artifact-${round}`];
    await change(url, 'putFacts', {
      organizations: [{ id: vendor, name: vendor, roles: ['VENDOR'] }],
      artifacts: [{ id: artifact, name: artifact, type: 'PROMPT_SET', owner: 'lab', sensitivity: 3 }],
    });
    const watches: string[] = [];
    for (let i = 0; i < watchesAKill; i++) {
      const input = { name: `${vendor} ${i}`, kind: 'RADIUS', radius: { origins: [vendor], core: window }, endpoints: [endpoint] };
      const { saveWatch } = (await ask(url, watchQuery, { input })) as unknown as { saveWatch: { watch: { id: string } } };
      watches.push(saveWatch.watch.id);
    }
    const sent = { id: `t-${round}`, artifact, sender: 'lab', recipient: vendor, sentAt: '2026-08-01T00:00:00Z' };
    await change(url, 'putFacts', { transfers: [sent] });
    this.changes.push(...watches.map((watch) => `${watch} JOINED ${artifact}`));
    return watches;
  }
}

const watchQuery = 'mutation ($input: WatchInput!) { saveWatch(input: $input) { watch { id } userErrors { message } } }';
const eventsQuery = '{ events(first: 500) { edges { node { id watch { id } items { edges { node { kind subject } } } } } } }';

interface Event {
  readonly id: string;
  readonly watch: { readonly id: string };
  readonly items: { readonly edges: readonly { readonly node: { readonly kind: string; readonly subject: string } }[] };
}

async function eventsOf({ url }: RunningServer): Promise<{ id: string; change: string }[]> {
  const { events } = (await ask(url, eventsQuery, {})) as unknown as { events: { edges: readonly { readonly node: Event }[] } };
  return events.edges.flatMap(({ node: { id, watch, items } }) =>
    items.edges.map(({ node }) => ({ id, change: `${watch.id} ${node.kind} ${node.subject}` })),
  );
}

/** The ids under which each change came. */
function arrivedAt(receiver: Receiver): Map<string, Set<string>> {
  const idsOf = new Map<string, Set<string>>();
  for (const { headers, body } of receiver.received) {
    const { data } = JSON.parse(body) as { data: { watch: string; items: { kind: string; subject: string }[] } };
    for (const { kind, subject } of data.items) {
      const change = `${data.watch} ${kind} ${subject}`;
      idsOf.set(change, (idsOf.get(change) ?? new Set()).add(headers['webhook-id']));
    }
  }
  return idsOf;
}

/** Waits until the server is at a stage. A receiver that does not answer keeps it amid sending. */
async function reach(stage: (typeof stages)[number], server: RunningServer, receiver: Receiver, watches: readonly string[]): Promise<void> {
  const has = (changes: Iterable<string>) => [...changes].some((one) => watches.includes(one.split(' ')[0] as string));
  switch (stage) {
    case 'after the commit':
      return;
    case 'before or amid the evaluation':
      return sleep(random() * withinMs);
    case 'after an event':
      return eventually(async () => expect(has((await eventsOf(server)).map(({ change: one }) => one))).toBe(true), patience);
    case 'amid sending':
      receiver.answer = 'nothing';
      return eventually(() => expect(has(arrivedAt(receiver).keys())).toBe(true), patience);
    case 'amid the record':
      await eventually(() => expect(has(arrivedAt(receiver).keys())).toBe(true), patience);
      return sleep(random() * 20);
  }
}

it(
  '[S962] a server process that is killed after a commit, amid evaluation, sending or record loses no change, and tells each under one id',
  async () => {
    const countOne = counting('kills', kills);
    const reached = new Map<string, number>();
    for (let done = 0; done < kills; ) {
      const [place, receiver] = [new Place(), await Receiver.open()];
      let server = await place.serve();
      try {
        await change(server.url, 'putFacts', { organizations: [{ id: 'lab', name: 'Lab', roles: ['LAB'] }] });
        const saved = await change(server.url, 'saveEndpoint', { url: receiver.url }, 'endpoint { id }');
        const { id: endpoint } = (saved as { endpoint: { id: string } }).endpoint;
        for (let i = 0; i < killsAStore && done < kills; i++, done++) {
          const stage = stages[done % stages.length] as (typeof stages)[number];
          const watches = await place.change(server, done, endpoint);
          await reach(stage, server, receiver, watches);
          await server.kill();
          await server.stop();
          reached.set(stage, (reached.get(stage) ?? 0) + 1);
          receiver.answer = { status: 204 };
          server = await place.serve();
          countOne();
        }
        // All that were killed left leases, which end one beside the other.
        await eventually(() => expect([...arrivedAt(receiver).keys()].sort()).toEqual(place.changes.toSorted()), patience);
        const several = [...arrivedAt(receiver)].filter(([, ids]) => ids.size !== 1);
        expect({ seed, several }).toEqual({ seed, several: [] });
        const events = await eventsOf(server);
        expect(events.map(({ change: one }) => one).sort()).toEqual(place.changes.toSorted());
        expect(events.filter(({ id, change: one }) => !arrivedAt(receiver).get(one)?.has(id))).toEqual([]);
      } finally {
        await server.stop();
        await receiver.close();
        rmSync(place.folder, { recursive: true, force: true });
      }
    }
    expect([...reached.keys()].sort()).toEqual(stages.slice(0, kills).toSorted());
  },
  limitMs,
);
