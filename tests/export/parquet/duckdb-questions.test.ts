import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { tiers } from '../../../server/rules/copy-tier.ts';
import { askDuckdb } from '../../bench/ask-duckdb.ts';
import { generateWorld } from '../../bench/large-world.ts';
import { Bench } from '../../import/import-for-tests.ts';
import { edit, toAssertion } from '../../store/assertions-for-tests.ts';
import { describe, expect, it } from '../../support/test.ts';
import { collectParquet } from './read-parquet.ts';
import type { SqlEngine } from './sql-engines.ts';
import { expectDocumentedAnswers, expectRowsFound, withFolder } from './sql-engines.ts';
import { asked, askWholeRadius } from './ten-questions.ts';

const duckdb: SqlEngine = {
  ask: askDuckdb,
  describe: (table) => `SELECT column_name, column_type FROM (DESCRIBE ${table})`,
  instant: (text) => `TIMESTAMPTZ '${text}'`,
  typeNames: {
    ...{ text: 'VARCHAR', number: 'DOUBLE', integer: 'INTEGER', boolean: 'BOOLEAN', instant: 'TIMESTAMP WITH TIME ZONE' },
    ...{ texts: 'VARCHAR[]', attributes: 'MAP(VARCHAR, VARCHAR)' },
  },
};

describe('Parquet files in DuckDB', () => {
  it('[F996] answer the ten questions of docs/parquet.md as it says, and have its types', () => expectDocumentedAnswers(duckdb));

  it('[F997] give every row by its id and by its instant, whatever the order of characters', () => expectRowsFound(duckdb));

  it('[F998] give the radii of a generated world by the documented SQL, as the server finds it', async () => {
    const facts = [
      ...generateWorld({ organizations: 60, artifacts: 400, transfers: 3000, accessPerOrganization: 2, revealsPerArtifact: 0.7 }),
    ];
    const projection = buildProjection(facts, 1);
    const bench = await Bench.open();
    try {
      expect((await bench.store.commit(edit(facts.map(toAssertion)))).isWritten).toBe(true);
      await withFolder(await collectParquet(bench.store), async (folder) => {
        for (let origin = 0; origin < projection.organizations.count; origin += 3) {
          const organization = projection.organizations.id.get(origin);
          const { core, widest } = asked;
          const question = { origins: [origin], core, widest, scopes: [], maxHops: 2, transferLikelihood: 0, minDegree: 0.05 };
          const { artifacts } = findBlastRadius(projection, question);
          const wanted = tiers
            .map((tier) => [tier, artifacts.filter((each) => each.tier === tier).length])
            .filter(([, count]) => count !== 0);
          const [answer] = await askDuckdb(folder, [askWholeRadius()], organization);
          expect([organization, answer?.rows.map(([state, count]) => [state, Number(count)])]).toEqual([organization, wanted]);
        }
      });
    } finally {
      await bench.close();
    }
  });
});
