import { useMemo, useState } from 'react';
import { formatMoney } from '../../shared/format/money.ts';
import { useLabelSize } from '../../shared/ui/label-size.ts';
import type { Size } from '../cytoscape/use-size.ts';
import type { LanesCanvasProps } from './lanes-props.ts';
import { type LanesLayout, layOutLanes } from './layout/lanes-layout.ts';

const zoomSteps = [0.5, 0.6, 0.75, 0.9, 1, 1.25, 1.5, 2] as const;

/** The smallest zoom at which rows keep a readable pitch. */
const leastZoom = 0.85;

type Shown = Pick<LanesCanvasProps, 'radius' | 'openGroups' | 'selection' | 'isCompact' | 'after'>;

/** The layout of the lanes for a canvas, and its zoom: the zoom that fits, until the user chooses another. */
export function useFittedLanes({ radius, openGroups, selection, isCompact = false, after = null }: Shown, size: Size | null) {
  const [chosenZoom, setZoom] = useState<number | null>(null);
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
  const zoom = chosenZoom ?? fitOf(layout, size, labelScale);

  const zoomBy = (direction: 1 | -1) => {
    const next = direction === 1 ? zoomSteps.find((step) => step > zoom + 0.01) : zoomSteps.findLast((step) => step < zoom - 0.01);
    if (next !== undefined) setZoom(next);
  };
  const fitToScreen = () => {
    if (size !== null) setZoom(Math.max(0.5, Math.min(1, size.width / layout.width, size.height / layout.height)));
  };
  return { layout, zoom, setZoom, zoomBy, fitToScreen };
}

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
