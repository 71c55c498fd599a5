import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { openStore } from '../../server/store/open/open-store.ts';
import { builtProgram, root } from '../cli/run-exposure.ts';
import { everyQuestion } from '../support/every-question.ts';
import { type Address, ask, change, Refused, send } from '../support/kills/write-chains.ts';
import { startServer } from '../support/servers/running-server.ts';
import { expect, it } from '../support/test.ts';
import { demoSubjects, findIds } from '../support/worlds/demo-subjects.ts';
import { counting, limitMs, rounds } from './scale.ts';

const isSoak = process.env.SOAK_SCALE !== undefined;
const mb = 1024 ** 2;
/** The load pauses this often, for this long. */
const periodMs = isSoak ? 20_000 : 1000;
const pauseMs = isSoak ? 3000 : 300;
/** The measured time. Half of it comes before as a warm-up. In `npm test` it is so short that only its bound on the heap says something. */
const measuredMs = isSoak ? rounds(40) * 60_000 : 12_000;
const runMs = measuredMs * 1.5;
const clients = 4;

/**
 * Collects garbage in all threads of the server at the start of each pause, and notes at its end what is left. Under load, half of the resident
 * memory or more is garbage, or pages of it that are not returned yet: 229 to 304 MB within a minute, and 154 MB ten seconds after the load.
 * With SOAK_HEAPS=FOLDER each thread also writes three heap snapshots there: a sixth of the way in, in the middle, and at the end of the load.
 */
const sampler = `
  import { appendFileSync } from 'node:fs';
  import { setFlagsFromString, writeHeapSnapshot } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  import { threadId } from 'node:worker_threads';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const [period, pause, run] = [Number(process.env.MEMORY_PERIOD), Number(process.env.MEMORY_PAUSE), Number(process.env.MEMORY_RUN)];
  const start = Date.now();
  const sample = () => {
    const { rss, heapUsed, external } = process.memoryUsage();
    appendFileSync(process.env.MEMORY_FILE, JSON.stringify({ at: Date.now(), threadId, rss, used: heapUsed + external, heapUsed }) + '\\n');
  };
  const wait = () => setTimeout(() => {
    collect();
    setTimeout(sample, pause * 0.6).unref();
    wait();
  }, period - (Date.now() % period) + pause * 0.3).unref();
  wait();
  if (process.env.SOAK_HEAPS !== undefined)
    for (const part of [1 / 6, 1 / 2, 1])
      setTimeout(() => writeHeapSnapshot(process.env.SOAK_HEAPS + '/thread-' + threadId + '-' + part.toFixed(2) + '.heapsnapshot'), run * part).unref();`;

interface Sample {
  readonly at: number;
  /** 0: the main thread. */
  readonly threadId: number;
  /** Of the whole process. */
  readonly rss: number;
  /** Heap and external memory of the thread. */
  readonly used: number;
  readonly heapUsed: number;
}

const window = (day: number) => {
  const at = (days: number) => new Date(Date.UTC(2026, 0, 1 + (day % 300) + days)).toISOString();
  return `core: { from: "${at(0)}", to: "${at(20)}" }, widest: { from: "${at(0)}", to: "${at(40)}" }`;
};

interface Load {
  readonly url: string;
  /** May do everything. */
  readonly admin: Address;
  /** Bound to one lab. */
  readonly bound: Address;
  /** One query of each root field of the schema and of each subject, with all its scalars. */
  readonly everyQuery: readonly string[];
  /** The demo world is known from then on. In milliseconds. */
  readonly startedAt: number;
}

/** Ids differ from one turn to the next, so that what is undone or deleted shows if anything of it stays in memory. */
type Work = (load: Load, turn: number, client: number) => Promise<unknown>;

const radius = (turn: number) => `{ origins: ["quillmark"], ${window(turn)}, options: { transferLikelihood: 0.3 } }`;
const origin = (turn: number) => `origins=quillmark&coreFrom=2026-09-${10 + (turn % 10)}&coreTo=2026-10-01`;

async function read(to: Address, path: string): Promise<void> {
  const response = await send(to, path);
  const content = await response.arrayBuffer();
  if (!response.ok) throw new Refused(`${path}: ${response.status} ${Buffer.from(content).toString().slice(0, 200)}`);
}

