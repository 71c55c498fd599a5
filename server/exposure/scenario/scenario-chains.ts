import { rankTransfers } from '../../projection/build/derive-copies.ts';
import { HolderGroups } from '../../projection/build/holder-groups.ts';
import { rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';

const transferred = copyKinds.indexOf('TRANSFERRED');

/** How a scenario changes transfers and their copies. */
interface Changes {
  isGone(transfer: number): boolean;
  possibleUntil(copy: number): number;
}

interface Chain {
  readonly rank: number;
  readonly previous: number;
}

/**
 * Custody chains under a scenario (semantics §8). A stopped transfer explains no copy, and a recalled copy explains no transfer
 * sent after the recall. Chains are derived on demand, and only for artifacts that the scenario touches.
 */
export class ScenarioChains {
  readonly #projection: Projection;
  readonly #changes: Changes;
  readonly #touched: ReadonlySet<number>;
  /** artifact -> transfer -> its chain. */
  readonly #known = new Map<number, Map<number, Chain>>();

  constructor(projection: Projection, changes: Changes, touched: ReadonlySet<number>) {
    this.#projection = projection;
    this.#changes = changes;
    this.#touched = touched;
  }

  rankOf(copy: number): number {
    const chain = this.#find(copy);
    return chain === undefined ? (this.#projection.copies.rank[copy] as number) : chain.rank;
  }

  previousOf(copy: number): number {
    const chain = this.#find(copy);
    return chain === undefined ? (this.#projection.copies.chainPrevious[copy] as number) : chain.previous;
  }

  /** Undefined if the scenario leaves the projection's chain as it is. */
  #find(copy: number): Chain | undefined {
    const { copies } = this.#projection;
    const artifact = copies.artifact[copy] as number;
    if (copies.kind[copy] !== transferred || !this.#touched.has(artifact)) return undefined;
    let chains = this.#known.get(artifact);
    if (chains === undefined) {
      chains = this.#rank(artifact);
      this.#known.set(artifact, chains);
    }
    return chains.get(copies.transfer[copy] as number) ?? { rank: none, previous: none };
  }

  /** Ranks transfers as the projection does, but numbers only this artifact's transfers and their parties. */
  #rank(artifact: number): Map<number, Chain> {
    const { artifacts, copies, transfers } = this.#projection;
    const own = rowOf(artifacts.transfers, artifact).filter((t) => !this.#changes.isGone(t));
    const parties = new Map<number, number>();
    const numberOf = (organization: number) => {
      if (!parties.has(organization)) parties.set(organization, parties.size);
      return parties.get(organization) as number;
    };
    const owner = numberOf(artifacts.owner[artifact] as number);
    const local = {
      sender: Int32Array.from(own, (t) => numberOf(transfers.sender[t] as number)),
      recipient: Int32Array.from(own, (t) => numberOf(transfers.recipient[t] as number)),
      sentAt: Float64Array.from(own, (t) => transfers.sentAt[t] as number),
    };
    const from = Float64Array.from(own, (t) => copies.possibleFrom[transfers.copy[t] as number] as number);
    const until = Float64Array.from(own, (t) => this.#changes.possibleUntil(transfers.copy[t] as number));
    const numbers = Int32Array.from(own.keys());
    const groups = new HolderGroups(parties.size, local, from, until);
    groups.load(numbers);
    const rank = new Int32Array(own.length).fill(none);
    const previous = new Int32Array(own.length).fill(none);
    rankTransfers(numbers, owner, local, groups, rank, previous);
    return new Map(
      [...own].map((t, i) => {
        const before = previous[i] as number;
        return [t, { rank: rank[i] as number, previous: before === none ? none : (own[before] as number) }];
      }),
    );
  }
}
