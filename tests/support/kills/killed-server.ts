import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { ProjectionSnapshot } from '../../../server/questions/facts/projection-snapshot.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { builtProgram, root } from '../../cli/run-exposure.ts';
import { projectionInPlain } from '../answers/projection-in-plain.ts';
import { type RunningServer, startServer } from '../servers/running-server.ts';
import { expect } from '../test.ts';
import type { Chain, ChainKind, Trace, WayIn } from './write-chains.ts';
import { ask, chainKinds, change, commonFacts, isWhole, newChain, Refused, readTraces, readTracesOfWholeChains } from './write-chains.ts';

/** How a soak kills servers. */
export interface KillOptions {
  /** The address of the store for a new, empty folder. */
  readonly openEmpty: (folder: string) => Promise<string>;
  readonly rounds: number;
  readonly random: () => number;
  readonly onRound: () => void;
  /** A store that grows slows down every round, so each serves so many. */
  readonly roundsAStore: number;
  /** A server is killed at most so long after it has taken a few writes. */
  readonly withinMs: number;
}

/** The acts on the servers. */
export interface KillReport {
  readonly acknowledged: Readonly<Record<string, number>>;
  readonly inDoubt: number;
  /** Steps in doubt that the store holds. */
  readonly kept: number;
}

/** Two chains of each kind but tokens at once. */
const writers: readonly ChainKind[] = [...chainKinds, ...chainKinds.filter((kind) => kind !== 'tokens')];

/**
 * Kills a server again and again while clients make all kinds of write, and looks each time into the store that is left: what was
 * acknowledged is there, whole; what was not is there as a whole or not at all; the store is sound; the next server serves it. A snapshot
 * of the round before, brought up to date, has the facts that are there.
 */
export async function killServers({ openEmpty, rounds, random, onRound, roundsAStore, withinMs }: KillOptions): Promise<KillReport> {
  const acknowledged: Record<string, number> = {};
  let [inDoubt, kept, count, whole] = [0, 0, 100, new Map() as ReadonlyMap<ChainKind, readonly Trace[]>];
  let place: Place | undefined;
  let chains: Chain[] = [];
  for (let round = 0; round < rounds; round++) {
    if (place === undefined || round % roundsAStore === 0) {
      place?.delete();
      place = await Place.make(openEmpty);
      chains = [];
      if (round === 0) whole = await place.learn();
    }
    const killed = await place.serve();
    const resumed = chains.filter(({ draft, isInDoubt }) => isInDoubt && draft !== undefined);
    for (const { draft } of resumed) {
      const found = (await ask(killed.way.url, 'query ($id: ID!) { import(id: $id) { files { name } } }', { id: draft })).import as unknown;
      expect(found).toEqual({ files: [{ name: 'organizations.csv' }] });
    }
    const started = writers.map((kind) => write(kind, () => `c${count++}x`, killed, chains));
    // On a busy machine the first answers take long, and a kill before them would show nothing.
    const isBusy = () => chains.filter(({ prefix }) => killed.prefixes.has(prefix)).reduce((sum, { done }) => sum + done, 0) >= 3;
    const failed = Promise.all(started);
    while (!isBusy()) await Promise.race([sleep(20), failed]);
    await sleep(withinMs * random());
    await killed.kill();
    await failed;

    await place.look(async (store) => {
      expect(await store.verify()).toEqual([]);
      await place?.readSnapshot(store);
      const seen = await readTraces(store);
      const faults = chains.flatMap((chain) => {
        const { kind, prefix, steps, done } = chain;
        const trace = seen.get(prefix);
        if (isWhole(chain, trace, whole)) return [];
        return [
          {
            kind,
            prefix,
            done: steps.slice(0, done).map(({ name }) => name),
            next: steps[done]?.name,
            trace,
            expected: whole.get(kind)?.[done],
          },
        ];
      });
      expect({ round, faults }).toEqual({ round, faults: [] });
      for (const chain of chains) {
        if (!chain.isInDoubt) continue;
        const before = whole.get(chain.kind)?.[chain.done];
        const isKept = JSON.stringify(seen.get(chain.prefix) ?? { facts: '', records: '' }) !== JSON.stringify(before);
        if (killed.prefixes.has(chain.prefix)) {
          inDoubt++;
          if (isKept) kept++;
        }
      }
    });
    for (const chain of chains)
      if (killed.prefixes.has(chain.prefix))
        for (const { name } of chain.steps.slice(0, chain.done)) acknowledged[name] = (acknowledged[name] ?? 0) + 1;
    onRound();
  }
  place?.delete();
  return { acknowledged, inDoubt, kept };
}

