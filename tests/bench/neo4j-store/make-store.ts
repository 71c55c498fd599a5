import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import neo4j, { type Driver, int } from 'neo4j-driver';
import { fileNames } from '../../../server/domain/fact-fields.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import { commitImport } from '../../../server/import/commit-import.ts';
import { readImport } from '../../../server/import/read-import.ts';
import { openConnection } from '../../../server/store/neo4j/connection/open-connection.ts';
import type { HeadPosition } from '../../../server/store/neo4j/write/head.ts';
import { openStore } from '../../../server/store/open-store.ts';
import { readNeo4jJars } from '../../support/neo4j/neo4j-jars.ts';
import { type Neo4jOptions, type Neo4jServer, startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import type { WorldSize } from '../large-world.ts';
import { milliseconds, type Report } from '../report.ts';
import { writeWorldFiles } from '../world-files.ts';
import { recordWrite } from './record-write.ts';
import { arrayDelimiter, StoreFiles } from './store-files.ts';

/** The clock of the import, so that two stores of the same world are equal. */
export const importedAt = Date.UTC(2026, 8, 2);

/** Reads the files of a world, and gives their write to `commit`. */
export async function importWorld(
  store: Parameters<typeof commitImport>[0],
  folder: string,
  commit: Parameters<typeof commitImport>[4] = store,
): Promise<void> {
  const files = factKinds.map((kind) => `${fileNames[kind]}.csv`).filter((name) => existsSync(join(folder, name)));
  const read = await readImport(
    files.map((name) => ({ name, path: join(folder, name) })),
    { assertedAt: importedAt, source: null },
  );
  const order = { id: 'import-world', by: 'bench', at: importedAt, createdAt: importedAt, source: null, assertedAt: null };
  const { isWritten, report } = await commitImport(store, read, order, 'ALL_OR_NOTHING', commit);
  if (!isWritten) throw new Error(`The world was not imported: ${JSON.stringify(report)}`);
}

/**
 * Makes the store of a world in a folder, in minutes where the product's import takes an hour: the product's writer makes files, and
 * Neo4j's batch importer reads them. Constraints and the marker are those of a store that the product has created.
 *
 * @param options of the Neo4j; `keep` is the folder
 * @returns the running Neo4j
 */
export async function makeStore(size: WorldSize, options: Neo4jOptions & { readonly keep: string }, report: Report): Promise<Neo4jServer> {
  let start = performance.now();
  const say = (what: string) => {
    report.line(`  ${what}: ${milliseconds(performance.now() - start)}`);
    start = performance.now();
  };
  mkdirSync(options.keep, { recursive: true });
  const work = mkdtempSync(join(options.keep, 'files-'));
  try {
    await writeWorldFiles(size, work);
    say('world written as CSV');
    let server = await startNeo4j(options);
    const files = new StoreFiles(work);
    let head: HeadPosition | undefined;
    const store = await openStore(server.url());
    const connection = await openConnection(server.url(), {});
    await importWorld(store, work, {
      commit: async (write) => {
        const recorded = await recordWrite(connection, write, files);
        head = recorded.head;
        return recorded.outcome;
      },
    });
    await Promise.all([store.close(), connection.close()]);
    const constraints = await withDriver(server, async (driver) => {
      await recordMarker(driver, head as HeadPosition, files);
      return cellsOf(driver, 'SHOW CONSTRAINTS YIELD name, createStatement RETURN createStatement ORDER BY name');
    });
    await server.stop();
    say('read, planned and written for the batch importer');
    runImporter(options.keep, files.end());
    rmSync(work, { recursive: true });
    say('batch import');
    server = await startNeo4j(options);
    await withDriver(server, async (driver) => {
      for (const statement of [...constraints, ...files.remaining]) await driver.executeQuery(statement);
      await driver.executeQuery('CALL db.awaitIndexes(3600)');
    });
    say('constraints');
    return server;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The marker as the publishing transaction leaves it, and the gate (read/publication-gate.ts). */
async function recordMarker(driver: Driver, head: HeadPosition, files: StoreFiles): Promise<void> {
  const [created] = await cellsOf<Record<string, unknown>>(driver, 'MATCH (m:ExposureStore {id: 1}) RETURN properties(m)');
  const marker = { ...created, seq: int(head.seq), revision: int(head.revision), lastAt: int(head.at), isPassed: null };
  const names = Object.keys(marker);
  files.addNode('ExposureStore', names, Object.values(marker));
  files.addNode(
    'ExposureStore',
    names,
    names.map((name) => (name === 'id' ? int(2) : name === 'isPassed' ? true : null)),
  );
}

async function withDriver<T>(server: Neo4jServer, work: (driver: Driver) => Promise<T>): Promise<T> {
  const driver = neo4j.driver(server.url('bolt'), neo4j.auth.basic('', ''));
  try {
    return await work(driver);
  } finally {
    await driver.close();
  }
}

async function cellsOf<T = string>(driver: Driver, query: string): Promise<T[]> {
  const { records } = await driver.executeQuery(query);
  return records.map((record) => record.get(0) as T);
}

function runImporter(folder: string, files: readonly string[]): void {
  const delimiter = `U+${arrayDelimiter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const { status, stdout, stderr } = spawnSync(
    'java',
    [
      ...['-Xmx2g', '-cp', join(readNeo4jJars(), '*'), 'org.neo4j.cli.AdminTool', 'database', 'import', 'full', 'neo4j'],
      ...['--overwrite-destination', '--id-type=integer', `--array-delimiter=${delimiter}`, '--max-off-heap-memory=2g'],
      ...['--bad-tolerance=0', `--report-file=${join(folder, 'import.report')}`, ...files],
    ],
    { encoding: 'utf8', env: { ...process.env, NEO4J_HOME: folder, NEO4J_CONF: join(folder, 'conf') }, maxBuffer: 2 ** 28 },
  );
  if (status !== 0) throw new Error(`The batch import failed: ${stdout.slice(-3000)}${stderr.slice(-3000)}`);
}
