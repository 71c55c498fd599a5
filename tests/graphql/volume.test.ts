import { Assistant } from '../mcp/assistant.ts';
import { readPdf } from '../support/answers/pdf-text.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const serving = new Serving();
const volumes = 'records { low high isUnknown } bytes { low high isUnknown }';
const input = { origins: ['vendor', 'sub'], core: summer2025 };
const askRadius = `query($input: BlastRadiusInput!) { blastRadius(input: $input) {
  artifacts { edges { node { artifact { id } tier ${volumes} } } }
  totals { records { low high unknownCount } bytes { low high unknownCount } } } }`;

/** The volumes of each artifact, by id, and their sums. */
// biome-ignore lint/suspicious/noExplicitAny: rows of an answer.
async function readVolumes(asked: any = input): Promise<any> {
  const { blastRadius } = await serving.get(askRadius, { input: asked });
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const rows = blastRadius.artifacts.edges.map(({ node: { artifact, records, bytes } }: any) => [artifact.id, { records, bytes }]);
  return { ...Object.fromEntries(rows), totals: blastRadius.totals };
}

const nothing = { low: 0, high: 0, isUnknown: false };

beforeAll(async () => {
  await serving.start();
  const [guide, onward, sealed, taxonomy] = smallWorld.transfers;
  const transfers = [{ ...guide, records: 2500, bytes: 1e9 }, { ...onward, records: 40 }, { ...sealed, records: 7, bytes: 7 }, taxonomy];
  await serving.put({ ...smallWorld, transfers });
});
afterAll(() => serving.stopAndDelete());

