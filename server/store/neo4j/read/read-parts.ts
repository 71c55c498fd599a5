import { setTimeout as sleep } from 'node:timers/promises';
import { int } from 'neo4j-driver';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { ExposureError } from '../../../domain/errors.ts';
import { type FactKind, factKinds } from '../../../domain/facts.ts';
import type { FactPart, PartReader, SpreadSteps } from '../../part-reader.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { SharedTexts } from '../graph/shared-texts.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import {
  artifactsHandled,
  changedUnpublished,
  countOf,
  countPublished,
  engagementsAbove,
  engagementsOfTransfers,
  factsNaming,
  removedUnpublished,
  revealsFrom,
  spreadStatement,
  transfersOf,
} from './part-statements.ts';
import { readAtGate } from './publication-gate.ts';
import { type Look, readLook, type Snapshots } from './snapshots.ts';

/** So long facts that change under the reading are tried again. */
const patienceMs = 4000;
const pauseMs = 100;

/**
 * Reads parts of the facts from the graph alone, as of one event.
 *
 * What was published before the reading began is wholly in effect when it begins, and the reading counts only where nothing
 * was published until its end (publication-gate.ts). Facts that a staged write has added above that are told by their
 * number. Facts that it has changed or removed could only be worked out from the log; until it is done nothing is said. What is
 * staged gets more until it is put back, and then less: so where there is none before the reading and none after it, and nothing was
 * put back in between, the reading saw none.
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
    for (const end = performance.now() + patienceMs; ; await sleep(pauseMs)) {
      const before = await this.#snapshots.look();
      const wasChanged = await this.#isChangedAbove(before);
      // A server that is asked for the first time plans each of the statements, which can take longer than to answer them.
      const options = { timeoutMs: batchTimeoutMs };
      const result = await this.#connection.read((transaction) => work(new Neo4jFactPart(transaction, before)), options);
      const after = await this.#lookAfter();
      const isOneMoment = isSame(before, after);
      if (isOneMoment && !wasChanged && !(await this.#isChangedAbove(after))) {
        return { revision: before.writes.findRevision(), result };
      }
      if (performance.now() > end) throw isOneMoment ? beingWritten() : changingTooFast();
    }
  }

  /** What is published, where anything of it was in effect before. */
  async #lookAfter(): Promise<Look> {
    return readAtGate(this.#connection, async (transaction, pass) => {
      const [, moment] = await Promise.all([pass(), readLook(transaction, this.#ledger)]);
      return moment;
    });
  }

  /** Whether a staged write has changed or removed facts that are published. */
  async #isChangedAbove({ writes, staging }: Look): Promise<boolean> {
    if (staging === null) return false;
    const seq = int(writes.lastEvent);
    return this.#connection.read(async (transaction) => {
      const statements = [removedUnpublished, ...factKinds.map(changedUnpublished)];
      const rows = await Promise.all(statements.map((statement) => transaction.run(statement, { seq })));
      return rows.some((found) => found.length > 0);
    });
  }
}

function isSame(before: Look, after: Look): boolean {
  return after.writes.lastEvent === before.writes.lastEvent && after.staging === before.staging && after.putBacks === before.putBacks;
}

function beingWritten(): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    'A large write that changes or removes facts is under way, and until it is done no part of the facts can be told from what it has already changed. Ask again when it has ended.',
  );
}

function changingTooFast(): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `The facts went on changing for ${patienceMs / 1000} s while those that the question needs were read. Ask again.`,
  );
}

class Neo4jFactPart implements FactPart {
  readonly #transaction: Transaction;
  readonly #writes: PublishedWrites;
  readonly #isStaging: boolean;
  readonly #texts = new SharedTexts();

  constructor(transaction: Transaction, { writes, staging }: Look) {
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

  async readTransfersOf(artifacts: readonly string[]): Promise<{ transfers: RecordedFact[]; engagements: RecordedFact[] }> {
    const [transfers, engagements] = await Promise.all([
      this.#facts('TRANSFER', transfersOf, { artifacts }),
      this.#facts('ENGAGEMENT', engagementsOfTransfers, { artifacts }),
    ]);
    return { transfers, engagements };
  }

  async readRevealsFrom(artifacts: readonly string[], minDegree: number): Promise<RecordedFact[]> {
    return this.#facts('REVEALS', revealsFrom, { artifacts, minDegree });
  }

  async readEngagementsAbove(organizations: readonly string[]): Promise<RecordedFact[]> {
    return this.#facts('ENGAGEMENT', engagementsAbove, { organizations });
  }

  async readNaming(kind: 'ACCESS' | 'ENGAGEMENT' | 'CONTROL' | 'REVEALS', named: readonly string[]): Promise<RecordedFact[]> {
    return this.#facts(kind, factsNaming(kind), { named });
  }

  async countFacts(): Promise<Map<FactKind, number>> {
    const counts = factKinds.map(async (kind): Promise<[FactKind, number]> => {
      const statement = this.#isStaging ? countPublished(kind) : countOf(kind);
      const [row] = await this.#transaction.run(statement, { seq: int(this.#writes.lastEvent) });
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
