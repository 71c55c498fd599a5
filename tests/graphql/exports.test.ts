import { parse } from 'csv-parse/sync';
import { parseRadiusQuery } from '../../server/http/routes/export-routes.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { importThrough } from './importing/import-through.ts';
import { Serving, smallWorld } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const query = 'origins=vendor&coreFrom=2025-06-01&coreTo=2025-06-30&maxHops=2&transferLikelihood=0.5';
const input = {
  origins: ['vendor'],
  core: { from: '2025-06-01T00:00:00Z', to: '2025-06-30T23:59:59.999Z' },
  options: { maxHops: 2, transferLikelihood: 0.5 },
};

async function read(
  path: string,
): Promise<{ csv: Record<string, string>[]; json: Record<string, unknown>[]; header: string[]; text: string }> {
  const text = await (await fetch(`${serving.url}/api/${path.replace('?', '.csv?')}`)).text();
  const json = (await (await fetch(`${serving.url}/api/${path.replace('?', '.json?')}`)).json()) as Record<string, unknown>[];
  const records = parse(text) as string[][];
  const header = records[0] ?? [];
  // Removes one leading ' from a cell, as the import does.
  const unquoted = (cell: string) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
  const csv = records.slice(1).map((record) => Object.fromEntries(record.map((cell, i) => [header[i] as string, unquoted(cell)])));
  return { csv, json, header, text };
}

/** The CSV cell of a JSON value. */
function toCell(value: unknown): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.map((item: string) => item.replace(/[;\\]/g, '\\$&')).join(';') : String(value);
}

