import { countOf } from '../../../shared/format/count.ts';
import classes from './marked-bar.module.css';

interface MarkedBarProps {
  readonly count: number;
  readonly onHide: () => void;
  readonly onHideOthers: () => void;
  readonly onInvert: () => void;
  readonly onNeighbors: () => void;
  readonly onMarkNeighbors: () => void;
  readonly onPin: () => void;
  /** Null unless two or more nodes are marked. */
  readonly onGroup: (() => void) | null;
  /** Null unless two nodes are marked. */
  readonly onPath: (() => void) | null;
  readonly onClear: () => void;
}

/** The actions for the marked nodes. Shift-click, Space, or the check boxes of the table mark nodes. */
export function MarkedBar({
  count,
  onHide,
  onHideOthers,
  onInvert,
  onNeighbors,
  onMarkNeighbors,
  onPin,
  onGroup,
  onPath,
  onClear,
}: MarkedBarProps) {
  return (
    <div className={classes.bar} role="toolbar" aria-label="Marked nodes">
      <strong>{countOf(count, 'node', 'nodes')} marked</strong>
      {onPath !== null && (
        <button type="button" onClick={onPath}>
          Path between
        </button>
      )}
      <button type="button" onClick={onHide}>
        Hide
      </button>
      <button type="button" onClick={onHideOthers}>
        Hide others
      </button>
      <button type="button" onClick={onPin}>
        Pin
      </button>
      {onGroup !== null && (
        <button type="button" onClick={onGroup}>
          Group
        </button>
      )}
      <button type="button" onClick={onNeighbors}>
        Add neighbors
      </button>
      <button type="button" onClick={onMarkNeighbors}>
        Mark neighbors
      </button>
      <button type="button" onClick={onInvert}>
        Invert
      </button>
      <button type="button" onClick={onClear}>
        Clear
      </button>
    </div>
  );
}
