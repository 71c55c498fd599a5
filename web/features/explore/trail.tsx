import { IconChevronRight } from '../../shared/ui/icons.tsx';
import classes from './explore-view.module.css';
import type { CanvasStep } from './use-canvas-steps.ts';

/** The last three changes to the canvas, in words. Undo reaches all of them. */
export function Trail({ first, steps }: { readonly first: string; readonly steps: readonly CanvasStep[] }) {
  const shown = steps.map((step, place) => ({ ...step, place })).slice(-3);
  return (
    <ol className={classes.trail} aria-label="Recent changes to the canvas">
      <li>{steps.length > shown.length ? '…' : first}</li>
      {shown.map(({ words, place }) => (
        <li key={place} aria-current={place === steps.length - 1 ? 'step' : undefined}>
          <IconChevronRight size={14} stroke={1.6} aria-hidden="true" />
          {words}
        </li>
      ))}
    </ol>
  );
}
