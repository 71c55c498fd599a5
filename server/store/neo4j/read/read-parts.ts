import { setTimeout as sleep } from 'node:timers/promises';
import { int } from 'neo4j-driver';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { ExposureError } from '../../../domain/errors.ts';
import type { KindWithEnds } from '../../../domain/fact-rules.ts';
import { endsOf, kindsWithEnds } from '../../../domain/fact-rules.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FactPart, PartReader, SpreadSteps } from '../../fact-store.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { inSeconds } from '../connection/translate-error.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import type { ReferenceShape } from '../graph/graph-shape.ts';
import { graphShape, toGraphKey } from '../graph/graph-shape.ts';
import { SharedTexts } from '../graph/shared-texts.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { readAtGate } from './publication-gate.ts';
import type { PublishedState, Snapshots } from './snapshots.ts';
import { readPublishedState } from './snapshots.ts';

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

/*
 * The statements that read a part of the facts. `$seq` is the number of the last published event: facts that a later event states
 * are left out. A closure may pass through such facts, and then finds a superset.
 */

const published = (variable: string) => `${variable}.touched <= $seq`;

const isValid = `(access.validFrom IS NULL OR access.validFrom <= $to)
      AND (access.validUntil IS NULL OR access.validUntil > $from)
      AND (access.validFrom IS NULL OR access.validUntil IS NULL OR access.validFrom < access.validUntil)`;

const isPossiblyLive = `(transfer.sentAt IS NULL OR transfer.sentAt <= $to)
      AND (transfer.deletionState <> 'VERIFIED' OR transfer.deletedAt IS NULL
        OR (transfer.deletedAt > $from AND (transfer.sentAt IS NULL OR transfer.sentAt < transfer.deletedAt)))`;

/**
 * A breadth-first search from the nodes in the list `newest`. Each step starts from the new nodes of the step before. A path of
 * variable length would search again from each start, and with many starts would pass through most of the graph many times.
 * Nodes are grouped to find the new ones, because `IN` goes through its whole list for each. Returns the lists `newest` and `seen`.
 *
 * @param step matches from `(from)` to `(found)`
 */
function stepByStep(steps: number, step: string): string {
  const each = Array.from(
    { length: steps },
    (_, i) => `CALL (newest) {
  UNWIND newest AS from
  ${step}
  RETURN collect(DISTINCT found) AS found${i}
}
UNWIND [node IN seen | [node, 0]] + [node IN found${i} | [node, 1]] AS pair
WITH pair[0] AS node, min(pair[1]) AS isNew
WITH collect(node) AS seen, collect(CASE isNew WHEN 1 THEN node END) AS newest`,
  );
  return `WITH newest, newest AS seen\n${each.join('\n')}`;
}

/**
 * Everything reachable from the nodes in the list `newest`: the first steps one by one, the rest as paths of any length from the
 * few nodes found last. Returns the list `seen`.
 *
 * @param rest a path of any length from `(from)` to `(far)`
 */
function closure(step: string, rest: string): string {
  return `${stepByStep(4, step)}
CALL (newest) {
  UNWIND newest AS from
  ${rest}
  RETURN collect(DISTINCT far) AS rest
}
WITH seen + rest AS seen`;
}

/** `$starts`: ids of organizations; `$from`, `$to`: the window. Rows: ids. */
function spreadStatement(maxSteps: number, alongTransfers: boolean): string {
  const overAccess = `MATCH (from)-[:HAS]->(access:Access)-[:INTO]->(found:Organization)
    WHERE ${published('access')} AND ${isValid}
    RETURN found`;
  const overTransfers = `MATCH (from)-[:SENT]->(transfer:Transfer)-[:TO]->(found:Organization)
    WHERE ${published('transfer')} AND ${isPossiblyLive}
    RETURN found`;
  const step = `CALL (from) {
    ${alongTransfers ? `${overAccess}\n    UNION\n    ${overTransfers}` : overAccess}
  }`;
  return `MATCH (start:Organization) WHERE start.id IN $starts
WITH collect(start) AS newest
${stepByStep(maxSteps, step)}
UNWIND seen AS organization
RETURN organization.id`;
}

/** Hinted: the planner may otherwise scan all relationships of a type. */
const organizationAt = 'MATCH (organization:Organization {id: key}) USING INDEX organization:Organization(id)';
const artifactAt = 'MATCH (artifact:Artifact {id: key}) USING INDEX artifact:Artifact(id)';

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

/** `$artifacts`, `$minDegree`. Rows for `decodeFact` of REVEALS. */
const revealsFrom = graphKindOf('REVEALS').readFound(`MATCH (start:Artifact) WHERE start.id IN $artifacts
WITH collect(start) AS newest
${closure(
  'MATCH (from)-[step:REVEALS]->(found:Artifact) WHERE step.degree >= $minDegree',
  'MATCH (from)-[path:REVEALS*0..]->(far:Artifact) WHERE all(step IN path WHERE step.degree >= $minDegree)',
)}
UNWIND seen AS artifact
WITH DISTINCT artifact
MATCH (artifact)-[fact:REVEALS]->(:Artifact)
WHERE ${published('fact')}`);

/** `$named`: ids of organizations, of artifacts for REVEALS. Rows for `decodeFact`. */
function factsNaming(kind: 'ACCESS' | 'CONTROL' | 'REVEALS'): string {
  const { label, is, references } = graphShape[kind];
  const types = Object.values(references).map(({ type }) => type);
  const match =
    is === 'node'
      ? `${organizationAt}\nMATCH (organization)-[:${types.join('|')}]-(fact:${label})`
      : `${artifactAt}\nMATCH (artifact)-[fact:${label}]-(:Artifact)`;
  return graphKindOf(kind).readFound(`UNWIND $named AS key\n${match}\nWHERE ${published('fact')}\nWITH DISTINCT fact`);
}

/** Rows for `decodeFact` of ACCESS. Scans all access facts. */
const accessWithSoftware = graphKindOf('ACCESS').readFound(`MATCH (fact:Access) WHERE fact.software IS NOT NULL AND ${published('fact')}`);

/** One row. The database keeps this count, so it reads no facts. Correct only while no write is staged. */
function countOf(kind: FactKind): string {
  return graphKindOf(kind).count;
}

/** As `countOf`, but correct even while a write is staged. */
function countPublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  return `MATCH ${is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`} WHERE ${published('fact')} RETURN count(fact)`;
}

/** `$groups`: lists of ids of organizations. One row: the number of facts whose two ends are in one list. */
function countWithin(kind: KindWithEnds): string {
  const types = endsOf[kind].map((field) => (graphShape[kind].references[field] as ReferenceShape).type).join('|');
  return `UNWIND $groups AS ids
UNWIND tail(ids) AS key
${organizationAt}
MATCH (organization)-[:${types}]-(fact:${graphShape[kind].label})-[:${types}]-(other:Organization)
WHERE other.id IN ids AND ${published('fact')}
RETURN count(DISTINCT fact)`;
}

/** One row if a staged event has changed a published fact of the kind. Scans all facts of the kind. */
function changedUnpublished(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  const pattern = is === 'node' ? `(fact:${label})` : `()-[fact:${label}]->()`;
  return `MATCH ${pattern} WHERE fact.touched > $seq AND fact.writes[0] <= $seq RETURN 1 LIMIT 1`;
}

/** One row if a staged event has removed a published fact from the graph. */
const removedUnpublished = 'MATCH (former:ExposureFormer) WHERE former.touched > $seq AND former.writes[0] <= $seq RETURN 1 LIMIT 1';
