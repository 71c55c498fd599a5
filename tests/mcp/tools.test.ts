import { ProtocolError } from '@modelcontextprotocol/client';
import { toolRights } from '../../server/auth/rights.ts';
import { listTools } from '../../server/mcp/tools.ts';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Assistant, type Revision } from './assistant.ts';

const serving = new Serving();
let assistant: Assistant;

beforeAll(async () => {
  await serving.start({ demo: true, environment: { EXPOSURE_MCP_WRITES: 'notes' } });
  assistant = await Assistant.connect(serving.url);
});
afterAll(async () => {
  await assistant.close();
  await serving.stopAndDelete();
});

const widest = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };

const names = [
  ...['find', 'describe', 'blast_radius', 'explain', 'who_could_leak', 'whom_to_ask', 'compare', 'what_if', 'best_cuts', 'ranking'],
  ...['findings', 'incident', 'add_incident_note', 'draft_incident'],
];

/** Every tool with arguments that the demo world answers. */
const examples: readonly [name: string, args: Record<string, unknown>][] = [
  ['find', { text: 'quill' }],
  ['describe', { organization: 'quillmark' }],
  ['describe', { artifact: 'a-pref-p4' }],
  ['describe', { transfer: 'T-0106' }],
  ['blast_radius', { incident: 'INC-02' }],
  ['blast_radius', { origins: ['quillmark'], widest, tiers: ['EXPOSED'], owners: ['aurelis'] }],
  ['explain', { incident: 'INC-02', artifact: 'a-pref-p4' }],
  ['who_could_leak', { artifact: 'a-pref-p4', widest }],
  ['whom_to_ask', { incident: 'INC-02' }],
  ['compare', { before: { incident: 'INC-02' }, after: { origins: ['quillmark'], widest } }],
  ['what_if', { incident: 'INC-02', actions: [{ recall: { holder: 'quillmark', at: '2026-09-18T00:00:00Z' } }] }],
  ['best_cuts', { incident: 'INC-02', budget: 2 }],
  ['ranking', { of: 'organizations', widest }],
  ['ranking', { of: 'artifacts', widest }],
  ['ranking', { of: 'shared_holders' }],
  ['ranking', { of: 'concentration' }],
  ['findings', {}],
  ['findings', { of: 'control_gaps' }],
  ['incident', {}],
  ['incident', { incident: 'INC-02' }],
  ['incident', { advisory: 'MAL-2026-990924' }],
  ['draft_incident', { name: 'Another one', origins: ['quillmark'], widest }],
];

const codeOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProtocolError)) throw new Error(`Expected an error of the protocol: ${JSON.stringify(error)}`);
  return { code: error.code, data: error.data, message: error.message };
};

