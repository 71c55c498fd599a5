import { namedKinds } from '../../../server/domain/fact-fields.ts';
import { getOrInsert } from '../../../server/domain/get-or-insert.ts';
import type { FactWrite, WriteOutcome } from '../../../server/store/fact-write.ts';
import type { Connection, Row, Transaction } from '../../../server/store/neo4j/connection/connection.ts';
import { graphShape } from '../../../server/store/neo4j/graph/graph-shape.ts';
import { Neo4jLedger } from '../../../server/store/neo4j/log/ledger.ts';
import type { HeadPosition } from '../../../server/store/neo4j/write/head.ts';
import { commitOf } from '../../../server/store/neo4j/write/write-facts.ts';
import type { WritePath } from '../../../server/store/neo4j/write/write-path.ts';
import type { StoreFiles } from './store-files.ts';

export interface RecordedWrite {
  readonly head: HeadPosition;
  readonly outcome: WriteOutcome;
}

/**
 * Runs the product's own commit into an empty store, and turns its statements into files for Neo4j's batch importer. So log and
 * graph have what the product writes. A statement that creates anything in another way throws.
 *
 * @param connection to an empty store, which answers what the plan asks
 */
export async function recordWrite(connection: Connection, write: FactWrite, files: StoreFiles): Promise<RecordedWrite> {
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
