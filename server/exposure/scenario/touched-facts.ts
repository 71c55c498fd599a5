import type { FactKind } from '../../domain/facts.ts';
import { pairKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { listAll } from '../../projection/columns/order-rows.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { TieredCopy } from '../radius/radius-types.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import { SpreadSteps } from '../radius/spread.ts';
import { compareRadii } from './compare-radii.ts';

/** Whether a fact may explain the difference between two radii. */
export type IsTouching = (kind: FactKind, key: string) => boolean;

/**
 * Two radii differ in artifacts that changed, in organizations that only one of them reaches, and in organizations that they reach
 * with different likelihoods. A changed fact explains the difference if it is one of these:
 *
 * - an access fact, or a transfer along which compromise passes, on the path to such an organization
 * - a transfer of such an artifact, or of one that leads to it, if its copies at reached organizations changed or if it explains a
 *   copy that was implied before
 * - a reveals fact on the best way to such an artifact
 * - such an artifact, or one that leads to it, if the inputs to its figures changed
 * - such an organization, if only one of the two radii knows it
 *
 * Complexity: O(both radii + paths to the differences) for the first fact of a kind, then O(log n) per fact.
 */
export function findTouching(before: BlastRadius, after: BlastRadius): IsTouching {
  const artifacts = new Set(
    compareRadii(before, after)
      .filter(({ kind }) => kind !== 'STAYED')
      .map(({ id }) => id),
  );
  const organizations = findDifferingOrganizations(before, after);
  const was = new RadiusTrace(before, artifacts, organizations);
  const is = new RadiusTrace(after, artifacts, organizations);
  const sides = [was, is];
  let explained: ReadonlySet<string> | undefined;

  return (kind, key) => {
    switch (kind) {
      case 'ORGANIZATION':
        return organizations.has(key) && sides.filter(({ radius }) => radius.projection.organizations.id.find(key) >= 0).length === 1;
      case 'ARTIFACT':
        return was.describeArtifact(key) !== is.describeArtifact(key);
      case 'TRANSFER':
        if (was.describeCopies(key) !== is.describeCopies(key) || sides.some((side) => side.isTransferOnPath(key))) return true;
        explained ??= new Set([...findExplained(was, is), ...findExplained(is, was)]);
        return sides.some((side) => explained?.has(side.placeOf(key)));
      case 'ACCESS':
        return sides.some((side) => side.isAccessOnPath(key));
      case 'REVEALS':
        return sides.some((side) => side.isRevealsOnPath(key));
      case 'ENGAGEMENT':
      case 'CONTROL':
      case 'SOFTWARE_LIST':
      case 'ADVISORY':
      case 'AVAILABILITY':
      case 'SOFTWARE_STATEMENT':
        return false;
    }
  };
}

function findDifferingOrganizations(before: BlastRadius, after: BlastRadius): Set<string> {
  const likelihoods = ({ reached, projection }: BlastRadius) =>
    new Map(reached.map(({ organization, likelihood }) => [projection.organizations.id.get(organization), likelihood]));
  const was = likelihoods(before);
  const is = likelihoods(after);
  return new Set([...was.keys(), ...is.keys()].filter((id) => was.get(id) !== is.get(id)));
}

/** The places where one radius has an implied copy and the other explains the same transfer by an inbound copy. */
function findExplained(here: RadiusTrace, there: RadiusTrace): string[] {
  return here
    .impliedCopies()
    .filter(({ transfer }) => there.isExplained(transfer))
    .map(({ place }) => place);
}

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/** The facts that brought some artifacts and organizations into a radius. Uses ids, so that radii from different facts compare. */
class RadiusTrace {
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
    const { artifacts, copies, transfers } = this.radius.projection;
    this.#copies ??= this.#gatherCopies();
    const t = transfers.id.find(transfer);
    const made = t < 0 ? undefined : this.#copies.get(t);
    if (made === undefined) return '';
    const artifact = transfers.artifact.at(t);
    const names = artifacts.fragmentCount[artifact] === 0 ? [] : transfers.fragments.namesOf(t);
    const counts = made.map(({ copy, tier, weight }) => [this.#place(copy), copies.kind.at(copy), tier, weight, copies.portion.at(copy)]);
    return JSON.stringify([counts, names.sort()]);
  }

  /** The implied copies with a tier, of artifacts that are traced or lead to a traced one. */
  impliedCopies(): { readonly transfer: string; readonly place: string }[] {
    const { copies, transfers } = this.radius.projection;
    this.#copies ??= this.#gatherCopies();
    return [...this.#copies].flatMap(([t, made]) =>
      made
        .filter(({ copy }) => copies.kind.at(copy) !== transferred)
        .map(({ copy }) => ({ transfer: transfers.id.get(t), place: this.#place(copy) })),
    );
  }

  /** Whether a transfer is among the facts, and implies no copy at its sender. */
  isExplained(transfer: string): boolean {
    const { copies, transfers } = this.radius.projection;
    const t = transfers.id.find(transfer);
    if (t < 0) return false;
    this.#implying ??= new Set(
      Array.from(listAll(copies))
        .filter((copy) => copies.kind.at(copy) !== owned && copies.kind.at(copy) !== transferred)
        .map((copy) => copies.transfer.at(copy)),
    );
    return !this.#implying.has(t);
  }

  /** The artifact and the recipient of a transfer; empty if it is not among the facts. */
  placeOf(transfer: string): string {
    const { transfers } = this.radius.projection;
    const t = transfers.id.find(transfer);
    return t < 0 ? '' : this.#place(transfers.copy.at(t));
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
    const pair = transfers.sender.at(t) * organizations.count + transfers.recipient.at(t);
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
        if (projection.copies.kind.at(tiered.copy) === owned) continue;
        getOrInsert(byTransfer, projection.copies.transfer.at(tiered.copy), () => []).push(tiered);
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
    return pairKey(artifacts.id.get(copies.artifact.at(copy)), organizations.id.get(copies.holder.at(copy)));
  }
}
