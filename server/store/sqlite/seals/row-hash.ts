import type { Cell, Row } from '../statements.ts';

/** Sums of hashes wrap here. Two summands below it add up exactly in a JavaScript number. */
export const hashRange = 2 ** 52;

/**
 * A hash of 52 bits that finds damage: any changed character changes it. It is no protection against a deliberate change.
 *
 * Source: cyrb53 (public domain), cut to 52 bits.
 */
export function hashText(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  return finish(low, high);
}

/** Adds hashes, so that the order of rows does not matter. */
export function addHashes(a: number, b: number): number {
  const sum = a + b;
  return sum >= hashRange ? sum - hashRange : sum;
}

const number = new Float64Array(1);
const numberBits = new Int32Array(number.buffer);

/**
 * Hashes rows of a table by the names of its columns: a column that is added later, or that holds nothing, changes no hash.
 * Builds no text, because every import hashes each of its rows.
 */
export class RowHasher {
  /** By name: a hash of the name, and the place of the column in a row. */
  readonly #columns: readonly (readonly [nameHash: number, place: number])[];

  /** @param columns in the order of a row */
  constructor(columns: readonly string[]) {
    this.#columns = columns
      .map((name, place) => ({ name, place }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, place }) => [hashText(name) | 0, place] as const);
  }

  /** @param start the place of the row's first cell in `cells` */
  hash(cells: Row, start = 0): number {
    let low = 0xdeadbeef;
    let high = 0x41c6ce57;
    for (const [nameHash, place] of this.#columns) {
      const cell = cells[start + place] as Cell;
      if (cell === null) continue;
      low = Math.imul(low ^ nameHash, 2654435761);
      high = Math.imul(high ^ nameHash, 1597334677);
      if (typeof cell === 'string') {
        for (let i = 0; i < cell.length; i++) {
          const unit = cell.charCodeAt(i);
          low = Math.imul(low ^ unit, 2654435761);
          high = Math.imul(high ^ unit, 1597334677);
        }
      } else {
        // Adding 0 turns -0 into 0, which SQLite does too.
        number[0] = cell + 0;
        const first = numberBits[0] as number;
        const second = numberBits[1] as number;
        low = Math.imul(Math.imul(low ^ first, 2654435761) ^ second, 2654435761);
        high = Math.imul(Math.imul(high ^ first, 1597334677) ^ second, 1597334677);
      }
    }
    return finish(low, high);
  }
}

function finish(low: number, high: number): number {
  const first = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const second = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  return (second >>> 12) * 2 ** 32 + (first >>> 0);
}
