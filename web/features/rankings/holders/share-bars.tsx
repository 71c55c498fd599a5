import type { Ref } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import { formatShare } from '../../../shared/format/share.ts';
import type { ConcentrationQuery } from '../../../shared/generated/operations.ts';
import styles from './share-bars.module.css';

export type Concentrated = ConcentrationQuery['concentration']['edges'][number]['node'];

interface ShareBarsProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly rows: readonly Concentrated[];
  readonly selection: string | null;
  readonly onSelect: (id: string) => void;
}

const WIDTH = 460;
const ROW = 40;
const BAR = 18;
const PARTS = 5;

/** One bar for each lab, with a part for each of its five largest direct holders and one for the rest. The table holds the same figures. */
export function ShareBars({ ref, rows, selection, onSelect }: ShareBarsProps) {
  if (rows.length === 0) return null;
  return (
    <svg
      ref={ref}
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`}
      role="img"
      aria-label={`Shares of the direct holders of ${countOf(rows.length, 'lab', 'labs')}; the table has the figures.`}
    >
      {rows.map((row, place) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the row of the table does the same by keyboard; the drawing is one picture for a screen reader.
        <g
          key={row.lab.id}
          className={styles.row}
          data-selected={row.lab.id === selection || undefined}
          transform={`translate(0 ${place * ROW})`}
          onClick={() => onSelect(row.lab.id)}
        >
          <rect className={styles.hit} width={WIDTH} height={ROW} />
          <text className={styles.name} x={0} y={12}>
            {row.lab.name}
          </text>
          {partsOf(row).map(({ name, share, from }, part) => (
            <g key={name}>
              <rect className={styles.part} data-part={part} x={from * WIDTH} y={17} width={Math.max(0, share * WIDTH - 1)} height={BAR}>
                <title>
                  {name}: {formatShare(share)}
                </title>
              </rect>
              {share * WIDTH > name.length * 6.2 + 10 && (
                <text className={styles.inside} data-part={part} x={from * WIDTH + 5} y={17 + BAR / 2} dominantBaseline="central">
                  {name}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}

function partsOf({ holders, holderCount }: Concentrated) {
  const named = holders.slice(0, PARTS).map(({ holder, share }) => ({ name: holder.name, share }));
  const rest = 1 - named.reduce((sum, { share }) => sum + share, 0);
  const parts = rest > 0.0005 ? [...named, { name: `${holderCount - named.length} others`, share: rest }] : named;
  let from = 0;
  return parts.map((part) => {
    const placed = { ...part, from };
    from += part.share;
    return placed;
  });
}
