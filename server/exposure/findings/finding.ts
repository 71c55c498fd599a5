import type { CustodyKind } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';
import type { AccessLevels } from '../controls/access-levels.ts';
import type { Sentence } from './sentence.ts';

/** The kinds in the order of lists. */
export const findingKinds = [
  'CUSTODY_GAP',
  'SENT_AFTER_DELETION',
  'COPY_AFTER_ENGAGEMENT',
  'UNDECLARED_SUBCONTRACTOR',
  'UNKNOWN_SENT_AT',
  'READABLE_AT_HIGHEST_SENSITIVITY',
  'CLAIM_CONTRADICTED',
  'EXPIRED_EVIDENCE',
  'NO_NOTICE_TERM',
  'NO_AUDIT_RIGHT',
  'NO_VALUE',
  'STALE',
  'BLIND_SPOT',
  'POSSIBLE_DUPLICATE',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** The type of object that a finding is about. One index identifies the object; a pair is an index into the list of similar pairs. */
export type FindingSubject = 'organization' | 'artifact' | 'copy' | 'transfer' | 'engagement' | 'control' | 'pair';

/** The plaintext TRANSFERRED copies in one custody that are possibly live at an instant, and not in their owner's custody. */
export interface PlainCopies {
  /** The transfer and the artifact of the first by id. */
  readonly transfer: number;
  readonly artifact: number;
  readonly count: number;
}

/** The facts about copies and transfers that findings about organizations need. A batch joins them from parts of the artifacts (server/batch). */
export interface HandedOver {
  /** Undefined: there is none. */
  plainAt(holder: number): PlainCopies | undefined;
  /** The organizations that received any of a lab's artifacts, at any time. */
  recipientsOf(lab: number): ReadonlySet<number>;
}

/** The facts, the policy and the instant of the question. */
export interface FindingQuestion {
  readonly projection: Projection;
  readonly policy: ControlPolicy;
  readonly instant: number;
  /** The access levels at that instant. */
  readonly levels: AccessLevels;
  /** In place of the copies and transfers of the projection, for findings about organizations. */
  readonly handedOver?: HandedOver;
}

export interface FactReference {
  readonly kind: CustodyKind;
  readonly index: number;
}

/** One kind of finding (semantics §9). */
export interface FindingRule {
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  isFound(index: number): boolean;
  /** Names the facts. */
  readonly message: Sentence;
  /** The facts that it is about. The first is the one to correct. */
  facts(index: number): FactReference[];
}

/** A reason why an answer is less certain than it looks, or a broken promise. */
export interface Finding {
  readonly kind: FindingKind;
  /** The kind and the key of its subject. Stable as long as its facts are. */
  readonly id: string;
  readonly message: string;
  readonly facts: readonly FactReference[];
}

/** A finding whose facts are named by their keys. */
export interface NamedFinding extends Omit<Finding, 'facts'> {
  readonly keys: readonly { readonly kind: CustodyKind; readonly key: string }[];
}
