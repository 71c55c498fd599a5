import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldSize } from './large-world.ts';
import { ask, importInto, startOwnServer, startRowsServer } from './own-server.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

/** The origin whose radius over 40 vendors holds some 10,000 artifacts. */
const size: WorldSize = { organizations: 500, artifacts: 11_000, transfers: 90_000 };
const origins = Array.from({ length: 40 }, (_, i) => `org-${String(5 + i * 12).padStart(6, '0')}`);
const widest = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };
const rounds = 15;
const pageSize = 500;

interface Row {
  readonly artifact: string;
  readonly because: string;
}

/** V8 compiles and recompiles the server's code during the first pages and files. */
const pagesBefore = 200;
const filesBefore = 10;

/** Fetches one radius of some 10,000 artifacts from a server: whole as JSON, and in GraphQL pages of 500. */
export async function benchRows(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    await writeWorldFiles(size, join(folder, 'world'));
    importInto(folder, join(folder, 'world'));
    const server = await startOwnServer(folder);
    try {
      const rows = await benchExport(server.url, report);
      await benchPages(server.url, rows, report);
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchExport(url: string, report: Report): Promise<Row[]> {
  const query = new URLSearchParams({ widestFrom: widest.from, widestTo: widest.to });
  for (const origin of origins) query.append('origins', origin);
  const address = `${url}/api/blast-radius.json?${query}`;
  const rows = (await (await fetch(address)).json()) as Row[];
  const times = {
    ours: [] as number[],
    stringify: [] as number[],
    sent: [] as number[],
    oursPlain: [] as number[],
    sentPlain: [] as number[],
  };
  const plain = await startRowsServer(rows);
  try {
    for (let round = -filesBefore; round < rounds; round++) {
      const ours = await download(address);
      const start = performance.now();
      const text = JSON.stringify(rows);
      const stringify = performance.now() - start;
      const sent = await download(plain.url);
      const oursPlain = await download(address, 'identity');
      const sentPlain = await download(plain.url, 'identity');
      if (round >= 0) {
        times.ours.push(ours.ms);
        times.stringify.push(stringify);
        times.sent.push(sent.ms);
        times.oursPlain.push(oursPlain.ms);
        times.sentPlain.push(sentPlain.ms);
      } else if (round === -1) {
        for (const { bytes } of [ours, oursPlain]) assert.equal(JSON.stringify(JSON.parse(bytes.toString())), text);
        for (const { bytes } of [sent, sentPlain]) assert.equal(bytes.toString(), text);
      }
    }
  } finally {
    plain.stop();
  }
  const [ours, oursPlain] = [summarizeTimes(times.ours), summarizeTimes(times.oursPlain)];
  const stringify = summarizeTimes(times.stringify);
  const name = `/api/blast-radius.json of ${rows.length} rows, to its last byte`;
  report.ratio(`${name}, beside JSON.stringify of the same rows`, ours, stringify);
  report.ratio('  the same, beside JSON.stringify of the same rows sent through Express and gzip', ours, summarizeTimes(times.sent));
  report.ratio('  without gzip, beside JSON.stringify of the same rows', oursPlain, stringify);
  report.ratio('  without gzip, beside JSON.stringify of the same rows sent through Express', oursPlain, summarizeTimes(times.sentPlain));
  return rows;
}

async function download(address: string, encoding = 'gzip'): Promise<{ readonly ms: number; readonly bytes: Buffer }> {
  const start = performance.now();
  const bytes = await (await fetch(address, { headers: { 'accept-encoding': encoding } })).arrayBuffer();
  return { ms: performance.now() - start, bytes: Buffer.from(bytes) };
}

const pageQuery = `query($input: BlastRadiusInput!, $first: Int!, $after: String) { blastRadius(input: $input) { artifacts(first: $first, after: $after) {
  pageInfo { endCursor hasNextPage }
  edges { node { artifact { id name type owner { id name } } tier basis portion { low high } isUsable likelihood worstCaseLossUsd weightedLossUsd wayCount
    ways(first: 1) { because } } } } } }`;

interface Page {
  readonly blastRadius: {
    readonly artifacts: {
      readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
      readonly edges: readonly {
        readonly node: { readonly artifact: { readonly id: string }; readonly ways: readonly { because: string }[] };
      }[];
    };
  };
}

async function benchPages(url: string, rows: readonly Row[], report: Report): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const [parsed, plain] = [[], []] as [number[], number[]];
  try {
    for (let round = 0, pages = 0; parsed.length < 200; round++) {
      const seen: Row[] = [];
      for (let after: string | null = null, hasMore = true; hasMore; ) {
        const variables = { input: { origins, widest }, first: pageSize, after };
        const start = performance.now();
        const page: Page = await ask(url, pageQuery, variables);
        const ms = performance.now() - start;
        const last = await takeBytes(agent, `${url}/graphql`, JSON.stringify({ query: pageQuery, variables }));
        if (++pages > pagesBefore) {
          parsed.push(ms);
          plain.push(last.ms);
        }
        if (round === 0) assert.deepEqual(JSON.parse(last.bytes.toString()).data, page);
        const { edges, pageInfo } = page.blastRadius.artifacts;
        for (const { node } of edges) seen.push({ artifact: node.artifact.id, because: node.ways[0]?.because ?? '' });
        after = pageInfo.endCursor;
        hasMore = pageInfo.hasNextPage;
      }
      if (round === 0)
        assert.deepEqual(
          seen,
          rows.map(({ artifact, because }) => ({ artifact, because })),
        );
    }
  } finally {
    agent.destroy();
  }
  const name = `GraphQL page of ${pageSize} rows of that radius, 14 fields and why`;
  const describe = (times: readonly number[]) => {
    const { median, p95, count } = summarizeTimes(times);
    return `p50 ${milliseconds(median)}, p95 ${milliseconds(p95)} (${count} pages, after ${pagesBefore})`;
  };
  report.line(`${name}, by fetch, with gzip and JSON.parse: ${describe(parsed)}`);
  report.line(`  the same, to its last byte, without gzip, as tools that load a server take it: ${describe(plain)}`);
}

/** Posts a body over a connection that stays open, and takes the answer as bytes without gzip. */
async function takeBytes(agent: Agent, address: string, body: string): Promise<{ readonly ms: number; readonly bytes: Buffer }> {
  const start = performance.now();
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'identity' };
  const asked = request(address, { method: 'POST', agent, headers }).end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const bytes = Buffer.concat(await answer.toArray());
  return { ms: performance.now() - start, bytes };
}
