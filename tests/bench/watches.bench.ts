import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import { Asker } from '../../server/questions/asker.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askRadius } from '../../server/questions/radius/ask-radius.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { WatchEngine } from '../../server/watches/watch-engine.ts';
import { saveWatch } from '../../server/watches/watch-records.ts';
import { edit, transfer } from '../store/assertions-for-tests.ts';
import { ada, minute } from '../watches/watching.ts';
import type { WorldSize } from './large-world.ts';
import { ask, importInto, type OwnServer, pause, startOwnServer } from './own-server.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { summaryQuery, widestDays } from './whole.bench.ts';
import { writeWorldFiles } from './world-files.ts';

/** The most that a person may have. */
const watchCount = 100;
/** Edits of one server before it is the turn of the other. */
const editsATurn = 10;
/** Longer than a watch rests, so that each is evaluated and looked at again. */
const restMs = 65_000;

const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';
const find = 'query($id: ID!) { transfer(id: $id) { portion } }';
const save = 'mutation($input: WatchInput!) { saveWatch(input: $input) { userErrors { message } } }';
const list = `query { watches(first: ${watchCount}) { edges { node { lastInstant } } } events(first: 1) { totalCount } }`;

/**
 * The cost of a hundred watches of radii for the people beside them. Two servers on equal stores are edited in turns, so that both have the
 * same load of the machine: one has no watch. Each edit counts until another client has it.
 */
