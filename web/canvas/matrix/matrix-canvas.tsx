// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table with role grid, as the ARIA practices build it
// biome-ignore-all lint/a11y/useSemanticElements: a grid cell is a td
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: a spacer row takes no focus
// biome-ignore-all lint/a11y/useFocusableInteractive: cellProps gives the tabIndex
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { useOfferPicture } from '../../shared/take/view-picture.ts';
import canvas from '../cytoscape/canvas.module.css';
import { readTokens } from '../cytoscape/tokens.ts';
import { useSize } from '../cytoscape/use-size.ts';
import { type FlowCell, type FlowFocus, type FlowRadius, NO_SUMS } from '../flows/flow-radius.ts';
import { sumsInWords } from '../flows/flow-words.ts';
import type { FlowChoice } from '../flows/flows-canvas.tsx';
import styles from './matrix.module.css';
import { Cell, RowHead, TierBar } from './matrix-cells.tsx';
import { drawMatrix } from './matrix-picture.ts';
import { buildMatrix, type MatrixOrder } from './matrix-rows.ts';
import { stepInGrid } from './matrix-steps.ts';
import { amountInWords, cellChangeInWords, cellKey, labInWords } from './matrix-words.ts';

export interface MatrixCanvasProps {
  readonly radius: FlowRadius;
  /** The radius after a what-if, or the other side of a comparison. Cells then show before and after. */
  readonly after?: FlowRadius | null;
  readonly order: MatrixOrder;
  readonly chosen: FlowFocus;
  readonly pointed: FlowFocus | null;
  readonly onPoint: (choice: FlowChoice | null) => void;
  readonly onChoose: (choice: FlowChoice | null) => void;
  readonly onShowTable?: () => void;
  readonly label: string;
  readonly describedBy?: string;
  /** Sentences under the title of a saved picture. The same array from one rendering to the next. */
  readonly caption?: readonly string[];
  /** Whether the caption says as of when the records are known. Default: it does not. */
  readonly isCaptionDated?: boolean;
  readonly isStale?: boolean;
  readonly footerEnd?: ReactNode;
}

const HEAD_PX = 88;
const ROW_PX = 30;
const HOP_PX = 28;
const HEADER_COLUMN_PX = 224;
/** On a narrow screen the names leave room for the cells. */
const NARROW_HEADER_PX = 140;
const LEAST_COLUMN_PX = 67;
/** Room for two figures and the arrow between them. */
const LEAST_CHANGE_PX = 126;
const MOST_COLUMN_PX = 112;
const OVERLAP = 'An artifact counts at each of its holders, so these cells add up to more than this total.';

