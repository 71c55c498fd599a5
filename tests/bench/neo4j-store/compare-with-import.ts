import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open-store.ts';
import { dumpNeo4j } from '../../store/fixtures/neo4j-dump.ts';
import { type Neo4jServer, startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import type { WorldSize } from '../large-world.ts';
import type { Report } from '../report.ts';
import { writeWorldFiles } from '../world-files.ts';
import { importWorld } from './make-store.ts';

/** Imports a world into another Neo4j, and throws unless a store of the same world has the same constraints, nodes and relationships. */
export async function compareWithImport(size: WorldSize, made: Neo4jServer, report: Report): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'exposure-bench-same-'));
  const imported = await startNeo4j();
  try {
    const files = join(work, 'world');
    await writeWorldFiles(size, files);
    const store = await openStore(imported.url());
    await importWorld(store, files);
    await store.close();
    const [ours, other] = [await contentOf(imported, join(work, 'imported')), await contentOf(made, join(work, 'made'))];
    assert.equal(other.length, ours.length);
    for (const [i, line] of ours.entries()) assert.equal(other[i], line);
    report.line(`The batch-imported store equals one that our import wrote: ${ours.length} constraints, nodes and relationships`);
  } finally {
    await imported.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

interface Line {
  readonly constraint?: string;
  readonly node?: string;
  readonly labels?: readonly string[];
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The content of a database as sorted lines. Nodes are known by their labels and properties, without those drawn at random. */
async function contentOf(server: Neo4jServer, path: string): Promise<string[]> {
  await dumpNeo4j(server.url('bolt'), path);
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const names = new Map<string, string>();
  for (const { node, labels, properties } of lines) if (node !== undefined) names.set(node, `${labels} ${sorted(properties)}`);
  return lines
    .map(({ constraint, node, type, from, to, properties }) => {
      if (constraint !== undefined) return constraint;
      if (node !== undefined) return names.get(node) as string;
      return `${names.get(from as string)} ${type} ${sorted(properties)} ${names.get(to as string)}`;
    })
    .sort();
}

function sorted(properties: Line['properties']): string {
  const { nonce, identity, ...same } = properties ?? {};
  return JSON.stringify([typeof nonce, typeof identity, Object.entries(same).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
