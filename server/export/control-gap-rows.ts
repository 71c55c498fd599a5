import type { ControlGap } from '../exposure/control-gap.ts';
import type { Projection } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';

/** Control gaps as rows: those of `Query.controlGaps`, whole; of what is missing, the controls. */
export function controlGapRows({ organizations }: Projection, gaps: readonly ControlGap[]): RowTable {
  return {
    name: 'control-gaps',
    columns: ['organization', 'highest_sensitivity', 'because', 'required', 'met', 'missing'],
    length: gaps.length,
    rowAt(index) {
      const gap = gaps[index];
      if (gap === undefined) return [];
      const missing = gap.missing.map(({ control }) => control);
      return [organizations.id.get(gap.organization), gap.highestSensitivity, gap.because, gap.required, gap.met, missing];
    },
  };
}