export async function benchWatches(size: WorldSize, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  const [watched, plain] = [join(folder, 'watched'), join(folder, 'plain')];
  try {
    await writeWorldFiles(size, join(folder, 'world'));
    importInto(watched, join(folder, 'world'));
    rmSync(join(folder, 'world'), { recursive: true });
    cpSync(watched, plain, { recursive: true });
    const servers = [await startOwnServer(watched), await startOwnServer(plain)] as const;
    try {
      await compareServers(servers, size, report);
    } finally {
      for (const server of servers) server.stop();
    }
    await benchEvaluation(join(plain, 'bench.db'), size, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareServers(
  [watched, plain]: readonly [OwnServer, OwnServer],
  { organizations, transfers }: WorldSize,
  report: Report,
): Promise<void> {
  const labs = Math.floor(organizations / 100);
  const origins = Array.from({ length: watchCount }, (_, i) => nameOf(labs + (i % (organizations - labs))));
  const recipients = [origins[0] as string, nameOf(organizations - 1)];
  const editors = [new Editor(watched, recipients), new Editor(plain, recipients)] as const;
  for (const editor of editors) await editor.edit(50);
  const radii = summarizeTimes(await askRadii(plain, origins));
  for (const [i, origin] of origins.entries())
    await ask(watched.url, save, { input: { name: `w${i}`, kind: 'RADIUS', radius: { origins: [origin], widest: widestDays } } });
  for (const editor of editors) editor.begin();
  const until = performance.now() + restMs;
  const cpu = [watched.cpuSeconds(), plain.cpuSeconds()] as const;
  for (let turn = 0; performance.now() < until; turn++) {
    for (const editor of turn % 2 === 0 ? editors : editors.toReversed()) await editor.edit(editsATurn);
    await pause(100);
  }
  const [ours, others] = editors.map((editor) => summarizeTimes(editor.end())) as [Times, Times];
  report.ratio(
    `an edit until another client has it, beside ${watchCount} watches of radii over ${transfers} transfers, and without`,
    ours,
    others,
  );
  report.line(`  p95 ${milliseconds(ours.p95)} | ${milliseconds(others.p95)}  |  ratio ${(ours.p95 / others.p95).toFixed(3)}`);
  const used = [watched.cpuSeconds() - cpu[0], plain.cpuSeconds() - cpu[1]] as const;
  const { watches, events } = await ask<Listed>(watched.url, list, {});
  report.line(
    `  all watches took ${milliseconds((used[0] - used[1]) * 1000)} of the processor in ${restMs / 1000} s, beside ${ours.count} edits; ` +
      `${new Set(watches.edges.map(({ node }) => node.lastInstant)).size} points, ${events.totalCount} events; a radius summary over GraphQL ${milliseconds(radii.median)} (p95 ${milliseconds(radii.p95)})`,
  );
}

type Times = ReturnType<typeof summarizeTimes>;

/** Watches of one person that are all evaluated, because a fact changed at their common origin, beside radii of the same questions. */
async function benchEvaluation(path: string, { organizations }: WorldSize, report: Report): Promise<void> {
  let now = Date.parse('2026-11-01T00:00:00Z');
  const store = await openStore(`sqlite:${path}`);
  const questions = new Questions({ store, projection: 'whole', clock: () => now });
  const onError = (error: unknown) => report.line(`A watch failed: ${error}`);
  const engine = new WatchEngine({ bound: new BoundQuestions(questions), tokens: new Tokens(store), onError });
  try {
    const origin = nameOf(Math.floor(organizations / 100));
    const widest = Object.values(widestDays).map((text) => Date.parse(text)) as [number, number];
    const radiusOf = (i: number) => ({ origins: [origin], widest: { from: widest[0] + i, to: widest[1] } });
    for (let i = 0; i < watchCount; i++) {
      const { faults } = await saveWatch(store, questions, ada, { name: `w${i}`, kind: 'RADIUS', radius: radiusOf(i) });
      if (faults.length > 0) throw new Error(JSON.stringify(faults));
    }
    const [radii, evaluations]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      now += 2 * minute;
      // It touches each radius, and from the second round on it changes no row.
      const fact = transfer('edited', 'art-000000', nameOf(0), origin, { sentAt: widest[0], channel: `channel-${round}` });
      await store.commit(edit([fact], { at: now }));
      await questions.current.read();
      const asked = process.cpuUsage();
      for (let i = 0; i < watchCount; i++) await askRadius(new Asker(questions), radiusOf(-1 - i));
      radii.push((2 * cpuMs(asked)) / watchCount);
      const begun = process.cpuUsage();
      await engine.pass();
      evaluations.push(cpuMs(begun) / watchCount);
    }
    report.ratio(
      'evaluating a watched radius that an edit touched, with the save of its watch, beside two radii (processor time)',
      summarizeTimes(evaluations),
      summarizeTimes(radii),
    );
  } finally {
    await engine.close();
    await questions.close();
    await store.close();
  }
}

/** Edits a transfer to one recipient after the other: one is watched. */
class Editor {
  readonly #server: OwnServer;
  readonly #recipients: readonly string[];
  #count = 0;
  #times: number[] = [];

  constructor(server: OwnServer, recipients: readonly string[]) {
    this.#server = server;
    this.#recipients = recipients;
  }

  begin(): void {
    this.#times = [];
  }

  async edit(edits: number): Promise<void> {
    for (let i = 0; i < edits; i++) {
      const [portion, which] = [((this.#count++ % 97) + 1) / 97, this.#count % this.#recipients.length];
      const transfer = { id: `edited-${which}`, artifact: 'art-000000', sender: nameOf(0), recipient: this.#recipients[which], portion };
      const begin = performance.now();
      await ask(this.#server.url, put, { input: { transfers: [transfer] } });
      const found = await ask<{ transfer: { portion: number } | null }>(this.#server.url, find, { id: transfer.id });
      this.#times.push(performance.now() - begin);
      if (found.transfer?.portion !== portion) throw new Error('The answer after an edit lacks it.');
    }
  }

  /** Milliseconds of the edits since the begin. */
  end(): readonly number[] {
    return this.#times;
  }
}

async function askRadii({ url }: OwnServer, origins: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const origin of origins) {
    const begin = performance.now();
    await ask(url, summaryQuery, { input: { origins: [origin], widest: widestDays } });
    times.push(performance.now() - begin);
  }
  return times;
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

const nameOf = (i: number) => `org-${String(i).padStart(6, '0')}`;

interface Listed {
  readonly watches: { readonly edges: readonly { readonly node: { readonly lastInstant: string } }[] };
  readonly events: { readonly totalCount: number };
}
