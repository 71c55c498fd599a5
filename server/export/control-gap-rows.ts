import type { PagedList } from '../domain/paged-list.ts';
import type { ControlGap } from '../exposure/controls/control-gap.ts';
import type { Projection } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';
import { tableOf } from './rows.ts';

const columns = ['organization', 'highest_sensitivity', 'because', 'required', 'met', 'missing'] as const;

/** All rows of `Query.controlGaps`. `missing` lists the names of the missing controls. */
export function controlGapRows({ organizations }: Projection, gaps: PagedList<ControlGap>): RowTable {
  return tableOf('control-gaps', columns, gaps, (gap) => ({
    organization: organizations.id.get(gap.organization),
    highest_sensitivity: gap.highestSensitivity,
    because: gap.because,
    required: gap.required,
    met: gap.met,
    missing: gap.missing.map(({ control }) => control),
  }));
}
