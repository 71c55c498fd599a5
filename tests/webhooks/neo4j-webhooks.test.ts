import { openStore } from '../../server/store/open/open-store.ts';
import { randomFrom } from '../soak/scale.ts';
import { type Neo4jForTests, openNeo4jForTests, patient } from '../support/neo4j/neo4j-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';
import { dyingAt, Watching } from '../watches/watching.ts';
import { killServers } from './kill-servers.ts';
import { Posting } from './posting.ts';
import { Receiver } from './receiver.ts';

let neo4j: Neo4jForTests;
let receiver: Receiver;
const posting = new Posting();

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  await posting.open(await openStore(neo4j.url(), patient));
  receiver = await Receiver.open();
}, 600_000);
afterAll(async () => {
  await receiver?.close();
  await posting.close();
  await neo4j?.stop();
});

it('[S1012] over Neo4j two servers send each event once, and one takes over from the other that was killed after sending', async () => {
  const { id } = await posting.endpoint({ url: receiver.url });
  await posting.watch('w', [id]);
  await posting.watch('v', [id]);
  const other = await openStore(neo4j.url(), patient);
  try {
    const second = posting.newEngine({ store: other });
    const events = [await posting.tell('w'), await posting.tell('w'), await posting.tell('v')];
    await Promise.all([posting.engine.pass(), second.pass()]);
    await second.pass();
    expect([...receiver.ids].sort()).toEqual([...events].sort());
    expect(posting.errors).toEqual([]);
    // It takes the lease, sends, and dies before it records.
    const killed = posting.newEngine({ store: dyingAt(other, 2, 'before').store });
    const late = await posting.tell('w');
    await killed.pass();
    expect(receiver.ids.at(-1)).toBe(late);
    const { length } = receiver.ids;
    await second.pass();
    expect(receiver.ids.length).toBe(length);
    posting.now += 31_000;
    await Promise.all([posting.engine.pass(), second.pass()]);
    expect(receiver.ids.slice(length)).toEqual([late]);
    await killed.close();
    await second.close();
  } finally {
    await other.close();
  }
});

it('[S1016] over Neo4j, of two servers that evaluate and send one is killed at any write, and each change arrives under one id, in order', async () => {
  await neo4j.emptyStore();
  const watching = await new Watching().open(await openStore(neo4j.url(), patient));
  const others = await Receiver.open();
  const store = await openStore(neo4j.url(), patient);
  try {
    const random = randomFrom(seed);
    const { changes, idsOf, received, recorded } = await killServers(watching, others, { kills: 10, random, store });
    expect([...idsOf.keys()].sort()).toEqual([...changes].sort());
    expect([...idsOf].filter(([, ids]) => ids.size !== 1)).toEqual([]);
    expect({ seed, received }).toEqual({ seed, received: recorded });
    expect(watching.errors).toEqual([]);
  } finally {
    await store.close();
    await watching.close();
    await others.close();
  }
}, 300_000);
