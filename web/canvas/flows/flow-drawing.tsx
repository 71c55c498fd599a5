import { memo } from 'react';
import { formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { formatShare } from '../../shared/format/share.ts';
import { mainRole, TIERS } from '../../shared/format/words.ts';
import { KIND_ICONS } from '../../shared/marks/kind-icon.tsx';
import { DiscMark } from '../../shared/marks/tier-disc.tsx';
import { cutInTheMiddle } from '../cytoscape/label-box.ts';
import { lossOfSums, strongestOf } from './flow-radius.ts';
import type { FlowBlock, FlowNode, FlowsLayout } from './flow-shapes.ts';
import { REVEALED_KEY } from './flow-slots.ts';
import { blockName, nodeName, shownName } from './flow-words.ts';
import styles from './flows.module.css';
import type { Highlighted } from './flows-highlight.ts';
import { BAR_WIDTH } from './flows-layout.ts';

interface BandsProps {
  readonly layout: FlowsLayout;
  readonly highlighted: Highlighted;
  /** Id of the hatch that fills POSSIBLE segments. */
  readonly hatch: string;
}

/** The bands, thinnest first, then the spread steps. A saturated band shows its tiers as segments. */
export const FlowBands = memo(function FlowBands({ layout, highlighted, hatch }: BandsProps) {
  const pale = layout.bands.filter((band) => !highlighted.bands.has(band));
  const bright = layout.bands.filter((band) => highlighted.bands.has(band));
  return (
    <>
      <g className={highlighted.isChoice ? styles.dimmed : undefined}>
        {pale.map((band) => (
          <path key={band.key} data-key={band.key} d={band.path} className={styles.pale} data-tier={strongestOf(band.sums)} />
        ))}
      </g>
      {bright.map((band) => (
        <g key={band.key} data-key={band.key} data-highlighted="">
          {band.segments.length === 0 && <path d={band.path} className={styles.segment} data-tier="CONTAINED" />}
          {band.segments.map(({ tier, path }) => (
            <path
              key={tier}
              d={path}
              className={styles.segment}
              data-tier={tier}
              style={tier === 'POSSIBLE' ? { fill: `url(#${hatch})` } : undefined}
            />
          ))}
        </g>
      ))}
      {layout.lines.map((line) => {
        const isOff = highlighted.isChoice && !highlighted.nodes.has(line.to);
        return (
          <g key={line.key} className={isOff ? styles.dimmed : undefined} pointerEvents="none">
            <path d={line.path} className={styles.step} />
            <path d={arrowAt(line.to)} className={styles.arrow} />
          </g>
        );
      })}
    </>
  );
});

function arrowAt({ x, y, size }: FlowNode): string {
  const tip = x - size / 2 - 2;
  return `M${tip - 7} ${y - 3.5}L${tip} ${y}L${tip - 7} ${y + 3.5}Z`;
}

interface MarksProps {
  readonly layout: FlowsLayout;
  readonly highlighted: Highlighted;
  /** Key of the focused target. */
  readonly focus: string | null;
}

/** The icons of the holders and the bars of the labs, with their names and sums. */
export const FlowMarks = memo(function FlowMarks({ layout, highlighted, focus }: MarksProps) {
  return (
    <>
      {layout.nodes.map((node) => (
        <HolderMark
          key={node.key}
          node={node}
          isDimmed={highlighted.isChoice && !highlighted.nodes.has(node)}
          isFocused={node.key === focus}
        />
      ))}
      {layout.blocks.map((block) => (
        <LabMark
          key={block.key}
          block={block}
          left={layout.labX}
          right={layout.width}
          isDimmed={highlighted.isChoice && !highlighted.blocks.has(block)}
          isFocused={block.key === focus}
        />
      ))}
    </>
  );
});

function HolderMark({ node, isDimmed, isFocused }: { readonly node: FlowNode; readonly isDimmed: boolean; readonly isFocused: boolean }) {
  const { x, y, size, hop, holder } = node;
  const half = size / 2;
  const Shape = KIND_ICONS[mainRole(holder?.roles ?? [])];
  const isGroup = holder === null;
  const icon = hop === 0 ? Math.round(size / 2) : 17;
  return (
    <g data-key={node.key} data-target={node.key} className={`${styles.mark} ${isDimmed ? styles.faded : ''}`}>
      <title>{nodeName(node)}</title>
      <rect x={x - half - 8} y={y - half - 6} width={size + 16} height={size + 30} className={styles.hit} />
      {hop === 0 && !isGroup && (
        <rect x={x - half - 3} y={y - half - 3} width={size + 6} height={size + 6} rx={10} className={styles.halo} />
      )}
      {isFocused && <rect x={x - half - 6} y={y - half - 6} width={size + 12} height={size + 12} rx={11} className={styles.ring} />}
      <rect
        x={x - half}
        y={y - half}
        width={size}
        height={size}
        rx={7}
        className={hop === 0 && !isGroup ? styles.origin : isGroup ? styles.group : styles.holder}
      />
      {!isGroup && (
        <g transform={`translate(${x - icon / 2} ${y - icon / 2})`} className={hop === 0 ? styles.originIcon : styles.icon}>
          <Shape size={icon} stroke={1.7} aria-hidden="true" />
        </g>
      )}
      {isGroup && (
        <text x={x} y={y + 4} textAnchor="middle" className={styles.plus}>
          {node.key === REVEALED_KEY ? '→' : `+${formatCount(node.members.length)}`}
        </text>
      )}
      <text x={x} y={y + half + 15} textAnchor="middle" className={hop === 0 ? styles.originName : styles.name}>
        {shownName(node)}
      </text>
      {holder !== null && hop > 0 && (
        <text x={x + half + 6} y={y - half + 2} className={styles.chance}>
          {formatShare(holder.likelihood)}
        </text>
      )}
    </g>
  );
}

interface LabMarkProps {
  readonly block: FlowBlock;
  readonly left: number;
  readonly right: number;
  readonly isDimmed: boolean;
  readonly isFocused: boolean;
}

function LabMark({ block, left, right, isDimmed, isFocused }: LabMarkProps) {
  const { top, height, barTop, barHeight, sums, lab } = block;
  const middle = top + height / 2;
  const counts = TIERS.filter((tier) => sums.counts[tier] > 0);
  let at = left + BAR_WIDTH + 12;
  return (
    <g data-key={block.key} data-target={block.key} className={`${styles.mark} ${isDimmed ? styles.faded : ''}`}>
      <title>{blockName(block)}</title>
      <rect x={left} y={top} width={right - left} height={height} className={styles.hit} />
      {isFocused && <rect x={left - 4} y={top - 2} width={right - left - 4} height={height + 4} rx={6} className={styles.ring} />}
      <rect x={left} y={barTop} width={BAR_WIDTH} height={barHeight} rx={2} className={lab === null ? styles.groupBar : styles.bar} />
      <text x={left + BAR_WIDTH + 12} y={middle - 4} className={styles.labName}>
        {cutInTheMiddle(blockName(block), 24)}
      </text>
      <text x={right - 18} y={middle - 4} textAnchor="end" className={styles.amount}>
        {formatMoney(lossOfSums(sums))}
      </text>
      {counts.map((tier) => {
        const text = formatCount(sums.counts[tier]);
        const x = at;
        at += 18 + text.length * 7 + 14;
        return (
          <g key={tier} transform={`translate(${x} ${middle + 4})`}>
            <g transform="scale(0.786)">
              <DiscMark tier={tier} />
            </g>
            <text x={15} y={9.5} className={styles.count}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}
