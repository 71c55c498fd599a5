import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Watch, WatchEvent } from '../../server/domain/records/watch.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { recordEvent } from '../../server/watches/watch-records.ts';
import type { DeliveryEngineOptions } from '../../server/webhooks/delivery-engine.ts';
import { DeliveryEngine } from '../../server/webhooks/delivery-engine.ts';
import type { EndpointInput, SavedEndpoint } from '../../server/webhooks/endpoint-records.ts';
import { listDeliveries, listEndpoints, saveEndpoint } from '../../server/webhooks/endpoint-records.ts';
import { TargetRules } from '../../server/webhooks/target-rules.ts';

export const loopback = new TargetRules({ hosts: [], networks: ['127.0.0.0/8'] });

/** A store with watches and endpoints, and the engine of a server, under a clock that stands still until a test moves it. */
export class Posting {
  readonly folder = mkdtempSync(join(tmpdir(), 'exposure-posting-'));
  readonly errors: unknown[] = [];
  readonly disabled: string[] = [];
  now = Date.parse('2026-11-01T00:00:00Z');
  store!: WholeStore;
  engine!: DeliveryEngine;
  #told = 0;

  async open(store?: WholeStore): Promise<this> {
    this.store = store ?? (await openStore(`sqlite:${join(this.folder, 'exposure.db')}`));
    this.engine = this.newEngine();
    return this;
  }

  newEngine(more: Partial<DeliveryEngineOptions> = {}): DeliveryEngine {
    return new DeliveryEngine({
      ...{ store: this.store, clock: () => this.now, publicUrl: 'https://exposure.example', userAgent: 'exposure-graph/test' },
      // A receiver of a busy machine may take long. A test of one that hangs sets its own limit.
      outlet: { rules: loopback, timeoutMs: 5000 },
      chance: () => 0,
      onError: (error) => this.errors.push(error),
      onDisabled: (_, reason) => this.disabled.push(reason),
      ...more,
    });
  }

  /** Must succeed. */
  async endpoint(input: EndpointInput): Promise<SavedEndpoint & { readonly secret: string }> {
    const { endpoint, secret, faults } = await saveEndpoint(this.store, loopback, { canExport: true }, input, this.now);
    if (endpoint === null) throw new Error(JSON.stringify(faults));
    return { ...endpoint, secret: secret ?? '' };
  }

  async watch(id: string, endpoints: readonly string[]): Promise<void> {
    await this.store.saveDocument('watch', id, JSON.stringify({ ...watchOf(id), endpoints } satisfies Watch), 0);
  }

  /** Records an event of a watch, as its evaluation does. Returns its id. */
  async tell(watch: string, fields: Partial<WatchEvent> = {}): Promise<string> {
    const saved = await this.store.findDocument('watch', watch);
    const before = new Set((await this.store.listDocuments('event')).map(({ id }) => id));
    const event = { ...eventOf(watch), fromRevision: this.#told, toRevision: ++this.#told, ...fields };
    await recordEvent(this.store, event, JSON.parse(saved?.json ?? '') as Watch, this.now);
    const added = (await this.store.listDocuments('event')).find(({ id }) => !before.has(id));
    return added?.id ?? '';
  }

  /** Attempts, the first one first. */
  async attempts(endpoint: string) {
    return (await listDeliveries(this.store, { endpoint })).reverse();
  }

  async stateOf(id: string): Promise<string | undefined> {
    return (await listEndpoints(this.store)).find((endpoint) => endpoint.id === id)?.state;
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function watchOf(name: string): Watch {
  const instant = Date.parse('2026-10-01T00:00:00Z');
  return {
    ...{ name, owner: 'ada', labs: null },
    question: {
      ...{ kind: 'RADIUS', incident: 'INC', radius: null, lab: null, artifact: null, findings: null, advisory: null, source: null },
      ...{ withinHours: null, first: null },
    },
    condition: { on: ['JOINED'], minTier: null, worstCaseLossUsd: null, affectedLabs: null, count: null },
    isMuted: false,
    last: { revision: 1, instant, incidents: [], imports: [] },
    ...{ evaluatedAt: null, nextInstant: null, lease: null, failure: null, failedAt: null, isEnded: false },
  };
}

export function eventOf(watch: string): WatchEvent {
  const summary = {
    ...{ reachedCount: 1, exposedCount: 2, possibleCount: 3, containedCount: 4, affectedLabCount: 1, blindSpotCount: 0 },
    ...{ worstCaseLossUsd: 5000, weightedLossUsd: 1000 },
  };
  return {
    ...{ watch, owner: 'ada', labs: null, type: 'radius.changed', fromRevision: 1, toRevision: 2 },
    fromInstant: Date.parse('2026-10-01T00:00:00Z'),
    instant: Date.parse('2026-10-02T00:00:00Z'),
    before: summary,
    after: { ...summary, exposedCount: 3 },
    counts: [{ kind: 'JOINED', count: 1 }],
    items: [{ kind: 'JOINED', subject: 'rubric', before: null, after: 'EXPOSED', because: 'Quill got the Rubric of Vega Labs.' }],
    summary: 'Radius of Quill: 1 joined.',
    url: '/blast?o=quill',
  };
}
