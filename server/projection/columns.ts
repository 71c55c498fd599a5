import { compareCodePoints } from '../domain/compare.ts';

/** Columns of at most this many bytes share a block of memory: small projections have a hundred columns, and a block of their own each costs more than filling it. */
const smallBytes = 1024;
const blockBytes = 65_536;
let block = new SharedArrayBuffer(0);
let blockUsed = 0;

/** Zeroed memory at a multiple of 8 bytes. */
function sharedBytes(size: number): [memory: SharedArrayBuffer, offset: number] {
  if (size > smallBytes) return [new SharedArrayBuffer(size), 0];
  if (blockUsed + size > block.byteLength) {
    block = new SharedArrayBuffer(blockBytes);
    blockUsed = 0;
  }
  const offset = blockUsed;
  blockUsed += Math.ceil(size / 8) * 8;
  return [block, offset];
}

/** A typed array in shared memory, which a worker thread reads without a copy. */
export function sharedFloat64(length: number, fill = 0): Float64Array {
  const array = new Float64Array(...sharedBytes(length * 8), length);
  return fill === 0 ? array : array.fill(fill);
}

export function sharedInt32(length: number, fill = 0): Int32Array {
  const array = new Int32Array(...sharedBytes(length * 4), length);
  return fill === 0 ? array : array.fill(fill);
}

export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(...sharedBytes(length * 4), length);
}

export function sharedUint8(length: number): Uint8Array {
  return new Uint8Array(...sharedBytes(length), length);
}

/** Shared memory for the bytes of texts. */
export function sharedText(length: number): Buffer {
  return Buffer.from(...sharedBytes(length), length);
}

export type NumberColumn = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A column with the same type of numbers, all 0. */
export function sharedLike<T extends NumberColumn>(column: T, length: number): T {
  const make: (length: number) => NumberColumn =
    column instanceof Float64Array
      ? sharedFloat64
      : column instanceof Int32Array
        ? sharedInt32
        : column instanceof Uint32Array
          ? sharedUint32
          : sharedUint8;
  return make(length) as T;
}

/** Collects numbers one by one. A plain array of a million numbers would strain the garbage collector whenever it grows. */
export class NumberBuilder<T extends NumberColumn> {
  readonly #make: (length: number) => T;
  #column: T;
  #length = 0;

  /** @param make `sharedFloat64` or a similar function */
  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#column = make(16);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#column.length) this.#column = this.#copy(this.#length * 2);
    this.#column[this.#length++] = value;
  }

  build(): T {
    return this.#copy(this.#length);
  }

  #copy(length: number): T {
    const column = this.#make(length);
    column.set(this.#column.subarray(0, this.#length));
    return column;
  }
}

/** Columns of at most this many texts cache their decoded strings, which takes a few MB at most. */
const mostRemembered = 65_536;

/** Fills the room behind a text. No text has this byte, because UTF-8 has not. */
const padding = 0xff;

/**
 * A column of strings as UTF-8 bytes and offsets, without missing values. An id takes its bytes plus 4 instead of a string object.
 * Small columns, such as the names of organizations and artifacts, decode each string once.
 */
export class TextColumn {
  readonly length: number;
  readonly #bytes: Buffer;
  /** The same bytes. Made on first use. */
  #view: DataView | undefined;
  /** Uint32Array, length + 1. */
  readonly #offsets: Uint32Array;
  /** 1 for each slot with a text; nothing is read from any other. Undefined: every slot has one. */
  readonly #isLive: Uint8Array | undefined;
  /** Decoded strings, by index. As long as the column, because sparse arrays are slow. */
  #remembered: (string | undefined)[] | undefined;

