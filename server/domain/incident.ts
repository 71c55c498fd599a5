import type { ActionKind } from './action-kinds.ts';
import { ExposureError } from './errors.ts';
import type { IncidentLog } from './records/incident-log.ts';
import { emptyLog } from './records/incident-log.ts';

/**
 * A compromise under investigation (semantics §3). Stored as one JSON document in the collection `incident`. The incident's
 * version is the document's version less `logSaves`, so notes do not disturb an edit. Ids name organizations, artifacts and
 * engagements. Instants are epoch milliseconds.
 */
export interface Incident {
  readonly id: string;
  readonly name: string;
  readonly state: IncidentState;
  /** When the breach became known. */
  readonly discoveredAt: number | null;
  readonly origins: readonly string[];
  /** Closed windows. A null window defaults to the other one. If both are null, both are the instant of asking. */
  readonly core: IncidentWindow | null;
  readonly widest: IncidentWindow | null;
  readonly scope: readonly IncidentScope[];
  readonly maxHops: number;
  readonly transferLikelihood: number;
  readonly minDegree: number;
  /** Why it happened. It changes no answer; notices state it. */
  readonly cause: IncidentCause;
  /** The planned response. */
  readonly scenario: readonly IncidentAction[];
  readonly log: IncidentLog;
  /** Saves of the document that changed only the log. */
  readonly logSaves: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The most entries in a scope, and the most artifacts, engagements and channels in all its entries together. */
const maxScopes = 1000;
const maxScopeItems = 10_000;

interface ScopeLists {
  readonly artifacts?: readonly string[] | null | undefined;
  readonly engagements?: readonly string[] | null | undefined;
  readonly channels?: readonly string[] | null | undefined;
}

/** Throws LIMIT_EXCEEDED. */
export function checkScopeSize(scopes: readonly ScopeLists[]): void {
  const refuse = (count: number, what: string, most: number) => {
    throw new ExposureError(
      'LIMIT_EXCEEDED',
      `The scope has ${count.toLocaleString('en-US')} ${what}; at most ${most.toLocaleString('en-US')} are allowed. Ask with a smaller scope.`,
    );
  };
  if (scopes.length > maxScopes) refuse(scopes.length, 'entries', maxScopes);
  let items = 0;
  for (const { artifacts, engagements, channels } of scopes) {
    items += (artifacts?.length ?? 0) + (engagements?.length ?? 0) + (channels?.length ?? 0);
  }
  if (items > maxScopeItems) refuse(items, 'artifacts, engagements and channels', maxScopeItems);
}

/** The most origins that an incident or a question may name. */
export const maxOrigins = 1000;

/** Refuses a question that names too many origins, before anything looks at them. Throws BAD_USER_INPUT. */
export function checkOriginCount(ids: readonly string[]): void {
  if (ids.length <= maxOrigins) return;
  throw new ExposureError('BAD_USER_INPUT', `${ids.length.toLocaleString('en-US')} origins are named; expected 1 to 1,000 organizations.`);
}

export const incidentStates = ['OPEN', 'CONTAINED', 'CLOSED'] as const;
export type IncidentState = (typeof incidentStates)[number];

export const incidentCauses = ['MALICIOUS', 'ERROR', 'SYSTEM_FAILURE', 'THIRD_PARTY', 'UNKNOWN'] as const;
export type IncidentCause = (typeof incidentCauses)[number];

/** The causes in a sentence. */
export const causeNames: Readonly<Record<IncidentCause, string>> = {
  MALICIOUS: 'a malicious act',
  ERROR: 'a human error',
  SYSTEM_FAILURE: 'a system failure',
  THIRD_PARTY: 'a failure at a third party',
  UNKNOWN: 'not known',
};

export interface IncidentWindow {
  readonly from: number;
  readonly to: number;
}

/** The copies that the attacker reached at one origin. Several scopes of one origin add up. */
export interface IncidentScope {
  readonly origin: string;
  readonly artifacts: readonly string[];
  readonly engagements: readonly string[];
  readonly channels: readonly string[];
}

/** An action (semantics §8), with ids. Fields that do not apply to its kind are null. */
export interface IncidentAction {
  readonly kind: ActionKind;
  /** The organization that the action is about, or that holds the copies. */
  readonly organization: string | null;
  readonly access: string | null;
  /** Limits the action to this lab's artifacts. */
  readonly owner: string | null;
  readonly at: number;
}

/** The default state. The options of an incident default to those of a blast radius (rules/defaults.ts). */
export const defaultIncidentState: IncidentState = 'OPEN';
export const defaultIncidentCause: IncidentCause = 'UNKNOWN';

/** Parses a stored incident. A field that is newer than the document gets its default. */
export function parseIncident(json: string): Incident {
  const parsed = JSON.parse(json) as Omit<Incident, 'cause' | 'scenario' | 'log' | 'logSaves'> & Partial<Incident>;
  return { cause: defaultIncidentCause, scenario: [], logSaves: 0, ...parsed, log: { ...emptyLog, ...parsed.log } };
}
