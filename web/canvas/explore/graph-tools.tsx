import { IconArrowBackUp, IconArrowForwardUp } from '../../shared/ui/icons.tsx';
import styles from '../cytoscape/canvas.module.css';
import { ZoomControls } from '../cytoscape/zoom-controls.tsx';
import type { GraphCanvasProps } from './graph-props.ts';

interface GraphToolsProps extends Pick<GraphCanvasProps, 'onUndo' | 'onRedo'> {
  readonly zoomBy: (factor: number) => void;
  readonly fitAll: () => void;
}

export function GraphTools({ zoomBy, fitAll, onUndo, onRedo }: GraphToolsProps) {
  return (
    <div className={styles.tools}>
      <ZoomControls onZoomIn={() => zoomBy(1.25)} onZoomOut={() => zoomBy(0.8)} onFit={fitAll}>
        <hr />
        <button type="button" aria-label="Undo" title="Undo (Ctrl-Z)" disabled={onUndo === null} onClick={() => onUndo?.()}>
          <IconArrowBackUp size={16} aria-hidden="true" />
        </button>
        <button type="button" aria-label="Redo" title="Redo (Ctrl-Shift-Z)" disabled={onRedo === null} onClick={() => onRedo?.()}>
          <IconArrowForwardUp size={16} aria-hidden="true" />
        </button>
      </ZoomControls>
    </div>
  );
}
