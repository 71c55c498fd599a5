// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table with role grid, as the ARIA practices build it
// biome-ignore-all lint/a11y/useSemanticElements: a grid cell is a td
// biome-ignore-all lint/a11y/useFocusableInteractive: cellProps gives the tabIndex
import { formatCount } from '../../shared/format/count.ts';
import { type FlowCell, type FlowFocus, type FlowLab, NO_SUMS } from '../flows/flow-radius.ts';
import { sumsInWords } from '../flows/flow-words.ts';
import styles from './matrix.module.css';
import { Cell, RowHead, TierBar } from './matrix-cells.tsx';
import type { Matrix, MatrixLine } from './matrix-rows.ts';
import { amountInWords, cellChangeInWords, labInWords } from './matrix-words.ts';
import type { CellProps } from './use-grid-cursor.ts';

const OVERLAP = 'An artifact counts at each of its holders, so these cells add up to more than this total.';

interface LabHeadProps {
  readonly lab: FlowLab;
  /** The labs after the what-if; null: there is no what-if. */
  readonly labsAfter: ReadonlyMap<string, FlowLab> | null;
  readonly focus: FlowFocus;
  readonly place: CellProps;
}

export function LabHead({ lab, labsAfter, focus, place }: LabHeadProps) {
  const words = `${lab.name}: ${labInWords(lab, labsAfter)}`;
  return (
    <th
      scope="col"
      className={styles.lab}
      data-dim={isLabDim(focus, lab.id) || undefined}
      aria-label={words}
      title={`${words}. ${OVERLAP}`}
      {...place}
    >
      <span className={styles.labName} dir="auto">
        {lab.name}
      </span>
      <span className={styles.amount}>{amountInWords(lab, labsAfter?.get(lab.id), labsAfter !== null)}</span>
      <TierBar sums={(labsAfter === null ? lab : labsAfter.get(lab.id)) ?? NO_SUMS} />
    </th>
  );
}

interface HopRowProps {
  readonly line: Extract<MatrixLine, { kind: 'hop' }>;
  readonly rowIndex: number;
  readonly labCount: number;
}

export function HopRow({ line, rowIndex, labCount }: HopRowProps) {
  return (
    <tr aria-rowindex={rowIndex} className={styles.hop}>
      <th scope="rowgroup">
        {line.title}
        {line.count > 1 && <em>{formatCount(line.count)}</em>}
      </th>
      {labCount > 0 && <td colSpan={labCount} />}
    </tr>
  );
}

interface HolderRowProps {
  readonly line: Extract<MatrixLine, { kind: 'holder' }>;
  readonly rowIndex: number;
  readonly matrix: Matrix;
  /** As `Cell` takes it. */
  readonly afterOf: (cell: FlowCell) => FlowCell | null | undefined;
  readonly focus: FlowFocus;
  readonly chosen: FlowFocus;
  /** The attributes of the cell in a column; -1: the head of the row. */
  readonly placeAt: (column: number) => CellProps;
}

export function HolderRow({ line, rowIndex, matrix, afterOf, focus, chosen, placeAt }: HolderRowProps) {
  const { holder, cells } = line;
  const who = holder?.name ?? 'Only revealed';
  const isDim = focus.holders.size > 0 && (holder === null || !focus.holders.has(holder.id));
  return (
    <tr aria-rowindex={rowIndex} className={styles.row}>
      <RowHead line={line} isDim={isDim} isChosen={holder !== null && chosen.holders.has(holder.id)} place={placeAt(-1)} />
      {matrix.labs.map((lab, column) => {
        const cell = cells.get(lab.id);
        const after = cell === undefined ? undefined : afterOf(cell);
        const figures = cell === undefined ? 'none' : after === undefined ? sumsInWords(cell) : cellChangeInWords(cell, after);
        const words = `${who}, ${lab.name}: ${figures}`;
        return (
          <td
            key={lab.id}
            role="gridcell"
            className={styles.cell}
            data-dim={isDim || isLabDim(focus, lab.id) || undefined}
            aria-label={words}
            title={cell === undefined ? undefined : words}
            {...placeAt(column)}
          >
            {cell === undefined ? <span className={styles.none}>·</span> : <Cell cell={cell} after={after} mostUsd={matrix.mostUsd} />}
          </td>
        );
      })}
    </tr>
  );
}

function isLabDim({ labs }: FlowFocus, labId: string): boolean {
  return labs.size > 0 && !labs.has(labId);
}
