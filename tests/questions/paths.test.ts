import { Serving, smallWorld } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const query =
  'query($from: NodeRef!, $to: NodeRef!, $kinds: [LinkKind!], $artifact: ID, $isDirected: Boolean, $maxLength: Int, $first: Int) { paths(from: $from, to: $to, kinds: $kinds, artifact: $artifact, isDirected: $isDirected, maxLength: $maxLength, first: $first) { isCustody nodes { key organization { id } } links { kind source target count readableCount facts { edges { node { __typename ... on Transfer { id } ... on Engagement { id } } } } } } }';

interface Found {
  readonly isCustody: boolean;
  readonly nodes: readonly { readonly key: string }[];
  readonly links: readonly { readonly kind: string }[];
}

async function paths(from: string, to: string, more: object = {}): Promise<string[]> {
  const ref = (key: string) => ({ [key.split(':')[0] as string]: key.split(':')[1] });
  const { paths: found } = (await serving.get(query, { from: ref(from), to: ref(to), ...more })) as { paths: Found[] };
  return found.map(
    ({ nodes, links, isCustody }) => `${nodes.map(({ key }) => key).join(' ')} ${links.map(({ kind }) => kind).join()} ${isCustody}`,
  );
}

describe('paths', () => {
  it('[G97] are found by kind and direction, with the link between each two nodes', async () => {
    expect(await paths('organization:lab-a', 'organization:sub', { first: 3 })).toEqual([
      'organization:lab-a artifact:guide organization:sub OWNS,HOLDS true',
      'organization:lab-a organization:vendor organization:sub TRANSFER,TRANSFER true',
      'organization:lab-a artifact:guide organization:vendor organization:sub OWNS,HOLDS,TRANSFER true',
    ]);
    expect(await paths('organization:lab-a', 'organization:sub', { kinds: ['ENGAGEMENT'] })).toEqual([
      'organization:lab-a organization:vendor organization:sub ENGAGEMENT,ENGAGEMENT false',
    ]);
    expect(await paths('organization:tool', 'organization:lab-b', { kinds: ['ACCESS', 'TRANSFER'] })).toEqual([]);
    expect(await paths('organization:tool', 'organization:lab-b', { kinds: ['ACCESS', 'TRANSFER'], isDirected: false })).toEqual([
      'organization:tool organization:vendor organization:lab-b ACCESS,TRANSFER false',
    ]);
    expect(await paths('artifact:guide', 'artifact:taxonomy')).toEqual(['artifact:guide artifact:taxonomy REVEALS false']);
    expect(await paths('organization:lab-a', 'organization:sub', { maxLength: 1 })).toEqual([]);
    expect(await paths('organization:lab-a', 'organization:sub', { first: 0 })).toEqual([]);

    const { paths: found } = await serving.get(query, {
      from: { organization: 'lab-a' },
      to: { organization: 'vendor' },
      kinds: ['TRANSFER'],
    });
    expect(found).toEqual([
      {
        isCustody: true,
        nodes: [
          { key: 'organization:lab-a', organization: { id: 'lab-a' } },
          { key: 'organization:vendor', organization: { id: 'vendor' } },
        ],
        links: [
          {
            kind: 'TRANSFER',
            source: 'organization:lab-a',
            target: 'organization:vendor',
            count: 2,
            readableCount: 2,
            facts: { edges: ['t-1', 't-4'].map((id) => ({ node: { __typename: 'Transfer', id } })) },
          },
        ],
      },
    ]);
  });

  it("[G98] along an artifact's custody they never leave it", async () => {
    expect(await paths('organization:lab-a', 'organization:sub', { artifact: 'guide' })).toEqual([
      'organization:lab-a organization:vendor organization:sub TRANSFER,TRANSFER true',
    ]);
    expect(await paths('organization:lab-a', 'organization:sub', { artifact: 'taxonomy' })).toEqual([]);
    expect(await paths('organization:lab-b', 'organization:sub', { artifact: 'eval' })).toEqual([]);
    expect(await paths('organization:sub', 'organization:lab-a', { artifact: 'guide' })).toEqual([]);
    expect(await paths('organization:sub', 'organization:lab-a', { artifact: 'guide', isDirected: false })).toEqual([
      'organization:sub organization:vendor organization:lab-a TRANSFER,TRANSFER false',
    ]);
    expect(await paths('organization:lab-a', 'organization:vendor', { artifact: 'guide', kinds: ['ACCESS'] })).toEqual([]);
  });

  it.each([
    [{ from: { organization: 'nobody' }, to: { organization: 'sub' } }, 'NOT_FOUND'],
    [{ from: { organization: 'sub' }, to: { organization: 'sub' } }, 'BAD_USER_INPUT'],
    [{ from: { organization: 'sub' }, to: { artifact: 'guide' }, artifact: 'guide' }, 'BAD_USER_INPUT'],
    [{ from: { organization: 'sub' }, to: { organization: 'vendor' }, artifact: 'nothing' }, 'NOT_FOUND'],
    [{ from: { organization: 'sub' }, to: { organization: 'vendor' }, maxLength: 0 }, 'BAD_USER_INPUT'],
    [{ from: { organization: 'sub' }, to: { organization: 'vendor' }, maxLength: 21 }, 'BAD_USER_INPUT'],
    [{ from: { organization: 'sub' }, to: { organization: 'vendor' }, first: 501 }, 'BAD_USER_INPUT'],
    [{ from: { organization: 'sub' }, to: { organization: null } }, 'BAD_USER_INPUT'],
  ])('[G99] %j is refused', async (variables, code) => {
    expect(await serving.codeOf(query, variables)).toBe(code);
  });
});
