import type { ActionKind } from './action-kinds.ts';

/**
 * A compromise under investigation (semantics §3), as it is kept: one JSON document of the collection `incident`. Its
 * version is the document's. Organizations, artifacts and engagements are named by id; instants are epoch milliseconds.
 */
export interface Incident {
  readonly id: string;
  readonly name: string;
  readonly state: IncidentState;
  /** When the breach was learned of. */
  readonly discoveredAt: number | null;
  readonly origins: readonly string[];
  /** Closed windows; null: the other one, or the instant of asking. */
  readonly core: IncidentWindow | null;
  readonly widest: IncidentWindow | null;
  readonly scope: readonly IncidentScope[];
  readonly maxHops: number;
  readonly transferLikelihood: number;
  readonly minDegree: number;
  /** What is considered doing about it. */
  readonly scenario: readonly IncidentAction[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Of one incident, or one question. */
export const maxOrigins = 1000;

export const incidentStates = ['OPEN', 'CONTAINED', 'CLOSED'] as const;
export type IncidentState = (typeof incidentStates)[number];

export interface IncidentWindow {
  readonly from: number;
  readonly to: number;
}

/** What was touched at one origin; scopes of one origin join. */
export interface IncidentScope {
  readonly origin: string;
  readonly artifacts: readonly string[];
  readonly engagements: readonly string[];
  readonly channels: readonly string[];
}

/** An action (semantics §8), by ids; what does not fit its kind is null. */
export interface IncidentAction {
  readonly kind: ActionKind;
  /** Whom it concerns, or whose copies. */
  readonly organization: string | null;
  readonly access: string | null;
  /** The lab whose artifacts alone are meant. */
  readonly owner: string | null;
  readonly at: number;
}

/** The state of an incident that names none. Its options default to those of a blast radius (rules/defaults.ts). */
export const defaultIncidentState: IncidentState = 'OPEN';

/** Reads an incident as this program or an import wrote it. A field that the document predates gets its default. */
export function parseIncident(json: string): Incident {
  return { scenario: [], ...(JSON.parse(json) as Omit<Incident, 'scenario'>) };
}
