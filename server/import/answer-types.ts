import type { FactKind } from '../domain/facts.ts';
import type { FieldChange } from '../store/fact-write.ts';

/** An analyst's decision about a change in an organization's own answer. DECLINE leaves the recorded fact as it is. */
const answerDecisions = ['ACCEPT', 'DECLINE'] as const;
export type AnswerDecision = (typeof answerDecisions)[number];

/** The decisions about one answer. */
export interface AnswerDecisions {
  /** For every waiting change without a decision of its own. Absent: undecided. */
  readonly all?: AnswerDecision;
  /** By the id of the waiting change. */
  readonly changes?: Readonly<Record<string, AnswerDecision>>;
}

/** A change that takes effect only if an analyst accepts it. */
export interface WaitingChange {
  /** The kind and the key of the fact. The same in every analysis. */
  readonly id: string;
  readonly kind: FactKind;
  readonly key: string;
  readonly file: string | null;
  readonly line: number | null;
  /** The waiting fields only. */
  readonly fields: readonly FieldChange[];
  readonly decision: AnswerDecision | null;
}
