import { getOrInsert } from '../domain/get-or-insert.ts';
import { rowOf } from '../projection/csr.ts';
import type { GraphNode, LinkKind } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import { copyKinds } from '../projection/projection.ts';

const owned = copyKinds.indexOf('OWNED');

/**
 * Adjacency for path searches over numbered nodes: artifacts first, then organizations, each by index. So the numbers sort like
 * the keys (`artifact:` before `organization:`). Each node's neighbors are collected once, on demand.
 */
export class PathGraph {
  readonly #projection: Projection;
  readonly #kinds: ReadonlySet<LinkKind>;
  readonly #isDirected: boolean;
  readonly #artifact: number | undefined;
  readonly #next = new Map<number, Int32Array>();
  readonly #previous = new Map<number, Int32Array>();

  /**
   * @param isDirected false: follows links both ways
   * @param artifact if given, only transfers of this artifact count
   */
  constructor(projection: Projection, kinds: readonly LinkKind[], isDirected: boolean, artifact?: number) {
    this.#projection = projection;
    this.#kinds = new Set(kinds);
    this.#isDirected = isDirected;
    this.#artifact = artifact;
  }

  numberOf({ kind, index }: GraphNode): number {
    return kind === 'artifact' ? index : this.#projection.artifacts.count + index;
  }

  nodeOf(number: number): GraphNode {
    const { count } = this.#projection.artifacts;
    return number < count ? { kind: 'artifact', index: number } : { kind: 'organization', index: number - count };
  }

  /** The nodes one step after this node, ascending. */
  next(number: number): Int32Array {
    return getOrInsert(this.#next, number, () => this.#gather(number, true));
  }

  /** The nodes one step before this node, ascending. */
  previous(number: number): Int32Array {
    return this.#isDirected ? getOrInsert(this.#previous, number, () => this.#gather(number, false)) : this.next(number);
  }

  #gather(number: number, isForward: boolean): Int32Array {
    const found: number[] = [];
    const node = this.nodeOf(number);
    for (const isOutgoing of this.#isDirected ? [isForward] : [true, false]) {
      if (node.kind === 'artifact') this.#gatherAtArtifact(node.index, isOutgoing, found);
      else this.#gatherAtOrganization(node.index, isOutgoing, found);
    }
    const sorted = Int32Array.from(found).sort();
    return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  }

  #gatherAtArtifact(artifact: number, isOutgoing: boolean, found: number[]): void {
    const { artifacts, copies, reveals } = this.#projection;
    const first = artifacts.count;
    if (isOutgoing && this.#kinds.has('HOLDS')) {
      for (const copy of rowOf(artifacts.copies, artifact))
        if (copies.kind[copy] !== owned) found.push(first + (copies.holder[copy] as number));
    }
    if (!isOutgoing && this.#kinds.has('OWNS')) found.push(first + (artifacts.owner[artifact] as number));
    if (!this.#kinds.has('REVEALS')) return;
    for (const r of rowOf(isOutgoing ? artifacts.reveals : artifacts.revealedBy, artifact))
      found.push((isOutgoing ? reveals.reveals : reveals.artifact)[r] as number);
  }

  #gatherAtOrganization(organization: number, isOutgoing: boolean, found: number[]): void {
    const { access, artifacts, copies, engagements, organizations, transfers } = this.#projection;
    const first = artifacts.count;
    if (isOutgoing && this.#kinds.has('OWNS')) for (const artifact of rowOf(organizations.artifacts, organization)) found.push(artifact);
    if (!isOutgoing && this.#kinds.has('HOLDS')) {
      for (const copy of rowOf(organizations.copies, organization))
        if (copies.kind[copy] !== owned) found.push(copies.artifact[copy] as number);
    }
    const add = (kind: LinkKind, rows: Int32Array, other: Int32Array) => {
      if (this.#kinds.has(kind)) for (const row of rows) found.push(first + (other[row] as number));
    };
    const isWanted = (t: number) => this.#artifact === undefined || transfers.artifact[t] === this.#artifact;
    if (isOutgoing) {
      add('TRANSFER', rowOf(organizations.sent, organization).filter(isWanted), transfers.recipient);
      add('ACCESS', rowOf(organizations.accessHeld, organization), access.grantor);
      add('ENGAGEMENT', rowOf(organizations.engagementsAsClient, organization), engagements.provider);
    } else {
      add('TRANSFER', rowOf(organizations.received, organization).filter(isWanted), transfers.sender);
      add('ACCESS', rowOf(organizations.accessGranted, organization), access.grantee);
      add('ENGAGEMENT', rowOf(organizations.engagementsAsProvider, organization), engagements.client);
    }
  }
}
