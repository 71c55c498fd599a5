import type { TextColumn } from '../projection/columns.ts';
import { RowWriter } from './row-writer.ts';

const quote = 0x22;
const backslash = 0x5c;
const closingBrace = 0x7d;

/** By byte: 1 where JSON writes an escape sequence. */
const isEscaped = Uint8Array.from({ length: 256 }, (_, byte) => (byte < 0x20 || byte === quote || byte === backslash ? 1 : 0));

/** The number of rows in a line. */
const rowsPerLine = 500;

/** Writes rows as objects of a JSON array: the same bytes as JSON.stringify. */
export class JsonRows extends RowWriter {
  /** By column: what comes before its value. */
  readonly #keys: readonly Uint8Array[];
  #column = 0;
  #rows = 0;

  constructor(columns: readonly string[]) {
    super();
    this.#keys = columns.map((column, i) => Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(column)}:`));
  }

  /** Ends the array. */
  endRows(): void {
    this.addAscii(this.#rows === 0 ? '[]\n' : '\n]\n');
  }

  override beginRow(): void {
    if (this.#rows % rowsPerLine !== 0) this.addAscii(',');
    else this.addAscii(this.#rows === 0 ? '[\n' : ',\n');
    this.#rows++;
    this.#column = 0;
  }

  override endRow(): void {
    this.addByte(closingBrace);
  }

  protected override beginCell(): void {
    this.addBytes(this.#keys[this.#column++] as Uint8Array);
  }

  protected override passCells(count: number): void {
    this.#column += count;
  }

  override writeNull(): void {
    this.beginCell();
    this.addAscii('null');
  }

  override writeNumber(value: number): void {
    this.beginCell();
    if (Number.isFinite(value)) this.addNumber(value);
    else this.addAscii('null');
  }

  override writeWord(word: string): void {
    this.beginCell();
    this.addByte(quote);
    this.addAscii(word);
    this.addByte(quote);
  }

  override writeText(text: string): void {
    this.beginCell();
    this.#addString(text);
  }

  override writeList(texts: readonly string[]): void {
    this.beginCell();
    this.#addItems(texts.length, (i) => this.#addString(texts[i] as string));
  }

  override writeListAt(column: TextColumn, indexes: ArrayLike<number>): void {
    this.beginCell();
    this.#addItems(indexes.length, (i) => {
      this.#openString();
      this.addFrom(column, indexes[i] as number);
      this.endText();
    });
  }

  override beginText(): void {
    this.beginCell();
    this.#openString();
  }

  override endText(): void {
    const { bytes, end } = this;
    let found = 0;
    for (let i = this.textStart; i < end; i++) found |= isEscaped[bytes[i] as number] as number;
    if (found === 0) this.addByte(quote);
    else this.#addQuoted(this.takeText());
  }

  #openString(): void {
    this.addByte(quote);
    this.textStart = this.end;
  }

  /** JSON.stringify writes an unpaired surrogate as an escape sequence, and UTF-8 has no bytes for it. */
  #addString(text: string): void {
    this.#openString();
    if (this.addAscii(text)) this.endText();
    else this.#addQuoted(text);
  }

  /** In place of the opening quote. */
  #addQuoted(text: string): void {
    this.end--;
    this.addAny(JSON.stringify(text));
  }

  #addItems(length: number, add: (i: number) => void): void {
    this.addAscii('[');
    for (let i = 0; i < length; i++) {
      if (i > 0) this.addAscii(',');
      add(i);
    }
    this.addAscii(']');
  }
}
