import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld, summer2025 } from '../serving.ts';

const serving = new Serving();
let id: string;

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  const { saveIncident } = await serving.get('mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id } } }', {
    input: { name: 'Break-in', origins: ['vendor'], core: summer2025 },
  });
  id = saveIncident.incident.id;
});
afterAll(() => serving.stopAndDelete());

const set = `mutation($input: SetAssessmentsInput!) { setAssessments(input: $input) { incident { version
  assessments { totalCount edges { node { artifact { id } state reason evidence by } } } } userErrors { code path message } } }`;
const lastText = 'query($id: ID!) { incident(id: $id) { entries(first: 1) { edges { node { text } } } } }';
const rows = `query($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { exposedCount possibleCount worstCaseLossUsd weightedLossUsd }
  artifacts { edges { node { artifact { id } tier weightedLossUsd assessment { state reason by } } } } } }`;

const assess = async (input: object) => (await serving.get(set, { input: { incident: id, ...input } })).setAssessments;
// biome-ignore lint/suspicious/noExplicitAny: the rows of an answer.
const radius = async (): Promise<any> => (await serving.get(rows, { input: { incident: id } })).blastRadius;
const textOfLast = async () => (await serving.get(lastText, { id })).incident.entries.edges[0].node.text;

describe('assessments', () => {
  it('[G210] an assessment appears with its row, in the list and in the exports, and changes no figure', async () => {
    const before = await radius();
    expect(before.artifacts.edges.map(({ node }: { node: { assessment: unknown } }) => node.assessment)).toEqual([null, null, null]);
    const { incident, userErrors } = await assess({
      artifacts: ['taxonomy', 'guide'],
      state: 'CONFIRMED',
      evidence: 'https://evidence.example/7',
    });
    expect(userErrors).toEqual([]);
    const rowOf = (artifact: string) => ({
      node: { artifact: { id: artifact }, state: 'CONFIRMED', reason: null, evidence: 'https://evidence.example/7', by: 'local' },
    });
    expect(incident).toEqual({ version: 1, assessments: { totalCount: 2, edges: [rowOf('guide'), rowOf('taxonomy')] } });
    const after = await radius();
    expect(after.summary).toEqual(before.summary);
    const stated = after.artifacts.edges.map(({ node }: { node: { artifact: { id: string }; assessment: object } }) => [
      node.artifact.id,
      node.assessment,
    ]);
    const confirmed = { state: 'CONFIRMED', reason: null, by: 'local' };
    expect(Object.fromEntries(stated)).toEqual({ guide: confirmed, taxonomy: confirmed, eval: null });
    const json = (await (await fetch(`${serving.url}/api/blast-radius.json?incident=${id}`)).json()) as {
      artifact: string;
      assessment: string;
    }[];
    expect(Object.fromEntries(json.map((row) => [row.artifact, row.assessment]))).toEqual({
      guide: 'CONFIRMED',
      taxonomy: 'CONFIRMED',
      eval: null,
    });
    const csv = await (await fetch(`${serving.url}/api/blast-radius.csv?incident=${id}`)).text();
    expect(csv.split('\n')[0]).toContain(',holders,assessment,because');
    expect(await textOfLast()).toContain('Disclosure confirmed: ');
  });

  it('[G210] without an incident there is no assessment', async () => {
    const { blastRadius } = await serving.get(rows, { input: { origins: ['vendor'], core: summer2025 } });
    expect(blastRadius.artifacts.edges.every(({ node }: { node: { assessment: unknown } }) => node.assessment === null)).toBe(true);
  });

  it('[G211] the latest assessment of an artifact counts', async () => {
    const { incident } = await assess({ artifacts: ['eval', 'guide'], state: 'REMEDIATED', reason: 'rotated' });
    expect(
      incident.assessments.edges.map(({ node }: { node: { artifact: { id: string }; state: string } }) => [node.artifact.id, node.state]),
    ).toEqual([
      ['eval', 'REMEDIATED'],
      ['guide', 'REMEDIATED'],
      ['taxonomy', 'CONFIRMED'],
    ]);
  });

  it('[G211] each error names its path, and nothing is written', async () => {
    const before = await textOfLast();
    expect(await assess({ artifacts: ['guide', 'none'], state: 'NOT_DISCLOSED', reason: ' ' })).toEqual({
      incident: null,
      userErrors: [
        { code: 'UNKNOWN_REFERENCE', path: ['artifacts', '1'], message: 'There is no artifact "none".' },
        { code: 'MISSING_VALUE', path: ['reason'], message: 'NOT_DISCLOSED needs a reason; say how it was shown.' },
      ],
    });
    expect((await assess({ artifacts: [], state: 'CONFIRMED' })).userErrors).toMatchObject([{ code: 'BAD_VALUE', path: ['artifacts'] }]);
    expect(await textOfLast()).toBe(before);
    expect(await serving.codeOf(set, { input: { incident: 'gone', artifacts: ['guide'], state: 'CONFIRMED' } })).toBe('NOT_FOUND');
  });

  it('[G212] a contradiction is recorded and reported; an encrypted copy contradicts nothing', async () => {
    await assess({ artifacts: ['eval', 'guide'], state: 'NOT_DISCLOSED', reason: 'The logs show no read.' });
    const text = await textOfLast();
    expect(text).toContain('The logs show no read.');
    expect(text).toMatch(/contradicts this: [\s\S]* at Vendor; one \(copy t-1\)\.$/);
    expect(text).not.toContain('t-3');
    const after = await radius();
    expect(after.artifacts.edges[0].node).toMatchObject({
      artifact: { id: 'guide' },
      tier: 'EXPOSED',
      assessment: { state: 'NOT_DISCLOSED' },
    });
  });
});