/** Every query in turn. One that is too large or too slow for a server is refused, which is an answer too. */
function askOne(to: Address, { everyQuery }: Load, turn: number): Promise<unknown> {
  return ask(to, everyQuery[turn % everyQuery.length] as string, {});
}

/** @returns the id of a draft with two files */
async function openDraft(admin: Address, name: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const { id } = (await (await send(admin, '/api/imports', { method: 'POST', headers, body: '{}' })).json()) as { id: string };
  const rows = Array.from({ length: 50 }, (_, i) => i);
  const files = {
    'organizations.csv': `id,name,roles\n${rows.map((i) => `${name}-${i},Company ${name} ${i},VENDOR\n`).join('')}`,
    'transfers.csv': `id,artifact,sender,recipient\n${rows.map((i) => `${name}-t${i},a-guide-v7,aurelis,${name}-${i}\n`).join('')}`,
  };
  for (const [file, body] of Object.entries(files))
    await (await send(admin, `/api/imports/${id}/files/${file}`, { method: 'PUT', body })).arrayBuffer();
  return id;
}

async function isDone(admin: Address, id: string): Promise<void> {
  for (;;) {
    const found = await ask(admin, 'query ($id: ID!) { import(id: $id) { state failure report { created } } }', { id });
    const { state } = found.import as never as { state: string };
    if (!/ING$/.test(state)) return;
    await sleep(20);
  }
}

/** Reads, most of them cold, and writes that leave nothing behind but history. */
const works: Readonly<Record<string, Work>> = {
  search: ({ admin }, turn) => ask(admin, `{ search(text: "a${turn % 97}") { __typename } }`, {}),
  neighborhood: ({ admin }) => ask(admin, '{ neighborhood(of: [{ organization: "quillmark" }]) { nodes { __typename } } }', {}),
  radius: ({ admin }, turn) => ask(admin, `{ blastRadius(input: ${radius(turn)}) { summary { exposedCount } } }`, {}),
  ranking: ({ admin }, turn) => ask(admin, `{ ranking(${window(turn)}) { totalCount } findingCounts { open } }`, {}),
  'what-if': ({ admin }, turn) =>
    ask(
      admin,
      `{ whatIf(input: ${radius(turn)}, actions: [{ suspend: { organization: "proxyline", at: "2026-0${1 + (turn % 9)}-01T00:00:00Z" } }]) { __typename } bestCuts(input: ${radius(turn)}, budget: 2) { __typename } }`,
      {},
    ),
  'known then': ({ admin, startedAt }, turn) => {
    const past = new Date(startedAt + ((turn * 7919) % (Date.now() - startedAt))).toISOString();
    return ask(
      admin,
      `{ asKnownAt(instant: "${past}") { counts { transfers } blastRadius(input: ${radius(turn)}) { summary { exposedCount } } } }`,
      {},
    );
  },
  'every question': (load, turn) => askOne(load.admin, load, turn),
  'every question of a lab': (load, turn) => askOne(load.bound, load, turn),
  'radius of a lab': ({ bound }, turn) => ask(bound, `{ revision blastRadius(input: ${radius(turn)}) { summary { exposedCount } } }`, {}),
  pages: async ({ admin }) => {
    for (let after: string | null = null; ; ) {
      const query =
        'query ($after: String) { transfers(first: 50, after: $after) { edges { node { id copy { id } } } pageInfo { hasNextPage endCursor } } }';
      const page = (await ask(admin, query, { after })).transfers as never as { pageInfo: { hasNextPage: boolean; endCursor: string } };
      if (!page.pageInfo.hasNextPage) return;
      after = page.pageInfo.endCursor;
    }
  },
  exports: async ({ admin }, turn) => {
    const table = ['blast-radius', 'other-copies', 'dependents'][turn % 3];
    await read(admin, `/api/${table}.${turn % 2 === 0 ? 'csv' : 'json'}?${origin(turn)}`);
    await read(admin, `/api/${['ranking', 'control-gaps', 'findings'][turn % 3]}.csv`);
  },
  'all facts': ({ admin }) => read(admin, '/api/facts.zip'),
  edit: ({ admin }, turn, client) =>
    change(admin, 'putFacts', {
      organizations: [{ id: `soak-${client}`, name: 'Soak', roles: ['VENDOR'], country: turn % 2 === 0 ? 'NL' : 'BE' }],
    }),
  'edit and retract': async ({ admin }, turn, client) => {
    const id = `soak-${client}-${turn}`;
    await change(admin, 'putFacts', {
      organizations: [{ id, name: `Soak ${turn}`, roles: ['VENDOR'] }],
      transfers: [{ id: `${id}-t`, artifact: 'a-guide-v7', sender: 'aurelis', recipient: id }],
    });
    await change(admin, 'mergeOrganizations', { organization: id, into: 'ninebark' });
    await change(admin, 'unmergeOrganizations', { organization: id });
    await change(admin, 'retractFacts', { organizations: [id], transfers: [`${id}-t`] });
  },
  note: async ({ admin }) => {
    const saved = await change(admin, 'saveNote', { on: { organization: 'quillmark' }, text: 'soak' }, 'note { id }');
    await change(admin, 'deleteNote', { id: (saved as { note: { id: string } }).note.id });
  },
  incident: async ({ admin }, turn) => {
    const at = (day: number) => `2026-09-${String(day).padStart(2, '0')}T00:00:00Z`;
    const span = { from: at(10), to: at(20 + (turn % 8)) };
    const input = { name: `Soak ${turn}`, origins: ['quillmark'], core: span, widest: span, discoveredAt: at(29) };
    const saved = await change(admin, 'saveIncident', input, 'incident { id plan { id } notices { totalCount } }');
    const { id } = (saved as { incident: { id: string } }).incident;
    await change(admin, 'addIncidentNote', { incident: id, text: 'soak' });
    await change(admin, 'setAssessments', { incident: id, artifacts: ['a-guide-v7'], state: 'CONFIRMED', reason: 'log', evidence: 'log' });
    await read(admin, `/api/notification-pack.${['md', 'pdf', 'docx', 'csv'][turn % 4]}?incident=${id}&lab=aurelis`);
    await read(admin, turn % 2 === 0 ? `/api/notices.ics?incident=${id}` : `/api/incident-report.pdf?incident=${id}`);
    await change(admin, 'deleteIncident', { id });
  },
  'draft and discard': async ({ admin }, turn, client) => {
    const id = await openDraft(admin, `soak-draft-${client}-${turn}`);
    await isDone(admin, id);
    await change(admin, 'discardImport', { id });
  },
  'import and undo': async ({ admin }, turn, client) => {
    const id = await openDraft(admin, `soak-import-${client}-${turn}`);
    await isDone(admin, id);
    await change(admin, 'commitImport', { id });
    await isDone(admin, id);
    await change(admin, 'undoImport', { id });
    await isDone(admin, id);
  },
};

