import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useOfferDrawing } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import canvas from '../cytoscape/canvas.module.css';
import { MoreBelow } from '../cytoscape/canvas-controls.tsx';
import { useSize } from '../cytoscape/use-size.ts';
import type { FlowChoice, SumPictureProps } from '../picture-props.ts';
import { FlowBands, FlowMarks } from './flow-drawing.tsx';
import type { FlowRadius, Measure } from './flow-radius.ts';
import type { FlowsLayout } from './flow-shapes.ts';
import { blockName, nodeName, spokenBlock, spokenNode, sumsInWords } from './flow-words.ts';
import styles from './flows.module.css';
import { findHighlighted } from './flows-highlight.ts';
import { layOutFlows } from './flows-layout.ts';
import { flowTargets, stepFrom } from './flows-steps.ts';

export interface FlowsCanvasProps extends SumPictureProps {
  readonly radius: FlowRadius;
  readonly measure: Measure;
  readonly openGroups: readonly string[];
  readonly onOpenGroup: (key: string) => void;
}

const STEP_KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const;

/** A large blast radius as flows. Bands run from holders at the left to labs at the right. Their height shows the held amount. */
export function FlowsCanvas(props: FlowsCanvasProps) {
  const { radius, measure, chosen, pointed, onPoint, onChoose, openGroups, onOpenGroup, label, describedBy, isStale = false } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const announce = useAnnounce();
  const hatch = useId();
  const [hovered, setHovered] = useState<string | null>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [{ left, top }, setScrolled] = useState({ left: 0, top: 0 });
  const layout = useMemo(
    () =>
      size === null ? null : layOutFlows(radius, { width: size.width, height: size.height, measure, openGroups: new Set(openGroups) }),
    [radius, size, measure, openGroups],
  );
  const targets = useMemo(() => (layout === null ? [] : flowTargets(layout)), [layout]);
  const highlighted = useMemo(
    () => (layout === null ? null : findHighlighted(layout, { hovered, pointed, chosen })),
    [layout, hovered, pointed, chosen],
  );
  useEffect(() => () => onPoint(null), [onPoint]);
  const drawing = useOfferDrawing(label, props.caption);

  const choiceOf = (key: string): FlowChoice | null => {
    const band = layout?.bands.find((each) => each.key === key);
    if (band !== undefined) return { holderId: band.node.holder?.id ?? null, labId: band.block.lab?.id ?? null };
    const node = layout?.nodes.find((each) => each.key === key && each.holder !== null);
    if (node?.holder != null) return { holderId: node.holder.id, labId: null };
    const block = layout?.blocks.find((each) => each.key === key && each.lab !== null);
    return block?.lab == null ? null : { holderId: null, labId: block.lab.id };
  };
  const activate = (key: string) => {
    if (key === 'group:revealed') return;
    if (key.startsWith('group:')) onOpenGroup(key);
    else onChoose(choiceOf(key));
  };
  const keyUnder = (event: MouseEvent) => (event.target as Element).closest('[data-key]')?.getAttribute('data-key') ?? null;
  const hover = (key: string | null) => {
    if (key === hovered) return;
    setHovered(key);
    onPoint(key === null ? null : choiceOf(key));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || layout === null) return;
    const step = STEP_KEYS.find((key) => key === event.key);
    if (step !== undefined) {
      const next = stepFrom(targets, focus, step);
      if (next === undefined) return;
      setFocus(next.key);
      hover(next.key);
      scroll.current?.querySelector(`[data-target="${CSS.escape(next.key)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      announce(next.spoken);
    } else if ((event.key === 'Enter' || event.key === ' ') && focus !== null) activate(focus);
    else if (event.key === 'Escape' && chosen.holders.size + chosen.labs.size > 0) onChoose(null);
    else if ((event.key === 't' || event.key === 'T') && props.onShowTable !== undefined) props.onShowTable();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const readoutText = layout === null ? null : readout(layout, hovered);
  const below = layout === null || size === null ? 0 : countBelow(layout, top + size.height);
  return (
    <div className={`${canvas.root} ${isStale ? canvas.stale : ''}`}>
      <div className={canvas.headings} aria-hidden="true">
        {layout?.columns.map(({ hop, x, total }) => (
          <span key={hop} style={{ left: x - left, transform: 'translateX(-50%)' }}>
            {hop === 0 ? (total > 1 ? 'Origins' : 'Origin') : `Hop ${hop}`}
            {(hop > 0 || total > 1) && <em>{formatCount(total)}</em>}
          </span>
        ))}
        {layout !== null && (
          <span style={{ left: layout.labX - left }}>
            Labs<em>{formatCount(radius.labs.length)}</em>
          </span>
        )}
      </div>
      <div
        ref={scroll}
        className={canvas.scroll}
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one Tab stop.
        tabIndex={0}
        data-testid="flows"
        onScroll={({ currentTarget: { scrollLeft, scrollTop } }) => setScrolled({ left: scrollLeft, top: scrollTop })}
        onKeyDown={pressed}
        onClick={(event) => {
          const key = keyUnder(event);
          if (key === null) onChoose(null);
          else activate(key);
        }}
        onMouseMove={(event) => hover(keyUnder(event))}
        onMouseLeave={() => hover(null)}
        onFocus={() => {
          setHasFocus(true);
          if (focus === null) setFocus(targets[0]?.key ?? null);
        }}
        onBlur={() => {
          setHasFocus(false);
          hover(null);
        }}
      >
        {layout !== null && highlighted !== null && (
          <svg ref={drawing} className={`${canvas.stage} ${styles.drawing}`} width={layout.width} height={layout.height} aria-hidden="true">
            <defs>
              <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width={6} height={6} className={styles.hatchGround} />
                <line x1={0} y1={0} x2={0} y2={6} className={styles.hatchLine} />
              </pattern>
            </defs>
            <FlowBands layout={layout} highlighted={highlighted} hatch={hatch} />
            <FlowMarks layout={layout} highlighted={highlighted} focus={hasFocus ? focus : null} />
          </svg>
        )}
        <span className={styles.filler} />
      </div>
      {below > 0 && (
        <MoreBelow
          words={countOf(below, 'more organization', 'more organizations')}
          onMore={() => scroll.current?.scrollBy({ top: scroll.current.clientHeight * 0.8 })}
        />
      )}
      <div className={canvas.footer}>
        <p className={styles.readout}>{readoutText ?? 'Point at a band, a holder or a lab to single it out. Click to filter the list.'}</p>
        {layout !== null && layout.omittedBands > 0 && (
          <p className={canvas.note}>{formatCount(layout.omittedBands)} thinner bands are not drawn. The matrix has them.</p>
        )}
      </div>
    </div>
  );
}

/** The holders and labs whose middle lies below a height of the drawing, members of groups included. */
function countBelow({ nodes, blocks }: FlowsLayout, height: number): number {
  const holders = nodes.flatMap(({ y, members }) => (y > height ? members : []));
  return blocks.reduce((sum, { top, height: own, labs }) => sum + (top + own / 2 > height ? labs.length : 0), holders.length);
}

/** The target under the pointer in words, or null. */
function readout(layout: FlowsLayout, key: string | null): string | null {
  if (key === null) return null;
  const band = layout.bands.find((each) => each.key === key);
  if (band !== undefined) return `${nodeName(band.node)} → ${blockName(band.block)}: ${sumsInWords(band.sums)}`;
  const node = layout.nodes.find((each) => each.key === key);
  if (node !== undefined) return spokenNode(node);
  const block = layout.blocks.find((each) => each.key === key);
  return block === undefined ? null : spokenBlock(block);
}
