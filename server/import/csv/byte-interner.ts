const slots = 1 << 17;
/** The table is at most half full, which keeps searches short. */
const capacity = slots / 2;
const maxLength = 64;

/**
 * Interns the strings of repeated ASCII cells (references, words, sources), by their bytes. A repeated text makes no new string, so
 * a million references to five thousand organizations share five thousand strings.
 *
 * Uses open addressing. When the table is half full, or for longer texts, each call makes a new string.
 */
export class ByteInterner {
  /** Empty until the first call: a list in another form interns nothing. */
  #slots = new Int32Array(0);
  readonly #texts: string[] = [''];

  get(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (this.#slots.length === 0) this.#slots = new Int32Array(slots);
    if (length > maxLength) return bytes.toString('latin1', start, end);
    let hash = length;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    hash ^= hash >>> 15;
    let slot = hash & (slots - 1);
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index === 0) break;
      if (isSame(this.#texts[index] as string, bytes, start, length)) return this.#texts[index] as string;
      slot = (slot + 1) & (slots - 1);
    }
    const text = bytes.toString('latin1', start, end);
    if (this.#texts.length <= capacity) {
      this.#slots[slot] = this.#texts.length;
      this.#texts.push(text);
    }
    return text;
  }
}

function isSame(text: string, bytes: Buffer, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) {
    if (text.charCodeAt(i) !== bytes[start + i]) return false;
  }
  return true;
}