describe('the MCP server', () => {
  for (const revision of ['2026-07-28', '2025-11-25'] as Revision[]) {
    it(`[G950] speaks revision ${revision} without sessions: tools in a fixed order, each with schemas, and a right of its own`, async () => {
      const other = await Assistant.connect(serving.url, { revision });
      const { tools } = await other.client.listTools();
      expect(tools.map(({ name }) => name)).toEqual(names);
      expect(Object.keys(toolRights)).toEqual(names);
      for (const { name, description, inputSchema, outputSchema, annotations } of tools) {
        expect({ name, in: inputSchema.type, out: outputSchema?.type }).toEqual({ name, in: 'object', out: 'object' });
        expect(description?.length).toBeGreaterThan(60);
        expect(annotations?.readOnlyHint).toBe(!['add_incident_note', 'draft_incident'].includes(name));
      }
      const { text, isError } = await other.call('blast_radius', { incident: 'INC-02' });
      expect(isError).toBe(false);
      expect(text).toContain(
        '14 exposed, 6 possible and 5 contained artifacts; 4 labs affected, 1 blind spot; worst-case loss $53,200,000',
      );
      await other.close();
    });
  }

  it('[G951] names revision, page, lower bound and totals in each result, which fits its output schema and the budget', async () => {
    for (const [name, args] of examples) {
      const { data, text, isError } = await assistant.call(name, args);
      expect({ name, args, isError }).toEqual({ name, args, isError: false });
      expect(data.revision).toBe(6);
      expect(data.url).toMatch(new RegExp(`^${serving.url}/`));
      expect(data.lowerBound).toContain('at least this much');
      expect(text).toContain(data.url);
      expect(Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(text)).toBeLessThanOrEqual(24_000);
    }
    expect(new Set(examples.map(([name]) => name)).size).toBe(names.length - 1);
  });

  it('[G952] gives candidates for a name that nobody has, and asks for a missing window', async () => {
    const unknown = await assistant.call('blast_radius', { origins: ['quillmrk'], widest });
    expect(unknown.isError).toBe(true);
    expect(unknown.data.error.code).toBe('NOT_FOUND');
    expect(unknown.data.unknown).toEqual([
      { given: 'quillmrk', kind: 'organization', candidates: [{ id: 'quillmark', name: 'Quillmark', matched: 'name' }] },
    ]);
    for (const [name, args] of [
      ['describe', { organization: 'Quillmark' }],
      ['whom_to_ask', { origins: ['Quillmark'], widest }],
      ['what_if', { incident: 'INC-02', actions: [{ suspend: { organization: 'Quillmark', at: widest.from } }] }],
      ['explain', { incident: 'INC-02', artifact: 'Preference scheme P4' }],
      ['who_could_leak', { artifact: 'Preference scheme P4', widest }],
      ['incident', { incident: 'Quillmark: credentials taken' }],
      ['add_incident_note', { incident: 'Quillmark: credentials taken', text: 'x' }],
    ] as const) {
      const { data, isError } = await assistant.call(name, args);
      expect({ name, isError, code: data.error?.code }).toEqual({ name, isError: true, code: 'NOT_FOUND' });
      expect(data.unknown[0].candidates.length).toBeGreaterThan(0);
    }
    for (const [name, args] of [
      ['blast_radius', { origins: ['quillmark'] }],
      ['explain', { origins: ['quillmark'], artifact: 'a-pref-p4' }],
      ['whom_to_ask', { origins: ['quillmark'] }],
      ['best_cuts', { origins: ['quillmark'] }],
      ['compare', { before: { origins: ['quillmark'] }, after: { incident: 'INC-02' } }],
      ['what_if', { origins: ['quillmark'], actions: [] }],
      ['who_could_leak', { artifact: 'a-pref-p4' }],
      ['ranking', { of: 'organizations' }],
      ['draft_incident', { name: 'x', origins: ['quillmark'] }],
    ] as const) {
      const { data, isError } = await assistant.call(name, args);
      expect({ name, isError, code: data.error?.code }).toEqual({ name, isError: true, code: 'WINDOW_NEEDED' });
      expect(data.incidents.map(({ id }: { id: string }) => id)).toContain('INC-02');
    }
  });

  it('[G952] asks for the window of an incident that has none, and never takes now', async () => {
    const { saveIncident } = await serving.get(
      'mutation { saveIncident(input: { name: "Without windows", origins: ["quillmark"] }) { incident { id } } }',
    );
    const { id } = saveIncident.incident;
    for (const args of [{ incident: id }, { incident: id, knownAt: '2030-01-01T00:00:00Z' }]) {
      expect((await assistant.call('blast_radius', args)).data.error.code).toBe('WINDOW_NEEDED');
      expect((await assistant.call('compare', { before: args, after: { incident: 'INC-02' } })).data.error.code).toBe('WINDOW_NEEDED');
    }
    expect((await assistant.call('blast_radius', { incident: id, widest })).isError).toBe(false);
    await serving.get('mutation($id: ID!) { deleteIncident(input: { id: $id }) { deletedId } }', { id });
  });

  it('[G953] refuses unknown tools and arguments with -32602, our code and a sentence, and answers a wrong value in the words of the API', async () => {
    const unknown = await codeOf(assistant.call('delete_everything'));
    expect(unknown).toEqual({
      code: -32602,
      data: { code: 'NOT_FOUND' },
      message: expect.stringContaining('There is no tool "delete_everything"'),
    });
    for (const [name, args, sentence] of [
      ['find', {}, 'find does not take these arguments: text:'],
      ['find', { text: 'x', limit: 5 }, 'find does not take these arguments: '],
      ['blast_radius', { incident: 'INC-02', origins: 'quillmark' }, 'blast_radius does not take these arguments: origins:'],
      ['describe', { organization: 'quillmark', artifact: 'a-pref-p4' }, 'Exactly one of organization, artifact and transfer. '],
    ] as const)
      expect(await codeOf(assistant.call(name, args))).toEqual({
        code: -32602,
        data: { code: 'BAD_USER_INPUT' },
        message: expect.stringContaining(sentence),
      });
    const query = 'query($input: BlastRadiusInput!) { blastRadius(input: $input) { revision } }';
    for (const input of [
      { origins: ['quillmark'], widest: { from: widest.to, to: widest.from } },
      { origins: Array.from({ length: 1001 }, (_, i) => `o${i}`), widest },
      { origins: ['quillmark'], widest, options: { maxHops: 11 } },
    ]) {
      const { errors } = await serving.ask(query, { input });
      const { data, isError } = await assistant.call('blast_radius', input);
      expect(isError).toBe(true);
      expect(data.error).toEqual({ code: errors?.[0]?.extensions.code, message: errors?.[0]?.message });
    }
  });

  it('[S458] gives candidates for a lab that only filters rows, and does not answer with an empty list', async () => {
    for (const [name, args] of [
      ['blast_radius', { incident: 'INC-02', owners: ['aurelis', 'Aurelis'] }],
      ['ranking', { of: 'artifacts', widest, owners: ['Aurelis'] }],
    ] as const) {
      const { data, isError } = await assistant.call(name, args);
      expect({ name, isError, code: data.error?.code }).toEqual({ name, isError: true, code: 'NOT_FOUND' });
      expect(data.unknown).toEqual([
        { given: 'Aurelis', kind: 'organization', candidates: expect.arrayContaining([expect.objectContaining({ id: 'aurelis' })]) },
      ]);
    }
  });

  it('[S459] refuses an argument that belongs to another `of`, and names that one', async () => {
    for (const [name, args, sentence] of [
      ['ranking', { of: 'shared_holders', widest }, 'widest: of=shared_holders does not take it, but of=organizations and of=artifacts.'],
      ['ranking', { of: 'organizations', widest, owners: ['aurelis'] }, 'owners: of=organizations does not take it, but of=artifacts.'],
      ['findings', { minSensitivity: 4 }, 'minSensitivity: of=findings does not take it, but of=control_gaps.'],
      ['findings', { of: 'control_gaps', kinds: ['STALE'] }, 'kinds: of=control_gaps does not take it, but of=findings.'],
    ] as const)
      expect(await codeOf(assistant.call(name, args))).toEqual({
        code: -32602,
        data: { code: 'BAD_USER_INPUT' },
        message: expect.stringContaining(sentence),
      });
  });

  it('[S468] counts all ways in to an artifact, also those that it does not show', async () => {
    const { answer } = await assistant.get('blast_radius', { incident: 'INC-02' });
    const rows = answer.blastRadius.artifacts.rows;
    expect(rows.map(({ ways }: { ways: { total: number } }) => ways.total)).toEqual(
      rows.map(({ wayCount }: { wayCount: number }) => wayCount),
    );
    expect(rows.some(({ ways }: { ways: { total: number; shown: number } }) => ways.shown < ways.total)).toBe(true);
  });

  it('[G954] writes nothing but notes, and only where EXPOSURE_MCP_WRITES allows it', async () => {
    const before = await serving.get('{ revision incidents { totalCount } }');
    const draft = await assistant.get('draft_incident', { name: 'Another one', origins: ['quillmark'], widest });
    expect(draft.asked.saveIncidentInput).toEqual({ name: 'Another one', origins: ['quillmark'], widest });
    expect(draft.url).toBe(`${serving.url}/incidents/new?o=quillmark`);
    expect(await serving.get('{ revision incidents { totalCount } }')).toEqual(before);
    await assistant.get('add_incident_note', { incident: 'INC-02', text: 'The vendor answered.' });
    const { incident } = await serving.get('{ incident(id: "INC-02") { entries(first: 1) { edges { node { text } } } } }');
    expect(incident.entries.edges[0].node.text).toContain('The vendor answered.');
    expect(listTools(false).map(({ name }) => name)).toEqual(names.slice(0, 12));
    const other = new Serving();
    await other.start({ demo: true });
    const reading = await Assistant.connect(other.url);
    expect((await reading.client.listTools()).tools.map(({ name }) => name)).toEqual(names.slice(0, 12));
    expect(await codeOf(reading.call('add_incident_note', { incident: 'INC-02', text: 'x' }))).toMatchObject({ code: -32602 });
    await reading.close();
    await other.stopAndDelete();
  });

  it('[G955] has the concepts and the semantics as resources, and no prompts', async () => {
    const { resources } = await assistant.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(['exposure://docs/concepts', 'exposure://docs/semantics']);
    const { contents } = await assistant.client.readResource({ uri: 'exposure://docs/semantics' });
    expect((contents[0] as { text: string }).text).toContain('# What the words mean');
    expect(await codeOf(assistant.client.readResource({ uri: 'file:///etc/passwd' }))).toMatchObject({ code: -32602 });
    expect(assistant.client.getServerCapabilities()).toEqual({ tools: {}, resources: {} });
  });

  it('[G951] cuts whole rows, says so, and keeps totals and figures', async () => {
    const small = new Serving(serving.folder);
    const whole = await assistant.get('findings', { asOf: widest.to });
    await serving.stop();
    await small.start({ environment: { EXPOSURE_MCP_BUDGET: '8000', EXPOSURE_MCP_WRITES: 'notes' } });
    const other = await Assistant.connect(small.url);
    for (const [name, args] of examples) {
      const { data, text, isError } = await other.call(name, args);
      expect({ name, isError }).toEqual({ name, isError: false });
      expect({ name, fits: Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(text) <= 8000 }).toEqual({ name, fits: true });
    }
    const { data, text } = await other.call('findings', { asOf: widest.to });
    const { findings } = data.answer;
    expect(findings.total).toBe(whole.answer.findings.total);
    expect(findings.rows).toEqual(whole.answer.findings.rows.slice(0, findings.shown));
    expect(findings.shown).toBeLessThan(findings.total);
    expect(data.cut).toContain(`${findings.shown} of ${findings.total} rows of findings`);
    expect(text).toContain(data.cut);
    await other.close();
    await small.stop();
    await serving.start({ environment: { EXPOSURE_MCP_WRITES: 'notes' } });
  });
});
