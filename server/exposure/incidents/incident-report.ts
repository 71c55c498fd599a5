import type { Incident } from '../../domain/incident.ts';
import type { Assessment, IncidentEntry, NoticeStanding } from '../../domain/records/incident-log.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { RadiusCertainty } from '../radius/charts/flows.ts';
import type { NoticeDue } from '../radius/notices.ts';
import type { Simulation } from '../simulation/simulation.ts';

/** A step of the plan, as a report shows it. */
export interface ReportedStep {
  /** The step as an instruction. */
  readonly text: string;
  readonly owner: string | null;
  readonly dueAt: number | null;
  readonly doneAt: number | null;
  readonly evidence: string | null;
  readonly removedHereUsd: number;
  readonly removedNowUsd: number;
}

/** The executive report of one incident, for people who may see everything. */
export interface IncidentReport {
  readonly incident: Incident;
  readonly preparedAt: number;
  readonly radius: BlastRadius;
  readonly certainty: RadiusCertainty;
  readonly simulation: Simulation;
  /** By artifact id. */
  readonly assessments: ReadonlyMap<string, Assessment>;
  /** The earliest due first. */
  readonly notices: readonly (NoticeDue & NoticeStanding)[];
  /** In the order of the plan: open steps, then done ones. */
  readonly steps: readonly ReportedStep[];
  /** The latest first. */
  readonly entries: readonly IncidentEntry[];
}
