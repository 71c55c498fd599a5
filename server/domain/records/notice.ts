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
