import { join } from 'node:path';
import { killServers } from '../support/kills/killed-server.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const count = process.env.SOAK_SCALE === undefined ? 2 : rounds(300);

it(
  '[S210] a server that is killed amid all kinds of write has kept each acknowledged one, and the others whole or not at all',
  async () => {
    const report = await killServers({
      openEmpty: async (folder) => `sqlite:${join(folder, 'facts.db')}`,
      rounds: count,
      random: randomFrom(seed),
      onRound: counting('kills', count),
      roundsAStore: 20,
      withinMs: 1500,
    });
    process.stderr.write(`killed ${count} servers (seed ${seed}): ${JSON.stringify(report)}\n`);
    expect(Object.values(report.acknowledged).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(count);
  },
  limitMs,
);
