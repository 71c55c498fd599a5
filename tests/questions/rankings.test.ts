import { readList } from '../graphql/importing/read-list.ts';
import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const ranking =
  'query($core: WindowInput, $options: RadiusOptions, $roles: [OrganizationRole!], $orderBy: RankingOrder, $first: Int, $after: String) { ranking(core: $core, options: $options, roles: $roles, orderBy: $orderBy, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } edges { node { organization { id } position reachedCount artifactCount exposedCount possibleCount containedCount labCount dependentCount worstCaseLossUsd weightedLossUsd } } } }';

describe('ranking', () => {
  it('[G80] gives each organization the figures of its own radius, in the requested order', async () => {
    const { ranking: all } = await serving.get(ranking, { core: summer2025 });
    expect(all.totalCount).toBe(6);
    expect(all.edges.map(({ node }: { node: { organization: { id: string } } }) => node.organization.id)).toEqual([
      'lab-a',
      'vendor',
      'tool',
      'sub',
      'lab-b',
      'lab-c',
    ]);
    for (const { node } of all.edges) {
      const { blastRadius } = await serving.get(
        'query($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { reachedCount exposedCount possibleCount containedCount affectedLabCount worstCaseLossUsd weightedLossUsd } dependents { totalCount } } }',
        { input: { origins: [node.organization.id], core: summer2025 } },
      );
      const { affectedLabCount, ...summary } = blastRadius.summary;
      expect(node).toMatchObject({
        ...summary,
        labCount: affectedLabCount,
        dependentCount: blastRadius.dependents.totalCount,
        artifactCount: summary.exposedCount + summary.possibleCount,
      });
    }
    const { ranking: tools } = await serving.get(ranking, { core: summer2025, roles: ['TOOL_PROVIDER'], orderBy: 'REACH' });
    expect(tools.edges.map(({ node }: { node: { position: number; reachedCount: number } }) => [node.position, node.reachedCount])).toEqual(
      [[1, 2]],
    );
  });

  it('[G81] keeps one instant across pages, and refuses windows and options out of range', async () => {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const {
        ranking: page,
      }: { ranking: { edges: { node: { organization: { id: string } } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await serving.get(ranking, { first: 4, after });
      ids.push(...page.edges.map(({ node }) => node.organization.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(ids).size).toBe(6);
    const { ranking: first } = await serving.get(ranking, { first: 1 });
    expect(await serving.codeOf(ranking, { after: first.pageInfo.endCursor, orderBy: 'LABS' })).toBe('CONFLICT');
    expect(await serving.codeOf(ranking, { options: { maxHops: 11 } })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(ranking, { core: { from: summer2025.to, to: summer2025.from } })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(ranking, { first: 501 })).toBe('BAD_USER_INPUT');
  });

  it('[G82] is exported in full, with the same rows', async () => {
    const { csv, json, header } = await readList(serving, 'ranking?coreFrom=2025-06-01&coreTo=2025-06-30T00:00:00Z&orderBy=LABS');
    expect(header.join()).toBe(
      'organization,position,reached_count,artifact_count,exposed_count,possible_count,contained_count,lab_count,dependent_count,worst_case_loss_usd,weighted_loss_usd',
    );
    const { ranking: all } = await serving.get(ranking, { core: summer2025, orderBy: 'LABS' });
    expect(json.map((row) => Object.values(row))).toEqual(
      all.edges.map(({ node }: { node: { organization: { id: string } } }) =>
        Object.values({ ...node, organization: node.organization.id }),
      ),
    );
    expect(csv.map((row) => Object.values(row))).toEqual(json.map((row) => Object.values(row).map(String)));
    const response = await fetch(`${serving.url}/api/ranking.json?orderBy=NAME`);
    expect([response.status, (await response.json()).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('[G831] keeps the rows of some organizations with their positions among all, in GraphQL and as a list', async () => {
    const asked =
      'query($core: WindowInput, $organizations: [ID!]) { ranking(core: $core, organizations: $organizations) { totalCount edges { node { position worstCaseLossUsd organization { id } } } } }';
    const { ranking: all } = await serving.get(asked, { core: summer2025 });
    const { ranking: some } = await serving.get(asked, { core: summer2025, organizations: ['sub', 'vendor', 'nobody'] });
    expect(some.totalCount).toBe(2);
    expect(some.edges).toEqual(
      all.edges.filter(({ node }: { node: { organization: { id: string } } }) => ['vendor', 'sub'].includes(node.organization.id)),
    );
    expect(some.edges.map(({ node }: { node: { position: number } }) => node.position)).toEqual([2, 4]);
    expect((await serving.get(asked, { core: summer2025, organizations: [] })).ranking.totalCount).toBe(0);
    const { json } = await readList(
      serving,
      'ranking?coreFrom=2025-06-01&coreTo=2025-06-30T00:00:00Z&organizations=sub&organizations=vendor',
    );
    expect(json.map(({ organization, position }) => [organization, position])).toEqual([
      ['vendor', 2],
      ['sub', 4],
    ]);
  });
});