/** A large blast radius as a grid: holders by hop down, labs across. A cell counts the artifacts of one lab at one holder by tier. */
export function MatrixCanvas(props: MatrixCanvasProps) {
  const { radius, order, chosen, pointed, onPoint, onChoose, label, describedBy, isStale = false } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const matrix = useMemo(() => buildMatrix(radius, order), [radius, order]);
  const { labs, lines } = matrix;
  const cellsAfter = useMemo(
    () => (props.after == null ? null : new Map(props.after.cells.map((cell) => [cellKey(cell.holderId, cell.labId), cell]))),
    [props.after],
  );
  const labsAfter = useMemo(() => (props.after == null ? null : new Map(props.after.labs.map((lab) => [lab.id, lab]))), [props.after]);
  const draw = useCallback(() => {
    const afterOf = (cell: FlowCell) => (cellsAfter === null ? undefined : (cellsAfter.get(cellKey(cell.holderId, cell.labId)) ?? null));
    return drawMatrix({ matrix, afterOf, tokens: readTokens(document.body) });
  }, [matrix, cellsAfter]);
  useOfferPicture(draw, label, props.caption, props.isCaptionDated);
  // The cell that Tab reaches: -1 is the column of holders, or the row of labs.
  const [cursor, setCursor] = useState({ row: -1, column: -1 });
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.kind === 'hop' ? HOP_PX : ROW_PX),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
    scrollMargin: HEAD_PX,
  });
  useEffect(() => () => onPoint(null), [onPoint]);

  const width = size?.width ?? 1000;
  const first = width < 560 ? NARROW_HEADER_PX : HEADER_COLUMN_PX;
  const leastColumn = props.after == null ? LEAST_COLUMN_PX : LEAST_CHANGE_PX;
  const mostColumn = Math.max(MOST_COLUMN_PX, leastColumn);
  const column = Math.min(mostColumn, Math.max(leastColumn, Math.floor((width - first - 16) / Math.max(1, labs.length))));
  const focus = pointed ?? chosen;
  const hasFocus = focus.holders.size + focus.labs.size > 0;
  const isDim = (holderId: string | null, labId: string) =>
    hasFocus &&
    ((focus.holders.size > 0 && (holderId === null || !focus.holders.has(holderId))) || (focus.labs.size > 0 && !focus.labs.has(labId)));

  const choiceAt = (row: number, at: number): FlowChoice | null => {
    const line = lines[row];
    const holderId = line?.kind === 'holder' ? (line.holder?.id ?? null) : null;
    const labId = labs[at]?.id ?? null;
    return holderId === null && labId === null ? null : { holderId, labId };
  };
  const placeOf = (event: { readonly target: EventTarget }) => {
    const cell = (event.target as Element).closest('[data-row]');
    return cell === null ? null : { row: Number(cell.getAttribute('data-row')), column: Number(cell.getAttribute('data-column')) };
  };
  const moveTo = (row: number, at: number) => {
    setCursor({ row, column: at });
    if (row >= 0) virtual.scrollToIndex(row, { align: 'auto' });
    requestAnimationFrame(() => {
      const cell = scroll.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${at}"]`);
      cell?.focus();
    });
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === 't' || event.key === 'T') && props.onShowTable !== undefined) props.onShowTable();
    else if (event.key === 'Enter' || event.key === ' ') onChoose(choiceAt(cursor.row, cursor.column));
    else if (event.key === 'Escape' && chosen.holders.size + chosen.labs.size > 0) onChoose(null);
    else {
      const next = stepInGrid(lines, labs.length, cursor, event.key);
      if (next === null) return;
      moveTo(next.row, next.column);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const clicked = (event: MouseEvent) => {
    const place = placeOf(event);
    if (place === null) return;
    setCursor(place);
    onChoose(choiceAt(place.row, place.column));
  };

  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? HEAD_PX) - HEAD_PX;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? HEAD_PX) - HEAD_PX);
  const cellProps = (row: number, at: number) => ({
    'data-row': row,
    'data-column': at,
    tabIndex: cursor.row === row && cursor.column === at ? 0 : -1,
  });
  return (
    <div className={`${canvas.root} ${isStale ? canvas.stale : ''}`}>
      <section
        ref={scroll}
        className={styles.scroll}
        aria-label={label}
        onMouseOver={(event) => {
          const place = placeOf(event);
          onPoint(place === null ? null : choiceAt(place.row, place.column));
        }}
        onMouseLeave={() => onPoint(null)}
        onFocus={(event) => {
          const place = placeOf(event);
          onPoint(place === null ? null : choiceAt(place.row, place.column));
        }}
        onBlur={() => onPoint(null)}
      >
        <table
          role="grid"
          className={`${styles.grid} ${canvas.stage}`}
          style={{ '--width': `${first + labs.length * column}px`, '--first': `${first}px`, '--column': `${column}px` } as CSSProperties}
          aria-label={label}
          aria-describedby={describedBy}
          aria-rowcount={lines.length + 1}
          aria-colcount={labs.length + 1}
          data-testid="matrix"
          onKeyDown={pressed}
          onClick={clicked}
        >
          <colgroup>
            <col className={styles.firstColumn} />
            {labs.map((lab) => (
              <col key={lab.id} className={styles.column} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <th className={styles.corner} scope="col" {...cellProps(-1, -1)}>
                <span>{countOf(lines.filter((line) => line.kind === 'holder' && line.holder !== null).length, 'holder', 'holders')}</span>
                <span>{countOf(labs.length, 'lab', 'labs')}</span>
              </th>
              {labs.map((lab, at) => (
                <th
                  key={lab.id}
                  scope="col"
                  className={styles.lab}
                  data-dim={(hasFocus && focus.labs.size > 0 && !focus.labs.has(lab.id)) || undefined}
                  aria-label={`${lab.name}: ${labInWords(lab, labsAfter)}`}
                  title={`${lab.name}: ${labInWords(lab, labsAfter)}. ${OVERLAP}`}
                  {...cellProps(-1, at)}
                >
                  <span className={styles.labName} dir="auto">
                    {lab.name}
                  </span>
                  <span className={styles.amount}>{amountInWords(lab, labsAfter?.get(lab.id), labsAfter !== null)}</span>
                  <TierBar sums={(labsAfter === null ? lab : labsAfter.get(lab.id)) ?? NO_SUMS} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
            {items.map((item) => {
              const line = lines[item.index];
              if (line === undefined) return null;
              if (line.kind === 'hop') {
                return (
                  <tr key={line.key} aria-rowindex={item.index + 2} className={styles.hop}>
                    <th scope="rowgroup">
                      {line.title}
                      {line.count > 1 && <em>{formatCount(line.count)}</em>}
                    </th>
                    {labs.length > 0 && <td colSpan={labs.length} />}
                  </tr>
                );
              }
              return (
                <tr key={line.key} aria-rowindex={item.index + 2} className={styles.row}>
                  <RowHead
                    line={line}
                    isDim={hasFocus && focus.holders.size > 0 && (line.holder === null || !focus.holders.has(line.holder.id))}
                    isChosen={line.holder !== null && chosen.holders.has(line.holder.id)}
                    place={cellProps(item.index, -1)}
                  />
                  {labs.map((lab, at) => {
                    const cell = line.cells.get(lab.id);
                    const who = line.holder?.name ?? 'Only revealed';
                    const left =
                      cell === undefined || cellsAfter === null ? undefined : (cellsAfter.get(cellKey(cell.holderId, lab.id)) ?? null);
                    const said = cell === undefined ? 'none' : left === undefined ? sumsInWords(cell) : cellChangeInWords(cell, left);
                    return (
                      <td
                        key={lab.id}
                        role="gridcell"
                        className={styles.cell}
                        data-dim={isDim(line.holder?.id ?? null, lab.id) || undefined}
                        aria-label={`${who}, ${lab.name}: ${said}`}
                        title={cell === undefined ? undefined : `${who}, ${lab.name}: ${said}`}
                        {...cellProps(item.index, at)}
                      >
                        {cell === undefined ? (
                          <span className={styles.none}>·</span>
                        ) : (
                          <Cell cell={cell} after={left} mostUsd={matrix.mostUsd} />
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
        </table>
      </section>
      <div className={canvas.footer}>
        <p className={styles.note}>
          {cellsAfter === null
            ? 'A cell counts the artifacts of a lab at a holder. The darker the cell, the higher its worst case.'
            : 'Framed cells change: before → after, left and right. A dashed cell is empty afterwards.'}
          {matrix.emptyCount > 0 &&
            ` ${countOf(matrix.emptyCount, 'reached organization holds', 'reached organizations hold')} nothing in reach.`}
        </p>
        {props.footerEnd}
      </div>
    </div>
  );
}
