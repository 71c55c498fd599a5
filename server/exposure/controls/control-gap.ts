import type { EvidenceType } from '../../domain/facts.ts';
import type { Projection } from '../../projection/projection.ts';
import { none, rowOf } from '../../projection/projection.ts';
import type { ControlPolicy, MissingControlReason } from '../../rules/required-controls.ts';
import { findMissingReason, requiredAt } from '../../rules/required-controls.ts';
import type { AccessLevels } from './access-levels.ts';
import { explainLevel } from './access-levels.ts';

export interface MissingControl {
  readonly control: string;
  readonly leastEvidence: EvidenceType;
  readonly reason: MissingControlReason;
  /** The control fact with insufficient evidence, or none. */
  readonly held: number;
  /** The held fact by its key, where it is not at hand. */
  readonly heldElsewhere?: { readonly key: string; readonly evidenceType: EvidenceType };
}

/** The gap between an organization's level of access and its level of control (semantics §9). */
export interface ControlGap {
  readonly organization: number;
  /** 0 if it has access to nothing. */
  readonly highestSensitivity: number;
  /** The reason for this sensitivity. */
  readonly because: string;
  /** In the policy's order, as are `met` and `missing`. */
  readonly required: readonly string[];
  readonly met: readonly string[];
  readonly missing: readonly MissingControl[];
}

/** The policy, the instant, and the issuers whose evidence does not count. */
export interface ControlQuestion {
  readonly policy: ControlPolicy;
  readonly instant: number;
  readonly withoutIssuers: ReadonlySet<number>;
}

/**
 * Finds the controls that an organization's access requires, and those without sufficient evidence.
 *
 * @param levels at the question's instant
 */
export function findControlGap(projection: Projection, levels: AccessLevels, question: ControlQuestion, organization: number): ControlGap {
  const level = levels.of(organization);
  const { controls: required, leastEvidence } = requiredAt(question.policy, level.sensitivity);
  const evidence = new Map<string, number>();
  for (const c of rowOf(projection.organizations.controls, organization)) evidence.set(projection.controls.control.get(c) as string, c);
  const met: string[] = [];
  const missing: MissingControl[] = [];
  for (const control of required) {
    const held = evidence.get(control) ?? none;
    const reason = findReason(projection, question, leastEvidence, held);
    if (reason === undefined) met.push(control);
    else missing.push({ control, leastEvidence, reason, held });
  }
  return {
    organization,
    highestSensitivity: level.sensitivity,
    get because() {
      return explainLevel(projection, organization, level);
    },
    required,
    met,
    missing,
  };
}

function findReason(
  { controls }: Projection,
  { instant, withoutIssuers }: ControlQuestion,
  leastEvidence: EvidenceType,
  held: number,
): MissingControlReason | undefined {
  const evidence =
    held === none
      ? undefined
      : {
          evidenceType: controls.evidenceType[held] as number,
          issuedAt: controls.issuedAt[held] as number,
          expiresAt: controls.expiresAt[held] as number,
          isDiscounted: withoutIssuers.has(controls.issuer[held] as number),
        };
  return findMissingReason(evidence, leastEvidence, instant);
}

/**
 * The organizations with missing controls, by their number, descending, then id.
 *
 * Complexity: O(organizations + access + copies + controls), and a sort of those found.
 */
export function listControlGaps(projection: Projection, levels: AccessLevels, question: ControlQuestion): ControlGap[] {
  const gaps: ControlGap[] = [];
  for (let organization = 0; organization < projection.organizations.count; organization++) {
    const gap = findControlGap(projection, levels, question, organization);
    if (gap.missing.length > 0) gaps.push(gap);
  }
  return gaps.sort((a, b) => b.missing.length - a.missing.length || a.organization - b.organization);
}
