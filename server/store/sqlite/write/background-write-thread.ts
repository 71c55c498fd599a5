import { parentPort } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { failureOf } from '../../../threads/thread-failure.ts';
import { openWriter } from '../open-database.ts';
import { refuseOtherFile } from '../store-file.ts';
import { translateError } from '../translate-error.ts';
import { BackgroundTransaction } from './background-transaction.ts';
import type { HostMessage, InsertOrder, SharedProgress, ThreadMessage } from './background-writer.ts';

/** Runs inside a worker thread: inserts one import in a transaction while the main thread plans it. Ending the thread rolls back. */
const port = parentPort;
if (port === null) throw new Error('background-write-thread.ts runs in a worker thread.');
let path = '';
let database: Database | undefined;
let transaction: BackgroundTransaction | undefined;

/** How long to wait for the plan before another look at its progress. A plan of 250,000 rows takes longer. */
const lookMs = 10;

port.on('message', async (message: HostMessage) => {
  try {
    if (message.type === 'insert') await insert(message.order);
    else {
      const written = transaction?.finish(message.counts, message.at) ?? null;
      database?.close();
      tell({ type: 'finished', written });
    }
  } catch (thrown) {
    tell({ type: 'failed', ...failureOf(translateError(thrown, path)) });
  }
});

function tell(message: ThreadMessage): void {
  port?.postMessage(message);
}

async function insert({ place, busyWaitMs, write, assertions, progress }: InsertOrder): Promise<void> {
  path = place.path;
  refuseOtherFile(path, place.file);
  database = openWriter(path, busyWaitMs);
  const packed = PackedAssertions.from(assertions);
  const plan = { effects: progress.effects, follow: (count: number) => followPlan(progress, count) };
  transaction = new BackgroundTransaction(database, { ...write, assertions: packed }, plan);
  // The caller may plan from now on: it sees the same facts as this transaction.
  tell({ type: 'begun' });
  await transaction.insert();
  tell({ type: 'inserted' });
}

async function followPlan({ planned, isOver }: SharedProgress, count: number): Promise<number> {
  for (;;) {
    const hasEnded = Atomics.load(isOver, 0) === 1;
    const known = Atomics.load(planned, 0);
    if (known > count || hasEnded) return known;
    Atomics.wait(isOver, 0, 0, lookMs);
  }
}
