const slots = 1 << 16;

/**
 * Remembers values of texts that were looked up lately, in front of a map. Texts that repeat are shared strings, so a hit costs a
 * comparison of pointers; a map compares hashes and follows a chain. The end of a text chooses its slot, because ids differ there.
 */
export class RecentTexts<T> {
  readonly #texts = new Array<string | undefined>(slots).fill(undefined);
  readonly #values = new Array<T | undefined>(slots).fill(undefined);

  get(text: string): T | undefined {
    const slot = slotOf(text);
    return this.#texts[slot] === text ? this.#values[slot] : undefined;
  }

  set(text: string, value: T): void {
    const slot = slotOf(text);
    this.#texts[slot] = text;
    this.#values[slot] = value;
  }
}

function slotOf(text: string): number {
  let hash = text.length;
  for (let at = Math.max(0, text.length - 6); at < text.length; at++) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  return (hash ^ (hash >>> 16)) & (slots - 1);
}
