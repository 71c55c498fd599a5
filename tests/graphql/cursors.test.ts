import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const organizations =
  'query($first: Int, $after: String, $roles: [OrganizationRole!]) { organizations(first: $first, after: $after, roles: $roles) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } } }';

describe('pages', () => {
  it('[G6] pages of every size follow each other without a gap or a repetition', async () => {
    for (const first of [1, 2, 4, 500]) {
      const ids: string[] = [];
      let after: string | null = null;
      do {
        const {
          organizations: page,
        }: {
          organizations: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: { id: string } }[] };
        } = await serving.get(organizations, { first, after });
        ids.push(...page.edges.map(({ node }) => node.id));
        expect(page.totalCount).toBe(6);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      // By name: "@Sub", "Beta Lab", "Gamma Lab", "Tool", "Vendor; one", "Älpha Lab".
      expect(ids).toEqual(['sub', 'lab-b', 'lab-c', 'tool', 'vendor', 'lab-a']);
    }
  });

  it('[G7] a cursor of another question or revision is a conflict, one of another list bad input', async () => {
    const { organizations: page } = await serving.get(organizations, { first: 1 });
    const after = page.pageInfo.endCursor;
    expect(await serving.codeOf(organizations, { first: 1, after, roles: ['LAB'] })).toBe('CONFLICT');
    expect(await serving.codeOf('query($after: String) { artifacts(after: $after) { totalCount } }', { after })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(organizations, { after: 'nonsense' })).toBe('BAD_USER_INPUT');
    await serving.put({ organizations: [{ id: 'new', name: 'New', roles: ['VENDOR'] }] });
    expect(await serving.codeOf(organizations, { first: 1, after })).toBe('CONFLICT');
  });

  it('[G8] [S440] later pages of a radius are requested with the windows that the first page returned', async () => {
    const query =
      'query($input: BlastRadiusInput!, $after: String) { blastRadius(input: $input) { core { from to } widest { from to } artifacts(first: 1, after: $after) { pageInfo { endCursor } edges { node { artifact { id } } } } } }';
    const { blastRadius: first } = await serving.get(query, { input: { origins: ['vendor'] } });
    const after = first.artifacts.pageInfo.endCursor;
    const input = { origins: ['vendor'], core: first.core, widest: first.widest };
    const { blastRadius: second } = await serving.get(query, { input, after });
    expect(second.artifacts.edges[0].node.artifact.id).not.toBe(first.artifacts.edges[0].node.artifact.id);
    expect(await serving.codeOf(query, { input: { origins: ['vendor'], core: summer2025 }, after })).toBe('CONFLICT');
    const { errors } = await serving.ask(query, { input: { origins: ['vendor'] }, after });
    expect(errors?.[0]?.message).toContain('pass the core and widest of its first answer');
  });
});
