import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const exposure =
  'query($core: WindowInput, $options: RadiusOptions, $first: Int, $after: String) { artifact(id: "taxonomy") { exposure(core: $core, options: $options) { count share organizations(first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { organization { id } tier likelihood } } } } } }';
const exposures =
  'query($core: WindowInput, $options: RadiusOptions, $owners: [ID!], $first: Int, $after: String) { artifactExposures(core: $core, options: $options, owners: $owners, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { artifact { id } count share } } } }';

describe('the exposure of artifacts', () => {
  it('[G83] lists the organizations whose compromise would expose an artifact, the likeliest first', async () => {
    const { artifact } = await serving.get(exposure, { core: summer2025 });
    // The vendor holds the taxonomy with low confidence. Vendor and sub hold the guide, which reveals it.
    expect(artifact.exposure).toMatchObject({ count: 3, share: 3 / 5 });
    expect(artifact.exposure.organizations.edges.map(({ node }: { node: object }) => node)).toEqual([
      { organization: { id: 'sub' }, tier: 'EXPOSED', likelihood: 1 },
      { organization: { id: 'vendor' }, tier: 'EXPOSED', likelihood: 1 },
      { organization: { id: 'tool' }, tier: 'POSSIBLE', likelihood: 0.3 },
    ]);
    const { artifact: near } = await serving.get(exposure, { core: summer2025, options: { maxHops: 0, minDegree: 0.5 } });
    expect(near.exposure.organizations.edges.map(({ node }: { node: object }) => node)).toEqual([
      { organization: { id: 'vendor' }, tier: 'POSSIBLE', likelihood: 0.5 },
    ]);
  });

  it('[G84] lists artifacts by count, then id, and can be limited to some owners', async () => {
    const rows = async (variables: object) =>
      (await serving.get(exposures, { core: summer2025, ...variables })).artifactExposures.edges.map(
        ({ node }: { node: { artifact: { id: string }; count: number } }) => [node.artifact.id, node.count],
      );
    expect(await rows({})).toEqual([
      ['guide', 3],
      ['taxonomy', 3],
      ['eval', 2],
    ]);
    expect(await rows({ owners: ['lab-b'] })).toEqual([['eval', 2]]);
    expect(await rows({ owners: [] })).toEqual([]);
  });

  it('[G85] keeps one instant across pages, and refuses arguments out of range', async () => {
    const { artifact: first } = await serving.get(exposure, { first: 1 });
    const after = first.exposure.organizations.pageInfo.endCursor;
    const { artifact: second } = await serving.get(exposure, { first: 1, after });
    expect(second.exposure.organizations.edges).toHaveLength(1);
    expect(second.exposure.organizations.edges).not.toEqual(first.exposure.organizations.edges);
    expect(await serving.codeOf(exposure, { after, core: summer2025 })).toBe('CONFLICT');
    const { artifactExposures: page } = await serving.get(exposures, { first: 2 });
    expect((await serving.get(exposures, { first: 2, after: page.pageInfo.endCursor })).artifactExposures.edges).toHaveLength(1);
    expect(await serving.codeOf(exposures, { after })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(exposure, { options: { minDegree: 2 } })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(exposures, { options: { transferLikelihood: -1 } })).toBe('BAD_USER_INPUT');
  });
});
