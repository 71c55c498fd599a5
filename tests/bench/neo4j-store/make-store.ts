import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import neo4j, { int } from 'neo4j-driver';
import { fileNames, namedKinds } from '../../../server/domain/fact-fields.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import { getOrInsert } from '../../../server/domain/get-or-insert.ts';
import { commitImport } from '../../../server/import/commit-import.ts';
import { readImport } from '../../../server/import/read-import.ts';
import type { FactWrite, WriteOutcome } from '../../../server/store/fact-write.ts';
import type { Connection, Row, Transaction } from '../../../server/store/neo4j/connection/connection.ts';
import { openConnection } from '../../../server/store/neo4j/connection/open-connection.ts';
import { graphShape } from '../../../server/store/neo4j/graph/graph-shape.ts';
import { Neo4jLedger } from '../../../server/store/neo4j/log/ledger.ts';
import type { HeadPosition } from '../../../server/store/neo4j/write/head.ts';
import { commitOf } from '../../../server/store/neo4j/write/write-facts.ts';
import type { WritePath } from '../../../server/store/neo4j/write/write-path.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { readNeo4jJars } from '../../support/neo4j/neo4j-jars.ts';
import type { Neo4jOptions, Neo4jServer } from '../../support/neo4j/neo4j-server.ts';
import { startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import type { WorldSize } from '../large-world.ts';
import type { Report } from '../report.ts';
import { milliseconds } from '../report.ts';
import { writeWorldFiles } from '../world-files.ts';
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

interface RecordedWrite {
  readonly head: HeadPosition;
  readonly outcome: WriteOutcome;
}

/**
 * Runs the product's own commit into an empty store, and turns its statements into files for Neo4j's batch importer. So log and
 * graph have what the product writes. A statement that creates anything in another way throws.
 *
 * @param connection to an empty store, which answers what the plan asks
 */
async function recordWrite(connection: Connection, write: FactWrite, files: StoreFiles): Promise<RecordedWrite> {
  const recorder = new Recorder(files);
  const path: WritePath = {
    nonce: 'recorded',
    writes: await connection.read((transaction) => new Neo4jLedger().refresh(transaction)),
    lastAt: 0,
    read: (work) => connection.read(work),
    batch: async (run) => void (await run(recorder)),
    settle: async () => undefined,
    atPublish: (run) => void run(recorder),
  };
  const { result, stage } = await commitOf(write).plan(path);
  if (stage === undefined) throw new Error(`The write was refused: ${JSON.stringify(result().violations.slice(0, 3))}`);
  const head = await stage();
  return { head, outcome: result() };
}

const namedLabels = new Set([...namedKinds].map((kind) => graphShape[kind].label));

class Recorder implements Transaction {
  readonly #files: StoreFiles;
  /** The number of each node that facts name, by label and id. */
  readonly #numbers = new Map([...namedLabels].map((label) => [label, new Map<unknown, number>()]));
  readonly #statements = new Map<string, Statement>();

  constructor(files: StoreFiles) {
    this.#files = files;
  }

  async run<T>(query: string, parameters: Record<string, unknown> = {}): Promise<T[]> {
    return [[this.#record(query, parameters)] as Row as T];
  }

  #record(query: string, parameters: Record<string, unknown>): number {
    if (query === 'CREATE (event:ExposureWrite) SET event = $properties') {
      const properties = parameters.properties as Record<string, unknown>;
      this.#files.addNode('ExposureWrite', Object.keys(properties), Object.values(properties));
      return 1;
    }
    const rows = parameters.rows as readonly unknown[];
    if (query === 'UNWIND $rows AS row CREATE (chunk:ExposureAssertions {write: $write}) SET chunk += row') {
      for (const row of rows as Record<string, unknown>[])
        this.#files.addNode('ExposureAssertions', ['write', ...Object.keys(row)], [parameters.write, ...Object.values(row)]);
      return rows.length;
    }
    const statement = getOrInsert(this.#statements, query, () => parse(query));
    for (const row of rows as unknown[][]) this.#create(statement, row);
    return rows.length;
  }

  #create({ ends, node, arrows, names, cells }: Statement, row: readonly unknown[]): void {
    const values = cells.map((cell) => row[cell]);
    const numbers = new Map(ends.map(({ name, label, cell }) => [name, this.#find(label, row[cell])]));
    if (node !== undefined) {
      const number = this.#files.addNode(node, names, values);
      this.#numbers.get(node)?.set(row[0], number);
      numbers.set('fact', number);
    }
    for (const { type, from, to } of arrows) {
      const [start, end] = [numbers.get(from) as number, numbers.get(to) as number];
      if (node === undefined) this.#files.addRelationship(type, start, end, names, values);
      else this.#files.addRelationship(type, start, end);
    }
  }

  #find(label: string, id: unknown): number {
    const number = this.#numbers.get(label)?.get(id);
    if (number === undefined) throw new Error(`A fact names ${label} ${id}, which was not written.`);
    return number;
  }
}

/** A statement that creates facts of one kind from `$rows`. */
interface Statement {
  readonly ends: readonly { readonly name: string; readonly label: string; readonly cell: number }[];
  /** The label of the fact. Undefined: the fact is the relationship. */
  readonly node: string | undefined;
  readonly arrows: readonly { readonly type: string; readonly from: string; readonly to: string }[];
  /** The properties of the fact, and the index of each in a row. */
  readonly names: readonly string[];
  readonly cells: readonly number[];
}

function parse(query: string): Statement {
  const lines = query.split('\n');
  const create = lines.at(-2) ?? '';
  const ends = lines.slice(1, -2).map((line) => {
    const [, name, label, cell] = /^MATCH \((\w+):(\w+) \{id: row\[(\d+)\]\}\)$/.exec(line) ?? refuse(query);
    return { name: name as string, label: label as string, cell: Number(cell) };
  });
  if (lines[0] !== 'UNWIND $rows AS row' || lines.at(-1) !== 'RETURN count(*)') return refuse(query);
  const [, node, properties = '', rest = ''] = /^CREATE \(fact:(\w+) \{([^}]*)\}\)(.*)$/.exec(create) ?? [];
  const [, from, type, own = '', to] = /^CREATE \((\w+)\)-\[:(\w+) \{([^}]*)\}\]->\((\w+)\)$/.exec(create) ?? [];
  const found = [...(node === undefined ? own : properties).matchAll(/(\w+): row\[(\d+)\]/g)];
  const stated = { ends, node, names: found.map(([, name]) => name as string), cells: found.map(([, , cell]) => Number(cell)) };
  if (from !== undefined && type !== undefined && to !== undefined) return { ...stated, arrows: [{ type, from, to }] };
  if (node === undefined) return refuse(query);
  const arrows = [...rest.matchAll(/\(fact\)(<?)-\[:(\w+)\]->?\((\w+)\)/g)].map(([, isIn, name, end]) =>
    isIn === '<' ? { type: name as string, from: end as string, to: 'fact' } : { type: name as string, from: 'fact', to: end as string },
  );
  if (arrows.length !== ends.length) return refuse(query);
  return { ...stated, arrows };
}

function refuse(query: string): never {
  throw new Error(`The batch importer has no files for this statement:\n${query}`);
}
