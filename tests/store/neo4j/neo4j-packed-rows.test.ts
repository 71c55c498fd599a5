import type { FactWrite } from '../../../server/store/fact-write.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, expect, it } from '../../support/test.ts';
import { importOf, readAll } from '../assertions-for-tests.ts';
import { pack, plannedAlone, randomWorld } from '../packed-for-tests.ts';

let neo4j: Neo4jForTests;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
});
afterAll(() => neo4j?.stop());

const log = `MATCH (c:ExposureAssertions)
  RETURN c.write, c.kind, c.place, c.first, c.last, c.count, c.changed, c.packed ORDER BY c.write, c.kind, c.place`;
const nodes = `MATCH (n:Organization|Artifact|Engagement|Transfer|Access|Control)
  RETURN labels(n)[0], properties(n), [(n)-[r]->(to) | [type(r), coalesce(to.id, to.key)]] ORDER BY labels(n)[0], coalesce(n.id, n.key)`;

/** Imports into an empty store, one write after the other. */
async function importAll(writes: readonly FactWrite[], stageFrom?: number) {
  await neo4j.emptyStore();
  const store = await openStore(neo4j.url(), stageFrom === undefined ? patient : { ...patient, stageFrom });
  try {
    const outcomes: object[] = [];
    for (const write of writes) {
      const { isWritten, revision, counts, effects, violations, readChanges } = await store.commit(write);
      outcomes.push({
        isWritten,
        revision,
        counts,
        effects: [...effects],
        violations,
        changes: readChanges(Array.from(effects, (_, i) => i)),
      });
    }
    const graph = (await neo4j.run(nodes)).map(([label, own, arrows]) =>
      JSON.stringify([label, own, (arrows as unknown[]).map(String).sort()]),
    );
    return { outcomes, facts: await readAll(store), log: JSON.stringify(await neo4j.run(log)), graph, damage: await store.verify() };
  } finally {
    await store.close();
  }
}

it.each([undefined, 0])(
  '[G332] rows that are planned by column are written into Neo4j as those that are planned alone are, log and graph, in an empty store and over facts (staged from %s)',
  async (stageFrom) => {
    const [first, second] = [randomWorld(1, 300), randomWorld(11, 500)];
    const writesOf = (more: Partial<Pick<FactWrite, 'rejectedKeys'>>) => [
      importOf('first', pack(first), { skipRefused: true, ...more }),
      importOf('second', pack(second), { skipRefused: true, ...more }),
    ];
    const alone = await importAll(writesOf(plannedAlone));
    expect(await importAll(writesOf({}), stageFrom)).toEqual(alone);
    expect(alone.damage).toEqual([]);
    expect(alone.facts.length).toBeGreaterThan(500);
  },
  120_000,
);
