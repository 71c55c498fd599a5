import type { Ref } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import styles from './safeguard-bars.module.css';
import { type Guarded, SAFEGUARD_WORDS, type SafeguardKey, shareOfValue } from './safeguards.ts';

interface SafeguardBarsProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly rows: readonly Guarded[];
  readonly selection: string | null;
  readonly onSelect: (id: string) => void;
}

const WIDTH = 460;
const NAME = 130;
const COLUMN = (WIDTH - NAME) / 3;
const ROW = 30;
const HEAD = 22;

/** One row for each lab and one bar for each safeguard: the share of the value that it covers. The table holds the same figures. */
export function SafeguardBars({ ref, rows, selection, onSelect }: SafeguardBarsProps) {
  const keys = Object.keys(SAFEGUARD_WORDS) as SafeguardKey[];
  if (rows.length === 0) return null;
  return (
    <svg
      ref={ref}
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${HEAD + rows.length * ROW}`}
      role="img"
      aria-label={`Share of value under each safeguard for ${countOf(rows.length, 'lab', 'labs')}; the table has the figures.`}
    >
      {keys.map((key, column) => (
        <text key={key} className={styles.head} x={NAME + column * COLUMN} y={12}>
          {key === 'encryption' ? 'Encryption' : SAFEGUARD_WORDS[key]}
        </text>
      ))}
      {rows.map((row, place) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the row of the table does the same by keyboard; the drawing is one picture for a screen reader.
        <g
          key={row.lab.id}
          className={styles.row}
          data-selected={row.lab.id === selection || undefined}
          transform={`translate(0 ${HEAD + place * ROW})`}
          onClick={() => onSelect(row.lab.id)}
        >
          <rect className={styles.hit} width={WIDTH} height={ROW} />
          <text className={styles.name} x={0} y={ROW / 2} dominantBaseline="central">
            {row.lab.name.length > 20 ? `${row.lab.name.slice(0, 19)}…` : row.lab.name}
          </text>
          {keys.map((key, column) => {
            const share = shareOfValue(row, key);
            const x = NAME + column * COLUMN;
            return (
              <g key={key}>
                <rect className={styles.rail} x={x} y={9} width={60} height={12} rx={2} />
                {share !== null && share > 0 && <rect className={styles.bar} x={x} y={9} width={60 * share} height={12} rx={2} />}
                <text className={styles.figure} x={x + 66} y={ROW / 2} dominantBaseline="central">
                  {share === null ? '–' : formatShare(share)}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