/** Makes one chain after another until the server is killed. */
async function write(kind: ChainKind, nextPrefix: () => string, killed: KilledServer, chains: Chain[]): Promise<void> {
  while (!killed.isKilled) {
    const chain = newChain(kind, nextPrefix());
    chains.push(chain);
    killed.prefixes.add(chain.prefix);
    for (const { name, act } of chain.steps) {
      if (killed.isKilled) return;
      chain.isInDoubt = true;
      try {
        await act(killed.way);
      } catch (error) {
        if (killed.isKilled && !(error instanceof Refused)) return;
        throw new Error(`${name} of ${chain.prefix} failed before the kill`, { cause: error });
      }
      chain.isInDoubt = false;
      chain.done++;
    }
  }
}

/** A server, and a command line beside it. */
interface KilledServer {
  readonly way: WayIn;
  readonly prefixes: Set<string>;
  isKilled: boolean;
  kill(): Promise<void>;
}

/** A store with the common facts, and a folder of data. */
class Place {
  readonly #folder: string;
  readonly #address: string;

  private constructor(folder: string, address: string) {
    this.#folder = folder;
    this.#address = address;
  }

  static async make(openEmpty: KillOptions['openEmpty']): Promise<Place> {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-killed-'));
    const place = new Place(folder, await openEmpty(folder));
    const server = await place.#start();
    await change(server.url, 'putFacts', commonFacts);
    await server.stop();
    return place;
  }

  /** @returns what whole chains leave */
  async learn(): Promise<ReadonlyMap<ChainKind, readonly Trace[]>> {
    const killed = await this.serve();
    const traces = await this.look((store) => readTracesOfWholeChains(killed.way, store));
    await killed.kill();
    // A step that left no trace would be lost unnoticed.
    for (const [kind, after] of traces)
      for (const [i, trace] of after.entries()) if (i > 0) expect([kind, i, trace]).not.toEqual([kind, i, after[i - 1]]);
    return traces;
  }

  async look<T>(act: (store: FactStore) => Promise<T>): Promise<T> {
    const store = await openStore(this.#address);
    try {
      return await act(store);
    } finally {
      await store.close();
    }
  }

  /** Reads the snapshot that the last call wrote, and writes one. A server would not keep so small a projection. */
  async readSnapshot(store: FactStore): Promise<void> {
    const onTrouble = (sentence: string) => expect(sentence).toBeUndefined();
    const path = join(this.#folder, 'kills.snapshot');
    const snapshot = new ProjectionSnapshot({ path, store, leastFacts: 1, stopWaitMs: 60_000, onTrouble });
    const { projection } = await new CurrentProjection(store, undefined, undefined, snapshot).read();
    const { projection: built } = await new CurrentProjection(store).read();
    expect(projection.revision).toBe(built.revision);
    expect(projectionInPlain(projection)).toEqual(projectionInPlain(built));
    await snapshot.close();
    expect(existsSync(path)).toBe(true);
  }

  async serve(): Promise<KilledServer> {
    const child = fork(join(root, 'tests/cli/many-runs.mjs'), [builtProgram()], { cwd: root });
    const isOver = once(child, 'exit');
    const [server] = await Promise.all([this.#start(), once(child, 'message')]);
    const killed: KilledServer = {
      prefixes: new Set(),
      isKilled: false,
      way: {
        url: server.url,
        runCommand: async (...args) => {
          child.send({ args, environment: { ...process.env, ...this.#environment() } });
          const answer = await Promise.race([once(child, 'message'), isOver.then(() => undefined)]);
          if (answer === undefined) throw new Error('The command line was killed.');
          const { code, err } = answer[0] as { code: number; err: string };
          if (code !== 0) throw new Refused(err);
        },
      },
      async kill() {
        killed.isKilled = true;
        child.kill('SIGKILL');
        await Promise.all([server.kill(), isOver]);
        await server.stop();
      },
    };
    return killed;
  }

  delete(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return { EXPOSURE_STORE: this.#address, EXPOSURE_DATA: this.#folder, EXPOSURE_LOG: 'silent' };
  }

  #start(): Promise<RunningServer> {
    return startServer({ isDemo: false, environment: this.#environment() });
  }
}
