import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { Watching } from '../watches/watching.ts';
import { killServers } from '../webhooks/kill-servers.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const kills = rounds(200);

it(
  '[S1014] whatever write a server is killed before or after, between commit, evaluation, sending and record, each change arrives under one id, in order',
  async () => {
    const watching = await new Watching().open();
    const receiver = await Receiver.open();
    try {
      const onKill = counting('kills', kills);
      const { changes, idsOf, received, recorded } = await killServers(watching, receiver, { kills, random: randomFrom(seed), onKill });
      expect([...idsOf.keys()].sort()).toEqual([...changes].sort());
      expect([...idsOf].filter(([, ids]) => ids.size !== 1)).toEqual([]);
      expect({ seed, received }).toEqual({ seed, received: recorded });
      expect(watching.errors).toEqual([]);
    } finally {
      await watching.close();
      await receiver.close();
    }
  },
  limitMs,
);
