import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readingTools } from '../../server/mcp/tools.ts';
import type { WorldSize } from './large-world.ts';
import { importInto, pause, startOwnServer } from './own-server.ts';
import { type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

const rounds = 60;
const roundsBefore = 20;
const widest = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };
const budget = 24_000;

/** Tools beside the operations that they ask, each over HTTP, one after the other. */
export async function benchAssistants(size: WorldSize, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    await writeWorldFiles(size, join(folder, 'world'));
    importInto(folder, join(folder, 'world'));
    await benchMemory(folder, report);
    const server = await startOwnServer(folder);
    try {
      const ids = await readIds(server.url);
      const radius = { origins: [ids.organization], widest };
      for (const [name, args] of [
        ['find', { text: ids.organization }],
        ['describe', { organization: ids.organization }],
        ['blast_radius', radius],
        ['explain', { ...radius, artifact: ids.artifact }],
        ['who_could_leak', { artifact: ids.artifact, widest }],
        ['whom_to_ask', radius],
      ] as const)
        await benchTool(server.url, name, args, report);
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The memory that the protocol adds to a server that has answered the same question over GraphQL before. Both times without garbage. */
async function benchMemory(folder: string, report: Report): Promise<void> {
  const server = await startOwnServer(folder, undefined, { NODE_OPTIONS: `--import=${new URL('collect-garbage.mjs', import.meta.url)}` });
  try {
    const settled = async () => {
      await pause(5000);
      return server.resident();
    };
    for (let round = 0; round < roundsBefore; round++) await post(`${server.url}/graphql`, operationOf('find', { text: 'org' }));
    const before = await settled();
    await send(server.url, 'find', { text: 'org' });
    report.line(`The first call of an assistant loads the protocol: ${((await settled()) - before).toFixed(1)} MB more`);
  } finally {
    server.stop();
  }
}

async function readIds(url: string): Promise<{ readonly organization: string; readonly artifact: string }> {
  const query = `{ transfers(first: 1) { edges { node { recipient { id } artifact { id } } } } }`;
  const { data } = (await post(`${url}/graphql`, { query })) as {
    data: { transfers: { edges: [{ node: { recipient: { id: string }; artifact: { id: string } } }] } };
  };
  const [{ node }] = data.transfers.edges;
  return { organization: node.recipient.id, artifact: node.artifact.id };
}

async function benchTool(url: string, name: string, args: Record<string, unknown>, report: Report): Promise<void> {
  const operation = operationOf(name, args);
  const [called, asked] = [[] as number[], [] as number[]];
  for (let round = -roundsBefore; round < rounds; round++) {
    const begun = performance.now();
    await send(url, name, args);
    const between = performance.now();
    const { errors } = (await post(`${url}/graphql`, operation)) as { errors?: unknown };
    assert.equal(errors, undefined);
    if (round < 0) continue;
    called.push(between - begun);
    asked.push(performance.now() - between);
  }
  const [ours, others] = [summarizeTimes(called), summarizeTimes(asked)];
  report.ratio(`The tool ${name}, beside its operation over GraphQL`, ours, others);
  report.line(`  at p95 ratio ${(ours.p95 / others.p95).toFixed(2)}`);
}

/** The request that asks GraphQL what a call of a tool asks. */
function operationOf(name: string, args: Record<string, unknown>): { readonly query: string; readonly variables: object } {
  const tool = readingTools.find((each) => each.name === name);
  assert(tool);
  const question = tool.ask(args, Math.ceil(budget / 150), Date.now());
  assert('operation' in question);
  return { query: question.operation, variables: question.variables };
}

const revision = '2026-07-28';

async function send(url: string, name: string, args: object): Promise<void> {
  const meta = { 'io.modelcontextprotocol/protocolVersion': revision, 'io.modelcontextprotocol/clientCapabilities': {} };
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args, _meta: meta } };
  const headers = { 'mcp-protocol-version': revision, 'mcp-method': 'tools/call', 'mcp-name': name };
  const { result } = (await post(`${url}/mcp`, body, headers)) as { result: { isError?: boolean } };
  assert.equal(result.isError, undefined);
}

async function post(address: string, body: object, more: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...more },
    body: JSON.stringify(body),
  });
  return response.json();
}
