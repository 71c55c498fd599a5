import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import { fieldIndex } from '../../../domain/fact-rules.ts';
import type { FactPart } from '../../fact-store.ts';
import { tableOf } from '../kind-table.ts';
import type { Ledger } from './ledger.ts';
import { readAssertionsInTurns } from './read-assertions.ts';
import { readAtLength } from './snapshot.ts';

/** Rows between two turns of the event loop. */
const rowsAPage = 16_384;
const artifactField = fieldIndex('TRANSFER', 'artifact');
const senderField = fieldIndex('TRANSFER', 'sender');
const recipientField = fieldIndex('TRANSFER', 'recipient');

/**
 * Reads transfers by what they name, from a scan of their table in pages: an index would slow each import, and only a server with
 * EXPOSURE_PROJECTION=local asks, until it has packed all transfers (docs/decisions/more-than-memory.md).
 */
export function readPart<T>(
  path: string,
  work: (part: FactPart) => Promise<T>,
): Promise<{ readonly revision: number; readonly result: T }> {
  return readAtLength(path, async ({ database, ledger }) => ({
    revision: ledger.findRevision(undefined),
    result: await work(new SqliteFactPart(database, ledger)),
  }));
}

/** Complexity of each method: a scan of all transfers, and O(k log n) for the k that it looks at closely. */
class SqliteFactPart implements FactPart {
  readonly #database: Database;
  readonly #ledger: Ledger;
  readonly #table = tableOf('TRANSFER');

  constructor(database: Database, ledger: Ledger) {
    this.#database = database;
    this.#ledger = ledger;
  }

  async readArtifactsHandled(organizations: readonly string[]): Promise<string[]> {
    const facts = await this.#readNaming([senderField, recipientField], organizations);
    return [...new Set(facts.map(({ values }) => values[artifactField] as string))];
  }

  readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]> {
    return this.#readNaming([artifactField], artifacts);
  }

  async countTransfers(): Promise<number> {
    const { keys, name } = this.#table;
    const grouped = (select: string, having: string) =>
      `SELECT ${select} FROM ${name} WHERE ${keys} > ? AND ${keys} <= ? GROUP BY ${keys} HAVING ${having}`;
    const countStatedOnce = this.#database
      .prepare(
        `SELECT COUNT(*) FROM (${grouped('MAX("said") AS "said", MAX("write") AS "write"', 'COUNT(*) = 1')})
        WHERE "said" <> 0 AND "write" NOT IN (SELECT "seq" FROM "write" WHERE "undone_at" IS NOT NULL)`,
      )
      .pluck();
    const listStatedOften = this.#database.prepare(grouped(keys, 'COUNT(*) > 1')).pluck();
    let count = 0;
    for await (const range of this.#pages()) {
      count += countStatedOnce.get(...range) as number;
      count += (await this.#readFacts(listStatedOften.all(...range) as string[])).length;
    }
    return count;
  }

  /** The transfers that name one of these in one of the fields. */
  async #readNaming(fields: readonly number[], named: readonly string[]): Promise<RecordedFact[]> {
    const { keys, name } = this.#table;
    const columns = fields.map((field) => `"${factFields.TRANSFER[field]?.column}" IN (SELECT "value" FROM json_each(?))`);
    const select = this.#database
      .prepare(`SELECT DISTINCT ${keys} FROM ${name} WHERE ${keys} > ? AND ${keys} <= ? AND (${columns.join(' OR ')})`)
      .pluck();
    const { phrases } = this.#ledger;
    const cells = JSON.stringify(named.flatMap((id) => phrases.findCell(id) ?? []));
    const ids: string[] = [];
    for await (const range of this.#pages()) ids.push(...(select.all(...range, ...columns.map(() => cells)) as string[]));
    const wanted = new Set(named);
    // An assertion that names one of these may not be the one that counts.
    return (await this.#readFacts(ids)).filter(({ values }) => fields.some((field) => wanted.has(values[field] as string)));
  }

  async #readFacts(ids: readonly string[]): Promise<RecordedFact[]> {
    const assertions = await readAssertionsInTurns(this.#database, 'TRANSFER', ids, this.#ledger, this.#ledger.findLive());
    return ids.flatMap((id) => foldAssertions(assertions.get(id) ?? []) ?? []);
  }

  /** Ranges of ids that hold all: above the first, up to and including the second. The event loop gets a turn after each. */
  async *#pages(): AsyncGenerator<readonly [after: string, until: string]> {
    const { keys, name } = this.#table;
    const select = this.#database
      .prepare(`SELECT ${keys} FROM ${name} WHERE ${keys} > ? ORDER BY ${keys} LIMIT 1 OFFSET ${rowsAPage - 1}`)
      .pluck();
    const last = this.#database.prepare(`SELECT MAX(${keys}) FROM ${name}`).pluck().get() as string | null;
    for (let after = ''; last !== null && after !== last; ) {
      const until = (select.get(after) as string | undefined) ?? last;
      yield [after, until];
      after = until;
      await nextTurn();
    }
  }
}
