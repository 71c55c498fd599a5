import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  const { engagements, ...rest } = smallWorld;
  // The server records these facts now, which is after the core window. So every transfer of unknown date counts as sent since then.
  const sent = (id: string, recipient: string, sentAt: string | null) => ({ id, artifact: 'eval', sender: 'vendor', recipient, sentAt });
  await serving.put({
    ...rest,
    engagements,
    transfers: [
      ...smallWorld.transfers,
      sent('u-1', 'sub', null),
      sent('u-2', 'tool', null),
      sent('u-3', 'tool', '2099-02-01T00:00:00Z'),
      sent('u-4', 'lab-c', null),
      sent('u-5', 'lab-c', '2025-07-01T00:00:00Z'),
    ],
  });
});
afterAll(() => serving.stopAndDelete());

describe('the integrity radius', () => {
  it('[G640] answers an unknown receipt as unknown, with the first date that is known', async () => {
    const { blastRadius } = await serving.get(
      `query($input: BlastRadiusInput!) { blastRadius(input: $input) { integrity { tainted { edges { node {
        artifact { id } holder { id } since isSinceKnown firstDated } } } } } }`,
      { input: { origins: ['vendor'], core: summer2025 } },
    );
    const rows = new Map<string, { since: string; isSinceKnown: boolean; firstDated: string | null }>(
      // biome-ignore lint/suspicious/noExplicitAny: rows of an answer.
      blastRadius.integrity.tainted.edges.map(({ node }: any) => [`${node.artifact.id} ${node.holder.id}`, node]),
    );
    expect([...rows.keys()].sort()).toEqual(['eval lab-c', 'eval sub', 'eval tool']);
    expect(rows.get('eval sub')).toMatchObject({ isSinceKnown: false, firstDated: null });
    expect(rows.get('eval tool')).toMatchObject({ isSinceKnown: false, firstDated: '2099-02-01T00:00:00Z' });
    expect(rows.get('eval lab-c')).toMatchObject({
      since: '2025-07-01T00:00:00Z',
      isSinceKnown: true,
      firstDated: '2025-07-01T00:00:00Z',
    });
  });
});
