import { evidenceTypes } from '../domain/facts.ts';
import type { PagedList } from '../domain/paged-list.ts';
import type { ControlGap } from '../exposure/controls/control-gap.ts';
import type { Projection } from '../projection/projection.ts';
import { none } from '../projection/projection.ts';
import type { RowTable } from './rows.ts';
import { tableOf } from './rows.ts';

const columns = [
  'organization',
  'highest_sensitivity',
  'because',
  'required',
  'met',
  'missing',
  'reasons',
  'least_evidence',
  'held_evidence',
] as const;

/**
 * All rows of `Query.controlGaps`. `missing` lists the names of the missing controls; the last three columns say of each, in this order, why it
 * is missing, the least evidence that would do, and the evidence that does not do (`NONE` without one).
 */
export function controlGapRows(projection: Projection, gaps: PagedList<ControlGap>): RowTable {
  const { organizations } = projection;
  // A server that holds a part of the facts has no controls, and then nothing is at hand.
  const evidenceOf = (held: number) => evidenceTypes[projection.controls.evidenceType[held] as number] as string;
  return tableOf('control-gaps', columns, gaps, (gap) => ({
    organization: organizations.id.get(gap.organization),
    highest_sensitivity: gap.highestSensitivity,
    because: gap.because,
    required: gap.required,
    met: gap.met,
    missing: gap.missing.map(({ control }) => control),
    reasons: gap.missing.map(({ reason }) => reason),
    least_evidence: gap.missing.map(({ leastEvidence }) => leastEvidence),
    held_evidence: gap.missing.map(({ held, heldElsewhere }) =>
      held === none ? (heldElsewhere?.evidenceType ?? 'NONE') : evidenceOf(held),
    ),
  }));
}
