import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { none, rowOf } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { holdsAt } from '../../rules/copy-interval.ts';
import { isAccessOpen } from '../../rules/spread-step.ts';
import type { AccessLevels } from './access-levels.ts';
import type { ControlQuestion } from './control-gap.ts';
import { findControlGap } from './control-gap.ts';

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
