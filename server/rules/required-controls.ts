import type { EvidenceType } from '../domain/facts.ts';
import { evidenceTypes } from '../domain/facts.ts';

/** The controls required at each sensitivity. Each row adds to the rows above it (semantics §9). */
export type ControlPolicy = readonly PolicyRow[];

export interface PolicyRow {
  /** 1 to 5. The row applies at this sensitivity and above; rows ascend by it. */
  readonly fromSensitivity: number;
  readonly controls: readonly string[];
  /** The weakest evidence that counts. The highest row that applies sets it for all required controls. */
  readonly leastEvidence: EvidenceType;
}

export const defaultPolicy: ControlPolicy = [
  { fromSensitivity: 2, controls: ['MFA', 'ENCRYPTION_IN_TRANSIT'], leastEvidence: 'SELF_ATTESTED' },
  { fromSensitivity: 3, controls: ['ENCRYPTION_AT_REST', 'ACCESS_REVIEW', 'BREACH_NOTICE'], leastEvidence: 'QUESTIONNAIRE' },
  { fromSensitivity: 4, controls: ['ACCESS_LOGGING', 'SUBCONTRACTOR_REGISTER', 'DELETION_EVIDENCE'], leastEvidence: 'CERTIFICATE' },
  { fromSensitivity: 5, controls: ['LEAST_PRIVILEGE', 'ISOLATED_WORKSPACE', 'INDEPENDENT_AUDIT'], leastEvidence: 'AUDIT_REPORT' },
];

/** The controls that a policy requires at a sensitivity, in the policy's order. Empty if no row applies. */
export function requiredAt(
  policy: ControlPolicy,
  sensitivity: number,
): { readonly controls: readonly string[]; readonly leastEvidence: EvidenceType } {
  const reached = policy.filter(({ fromSensitivity }) => fromSensitivity <= sensitivity);
  return { controls: reached.flatMap(({ controls }) => controls), leastEvidence: reached.at(-1)?.leastEvidence ?? 'SELF_ATTESTED' };
}

/** Why a required control is missing. */
export type MissingControlReason = 'ISSUER_DISCOUNTED' | 'EXPIRED' | 'TOO_WEAK' | 'NO_EVIDENCE';

/** Evidence of one control. Instants are epoch milliseconds, NaN if unknown; the type is an index into `evidenceTypes`. */
export interface Evidence {
  readonly evidenceType: number;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Whether the question excludes evidence from this issuer. */
  readonly isDiscounted: boolean;
}

/** Why a required control is missing: the first reason that fits (semantics §9). Undefined if the evidence supports the control. */
export function findMissingReason(
  evidence: Evidence | undefined,
  leastEvidence: EvidenceType,
  instant: number,
): MissingControlReason | undefined {
  if (evidence === undefined) return 'NO_EVIDENCE';
  if (evidence.isDiscounted) return 'ISSUER_DISCOUNTED';
  if (!isInDate(evidence.issuedAt, evidence.expiresAt, instant)) return 'EXPIRED';
  return evidence.evidenceType < evidenceTypes.indexOf(leastEvidence) ? 'TOO_WEAK' : undefined;
}

/** Whether evidence is in date: issued by the instant (or at an unknown instant), and not expired by then. */
export function isInDate(issuedAt: number, expiresAt: number, instant: number): boolean {
  return !(issuedAt > instant) && !(expiresAt <= instant);
}
