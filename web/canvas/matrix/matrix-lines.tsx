// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table with role grid, as the ARIA practices build it
// biome-ignore-all lint/a11y/useSemanticElements: a grid cell is a td
// biome-ignore-all lint/a11y/useFocusableInteractive: cellProps gives the tabIndex
import type { CSSProperties } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { formatShare } from '../../shared/format/share.ts';
import { TIERS } from '../../shared/format/words.ts';
import { OrganizationIcon } from '../../shared/marks/kind-icon.tsx';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import {
  countOfSums,
  type FlowCell,
  type FlowFocus,
  type FlowLab,
  lossOfSums,
  NO_SUMS,
  strongestOf,
  type TierSums,
} from '../flows/flow-radius.ts';
import { sumsInWords } from '../flows/flow-words.ts';
import styles from './matrix.module.css';
import { changeInFigures, figureOf, type Matrix, type MatrixLine } from './matrix-rows.ts';
import { amountInWords, cellInWords, labInWords } from './matrix-words.ts';
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
        {line.count > 1 && <em>{countOf(line.count, 'holder', 'holders')}</em>}
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
        const figures = cell === undefined ? 'none' : cellInWords(cell, after);
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

interface RowHeadProps {
  readonly line: Extract<MatrixLine, { kind: 'holder' }>;
  readonly isDim: boolean;
  readonly isChosen: boolean;
  readonly place: CellProps;
}

function RowHead({ line, isDim, isChosen, place }: RowHeadProps) {
  const { holder, sums } = line;
  const name = holder?.name ?? 'Only revealed';
  return (
    <th
      scope="row"
      className={styles.holder}
      data-dim={isDim || undefined}
      data-chosen={isChosen || undefined}
      data-origin={holder?.hops === 0 || undefined}
      title={`${name}: ${sumsInWords(sums)}`}
      {...place}
    >
      <span className={styles.holderLine}>
        {holder !== null && (
          <span className={styles.mark}>
            <OrganizationIcon roles={holder.roles} size={13} />
          </span>
        )}
        <span className={`${styles.holderName} one-line`}>{name}</span>
        {holder !== null && holder.hops > 0 && <span className={styles.chance}>{formatShare(holder.likelihood)}</span>}
      </span>
    </th>
  );
}

interface ShownCell {
  readonly cell: FlowCell;
  /** The same cell after the what-if; null: nothing is left; undefined: there is no what-if. */
  readonly after: FlowCell | null | undefined;
  readonly mostUsd: number;
}

function Cell({ cell, after, mostUsd }: ShownCell) {
  const isWhatIf = after !== undefined;
  const isChanged = isWhatIf && (after === null || sumsInWords(after) !== sumsInWords(cell));
  const shown = after ?? (isChanged ? NO_SUMS : cell);
  const [then, now] = changeInFigures(cell, shown);
  // The root spreads small amounts, which are most of them. In a what-if, cells that stay recede.
  const tint = (sums: TierSums) => {
    const share = mostUsd === 0 ? 0 : Math.sqrt(lossOfSums(sums) / mostUsd);
    return countOfSums(sums) === 0 ? '0%' : `${Math.round((10 + 44 * share) * (isWhatIf && !isChanged ? 0.3 : 1))}%`;
  };
  return (
    <span
      className={styles.box}
      data-tier={strongestOf(shown)}
      data-before={isChanged ? strongestOf(cell) : undefined}
      data-gone={(isChanged && countOfSums(shown) === 0) || undefined}
      data-changed={isChanged || undefined}
      style={{ '--share': tint(shown), '--share-before': tint(cell) } as CSSProperties}
    >
      <span className={styles.figure}>
        {isChanged ? (
          <>
            {then.tier !== null && <TierDisc tier={then.tier} size={10} />}
            <span className={styles.number}>{then.text}</span>
            <span aria-hidden="true">→</span>
            {now.tier !== null && now.tier !== then.tier && <TierDisc tier={now.tier} size={10} />}
            <span className={styles.number}>{now.text}</span>
          </>
        ) : (
          <>
            <TierDisc tier={strongestOf(cell)} size={11} />
            <span className={styles.number}>{figureOf(cell).text}</span>
          </>
        )}
      </span>
      {isChanged && then.tier === null && now.tier === null ? null : (
        <>
          {' '}
          <span className={styles.amount}>{amountInWords(cell, shown, isWhatIf)}</span>
        </>
      )}
      {countOfSums(shown) > 0 && <TierBar sums={shown} />}
    </span>
  );
}

/** The counts of all tiers as one bar. */
function TierBar({ sums }: { readonly sums: TierSums }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      {TIERS.map((tier) => sums.counts[tier] > 0 && <span key={tier} data-tier={tier} style={{ flexGrow: sums.counts[tier] }} />)}
    </span>
  );
}
