import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useOfferDrawing } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import canvas from '../cytoscape/canvas.module.css';
import { MoreBeyond } from '../cytoscape/canvas-controls.tsx';
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
import { type Mark, useMarks } from './use-marks.ts';

export interface FlowsCanvasProps extends SumPictureProps {
  readonly radius: FlowRadius;
  readonly measure: Measure;
  readonly openGroups: readonly string[];
  readonly onOpenGroup: (key: string) => void;
}

/** A large blast radius as flows. Bands run from holders at the left to labs at the right. Their height shows the held amount. */
export function FlowsCanvas(props: FlowsCanvasProps) {
  const { radius, measure, chosen, pointed, onChoose, openGroups, onOpenGroup, label, isStale = false } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const hatch = useId();
  const [{ left, top }, setScrolled] = useState({ left: 0, top: 0 });
  const layout = useMemo(
    () =>
      size === null ? null : layOutFlows(radius, { width: size.width, height: size.height, measure, openGroups: new Set(openGroups) }),
    [radius, size, measure, openGroups],
  );
  // Where the drawing does not fit, it begins around its origin.
  const isFitted = useRef(false);
  useLayoutEffect(() => {
    const [origin] = layout?.nodes.filter(({ hop }) => hop === 0) ?? [];
    if (size === null || origin === undefined || isFitted.current) return;
    isFitted.current = true;
    scroll.current?.scrollTo({ top: origin.y - size.height / 2 });
  }, [layout, size]);
  const targets = useMemo(() => (layout === null ? [] : flowTargets(layout)), [layout]);
  const drawing = useOfferDrawing(label, props.caption);

  const choiceOf = ({ key }: Mark): FlowChoice | null => {
    const band = layout?.bands.find((each) => each.key === key);
    if (band !== undefined) return { holderId: band.node.holder?.id ?? null, labId: band.block.lab?.id ?? null };
    const node = layout?.nodes.find((each) => each.key === key && each.holder !== null);
    if (node?.holder != null) return { holderId: node.holder.id, labId: null };
    const block = layout?.blocks.find((each) => each.key === key && each.lab !== null);
    return block?.lab == null ? null : { holderId: null, labId: block.lab.id };
  };
  const markOf = (target: { readonly key: string } | undefined): Mark | null =>
    target === undefined ? null : { key: target.key, bucket: null };
  const marks = useMarks(scroll, props, {
    first: markOf(targets[0]),
    at: (key) => ({ key, bucket: null }),
    step: (key, from) => markOf(stepFrom(targets, from?.key ?? null, key)),
    spoken: ({ key }) => targets.find((target) => target.key === key)?.spoken ?? '',
    choiceOf,
    activate: (mark) => {
      if (mark.key === 'group:revealed') return;
      if (mark.key.startsWith('group:')) onOpenGroup(mark.key);
      else onChoose(choiceOf(mark));
    },
  });
  const hovered = marks.hovered?.key ?? null;
  const highlighted = useMemo(
    () => (layout === null ? null : findHighlighted(layout, { hovered, pointed, chosen })),
    [layout, hovered, pointed, chosen],
  );

  const readoutText = layout === null ? null : readout(layout, hovered);
  const below = layout === null || size === null ? 0 : countBelow(layout, top + size.height);
  return (
    <div className={`${canvas.root} ${isStale ? canvas.stale : ''}`}>
      <div className={canvas.headings} aria-hidden="true">
        {layout?.columns.map(({ hop, x, total }) => (
          <span key={hop} style={{ left: x - left, transform: 'translateX(-50%)' }}>
            {hop === 0 ? (total > 1 ? 'Origins' : 'Origin') : `Hop ${hop}`}
            {(hop > 0 || total > 1) && <em>{hop > 0 ? countOf(total, 'holder', 'holders') : formatCount(total)}</em>}
          </span>
        ))}
        {layout !== null && (
          <span style={{ left: layout.labX - left }}>
            Labs<em>{formatCount(radius.labs.length)}</em>
          </span>
        )}
      </div>
      <div
        {...marks.attributes}
        className={canvas.scroll}
        data-testid="flows"
        onScroll={({ currentTarget: { scrollLeft, scrollTop } }) => setScrolled({ left: scrollLeft, top: scrollTop })}
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
            <FlowMarks layout={layout} highlighted={highlighted} focus={marks.focused?.key ?? null} />
          </svg>
        )}
        <span className={styles.filler} />
      </div>
      {below > 0 && (
        <MoreBeyond
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
