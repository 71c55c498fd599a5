import type { SealedBlock } from '../domain/packed/packed-assertions.ts';
import type { TextTable } from '../domain/packed/text-table.ts';
import type { BackgroundWrite } from '../store/fact-store.ts';

/** Sends blocks of rows to the store while the files of an import are read, until a row is rejected. */
export class RowsSender {
  readonly #backgroundWrite: BackgroundWrite;
  /** The first text that was not sent. */
  #nextText = 1;
  #isOver = false;

  constructor(backgroundWrite: BackgroundWrite) {
    this.#backgroundWrite = backgroundWrite;
  }

  send(sealed: SealedBlock, texts: TextTable): void {
    if (this.#isOver) return;
    this.#backgroundWrite.take({ ...sealed, texts: texts.partFrom(this.#nextText) });
    this.#nextText = texts.count;
  }

  /** A rejection may drop any row, and often no row is written then. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void this.#backgroundWrite.abandon();
  }
}