describe('what transfers carried', () => {
  it('[G540] is answered as stated, and null where nothing is stated', async () => {
    const { transfers } = await serving.get('{ transfers { edges { node { id records bytes } } } }');
    const nodes = transfers.edges.map(({ node }: { node: object }) => node);
    expect(nodes).toHaveLength(4);
    expect(nodes).toEqual(
      expect.arrayContaining([
        { id: 't-1', records: 2500, bytes: 1e9 },
        { id: 't-2', records: 40, bytes: null },
        { id: 't-3', records: 7, bytes: 7 },
        { id: 't-4', records: null, bytes: null },
      ]),
    );
  });

  it('[G541] sums the readable copies of each artifact in a radius; unreadable ones and the owner’s carry nothing', async () => {
    const found = await readVolumes();
    expect(found.guide).toEqual({
      records: { low: 2500, high: 2540, isUnknown: false },
      bytes: { low: 1e9, high: 1e9, isUnknown: true },
    });
    expect(found.taxonomy).toEqual({ records: { ...nothing, isUnknown: true }, bytes: { ...nothing, isUnknown: true } });
    expect(found.eval).toEqual({ records: nothing, bytes: nothing });
    expect(found.totals).toEqual({
      records: { low: 2500, high: 2540, unknownCount: 1 },
      bytes: { low: 1e9, high: 1e9, unknownCount: 2 },
    });
    const { guide, eval: owned } = await readVolumes({ origins: ['lab-a', 'lab-b'], core: summer2025, options: { maxHops: 0 } });
    expect(guide).toEqual({ records: nothing, bytes: nothing });
    expect(owned).toEqual({ records: nothing, bytes: nothing });
  });

  it('[G541] counts a copy once that a scenario encrypts within the windows', async () => {
    const at = '2025-06-10T00:00:00Z';
    const { whatIf } = await serving.get(
      `query($input: BlastRadiusInput!, $actions: [ActionInput!]!) { whatIf(input: $input, actions: $actions) {
        scenario { artifacts(ids: ["guide"]) { edges { node { wayCount ${volumes} } } } } } }`,
      { input, actions: [{ encrypt: { holder: 'vendor', at } }] },
    );
    expect(whatIf.scenario.artifacts.edges[0].node).toEqual({
      wayCount: 3,
      records: { low: 2500, high: 2540, isUnknown: false },
      bytes: { low: 1e9, high: 1e9, isUnknown: true },
    });
  });

  it('[S450] the executive report and the assistants’ radius say what the radius adds up to, as at least where a copy states no number', async () => {
    const { saveIncident } = await serving.get('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }', {
      input: { name: 'Carried', ...input },
    });
    const { id } = saveIncident.incident;
    const words = 'The readable copies carried at least 2,500 items, at least 1,000,000,000 bytes.';
    const pdf = await fetch(`${serving.url}/api/incident-report.pdf?incident=${id}`);
    expect(readPdf(Buffer.from(await pdf.arrayBuffer())).pages[0]).toContain(words.replaceAll(' ', ''));
    const assistant = await Assistant.connect(serving.url);
    const { data, text } = await assistant.call('blast_radius', { incident: id });
    expect(text).toContain(words);
    expect(data.answer.blastRadius.totals).toEqual((await readVolumes()).totals);
    const explained = await assistant.call('explain', { incident: id, artifact: 'guide' });
    expect(explained.data.answer.blastRadius.artifacts.rows[0]).toMatchObject((await readVolumes()).guide);
    await assistant.close();
  });

  it('[S439] an amount above 1e18 is refused, and with the largest amounts every figure is a number', async () => {
    const put = async (most: number) => {
      const [first] = smallWorld.transfers;
      const [guide] = smallWorld.artifacts;
      const ids = ['large-1', 'large-2', 'large-3'];
      const artifacts = ids.map((id) => ({ ...guide, id, valueLowUsd: most / 10_000, valueHighUsd: most }));
      const transfers = ids.map((id) => ({ ...first, id: `t-${id}`, artifact: id, records: most, bytes: most }));
      const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';
      return (await serving.get(put, { input: { artifacts, transfers } })).putFacts.userErrors;
    };
    expect((await put(2e18))[0].message).toBe(
      'The value_high_usd "2000000000000000000" cannot be taken: expected a number above 0 to 1000000000000000000.',
    );
    expect(await put(1e18)).toEqual([]);
    const asked = `query($input: BlastRadiusInput!) {
      blastRadius(input: $input) {
        totals { worstCaseLossUsd weightedLossUsd records { high } bytes { high } } sums(by: WORST_CASE) { key }
        labs { edges { node { worstCaseLossUsd } } }
        simulation(runs: 100) { meanUsd standardErrorUsd p95Usd exceedance { lossUsd } }
      }
      bestCuts(input: $input) { removedWeightedLossUsd }
      ranking { edges { node { weightedLossUsd } } }
      concentration { edges { node { herfindahlIndex holders { share } } } }
      organization(id: "vendor") { custody { meanValueUsd } }
    }`;
    const answer = await serving.get(asked, { input });
    expect(answer.blastRadius.totals.worstCaseLossUsd).toBeGreaterThanOrEqual(3e18);
    const save = 'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } userErrors { message } } }';
    const { id } = (await serving.get(save, { input: { name: 'Large', ...input } })).saveIncident.incident;
    for (const path of [`incident-report.pdf?incident=${id}`, `notification-pack.pdf?incident=${id}&lab=lab-a`])
      expect([path, (await fetch(`${serving.url}/api/${path}`)).status]).toEqual([path, 200]);
    const retract = 'mutation($input: RetractFactsInput!) { retractFacts(input: $input) { userErrors { message } } }';
    const ids = ['large-1', 'large-2', 'large-3'];
    const facts = { artifacts: ids, transfers: ids.map((one) => `t-${one}`) };
    expect((await serving.get(retract, { input: facts })).retractFacts.userErrors).toEqual([]);
  });

  it('[G542] a number of 0 or less is refused, and a retracted field is unknown again', async () => {
    const [first] = smallWorld.transfers;
    const put = async (more: object) =>
      (
        await serving.get('mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { code path message } } }', {
          input: { transfers: [{ ...first, id: 't-9', ...more }] },
        })
      ).putFacts.userErrors;
    expect(await put({ records: 0 })).toMatchObject([{ code: 'BAD_VALUE', message: expect.stringMatching(/records.*0.*above 0/) }]);
    expect(await put({ bytes: -5 })).toMatchObject([{ code: 'BAD_VALUE' }]);
    const records = async () => (await serving.get('{ transfer(id: "t-9") { records } }')).transfer?.records;
    expect(await put({ records: 12.5 })).toEqual([]);
    expect(await records()).toBe(12.5);
    expect(await put({})).toEqual([]);
    expect(await records()).toBeNull();
  });
});

describe('the cause of an incident', () => {
  it('[G543] is kept, told in the history and in packs, and changes no answer', async () => {
    const save = async (more: object) =>
      (
        await serving.get(
          `mutation($input: SaveIncidentInput!) { saveIncident(input: $input) {
            incident { id cause entries(first: 1) { edges { node { text } } } } userErrors { message } } }`,
          { input: { name: 'Break-in', origins: ['vendor'], widest: summer2025, ...more } },
        )
      ).saveIncident.incident;
    const opened = await save({});
    expect(opened.cause).toBe('UNKNOWN');
    const changed = await save({ id: opened.id, cause: 'THIRD_PARTY' });
    expect(changed).toMatchObject({
      cause: 'THIRD_PARTY',
      entries: { edges: [{ node: { text: 'Cause: not known → a failure at a third party.' } }] },
    });
    const pack = await fetch(`${serving.url}/api/notification-pack.md?incident=${opened.id}&lab=lab-a`);
    const packText = await pack.text();
    expect(packText).toContain('Cause: a failure at a third party.');
    expect(packText).toContain('These copies carried at least 2,500 items, at least 1,000,000,000 bytes.');
    expect((await save({ id: opened.id })).cause).toBe('THIRD_PARTY');
    expect((await save({ id: opened.id, cause: null })).cause).toBe('UNKNOWN');
  });
});
