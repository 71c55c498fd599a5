import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld } from './serving.ts';

describe('the rows of a list', () => {
  const serving = new Serving();
  beforeAll(async () => {
    await serving.start();
    await serving.put(smallWorld);
  });
  afterAll(() => serving.stopAndDelete());

  const artifacts = (fields: string) => `{ blastRadius(input: { origins: ["vendor"] }) { artifacts { ${fields} } } }`;

  it('[G794] tells an error in a row with its place', async () => {
    const { data, errors } = await serving.ask(artifacts('edges { node { ways(first: 1000) { because } } }'));
    expect(data).toEqual({ blastRadius: null });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      path: ['blastRadius', 'artifacts', 'edges', 0, 'node', 'ways'],
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('[G795] merges two selections of one list', async () => {
    const { blastRadius } = await serving.get(artifacts('edges { node { tier } } ... { edges { node { artifact { id } } } }'));
    expect(blastRadius.artifacts.edges[0]).toEqual({ node: { tier: expect.any(String), artifact: { id: expect.any(String) } } });
  });

  it('[G796] records an answer that shows an artifact of the highest sensitivity in rows, once', async () => {
    const trail = '{ auditEntries { edges { node { action subject } } } }';
    const before = (await serving.get(trail)).auditEntries.edges.length;
    await serving.get(artifacts('edges { node { artifact { __typename } } }'));
    await serving.get(artifacts('edges { node { artifact { name } } }'));
    const { edges } = (await serving.get(trail)).auditEntries;
    expect(edges.slice(0, edges.length - before)).toEqual([{ node: { action: 'read', subject: 'guide' } }]);
  });
});
