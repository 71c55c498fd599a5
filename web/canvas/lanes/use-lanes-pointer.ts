import { type MouseEvent, type RefObject, useEffect, useState } from 'react';
import { scaleOf } from '../../shared/ui/label-size.ts';
import { pointedOfKey } from './lanes-highlight.ts';
import { spokenName } from './lanes-names.ts';
import type { LanePointed, LanesRadius } from './lanes-props.ts';
import { findTargetAt, type LaneTarget } from './lanes-steps.ts';
import type { LanesLayout } from './layout/lanes-layout.ts';

interface ScrolledLanes {
  readonly scroll: RefObject<HTMLDivElement | null>;
  readonly radius: LanesRadius;
  readonly layout: LanesLayout;
  readonly targets: readonly LaneTarget[];
  readonly zoom: number;
}

/** The target under the pointer, which the pointer's shape and title show, and which the page hears of. */
export function useLanesPointer(
  { scroll, radius, layout, targets, zoom }: ScrolledLanes,
  onPoint: ((at: LanePointed | null) => void) | undefined,
) {
  const [hovered, setHovered] = useState<string | null>(null);
  useEffect(() => () => onPoint?.(null), [onPoint]);

  const targetUnder = (event: MouseEvent): LaneTarget | undefined => {
    const element = scroll.current;
    if (element === null) return undefined;
    const bounds = element.getBoundingClientRect();
    const scale = scaleOf(element);
    return findTargetAt(targets, {
      x: ((event.clientX - bounds.left) / scale + element.scrollLeft) / zoom,
      y: ((event.clientY - bounds.top) / scale + element.scrollTop) / zoom,
    });
  };
  const onMouseMove = (event: MouseEvent) => {
    const target = targetUnder(event);
    const element = scroll.current;
    if (element === null || hovered === (target?.key ?? null)) return;
    setHovered(target?.key ?? null);
    onPoint?.(target === undefined ? null : pointedOfKey(layout, target.key));
    element.style.cursor = target === undefined ? 'default' : 'pointer';
    element.title = target === undefined ? '' : spokenName(radius, layout, target.key);
  };
  const onMouseLeave = () => {
    setHovered(null);
    onPoint?.(null);
  };
  return { hovered, targetUnder, handlers: { onMouseMove, onMouseLeave } };
}
