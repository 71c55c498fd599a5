import type { TextColumn } from '../projection/columns/text-column.ts';
import { marksOf, type Piece } from './piece.ts';
import type { TextSink } from './text-sink.ts';

/** Up to this many bytes, a loop is faster than `set`. */
const fewBytes = 48;

/**
 * Collects the pieces of texts as UTF-8 bytes. Texts of a column are copied without a string in between. Short texts are copied four
 * bytes at a time, so up to three bytes after the end are written, too.
 */
export class ByteSink implements TextSink {
  protected bytes: Buffer;
  protected view: DataView;
  protected end = 0;
  /** The marks (piece.ts) of all bytes that `add`, `addAscii`, `addPiece` and `addFrom` wrote since the last reset to 0. */
  protected marks = 0;
  /** The number that was last converted to text: a row often has the same figure twice. */
  #lastNumber = NaN;
  #lastText = 'NaN';

  /** @param size the bytes that fit before the first growth */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
    this.view = viewOf(this.bytes);
  }

  add(text: string): void {
    if (this.addAscii(text)) return;
    const start = this.end;
    this.addAny(text);
    for (let i = start; i < this.end; i++) this.marks |= marksOf[this.bytes[i] as number] as number;
  }

  addPiece({ bytes, words, marks }: Piece): void {
    this.makeRoom(bytes.length);
    this.marks |= marks;
    if (bytes.length > fewBytes) this.bytes.set(bytes, this.end);
    else {
      const { end, view } = this;
      for (let i = 0; i < words.length; i++) view.setInt32(end + i * 4, words[i] as number, true);
    }
    this.end += bytes.length;
  }

  addFrom(column: TextColumn, index: number): void {
    this.addRange(column, column.startOf(index), column.endOf(index));
  }

  addRange(column: TextColumn, start: number, end: number): void {
    this.makeRoom(end - start);
    const at = this.end;
    column.copyTo(start, end, this.view, at);
    this.end = at + end - start;
    this.markFrom(at);
  }

  /** Adds the marks of the bytes since `start`. Marks nothing if no reader needs marks. */
  protected markFrom(_start: number): void {}

  /** Adds a text if it is ASCII. Otherwise adds nothing, and returns false. */
  protected addAscii(text: string): boolean {
    this.makeRoom(text.length);
    const { bytes, end } = this;
    let marks = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      marks |= marksOf[unit] as number;
      bytes[end + i] = unit;
    }
    this.marks |= marks;
    this.end = end + text.length;
    return true;
  }

  protected addAny(text: string): void {
    this.makeRoom(text.length * 3);
    this.end += this.bytes.write(text, this.end, 'utf8');
  }

  protected addByte(byte: number): void {
    this.makeRoom(1);
    this.bytes[this.end++] = byte;
  }

  protected addLong(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  protected addNumber(value: number): void {
    if (value >= 0 && value < 1e9 && Number.isInteger(value)) {
      this.#addDigits(value);
      return;
    }
    if (!Object.is(value, this.#lastNumber)) {
      this.#lastNumber = value;
      this.#lastText = String(value);
    }
    this.addAscii(this.#lastText);
  }

  /** @param value a whole number from 0 to 999,999,999 */
  #addDigits(value: number): void {
    let size = 1;
    for (let limit = 10; value >= limit; limit *= 10) size++;
    this.makeRoom(size);
    const { bytes } = this;
    this.end += size;
    for (let at = this.end, rest = value | 0; size > 0; size--) {
      const next = (rest / 10) | 0;
      bytes[--at] = zero + rest - next * 10;
      rest = next;
    }
  }

  /** Takes back the text since `start`. */
  takeTextFrom(start: number): string {
    const text = this.bytes.toString('utf8', start, this.end);
    this.end = start;
    return text;
  }

  /** Takes other memory. */
  protected use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }

  protected makeRoom(size: number): void {
    if (this.end + size + overrun <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.end + size) * 2 + overrun);
    larger.set(this.bytes.subarray(0, this.end));
    this.use(larger);
  }
}

/** The bytes after the end that a copy of four bytes may write. */
const overrun = 3;
const zero = 0x30;

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
