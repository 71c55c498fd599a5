import { memo, type ReactNode } from 'react';
import { formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { mainRole } from '../../shared/format/words.ts';
import { DiscMark } from '../../shared/ui/tier-disc.tsx';
import { type Curve, type Point, pathOf } from '../cytoscape/curve.ts';
import { IconMark, ShapeMark } from '../cytoscape/kind-mark.tsx';
import { kindLooks } from '../cytoscape/kinds.ts';
import styles from './lanes.module.css';
import type { Highlighted } from './lanes-highlight.ts';
import { tierOrder } from './layout/lanes-grouping.ts';
import { holderText, rowText } from './layout/lanes-labels.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';
import type { LaneLine } from './layout/lanes-lines.ts';
import type { PlacedCard, PlacedHolder, PlacedLabel, PlacedRow } from './layout/lanes-places.ts';

interface DrawingProps {
  readonly layout: LanesLayout;
  /** Everything else is dimmed; null: nothing is. */
  readonly highlighted: Highlighted | null;
  /** Keys of the selected and of the focused element, which get a ring. */
  readonly marked: ReadonlySet<string>;
  /** Its copy lines are drawn bold. */
  readonly selection: string | null;
  /** Ids of the organizations that a what-if still reaches; null: no what-if. */
  readonly reached: ReadonlySet<string> | null;
}

/**
 * The lanes as shapes, in the order in which they cover each other: cards, copy lines, discs with their names, spread steps, holders, the
 * words on lines. Color means tier here, never kind. Each element under a style sheet, so a theme or forced colors need no new drawing.
 */
export const LanesDrawing = memo(function LanesDrawing({ layout, highlighted, marked, selection, reached }: DrawingProps) {
  const { cards, rows, holders, labels, measures } = layout;
  const isDim = (...keys: readonly string[]) => highlighted !== null && !keys.some((key) => highlighted.has(key));
  const copies = layout.lines.filter((line) => line.kind === 'copy');
  const isOfSelection = (line: (typeof copies)[number]) => selection !== null && (line.row === selection || line.holder === selection);
  const bold = copies.filter(isOfSelection);
  return (
    <>
      {cards.map((card) => (
        <Card key={card.key} card={card} most={measures.mostTitle} isDim={isDim(card.key)} isMarked={marked.has(card.key)} />
      ))}
      {bold.length < copies.length &&
        copies.filter((line) => !isOfSelection(line)).map((line) => <Copy key={line.key} line={line} isDim={isDim(line.key)} />)}
      {bold.map((line) => (
        <Copy key={line.key} line={line} isDim={isDim(line.key)} isBold />
      ))}
      {rows.map((row) => (
        <Row key={row.row.key} placed={row} most={measures.mostName} isDim={isDim(row.row.key)} isMarked={marked.has(row.row.key)} />
      ))}
      {layout.lines.map((line) => line.kind !== 'copy' && <Step key={line.key} line={line} isDim={isDim(line.key)} />)}
      {holders.map((holder) => (
        <Holder
          key={holder.key}
          holder={holder}
          isGone={reached !== null && holder.members.every(({ id }) => !reached.has(id))}
          isDim={isDim(holder.key)}
          isMarked={marked.has(holder.key)}
        />
      ))}
      {labels.map((label) => label.role === 'line' && <Words key={label.of} label={label} isDim={isDim(label.of)} />)}
    </>
  );
});

function classOf(...names: readonly (string | undefined | false)[]): string {
  return names.filter((name) => name !== undefined && name !== false).join(' ');
}

function cutAtEnd(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

interface State {
  readonly isDim: boolean;
  readonly isMarked: boolean;
}

function Card({ card, most, isDim, isMarked }: { readonly card: PlacedCard; readonly most: number } & State) {
  const x = card.labLeft;
  const y = Math.round((card.top + card.bottom) / 2);
  let at = x + 34;
  return (
    <g data-card={card.key}>
      <rect
        x={card.left}
        y={card.top}
        width={card.right - card.left}
        height={card.bottom - card.top}
        rx={8}
        className={classOf(styles.card, card.isGroup && styles.group)}
      />
      <g className={isDim ? styles.dim : undefined}>
        <ShapeMark shape="hexagon" x={x + 12} y={y} width={30} height={27} className={styles.lab} />
        {isMarked && <ShapeMark shape="hexagon" x={x + 12} y={y} width={39} height={36} className={styles.ring} />}
        <IconMark icon="flask" x={x + 12} y={y} size={15} className={styles.onFill} />
        <text x={x + 34} y={y - 14.5} className={styles.title}>
          {cutAtEnd(card.title, most)}
        </text>
        {/* A narrow card has no room for the words. */}
        <text x={x + 34} y={y + 4} className={styles.quiet}>
          {formatMoney(card.lossUsd)}
          {most >= 20 && ' worst case'}
        </text>
        {tierOrder.map((tier) => {
          if (card.counts[tier] === 0) return null;
          const text = formatCount(card.counts[tier]);
          const left = at;
          at += 13 + text.length * 8 + 14;
          return (
            <g key={tier}>
              <Disc tier={tier} x={left + 5} y={y + 19} size={11} />
              <text x={left + 13} y={y + 23} className={styles.count}>
                {text}
              </text>
            </g>
          );
        })}
      </g>
    </g>
  );
}

type Outcome = (typeof tierOrder)[number] | 'LEFT';

function Disc({ tier, x, y, size }: Point & { readonly tier: Outcome; readonly size: number }) {
  if (tier === 'LEFT') return <circle cx={x} cy={y} r={size / 2 - 0.75} className={styles.left} />;
  return (
    <g transform={`translate(${x - size / 2} ${y - size / 2}) scale(${size / 14})`}>
      <circle cx={7} cy={7} r={7} className={styles.ground} />
      <DiscMark tier={tier} />
    </g>
  );
}

function Row({ placed, most, isDim, isMarked }: { readonly placed: PlacedRow; readonly most: number } & State) {
  const { row, x, y, outcome } = placed;
  const tier = row.kind === 'artifact' ? row.artifact.tier : row.tier;
  const isChanged = outcome !== undefined && outcome !== 'LEFT' && outcome !== tier;
  return (
    <g className={isDim ? styles.dim : undefined} data-row={row.key}>
      <Disc tier={outcome ?? tier} x={x} y={y} size={14} />
      {isMarked && <circle cx={x} cy={y} r={11} className={styles.ring} />}
      <text
        x={x + 15}
        y={y + 4.5}
        className={classOf(
          styles.row,
          row.kind === 'group' && styles.groupName,
          outcome === 'LEFT' && styles.leftName,
          (isChanged || isMarked) && styles.strong,
        )}
      >
        {rowText(row, formatMoney, most)}
      </text>
    </g>
  );
}

function Holder({ holder, isGone, isDim, isMarked }: { readonly holder: PlacedHolder; readonly isGone: boolean } & State) {
  const { x, y, size, organization, hop } = holder;
  const isOrigin = hop === 0;
  const isGroup = organization === null;
  const kind = mainRole(organization?.roles ?? holder.members[0]?.roles ?? []);
  const look = kindLooks[kind];
  const isFilled = isOrigin || kind === 'LAB';
  const place = { shape: look.shape, x, y } as const;
  return (
    <g className={isDim ? styles.dim : undefined} data-holder={holder.key}>
      {isOrigin && !isMarked && <ShapeMark {...place} width={size + 5} height={size + 5} className={styles.halo} />}
      <ShapeMark
        {...place}
        width={size}
        height={size}
        className={classOf(
          styles.holder,
          isOrigin ? styles.origin : kind === 'LAB' && styles.lab,
          isGroup && styles.group,
          isGone && styles.gone,
        )}
      />
      {isMarked && <ShapeMark {...place} width={size + 10} height={size + 10} className={styles.ring} />}
      {!isGroup && (
        <IconMark
          icon={look.icon}
          x={x}
          y={y}
          size={isOrigin ? 26 : 20}
          className={classOf(isFilled ? styles.onFill : styles.icon, isGone && styles.goneIcon)}
        />
      )}
      <text
        x={x}
        y={y + size / 2 + (isOrigin ? 19 : 17)}
        textAnchor="middle"
        className={classOf(
          isOrigin ? styles.originName : styles.name,
          isGroup && styles.groupName,
          isGone && styles.leftName,
          isMarked && styles.strong,
        )}
      >
        {holderText(holder)}
      </text>
    </g>
  );
}

const tierClass = { EXPOSED: styles.exposed, POSSIBLE: styles.possible, CONTAINED: styles.contained } as const;

function Copy({
  line,
  isDim,
  isBold = false,
}: {
  readonly line: LaneLine & { kind: 'copy' };
  readonly isDim: boolean;
  readonly isBold?: boolean;
}) {
  const width = isBold ? 3 : line.isBundle ? 1 + Math.log2(1 + line.count) * 0.75 : 1.6;
  return (
    <path
      d={pathOf(line.curve)}
      strokeWidth={width}
      className={classOf(styles.copy, tierClass[line.tier], isBold && styles.bold, isDim && styles.dimLine)}
    />
  );
}

/** An access is a double line, a transfer a single one, a reveal a thin arc with an open arrow. */
function Step({ line, isDim }: { readonly line: Exclude<LaneLine, { kind: 'copy' }>; readonly isDim: boolean }) {
  const state = isDim ? styles.dimLine : undefined;
  if (line.kind === 'reveal') {
    return (
      <g className={state}>
        <path d={pathOf(line.curve)} className={styles.reveal} />
        <path d={arrowOf(line.curve, 5, 3.2)} className={styles.reveal} />
      </g>
    );
  }
  const path = pathOf({ ...line.curve, to: shortOf(line.curve, 7) });
  const lines: ReactNode =
    line.by === 'ACCESS' ? (
      <>
        <path d={path} className={styles.access} />
        <path d={path} className={styles.accessInside} />
      </>
    ) : (
      <path d={path} className={styles.transfer} />
    );
  return (
    <g className={state}>
      {lines}
      <path d={`${arrowOf(line.curve, 10, 5)}Z`} className={styles.arrow} />
    </g>
  );
}

/** The direction in which a line ends, of length 1. */
function endOf({ from, bends, to }: Curve): Point {
  const before = bends.at(-1) ?? from;
  const length = Math.hypot(to.x - before.x, to.y - before.y) || 1;
  return { x: (to.x - before.x) / length, y: (to.y - before.y) / length };
}

function shortOf(curve: Curve, by: number): Point {
  const { x, y } = endOf(curve);
  return { x: curve.to.x - x * by, y: curve.to.y - y * by };
}

/** The head of an arrow at the end of a line, open at its back. */
function arrowOf(curve: Curve, length: number, half: number): string {
  const { x, y } = endOf(curve);
  const back = shortOf(curve, length);
  const corner = (side: 1 | -1) => `${round(back.x - y * half * side)} ${round(back.y + x * half * side)}`;
  return `M${corner(1)}L${round(curve.to.x)} ${round(curve.to.y)}L${corner(-1)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function Words({ label: { text, box }, isDim }: { readonly label: PlacedLabel; readonly isDim: boolean }) {
  return (
    <text
      x={Math.round((box.left + box.right) / 2)}
      y={Math.round((box.top + box.bottom) / 2) + 4}
      textAnchor="middle"
      className={classOf(styles.words, isDim && styles.dim)}
    >
      {text}
    </text>
  );
}
