export const noticeStates = ['TO_TELL', 'TOLD', 'ANSWERED'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** A statement about a notice: whether a lab was notified, and whether it answered. A later statement about the same notice replaces it. */
export interface NoticeSet {
  /** Ids of organizations. */
  readonly lab: string;
  /** Null: the incident's owner tells the lab. */
  readonly notifier: string | null;
  readonly state: NoticeState;
  readonly note: string | null;
  readonly by: string;
  readonly at: number;
}

/** The current state of a notice. */
export interface NoticeStanding {
  readonly state: NoticeState;
  readonly note: string | null;
  readonly toldAt: number | null;
  readonly answeredAt: number | null;
  readonly by: string | null;
}

const toTell: NoticeStanding = { state: 'TO_TELL', note: null, toldAt: null, answeredAt: null, by: null };

/** Applies the statements about one notice, the earliest first. TO_TELL starts over. An answer without an earlier TOLD also sets the time of telling. */
export function standingOf(statements: readonly NoticeSet[]): NoticeStanding {
  let standing = toTell;
  for (const { state, note, by, at } of statements) {
    const toldAt = state === 'TO_TELL' ? null : (standing.toldAt ?? at);
    standing = { state, note, toldAt, answeredAt: state === 'ANSWERED' ? at : null, by };
  }
  return standing;
}
