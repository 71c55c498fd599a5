import { readList } from '../graphql/importing/read-list.ts';
import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const nodes =
  'id kind message facts { __typename ... on Transfer { id } ... on Artifact { id } ... on Organization { id } ... on Engagement { id } ... on Control { control } } acceptance { reason by at until }';
const findings = `query($asOf: DateTime, $kinds: [FindingKind!], $isAccepted: Boolean, $first: Int, $after: String) { findings(asOf: $asOf, kinds: $kinds, isAccepted: $isAccepted, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } edges { node { ${nodes} } } } }`;
const accept =
  'mutation($input: AcceptFindingInput!) { acceptFinding(input: $input) { finding { id acceptance { reason by until } } userErrors { code path message } } }';

interface Row {
  readonly node: { readonly id: string; readonly kind: string; readonly facts: readonly object[] };
}
const ids = (list: { edges: Row[] }) => list.edges.map(({ node }) => node.id);

describe('findings', () => {
  it('[G92] are listed by kind, message and id, with their facts', async () => {
    const { findings: all } = await serving.get(findings, { asOf: '2025-06-01T00:00:00Z' });
    expect(ids(all)).toEqual([
      'UNKNOWN_SENT_AT/t-4',
      'READABLE_AT_HIGHEST_SENSITIVITY/t-2',
      'READABLE_AT_HIGHEST_SENSITIVITY/t-1',
      'NO_NOTICE_TERM/e-2',
      'NO_NOTICE_TERM/e-3',
      'NO_AUDIT_RIGHT/e-2',
      'NO_AUDIT_RIGHT/e-3',
      'BLIND_SPOT/lab-c',
    ]);
    expect(all.edges[0].node).toMatchObject({
      message: "The date on which Älpha Lab sent '=taxonomy to Vendor; one is unknown (transfer t-4).",
      facts: [
        { __typename: 'Transfer', id: 't-4' },
        { __typename: 'Artifact', id: 'taxonomy' },
        { __typename: 'Organization', id: 'lab-a' },
        { __typename: 'Organization', id: 'vendor' },
      ],
      acceptance: null,
    });
    const { findings: some } = await serving.get(findings, { asOf: '2025-06-01T00:00:00Z', kinds: ['BLIND_SPOT', 'UNKNOWN_SENT_AT'] });
    expect(ids(some)).toEqual(['UNKNOWN_SENT_AT/t-4', 'BLIND_SPOT/lab-c']);
    const { findings: before } = await serving.get(findings, { asOf: '2025-01-15T00:00:00Z', kinds: ['READABLE_AT_HIGHEST_SENSITIVITY'] });
    expect(before.totalCount).toBe(0);

    const paged: string[] = [];
    for (let after: string | null = null; ; ) {
      const { findings: page }: { findings: { edges: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await serving.get(
        findings,
        { first: 3, after },
      );
      paged.push(...ids(page));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(paged).toEqual(ids((await serving.get(findings)).findings));
    expect(await serving.codeOf(findings, { first: 501 })).toBe('BAD_USER_INPUT');
  });

  it('[G93] an accepted finding stays listed, with its accepter, reason and end date', async () => {
    const input = { finding: 'UNKNOWN_SENT_AT/t-4', reason: ' The lab keeps no log. ', until: '2999-01-01T00:00:00Z' };
    const { acceptFinding } = await serving.get(accept, { input });
    expect(acceptFinding).toEqual({
      finding: { id: input.finding, acceptance: { reason: 'The lab keeps no log.', by: 'local', until: input.until } },
      userErrors: [],
    });
    const { findings: accepted } = await serving.get(findings, { isAccepted: true });
    expect(ids(accepted)).toEqual([input.finding]);
    const { findings: open } = await serving.get(findings, { isAccepted: false });
    const { findings: all } = await serving.get(findings);
    expect(ids(all)).toContain(input.finding);
    expect(open.totalCount).toBe(all.totalCount - 1);
    const { acceptFinding: again } = await serving.get(accept, { input: { finding: input.finding, reason: 'For good.' } });
    expect(again.finding.acceptance).toEqual({ reason: 'For good.', by: 'local', until: null });
  });

  it.each([
    [{ finding: 'UNKNOWN_SENT_AT/t-1', reason: 'x' }, 'NOT_FOUND', 'finding'],
    [{ finding: 'nonsense', reason: 'x' }, 'NOT_FOUND', 'finding'],
    [{ finding: 'BLIND_SPOT/lab-c', reason: '  ' }, 'MISSING_VALUE', 'reason'],
    [{ finding: 'BLIND_SPOT/lab-c', reason: 'x'.repeat(10_001) }, 'BAD_VALUE', 'reason'],
    [{ finding: 'BLIND_SPOT/lab-c', reason: 'x', until: '2020-01-01T00:00:00Z' }, 'BAD_VALUE', 'until'],
  ])('[G94] %j is refused, and nothing is written', async (input, code, field) => {
    const { acceptFinding } = await serving.get(accept, { input });
    expect(acceptFinding).toMatchObject({ finding: null, userErrors: [{ code, path: [field] }] });
    expect(ids((await serving.get(findings, { isAccepted: true })).findings)).not.toContain(input.finding);
  });

  it('[G152] are counted by kind, open and accepted ones apart, also kinds that have none', async () => {
    const counts = 'query($asOf: DateTime) { findingCounts(asOf: $asOf) { kind open accepted } }';
    const { findingCounts } = await serving.get(counts, { asOf: '2025-06-01T00:00:00Z' });
    const { findings: all } = await serving.get(findings, { asOf: '2025-06-01T00:00:00Z', first: 500 });
    const tally = new Map<string, { open: number; accepted: number }>();
    for (const { node } of all.edges) {
      const count = tally.get(node.kind) ?? { open: 0, accepted: 0 };
      count[node.acceptance === null ? 'open' : 'accepted'] += 1;
      tally.set(node.kind, count);
    }
    expect(tally.size).toBeGreaterThan(3);
    expect([...tally.values()].some(({ accepted }) => accepted > 0)).toBe(true);
    expect(findingCounts).toHaveLength(14);
    for (const { kind, open, accepted } of findingCounts) expect({ open, accepted }).toEqual(tally.get(kind) ?? { open: 0, accepted: 0 });
    // A list counts all kinds, whichever it lists.
    const listed =
      'query($asOf: DateTime) { findings(asOf: $asOf, kinds: [NO_VALUE], isAccepted: true, first: 1) { counts { kind open accepted } } }';
    expect((await serving.get(listed, { asOf: '2025-06-01T00:00:00Z' })).findings.counts).toEqual(findingCounts);
  });

  it('[G1033] those that are open now are counted in one figure', async () => {
    const { about, findingCounts } = await serving.get('{ about { openFindings } findingCounts { open } }');
    expect(about.openFindings).toBe(findingCounts.reduce((sum: number, { open }: { open: number }) => sum + open, 0));
    expect(about.openFindings).toBeGreaterThan(0);
  });

  it('[G1032] a radius counts the findings that it lists', async () => {
    const query = `query($input: BlastRadiusInput!) { blastRadius(input: $input) { findings(first: 500) { edges { node { ${nodes} } } counts { kind open accepted } } } }`;
    const { edges, counts } = (await serving.get(query, { input: { origins: ['sub'], core: summer2025 } })).blastRadius.findings;
    const of = (kind: string, isAccepted: boolean) =>
      edges.filter(
        ({ node }: { node: { kind: string; acceptance: unknown } }) => node.kind === kind && (node.acceptance !== null) === isAccepted,
      );
    expect(edges.length).toBeGreaterThan(0);
    for (const { kind, open, accepted } of counts)
      expect([kind, open, accepted]).toEqual([kind, of(kind, false).length, of(kind, true).length]);
  });

  it('[G95] a radius lists its own findings, in pages', async () => {
    const query = `query($input: BlastRadiusInput!, $first: Int, $after: String) { blastRadius(input: $input) { findings(first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { ${nodes} } } } } }`;
    const input = { origins: ['sub'], core: summer2025 };
    const { blastRadius } = await serving.get(query, { input });
    expect(ids(blastRadius.findings)).toEqual([
      // The taxonomy is revealed by the guide, which the origin holds.
      'UNKNOWN_SENT_AT/t-4',
      'READABLE_AT_HIGHEST_SENSITIVITY/t-2',
      'NO_NOTICE_TERM/e-2',
      'NO_NOTICE_TERM/e-3',
      'NO_AUDIT_RIGHT/e-2',
      'NO_AUDIT_RIGHT/e-3',
      'BLIND_SPOT/lab-c',
    ]);
    const { blastRadius: first } = await serving.get(query, { input, first: 2 });
    const { blastRadius: rest } = await serving.get(query, { input, after: first.findings.pageInfo.endCursor });
    expect([...ids(first.findings), ...ids(rest.findings)]).toEqual(ids(blastRadius.findings));
  });

  it('[G96] are exported in full, with the same rows', async () => {
    const { csv, json, header } = await readList(serving, 'findings?asOf=2025-06-01');
    expect(header.join()).toBe('id,kind,message,facts,acceptance');
    const { findings: all } = await serving.get(findings, { asOf: '2025-06-01T00:00:00Z' });
    expect(json.map(({ id }) => id)).toEqual(ids(all));
    expect(json[0]).toEqual({
      id: 'UNKNOWN_SENT_AT/t-4',
      kind: 'UNKNOWN_SENT_AT',
      message: all.edges[0].node.message,
      facts: ['t-4', 'taxonomy', 'lab-a', 'vendor'],
      acceptance: 'For good.',
    });
    expect(csv[0]).toMatchObject({ facts: 't-4;taxonomy;lab-a;vendor', acceptance: 'For good.' });
    expect((await readList(serving, 'findings?asOf=2025-06-01&kinds=BLIND_SPOT&isAccepted=false')).json).toHaveLength(1);
    expect((await fetch(`${serving.url}/api/findings.csv?kinds=ALL`)).status).toBe(400);
  });
});
