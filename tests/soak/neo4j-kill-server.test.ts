import { killServers } from '../support/kills/killed-server.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const count = process.env.SOAK_SCALE === undefined ? 2 : rounds(100);
let neo4j: Neo4jForTests;
beforeAll(async () => {
  neo4j = await openNeo4jForTests();
}, 300_000);
afterAll(() => neo4j?.stop());

it(
  '[S211] over Neo4j, too, a server that is killed amid all kinds of write has kept each acknowledged one',
  async () => {
    const report = await killServers({
      openEmpty: async () => {
        await neo4j.emptyStore();
        return neo4j.url();
      },
      rounds: count,
      random: randomFrom(seed),
      onRound: counting('kills', count),
      roundsAStore: 10,
      withinMs: 3000,
    });
    process.stderr.write(`killed ${count} servers over Neo4j (seed ${seed}): ${JSON.stringify(report)}\n`);
    expect(Object.values(report.acknowledged).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(count);
  },
  limitMs,
);
