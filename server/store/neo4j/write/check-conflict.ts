import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FactWrite } from '../../fact-write.ts';
import { conflictOf, findWritesAfter, refuseSecondCommit } from '../../plan/refuse-conflict.ts';
import type { Transaction } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { readFormers } from '../graph/place-facts.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import { LogReader } from '../log/log-reader.ts';

/** Throws CONFLICT if the import is committed already, or if a fact of the write changed after `ifRevision`. */
export async function checkConflict(transaction: Transaction, writes: PublishedWrites, write: FactWrite): Promise<void> {
  refuseSecondCommit(writes, write);
  const since = write.ifRevision;
  if (since === undefined) return;
  const later = findWritesAfter(writes, since);
  if (later.size === 0) return;
  for (const kind of factKinds) {
    const keys = [...write.assertions].flatMap((assertion) => (assertion.kind === kind ? [assertion.key] : []));
    const changers = keys.length === 0 ? new Map<string, number>() : await findChangers(transaction, kind, keys, later, writes);
    for (const key of keys) {
      const changer = changers.get(toGraphKey(kind, key));
      if (changer !== undefined) throw conflictOf(writes, kind, key, changer, since);
    }
  }
}

/** The first of the later writes that changed each fact or that were undone, by graph key. */
async function findChangers(
  transaction: Transaction,
  kind: FactKind,
  keys: readonly string[],
  later: ReadonlySet<number>,
  writes: PublishedWrites,
): Promise<Map<string, number>> {
  const model = graphKindOf(kind);
  const graphKeys = keys.map((key) => toGraphKey(kind, key));
  const rows = await transaction.run(model.readByKeys, { keys: graphKeys });
  const spoken = await readFormers(transaction, kind, graphKeys);
  for (const row of rows) spoken.set(row[0] as string, [...(model.rows.writesOf(row) ?? [model.rows.writeOf(row)])]);
  const wanted = new Map<number, string[]>();
  for (const [key, seqs] of spoken) {
    for (const seq of seqs) if (later.has(seq)) wanted.set(seq, [...(wanted.get(seq) ?? []), key]);
  }
  const found = await new LogReader().find(transaction, kind, wanted);
  return new Map(
    [...found].flatMap(([key, ofKey]) => {
      const changer = ofKey.find(({ write, logged }) => logged.effect > 0 || writes.get(write).undo !== null);
      return changer === undefined ? [] : [[key, changer.write]];
    }),
  );
}
