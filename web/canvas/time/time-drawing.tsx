import { memo, useMemo } from 'react';
import { countOf } from '../../shared/format/count.ts';
import { formatShare } from '../../shared/format/share.ts';
import { mainRole } from '../../shared/format/words.ts';
import { KIND_ICONS } from '../../shared/marks/kind-icon.tsx';
import { ticksOf } from '../../shared/windows/time-scale.ts';
import { cutInTheMiddle } from '../cytoscape/label-box.ts';
import type { Measure } from '../flows/flow-radius.ts';
import styles from './time.module.css';
import { rowPaths, type TimeLayout, type TimeLine } from './time-layout.ts';
import { bucketAt, type TimeWindows } from './time-rows.ts';
import { amountAt, changeInWords, isJustBefore, sinceInWords } from './time-words.ts';

interface AxisProps {
  readonly layout: TimeLayout;
  /** The line that the ticks hang from. */
  readonly y: number;
}

/** Months or days below a line. */
export function TimeAxis({ layout: { left, right, scale }, y }: AxisProps) {
  return (
    <g transform={`translate(${left} ${y})`} className={styles.axis}>
      <line x2={right - left} />
      {ticksOf(scale).map((tick) => (
        <g key={tick.at} transform={`translate(${scale.x(tick.at)} 0)`}>
          <line y2={4} />
          {scale.x(tick.at) < right - left - 20 && (
            <text x={3} y={13} className={tick.isYear ? styles.year : undefined}>
              {tick.label}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

interface WindowProps {
  readonly layout: TimeLayout;
  readonly window: { readonly from: number; readonly to: number };
  readonly className: string | undefined;
  readonly top: number;
  readonly bottom: number;
}

/** The tint of a window, as far as it is in sight. It is never thinner than a line. */
export function WindowTint({ layout: { left, right, scale }, window, className, top, bottom }: WindowProps) {
  const [from, to] = [left + scale.x(window.from), left + scale.x(window.to)];
  if (to < left || from > right) return null;
  const x = Math.max(left, from);
  return (
    <rect className={className} x={x} y={top} width={Math.max(2, Math.min(right, to) - x)} height={bottom - top} pointerEvents="none" />
  );
}

interface LineProps {
  readonly line: TimeLine;
  readonly layout: TimeLayout;
  readonly instants: readonly number[];
  readonly windows: TimeWindows;
  readonly measure: Measure;
  /** Id of the hatch of what is possibly held. */
  readonly hatch: string;
  readonly isDim: boolean;
  readonly isChosen: boolean;
  readonly isFocused: boolean;
}

/** One line: the name with its since-when, the bars, and the figures. */
export const TimeLineMark = memo(function TimeLineMark(props: LineProps) {
  const { line, layout } = props;
  if (line.kind === 'row') return <RowMark {...props} line={line} />;
  return (
    <g transform={`translate(0 ${line.y})`}>
      <text x={16} y={17} className={styles.hop}>
        {line.title}
        {line.count > 1 && (
          <tspan dx={6} className={styles.hopCount}>
            {countOf(line.count, 'holder', 'holders')}
          </tspan>
        )}
      </text>
      <line x1={0} x2={layout.width} y1={25.5} y2={25.5} className={styles.rule} />
    </g>
  );
});

function RowMark(props: LineProps & { readonly line: Extract<TimeLine, { kind: 'row' }> }) {
  const { line, layout, instants, windows, measure, hatch, isDim, isChosen, isFocused } = props;
  const { row, key, y, height } = line;
  const { left, right, scale, width, hasFigures } = layout;
  const base = height - 9;
  const paths = useMemo(
    () => rowPaths(row, measure, (edge) => left + scale.x(instants[edge] ?? 0), base, base - 7),
    [row, measure, left, scale, instants, base],
  );
  return (
    <g transform={`translate(0 ${y})`} data-key={key} data-target={key} className={isDim ? styles.faded : styles.line}>
      <rect className={styles.hit} data-chosen={isChosen || undefined} x={0} y={0} width={width} height={height} />
      <RowName line={line} left={left} />
      <line className={styles.base} x1={left} x2={right} y1={base} y2={base} />
      <path d={paths.definite} className={styles.definite} />
      <path d={paths.possible} className={styles.possible} style={{ fill: `url(#${hatch})` }} />
      <path d={paths.unreadable} className={styles.unreadable} />
      <path d={paths.received} className={styles.received} />
      <path d={paths.deleted} className={styles.deleted} />
      {hasFigures && (
        <>
          <text x={right + 12} y={line.row.lab === null ? 17 : 19} className={styles.amount}>
            {amountAt(row, bucketAt(instants, windows.core.to), measure)}
          </text>
          {row.lab === null && (
            <text x={right + 12} y={31} className={isJustBefore(row, windows) ? styles.justBefore : styles.small}>
              {changeInWords(row, windows)}
            </text>
          )}
        </>
      )}
      {isFocused && <rect className={styles.ring} x={3} y={1} width={width - 6} height={height - 2} rx={5} />}
    </g>
  );
}

/** Pixels that a character of a name takes, at most in most names. */
const CHARACTER_PX = 6.7;

function RowName({ line, left }: { readonly line: Extract<TimeLine, { kind: 'row' }>; readonly left: number }) {
  const { row, isOpen } = line;
  const { holder, lab } = row;
  if (lab !== null) {
    return (
      <>
        <title>{lab.name}</title>
        <text x={left < 200 ? 24 : 50} y={19} className={styles.labName}>
          {cutInTheMiddle(lab.name, Math.floor((left - (left < 200 ? 28 : 56)) / CHARACTER_PX))}
        </text>
      </>
    );
  }
  const isNarrow = left < 200;
  const Shape = KIND_ICONS[mainRole(holder.roles)];
  const at = isNarrow ? 24 : 50;
  const chance = !isNarrow && holder.hops > 0 ? 34 : 0;
  return (
    <>
      <title>{holder.name}</title>
      <g data-open={holder.id} className={styles.opener}>
        <rect x={0} y={7} width={24} height={24} className={styles.openerHit} />
        <path d={isOpen ? 'M7 17l5 5l5 -5' : 'M10 14l5 5l-5 5'} />
      </g>
      {!isNarrow && (
        <>
          <rect x={24} y={9} width={20} height={20} rx={5} className={holder.hops === 0 ? styles.originBox : styles.box} />
          <g transform="translate(27.5 12.5)" className={holder.hops === 0 ? styles.originIcon : styles.icon}>
            <Shape size={13} stroke={1.6} aria-hidden="true" />
          </g>
        </>
      )}
      <text x={at} y={17} className={styles.name}>
        {cutInTheMiddle(holder.name, Math.floor((left - at - chance - 6) / CHARACTER_PX))}
      </text>
      <text x={at} y={31} className={styles.small}>
        {isNarrow ? sinceInWords(row).replace('since ', '') : cutInTheMiddle(sinceInWords(row), Math.floor((left - at - 6) / 6.1))}
      </text>
      {chance > 0 && (
        <text x={left - 8} y={17} textAnchor="end" className={styles.small}>
          {formatShare(holder.likelihood)}
        </text>
      )}
    </>
  );
}

/** The legend, drawn with the same marks as the rows. */
export function TimeLegend({ hatch }: { readonly hatch: string }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      <li data-legend="Certain">
        <svg width="20" height="12" aria-hidden="true">
          <rect x="0.5" y="2" width="19" height="9" className={styles.definite} />
        </svg>
        Certain
      </li>
      <li data-legend="Possible">
        <svg width="20" height="12" aria-hidden="true">
          <rect x="0.5" y="2" width="19" height="9" className={styles.possible} style={{ fill: `url(#${hatch})` }} />
        </svg>
        Possible
      </li>
      <li data-legend="Not readable">
        <svg width="20" height="12" aria-hidden="true">
          <path d="M0 6H20" className={styles.unreadable} />
        </svg>
        Not readable
      </li>
      <li data-legend="Came">
        <svg width="8" height="12" aria-hidden="true">
          <path d="M4 3v6" className={styles.received} />
        </svg>
        Came
      </li>
      <li data-legend="Deleted">
        <svg width="8" height="12" aria-hidden="true">
          <path d="M1.5 3.5l5 5m0 -5l-5 5" className={styles.deleted} />
        </svg>
        Deleted
      </li>
    </ul>
  );
}
