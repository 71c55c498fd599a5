import { pairKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { rowOf } from '../../projection/csr.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { TieredCopy } from '../radius/radius-types.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import { SpreadSteps } from '../radius/spread-steps.ts';

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/** The facts that brought some artifacts and organizations into a radius. Uses ids, so that radii from different facts compare. */
export class RadiusTrace {
  readonly radius: BlastRadius;
  readonly #artifacts: ReadonlySet<string>;
  readonly #organizations: ReadonlySet<string>;
  #leading: ReadonlySet<number> | undefined;
  #copies: ReadonlyMap<number, readonly TieredCopy[]> | undefined;
  #spread: { readonly access: ReadonlySet<string>; readonly pairs: ReadonlySet<number> } | undefined;
  #reveals: ReadonlySet<string> | undefined;
  #implying: ReadonlySet<number> | undefined;

  /**
   * @param artifacts ids of the traced artifacts; some may be outside this radius
   * @param organizations ids of the traced organizations; some may be outside this radius
   */
  constructor(radius: BlastRadius, artifacts: ReadonlySet<string>, organizations: ReadonlySet<string>) {
    this.radius = radius;
    this.#artifacts = artifacts;
    this.#organizations = organizations;
  }

  /** The inputs to the figures of an artifact that is traced or reveals a traced one. Empty for others. */
  describeArtifact(id: string): string {
    const { artifacts, organizations } = this.radius.projection;
    const artifact = artifacts.id.find(id);
    if (artifact < 0 || !this.#isTraced(artifact)) return '';
    const owner = organizations.id.get(artifacts.owner[artifact] as number);
    const columns = [artifacts.fragmentCount, artifacts.usefulPortion, artifacts.valueLowUsd, artifacts.valueHighUsd];
    return JSON.stringify([owner, ...columns.map((column) => column[artifact])]);
  }

  /** The copies with a tier that a transfer makes or implies, with their weights and portions; empty if there are none. */
  describeCopies(transfer: string): string {
    const { artifacts, copies, fragmentNames, transfers } = this.radius.projection;
    this.#copies ??= this.#gatherCopies();
    const t = transfers.id.find(transfer);
    const made = t < 0 ? undefined : this.#copies.get(t);
    if (made === undefined) return '';
    const artifact = transfers.artifact[t] as number;
    const names = artifacts.fragmentCount[artifact] === 0 ? [] : [...rowOf(transfers.fragments, t)].map((name) => fragmentNames.get(name));
    const counts = made.map(({ copy, tier, weight }) => [this.#place(copy), copies.kind[copy], tier, weight, copies.portion[copy]]);
    return JSON.stringify([counts, names.sort()]);
  }

  /** The implied copies with a tier, of artifacts that are traced or lead to a traced one. */
  impliedCopies(): { readonly transfer: string; readonly place: string }[] {
    const { copies, transfers } = this.radius.projection;
    this.#copies ??= this.#gatherCopies();
    return [...this.#copies].flatMap(([t, made]) =>
      made
        .filter(({ copy }) => copies.kind[copy] !== transferred)
        .map(({ copy }) => ({ transfer: transfers.id.get(t), place: this.#place(copy) })),
    );
  }

  /** Whether a transfer is among the facts, and implies no copy at its sender. */
  isExplained(transfer: string): boolean {
    const { copies, transfers } = this.radius.projection;
    const t = transfers.id.find(transfer);
    if (t < 0) return false;
    this.#implying ??= new Set(
      copies.transfer.filter((_, copy) => copies.isLive[copy] === 1 && copies.kind[copy] !== owned && copies.kind[copy] !== transferred),
    );
    return !this.#implying.has(t);
  }

  /** The artifact and the recipient of a transfer; empty if it is not among the facts. */
  placeOf(transfer: string): string {
    const { transfers } = this.radius.projection;
    const t = transfers.id.find(transfer);
    return t < 0 ? '' : this.#place(transfers.copy[t] as number);
  }

  /** Whether an access is on the path to a traced organization. */
  isAccessOnPath(id: string): boolean {
    this.#spread ??= this.#followPaths();
    return this.#spread.access.has(id);
  }

  /** Whether a transfer is on the path to a traced organization. */
  isTransferOnPath(id: string): boolean {
    const { organizations, transfers } = this.radius.projection;
    const t = transfers.id.find(id);
    if (t < 0 || this.radius.input.transferLikelihood === 0) return false;
    this.#spread ??= this.#followPaths();
    const pair = (transfers.sender[t] as number) * organizations.count + (transfers.recipient[t] as number);
    return (
      this.#spread.pairs.has(pair) && new SpreadSteps(this.radius.projection, this.radius.input, this.radius.scenario).isTransferOpen(t)
    );
  }

  /** Whether a reveals fact is on the best way from a readable artifact to a traced one. */
  isRevealsOnPath(key: string): boolean {
    this.#reveals ??= this.#followReveals();
    return this.#reveals.has(key);
  }

  #isTraced(artifact: number): boolean {
    this.#leading ??= new Set(this.#leadingWays().map(([source]) => source));
    return this.#leading.has(artifact) || this.#artifacts.has(this.radius.projection.artifacts.id.get(artifact));
  }

  /** The best paths from each artifact that is readable at a reached organization to each traced artifact. */
  #leadingWays(): [source: number, target: number][] {
    const { projection, held, input } = this.radius;
    const closures = getRevealClosures(projection, input.minDegree);
    return [...held.values()]
      .filter(({ open }) => open.length > 0)
      .flatMap(({ artifact }) =>
        Array.from(closures.of(artifact).targets)
          .filter((target) => this.#artifacts.has(projection.artifacts.id.get(target)))
          .map((target): [number, number] => [artifact, target]),
      );
  }

  #gatherCopies(): Map<number, TieredCopy[]> {
    const { held, projection } = this.radius;
    const byTransfer = new Map<number, TieredCopy[]>();
    for (const { artifact, copies, open } of held.values()) {
      if (!this.#isTraced(artifact)) continue;
      // An artifact that is not traced matters only for what it reveals, so its unreadable copies do not count.
      for (const tiered of this.#artifacts.has(projection.artifacts.id.get(artifact)) ? copies : open) {
        if (projection.copies.kind[tiered.copy] === owned) continue;
        getOrInsert(byTransfer, projection.copies.transfer[tiered.copy] as number, () => []).push(tiered);
      }
    }
    return byTransfer;
  }

  #followPaths() {
    const { projection, reached } = this.radius;
    const access = new Set<string>();
    const pairs = new Set<number>();
    for (const { organization, path } of reached) {
      if (!this.#organizations.has(projection.organizations.id.get(organization))) continue;
      for (const step of path) {
        if (step.access === none) pairs.add(step.from * projection.organizations.count + step.to);
        else access.add(projection.access.id.get(step.access));
      }
    }
    return { access, pairs };
  }

  #followReveals(): Set<string> {
    const { projection, input } = this.radius;
    const { artifacts, reveals } = projection;
    const closures = getRevealClosures(projection, input.minDegree);
    const keys = new Set<string>();
    for (const [source, target] of this.#leadingWays()) {
      for (const r of closures.path(source, target)) {
        keys.add(pairKey(artifacts.id.get(reveals.artifact[r] as number), artifacts.id.get(reveals.reveals[r] as number)));
      }
    }
    return keys;
  }

  /** The artifact and the holder of a copy. */
  #place(copy: number): string {
    const { artifacts, copies, organizations } = this.radius.projection;
    return pairKey(artifacts.id.get(copies.artifact[copy] as number), organizations.id.get(copies.holder[copy] as number));
  }
}
