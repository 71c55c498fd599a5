import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mulberry32, type WorldSize } from './large-world.ts';
import type { OwnServer } from './own-server.ts';
import { importInto, pause, startOwnServer } from './own-server.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

/** The load of many people at once. */
export interface LoadSize {
  readonly world: WorldSize;
  readonly clients: number;
  readonly seconds: number;
  /** Rows of each import that runs meanwhile, one after another. 0: none. */
  readonly importRows: number;
  /** Each import adds rows of its own. Absent: each states the same rows with another day, so that the world keeps its size. */
  readonly isGrowing?: boolean;
  /** One question in twenty asks for a ranking of all organizations. Absent: none does. */
  readonly hasRankings?: boolean;
}

export interface LoadFigures {
  /** Milliseconds of each answer, by kind of question. */
  readonly times: ReadonlyMap<string, readonly number[]>;
  /** The same of all questions that were asked after the first seconds, in which a server has compiled little and kept no answer. */
  readonly settled: readonly number[];
  readonly health: readonly number[];
  /** Answers other than 200 without errors: status and start of the body. */
  readonly errors: readonly string[];
  readonly imports: number;
  /** MB, once every ten seconds. */
  readonly resident: readonly number[];
  /** Seconds of processor time that the server used. */
  readonly cpuSeconds: number;
}

const coldSeconds = 5;

