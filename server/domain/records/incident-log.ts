import type { Assessment } from './assessment.ts';
import type { NoticeSet } from './notice.ts';
import type { PlanStepSet } from './plan-step.ts';
import type { RadiusSummary } from './radius-summary.ts';

/** The work on an incident: notes, assessments, notices and actions. It never changes a tier or a figure of the radius. */
export interface IncidentLog {
  /** The earliest first. */
  readonly entries: readonly IncidentEntry[];
  /** The earliest first. */
  readonly assessments: readonly Assessment[];
  /** The earliest first. */
  readonly notices: readonly NoticeSet[];
  /** The earliest first. */
  readonly plan: readonly PlanStepSet[];
}

export const emptyLog: IncidentLog = { entries: [], assessments: [], notices: [], plan: [] };

/** The most entries that notes and findings may add up to; changes of the incident itself are always recorded. */
export const maxEntries = 10_000;

/** A note, or a change of the incident or of the facts, with the totals of the radius before and after. */
export interface IncidentEntry {
  readonly at: number;
  readonly by: string;
  readonly text: string;
  /** Null if there was no incident, or if its radius could not be computed. */
  readonly before: RadiusSummary | null;
  readonly after: RadiusSummary | null;
  /** Of the facts at this entry; null if the totals are. */
  readonly revision: number | null;
}
