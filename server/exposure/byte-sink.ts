import type { TextColumn } from '../projection/columns.ts';
import type { TextSink } from './text-sink.ts';

/** The most texts whose bytes a sink keeps. */
const mostKept = 4096;

/** Collects the pieces of texts as UTF-8 bytes. Texts of a column are copied without a string in between. */
export class ByteSink implements TextSink {
  protected bytes: Buffer;
  protected end = 0;
  readonly #often = new Map<string, Buffer>();

  /** @param size the bytes that fit before the first growth */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  add(text: string): void {
    if (!this.addAscii(text)) this.addAny(text);
  }

  addOften(text: string): void {
    let bytes = this.#often.get(text);
    if (bytes === undefined) {
      bytes = Buffer.from(text);
      if (this.#often.size < mostKept) this.#often.set(text, bytes);
    }
    this.addLong(bytes);
  }

  addFrom(column: TextColumn, index: number): void {
    this.makeRoom(column.sizeOf(index));
    this.end = column.copyTo(index, this.bytes, this.end);
  }

  /** Adds a text if it is ASCII. Otherwise adds nothing, and returns false. */
  protected addAscii(text: string): boolean {
    this.makeRoom(text.length);
    const { bytes, end } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      bytes[end + i] = unit;
    }
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

  /** For some ten bytes, where a loop is faster than `addLong`. */
  protected addBytes(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    const target = this.bytes;
    let { end } = this;
    for (let i = 0; i < bytes.length; i++) target[end++] = bytes[i] as number;
    this.end = end;
  }

  protected addLong(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** Takes back the text since `start`. */
  takeTextFrom(start: number): string {
    const text = this.bytes.toString('utf8', start, this.end);
    this.end = start;
    return text;
  }

  protected makeRoom(size: number): void {
    if (this.end + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.end + size) * 2);
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}
