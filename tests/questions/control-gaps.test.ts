import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readList } from '../graphql/importing/read-list.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
const other = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(async () => {
  await serving.stopAndDelete();
  await other.stopAndDelete();
});

const gaps =
  'query($asOf: DateTime, $withoutIssuers: [ID!], $first: Int, $after: String) { controlGaps(asOf: $asOf, withoutIssuers: $withoutIssuers, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { organization { id } highestSensitivity because required met missing { control leastEvidence reason held { evidenceType issuer { id } } } } } } }';

describe('control gaps', () => {
  it('[G88] are listed largest first, with missing controls, reasons and insufficient evidence', async () => {
    const { controlGaps: all } = await serving.get(gaps);
    expect(
      all.edges.map(({ node }: { node: { organization: { id: string }; missing: object[] } }) => [
        node.organization.id,
        node.missing.length,
      ]),
    ).toEqual([
      ['sub', 11],
      ['tool', 11],
      ['vendor', 11],
    ]);
    const vendor = all.edges[2].node;
    expect(vendor).toMatchObject({ highestSensitivity: 5, met: [] });
    expect(vendor.because).toMatch(/^Vendor; one holds a readable copy of .* \(sensitivity 5; copy t-1\)\.$/s);
    expect(vendor.missing.slice(0, 2)).toEqual([
      {
        control: 'MFA',
        leastEvidence: 'AUDIT_REPORT',
        reason: 'TOO_WEAK',
        held: { evidenceType: 'QUESTIONNAIRE', issuer: { id: 'tool' } },
      },
      { control: 'ENCRYPTION_IN_TRANSIT', leastEvidence: 'AUDIT_REPORT', reason: 'NO_EVIDENCE', held: null },
    ]);
    const { controlGaps: without } = await serving.get(gaps, { withoutIssuers: ['tool'] });
    expect(without.edges[2].node.missing[0].reason).toBe('ISSUER_DISCOUNTED');
    const { controlGaps: first } = await serving.get(gaps, { first: 1 });
    const after = first.pageInfo.endCursor;
    expect((await serving.get(gaps, { first: 1, after })).controlGaps.edges[0].node.organization.id).toBe('tool');
    expect(await serving.codeOf(gaps, { after, withoutIssuers: ['tool'] })).toBe('CONFLICT');
    expect(await serving.codeOf(gaps, { withoutIssuers: ['nobody'] })).toBe('NOT_FOUND');
  });

  it('[G827] are filtered by sensitivity, type, lab and missing control, and ordered by sensitivity', async () => {
    const idsOf = async (args: string) =>
      (await serving.get(`{ controlGaps(${args}) { edges { node { organization { id } } } } }`)).controlGaps.edges.map(
        ({ node }: { node: { organization: { id: string } } }) => node.organization.id,
      );
    expect(await idsOf('minSensitivity: 5, orderBy: SENSITIVITY')).toEqual(['sub', 'tool', 'vendor']);
    // The subcontractor has only the guide, of sensitivity 5; the tool reaches what the vendor holds.
    expect(await idsOf('types: [DATA_TAXONOMY]')).toEqual(['tool', 'vendor']);
    expect(await idsOf('types: [EVALUATION_SUITE]')).toEqual([]);
    expect(await idsOf('labs: ["lab-b"]')).toEqual([]);
    expect(await idsOf('labs: ["lab-a"], controls: ["MFA"]')).toEqual(['sub', 'tool', 'vendor']);
    expect(await idsOf('controls: ["NO_SUCH_CONTROL"]')).toEqual([]);
    expect(await serving.codeOf('{ controlGaps(minSensitivity: 6) { totalCount } }')).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf('{ controlGaps(labs: ["nobody"]) { totalCount } }')).toBe('NOT_FOUND');
    const read = async (query: string) => (await fetch(`${serving.url}/api/control-gaps.json?${query}`)).json();
    const rows = (await read('types=DATA_TAXONOMY&minSensitivity=3&labs=lab-a&controls=MFA&orderBy=SENSITIVITY')) as {
      organization: string;
    }[];
    expect(rows.map(({ organization }) => organization)).toEqual(['tool', 'vendor']);
  });

  it('[G89] can be read for any organization, at any instant', async () => {
    const query =
      'query($asOf: DateTime) { organizations { edges { node { id controlGap(asOf: $asOf) { highestSensitivity required missing { control } } } } } }';
    const at = async (asOf?: string) =>
      Object.fromEntries(
        (await serving.get(query, { asOf })).organizations.edges.map(
          ({ node }: { node: { id: string; controlGap: { highestSensitivity: number; missing: object[] } } }) => [
            node.id,
            [node.controlGap.highestSensitivity, node.controlGap.missing.length],
          ],
        ),
      );
    expect(await at()).toEqual({ 'lab-a': [0, 0], 'lab-b': [0, 0], 'lab-c': [0, 0], sub: [5, 11], tool: [5, 11], vendor: [5, 11] });
    expect(await at('2025-02-15T00:00:00Z')).toMatchObject({ sub: [0, 0], vendor: [5, 11] });
    expect(await at('2025-01-15T00:00:00Z')).toMatchObject({ vendor: [3, 4] });
  });

  it('[G90] [I742] are exported in full, with the same rows', async () => {
    const { csv, json, header } = await readList(serving, 'control-gaps?asOf=2025-06-01&withoutIssuers=tool');
    expect(header.join()).toBe('organization,highest_sensitivity,because,required,met,missing,reasons,least_evidence,held_evidence');
    const { controlGaps: all } = await serving.get(gaps, { asOf: '2025-06-01T00:00:00Z', withoutIssuers: ['tool'] });
    expect(json).toEqual(
      all.edges.map(
        ({
          node,
        }: {
          node: Record<string, unknown> & {
            organization: { id: string };
            missing: { control: string; reason: string; leastEvidence: string; held: { evidenceType: string } | null }[];
          };
        }) => ({
          organization: node.organization.id,
          highest_sensitivity: node.highestSensitivity,
          because: node.because,
          required: node.required,
          met: node.met,
          missing: node.missing.map(({ control }) => control),
          reasons: node.missing.map(({ reason }) => reason),
          least_evidence: node.missing.map(({ leastEvidence }) => leastEvidence),
          held_evidence: node.missing.map(({ held }) => held?.evidenceType ?? 'NONE'),
        }),
      ),
    );
    expect(csv[0]?.missing?.split(';')).toHaveLength(11);
    expect((await fetch(`${serving.url}/api/control-gaps.csv?withoutIssuers=nobody`)).status).toBe(404);
    expect((await fetch(`${serving.url}/api/control-gaps.csv?asOf=soon`)).status).toBe(400);
  });

  it('[G91] follow the policy in force, and report it', async () => {
    const { about } = await serving.get('{ about { policy { fromSensitivity controls leastEvidence } } }');
    expect(about.policy).toHaveLength(4);
    expect(about.policy[0]).toEqual({ fromSensitivity: 2, controls: ['MFA', 'ENCRYPTION_IN_TRANSIT'], leastEvidence: 'SELF_ATTESTED' });
    const path = join(other.folder, 'policy.json');
    writeFileSync(path, JSON.stringify([{ fromSensitivity: 4, controls: ['MFA'], leastEvidence: 'QUESTIONNAIRE' }]));
    await other.start({ environment: { EXPOSURE_POLICY: path } });
    await other.put(smallWorld);
    expect((await other.get('{ about { policy { controls } } }')).about.policy).toEqual([{ controls: ['MFA'] }]);
    const { controlGaps: few } = await other.get(gaps);
    expect(few.edges.map(({ node }: { node: { organization: { id: string } } }) => node.organization.id)).toEqual(['sub', 'tool']);
  });
});
