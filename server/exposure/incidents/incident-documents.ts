import type { Incident, IncidentCause } from '../../domain/incident.ts';
import type { Assessment, AssessmentState, IncidentEntry, NoticeStanding } from '../../domain/records/incident-log.ts';
import { formOf } from '../../projection/custody.ts';
import { isContradicted } from '../../rules/contradicted-assessment.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { RadiusCertainty } from '../radius/charts/flows.ts';
import type { NoticeDue } from '../radius/notices.ts';
import type { Simulation } from '../simulation/simulation.ts';

/** A quote of the software list of an origin or suspected origin, where an analyst chose to tell the lab (semantics §13.5). */
export interface PackQuote {
  /** Index into the projection of the pack's radius. */
  readonly organization: number;
  readonly sentence: string;
}

/** Everything about an incident that is visible to one lab, computed from its view alone (semantics §10). The writers add no figure. */
export interface NotificationPack {
  /** Index into the projection of `radius`. */
  readonly lab: number;
  /** Id of the incident; null if it names another lab. */
  readonly incident: string | null;
  /** The incident's name; null if it names another lab. */
  readonly title: string | null;
  readonly preparedAt: number;
  readonly discoveredAt: number | null;
  readonly cause: IncidentCause;
  /** Over the lab's view. Empty if no origin is in the view. */
  readonly radius: BlastRadius;
  /** Artifacts that only an artifact of another lab reveals, by index. */
  readonly revealed: readonly number[];
  /** Copies to recall, at organizations that were not reached. */
  readonly recall: readonly number[];
  readonly notices: readonly (NoticeDue & NoticeStanding)[];
  /** By artifact id, without texts that name another lab. */
  readonly assessments: ReadonlyMap<string, Assessment>;
  /** Sentences about what is not known. */
  readonly findings: readonly string[];
  /** By organization id, then subject and date of the list. */
  readonly quotes: readonly PackQuote[];
}

/** The copies of an artifact that contradict what people found, ascending: the inventory shows what they rule out. */
export function findContradictedCopies({ projection, held }: BlastRadius, artifact: number, state: AssessmentState): number[] {
  return (held.get(artifact)?.open ?? [])
    .filter(({ copy, tier }) => isContradicted(state, formOf(projection, copy), tier))
    .map(({ copy }) => copy);
}

/** A step of the plan, as a report shows it. */
interface ReportedStep {
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