  constructor(bytes: Buffer, offsets: Uint32Array, isLive?: Uint8Array) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#isLive = isLive;
    this.length = offsets.length - 1;
  }

  /** The same memory with other live slots. */
  withLive(isLive: Uint8Array): TextColumn {
    return new TextColumn(this.#bytes, this.#offsets, isLive);
  }

  /** At most 4 GB of text. */
  static from(texts: readonly string[]): TextColumn {
    const builder = new TextBuilder(texts.length);
    for (const text of texts) builder.push(text);
    return builder.build();
  }

  /** The column's memory. Another thread makes an equal column from it without a copy. */
  share(): [bytes: Buffer, offsets: Uint32Array, isLive?: Uint8Array] {
    return this.#isLive === undefined ? [this.#bytes, this.#offsets] : [this.#bytes, this.#offsets, this.#isLive];
  }

  get(index: number): string {
    if (this.length > mostRemembered) return this.#read(index);
    this.#remembered ??= new Array<string | undefined>(this.length);
    let text = this.#remembered[index];
    if (text === undefined) {
      text = this.#read(index);
      this.#remembered[index] = text;
    }
    return text;
  }

  #read(index: number): string {
    return this.#bytes.toString('utf8', this.#offsets[index], this.#endOf(index));
  }

  #endOf(index: number): number {
    const start = this.#offsets[index] as number;
    let end = this.#offsets[index + 1] as number;
    while (end > start && this.#bytes[end - 1] === padding) end--;
    return end;
  }

  /** The bytes of a text. */
  sizeOf(index: number): number {
    return this.#endOf(index) - (this.#offsets[index] as number);
  }

  /** The bytes that a vacant slot has for a text. */
  roomAt(slot: number): number {
    return (this.#offsets[slot + 1] as number) - (this.#offsets[slot] as number);
  }

  /** Writes a text into a vacant slot. It must have the room. */
  writeAt(slot: number, text: string): void {
    const start = this.#offsets[slot] as number;
    const size = this.#bytes.write(text, start, 'utf8');
    this.#bytes.fill(padding, start + size, this.#offsets[slot + 1]);
  }

  /**
   * Copies the bytes of a text, four at a time. Returns where they end.
   *
   * @param target up to three bytes after the end are written, too
   */
  copyTo(index: number, target: DataView, start: number): number {
    this.#view ??= new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    const view = this.#view;
    const until = this.#endOf(index);
    let at = this.#offsets[index] as number;
    const shift = start - at;
    if (until + 3 <= view.byteLength) for (; at < until; at += 4) target.setInt32(at + shift, view.getInt32(at, true), true);
    else for (; at < until; at++) target.setUint8(at + shift, view.getUint8(at));
    return until + shift;
  }

  /** Whether both have the same texts. O(bytes). */
  equals(other: TextColumn): boolean {
    const [bytes, offsets] = other.share();
    return this.length === other.length && this.#bytes.equals(bytes) && this.#offsets.every((at, i) => at === offsets[i]);
  }

  /** The first index of `text` in a column in any order, or -1. Decodes nothing. O(n). */
  indexOf(text: string): number {
    const wanted = Buffer.from(text);
    const offsets = this.#offsets;
    for (let i = 0; i < this.length; i++) {
      const start = offsets[i] as number;
      const end = offsets[i + 1] as number;
      if (end - start === wanted.length && this.#bytes.compare(wanted, 0, wanted.length, start, end) === 0) return i;
    }
    return -1;
  }

  /** The index of `text` in a column that ascends by code point, or -1. O(log n). */
  find(text: string): number {
    const at = this.lowerBound(text);
    return at < this.length && this.get(at) === text ? at : -1;
  }

  /** The first index whose text is not before `text`, in a column that ascends by code point. O(log n). */
  lowerBound(text: string): number {
    const isLive = this.#isLive;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // A vacant slot counts as the text before it. So the result is a slot with a text, or the end.
      const at = isLive === undefined || isLive[middle] === 1 ? middle : isLive.lastIndexOf(1, middle);
      if (at < 0 || compareCodePoints(this.get(at), text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Collects texts one by one as bytes, so that the garbage collector can free their strings at once. */
export class TextBuilder {
  #bytes: Buffer;
  #offsets: Uint32Array;
  #count = 0;
  #end = 0;

  constructor(expectedCount = 1024) {
    this.#bytes = Buffer.allocUnsafe(Math.max(64, expectedCount * 16));
    this.#offsets = new Uint32Array(expectedCount + 1);
  }

  /** Writes ASCII (most ids) byte by byte, which is several times faster than a call to `write` for each text. */
  push(text: string): void {
    if (this.#end + text.length * 3 > this.#bytes.length) this.#enlarge(text.length * 3);
    const bytes = this.#bytes;
    const end = this.#end;
    let at = 0;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x80) break;
      bytes[end + at] = unit;
    }
    this.#end += at === text.length ? at : bytes.write(text, end, 'utf8');
    this.#endText();
  }

  #endText(): void {
    if (this.#count + 1 >= this.#offsets.length) this.#makeRoom();
    this.#offsets[++this.#count] = this.#end;
  }

  /** Appends a vacant slot with room for a text. */
  pushRoom(size: number): void {
    if (this.#end + size > this.#bytes.length) this.#enlarge(size);
    this.#bytes.fill(padding, this.#end, this.#end + size);
    this.#end += size;
    this.#endText();
  }

  build(): TextColumn {
    const offsets = sharedUint32(this.#count + 1);
    offsets.set(this.#offsets.subarray(0, this.#count + 1));
    const shared = sharedText(this.#end);
    shared.set(this.#bytes.subarray(0, this.#end));
    return new TextColumn(shared, offsets);
  }

  #enlarge(size: number): void {
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2 + size);
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }

  #makeRoom(): void {
    const larger = new Uint32Array(this.#offsets.length * 2 + 1);
    larger.set(this.#offsets);
    this.#offsets = larger;
  }
}

/** A column of strings that repeat or are missing. Stores indexes into the distinct strings, and -1 for a missing one. */
export class CodeColumn {
  readonly codes: Int32Array;
  readonly distinct: TextColumn;

  constructor(codes: Int32Array, distinct: TextColumn) {
    this.codes = codes;
    this.distinct = distinct;
  }

  get(index: number): string | null {
    const code = this.codes[index] as number;
    return code < 0 ? null : this.distinct.get(code);
  }

  /**
   * The distinct strings of the records. A renewal may leave others among `distinct`. O(n).
   *
   * @param isLive the slots that have records; absent: all have
   */
  used(isLive?: Uint8Array): string[] {
    const isUsed = new Uint8Array(this.distinct.length);
    for (let i = 0; i < this.codes.length; i++) {
      const code = this.codes[i] as number;
      if (code >= 0 && (isLive === undefined || isLive[i] === 1)) isUsed[code] = 1;
    }
    return Array.from(isUsed.keys()).flatMap((code) => (isUsed[code] === 1 ? [this.distinct.get(code)] : []));
  }
}

/** A list of strings for each record. */
export class ListColumn {
  readonly #offsets: Uint32Array;
  readonly #texts: TextColumn;

  constructor(offsets: Uint32Array, texts: TextColumn) {
    this.#offsets = offsets;
    this.#texts = texts;
  }

  /** As `TextColumn.share`. */
  share(): [offsets: Uint32Array, texts: TextColumn] {
    return [this.#offsets, this.#texts];
  }

  static from(lists: readonly (readonly string[])[]): ListColumn {
    const offsets = sharedUint32(lists.length + 1);
    for (let i = 0; i < lists.length; i++) offsets[i + 1] = (offsets[i] as number) + (lists[i] as readonly string[]).length;
    return new ListColumn(offsets, TextColumn.from(lists.flat()));
  }

  get length(): number {
    return this.#offsets.length - 1;
  }

  get(index: number): string[] {
    const list: string[] = [];
    for (let i = this.#offsets[index] as number; i < (this.#offsets[index + 1] as number); i++) list.push(this.#texts.get(i));
    return list;
  }
}

/** Interns the strings of a column that is being filled. */
export class Interner {
  readonly #codes = new Map<string, number>();

  /** -1 for null. */
  code(text: string | null): number {
    if (text === null) return -1;
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(text, code);
    }
    return code;
  }

  /** By code. */
  texts(): TextColumn {
    return TextColumn.from([...this.#codes.keys()]);
  }
}
