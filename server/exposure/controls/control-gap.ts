import type { EvidenceType } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { none, rowOf } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { holdsAt } from '../../rules/copy-interval.ts';
import type { ControlPolicy, MissingControlReason } from '../../rules/required-controls.ts';
import { findMissingReason, requiredAt } from '../../rules/required-controls.ts';
import { isAccessOpen } from '../../rules/spread-step.ts';
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

/** Which control gaps to list. None of the filters changes what is required. */
export interface ControlGapFilter {
  /** Keeps organizations that hold, or can reach, a readable copy of an artifact that fits all three. Indexes. */
  readonly minSensitivity: number | null;
  readonly types: ReadonlySet<number> | null;
  readonly labs: ReadonlySet<number> | null;
  /** Keeps organizations that miss one of these controls. */
  readonly controls: ReadonlySet<string> | null;
  readonly orderBy: 'MISSING' | 'SENSITIVITY';
}

/**
 * The control gaps that fit, in the requested order. One step per organization.
 *
 * @param gaps the organizations with gaps, in order of MISSING
 * @param levels at the question's instant
 * @param ownersOf as `findFittingOwners`; default: of the projection's copies
 * Complexity: O(gaps x their access + copies in the custodies that these lead to, once each).
 */
export function* filterControlGaps(
  projection: Projection,
  gaps: Int32Array,
  levels: AccessLevels,
  question: ControlQuestion,
  filter: ControlGapFilter,
  ownersOf = (holder: number) => findFittingOwners(projection, question.instant, filter, holder),
): Steps<Int32Array> {
  const fitting = new FittingAccess(projection, question.instant, ownersOf);
  const isAny = filter.minSensitivity === null && filter.types === null && filter.labs === null;
  const kept: number[] = [];
  for (const organization of gaps) {
    yield;
    if (!isAny && !fitting.of(organization)) continue;
    if (filter.controls !== null) {
      const { missing } = findControlGap(projection, levels, question, organization);
      if (!missing.some(({ control }) => filter.controls?.has(control))) continue;
    }
    kept.push(organization);
  }
  // The sort keeps the order of MISSING among equals.
  if (filter.orderBy === 'SENSITIVITY') kept.sort((a, b) => levels.of(b).sensitivity - levels.of(a).sensitivity);
  return Int32Array.from(kept);
}

/** Owners of the readable, possibly live copies of fitting artifacts in one custody: one, and another. None: `none`. */
export interface FittingOwners {
  readonly first: number;
  readonly other: number;
}

/** Complexity: O(copies in the custody). */
export function findFittingOwners(projection: Projection, instant: number, filter: ControlGapFilter, holder: number): FittingOwners {
  const { artifacts, copies, organizations } = projection;
  let first: number = none;
  for (const copy of rowOf(organizations.copies, holder)) {
    if (copies.isReadable.at(copy) === 0) continue;
    if (!holdsAt(copies.possibleFrom.at(copy), copies.possibleUntil.at(copy), instant)) continue;
    const artifact = copies.artifact.at(copy);
    if (!fits(projection, filter, artifact)) continue;
    const owner = artifacts.owner[artifact] as number;
    if (first === none) first = owner;
    else if (owner !== first) return { first, other: owner };
  }
  return { first, other: none };
}

function fits({ artifacts }: Projection, { minSensitivity, types, labs }: ControlGapFilter, artifact: number): boolean {
  const { sensitivity, type, owner } = artifacts;
  return (
    (minSensitivity === null || (sensitivity[artifact] as number) >= minSensitivity) &&
    (types === null || types.has(type[artifact] as number)) &&
    (labs === null || labs.has(owner[artifact] as number))
  );
}

/**
 * Whether organizations have access to a copy of an artifact that fits (semantics §9): a readable copy in their own custody or, one step
 * further, in that of an organization in whose systems they have access, copies of their own artifacts aside.
 */
class FittingAccess {
  readonly #projection: Projection;
  readonly #instant: number;
  readonly #ownersOf: (holder: number) => FittingOwners;
  readonly #owners = new Map<number, FittingOwners>();

  constructor(projection: Projection, instant: number, ownersOf: (holder: number) => FittingOwners) {
    this.#projection = projection;
    this.#instant = instant;
    this.#ownersOf = ownersOf;
  }

  of(organization: number): boolean {
    const { access, organizations } = this.#projection;
    if (this.#isIn(organization, organization)) return true;
    for (const a of rowOf(organizations.accessHeld, organization)) {
      if (!isAccessOpen(access.validFrom[a] as number, access.validUntil[a] as number, this.#instant, this.#instant)) continue;
      if (this.#isIn(access.grantor[a] as number, organization)) return true;
    }
    return false;
  }

  #isIn(holder: number, organization: number): boolean {
    const { first, other } = getOrInsert(this.#owners, holder, () => this.#ownersOf(holder));
    return first !== none && (first !== organization || other !== none);
  }
}
