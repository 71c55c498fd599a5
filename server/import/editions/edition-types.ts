import type { FactKind } from '../../domain/facts.ts';
import type { Retractor } from '../../rules/may-retract.ts';
import type { ImportRecord } from '../../store/fact-write.ts';

/** If a larger share of an edition is unlisted, the list is probably incomplete: a commit asks for confirmation. */
export const mostUnlisted = 1 / 5;

/**
 * The end of facts that a source no longer lists. KEEP changes nothing. RETRACT removes them. END ends engagements and access at an
 * instant; facts of other kinds stay.
 */
export type UnlistedDecision =
  | { readonly policy: 'KEEP' }
  /** `decidedBy` absent: in drafts of earlier versions, whoever commits. */
  | { readonly policy: 'RETRACT'; readonly decidedBy?: Retractor }
  /** Epoch ms. */
  | { readonly policy: 'END'; readonly at: number };

/** A person's decisions about one edition. They hold for this edition alone: the next one asks again. */
export interface EditionDecision {
  /** Absent: undecided. */
  readonly unlisted?: UnlistedDecision;
  /** Confirms a decision that ends or removes more than a fifth of the source. */
  readonly evenIfMany?: boolean;
  /** Whether emptied cells erase. Absent: undecided. */
  readonly eraseEmptied?: boolean;
}

/** A fact that the last edition of a source listed and this one does not. */
export interface UnlistedFact {
  readonly kind: FactKind;
  readonly key: string;
  /** Whether other sources state the fact too: this source alone cannot retract it then. */
  readonly isStatedByOthers: boolean;
  /** The authors of what this source states of the fact. */
  readonly importedBy: ReadonlySet<string>;
}

/** The changes of a source since its last edition. */
export interface EditionDrift {
  /** The import that brought the last edition. */
  readonly lastImport: ImportRecord;
  readonly listedBefore: number;
  readonly listedNow: number;
  /** Facts of this edition that the last one did not list. */
  readonly newCount: number;
  /** By kind, then key. Facts that no longer exist are left out: they need no decision. */
  readonly unlisted: readonly UnlistedFact[];
  /** More than a fifth of the last edition is not listed now. */
  readonly isMany: boolean;
}
