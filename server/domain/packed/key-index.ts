import type { KindRows } from './kind-rows.ts';

const initialSlots = 1 << 10;

/** Finds a row of one kind by its key. Open addressing, by the bytes of keys: no key becomes a string. */
export class KeyIndex {
  readonly #rows: KindRows;
  #slots = new Int32Array(initialSlots);
  #count = 0;

  constructor(rows: KindRows) {
    this.#rows = rows;
  }

  /** The earlier row with the key of this row; undefined: there is none, and from now on it is this row. */
  add(row: number): number | undefined {
    const slot = this.#slotOf(row);
    const earlier = (this.#slots[slot] as number) - 1;
    if (earlier >= 0) return earlier;
    this.#slots[slot] = row + 1;
    if (++this.#count * 2 > this.#slots.length) this.#grow();
    return undefined;
  }

  /** From now on, the key means this row. */
  replace(row: number): void {
    this.#slots[this.#slotOf(row)] = row + 1;
  }

  #slotOf(row: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#rows.hashKey(row) & mask;
    for (;;) {
      const other = (this.#slots[slot] as number) - 1;
      if (other < 0 || this.#rows.hasSameKey(other, row)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const rows = this.#slots.filter((row) => row !== 0);
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (const row of rows) {
      let slot = this.#rows.hashKey(row - 1) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }
}
