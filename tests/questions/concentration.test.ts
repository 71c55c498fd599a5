import { Serving, smallWorld } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
const crowd = Array.from({ length: 25 }, (_, i) => `p-${String(i).padStart(2, '0')}`);

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.put({
    organizations: [...crowd.map((id) => ({ id, name: id, roles: ['LAB'] })), { id: 'all', name: 'All', roles: ['VENDOR'] }],
    artifacts: crowd.map((id) => ({ id: `of-${id}`, name: id, type: 'OTHER', owner: id, sensitivity: 1 })),
    transfers: [
      ...crowd.map((id) => ({ id: `from-${id}`, artifact: `of-${id}`, sender: id, recipient: 'all', sentAt: '2025-05-01T00:00:00Z' })),
      ...crowd.map((id) => ({ id: `to-${id}`, artifact: 'eval', sender: 'lab-b', recipient: id, sentAt: '2025-05-01T00:00:00Z' })),
    ],
  });
});
afterAll(() => serving.stopAndDelete());

const concentration =
  'query($asOf: DateTime, $first: Int, $after: String) { concentration(asOf: $asOf, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { lab { id } herfindahlIndex holderCount holders { holder { id } share } } } } }';
const shared =
  'query($asOf: DateTime, $first: Int, $after: String) { sharedHolders(asOf: $asOf, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { holder { id } labCount artifactCount labs { id } } } } }';

describe('concentration', () => {
  it('[G86] lists every lab with its index and its 20 largest holders, at any instant', async () => {
    const { concentration: now } = await serving.get(concentration, { first: 500 });
    expect(now.totalCount).toBe(28);
    const of = (id: string) => now.edges.find(({ node }: { node: { lab: { id: string } } }) => node.lab.id === id).node;
    expect(of('lab-a')).toEqual({
      lab: { id: 'lab-a' },
      herfindahlIndex: 1,
      holderCount: 1,
      holders: [{ holder: { id: 'vendor' }, share: 1 }],
    });
    expect(of('lab-b')).toMatchObject({ holderCount: 26 });
    expect(of('lab-b').herfindahlIndex).toBeCloseTo(1 / 26, 12);
    expect(of('lab-b').holders.map(({ holder }: { holder: { id: string } }) => holder.id)).toEqual(crowd.slice(0, 20));
    expect(of('lab-c')).toMatchObject({ herfindahlIndex: null, holders: [] });
    expect(of('p-00')).toMatchObject({ herfindahlIndex: null, holders: [{ holder: { id: 'all' }, share: 0 }] });

    const { concentration: then } = await serving.get(concentration, { asOf: '2025-02-15T00:00:00Z', first: 2 });
    expect(
      then.edges.map(({ node }: { node: { lab: { id: string }; herfindahlIndex: number } }) => [node.lab.id, node.herfindahlIndex]),
    ).toEqual([
      ['lab-a', 1],
      ['lab-b', 1],
    ]);
    const { concentration: next } = await serving.get(concentration, {
      asOf: '2025-02-15T00:00:00Z',
      first: 1,
      after: then.pageInfo.endCursor,
    });
    expect(next.edges[0].node.lab.id).toBe('lab-c');
    expect(await serving.codeOf(concentration, { asOf: '2025-02-16T00:00:00Z', after: then.pageInfo.endCursor })).toBe('CONFLICT');
  });

  it('[G87] lists shared holders, each with its first 20 labs', async () => {
    const { sharedHolders: now } = await serving.get(shared);
    expect(
      now.edges.map(({ node }: { node: { holder: { id: string }; labCount: number; artifactCount: number } }) => [
        node.holder.id,
        node.labCount,
        node.artifactCount,
      ]),
    ).toEqual([
      ['all', 25, 25],
      ['vendor', 2, 3],
    ]);
    expect(now.edges[0].node.labs.map(({ id }: { id: string }) => id)).toEqual(crowd.slice(0, 20));
    const { sharedHolders: first } = await serving.get(shared, { first: 1 });
    expect((await serving.get(shared, { first: 1, after: first.pageInfo.endCursor })).sharedHolders.edges[0].node.holder.id).toBe('vendor');
    expect((await serving.get(shared, { asOf: '2025-02-15T00:00:00Z' })).sharedHolders.totalCount).toBe(1);
    expect(await serving.codeOf(shared, { first: 501 })).toBe('BAD_USER_INPUT');
  });

  it('[G151] lists the safeguards of every lab, in pages, at any instant', async () => {
    const query =
      'query($asOf: DateTime, $first: Int, $after: String) { labSafeguards(asOf: $asOf, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { lab { id } providerCount valueUsd auditRight { providerCount valueUsd } noticeTerm { providerCount } encryption { providerCount } } } } }';
    const { labSafeguards: all } = await serving.get(query, { first: 500, asOf: '2025-06-01T00:00:00Z' });
    expect(all.totalCount).toBe(28);
    const { node } = all.edges.find((edge: { node: { lab: { id: string } } }) => edge.node.lab.id === 'lab-b');
    // Its 25 holders of the crowd and the vendor.
    expect(node).toMatchObject({ providerCount: 26, auditRight: { providerCount: 0, valueUsd: 0 } });
    const { labSafeguards: first } = await serving.get(query, { first: 1, asOf: '2025-06-01T00:00:00Z' });
    const next = { first: 1, asOf: '2025-06-01T00:00:00Z', after: first.pageInfo.endCursor };
    expect((await serving.get(query, next)).labSafeguards.edges[0].node.lab).toEqual(all.edges[1].node.lab);
  });
});
