import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { copyId } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { holdsAt } from '../../rules/copy-interval.ts';
import { isAccessOpen } from '../../rules/spread-step.ts';

/** A readable copy, possibly live at the instant of the question. */
export interface ReadableCopy {
  /** 1 to 5. */
  readonly sensitivity: number;
  readonly artifact: number;
  /** The owner of the artifact. */
  readonly owner: number;
  readonly holder: number;
  readonly isOwned: boolean;
  /** The id of the copy. */
  readonly id: string;
}

/** The most sensitive copy that an organization has access to. */
export interface AccessLevel {
  /** 1 to 5; 0 if there is nothing. */
  readonly sensitivity: number;
  /** The copy with that sensitivity. Undefined if it has access to nothing. */
  readonly copy: ReadableCopy | undefined;
  /** The access fact that leads to the copy. None if the copy is in its own custody. */
  readonly access: number;
}

const owned = copyKinds.indexOf('OWNED');
const nothing: AccessLevel = { sensitivity: 0, copy: undefined, access: none };

/**
 * The readable copies that matter in one custody: the most sensitive, and the most sensitive of another owner. Of equally sensitive ones, those
 * with the smallest ids. Copies may be offered in any order, so the peaks of parts of a custody give those of the whole.
 */
export class Peaks {
  first: ReadableCopy | undefined;
  other: ReadableCopy | undefined;

  /** Whether a copy with this sensitivity may become one of the two. */
  mayTake(sensitivity: number): boolean {
    return sensitivity >= (this.other?.sensitivity ?? 0);
  }

  offer(copy: ReadableCopy): void {
    const isOfFirst = copy.owner === this.first?.owner;
    if (isMore(copy, this.first)) {
      if (!isOfFirst) this.other = this.first;
      this.first = copy;
    } else if (!isOfFirst && isMore(copy, this.other)) this.other = copy;
  }

  /** The most sensitive copy of artifacts that an organization does not own. */
  notOf(organization: number): ReadableCopy | undefined {
    return this.first?.owner === organization ? this.other : this.first;
  }
}

function isMore(copy: ReadableCopy, than: ReadableCopy | undefined): boolean {
  if (than === undefined) return true;
  return copy.sensitivity > than.sensitivity || (copy.sensitivity === than.sensitivity && compareCodePoints(copy.id, than.id) < 0);
}

/** A copy of a projection. Few of those that are found need their ids. */
class ProjectedCopy implements ReadableCopy {
  readonly sensitivity: number;
  readonly owner: number;
  readonly #projection: Projection;
  readonly #copy: number;

  constructor(projection: Projection, copy: number, sensitivity: number, owner: number) {
    this.#projection = projection;
    this.#copy = copy;
    this.sensitivity = sensitivity;
    this.owner = owner;
  }

  get artifact(): number {
    return this.#projection.copies.artifact.at(this.#copy);
  }

  get holder(): number {
    return this.#projection.copies.holder.at(this.#copy);
  }

  get isOwned(): boolean {
    return this.#projection.copies.kind.at(this.#copy) === owned;
  }

  get id(): string {
    return copyId(this.#projection, this.#copy);
  }
}

/** The peaks of one custody. Complexity: O(copies in it). */
export function findPeaks(projection: Projection, holder: number, instant: number): Peaks {
  const { artifacts, copies, organizations } = projection;
  const peaks = new Peaks();
  for (const copy of rowOf(organizations.copies, holder)) {
    if (copies.isReadable.at(copy) === 0) continue;
    if (!holdsAt(copies.possibleFrom.at(copy), copies.possibleUntil.at(copy), instant)) continue;
    const artifact = copies.artifact.at(copy);
    const sensitivity = artifacts.sensitivity[artifact] as number;
    if (peaks.mayTake(sensitivity)) peaks.offer(new ProjectedCopy(projection, copy, sensitivity, artifacts.owner[artifact] as number));
  }
  return peaks;
}

/**
 * The copies that organizations can access at an instant (semantics §9): the readable copies in their own custody and, one step
 * further, in the custody of each organization whose systems they can access. Copies that the grantor owns count; copies of
 * artifacts that the organization itself owns do not. Computed on demand, each custody once.
 */
export class AccessLevels {
  readonly #projection: Projection;
  readonly #instant: number;
  readonly #peaks = new Map<number, Peaks>();
  readonly #levels = new Map<number, AccessLevel>();
  readonly #peaksOf: (holder: number) => Peaks;

  /** @param peaksOf in place of the copies of the projection */
  constructor(projection: Projection, instant: number, peaksOf = (holder: number) => findPeaks(projection, holder, instant)) {
    this.#projection = projection;
    this.#instant = instant;
    this.#peaksOf = peaksOf;
  }

  /**
   * The organization's level. Among equally sensitive copies, one in its own custody wins, then the smallest access id, then the
   * smallest copy id.
   *
   * Complexity: O(its access facts + the copies in the custodies they lead to), once each.
   */
  of(organization: number): AccessLevel {
    return getOrInsert(this.#levels, organization, () => this.#find(organization));
  }

  #find(organization: number): AccessLevel {
    const { access, organizations } = this.#projection;
    let level = this.#offer(nothing, organization, organization, none);
    for (const a of rowOf(organizations.accessHeld, organization)) {
      if (!isAccessOpen(access.validFrom[a] as number, access.validUntil[a] as number, this.#instant, this.#instant)) continue;
      level = this.#offer(level, organization, access.grantor[a] as number, a);
    }
    return level;
  }

  /** The higher of the two levels. */
  #offer(level: AccessLevel, organization: number, holder: number, access: number): AccessLevel {
    const copy = getOrInsert(this.#peaks, holder, () => this.#peaksOf(holder)).notOf(organization);
    return copy !== undefined && copy.sensitivity > level.sensitivity ? { sensitivity: copy.sensitivity, copy, access } : level;
  }
}

/** Explains an organization's level in a sentence that a person can check against the facts. */
export function explainLevel(projection: Projection, organization: number, { sensitivity, copy, access }: AccessLevel): string {
  const { artifacts, organizations } = projection;
  const name = organizations.name.get(organization);
  if (copy === undefined) return `${name} has access to nothing.`;
  const artifact = artifacts.name.get(copy.artifact);
  const what = copy.isOwned
    ? `owns ${artifact} (sensitivity ${sensitivity})`
    : `holds a readable copy of ${artifact} (sensitivity ${sensitivity}; copy ${copy.id})`;
  if (access === none) return `${name} ${what}.`;
  const grantor = organizations.name.get(copy.holder);
  return `${name} can act inside the systems of ${grantor} (access ${projection.access.id.get(access)}), which ${what}.`;
}
