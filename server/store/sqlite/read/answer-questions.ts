import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Asking, PriorAnswer, PriorQuestion } from '../../plan/prior-questions.ts';
import { chunkSize } from '../../plan/prior-questions.ts';
import type { Ledger } from './ledger.ts';
import { readAssertionsInTurns, readNamers, readTouchedKeys } from './read-assertions.ts';

/**
 * Runs a planner inside a transaction of `database` and answers its questions. The event loop gets a turn between two answers.
 *
 * @param onQuestion called before each answer; what it throws ends the planner
 */
export async function answerQuestions<T>(
  planner: Asking<T>,
  database: Database,
  ledger: Ledger,
  onQuestion: (question: PriorQuestion) => void = () => undefined,
): Promise<T> {
  const live = ledger.findLive();
  for (let step = planner.next(); ; step = planner.next(await answer(step.value, database, ledger, live))) {
    if (step.done === true) return step.value;
    await nextTurn();
    onQuestion(step.value);
  }
}

async function answer(question: PriorQuestion, database: Database, ledger: Ledger, live: Uint8Array): Promise<PriorAnswer> {
  switch (question.ask) {
    case 'assertions':
      return readAssertionsInTurns(database, question.kind, question.keys, ledger, live);
    case 'namers':
      return readNamers(database, question.kind, question.keys, question.except, ledger);
    case 'touched':
      return readTouchedKeys(database, question.write, question.kind, question.after, chunkSize);
    default:
      return question satisfies never;
  }
}
