import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Asking, PriorAnswer, PriorQuestion } from '../../plan/prior-questions.ts';
import { chunkSize } from '../../plan/prior-questions.ts';
import type { Transaction } from '../connection/connection.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import { LogReader } from '../log/log-reader.ts';
import { readAssertions, readNamers, readTouchedKeys } from './read-assertions.ts';

/** Runs `work` in a reading transaction. */
export type Reading = <R>(work: (transaction: Transaction) => Promise<R>) => Promise<R>;

/**
 * Runs a planner and answers its questions from the database. The answers are exact while the caller holds the lock. The event
 * loop gets a turn between two answers.
 *
 * @param writes the writes that the plan builds on; assertions of other writes are left out
 * @param onQuestion called before each answer; what it throws ends the planner
 */
export async function answerQuestions<T>(
  planner: Asking<T>,
  writes: PublishedWrites,
  read: Reading,
  onQuestion: (question: PriorQuestion) => void = () => undefined,
): Promise<T> {
  const log = new LogReader();
  const live = writes.findLive();
  for (let step = planner.next(); ; ) {
    if (step.done === true) return step.value;
    const question = step.value;
    onQuestion(question);
    step = planner.next(await read((transaction) => answer(question, transaction, log, writes, live)));
    await nextTurn();
  }
}

function answer(
  question: PriorQuestion,
  transaction: Transaction,
  log: LogReader,
  writes: PublishedWrites,
  live: Uint8Array,
): Promise<PriorAnswer> {
  switch (question.ask) {
    case 'assertions':
      return readAssertions(transaction, log, question.kind, question.keys, writes, live);
    case 'namers':
      return readNamers(transaction, question.kind, question.keys);
    case 'touched':
      return readTouchedKeys(transaction, log, question.write, question.kind, question.after, chunkSize);
    default:
      return question satisfies never;
  }
}
