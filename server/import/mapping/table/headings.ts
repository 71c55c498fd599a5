/**
 * Recognizes headings between the rows of a table: "Infrastructure" alone in its row, above the vendors of that group.
 *
 * A vendor of which only the name is known looks the same. So a lonely text is a heading only in a table whose other rows are
 * filled: at most one row in eight is lonely, and nearly all others leave at most one cell empty.
 */
export class Headings {
  #rows = 0;
  #lonely = 0;
  #full = 0;

  add(cells: readonly string[]): void {
    const filled = countFilled(cells);
    this.#rows++;
    if (filled === 1) this.#lonely++;
    else if (filled >= cells.length - 1) this.#full++;
  }

  /** Call it once all rows are added. */
  findReason(cells: readonly string[]): string | undefined {
    const isSectioned = this.#lonely > 1 && this.#lonely * 8 <= this.#rows && this.#full >= (this.#rows - this.#lonely) * 0.95;
    return isSectioned && cells.length > 2 && countFilled(cells) === 1 ? 'is a heading between the rows' : undefined;
  }
}

function countFilled(cells: readonly string[]): number {
  let filled = 0;
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') filled++;
  return filled;
}
