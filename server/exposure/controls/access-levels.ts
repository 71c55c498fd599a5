import { getOrInsert } from '../../domain/get-or-insert.ts';
import { rowOf } from '../../projection/csr.ts';
import { copyId } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { holdsAt } from '../../rules/copy-interval.ts';
import { isAccessOpen } from '../../rules/spread-step.ts';

/** The most sensitive copy that an organization has access to. */
export interface AccessLevel {
  /** 1 to 5; 0 if there is nothing. */
  readonly sensitivity: number;
  /** The copy with that sensitivity. None if it has access to nothing. */
  readonly copy: number;
  /** The access fact that leads to the copy. None if the copy is in its own custody. */
  readonly access: number;
}

const owned = copyKinds.indexOf('OWNED');
const nothing: AccessLevel = { sensitivity: 0, copy: none, access: none };

/** The readable copies that matter in one custody: the most sensitive, and the most sensitive of another owner. */
interface Peaks {
  readonly first: number;
  readonly other: number;
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

  constructor(projection: Projection, instant: number) {
    this.#projection = projection;
    this.#instant = instant;
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
    const { artifacts } = this.#projection;
    const { first, other } = getOrInsert(this.#peaks, holder, () => this.#findPeaks(holder));
    const copy = this.#ownerOf(first) === organization ? other : first;
    if (copy === none) return level;
    const sensitivity = artifacts.sensitivity[this.#projection.copies.artifact[copy] as number] as number;
    return sensitivity > level.sensitivity ? { sensitivity, copy, access } : level;
  }

  #findPeaks(holder: number): Peaks {
    const { copies, organizations } = this.#projection;
    let first: number = none;
    let other: number = none;
    for (const copy of rowOf(organizations.copies, holder)) {
      if (copies.isReadable[copy] === 0) continue;
      if (!holdsAt(copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number, this.#instant)) continue;
      const isOfFirst = this.#ownerOf(copy) === this.#ownerOf(first);
      if (this.#isMore(copy, first)) {
        if (!isOfFirst) other = first;
        first = copy;
      } else if (!isOfFirst && this.#isMore(copy, other)) other = copy;
    }
    return { first, other };
  }

  /** Copies come in ascending order, so the first of equally sensitive copies stays. */
  #isMore(copy: number, than: number): boolean {
    const { artifacts, copies } = this.#projection;
    const sensitivity = (of: number) => (of === none ? 0 : (artifacts.sensitivity[copies.artifact[of] as number] as number));
    return sensitivity(copy) > sensitivity(than);
  }

  #ownerOf(copy: number): number {
    const { artifacts, copies } = this.#projection;
    return copy === none ? none : (artifacts.owner[copies.artifact[copy] as number] as number);
  }
}

/** Explains an organization's level in a sentence that a person can check against the facts. */
export function explainLevel(projection: Projection, organization: number, { sensitivity, copy, access }: AccessLevel): string {
  const { artifacts, copies, organizations } = projection;
  const name = organizations.name.get(organization);
  if (copy === none) return `${name} has access to nothing.`;
  const artifact = artifacts.name.get(copies.artifact[copy] as number);
  const isOwned = copies.kind[copy] === owned;
  const what = isOwned
    ? `owns ${artifact} (sensitivity ${sensitivity})`
    : `holds a readable copy of ${artifact} (sensitivity ${sensitivity}; copy ${copyId(projection, copy)})`;
  if (access === none) return `${name} ${what}.`;
  const grantor = organizations.name.get(copies.holder[copy] as number);
  return `${name} can act inside the systems of ${grantor} (access ${projection.access.id.get(access)}), which ${what}.`;
}