/** Each client sends one request a second, whether or not the last one was answered. A quarter of all radii asks of an origin and window of its own. */
export async function benchLoad(size: LoadSize, report: Report): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-load-'));
  try {
    await writeWorldFiles(size.world, join(folder, 'world'));
    importInto(folder, join(folder, 'world'));
    const server = await startOwnServer(folder);
    try {
      const figures = await run(server, size);
      describe(figures, size, report);
      return figures;
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  server: OwnServer,
  { world, clients, seconds, importRows, isGrowing = false, hasRankings = false }: LoadSize,
): Promise<LoadFigures> {
  const questions = new Questions(world, hasRankings);
  const times = new Map<string, number[]>();
  const settled: number[] = [];
  const health: number[] = [];
  const errors: string[] = [];
  const resident: number[] = [];
  const cpuBefore = server.cpuSeconds();
  const start = performance.now();
  const end = start + seconds * 1000;
  const isOver = () => performance.now() >= end;
  const client = async (number: number) => {
    await pause((number * 1000) / clients);
    const under: Promise<void>[] = [];
    while (!isOver()) {
      const { kind, body } = questions.next();
      const isSettled = performance.now() - start > coldSeconds * 1000;
      const asked = timed(() => post(server.url, body), kind, times, errors);
      under.push(asked.then((ms) => void (isSettled && settled.push(ms))));
      await pause(1000);
    }
    await Promise.all(under);
  };
  const watch = async () => {
    for (let i = 0; !isOver(); i++) {
      const begin = performance.now();
      const { status } = await fetch(`${server.url}/healthz`);
      health.push(performance.now() - begin);
      if (status !== 200) errors.push(`healthz ${status}`);
      if (i % 100 === 0) resident.push(server.resident());
      await pause(100);
    }
  };
  let imports = 0;
  const importOn = async () => {
    for (; importRows > 0 && !isOver(); imports++) {
      await importOnce(server.url, importFile(isGrowing ? imports : 0, imports, importRows, world), isOver);
    }
  };
  await Promise.all([...Array.from({ length: clients }, (_, i) => client(i)), watch(), importOn()]);
  return { times, settled, health, errors, imports, resident, cpuSeconds: server.cpuSeconds() - cpuBefore };
}

async function timed(
  act: () => Promise<string | undefined>,
  kind: string,
  times: Map<string, number[]>,
  errors: string[],
): Promise<number> {
  const begin = performance.now();
  const error = await act().catch((thrown: unknown) => String(thrown));
  const ms = performance.now() - begin;
  const all = times.get(kind) ?? [];
  times.set(kind, all);
  all.push(ms);
  if (error !== undefined) errors.push(`${kind}: ${error}`);
  return ms;
}

/** @returns a description of an answer that is none */
async function post(url: string, body: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  // Not parsed: this process must not be slower than the server.
  const text = await answer.text();
  const start = text.slice(0, 300);
  return answer.status === 200 && !start.startsWith('{"errors"') ? undefined : `${answer.status} ${start}`;
}

/** The questions of the page, in turn at random. */
class Questions {
  readonly #random = mulberry32(7);
  readonly #world: WorldSize;

  readonly #hasRankings: boolean;

  constructor(world: WorldSize, hasRankings: boolean) {
    this.#world = world;
    this.#hasRankings = hasRankings;
  }

  next(): { readonly kind: string; readonly body: string } {
    if (this.#hasRankings && this.#random() < 0.05) return { kind: 'ranking', body: JSON.stringify({ query: ranking }) };
    const kind = this.#random();
    if (kind < 0.4) return { kind: 'search', body: JSON.stringify({ query: search, variables: { text: this.#text() } }) };
    if (kind < 0.7) {
      const variables = { of: [{ organization: this.#organization() }] };
      return { kind: 'neighborhood', body: JSON.stringify({ query: neighborhood, variables }) };
    }
    const isCold = this.#random() < 0.5;
    const from = isCold
      ? new Date(Date.UTC(2025, 0, 1) + Math.floor(this.#random() * 400) * 86_400_000).toISOString()
      : '2026-09-19T00:00:00Z';
    const origins = [isCold ? this.#organization() : organizationOf(this.#labs + Math.floor(this.#random() * 20))];
    const variables = { input: { origins, widest: { from, to: '2026-10-01T00:00:00Z' } } };
    return { kind: isCold ? 'cold radius' : 'radius', body: JSON.stringify({ query: radius, variables }) };
  }

  get #labs(): number {
    return Math.max(2, Math.floor(this.#world.organizations / 100));
  }

  /** The first ones hold the most. */
  #organization(): string {
    return organizationOf(Math.floor(this.#world.organizations * this.#random() ** 2));
  }

  #text(): string {
    const number = Math.floor(this.#random() * this.#world.organizations);
    return ['Organization', `Organization ${number}`, `art-${number}`, 'channel', `Artifact ${number % 100}`][
      Math.floor(this.#random() * 5)
    ] as string;
  }
}

function organizationOf(number: number): string {
  return `org-${String(number).padStart(6, '0')}`;
}

/** Transfers of one sender. @param batch files of one batch state the same transfers, on the day of their edition */
function importFile(batch: number, edition: number, rows: number, world: WorldSize): string {
  const random = mulberry32(batch);
  const day = `2026-09-${10 + (edition % 15)}`;
  const lines = ['id,artifact,sender,recipient,sent_at'];
  const labs = Math.max(2, Math.floor(world.organizations / 100));
  for (let i = 0; i < rows; i++) {
    const artifact = `art-${String(Math.floor(random() * world.artifacts)).padStart(6, '0')}`;
    const recipient = organizationOf(labs + 1 + Math.floor(random() * (world.organizations - labs - 1)));
    lines.push(`load-${batch}-${i},${artifact},${organizationOf(labs)},${recipient},${day}`);
  }
  return lines.join('\n');
}

async function importOnce(url: string, transfers: string, isOver: () => boolean): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${url}/api/imports`, { method: 'POST', headers, body: '{}' });
  const { id } = (await created.json()) as { id: string };
  await fetch(`${url}/api/imports/${id}/files/transfers.csv`, { method: 'PUT', body: transfers });
  await post(url, JSON.stringify({ query: `mutation { commitImport(input: { id: "${id}" }) { userErrors { message } } }` }));
  const state = JSON.stringify({ query: `{ import(id: "${id}") { state failure } }` });
  while (!isOver()) {
    const answer = await (await fetch(`${url}/graphql`, { method: 'POST', headers, body: state })).text();
    if (answer.includes('"COMMITTED"')) return;
    if (answer.includes('"FAILED"')) throw new Error(answer);
    await pause(200);
  }
}

function describe({ times, settled, health, errors, imports, resident, cpuSeconds }: LoadFigures, size: LoadSize, report: Report): void {
  const all = [...times.values()].flat();
  const text = (of: readonly number[]) => {
    const { median, p95, max } = summarizeTimes(of);
    return `p50 ${milliseconds(median)}, p95 ${milliseconds(p95)}, p99 ${milliseconds(shareOf(of, 0.99))}, max ${milliseconds(max)}`;
  };
  report.line(
    `${size.clients} clients, one request a second each, ${size.seconds} s, ${size.world.transfers} transfers, ${imports} imports of ${size.importRows} ${size.isGrowing === true ? 'new' : 'changed'} rows:`,
  );
  report.line(`  all ${all.length} answers: ${text(all)}; errors: ${errors.length}${errors.length === 0 ? '' : ` (${errors[0]})`}`);
  report.line(`  without those asked in the first ${coldSeconds} s (${settled.length}): ${text(settled)}`);
  for (const [kind, of] of times) report.line(`  ${kind} (${of.length}): ${text(of)}`);
  report.line(`  /healthz (${health.length}): ${text(health)}`);
  report.line(
    `  memory: ${resident.map((mb) => Math.round(mb)).join(', ')} MB; processor: ${Math.round((100 * cpuSeconds) / size.seconds)}%`,
  );
}

/** The value that a share of all values does not exceed. */
export function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

const search = `query($text: String!) { search(text: $text, first: 20) { matched
  found { ... on Organization { id name roles aliases } ... on Artifact { id name type owner { id name } } } } }`;
const ranking = `{ ranking(first: 20) { totalCount edges { node { organization { id name } } } } }`;
const neighborhood = `query($of: [NodeRef!]!) { neighborhood(of: $of, maxNodes: 100) { omittedCount
  nodes { key organization { id name roles status country custody { copyCount labCount lastReceivedAt } sent(first: 1) { totalCount } }
    artifact { id name type owner { id name } copies(first: 1) { totalCount } } linkCounts { kind incoming outgoing } }
  links { key kind source target count readableCount } } }`;
const radius = `query($input: BlastRadiusInput!) { blastRadius(input: $input) {
  summary { exposedCount possibleCount affectedLabCount blindSpotCount weightedLossUsd worstCaseLossUsd }
  artifacts(first: 50) { totalCount edges { node { artifact { id name } tier portion { low high } ways(first: 1) { because } } } } } }`;
