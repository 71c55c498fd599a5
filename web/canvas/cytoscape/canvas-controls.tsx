import type { ReactNode } from 'react';
import { IconMaximize, IconMinus, IconPlus } from '../../shared/ui/icons.tsx';
import styles from './canvas.module.css';

export interface ZoomControlsProps {
  readonly onZoomIn: () => void;
  readonly onZoomOut: () => void;
  readonly onFit: () => void;
  readonly children?: ReactNode;
}

export function ZoomControls({ onZoomIn, onZoomOut, onFit, children }: ZoomControlsProps) {
  return (
    <div className={styles.controls} data-screen-only role="toolbar" aria-label="Canvas view">
      <button type="button" aria-label="Zoom out" title="Zoom out (-)" onClick={onZoomOut}>
        <IconMinus size={16} aria-hidden="true" />
      </button>
      <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={onZoomIn}>
        <IconPlus size={16} aria-hidden="true" />
      </button>
      <button type="button" aria-label="Fit to the screen" title="Fit to the screen (F)" onClick={onFit}>
        <IconMaximize size={16} aria-hidden="true" />
      </button>
      {children}
    </div>
  );
}

interface MoreBeyondProps {
  /** The items out of sight, with their count. */
  readonly words: string;
  readonly side?: 'above' | 'below';
  /** Brings the next ones into sight. */
  readonly onMore: () => void;
}

/** Says what a canvas has beyond its lower or upper edge, and leads to it. A printed canvas is whole. */
export function MoreBeyond({ words, side = 'below', onMore }: MoreBeyondProps) {
  return (
    <div className={styles.beyond} data-side={side} data-screen-only>
      <button type="button" onClick={onMore}>
        {words} {side}
      </button>
    </div>
  );
}
