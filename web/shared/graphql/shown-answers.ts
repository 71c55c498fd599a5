/** The answer that a view shows of one question. */
export interface ShownAnswer {
  /** Whether a later question is under way, or has failed or was canceled, so that the view shows an earlier answer. */
  readonly isEarlier: boolean;
  /** Whether that later question has failed or was canceled: no answer to it will come by itself. */
  readonly hasFailed: boolean;
  /** When the answer came, in milliseconds since 1970; null if there is none. */
  readonly answeredAt: number | null;
}

const shown = new Map<string, ShownAnswer>();

/** Notes what a view shows of a question; null: the view is gone. @param owner one of a kind for each view and question */
export function noteShownAnswer(owner: string, answer: ShownAnswer | null): void {
  if (answer === null) shown.delete(owner);
  else shown.set(owner, answer);
}

/** Whether some part of the page shows an earlier answer than the one that its address asks for. */
export function isPageBehind(): boolean {
  return [...shown.values()].some(({ isEarlier }) => isEarlier);
}

/** Whether an answer that the address asks for will not come by itself. */
export function hasQuestionFailed(): boolean {
  return [...shown.values()].some(({ hasFailed }) => hasFailed);
}

/** When the oldest answer on the page came, in milliseconds since 1970; now, if the page shows none. */
export function oldestAnswerAt(): number {
  return Math.min(Date.now(), ...[...shown.values()].flatMap(({ answeredAt }) => answeredAt ?? []));
}
