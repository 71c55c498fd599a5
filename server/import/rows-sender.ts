import type { SealedBlock } from '../domain/packed/packed-assertions.ts';
import type { TextTable } from '../domain/packed/text-table.ts';
import type { WriteAhead } from '../store/fact-store.ts';

/** Sends blocks of rows to the store while the files of an import are read, until a row is rejected. */
export class RowsSender {
  readonly #ahead: WriteAhead;
  /** The first text that was not sent. */
  #nextText = 1;
  #isOver = false;

  constructor(ahead: WriteAhead) {
    this.#ahead = ahead;
  }

  send(sealed: SealedBlock, texts: TextTable): void {
    if (this.#isOver) return;
    this.#ahead.take({ ...sealed, texts: texts.partFrom(this.#nextText) });
    this.#nextText = texts.count;
  }

  /** A rejection may drop any row, and often no row is written then. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void this.#ahead.abandon();
  }
}
