// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table with role grid, as the ARIA practices build it
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: a spacer row takes no focus
// biome-ignore-all lint/a11y/useFocusableInteractive: cellProps gives the tabIndex
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef } from 'react';
import { useOfferPicture } from '../../shared/export/view-picture.ts';
import { countOf } from '../../shared/format/count.ts';
import canvas from '../cytoscape/canvas.module.css';
import { readTokens } from '../cytoscape/tokens.ts';
import { useSize } from '../cytoscape/use-size.ts';
import type { FlowCell, FlowFocus, FlowRadius } from '../flows/flow-radius.ts';
import type { PictureProps, SumPictureProps } from '../picture-props.ts';
import styles from './matrix.module.css';
import { HolderRow, HopRow, LabHead } from './matrix-lines.tsx';
import { drawMatrix } from './matrix-picture.ts';
import { buildMatrix, type MatrixOrder } from './matrix-rows.ts';
import { cellKey } from './matrix-words.ts';
import { useGridCursor } from './use-grid-cursor.ts';

export interface MatrixCanvasProps extends PictureProps, Partial<Omit<SumPictureProps, keyof PictureProps>> {
  readonly radius: FlowRadius;
  /** The radius after a what-if, or the other side of a comparison. Cells then show before and after. */
  readonly after?: FlowRadius | null;
  readonly order: MatrixOrder;
  /** Whether the caption says as of when the records are known. Default: it does not. */
  readonly isCaptionDated?: boolean;
}

const nobody: FlowFocus = { holders: new Set(), labs: new Set() };
const ignore = () => undefined;

const HEAD_PX = 72;
const ROW_PX = 42;
const HOP_PX = 28;
const HEADER_COLUMN_PX = 224;
/** On a narrow screen the names leave room for the cells. */
const NARROW_HEADER_PX = 148;
const LEAST_COLUMN_PX = 67;
/** Room for two figures and the arrow between them. */
const LEAST_CHANGE_PX = 126;
/** Few labs share the width up to here, so that a figure stays near its name. */
const MOST_COLUMN_PX = 240;

/** A large blast radius as a grid: holders by hop down, labs across. A cell counts the artifacts of one lab at one holder by tier. */
export function MatrixCanvas(props: MatrixCanvasProps) {
  const { radius, order, label, describedBy, isStale = false } = props;
  const { chosen = nobody, pointed = null, onPoint = ignore, onChoose = ignore } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const matrix = useMemo(() => buildMatrix(radius, order), [radius, order]);
  const { labs, lines } = matrix;
  const labsAfter = useMemo(() => (props.after == null ? null : new Map(props.after.labs.map((lab) => [lab.id, lab]))), [props.after]);
  const afterOf = useAfter(props.after ?? null);
  const draw = useCallback(() => drawMatrix({ matrix, afterOf, tokens: readTokens(document.body) }), [matrix, afterOf]);
  useOfferPicture(draw, label, props.caption, props.isCaptionDated);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.kind === 'hop' ? HOP_PX : ROW_PX),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
    scrollMargin: HEAD_PX,
  });
  useEffect(() => () => onPoint(null), [onPoint]);
  const cursor = useGridCursor(matrix, scroll, {
    onPoint,
    onChoose,
    onShowTable: props.onShowTable,
    scrollTo: (row) => virtual.scrollToIndex(row, { align: 'auto' }),
    hasChoice: chosen.holders.size + chosen.labs.size > 0,
  });
  const focus = pointed ?? chosen;

  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? HEAD_PX) - HEAD_PX;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? HEAD_PX) - HEAD_PX);
  return (
    <div className={`${canvas.root} ${isStale ? canvas.stale : ''}`}>
      <section
        ref={scroll}
        className={styles.scroll}
        aria-label={label}
        onMouseOver={cursor.onPoint}
        onMouseLeave={() => onPoint(null)}
        onFocus={cursor.onPoint}
        onBlur={() => onPoint(null)}
      >
        <table
          role="grid"
          className={`${styles.grid} ${canvas.stage}`}
          style={widthsOf(size?.width ?? 1000, labs.length, labsAfter !== null)}
          aria-label={label}
          aria-describedby={describedBy}
          aria-rowcount={lines.length + 1}
          aria-colcount={labs.length + 1}
          data-testid="matrix"
          onKeyDown={cursor.onKeyDown}
          onClick={cursor.onClick}
        >
          <colgroup>
            <col className={styles.firstColumn} />
            {labs.map((lab) => (
              <col key={lab.id} className={styles.column} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              <th className={styles.corner} scope="col" {...cursor.cellProps(-1, -1)}>
                <span>{countOf(lines.filter((line) => line.kind === 'holder' && line.holder !== null).length, 'holder', 'holders')}</span>
                <span>{countOf(labs.length, 'lab', 'labs')}</span>
              </th>
              {labs.map((lab, column) => (
                <LabHead key={lab.id} lab={lab} labsAfter={labsAfter} focus={focus} place={cursor.cellProps(-1, column)} />
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
            {items.map(({ index }) => {
              const line = lines[index];
              if (line === undefined) return null;
              if (line.kind === 'hop') return <HopRow key={line.key} line={line} rowIndex={index + 2} labCount={labs.length} />;
              return (
                <HolderRow
                  key={line.key}
                  line={line}
                  rowIndex={index + 2}
                  matrix={matrix}
                  afterOf={afterOf}
                  focus={focus}
                  chosen={chosen}
                  placeAt={(column) => cursor.cellProps(index, column)}
                />
              );
            })}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
        </table>
      </section>
      <div className={canvas.footer}>
        <p className={styles.note}>
          {labsAfter === null
            ? 'A cell counts the artifacts of a lab at a holder in its strongest tier, above their worst case in all tiers.'
            : 'Framed cells change: before → after, left and right. A dashed cell is empty afterwards.'}
          {matrix.emptyCount > 0 &&
            ` ${countOf(matrix.emptyCount, 'reached organization holds', 'reached organizations hold')} nothing in reach.`}
        </p>
      </div>
    </div>
  );
}

/** The same cell of the radius after. Null: nothing is left; undefined: there is no radius after. */
function useAfter(after: FlowRadius | null): (cell: FlowCell) => FlowCell | null | undefined {
  return useMemo(() => {
    if (after === null) return () => undefined;
    const cells = new Map(after.cells.map((cell) => [cellKey(cell), cell]));
    return (cell: FlowCell) => cells.get(cellKey(cell)) ?? null;
  }, [after]);
}

/** The widths of the grid and its columns, as properties of the style sheet. */
function widthsOf(width: number, labCount: number, hasChanges: boolean): CSSProperties {
  const first = width < 560 ? NARROW_HEADER_PX : HEADER_COLUMN_PX;
  const least = hasChanges ? LEAST_CHANGE_PX : LEAST_COLUMN_PX;
  const column = Math.min(MOST_COLUMN_PX, Math.max(least, Math.floor((width - first - 16) / Math.max(1, labCount))));
  return { '--width': `${first + labCount * column}px`, '--first': `${first}px`, '--column': `${column}px` } as CSSProperties;
}
