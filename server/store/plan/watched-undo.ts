import type { UndoWatch } from '../fact-write.ts';
import type { WriteRecord } from '../write-ledger.ts';
import type { PriorQuestion } from './prior-questions.ts';

/** The progress of an undo, and the points at which it can still be canceled. */
export class WatchedUndo {
  readonly #watch: UndoWatch | undefined;
  readonly #total: number;
  #done = 0;

  /** @param rounds how often the store goes through the facts: once to plan, and once more if it writes each of them */
  constructor(watch: UndoWatch | undefined, { created, updated, unchanged, retracted }: WriteRecord, rounds: number) {
    this.#watch = watch;
    this.#total = (created + updated + unchanged + retracted) * rounds;
  }

  /** Throws the reason of the signal if the undo is canceled. */
  check(): void {
    this.#watch?.signal.throwIfAborted();
  }

  /** Counts facts that are done. Throws as `check`. */
  advance(count: number): void {
    this.#done = Math.min(this.#total, this.#done + count);
    this.#watch?.onProgress(this.#done, this.#total);
    this.check();
  }

  /** Counts the facts that a planner asks about. */
  readonly onQuestion = (question: PriorQuestion): void => this.advance(question.ask === 'assertions' ? question.keys.length : 0);
}
