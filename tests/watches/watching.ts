import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import type { Assertion } from '../../server/domain/assertions.ts';
import type { Incident } from '../../server/domain/incident.ts';
import { radiusDefaults } from '../../server/domain/radius-options.ts';
import { emptyLog } from '../../server/domain/records/incident-log.ts';
import type { WatchEvent } from '../../server/domain/records/watch.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import type { FactWrite } from '../../server/store/fact-write.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { WatchEngine } from '../../server/watches/watch-engine.ts';
import type { WatchInput } from '../../server/watches/watch-input.ts';
import { getEvent, listEvents, listWatches, type SavedWatch, saveWatch, type WatchOwner } from '../../server/watches/watch-records.ts';
import { edit } from '../store/assertions-for-tests.ts';

const hour = 3_600_000;
export const ada: WatchOwner = { name: 'ada', labs: null };
export const minute = 60_000;

/** A store, the questions of a server, and its engine, under a clock that stands still until a test moves it. */
export class Watching {
  readonly folder = mkdtempSync(join(tmpdir(), 'exposure-watching-'));
  readonly errors: unknown[] = [];
  now = Date.parse('2026-11-01T00:00:00Z');
  store!: WholeStore;
  questions!: Questions<WholeStore>;
  bound!: BoundQuestions;
  engine!: WatchEngine;
  readonly #opened: WholeStore[] = [];

  /** @param store of a test; absent: an embedded one */
  async open(store?: WholeStore): Promise<this> {
    this.store = store ?? (await openStore(`sqlite:${join(this.folder, 'exposure.db')}`));
    this.#opened.push(this.store);
    this.questions = new Questions({ store: this.store, projection: 'whole', clock: () => this.now });
    this.bound = new BoundQuestions(this.questions);
    this.engine = this.newEngine();
    return this;
  }

  newEngine(bound = this.bound, leaseMs = 30_000): WatchEngine {
    return new WatchEngine({ bound, tokens: new Tokens(this.store), onError: (error) => this.errors.push(error), leaseMs });
  }

  /** Writes facts a minute later. */
  async write(assertions: readonly Assertion[], more: Partial<FactWrite> = {}): Promise<void> {
    this.now += minute;
    await this.store.commit(edit(assertions, { at: this.now, ...more }));
  }

  async saveIncident(id: string, fields: Partial<Incident>): Promise<void> {
    const incident = incidentOf(id, fields);
    const before = await this.store.findDocument('incident', id);
    await this.store.saveDocument('incident', id, JSON.stringify(incident), before?.version ?? 0);
  }

  /** Must succeed. */
  async watch(input: WatchInput, owner = ada): Promise<SavedWatch> {
    const { saved, faults } = await saveWatch(this.store, this.bound.of(owner.labs), owner, input);
    if (saved === null) throw new Error(JSON.stringify(faults));
    return saved;
  }

  /** The faults of a watch that is refused, as `code path`. */
  async refusalOf(input: WatchInput, owner = ada): Promise<string[]> {
    const { faults } = await saveWatch(this.store, this.bound.of(owner.labs), owner, input);
    return faults.map(({ code, path }) => `${code} ${path.join('.')}`);
  }

  /** Evaluates what is due, a minute and a second later. Returns the events that this adds, the latest first. */
  async evaluate(owner = ada): Promise<WatchEvent[]> {
    const before = new Set((await listEvents(this.store, owner)).entries.map(({ id }) => id));
    this.now += minute + 1000;
    await this.engine.pass();
    if (this.errors.length > 0) throw this.errors[0];
    return (await this.events(owner)).filter(({ id }) => !before.has(id)).map(({ event }) => event);
  }

  async events(owner = ada) {
    const { entries } = await listEvents(this.store, owner);
    return Promise.all(entries.map((entry) => getEvent(this.store, entry)));
  }

  watches(owner = ada) {
    return listWatches(this.store, owner);
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.questions.close();
    for (const store of this.#opened) await store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function incidentOf(id: string, fields: Partial<Incident>): Incident {
  return {
    ...radiusDefaults,
    ...{ id, name: id, state: 'OPEN', discoveredAt: null, origins: [], suspectedOrigins: [], hasCore: true, core: null, widest: null },
    ...{
      scope: [],
      cause: 'UNKNOWN',
      advisory: null,
      proposal: null,
      scenario: [],
      log: emptyLog,
      logSaves: 0,
      createdAt: 0,
      updatedAt: 0,
    },
    ...fields,
  };
}

/** An item as `KIND subject before>after`. */
export const rowsOf = ({ items }: WatchEvent) => items.map(({ kind, subject, before, after }) => `${kind} ${subject} ${before}>${after}`);
export const hours = (count: number) => count * hour;

/** A store of a server that is killed before or after its n-th write. Nothing that it does later reaches the store. */
export function dyingAt(
  store: WholeStore,
  nth: number,
  when: 'before' | 'after',
): { readonly store: WholeStore; readonly isDead: () => boolean } {
  let writes = 0;
  let isDead = false;
  const dying = new Proxy(store, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      if (name !== 'saveDocument' && name !== 'deleteDocument') return value.bind(of);
      return async (...args: unknown[]) => {
        if (isDead) throw new Error('This server was killed.');
        writes++;
        isDead = writes === nth;
        if (isDead && when === 'before') throw new Error('This server was killed.');
        const done: unknown = await value.apply(of, args);
        if (isDead) throw new Error('This server was killed.');
        return done;
      };
    },
  });
  return { store: dying, isDead: () => isDead };
}
