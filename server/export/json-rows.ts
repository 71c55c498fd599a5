import { jsonMark, jsonMarksIn, type Piece, pieceOf } from '../exposure/piece.ts';
import type { TextColumn } from '../projection/columns/text-column.ts';
import { RowWriter } from './row-writer.ts';

const quote = 0x22;
const closingBrace = 0x7d;

/** The number of rows in a line. */
const rowsPerLine = 500;

/** Writes rows as objects of a JSON array: the same bytes as JSON.stringify. */
export class JsonRows extends RowWriter {
  /** By column: what comes before its value, and before the characters of a text. */
  readonly #keys: readonly Piece[];
  readonly #textKeys: readonly Piece[];
  #column = 0;
  #rows = 0;

  constructor(columns: readonly string[]) {
    super();
    const keys = columns.map((column, i) => `${i === 0 ? '{' : ','}${JSON.stringify(column)}:`);
    this.#keys = keys.map(pieceOf);
    this.#textKeys = keys.map((key) => pieceOf(`${key}"`));
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
    this.addPiece(this.#keys[this.#column++] as Piece);
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
    this.addPiece(this.#textKeys[this.#column++] as Piece);
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
    this.addPiece(this.#textKeys[this.#column++] as Piece);
    this.#openText();
  }

  override endText(): void {
    if ((this.marks & jsonMark) === 0) this.addByte(quote);
    else this.#addQuoted(this.takeText());
  }

  protected override markFrom(start: number): void {
    this.marks |= jsonMarksIn(this.view, start, this.end);
  }

  #openString(): void {
    this.addByte(quote);
    this.#openText();
  }

  #openText(): void {
    this.textStart = this.end;
    this.marks = 0;
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
