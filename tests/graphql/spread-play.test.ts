import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
const asked = 'blastRadius(input: { origins: ["kite"], core: { from: "2025-02-01T00:00:00Z", to: "2025-02-02T00:00:00Z" } })';

beforeAll(async () => {
  await serving.start();
  const transfer = (id: string, artifact: string, sender: string, recipient: string, more: object = {}) => ({
    ...{ id, artifact, sender, recipient },
    ...more,
  });
  await serving.put({
    organizations: ['lab', 'kite', 'moss', 'far'].map((id) => ({ id, name: id.toUpperCase(), roles: [id === 'lab' ? 'LAB' : 'VENDOR'] })),
    artifacts: ['g', 'h', 'other'].map((id) => ({ id, name: id, type: 'OTHER', owner: 'lab', sensitivity: 3, valueHighUsd: 1000 })),
    transfers: [
      transfer('t1', 'g', 'lab', 'kite', { sentAt: '2025-01-01T00:00:00Z' }),
      transfer('t2', 'h', 'lab', 'kite'),
      transfer('t3', 'g', 'kite', 'moss', { sentAt: '2025-03-01T00:00:00Z', deletionState: 'ATTESTED', deletedAt: '2025-06-01T00:00:00Z' }),
      transfer('t4', 'other', 'lab', 'far', { sentAt: '2025-01-01T00:00:00Z' }),
    ],
    access: [{ id: 'a1', grantee: 'kite', grantor: 'moss', kind: 'CREDENTIALS', likelihood: 0.5 }],
    engagements: [{ id: 'e1', client: 'lab', provider: 'kite', noticeHours: 24 }],
  });
});
afterAll(() => serving.stopAndDelete());

const parts = async (selection: string) => (await serving.get(`{ ${asked} { ${selection} } }`)).blastRadius;

describe('the spread of a compromise, played', () => {
  it('[G969] has the summary of each number of hops', async () => {
    const figures =
      '{ reachedCount exposedCount possibleCount containedCount affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd }';
    const { byHops, maxHops } = await parts(`maxHops byHops ${figures}`);
    expect(byHops.map(({ reachedCount }: { reachedCount: number }) => reachedCount)).toEqual([1, ...new Array(maxHops).fill(2)]);
    for (const [hops, summary] of byHops.entries()) {
      const input = asked.replace('input: {', `input: { options: { maxHops: ${hops} },`);
      expect((await serving.get(`{ ${input} { summary ${figures} } }`)).blastRadius.summary).toEqual(summary);
    }
  });

  it('[G969] says what each reached organization held at an instant', async () => {
    const at = async (instant: string) => {
      const { holdingsAt } = await parts(`holdingsAt(instant: "${instant}") { holder { id } definiteCount possibleCount unreadableCount }`);
      return holdingsAt.map((one: { holder: { id: string }; definiteCount: number; possibleCount: number; unreadableCount: number }) => [
        one.holder.id,
        one.definiteCount,
        one.possibleCount,
        one.unreadableCount,
      ]);
    };
    // When h came is not known, so it may have been there at any time.
    expect(await at('2024-12-31T00:00:00Z')).toEqual([['kite', 0, 1, 0]]);
    expect(await at('2025-02-01T00:00:00Z')).toEqual([['kite', 1, 1, 0]]);
    expect(await at('2025-03-01T00:00:00Z')).toEqual([
      ['kite', 1, 1, 0],
      ['moss', 1, 0, 0],
    ]);
    // Its deletion is attested alone.
    expect(await at('2025-06-01T00:00:00Z')).toEqual([
      ['kite', 1, 1, 0],
      ['moss', 0, 1, 0],
    ]);
  });

  it('[G969] lists what came and what was deleted in a span, both ends included', async () => {
    const events = async (from: string, to: string, more = '') =>
      (
        await parts(`copyEvents(span: { from: "${from}", to: "${to}" }${more}) {
        totalCount pageInfo { endCursor } edges { node { at kind sender { id } holder { id } copyCount } } }`)
      ).copyEvents;
    const all = await events('2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z');
    expect(all.edges.map(({ node }: { node: object }) => node)).toEqual([
      { at: '2025-01-01T00:00:00Z', kind: 'ARRIVED', sender: { id: 'lab' }, holder: { id: 'kite' }, copyCount: 1 },
      { at: '2025-03-01T00:00:00Z', kind: 'ARRIVED', sender: { id: 'kite' }, holder: { id: 'moss' }, copyCount: 1 },
      { at: '2025-06-01T00:00:00Z', kind: 'DELETED', sender: null, holder: { id: 'moss' }, copyCount: 1 },
    ]);
    expect((await events('2025-01-01T00:00:01Z', '2025-05-31T00:00:00Z')).totalCount).toBe(1);
    const first = await events('2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z', ', first: 2');
    const rest = await events('2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z', `, after: "${first.pageInfo.endCursor}"`);
    expect([...first.edges, ...rest.edges]).toEqual(all.edges);
  });

  it('[G969] lists with whom a reached organization exchanged artifacts in reach, and refuses one that is not reached', async () => {
    const selection =
      'partners(holder: "kite") { edges { node { organization { id } isInbound copyCount isOrigin isNotifier isReached firstAt } } }';
    const { partners } = await parts(selection);
    expect(partners.edges.map(({ node }: { node: object }) => node)).toEqual([
      {
        organization: { id: 'lab' },
        isInbound: true,
        copyCount: 2,
        isOrigin: false,
        isNotifier: false,
        isReached: false,
        firstAt: '2025-01-01T00:00:00Z',
      },
      {
        organization: { id: 'moss' },
        isInbound: false,
        copyCount: 1,
        isOrigin: false,
        isNotifier: expect.any(Boolean),
        isReached: true,
        firstAt: '2025-03-01T00:00:00Z',
      },
    ]);
    const { errors } = await serving.ask(`{ ${asked} { partners(holder: "far") { totalCount } } }`);
    expect(errors).toMatchObject([{ message: 'holder is "far"; expected an organization that this radius reaches.' }]);
  });
});
