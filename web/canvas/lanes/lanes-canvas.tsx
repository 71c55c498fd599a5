import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useOfferDrawing } from '../../shared/export/view-picture.ts';
import { countOf, formatCount } from '../../shared/format/count.ts';
import { useAnnounce } from '../../shared/ui/announcer.tsx';
import styles from '../cytoscape/canvas.module.css';
import { MoreBelow } from '../cytoscape/more-below.tsx';
import { useSize } from '../cytoscape/use-size.ts';
import { ZoomControls } from '../cytoscape/zoom-controls.tsx';
import { LanesDrawing } from './lanes-drawing.tsx';
import { LanesHeadings } from './lanes-headings.tsx';
import { highlightedAround, keyOfPointed } from './lanes-highlight.ts';
import { LanesLegend } from './lanes-legend.tsx';
import { spokenName } from './lanes-names.ts';
import type { LanesCanvasProps, NodeKey } from './lanes-props.ts';
import { laneTargets, type StepKey, stepFrom } from './lanes-steps.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';
import { scrollToPoint } from './scroll-to-point.ts';
import { useFittedLanes } from './use-fitted-lanes.ts';
import { useLanesPointer } from './use-lanes-pointer.ts';

const stepKeys: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] satisfies StepKey[];

/** The canvas of a blast radius. From left to right: origins, reached organizations, their artifacts, the labs that own them. */
export function LanesCanvas(props: LanesCanvasProps) {
  const { radius, selection, onSelect, onOpenGroup, onInspect, onShowTable, label, describedBy, isStale = false } = props;
  const { pointed = null, onPoint, after = null, isCompact = false } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const size = useSize(scroll);
  const announce = useAnnounce();
  const [focus, setFocus] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [{ left, top }, setScrolled] = useState({ left: 0, top: 0 });

  const { layout, zoom, setZoom, zoomBy, fitToScreen } = useFittedLanes(props, size);
  const targets = useMemo(() => laneTargets(layout), [layout]);
  const pointer = useLanesPointer({ scroll, radius, layout, targets, zoom }, onPoint);
  const isLaidOut = size !== null && size.width > 0;
  const content = { width: Math.floor(layout.width * zoom), height: Math.floor(layout.height * zoom) };
  const marked = useMemo(() => new Set([selection, hasFocus ? focus : null].filter((key) => key !== null)), [selection, focus, hasFocus]);
  const highlighted = useMemo(() => {
    const key = pointer.hovered ?? (pointed === null ? null : keyOfPointed(layout, pointed)) ?? selection;
    return key === null ? null : highlightedAround(layout, key);
  }, [layout, pointer.hovered, pointed, selection]);

  const below = countBelow(layout, (top + (size?.height ?? 0)) / zoom);
  const drawing = useOfferDrawing(label, props.caption);

  const reveal = (key: string) => {
    const target = targets.find((other) => other.key === key);
    if (target !== undefined && scroll.current !== null) scrollToPoint(scroll.current, { x: target.x * zoom, y: target.y * zoom });
  };

  // Two drawings side by side may be wider than their halves. They begin with the artifacts and labs, which are what changes.
  useEffect(() => {
    if (isCompact && isLaidOut && scroll.current !== null) scroll.current.scrollLeft = scroll.current.scrollWidth;
  }, [isCompact, isLaidOut]);

  // Scrolls to a selection made in the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not a new size or zoom.
  useEffect(() => {
    if (selection !== null) reveal(selection);
  }, [selection, isLaidOut]);

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

  const clicked = (event: MouseEvent) => {
    const target = pointer.targetUnder(event);
    setFocus(target?.key ?? null);
    if (target === undefined) onSelect(null);
    else activate(target.key, 'click');
  };

  return (
    <div className={`${styles.root} ${isStale ? styles.stale : ''}`}>
      <LanesHeadings headings={layout.headings} zoom={zoom} left={left} />
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
        {...pointer.handlers}
        onFocus={() => {
          setHasFocus(true);
          if (focus === null) setFocus(selection ?? layout.holders[0]?.key ?? null);
        }}
        onBlur={() => setHasFocus(false)}
      >
        {isLaidOut && (
          <svg
            ref={drawing}
            {...content}
            viewBox={`0 0 ${layout.width} ${layout.height}`}
            className={`${styles.stage} ${styles.drawing}`}
            aria-hidden="true"
          >
            <LanesDrawing
              layout={layout}
              highlighted={highlighted}
              marked={marked}
              selection={selection}
              reached={after?.reached ?? null}
            />
          </svg>
        )}
      </div>
      {below > 0 && <MoreBelow scroll={scroll} words={countOf(below, 'more artifact', 'more artifacts')} />}
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
