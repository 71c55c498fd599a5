import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { formatMoney } from '../../shared/format/money.ts';
import { useOfferPicture } from '../../shared/take/view-picture.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import { scaleOf, useLabelSize } from '../../shared/ui/label-size.ts';
import styles from '../cytoscape/canvas.module.css';
import { type Size, useSize } from '../cytoscape/use-size.ts';
import { ZoomControls } from '../cytoscape/zoom-controls.tsx';
import { LanesDrawing } from './lanes-drawing.tsx';
import { type LanesLayout, layOutLanes } from './lanes-layout.ts';
import { LanesLegend } from './lanes-legend.tsx';
import { keyOfPointed, litAround, pointedOfKey } from './lanes-lit.ts';
import { spokenName } from './lanes-names.ts';
import type { LanesCanvasProps, NodeKey } from './lanes-props.ts';
import { findTargetAt, laneTargets, type StepKey, stepFrom } from './lanes-steps.ts';

const zoomSteps = [0.5, 0.6, 0.75, 0.9, 1, 1.25, 1.5, 2] as const;
const stepKeys: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] satisfies StepKey[];

/** The canvas of a blast radius. From left to right: origins, reached organizations, their artifacts, the labs that own them. */
export function LanesCanvas(props: LanesCanvasProps) {
  const { radius, selection, onSelect, openGroups, onOpenGroup, onInspect, onShowTable, label, describedBy, isStale = false } = props;
  const { pointed = null, onPoint, after = null, isCompact = false } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const announce = useAnnounce();
  const [chosenZoom, setZoom] = useState<number | null>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [{ left, top }, setScrolled] = useState({ left: 0, top: 0 });
  const [hovered, setHovered] = useState<string | null>(null);

  const width = size?.width ?? 0;
  const labelScale = useLabelSize() / 100;
  const layout = useMemo(() => {
    const layOut = (of: number) =>
      layOutLanes(radius, {
        width: Math.max(of, isCompact ? 0 : 640),
        openGroups: new Set(openGroups),
        selection,
        formatUsd: formatMoney,
        isCompact,
        after,
      });
    const first = layOut(width);
    const fit = fitOf(first, size, labelScale);
    // A drawing that is fitted in height has width to spare.
    return fit < 1 && first.width * fit < width ? layOut(Math.floor(width / fit)) : first;
  }, [radius, width, size, labelScale, openGroups, selection, isCompact, after]);
  const targets = useMemo(() => laneTargets(layout), [layout]);
  const zoom = chosenZoom ?? fitOf(layout, size, labelScale);

  const content = { width: Math.floor(layout.width * zoom), height: Math.floor(layout.height * zoom) };
  const marked = useMemo(() => new Set([selection, hasFocus ? focus : null].filter((key) => key !== null)), [selection, focus, hasFocus]);
  const lit = useMemo(() => {
    const key = hovered ?? (pointed === null ? null : keyOfPointed(layout, pointed)) ?? selection;
    return key === null ? null : litAround(layout, key);
  }, [layout, hovered, pointed, selection]);
  useEffect(() => () => onPoint?.(null), [onPoint]);

  const below = countBelow(layout, (top + (size?.height ?? 0)) / zoom);

  const drawing = useRef<SVGSVGElement>(null);
  const draw = useCallback(() => drawing.current, []);
  useOfferPicture(draw, label, props.caption);

  const reveal = (key: string) => {
    const target = targets.find((other) => other.key === key);
    const element = scroll.current;
    if (target === undefined || element === null) return;
    const [x, y] = [target.x * zoom, target.y * zoom];
    const margin = 48;
    const dx =
      x < element.scrollLeft + margin
        ? x - margin - element.scrollLeft
        : Math.max(0, x + margin - element.scrollLeft - element.clientWidth);
    const dy =
      y < element.scrollTop + margin ? y - margin - element.scrollTop : Math.max(0, y + margin - element.scrollTop - element.clientHeight);
    if (dx !== 0 || dy !== 0) element.scrollBy({ left: dx, top: dy });
  };

  // Two drawings side by side may be wider than their halves. They begin with the artifacts and labs, which are what changes.
  const isLaidOut = width > 0;
  useEffect(() => {
    if (isCompact && isLaidOut && scroll.current !== null) scroll.current.scrollLeft = scroll.current.scrollWidth;
  }, [isCompact, isLaidOut]);

  // Scrolls to a selection made in the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not a new size or zoom.
  useEffect(() => {
    if (selection !== null) reveal(selection);
  }, [selection, width > 0]);

  const activate = (key: string, how: 'click' | 'inspect' | 'mark') => {
    if (key.startsWith('group:')) {
      onOpenGroup(key.startsWith('group:labs') ? 'group:labs' : key);
      return;
    }
    const node = key as NodeKey;
    onSelect(how !== 'inspect' && node === selection ? null : node);
    if (how === 'inspect') onInspect?.(node);
  };

  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (stepKeys.includes(key)) {
      const next = stepFrom(layout, targets, focus ?? selection, key as StepKey);
      if (next === null) return;
      setFocus(next);
      reveal(next);
      announce(spokenName(radius, layout, next));
    } else if (key === 'Enter' && focus !== null) activate(focus, 'inspect');
    else if (key === ' ' && focus !== null) activate(focus, 'mark');
    else if (key === 'Escape' && selection !== null) onSelect(null);
    else if (key === '+' || key === '=') zoomBy(1);
    else if (key === '-') zoomBy(-1);
    else if (key === '0') setZoom(1);
    else if (key === 'f' || key === 'F') fitToScreen();
    else if ((key === 't' || key === 'T') && onShowTable !== undefined) onShowTable();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const zoomBy = (direction: 1 | -1) => {
    const next = direction === 1 ? zoomSteps.find((step) => step > zoom + 0.01) : zoomSteps.findLast((step) => step < zoom - 0.01);
    if (next !== undefined) setZoom(next);
  };
  const fitToScreen = () => {
    if (size !== null) setZoom(Math.max(0.5, Math.min(1, size.width / layout.width, size.height / layout.height)));
  };

  const targetUnder = (event: MouseEvent) => {
    const element = scroll.current;
    if (element === null) return undefined;
    const bounds = element.getBoundingClientRect();
    const scale = scaleOf(element);
    return findTargetAt(targets, {
      x: ((event.clientX - bounds.left) / scale + element.scrollLeft) / zoom,
      y: ((event.clientY - bounds.top) / scale + element.scrollTop) / zoom,
    });
  };
  const clicked = (event: MouseEvent) => {
    const target = targetUnder(event);
    setFocus(target?.key ?? null);
    if (target === undefined) onSelect(null);
    else activate(target.key, 'click');
  };
  const moved = (event: MouseEvent) => {
    const target = targetUnder(event);
    const element = scroll.current;
    if (element === null) return;
    if (hovered === (target?.key ?? null)) return;
    setHovered(target?.key ?? null);
    onPoint?.(target === undefined ? null : pointedOfKey(layout, target.key));
    element.style.cursor = target === undefined ? 'default' : 'pointer';
    element.title = target === undefined ? '' : spokenName(radius, layout, target.key);
  };

  return (
    <div className={`${styles.root} ${isStale ? styles.stale : ''}`}>
      {/* On paper the picture is scaled to the sheet, and its headings are not. */}
      <div className={styles.headings} data-screen-only aria-hidden="true">
        {layout.headings.map(({ text, count, x }, i) => {
          const next = layout.headings[i + 1];
          return (
            <span key={text} style={{ left: x * zoom - left, maxWidth: next && (next.x - x) * zoom - 6 }}>
              {text}
              {count !== null && <em>{count}</em>}
            </span>
          );
        })}
      </div>
      <div
        ref={scroll}
        className={styles.scroll}
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas is one Tab stop.
        tabIndex={0}
        data-testid="lanes"
        onScroll={({ currentTarget: { scrollLeft, scrollTop } }) => setScrolled({ left: scrollLeft, top: scrollTop })}
        onKeyDown={pressed}
        onClick={clicked}
        onMouseMove={moved}
        onMouseLeave={() => {
          setHovered(null);
          onPoint?.(null);
        }}
        onFocus={() => {
          setHasFocus(true);
          if (focus === null) setFocus(selection ?? layout.holders[0]?.key ?? null);
        }}
        onBlur={() => setHasFocus(false)}
      >
        {width > 0 && (
          <svg
            ref={drawing}
            {...content}
            viewBox={`0 0 ${layout.width} ${layout.height}`}
            className={`${styles.stage} ${styles.drawing}`}
            aria-hidden="true"
          >
            <LanesDrawing layout={layout} lit={lit} marked={marked} selection={selection} reached={after?.reached ?? null} />
          </svg>
        )}
      </div>
      {below > 0 && (
        <div className={styles.below}>
          <button type="button" onClick={() => scroll.current?.scrollBy({ top: (size?.height ?? 0) * 0.8 })}>
            {countOf(below, 'more artifact', 'more artifacts')} below
          </button>
        </div>
      )}
      <div className={styles.footer}>
        <ZoomControls onZoomIn={() => zoomBy(1)} onZoomOut={() => zoomBy(-1)} onFit={fitToScreen} />
        {!isCompact && <LanesLegend hasSpread={radius.spread.length > 0} hasReveals={radius.reveals.length > 0} />}
        {layout.omittedLines > 0 && (
          <p className={styles.note}>{formatCount(layout.omittedLines)} weaker lines are not shown. Filter by lab or tier to see them.</p>
        )}
        {props.footerEnd}
      </div>
    </div>
  );
}

/** The artifacts of rows that reach below a height of the drawing. */
function countBelow({ rows }: LanesLayout, height: number): number {
  return rows.reduce((sum, { row, y }) => (y + discRadius <= height ? sum : sum + (row.kind === 'artifact' ? 1 : row.count)), 0);
}

const discRadius = 6;

/** The smallest zoom at which rows keep a readable pitch. */
const leastZoom = 0.85;

/**
 * Fits the whole drawing. If its rows would become too small, fits only its width and lets it scroll. Larger labels do not fit it to
 * less than it is fitted to with labels of 100%, or they would be no larger.
 */
function fitOf(layout: LanesLayout, size: Size | null, labelScale: number): number {
  if (size === null || size.width === 0) return 1;
  const [wide, high] = [(size.width * labelScale) / layout.width, (size.height * labelScale) / layout.height];
  const whole = Math.min(1, wide, high);
  return whole >= leastZoom ? whole : Math.min(1, Math.max(0.6, wide));
}
