import { type KeyboardEvent, type MouseEvent, type RefObject, type SyntheticEvent, useState } from 'react';
import type { FlowChoice } from '../picture-props.ts';
import type { Matrix } from './matrix-rows.ts';
import { stepInGrid } from './matrix-steps.ts';

/** The attributes of a cell by which events find its place. */
export interface CellProps {
  readonly 'data-row': number;
  readonly 'data-column': number;
  readonly tabIndex: number;
}

interface GridActs {
  readonly onPoint: (choice: FlowChoice | null) => void;
  readonly onChoose: (choice: FlowChoice | null) => void;
  readonly onShowTable: (() => void) | undefined;
  readonly scrollTo: (row: number) => void;
  readonly hasChoice: boolean;
}

/** The cell that Tab reaches, as keys and the pointer move it. Row -1 has the labs, and column -1 the holders. */
export function useGridCursor({ labs, lines }: Matrix, grid: RefObject<HTMLElement | null>, acts: GridActs) {
  const [cursor, setCursor] = useState({ row: -1, column: -1 });

  const choiceAt = (row: number, column: number): FlowChoice | null => {
    const line = lines[row];
    const holderId = line?.kind === 'holder' ? (line.holder?.id ?? null) : null;
    const labId = labs[column]?.id ?? null;
    return holderId === null && labId === null ? null : { holderId, labId };
  };
  const moveTo = (row: number, column: number) => {
    setCursor({ row, column });
    if (row >= 0) acts.scrollTo(row);
    requestAnimationFrame(() => {
      const cell = grid.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
      cell?.focus();
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === 't' || event.key === 'T') && acts.onShowTable !== undefined) acts.onShowTable();
    else if (event.key === 'Enter' || event.key === ' ') acts.onChoose(choiceAt(cursor.row, cursor.column));
    else if (event.key === 'Escape' && acts.hasChoice) acts.onChoose(null);
    else {
      const next = stepInGrid(lines, labs.length, cursor, event.key);
      if (next === null) return;
      moveTo(next.row, next.column);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent) => {
    const place = placeOf(event);
    if (place === null) return;
    setCursor(place);
    acts.onChoose(choiceAt(place.row, place.column));
  };
  const onPoint = (event: SyntheticEvent) => {
    const place = placeOf(event);
    acts.onPoint(place === null ? null : choiceAt(place.row, place.column));
  };
  const cellProps = (row: number, column: number): CellProps => ({
    'data-row': row,
    'data-column': column,
    tabIndex: cursor.row === row && cursor.column === column ? 0 : -1,
  });
  return { cellProps, onKeyDown, onClick, onPoint };
}

function placeOf(event: SyntheticEvent): { readonly row: number; readonly column: number } | null {
  const cell = (event.target as Element).closest('[data-row]');
  return cell === null ? null : { row: Number(cell.getAttribute('data-row')), column: Number(cell.getAttribute('data-column')) };
}
