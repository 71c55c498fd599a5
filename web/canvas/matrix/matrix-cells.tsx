import type { CSSProperties } from 'react';
import { formatShare } from '../../shared/format/share.ts';
import { OrganizationIcon } from '../../shared/marks/kind-icon.tsx';
import { TierDisc } from '../../shared/marks/tier-disc.tsx';
import { countOfSums, type FlowCell, lossOfSums, NO_SUMS, strongestOf, TIER_ORDER, type TierSums } from '../flows/flow-radius.ts';
import { sumsInWords } from '../flows/flow-words.ts';
import styles from './matrix.module.css';
import { changeInFigures, figureOf, type MatrixLine } from './matrix-rows.ts';
import type { CellProps } from './use-grid-cursor.ts';

interface RowHeadProps {
  readonly line: Extract<MatrixLine, { kind: 'holder' }>;
  readonly isDim: boolean;
  readonly isChosen: boolean;
  readonly place: CellProps;
}

export function RowHead({ line, isDim, isChosen, place }: RowHeadProps) {
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

export function Cell({ cell, after, mostUsd }: ShownCell) {
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
      {isChanged ? (
        <span className={styles.change}>
          {then.tier !== null && <TierDisc tier={then.tier} size={10} />}
          <span className={styles.number}>{then.text}</span>
          <span aria-hidden="true">→</span>
          {now.tier !== null && now.tier !== then.tier && <TierDisc tier={now.tier} size={10} />}
          <span className={styles.number}>{now.text}</span>
        </span>
      ) : (
        <>
          <TierDisc tier={strongestOf(cell)} size={11} />
          <span className={styles.number}>{figureOf(cell).text}</span>
        </>
      )}
      {countOfSums(shown) > 0 && <TierBar sums={shown} />}
    </span>
  );
}

/** The counts of all tiers as one bar. */
export function TierBar({ sums }: { readonly sums: TierSums }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      {TIER_ORDER.map((tier) => sums.counts[tier] > 0 && <span key={tier} data-tier={tier} style={{ flexGrow: sums.counts[tier] }} />)}
    </span>
  );
}
