import { parentPort } from 'node:worker_threads';
import { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import { failureOf, giveWayToEventLoop } from '../../../threads/start-thread.ts';
import type { Violation } from '../../fact-write.ts';
import type { WritePlan } from '../../plan/write-plan.ts';
import { packChanges } from '../../plan/write-plan.ts';
import { openSnapshot, openWriter } from '../open-database.ts';
import { Ledger } from '../read/ledger.ts';
import { refuseOtherFile } from '../store-file.ts';
import { translateError } from '../translate-error.ts';
import type { PlannedWrite } from './write-facts.ts';
import { commitWrite, previewWrite } from './write-facts.ts';
import type { HostMessage, ThreadMessage, WriteOrder } from './write-in-thread.ts';
import { partLength } from './write-in-thread.ts';
import { endLastWrite } from './write-records.ts';

/** Runs inside a worker thread: plans or commits one write, and tells the outcome. The host ends the thread. */
const port = parentPort;
if (port === null) throw new Error('write-thread.ts runs in a worker thread.');
let path = '';
let violations: readonly Violation[] = [];

/** Ends the transaction of a write that is planned and kept. */
let commit: ((endedAt: number | undefined) => number | null) | undefined;

port.on('message', async (message: HostMessage) => {
  try {
    tell(await answer(message));
  } catch (thrown) {
    tell({ type: 'failed', ...failureOf(translateError(thrown, path)) });
  }
});

function tell(message: ThreadMessage | undefined): void {
  if (message === undefined) return;
  const moved = message.type === 'planned' ? message.changed.chunks.map(({ buffer }) => buffer as ArrayBuffer) : [];
  port?.postMessage(message, moved);
}

async function answer(message: HostMessage): Promise<ThreadMessage | undefined> {
  switch (message.type) {
    case 'order':
      path = message.order.path;
      giveWayToEventLoop();
      return describe(await (message.order.task === 'commit' ? write(message.order) : preview(message.order)));
    case 'next':
      return { type: 'violations', part: violations.slice(message.from, message.from + partLength) };
    case 'commit':
      return { type: 'committed', at: commit?.(message.endedAt) ?? null };
  }
}

function describe({ plan, revision, at }: PlannedWrite<WritePlan>): ThreadMessage {
  violations = plan.violations;
  const { counts, effects, changed } = plan;
  const isKept = commit !== undefined;
  const isRaising = isKept && doesWriteRaise({ created: counts.CREATED, updated: counts.UPDATED, retracted: counts.RETRACTED });
  const violationCount = violations.length;
  return { type: 'planned', isKept, isRaising, revision, at, counts, effects, changed: packChanges(changed), violationCount };
}

async function preview({ write, assertions }: WriteOrder) {
  const { database, ledger, close } = openSnapshot(path);
  try {
    return await previewWrite(database, ledger, { ...write, assertions: PackedAssertions.from(assertions) });
  } finally {
    close();
  }
}

/** Closing the connection rolls back what was not committed. */
async function write({ file, busyWaitMs, write: ordered, assertions }: WriteOrder) {
  const database = openWriter(path, busyWaitMs);
  try {
    refuseOtherFile(path, file);
    database.exec('BEGIN IMMEDIATE');
    const packed = { ...ordered, assertions: PackedAssertions.from(assertions) };
    const { isKept, result } = await commitWrite(database, new Ledger(database).refresh(), packed);
    if (!isKept) database.close();
    else {
      commit = (endedAt) => {
        try {
          const at = endedAt === undefined ? result.at : endLastWrite(database, endedAt);
          database.exec('COMMIT');
          return at;
        } finally {
          database.close();
        }
      };
    }
    return result;
  } catch (error) {
    database.close();
    throw error;
  }
}
