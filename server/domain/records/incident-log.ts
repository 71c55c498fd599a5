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

/** The summary of a radius (semantics §4 and §5), as an answer has it and as records keep it. */
export interface RadiusSummary {
  readonly reachedCount: number;
  readonly exposedCount: number;
  readonly possibleCount: number;
  readonly containedCount: number;
  readonly affectedLabCount: number;
  readonly blindSpotCount: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
}

/** The findings of people about artifacts in one incident. An assessment never changes a tier or a figure. */
export const assessmentStates = ['UNDER_INVESTIGATION', 'CONFIRMED', 'NOT_DISCLOSED', 'REMEDIATED'] as const;
export type AssessmentState = (typeof assessmentStates)[number];

/** One statement about some artifacts. A later statement about an artifact takes the place of an earlier one. */
export interface Assessment {
  /** Ids of artifacts. */
  readonly artifacts: readonly string[];
  readonly state: AssessmentState;
  readonly reason: string | null;
  /** A document or an address with the evidence. */
  readonly evidence: string | null;
  readonly by: string;
  readonly at: number;
}

/** The most artifacts that one statement may name. */
export const maxAssessed = 10_000;

/** The latest statement about each artifact, by id. */
export function latestAssessments(assessments: readonly Assessment[]): ReadonlyMap<string, Assessment> {
  return new Map(assessments.flatMap((assessment) => assessment.artifacts.map((artifact) => [artifact, assessment])));
}

export const noticeStates = ['TO_TELL', 'TOLD', 'ANSWERED'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** A notice of an incident, by ids of organizations. */
export interface NoticeKey {
  readonly lab: string;
  /** Null: the incident's owner tells the lab. */
  readonly notifier: string | null;
}

/** The statement of a change about each of its notices. A field that is left out stays as it is. */
export interface NoticeStatement {
  readonly state?: NoticeState | undefined;
  readonly note?: string | null | undefined;
  /** When the lab was told. Null: at the time of the change. */
  readonly toldAt?: number | null | undefined;
  /** The person who sees to it. */
  readonly owner?: string | null | undefined;
}

/** One change of some notices. Later changes of the same notice apply on top of it. */
export interface NoticeSet extends NoticeStatement {
  /** Names the change, so that it can be undone. Null: recorded before changes had names. */
  readonly change: string | null;
  readonly notices: readonly NoticeKey[];
  readonly by: string;
  readonly at: number;
}

/** The most notices that one change may name. */
export const maxNoticesSet = 1000;
/** The most notices that all changes of one incident may name together. */
export const maxNoticeChanges = 200_000;

/** The current state of a notice. */
export interface NoticeStanding {
  readonly state: NoticeState;
  readonly note: string | null;
  readonly toldAt: number | null;
  readonly answeredAt: number | null;
  readonly owner: string | null;
  /** The person who recorded the state. */
  readonly by: string | null;
}

const toTell: NoticeStanding = { state: 'TO_TELL', note: null, toldAt: null, answeredAt: null, owner: null, by: null };

/**
 * The standing of each notice after these changes, the earliest first. TO_TELL starts over: it clears the dates. An answer without an
 * earlier TOLD also sets the time of telling.
 *
 * Complexity: O(notices that the changes name).
 */
export function standingsOf(changes: readonly NoticeSet[]): (lab: string, notifier: string | null) => NoticeStanding {
  const standings = new Map<string, NoticeStanding>();
  for (const change of changes) {
    for (const { lab, notifier } of change.notices) {
      const key = noticeKey(lab, notifier);
      standings.set(key, applyChange(standings.get(key) ?? toTell, change));
    }
  }
  return (lab, notifier) => standings.get(noticeKey(lab, notifier)) ?? toTell;
}

export function noticeKey(lab: string, notifier: string | null): string {
  return JSON.stringify([lab, notifier]);
}

function applyChange(standing: NoticeStanding, change: NoticeSet): NoticeStanding {
  const { at, by } = change;
  const state = change.state ?? standing.state;
  const saysState = change.state !== undefined || change.toldAt !== undefined;
  const answeredAt = change.state === undefined ? standing.answeredAt : change.state === 'ANSWERED' ? at : null;
  return {
    state,
    note: change.note === undefined ? standing.note : change.note,
    toldAt: state === 'TO_TELL' ? null : change.toldAt === undefined ? (standing.toldAt ?? at) : (change.toldAt ?? at),
    answeredAt,
    owner: change.owner === undefined ? standing.owner : change.owner,
    by: saysState ? by : standing.by,
  };
}

/** A statement as earlier versions stored it: about one notice. */
interface EarlierNoticeSet extends NoticeKey {
  readonly state: NoticeState;
  readonly note: string | null;
  readonly by: string;
  readonly at: number;
}

export function parseNoticeSet(stored: NoticeSet | EarlierNoticeSet): NoticeSet {
  if ('notices' in stored) return stored;
  const { lab, notifier, ...rest } = stored;
  return { ...rest, change: null, notices: [{ lab, notifier }] };
}

/** The kinds of response to a compromise (semantics §8). */
export const actionKinds = ['REVOKE_ACCESS', 'REVOKE_ALL_ACCESS', 'SUSPEND', 'RECALL', 'ENCRYPT'] as const;
export type ActionKind = (typeof actionKinds)[number];
export const maxActions = 100;

/** The kinds of steps of an incident's plan: the actions of semantics §8, and a question to an organization. */
type PlanStepKind = ActionKind | 'ASK';

/** A step by what it names. Ids; null where the kind names none. */
export interface PlanStepName {
  readonly kind: PlanStepKind;
  /** The organization that the step is about, or that holds the copies. */
  readonly organization: string | null;
  readonly access: string | null;
  /** Only the copies of this lab's artifacts. */
  readonly owner: string | null;
}

/** A statement about a step: who does it, and since when it is done. A later statement about the same step replaces it. */
export interface PlanStepSet {
  /** As `formatStepId` writes it. */
  readonly step: string;
  /** The person who does it. */
  readonly owner: string | null;
  readonly doneAt: number | null;
  readonly evidence: string | null;
  readonly by: string;
  readonly at: number;
}

/** The step's id: its kind and what it names, such as `RECALL/quillmark/aurelis`. */
export function formatStepId({ kind, organization, access, owner }: PlanStepName): string {
  const named = [access ?? organization, owner].flatMap((id) => (id === null ? [] : encodeURIComponent(id)));
  return [kind, ...named].join('/');
}

/** The step that an id stands for; undefined for any other text. */
export function parseStepId(id: string): PlanStepName | undefined {
  const [word, first, second, ...rest] = id.split('/').map(decode);
  const kind = ([...actionKinds, 'ASK'] as const).find((one) => one === word);
  if (kind === undefined || first === undefined || first === '' || rest.length > 0) return undefined;
  if (second !== undefined && kind !== 'RECALL' && kind !== 'ENCRYPT') return undefined;
  return kind === 'REVOKE_ACCESS'
    ? { kind, organization: null, access: first, owner: null }
    : { kind, organization: first, access: null, owner: second ?? null };
}

/** Undefined if the text is not percent-encoded. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The latest statement about each step, by the step's id. */
export function latestSteps(statements: readonly PlanStepSet[]): ReadonlyMap<string, PlanStepSet> {
  return new Map(statements.map((statement) => [statement.step, statement]));
}
