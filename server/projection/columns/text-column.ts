import { compareCodePoints, firstIndex } from '../../domain/compare.ts';
import { sharedText, sharedUint32 } from './shared-memory.ts';

/** Columns of at most this many texts cache their decoded strings, which takes a few MB at most. */
const mostRemembered = 65_536;

/**
 * A column of strings as UTF-8 bytes and offsets, without missing values. An id takes its bytes plus 4 instead of a string object.
 * Small columns, such as the names of organizations and artifacts, decode each string once.
 */
export class TextColumn {
  readonly length: number;
  readonly #bytes: Buffer;
  /** Uint32Array, length + 1. */
  readonly #offsets: Uint32Array;
  readonly #remembers: boolean;
  /** Decoded strings, by index. As long as the column, because sparse arrays are slow. */
  #remembered: (string | undefined)[] | undefined;

  /** @param remembers whether decoded strings are kept. Default: if there are few */
  constructor(bytes: Buffer, offsets: Uint32Array, remembers = offsets.length <= mostRemembered) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#remembers = remembers;
    this.length = offsets.length - 1;
  }

  /** At most 4 GB of text. */
  static from(texts: readonly string[], remembers?: boolean): TextColumn {
    const builder = new TextBuilder(texts.length);
    for (const text of texts) builder.push(text);
    return builder.build(remembers);
  }

  /** The column's memory. Another thread makes an equal column from it without a copy. */
  share(): [bytes: Buffer, offsets: Uint32Array, remembers: boolean] {
    return [this.#bytes, this.#offsets, this.#remembers];
  }

  get(index: number): string {
    if (!this.#remembers) return this.#read(index);
    this.#remembered ??= new Array<string | undefined>(this.length);
    let text = this.#remembered[index];
    if (text === undefined) {
      text = this.#read(index);
      this.#remembered[index] = text;
    }
    return text;
  }

  #read(index: number): string {
    return this.#bytes.toString('utf8', this.#offsets[index], this.#offsets[index + 1]);
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

  /** The first index from `start` to `end` whose text is not before `text`, or `end`. The texts between must ascend by code point. O(log n). */
  lowerBound(text: string, start = 0, end = this.length): number {
    return firstIndex(end, (i) => compareCodePoints(this.get(i), text) >= 0, start);
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

  /** @param remembers as in TextColumn */
  build(remembers?: boolean): TextColumn {
    const offsets = sharedUint32(this.#count + 1);
    offsets.set(this.#offsets.subarray(0, this.#count + 1));
    const shared = sharedText(this.#end);
    shared.set(this.#bytes.subarray(0, this.#end));
    return new TextColumn(shared, offsets, remembers);
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

  /** The distinct strings of the records. A renewal may leave others among `distinct`. O(n). */
  used(): string[] {
    const isUsed = new Uint8Array(this.distinct.length);
    for (const code of this.codes) if (code >= 0) isUsed[code] = 1;
    return Array.from(isUsed.keys()).flatMap((code) => (isUsed[code] === 1 ? [this.distinct.get(code)] : []));
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

  get size(): number {
    return this.#codes.size;
  }

  /** By code. @param remembers as in TextColumn */
  texts(remembers?: boolean): TextColumn {
    return TextColumn.from([...this.#codes.keys()], remembers);
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
