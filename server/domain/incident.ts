import { ExposureError } from './errors.ts';
import type { advisoryKinds, SoftwareGrade } from './facts.ts';
import type { ClosedWindow } from './instants.ts';
import type { RadiusOptions, SuspectedOrigin } from './radius-options.ts';
import type { ActionKind, IncidentLog } from './records/incident-log.ts';
import { emptyLog, parseNoticeSet } from './records/incident-log.ts';

/**
 * A compromise under investigation (semantics §3). Stored as one JSON document in the collection `incident`. The incident's
 * version is the document's version less `logSaves`, so notes do not disturb an edit. Ids name organizations, artifacts and
 * engagements. Instants are epoch milliseconds.
 */
export interface Incident extends RadiusOptions {
  readonly id: string;
  readonly name: string;
  readonly state: IncidentState;
  /** When the breach became known. */
  readonly discoveredAt: number | null;
  readonly origins: readonly string[];
  /** Organizations that may have been compromised (semantics §13.4). May name origins, which then count as origins. */
  readonly suspectedOrigins: readonly SuspectedOrigin[];
  /** False: no instant is certain, so nothing is EXPOSED, and `core` is null or equals `widest` (§13.4). */
  readonly hasCore: boolean;
  /** Closed windows. A null window defaults to the other one. If both are null, both are the instant of asking. */
  readonly core: ClosedWindow | null;
  readonly widest: ClosedWindow | null;
  readonly scope: readonly IncidentScope[];
  /** Why it happened. It changes no answer; notices state it. */
  readonly cause: IncidentCause;
  /** Id of the advisory that it was proposed from. Null: none. */
  readonly advisory: string | null;
  /** The advisory and grades that it was proposed from. Null: it was not proposed, or only the advisory is known. */
  readonly proposal: KeptProposal | null;
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

/** The most origins and suspected origins, together, that an incident or a question may name. */
export const maxOrigins = 1000;

/** Refuses a question that names too many origins, before anything looks at them. Throws BAD_USER_INPUT. */
export function checkOriginCount(ids: readonly unknown[], suspected: readonly unknown[] = []): void {
  const count = ids.length + suspected.length;
  if (count <= maxOrigins) return;
  const what = suspected.length === 0 ? 'origins' : 'origins and suspected origins';
  throw new ExposureError('BAD_USER_INPUT', `${count.toLocaleString('en-US')} ${what} are named; expected 1 to 1,000 organizations.`);
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

/** The default state. The options of an incident default to those of a radius (radius-options.ts). */
export const defaultIncidentState: IncidentState = 'OPEN';
export const defaultIncidentCause: IncidentCause = 'UNKNOWN';

/** The fields that the first stored incidents did not have. */
const newerFields = {
  cause: defaultIncidentCause,
  scenario: [],
  logSaves: 0,
  suspectedOrigins: [],
  hasCore: true,
  advisory: null,
  proposal: null,
} satisfies Partial<Incident>;

/** Parses a stored incident. A field that is newer than the document gets its default. */
export function parseIncident(json: string): Incident {
  const parsed = JSON.parse(json) as Omit<Incident, keyof typeof newerFields | 'log'> & Partial<Incident>;
  const log = { ...emptyLog, ...parsed.log };
  return { ...newerFields, ...parsed, log: { ...log, notices: log.notices.map(parseNoticeSet) } };
}

/**
 * The advisory and the grades that an incident was proposed from, as they stood when it was saved (semantics §13.4). They are stored with the incident,
 * so that a later record or list changes none of them. Ids of organizations are as stated then. Instants are epoch milliseconds.
 */
export interface KeptProposal {
  readonly advisory: KeptAdvisory;
  /** Of the facts that the grades followed from. */
  readonly revision: number;
  readonly treatAsCompromise: boolean;
  /** Every claim that counted: the recorded ones, then those of the proposal alone. */
  readonly availabilities: readonly KeptClaim[];
  /** How many of the claims, from the end, were of the proposal alone. */
  readonly statedCount: number;
  /** By grade, then organization. */
  readonly matches: readonly KeptMatch[];
}

/** The advisory as its records described it. */
interface KeptAdvisory {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly kind: (typeof advisoryKinds)[number];
  readonly summary: string | null;
  readonly affected: readonly { readonly package: string; readonly versions: readonly string[]; readonly ranges: readonly string[] }[];
  readonly knownBy: number | null;
  readonly withdrawnAt: number | null;
  readonly references: readonly string[];
}

interface KeptClaim {
  readonly package: string;
  readonly versions: readonly string[];
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string;
}

export interface KeptMatch {
  readonly organization: string;
  readonly grade: SoftwareGrade;
  readonly because: string;
}
