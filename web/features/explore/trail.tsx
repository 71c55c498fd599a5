import { IconChevronRight } from '../../shared/ui/icons.tsx';
import classes from './explore-view.module.css';
import type { CanvasStep } from './use-canvas-steps.ts';

interface TrailProps {
  readonly first: string;
  readonly steps: readonly CanvasStep[];
  /** Undoes every change after the first `count`. */
  readonly onGoTo: (count: number) => void;
}

/** The last three changes to the canvas, in words. A click on an earlier one goes back to it. Undo can undo all changes, even those before the last three. */
export function Trail({ first, steps, onGoTo }: TrailProps) {
  const shown = steps.map((step, place) => ({ ...step, place })).slice(-3);
  const start = steps.length > shown.length ? '…' : first;
  return (
    <ol className={classes.trail} aria-label="Recent changes to the canvas">
      <li>
        {steps.length === 0 ? (
          start
        ) : (
          <button type="button" title="Go back to the beginning" aria-label={`Go back to: ${first}`} onClick={() => onGoTo(0)}>
            {start}
          </button>
        )}
      </li>
      {shown.map(({ words, place }) => (
        <li key={place} aria-current={place === steps.length - 1 ? 'step' : undefined}>
          <IconChevronRight size={14} stroke={1.6} aria-hidden="true" />
          {place === steps.length - 1 ? (
            words
          ) : (
            <button type="button" title="Go back to this step" onClick={() => onGoTo(place + 1)}>
              {words}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
