import type { Incident } from '../incident.ts';
import type { RadiusSummary } from './incident-log.ts';
import type { Lease } from './lease.ts';

/*
 * Watches (docs/watches.md): a saved question, the changes of its answer that count, and what it told. Three kinds of documents: a `watch`, its
 * `event`s with their rows, and one `inbox` for each owner, which lists the events and says which are read.
 */

export const watchKinds = ['RADIUS', 'LAB', 'ARTIFACT', 'FINDINGS', 'NOTICE', 'ADVISORY', 'EDITION', 'RANKING'] as const;
export type WatchKind = (typeof watchKinds)[number];

/** The words of a comparison of two radii, without STAYED. */
export const watchChanges = ['JOINED', 'LEFT', 'STRENGTHENED', 'WEAKENED'] as const;
export type WatchChange = (typeof watchChanges)[number];

export const watchEventTypes = [
  'radius.changed',
  'lab.changed',
  'artifact.exposure.changed',
  'finding.opened',
  'notice.due',
  'notice.overdue',
  'advisory.matched',
  'import.drifted',
  'ranking.entered',
  'watch.failing',
  'watch.ended',
] as const;
export type WatchEventType = (typeof watchEventTypes)[number];

/** The question of a watch. A field that does not belong to its kind is null. */
export interface WatchQuestion {
  readonly kind: WatchKind;
  /** Of RADIUS without `radius`, and of NOTICE. */
  readonly incident: string | null;
  /** Of RADIUS: a question as blastRadius takes it, with instants in epoch milliseconds. */
  readonly radius: Readonly<Record<string, unknown>> | null;
  readonly lab: string | null;
  readonly artifact: string | null;
  /** Kinds of findings; null: any. */
  readonly findings: readonly string[] | null;
  /** Of ADVISORY; null: any. */
  readonly advisory: string | null;
  /** Of EDITION: the name of a source. */
  readonly source: string | null;
  /** Of NOTICE: hours before the term at which a notice is due. */
  readonly withinHours: number | null;
  /** Of RANKING. */
  readonly first: number | null;
}

/** When a change counts. */
export interface WatchCondition {
  readonly on: readonly WatchChange[];
  /** A row counts if either side has at least this tier. Null: every row. */
  readonly minTier: 'EXPOSED' | 'POSSIBLE' | 'CONTAINED' | null;
  /** With thresholds, a watch tells only that the answer after reaches one that the answer before did not. */
  readonly worstCaseLossUsd: number | null;
  readonly affectedLabs: number | null;
  readonly count: number | null;
}

/** The state that decides an answer: facts, instant, and what has no revision. */
export interface WatchPoint {
  /** Of the facts, or of the owner's view of them. */
  readonly revision: number;
  /** Epoch milliseconds. */
  readonly instant: number;
  /** The incidents that the question reads, without what changes no answer. */
  readonly incidents: readonly Incident[];
  /** Of EDITION: the imports of the source, the earliest first. */
  readonly imports: readonly string[];
}

/** A watch is evaluated from `last` to a target, which its lease fixes before. */
export interface WatchLease extends Lease {
  readonly target: WatchPoint;
}

export interface Watch {
  readonly name: string;
  readonly owner: string;
  /** The labs whose view answers it; null: all facts. */
  readonly labs: readonly string[] | null;
  readonly question: WatchQuestion;
  readonly condition: WatchCondition;
  readonly isMuted: boolean;
  /** Ids of the endpoints to which its events go. Watches of earlier versions have none. */
  readonly endpoints?: readonly string[];
  readonly last: WatchPoint;
  /** When it was evaluated last; null: not since it was saved. */
  readonly evaluatedAt: number | null;
  /** The next instant at which the answer may change without a change of facts; null: never. */
  readonly nextInstant: number | null;
  readonly lease: WatchLease | null;
  /** Why it cannot be asked; null: it can. */
  readonly failure: string | null;
  /** Of a failure: the revision at which it was asked in vain. It is asked again at the next one. */
  readonly failedAt: number | null;
  /** It is never asked again. */
  readonly isEnded: boolean;
}

export interface WatchItem {
  readonly kind: WatchChange;
  /** The id of the artifact, finding, organization or fact. */
  readonly subject: string;
  /** In words: a tier, a grade, a position, a term. */
  readonly before: string | null;
  readonly after: string | null;
  readonly because: string;
  /** Of an artifact: its worst case after, or before where it left. Events of earlier versions have none. */
  readonly worstCaseLossUsd?: number;
}

export interface WatchEvent {
  readonly watch: string;
  readonly owner: string;
  readonly labs: readonly string[] | null;
  readonly type: WatchEventType;
  readonly fromRevision: number;
  readonly fromInstant: number;
  readonly toRevision: number;
  readonly instant: number;
  readonly before: RadiusSummary | null;
  readonly after: RadiusSummary | null;
  readonly counts: readonly { readonly kind: WatchChange; readonly count: number }[];
  /** The first `maxItems`. */
  readonly items: readonly WatchItem[];
  readonly summary: string;
  /** The path and query of the page. */
  readonly url: string;
}

/** An event as an inbox lists it. */
export interface InboxEntry {
  readonly id: string;
  readonly watch: string;
  readonly instant: number;
  readonly isRead: boolean;
  readonly labs: readonly string[] | null;
}

/** The events of one owner, the latest recorded first. */
export interface Inbox {
  readonly owner: string;
  readonly entries: readonly InboxEntry[];
}

/** The most watches of one person or token. */
export const maxWatches = 100;
/** The most rows that an event keeps. Its counts count all of them. */
export const maxItems = 500;
/** The most events in one inbox. The oldest leave first. */
export const maxEntries = 1000;
/** How long an event is kept. */
export const keptMs = 30 * 86_400_000;
/** Hours before its term at which a notice is due, unless a watch says otherwise. */
export const defaultWithinHours = 24;
/** The first organizations of a ranking, unless a watch says otherwise. */
export const defaultFirst = 10;
