import { ByteSink } from '../exposure/byte-sink.ts';
import { jsonMark, jsonMarksIn, type Piece, pieceOf } from '../exposure/piece.ts';

const quote = 0x22;
const pieces = { null: pieceOf('null'), true: pieceOf('true'), false: pieceOf('false') };

const usualSize = 65_536;
/** More memory than this is given back. */
const mostKept = 1_048_576;

/** Up to this many characters, a loop is faster than `write`. */
const fewCharacters = 48;

/** A part of JSON that is written again and again, such as a key. */
export function jsonPiece(json: string): Piece {
  return pieceOf(json);
}

/** Writes JSON values as bytes: the same bytes as JSON.stringify. */
export class JsonText extends ByteSink {
  #textStart = 0;

  constructor() {
    super(usualSize);
  }

  /** Drops what was written. */
  clear(): void {
    if (this.bytes.length > mostKept) this.use(Buffer.allocUnsafe(usualSize));
    this.end = 0;
  }

  get isEmpty(): boolean {
    return this.end === 0;
  }

  /** A copy of what was written. */
  copy(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.end));
  }

  addNull(): void {
    this.addPiece(pieces.null);
  }

  addFlag(value: boolean): void {
    this.addPiece(value ? pieces.true : pieces.false);
  }

  /** @param value finite */
  override addNumber(value: number): void {
    super.addNumber(value);
  }

  addText(text: string): void {
    this.beginText();
    if (text.length > fewCharacters ? this.#addLongAscii(text) : this.addAscii(text)) this.endText();
    else this.#addQuoted(text);
  }

  /** Begins a text, whose pieces follow. */
  beginText(): void {
    this.addByte(quote);
    this.#textStart = this.end;
    this.marks = 0;
  }

  endText(): void {
    if ((this.marks & jsonMark) === 0) this.addByte(quote);
    else this.#addQuoted(this.takeTextFrom(this.#textStart));
  }

  protected override markFrom(start: number): void {
    this.marks |= jsonMarksIn(this.view, start, this.end);
  }

  /** As `addAscii`. Only ASCII has as many bytes as characters. */
  #addLongAscii(text: string): boolean {
    const start = this.end;
    this.addAny(text);
    this.markFrom(start);
    return this.end - start === text.length;
  }

  /** In place of the text that was begun. */
  #addQuoted(text: string): void {
    this.end = this.#textStart - 1;
    this.addAny(JSON.stringify(text));
  }
}
