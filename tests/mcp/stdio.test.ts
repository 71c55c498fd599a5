import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Tokens } from '../../server/auth/tokens.ts';
import { readingTools } from '../../server/mcp/tools.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { builtProgram, root } from '../cli/run-exposure.ts';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Assistant } from './assistant.ts';

const serving = new Serving();
const environment = (more: NodeJS.ProcessEnv = {}) => ({ ...process.env, ...serving.environment(), ...more }) as Record<string, string>;

async function connect(args: readonly string[], env: Record<string, string>): Promise<Assistant> {
  const client = new Client({ name: 'tests', version: '1' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [builtProgram(), 'mcp', ...args], env, cwd: root, stderr: 'pipe' }),
  );
  await client.listTools();
  return new Assistant(client);
}

async function makeToken(name: string, role: 'VIEWER' | 'ANALYST'): Promise<string> {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  try {
    return await new Tokens(store).create({ name, role, canExport: false, labs: null, expiresAt: Date.now() + 3_600_000 }, Date.now());
  } finally {
    await store.close();
  }
}

const readTrail = () => readFileSync(join(serving.folder, 'data', 'audit.jsonl'), 'utf8');

beforeAll(() => serving.start({ demo: true }));
afterAll(() => serving.stopAndDelete());

describe('exposure mcp', () => {
  it('[C950] speaks on stdin and stdout beside a running server, sees what that writes, and records each call', async () => {
    const assistant = await connect([], environment({ EXPOSURE_PUBLIC_URL: 'https://exposure.example.org' }));
    const overHttp = await Assistant.connect(serving.url);
    const args = { incident: 'INC-02' };
    const [here, there] = [await assistant.get('blast_radius', args), await overHttp.get('blast_radius', args)];
    const comparable = ({ answer: { blastRadius }, ...rest }: typeof here) => ({
      ...rest,
      url: null,
      answer: { ...blastRadius, answeredAt: null },
    });
    expect(comparable(here)).toEqual(comparable(there));
    expect(here.url).toBe('https://exposure.example.org/blast?incident=INC-02');
    await serving.put({ organizations: [{ id: 'brand-new', name: 'Brand New', roles: ['VENDOR'] }] });
    const found = await assistant.get('describe', { organization: 'brand-new' });
    expect([found.revision, found.answer.organization.name]).toEqual([7, 'Brand New']);
    await assistant.close();
    await overHttp.close();
    expect(readTrail()).toMatch(
      /"by":"local","from":"command line","action":"mcp describe","subject":"organization brand-new","outcome":"ok"/,
    );
  });

  it('[C960] ends without an error in its log when its client leaves before an answer', async () => {
    const child = spawn(process.execPath, [builtProgram(), 'mcp'], { env: environment(), cwd: root });
    let err = '';
    child.stderr.on('data', (piece) => {
      err += piece;
    });
    const client = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'tests', version: '1' } };
    const call = { name: 'blast_radius', arguments: { incident: 'INC-02' } };
    for (const message of [
      { id: 1, method: 'initialize', params: client },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: call },
    ])
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    child.stdin.end();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(err).toBe('');
  });

  it('[C951] asks another server with --url, with the rights of EXPOSURE_TOKEN', async () => {
    const token = await makeToken('assistant', 'VIEWER');
    await serving.stop();
    await serving.start({ environment: { EXPOSURE_AUTH: 'required', EXPOSURE_MCP_WRITES: 'notes' } });
    const assistant = await connect(['--url', serving.url], environment({ EXPOSURE_TOKEN: token }));
    const { tools } = await assistant.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(readingTools.map(({ name }) => name));
    expect((await assistant.call('blast_radius', { incident: 'INC-02' })).text).toContain('14 exposed, 6 possible and 5 contained');
    const refused = await assistant.call('add_incident_note', { incident: 'INC-02', text: 'x' });
    expect([refused.isError, refused.data.error.code]).toEqual([true, 'FORBIDDEN']);
    await expect(assistant.call('nothing')).rejects.toMatchObject({ code: -32602, data: { code: 'NOT_FOUND' } });
    await assistant.close();
    expect(readTrail()).toMatch(
      /"by":"assistant","from":"127.0.0.1","action":"mcp blast_radius","subject":"incident INC-02[^"]*","outcome":"ok"/,
    );
    for (const [args, env, sentence] of [
      [['--url', serving.url], { EXPOSURE_TOKEN: 'wrong' }, /Assistants need a token that expires/],
      [['--url', 'http://127.0.0.1:1'], {}, /The server at http:\/\/127.0.0.1:1 cannot be reached/],
      [['--url', 'exposure.example.org'], {}, /--url is "exposure.example.org"; expected the address/],
    ] as const) {
      const child = spawn(process.execPath, [builtProgram(), 'mcp', ...args], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
      let [out, err] = ['', ''];
      child.stdout.on('data', (piece) => {
        out += piece;
      });
      child.stderr.on('data', (piece) => {
        err += piece;
      });
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect({ out, code: code === 1 || code === 2 }).toEqual({ out: '', code: true });
      expect(err).toMatch(sentence);
    }
  });

  it('[C952] prints names and schemas of the tools, those that write where they are turned on', () => {
    const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
      execFileSync(process.execPath, [builtProgram(), 'mcp', 'tools', ...args], { cwd: root, encoding: 'utf8', env: environment(more) });
    const text = run([]);
    for (const { name, title } of readingTools) expect(text).toContain(`${name}: ${title}`);
    expect(text).not.toContain('add_incident_note');
    const listed = JSON.parse(run(['--json'], { EXPOSURE_MCP_WRITES: 'notes' })) as {
      name: string;
      inputSchema: object;
      outputSchema: object;
    }[];
    expect(listed.map(({ name }) => name)).toEqual([...readingTools.map(({ name }) => name), 'add_incident_note', 'draft_incident']);
    expect(listed.every(({ inputSchema, outputSchema }) => 'properties' in inputSchema && 'properties' in outputSchema)).toBe(true);
  });
});
