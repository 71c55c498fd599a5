import { setTimeout as sleep } from 'node:timers/promises';
import { int } from 'neo4j-driver';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { ExposureError } from '../../../domain/errors.ts';
import type { FactPart, PartReader } from '../../fact-store.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { inSeconds } from '../connection/translate-error.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { SharedTexts } from '../graph/graph-record.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { readAtGate } from './publication-gate.ts';
import type { PublishedState, Snapshots } from './snapshot.ts';
import { readPublishedState } from './snapshot.ts';

/** How long a read is retried while the facts change under it. */
const retryForMs = 4000;
const pauseMs = 100;

/**
 * Reads parts of the facts from the graph alone, as of one event.
 *
 * - All published facts are visible when a read begins, and a read counts only if nothing was published until its end
 *   (publication-gate.ts). Otherwise it is retried.
 * - Facts that a staged write has added are numbered above the head, so the statements leave them out.
 * - Facts that a staged write has changed or removed are no longer in the graph as they were. Reads are refused until that
 *   write ends. A read saw none if there are none before it and none after it, and no rollback happened in between.
 */
export class Neo4jPartReader implements PartReader {
  readonly #connection: Connection;
  readonly #ledger: Neo4jLedger;
  readonly #snapshots: Snapshots;

  constructor(connection: Connection, ledger: Neo4jLedger, snapshots: Snapshots) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#snapshots = snapshots;
  }

  async readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ revision: number; result: T }> {
    for (const end = performance.now() + retryForMs; ; await sleep(pauseMs)) {
      const before = await this.#snapshots.readState();
      const hadStagedChanges = await this.#hasStagedChanges(before);
      // A server plans each statement when it first runs it, which can take longer than running it.
      const options = { timeoutMs: batchTimeoutMs };
      const result = await this.#connection.read((transaction) => work(new Neo4jFactPart(transaction, before)), options);
      const after = await this.#readStateAfter();
      const isOneSnapshot = isSame(before, after);
      if (isOneSnapshot && !hadStagedChanges && !(await this.#hasStagedChanges(after))) {
        return { revision: before.writes.findRevision(), result };
      }
      if (performance.now() > end) throw isOneSnapshot ? beingWritten() : changingTooFast();
    }
  }

  /** The published state after a read: the gate is passed first, so that it includes every event that the read could see. */
  async #readStateAfter(): Promise<PublishedState> {
    return readAtGate(this.#connection, async (transaction, pass) => {
      const [, state] = await Promise.all([pass(), readPublishedState(transaction, this.#ledger)]);
      return state;
    });
  }

  /** Whether a staged write has changed published transfers in the graph, or removed published facts. */
  async #hasStagedChanges({ writes, staging }: PublishedState): Promise<boolean> {
    if (staging === null) return false;
    const seq = int(writes.lastEvent);
    return this.#connection.read(async (transaction) => {
      const rows = await Promise.all([removedUnpublished, changedUnpublished].map((statement) => transaction.run(statement, { seq })));
      return rows.some((found) => found.length > 0);
    });
  }
}

function isSame(before: PublishedState, after: PublishedState): boolean {
  return after.writes.lastEvent === before.writes.lastEvent && after.staging === before.staging && after.rollbacks === before.rollbacks;
}

function beingWritten(): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    'A large write is changing or removing facts, and this server cannot read around it. Ask again when that write has ended, or ask a server that holds all facts in memory.',
  );
}

function changingTooFast(): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `The facts kept changing for ${inSeconds(retryForMs)} while this question read them. Ask again when fewer writes are running.`,
  );
}

class Neo4jFactPart implements FactPart {
  readonly #transaction: Transaction;
  readonly #writes: PublishedWrites;
  readonly #isStaging: boolean;
  readonly #texts = new SharedTexts();

  constructor(transaction: Transaction, { writes, staging }: PublishedState) {
    this.#transaction = transaction;
    this.#writes = writes;
    this.#isStaging = staging !== null;
  }

  async readArtifactsHandled(organizations: readonly string[]): Promise<string[]> {
    const rows = await this.#transaction.run(artifactsHandled, { organizations, seq: this.#seq });
    return rows.map(([id]) => id as string);
  }

  async readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]> {
    const { rows } = graphKindOf('TRANSFER');
    const decode = (row: Row): RecordedFact => rows.decodeFact(row, this.#writes, this.#texts);
    return this.#transaction.run(transfersOf, { artifacts, seq: this.#seq }, decode);
  }

  async countTransfers(): Promise<number> {
    // The database keeps the count of all, so it reads no facts.
    const statement = this.#isStaging ? countPublished : graphKindOf('TRANSFER').count;
    const [row] = await this.#transaction.run(statement, { seq: this.#seq });
    return row?.[0] as number;
  }

  get #seq() {
    return int(this.#writes.lastEvent);
  }
}

/*
 * The statements that read a part of the facts. `$seq` is the number of the last published event: facts that a later event states
 * are left out.
 */

const published = (variable: string) => `${variable}.touched <= $seq`;

/** Hinted: the planner may otherwise scan all relationships of a type. */
const organizationAt = 'MATCH (organization:Organization {id: key}) USING INDEX SEEK organization:Organization(id)';
const artifactAt = 'MATCH (artifact:Artifact {id: key}) USING INDEX SEEK artifact:Artifact(id)';

/** `$organizations`. Rows: ids. */
const artifactsHandled = `UNWIND $organizations AS key
${organizationAt}
CALL (organization) {
  MATCH (organization)-[:SENT]->(transfer:Transfer)-[:OF]->(artifact:Artifact) WHERE ${published('transfer')} RETURN artifact
  UNION
  MATCH (organization)<-[:TO]-(transfer:Transfer)-[:OF]->(artifact:Artifact) WHERE ${published('transfer')} RETURN artifact
}
WITH DISTINCT artifact
RETURN artifact.id`;

/** `$artifacts`. Rows for `decodeFact` of TRANSFER. */
const transfersOf = graphKindOf('TRANSFER').readFound(
  `UNWIND $artifacts AS key
${artifactAt}
MATCH (artifact)<-[:OF]-(fact:Transfer)
WHERE ${published('fact')}`,
  'artifact',
);

/** One row. Scans all transfers. */
const countPublished = `MATCH (fact:Transfer) WHERE ${published('fact')} RETURN count(fact)`;

/** One row if a staged event has changed a published transfer. Scans all transfers. */
const changedUnpublished = 'MATCH (fact:Transfer) WHERE fact.touched > $seq AND fact.writes[0] <= $seq RETURN 1 LIMIT 1';

/** One row if a staged event has removed a published fact from the graph. */
const removedUnpublished = 'MATCH (former:ExposureFormer) WHERE former.touched > $seq AND former.writes[0] <= $seq RETURN 1 LIMIT 1';
