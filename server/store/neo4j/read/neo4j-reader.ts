import type { RecordedFact } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ChangedKeys, ChangedPage, ChangeReader, FactStream, KnownAt } from '../../fact-store.ts';
import type { Connection } from '../connection/connection.ts';
import { readChangesBack } from '../log/changes-back.ts';
import { readChangedKeys } from '../log/history.ts';
import { Neo4jLedger } from '../log/ledger.ts';
import { Neo4jFactStream } from './fact-stream.ts';
import { Snapshots } from './snapshots.ts';

/** Reads the facts of a database that has a store. */
export class Neo4jReader implements ChangeReader {
  readonly kind = 'neo4j';
  readonly ledger = new Neo4jLedger();
  readonly snapshots: Snapshots;

  constructor(connection: Connection) {
    this.snapshots = new Snapshots(connection, this.ledger);
  }

  readRevision(): Promise<number> {
    return this.snapshots.readRevision();
  }

  readFacts(at?: KnownAt, kinds?: readonly FactKind[]): FactStream {
    return new Neo4jFactStream(this.snapshots, at, { ...(kinds && { kinds }) });
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    const snapshot = await this.snapshots.open(at);
    const facts = await snapshot.readByKeys(kind, keys);
    return keys.flatMap((key) => facts.get(key) ?? []);
  }

  async readChangedKeys(revision: number, limit: number): Promise<ChangedKeys | undefined> {
    return readChangedKeys(await this.snapshots.open(), revision, limit);
  }

  async *readChangesBack(since: number, until: number): AsyncGenerator<ChangedPage> {
    yield* readChangesBack(await this.snapshots.open(), since, until);
  }
}
