import type { MatrixLine } from './matrix-rows.ts';

interface Place {
  readonly row: number;
  readonly column: number;
}

/** The next cell of a key; null for another key. Skips the headings of hops. */
export function stepInGrid(lines: readonly Pick<MatrixLine, 'kind'>[], labCount: number, from: Place, key: string): Place | null {
  const isRow = (row: number) => row === -1 || lines[row]?.kind === 'holder';
  const walk = (by: 1 | -1, steps: number): number => {
    let best = from.row;
    for (let row = from.row + by, left = steps; row >= -1 && row < lines.length && left > 0; row += by) {
      if (!isRow(row)) continue;
      best = row;
      left -= 1;
    }
    return best;
  };
  switch (key) {
    case 'ArrowUp':
      return { ...from, row: walk(-1, 1) };
    case 'ArrowDown':
      return { ...from, row: walk(1, 1) };
    case 'PageUp':
      return { ...from, row: walk(-1, 10) };
    case 'PageDown':
      return { ...from, row: walk(1, 10) };
    case 'ArrowLeft':
      return { ...from, column: Math.max(-1, from.column - 1) };
    case 'ArrowRight':
      return { ...from, column: Math.min(labCount - 1, from.column + 1) };
    case 'Home':
      return { ...from, column: -1 };
    case 'End':
      return { ...from, column: labCount - 1 };
    default:
      return null;
  }
}
