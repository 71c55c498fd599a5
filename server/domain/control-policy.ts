import type { EvidenceType } from './facts.ts';

/** Which controls are required from a sensitivity on, each row adding to the one above (semantics §9). */
export type ControlPolicy = readonly PolicyRow[];

export interface PolicyRow {
  /** 1 to 5; ascending from row to row. */
  readonly fromSensitivity: number;
  readonly controls: readonly string[];
  /** Of the highest row reached it holds for all controls that are required. */
  readonly leastEvidence: EvidenceType;
}

export const defaultPolicy: ControlPolicy = [
  { fromSensitivity: 2, controls: ['MFA', 'ENCRYPTION_IN_TRANSIT'], leastEvidence: 'SELF_ATTESTED' },
  { fromSensitivity: 3, controls: ['ENCRYPTION_AT_REST', 'ACCESS_REVIEW', 'BREACH_NOTICE'], leastEvidence: 'QUESTIONNAIRE' },
  { fromSensitivity: 4, controls: ['ACCESS_LOGGING', 'SUBCONTRACTOR_REGISTER', 'DELETION_EVIDENCE'], leastEvidence: 'CERTIFICATE' },
  { fromSensitivity: 5, controls: ['LEAST_PRIVILEGE', 'ISOLATED_WORKSPACE', 'INDEPENDENT_AUDIT'], leastEvidence: 'AUDIT_REPORT' },
];

/** What a policy requires at a sensitivity: controls in its order; empty where no row is reached. */
export function requiredAt(
  policy: ControlPolicy,
  sensitivity: number,
): { readonly controls: readonly string[]; readonly leastEvidence: EvidenceType } {
  const reached = policy.filter(({ fromSensitivity }) => fromSensitivity <= sensitivity);
  return { controls: reached.flatMap(({ controls }) => controls), leastEvidence: reached.at(-1)?.leastEvidence ?? 'SELF_ATTESTED' };
}
