import { parentPort } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { ExposureError } from '../../../domain/errors.ts';
import { PackedAssertions, wrapBytes } from '../../../domain/packed/packed-assertions.ts';
import type { BackgroundRows } from '../../fact-store.ts';
import type { FactWrite } from '../../fact-write.ts';
import { openWriter } from '../open-database.ts';
import { refuseOtherFile } from '../store-file.ts';
import { translateError } from '../translate-error.ts';
import { BackgroundTransaction } from './background-transaction.ts';
import type { HostMessage, SharedProgress, ThreadMessage, WriterPlace } from './background-writer.ts';

/** Runs inside a worker thread: writes one import in a transaction while the main thread reads and plans it. Ending the thread rolls back. */
const port = parentPort;
if (port === null) throw new Error('background-write-thread.ts runs in a worker thread.');
let place: WriterPlace | undefined;
let database: Database | undefined;
let transaction: BackgroundTransaction | undefined;
let write: FactWrite | undefined;
let progress: SharedProgress | undefined;
/** A row could not be written, and the transaction was rolled back. The caller then plans and writes without a thread, and reports the error. */
let hasGivenUp = false;
let hasBegun = false;

/** How long to wait for the plan before another look at its progress. A plan of 250,000 rows takes longer. */
const lookMs = 10;

port.on('message', async (message: HostMessage) => {
  try {
    const reply = await answer(message);
    if (reply !== undefined) port.postMessage(reply);
  } catch (thrown) {
    const error = translateError(thrown, place?.path ?? '');
    const isOurs = error instanceof ExposureError;
    const text = error instanceof Error ? (isOurs ? error.message : (error.stack ?? error.message)) : String(error);
    port.postMessage({ type: 'failed', code: isOurs ? error.code : null, message: text } satisfies ThreadMessage);
  }
});

async function answer(message: HostMessage): Promise<ThreadMessage | undefined> {
  switch (message.type) {
    case 'open':
      place = message.place;
      database = openWriter(place.path, 0);
      transaction = new BackgroundTransaction(database);
      return undefined;
    case 'rows':
      takeRows(message.rows);
      return undefined;
    case 'begin':
      if (!hasBegun) begin(message.busyWaitMs);
      return undefined;
    case 'rest':
      write = { ...message.write, assertions: PackedAssertions.from(message.assertions) };
      progress = message.progress;
      if (!hasGivenUp) await transaction?.insertRest(write, { effects: progress.effects, follow });
      return { type: 'inserted' };
    case 'finish': {
      const effects = (progress as SharedProgress).effects;
      const ended = { ...(write as FactWrite), at: message.at };
      const written = hasGivenUp ? undefined : transaction?.finish(ended, { counts: message.counts, effects });
      if (written !== undefined) database?.exec('COMMIT');
      database?.close();
      return { type: 'finished', written: written ?? null };
    }
  }
}

/** Rows that cannot be written now are written with the rest. */
function takeRows(rows: BackgroundRows): void {
  if (hasGivenUp) return;
  try {
    transaction?.addTexts(rows);
    if (!hasBegun) begin(0);
    transaction?.take({ ...rows, block: wrapBytes(rows.block) });
  } catch (error) {
    if (!hasBegun && String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return;
    hasGivenUp = true;
    if (database?.inTransaction === true) database.exec('ROLLBACK');
  }
}

/** The caller may plan from now on: it sees the same facts as this transaction. */
function begin(busyWaitMs: number): void {
  const { path, file } = place as WriterPlace;
  refuseOtherFile(path, file);
  database?.pragma(`busy_timeout = ${busyWaitMs}`);
  transaction?.begin();
  hasBegun = true;
  port?.postMessage({ type: 'begun' } satisfies ThreadMessage);
}

async function follow(count: number): Promise<number> {
  const { planned, isOver } = progress as SharedProgress;
  for (;;) {
    const hasEnded = Atomics.load(isOver, 0) === 1;
    const known = Atomics.load(planned, 0);
    if (known > count || hasEnded) return known;
    Atomics.wait(isOver, 0, 0, lookMs);
  }
}
