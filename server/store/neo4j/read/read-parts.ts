import { setTimeout as sleep } from 'node:timers/promises';
import { int } from 'neo4j-driver';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { ExposureError } from '../../../domain/errors.ts';
import { kindsWithEnds } from '../../../domain/fact-rules.ts';
import { type FactKind, factKinds } from '../../../domain/facts.ts';
import type { FactPart, PartReader, SpreadSteps } from '../../part-reader.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { inSeconds } from '../connection/translate-error.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { SharedTexts } from '../graph/shared-texts.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import {
  accessWithSoftware,
  artifactsHandled,
  changedUnpublished,
  countOf,
  countPublished,
  countWithin,
  factsNaming,
  removedUnpublished,
  revealsFrom,
  spreadStatement,
  transfersOf,
} from './part-statements.ts';
import { readAtGate } from './publication-gate.ts';
import { type PublishedState, readPublishedState, type Snapshots } from './snapshots.ts';

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

  /** Whether a staged write has changed or removed published facts in the graph. */
  async #hasStagedChanges({ writes, staging }: PublishedState): Promise<boolean> {
    if (staging === null) return false;
    const seq = int(writes.lastEvent);
    return this.#connection.read(async (transaction) => {
      const statements = [removedUnpublished, ...factKinds.map(changedUnpublished)];
      const rows = await Promise.all(statements.map((statement) => transaction.run(statement, { seq })));
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

  async readSpread(from: readonly string[], { max, alongTransfers, ...window }: SpreadSteps): Promise<string[]> {
    return this.#ids(spreadStatement(max, alongTransfers), { starts: from, from: window.from, to: window.to });
  }

  async readArtifactsHandled(organizations: readonly string[]): Promise<string[]> {
    return this.#ids(artifactsHandled, { organizations });
  }

  async readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]> {
    return this.#facts('TRANSFER', transfersOf, { artifacts });
  }

  async readRevealsFrom(artifacts: readonly string[], minDegree: number): Promise<RecordedFact[]> {
    return this.#facts('REVEALS', revealsFrom, { artifacts, minDegree });
  }

  async readNaming(kind: 'ACCESS' | 'CONTROL' | 'REVEALS', named: readonly string[]): Promise<RecordedFact[]> {
    return this.#facts(kind, factsNaming(kind), { named });
  }

  async readSoftware(): Promise<RecordedFact[]> {
    return this.#facts('ACCESS', accessWithSoftware, {});
  }

  async countFacts(): Promise<Map<FactKind, number>> {
    const counts = factKinds.map(async (kind): Promise<[FactKind, number]> => {
      const statement = this.#isStaging ? countPublished(kind) : countOf(kind);
      const [row] = await this.#transaction.run(statement, { seq: int(this.#writes.lastEvent) });
      return [kind, row?.[0] as number];
    });
    return new Map(await Promise.all(counts));
  }

  async countWithin(groups: readonly (readonly string[])[]): Promise<Map<FactKind, number>> {
    const counts = kindsWithEnds.map(async (kind): Promise<[FactKind, number]> => {
      const [row] = await this.#transaction.run(countWithin(kind), { groups, seq: int(this.#writes.lastEvent) });
      return [kind, row?.[0] as number];
    });
    return new Map(await Promise.all(counts));
  }

  async readFacts(kind: FactKind, keys: readonly string[]): Promise<RecordedFact[]> {
    const rows = await this.#transaction.run(graphKindOf(kind).readByKeys, { keys: keys.map((key) => toGraphKey(kind, key)) });
    const kindModel = graphKindOf(kind);
    return rows
      .filter((row) => kindModel.rows.touchedOf(row) <= this.#writes.lastEvent)
      .map((row) => kindModel.rows.decodeFact(row, this.#writes));
  }

  async #ids(statement: string, parameters: Record<string, unknown>): Promise<string[]> {
    const rows = await this.#transaction.run(statement, { ...parameters, seq: int(this.#writes.lastEvent) });
    return rows.map(([id]) => id as string);
  }

  async #facts(kind: FactKind, statement: string, parameters: Record<string, unknown>): Promise<RecordedFact[]> {
    const { rows } = graphKindOf(kind);
    const decode = (row: Row): RecordedFact => rows.decodeFact(row, this.#writes, this.#texts);
    return this.#transaction.run(statement, { ...parameters, seq: int(this.#writes.lastEvent) }, decode);
  }
}
