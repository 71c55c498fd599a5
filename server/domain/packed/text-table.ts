import { randomInt } from 'node:crypto';

const initialSlots = 1 << 12;
const initialBytes = 1 << 16;

/** A table of texts, as another thread receives it. */
export interface SharedTexts {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly count: number;
}

/**
 * Texts that repeat in an import (references, words, sources), each kept once as UTF-8 and numbered from 1. A repeated text makes no
 * string: it is found by its bytes. 0 stands for no text.
 *
 * Open addressing; the table is at most half full, which keeps searches short.
 */
export class TextTable {
  #slots = new Int32Array(initialSlots);
  #bytes: Buffer = Buffer.alloc(initialBytes);
  /** The end of each text in `#bytes`. */
  #ends: Uint32Array = new Uint32Array(initialSlots / 2);
  #count = 1;
  /** Texts as strings, made on first use. */
  readonly #texts: (string | undefined)[] = [''];
  /** Called with the length of each new text, in bytes. */
  readonly #onText: (length: number) => void;

  constructor(onText: (length: number) => void = () => {}) {
    this.#onText = onText;
  }

  static from({ bytes, ends, count }: SharedTexts): TextTable {
    const table = new TextTable();
    table.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    table.#ends = ends;
    table.#count = count;
    return table;
  }

  /** The number after the last text's. */
  get count(): number {
    return this.#count;
  }

  /** The number of a text in UTF-8. Throws what `onText` throws. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashBytes(bytes, start, end) & mask;
    for (;;) {
      const known = slots[slot] as number;
      if (known === 0) break;
      if (this.#isAt(known, bytes, start, end)) return known;
      slot = (slot + 1) & mask;
    }
    this.#onText(end - start);
    const number = this.#append(bytes, start, end);
    slots[slot] = number;
    if (this.#count * 2 > slots.length) this.#grow();
    return number;
  }

  numberOfText(text: string): number {
    const bytes = Buffer.from(text);
    return this.numberOf(bytes, 0, bytes.length);
  }

  /** @param number from `numberOf` */
  text(number: number): string {
    return this.#texts[number] ?? this.#decode(number);
  }

  share(): SharedTexts {
    const length = this.#ends[this.#count - 1] as number;
    const bytes = new Uint8Array(new SharedArrayBuffer(length));
    bytes.set(this.#bytes.subarray(0, length));
    const ends = new Uint32Array(new SharedArrayBuffer(this.#count * 4));
    ends.set(this.#ends.subarray(0, this.#count));
    return { bytes, ends, count: this.#count };
  }

  #decode(number: number): string {
    const text = this.#bytes.toString('utf8', this.#ends[number - 1], this.#ends[number]);
    this.#texts[number] = text;
    return text;
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#ends[number - 1] as number;
    if ((this.#ends[number] as number) - own !== end - start) return false;
    for (let i = start, at = own; i < end; i++, at++) if (this.#bytes[at] !== bytes[i]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number): number {
    const number = this.#count++;
    const from = this.#ends[number - 1] as number;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = copyInto(Buffer.alloc(Math.max(to, this.#bytes.length * 2)), this.#bytes);
    if (number >= this.#ends.length) this.#ends = copyInto(new Uint32Array(this.#ends.length * 2), this.#ends);
    for (let i = start, at = from; i < end; i++, at++) this.#bytes[at] = bytes[i] as number;
    this.#ends[number] = to;
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 1; number < this.#count; number++) {
      let slot = hashBytes(this.#bytes, this.#ends[number - 1] as number, this.#ends[number] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#slots = slots;
  }
}

function copyInto<T extends Uint8Array | Uint32Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

const seed = randomInt(2 ** 32);
/** Odd, so that no information is lost. */
const factor = randomInt(2 ** 31) * 2 + 1;

/**
 * A hash of bytes, or of several texts one after another. The seed is random for each run, so an attacker cannot choose texts that collide and
 * slow down a hash table.
 *
 * @param hash the hash of the preceding texts
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number, hash = seed): number {
  let mixed = hash;
  for (let at = start; at < end; at++) mixed = mix(mixed, bytes[at] as number);
  return mixed;
}

/** As `hashBytes`, for a number from 0 to 2^32 - 1 in place of a text. */
export function hashNumber(number: number, hash = seed): number {
  return mix(hash, number);
}

function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, factor);
  return product ^ (product >>> 15);
}
