import { useMemo } from 'react';
import { MatrixCanvas } from '../../../canvas/matrix/matrix-canvas.tsx';
import type { CompareRadiusQuery } from '../../../shared/generated/operations.ts';
import classes from './compare.module.css';
import { comparedFlows } from './compared-flows.ts';

const NOBODY = { holders: new Set<string>(), labs: new Set<string>() };
const ignore = () => {};

type Sides = Pick<NonNullable<CompareRadiusQuery['compareRadius']>, 'before' | 'after'>;

interface ComparedMatrixProps extends Sides {
  readonly title: string;
  /** Both sides in words, for a saved picture. */
  readonly caption: readonly string[];
}

/** Holders by hop down, labs across. A cell that differs shows both sides. */
export function ComparedMatrix({ title, caption, before, after }: ComparedMatrixProps) {
  const flows = useMemo(() => comparedFlows(before, after), [before, after]);
  if (flows.before.cells.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="compared-holders">
      <h2 id="compared-holders">By holder and lab</h2>
      <div className={classes.matrix}>
        <MatrixCanvas
          radius={flows.before}
          after={flows.after}
          order="value"
          chosen={NOBODY}
          pointed={null}
          onPoint={ignore}
          onChoose={ignore}
          label={`Before and after, ${title}`}
          caption={caption}
          isCaptionDated
        />
      </div>
    </section>
  );
}
