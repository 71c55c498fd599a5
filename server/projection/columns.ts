import { compareCodePoints } from '../domain/compare.ts';

/** Typed arrays of a projection lie in shared memory, so that a worker thread reads them without a copy. */
export function sharedFloat64(length: number, fill = 0): Float64Array {
  const array = new Float64Array(new SharedArrayBuffer(length * 8));
  return fill === 0 ? array : array.fill(fill);
}

export function sharedInt32(length: number, fill = 0): Int32Array {
  const array = new Int32Array(new SharedArrayBuffer(length * 4));
  return fill === 0 ? array : array.fill(fill);
}

export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

export function sharedUint8(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/**
 * Strings, all present, as UTF-8 bytes and offsets: a million ids take their bytes and 4 more each, and not a string
 * object each.
 */
export class TextColumn {
  readonly length: number;
  readonly #bytes: Buffer;
  /** Uint32Array, length + 1. */
  readonly #offsets: Uint32Array;

  private constructor(bytes: Buffer, offsets: Uint32Array) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.length = offsets.length - 1;
  }

  /** At most 4 GB of text. Most ids are ASCII: these are written byte by byte, which is several times faster than a call each. */
  static from(texts: readonly string[]): TextColumn {
    const offsets = sharedUint32(texts.length + 1);
    let bytes = Buffer.allocUnsafe(Math.max(64, texts.length * 16));
    let end = 0;
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i] as string;
      if (end + text.length * 3 > bytes.length) {
        const larger = Buffer.allocUnsafe(bytes.length * 2 + text.length * 3);
        larger.set(bytes.subarray(0, end));
        bytes = larger;
      }
      let at = 0;
      for (; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        if (unit >= 0x80) break;
        bytes[end + at] = unit;
      }
      end += at === text.length ? at : bytes.write(text, end, 'utf8');
      offsets[i + 1] = end;
    }
    const shared = Buffer.from(new SharedArrayBuffer(end));
    shared.set(bytes.subarray(0, end));
    return new TextColumn(shared, offsets);
  }

  get(index: number): string {
    return this.#bytes.toString('utf8', this.#offsets[index], this.#offsets[index + 1]);
  }

  /** The index of `text` in a column that ascends by code point, or -1. O(log n). */
  find(text: string): number {
    const at = this.lowerBound(text);
    return at < this.length && this.get(at) === text ? at : -1;
  }

  /** The first index whose text is not before `text`, in a column that ascends by code point. O(log n). */
  lowerBound(text: string): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareCodePoints(this.get(middle), text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Strings that repeat, or are missing: an index into the distinct ones, -1 where there is none. */
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
}

/** A list of strings for each record. */
export class ListColumn {
  readonly #offsets: Uint32Array;
  readonly #texts: TextColumn;

  private constructor(offsets: Uint32Array, texts: TextColumn) {
    this.#offsets = offsets;
    this.#texts = texts;
  }

  static from(lists: readonly (readonly string[])[]): ListColumn {
    const offsets = sharedUint32(lists.length + 1);
    for (let i = 0; i < lists.length; i++) offsets[i + 1] = (offsets[i] as number) + (lists[i] as readonly string[]).length;
    return new ListColumn(offsets, TextColumn.from(lists.flat()));
  }

  get(index: number): string[] {
    const list: string[] = [];
    for (let i = this.#offsets[index] as number; i < (this.#offsets[index + 1] as number); i++) list.push(this.#texts.get(i));
    return list;
  }
}

/** Interns strings while columns are filled. */
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
