import { int } from 'neo4j-driver';
import { fieldsVersion } from '../../../server/domain/fact-fields.ts';
import type { Connection } from '../../../server/store/neo4j/connection/connection.ts';
import { openConnection } from '../../../server/store/neo4j/connection/open-connection.ts';
import { type Migration, migrations, openSchema, runStatements } from '../../../server/store/neo4j/upkeep/schema.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '../../support/test.ts';

let database: Neo4jForTests;
const connections: Connection[] = [];

async function connect(): Promise<Connection> {
  const connection = await openConnection(database.url(), patient);
  connections.push(connection);
  return connection;
}

beforeAll(async () => {
  database = await openNeo4jForTests();
});

beforeEach(() => database.empty());

afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});

afterAll(async () => {
  // Later tests expect complete stores.
  await database?.empty();
  await database?.stop();
});

const readMarker = () => database.run('MATCH (store:ExposureStore {id: 1}) RETURN properties(store)');
const readConstraints = async () => (await database.run('SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name')).flat();

describe('the schema of a store in Neo4j', () => {
  it('[S60] is created once, however many servers open it at once, and then only read', async () => {
    const opening = await Promise.all([connect(), connect(), connect(), connect()]);
    await Promise.all(opening.map((connection) => openSchema(connection)));
    expect(await readMarker()).toEqual([
      [
        {
          id: 1,
          schemaVersion: migrations.length + 1,
          revision: 0,
          seq: 0,
          lastAt: 0,
          fieldsVersion,
          fields: expect.arrayContaining(['ACCESS.grantee']),
          identity: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      ],
    ]);
    const constraints = await readConstraints();
    expect(constraints).toContain('exposure_transfer_id');
    expect(constraints).toContain('exposure_reveals_key');
    await database.run('DROP CONSTRAINT exposure_transfer_id');
    await openSchema(await connect());
    expect(await readConstraints()).not.toContain('exposure_transfer_id');
  });

  it('[S60] an older one is upgraded step by step, each step once, however many servers open it', async () => {
    await openSchema(await connect());
    await database.run('MERGE (:ExposureDocument {collection: "note", id: "n", version: 1, json: "{}"})');
    const applied: string[] = [];
    const steps: Migration[] = [
      {
        prepare: (connection) =>
          runStatements(connection, ['CREATE INDEX exposure_for_test IF NOT EXISTS FOR (n:ExposureDocument) ON (n.version)']),
        apply: async (transaction) => {
          applied.push('first');
          await transaction.run('MATCH (d:ExposureDocument) SET d.steps = $one', { one: int(1) });
        },
      },
      {
        apply: async (transaction) => {
          applied.push('second');
          await transaction.run('MATCH (d:ExposureDocument) SET d.steps = d.steps + 1');
        },
      },
    ];
    const opening = await Promise.all([connect(), connect(), connect()]);
    await Promise.all(opening.map((connection) => openSchema(connection, [...migrations, ...steps])));
    expect(applied).toEqual(['first', 'second']);
    expect(await database.run('MATCH (d:ExposureDocument) RETURN d.steps')).toEqual([[2]]);
    expect(await database.run('MATCH (store:ExposureStore {id: 1}) RETURN store.schemaVersion')).toEqual([[migrations.length + 3]]);
    expect((await database.run('SHOW INDEXES YIELD name WHERE name = "exposure_for_test"')).length).toBe(1);
  });

  it('[S60] a failed step leaves the earlier version, and the next server to open the store repeats it', async () => {
    await openSchema(await connect());
    let isBroken = true;
    const steps: Migration[] = [
      {
        apply: async (transaction) => {
          await transaction.run('CREATE (:ExposureDocument {collection: "note", id: "half"})');
          if (isBroken) throw new Error('broken for this test');
        },
      },
    ];
    await expect(openSchema(await connect(), [...migrations, ...steps])).rejects.toThrow('broken for this test');
    expect(await database.run('MATCH (d:ExposureDocument) RETURN count(d)')).toEqual([[0]]);
    isBroken = false;
    await openSchema(await connect(), [...migrations, ...steps]);
    expect(await database.run('MATCH (store:ExposureStore {id: 1}) RETURN store.schemaVersion')).toEqual([[migrations.length + 2]]);
  });

  it('[S60] a newer one is refused and left unchanged', async () => {
    await openSchema(await connect());
    await database.run('MATCH (store:ExposureStore {id: 1}) SET store.schemaVersion = 999');
    await expect(openSchema(await connect())).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      message: expect.stringMatching(
        /neo4j:\/\/127\.0\.0\.1:\d+ was written by a newer version of this program: it has schema version 999, and this program knows versions up to \d+\./,
      ),
    });
    expect(await database.run('MATCH (store:ExposureStore {id: 1}) RETURN store.schemaVersion')).toEqual([[999]]);
  });

  it.each(['Organization', 'Control', 'ExposureDocument'])(
    '[S61] a database with nodes of our label %s but no store is refused and left unchanged',
    async (label) => {
      await database.run(`CREATE (:${label} {id: 'theirs'})`);
      await expect(openSchema(await connect())).rejects.toMatchObject({
        code: 'STORE_DAMAGED',
        message: expect.stringContaining(`holds nodes with the label ${label}, but no store of Exposure Graph`),
      });
      expect(await database.run('MATCH (n) RETURN properties(n)')).toEqual([[{ id: 'theirs' }]]);
      expect(await readConstraints()).toEqual([]);
    },
  );

  it('[S61] other nodes and constraints stay unchanged; the refusal names a conflicting one', async () => {
    await database.run("CREATE (:Person {id: 'p'})-[:REVEALS {key: 'k'}]->(:Person {id: 'q'})");
    await database.run('CREATE CONSTRAINT theirs FOR (n:Person) REQUIRE n.id IS UNIQUE');
    await openSchema(await connect());
    expect(await database.run('MATCH (p:Person)-[r]->(q:Person) RETURN p.id, r.key, q.id')).toEqual([['p', 'k', 'q']]);
    expect(await readConstraints()).toContain('theirs');

    await database.empty();
    await database.run('CREATE INDEX in_the_way FOR (n:Transfer) ON (n.id)');
    await expect(openSchema(await connect())).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('Remove them there, or name another database in EXPOSURE_STORE.'),
    });
    expect(await readMarker()).toEqual([]);
  });
});