describe('exports', () => {
  it('[I991] a list for people begins with a byte order mark, so that a spreadsheet reads accents; canonical files do not', async () => {
    const startOf = async (path: string) =>
      Buffer.from(await (await fetch(`${serving.url}/api/${path}`)).arrayBuffer())
        .subarray(0, 5)
        .toString('latin1');
    expect(await startOf(`blast-radius.csv?${query}`)).toBe('\u00ef\u00bb\u00bfar');
    expect(await startOf(`blast-radius.json?${query}`)).toMatch(/^\[/);
    expect(await startOf('holdings.csv?holder=vendor')).toBe('id,ar');
  });

  it('[G27] CSV, JSON and GraphQL give the same rows of a radius, unrounded', async () => {
    const { csv, json, header } = await read(`blast-radius?${query}`);
    expect(header.join()).toBe(
      'artifact,name,type,owner,tier,basis,portion_low,portion_high,exposed_low,exposed_high,is_usable,likelihood,weighted_share,worst_case_loss_usd,weighted_loss_usd,holders,assessment,because,records_low,records_high,bytes_low,bytes_high',
    );
    const { blastRadius } = await serving.get(
      `query($input: BlastRadiusInput!) { blastRadius(input: $input) { artifacts(first: 500) { edges { node { artifact { id name type owner { id } } tier basis portion { low high } exposedPortion { low high } isUsable likelihood weightedShare worstCaseLossUsd weightedLossUsd holders { edges { node { organization { id } } } } records { low high } bytes { low high } ways(first: 1) { because } assessment { state } } } } } }`,
      { input },
    );
    // biome-ignore lint/suspicious/noExplicitAny: rows as GraphQL answers them.
    const rows = blastRadius.artifacts.edges.map(({ node }: any) => ({
      artifact: node.artifact.id,
      name: node.artifact.name,
      type: node.artifact.type,
      owner: node.artifact.owner.id,
      tier: node.tier,
      basis: node.basis,
      portion_low: node.portion.low,
      portion_high: node.portion.high,
      exposed_low: node.exposedPortion.low,
      exposed_high: node.exposedPortion.high,
      is_usable: node.isUsable,
      likelihood: node.likelihood,
      weighted_share: node.weightedShare,
      worst_case_loss_usd: node.worstCaseLossUsd,
      weighted_loss_usd: node.weightedLossUsd,
      holders: node.holders.edges.map((edge: { node: { organization: { id: string } } }) => edge.node.organization.id),
      assessment: node.assessment?.state ?? null,
      because: node.ways[0].because,
      records_low: node.records.low,
      records_high: node.records.high,
      bytes_low: node.bytes.low,
      bytes_high: node.bytes.high,
    }));
    expect(rows.length).toBe(3);
    expect(json).toEqual(rows);
    expect(csv).toEqual(json.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toCell(value)]))));
  });

  it('[S437] [S438] a window ends with its last day, and a step of the worst case may be written with an exponent', () => {
    const { question, filter } = parseRadiusQuery(
      '/?coreFrom=0001-01-01&coreTo=9999-12-31&worstCaseSteps=1000000000000000&worstCaseSteps=2e%2B21',
    );
    expect(question.core).toEqual({ from: Date.parse('0001-01-01T00:00:00Z'), to: Date.parse('9999-12-31T23:59:59.999Z') });
    expect(filter.worstCaseSteps).toEqual([1e15, 2e21]);
    for (const wrong of ['1e400', '1e-3', '0.5', 'NaN', ''])
      expect(() => parseRadiusQuery(`/?worstCaseSteps=${wrong}`)).toThrow(`worstCaseSteps is "${wrong}"; expected 0, or 1, 2 or 5 times`);
  });

  it('[S442] the copies to recall and the dependents refuse a filter of artifacts, which would leave their rows whole', async () => {
    for (const list of ['other-copies.csv', 'dependents.json']) {
      const refused = await fetch(`${serving.url}/api/${list}?${query}&owners=lab-a`);
      expect(refused.status).toBe(400);
      expect((await refused.json()).errors[0].message).toMatch(/^The parameter "owners" is unknown; expected origins, suspected, incident/);
    }
  });

  it('[G828] [S1041] a radius is filtered by type, sensitivity, country and channel, and summed by them', async () => {
    const idsOf = async (filter: string) => (await read(`blast-radius?${query}&${filter}`)).json.map(({ artifact }) => artifact);
    expect(await idsOf('types=DATA_TAXONOMY')).toEqual(['taxonomy']);
    expect(await idsOf('minSensitivity=4&types=ANNOTATION_GUIDELINES&types=DATA_TAXONOMY')).toEqual(['guide']);
    expect(await idsOf('channels=sftp')).toEqual(['guide']);
    expect(await idsOf('sensitivities=5')).toEqual(await idsOf('minSensitivity=5'));
    expect(await idsOf('worstCaseSteps=0&sensitivities=1')).toEqual([]);
    expect(await idsOf('countries=NO')).toEqual([]);
    expect((await fetch(`${serving.url}/api/blast-radius.csv?${query}&types=RECIPE`)).status).toBe(400);
    expect((await fetch(`${serving.url}/api/blast-radius.csv?${query}&minSensitivity=9`)).status).toBe(400);
    for (const wrong of ['worstCaseSteps=300', 'worstCaseSteps=-1', 'sensitivities=6'])
      expect((await fetch(`${serving.url}/api/blast-radius.csv?${query}&${wrong}`)).status).toBe(400);
    const largest = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'query($input: BlastRadiusInput!) { blastRadius(input: $input) { artifacts(worstCaseSteps: [1.1e308]) { totalCount } } }',
        variables: { input },
      }),
    });
    expect((await largest.json()).errors[0].message).toContain(
      'worstCaseSteps has 1.1e+308; expected 0, or 1, 2 or 5 times a power of ten',
    );
    const asked = `query($input: BlastRadiusInput!) { blastRadius(input: $input) {
      artifacts(types: [DATA_TAXONOMY]) { totalCount }
      totals(types: [DATA_TAXONOMY]) { exposedCount possibleCount containedCount worstCaseLossUsd }
      labTiers(minSensitivity: 5) { artifactCount }
      all: totals { worstCaseLossUsd weightedLossUsd }
      byType: sums(by: TYPE) { key worstCaseLossUsd weightedLossUsd }
      bySensitivity: sums(by: SENSITIVITY, types: [DATA_TAXONOMY]) { key }
      byChannel: sums(by: CHANNEL) { key exposedCount possibleCount containedCount }
      byCountry: sums(by: COUNTRY) { key } } }`;
    const { blastRadius } = await serving.get(asked, { input });
    expect(blastRadius).toMatchObject({
      artifacts: { totalCount: 1 },
      labTiers: [{ artifactCount: 1 }],
      bySensitivity: [{ key: '3' }],
      byCountry: [{ key: null }],
    });
    expect(blastRadius.byChannel.map(({ key }: { key: string | null }) => key)).toEqual(['sftp', null]);
    const total = (figure: 'worstCaseLossUsd' | 'weightedLossUsd') =>
      blastRadius.byType.reduce((sum: number, one: Record<typeof figure, number>) => sum + one[figure], 0);
    expect(total('worstCaseLossUsd')).toBeCloseTo(blastRadius.all.worstCaseLossUsd, 6);
    expect(total('weightedLossUsd')).toBeCloseTo(blastRadius.all.weightedLossUsd, 6);
    const worst = blastRadius.byType.find(({ key }: { key: string }) => key === 'DATA_TAXONOMY').worstCaseLossUsd;
    expect(blastRadius.totals.worstCaseLossUsd).toBeCloseTo(worst, 6);
  });

  it('[G143] JSON objects have their keys in the order of the columns; an empty list is []', async () => {
    for (const path of [`blast-radius?${query}`, `other-copies?origins=vendor`, 'dependents?origins=sub', 'control-gaps?', 'findings?']) {
      const { json, header } = await read(path);
      expect(json.map(Object.keys)).toEqual(json.map(() => header));
    }
    expect(await read('other-copies?origins=lab-c')).toMatchObject({ json: [], csv: [] });
  });

  it('[G28] other copies and dependents are complete lists of the scalar fields', async () => {
    const copies = await read(`other-copies?origins=vendor&coreFrom=2025-06-01&coreTo=2025-06-30`);
    expect(copies.header.join()).toBe(
      'id,kind,artifact,holder,transfer,form,deletion_state,portion,fragments,confidence,definite_from,definite_until,possible_from,possible_until,rank,chain',
    );
    expect(copies.csv).toMatchObject([{ id: 't-2', holder: 'sub', rank: '2', chain: 't-1;t-2', definite_from: '2025-03-01' }]);
    expect(copies.json).toMatchObject([{ definite_from: '2025-03-01T00:00:00Z' }]);
    const dependents = await read('dependents?origins=sub');
    expect(dependents.csv).toEqual([
      { organization: 'lab-c', rank: '1', path: 'e-3', is_former: 'false', is_blind_spot: 'true' },
      { organization: 'vendor', rank: '1', path: 'e-2', is_former: 'false', is_blind_spot: 'false' },
      { organization: 'lab-a', rank: '2', path: 'e-1;e-2', is_former: 'false', is_blind_spot: 'false' },
    ]);
    expect((await read('dependents?origins=sub&blindSpotsOnly=true')).json).toHaveLength(1);
  });

  it('[G133] holdings are the transfers of the possibly held copies, and importing them again changes nothing', async () => {
    await serving.put({
      transfers: [
        {
          id: 't-5',
          artifact: 'guide',
          sender: 'lab-a',
          recipient: 'vendor',
          sentAt: '2025-02-01T00:00:00Z',
          deletionState: 'ATTESTED',
          deletedAt: '2025-03-01T00:00:00Z',
        },
        {
          id: 't-6',
          artifact: 'guide',
          sender: 'lab-a',
          recipient: 'vendor',
          sentAt: '2025-02-01T00:00:00Z',
          deletionState: 'VERIFIED',
          deletedAt: '2025-03-01T00:00:00Z',
        },
        { id: 't-7', artifact: 'guide', sender: 'lab-a', recipient: 'vendor', sentAt: '2999-02-01T00:00:00Z' },
        { id: 't-8', artifact: 'guide', sender: 'vendor', recipient: 'lab-a', sentAt: '2025-04-01T00:00:00Z' },
      ],
    });
    const get = async (search: string) => (await fetch(`${serving.url}/api/holdings.csv?${search}`)).text();
    const ids = (text: string) => (parse(text, { columns: true }) as { id: string }[]).map(({ id }) => id);
    const csv = await get('holder=vendor');
    expect(csv.split('\n')[0]).toBe(
      'id,artifact,sender,recipient,sent_at,portion,fragments,form,deletion_state,deleted_at,channel,engagement,confidence,records,bytes,asserted_at,source',
    );
    expect(ids(csv)).toEqual(['t-1', 't-3', 't-4', 't-5']);
    expect(ids(await get('holder=vendor&owner=lab-b'))).toEqual(['t-3']);
    expect(ids(await get('holder=lab-a'))).toEqual([]);
    const { revision } = await serving.get('{ revision }');
    const id = await importThrough([serving.url], csv, 'transfers.csv');
    const { import: imported } = await serving.get('query($id: ID!) { import(id: $id) { report { rows unchanged rejected } } }', { id });
    expect(imported.report).toEqual({ rows: 4, unchanged: 4, rejected: 0 });
    expect((await serving.get('{ revision }')).revision).toBe(revision);
  });

  it.each([
    ['', 400, /holder is missing/],
    ['holder=nobody', 404, /no organization "nobody"/],
    ['holder=vendor&owner=nobody', 404, /no organization "nobody"/],
    ['holder=vendor&lab=lab-a', 400, /The parameter "lab" is unknown; expected holder, owner/],
  ])('[G133] holdings of "%s" are refused in JSON', async (search, status, message) => {
    const response = await fetch(`${serving.url}/api/holdings.csv?${search}`);
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect([response.status, errors[0]?.message]).toEqual([status, expect.stringMatching(message)]);
  });

  it('[G29] a cell that a spreadsheet would run begins with a quote', async () => {
    const { text, csv } = await read(`blast-radius?${query}&orderBy=NAME`);
    expect(text).toContain(`"'=HYPERLINK(""x""),`);
    expect(text).toContain("''=taxonomy");
    expect(csv.map(({ name }) => name)).toEqual(["'=taxonomy", '=HYPERLINK("x"), "guide"', 'Évaluation']);
  });

  it('[G30] the filters and orders of the list hold for the export', async () => {
    const ids = async (more: string) => (await read(`blast-radius?${query}&${more}`)).csv.map(({ artifact }) => artifact);
    expect(await ids('tiers=CONTAINED')).toEqual(['eval']);
    expect(await ids('owners=lab-b')).toEqual(['eval']);
    expect(await ids('text=HYPER')).toEqual(['guide']);
    expect(await ids('orderBy=OWNER')).toEqual(['eval', 'guide', 'taxonomy']);
    expect(await ids('orderBy=WORST_CASE_LOSS')).toEqual(['guide', 'taxonomy', 'eval']);
  });

  it.each([
    ['origins=nobody', 404, 'NOT_FOUND'],
    ['', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&coreFrom=2025-06-01', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&coreFrom=2025-06-02&coreTo=2025-06-01', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&maxHops=3.5', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&tiers=WORST', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&knownAt=yesterday', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&colour=red', 400, 'BAD_USER_INPUT'],
    ['origins=vendor&maxHops=1&maxHops=2', 400, 'BAD_USER_INPUT'],
  ])('[G31] the query "%s" is refused in JSON', async (search, status, code) => {
    const response = await fetch(`${serving.url}/api/blast-radius.csv?${search}`);
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([status, code]);
  });
});