/** A token for everything and one bound to a lab, and the queries about what the server holds. */
async function prepare(url: string, folder: string): Promise<Load> {
  const environment = { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'exposure.db')}`, EXPOSURE_DATA: folder };
  const tokenOf = (...flags: string[]) =>
    execFileSync(process.execPath, [builtProgram(), 'token', 'create', ...flags], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const admin = tokenOf('soak-admin', '--role', 'admin', '--export');
  const bound = tokenOf('soak-lab', '--role', 'viewer', '--lab', 'aurelis');
  await change({ url, token: admin }, 'saveView', { name: 'soak', url: '/quality' });
  const store = await openStore(environment.EXPOSURE_STORE);
  const ids = await findIds(store).finally(() => store.close());
  const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
  const everyQuery = everyQuestion(schema, demoSubjects(ids)).flatMap(({ queries }) => queries);
  return { url, admin: { url, token: admin }, bound: { url, token: bound }, everyQuery, startedAt: Date.now() };
}

/**
 * MB a minute, from the least of the first quarter to the least of the last one. A sample may still hold garbage, if a long question ran through
 * the pause, so a line through all samples would follow the load of the machine.
 */
function slopeOf(samples: readonly (readonly [at: number, bytes: number])[]): number {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const least = (of: readonly (readonly [number, number])[]) => Math.min(...of.map(([, bytes]) => bytes));
  const minutes = ((samples.at(-1)?.[0] as number) - (samples[0]?.[0] as number)) / 60_000;
  return (least(samples.slice(-quarter)) - least(samples.slice(0, quarter))) / mb / (minutes * 0.75);
}

/** Counts the refusals of each work by their reasons. A busy machine refuses some works for their time. */
class Refusals {
  readonly #counts = new Map<string, number>();
  count = 0;

  add(work: string, { message }: Error): void {
    // Some questions of the schema are too large, or about what a lab may not see.
    if (!work.startsWith('every question')) this.count++;
    const what = `${work}: ${/"code":"(\w+)"/.exec(message)?.[1] ?? message.slice(0, 300)}`;
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  toString(): string {
    return [...this.#counts].map(([what, count]) => `${what} ${count}`).join('; ');
  }
}

function readSamples(file: string): Sample[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
}

it(
  '[S216] the memory of a server under mixed load grows by at most 1 MB a minute',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-memory-'));
    const file = join(folder, 'samples');
    const { SOAK_HEAPS, SOAK_HEAP_MB } = process.env;
    if (SOAK_HEAPS !== undefined) mkdirSync(SOAK_HEAPS, { recursive: true });
    const server = await startServer({
      environment: {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(sampler)}${SOAK_HEAP_MB === undefined ? '' : ` --max-old-space-size=${SOAK_HEAP_MB}`}`,
        EXPOSURE_AUTH: 'required',
        MEMORY_FILE: file,
        MEMORY_PERIOD: String(periodMs),
        MEMORY_PAUSE: String(pauseMs),
        MEMORY_RUN: String(runMs),
      },
    });
    try {
      const load = await prepare(server.url, server.folder);
      const end = performance.now() + runMs;
      const onSample = counting('samples', Math.floor(runMs / periodMs));
      const names = Object.keys(works);
      const refusals = new Refusals();
      let asked = 0;
      const work = async (client: number) => {
        for (let turn = client; performance.now() < end; turn++, asked++) {
          const name = names[turn % names.length] as string;
          try {
            // Each round of works has a number of its own.
            await (works[name] as Work)(load, Math.floor(turn / names.length), client);
          } catch (error) {
            if (!(error instanceof Refused)) throw new Error(`${name}, turn ${turn}`, { cause: error });
            refusals.add(name, error);
          }
          // One address may send 6,000 requests a minute.
          await sleep(50);
          // The same clock as the sampler's.
          const intoPeriod = Date.now() % periodMs;
          if (intoPeriod < pauseMs) await sleep(pauseMs - intoPeriod);
        }
      };
      const watch = async () => {
        while (performance.now() < end) {
          await sleep(periodMs);
          onSample();
        }
      };
      await Promise.all([watch(), ...Array.from({ length: clients }, (_, client) => work(client))]);
      const samples = readSamples(file);
      const main = samples.filter(({ threadId }) => threadId === 0);
      // At first caches fill, code is compiled and threads start.
      const settled = main.slice(Math.floor(main.length / 3));
      const [first, last] = [settled[0] as Sample, settled.at(-1) as Sample];
      const slope = slopeOf(settled.map(({ at, rss }) => [at, rss]));
      const heapSlope = slopeOf(settled.map(({ at, used }) => [at, used]));
      const grown = (last.used - first.used) / mb;
      if (isSoak) {
        const inMb = (bytes: number) => Math.round(bytes / mb);
        const threads = [...new Set(samples.map(({ threadId }) => threadId))].map((id) => {
          const own = samples.filter(({ threadId }) => threadId === id);
          const every = Math.ceil(own.length / 12);
          return `thread ${id}: ${own
            .filter((_, i) => i % every === 0 || i === own.length - 1)
            .map(({ used, heapUsed }) => `${(heapUsed / mb).toFixed(1)}+${inMb(used - heapUsed)}`)
            .join(' ')}`;
        });
        process.stderr.write(
          `${asked} works, ${Math.round(measuredMs / 60_000)} min measured: ${slope.toFixed(2)} MB a minute resident, ${heapSlope.toFixed(2)} in use of the main thread, ` +
            `${grown.toFixed(1)} MB more at its end; refused ${refusals.count}: ${refusals}\n` +
            `resident MB over time: ${main.map(({ rss }) => inMb(rss)).join(' ')}\nheap + external MB over time, ${threads.join('\n')}\n`,
        );
      }
      expect(asked).toBeGreaterThan(20);
      if (refusals.count >= asked / 5) throw new Error(`${refusals.count} of ${asked} refused: ${refusals}`);
      if (isSoak) expect(heapSlope).toBeLessThanOrEqual(0.5);
      // A heap snapshot leaves some hundred MB resident.
      if (isSoak && SOAK_HEAPS === undefined) expect(slope).toBeLessThanOrEqual(1);
      if (!isSoak) expect(grown).toBeLessThan(20);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  limitMs,
);
