import { getOrInsert } from '../../domain/get-or-insert.ts';
import { actionKinds } from '../../domain/records/incident-log.ts';
import { rankTransfers } from '../../projection/build/derive-part.ts';
import { HolderGroups } from '../../projection/build/holder-groups.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { endedAt, isDeletedByRecall, isStoppedBySuspension } from '../../rules/action-effect.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import type { Action } from './actions.ts';

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/** A recall or encryption of an organization's copies, of all owners or of one lab. */
interface Measure {
  readonly owner: number;
  readonly at: number;
}

/**
 * Actions applied to the facts (semantics §8). A scenario tells how its actions change a fact or a copy. It neither changes nor
 * copies the projection, which still describes everything else.
 *
 * An encrypted copy counts as two, whose intervals meet at `encryptedFrom`. Both have the copy's index. An action changes nothing
 * before its instant. The order of actions does not matter: if several apply, the earliest counts.
 */
export class Scenario {
  readonly projection: Projection;
  /** The actions in a canonical order, independent of the given order. */
  readonly actions: readonly Action[];
  /** Identifies the scenario among those over the same projection. */
  readonly key: string;
  /** When an action ends each access fact, and when an action ends all access of each grantee. */
  readonly #revoked = new Map<number, number>();
  readonly #revokedAll = new Map<number, number>();
  readonly #suspended = new Map<number, number>();
  /** The measures on each organization's copies, the earliest first. */
  readonly #recalls = new Map<number, Measure[]>();
  readonly #encryptions = new Map<number, Measure[]>();
  #chains: ScenarioChains | undefined;

  constructor(projection: Projection, actions: readonly Action[]) {
    this.projection = projection;
    this.actions = [...actions].sort((a, b) => actionKinds.indexOf(a.kind) - actionKinds.indexOf(b.kind) || compareTargets(a, b));
    this.key = JSON.stringify(this.actions);
    for (const action of this.actions) {
      switch (action.kind) {
        case 'REVOKE_ACCESS':
          keepEarliest(this.#revoked, action.access, action.at);
          break;
        case 'SUSPEND':
          keepEarliest(this.#suspended, action.organization, action.at);
          keepEarliest(this.#revokedAll, action.organization, action.at);
          break;
        case 'REVOKE_ALL_ACCESS':
          keepEarliest(this.#revokedAll, action.organization, action.at);
          break;
        case 'RECALL':
          getOrInsert(this.#recalls, action.organization, () => []).push(action);
          break;
        case 'ENCRYPT':
          getOrInsert(this.#encryptions, action.organization, () => []).push(action);
          break;
      }
    }
    for (const measures of [...this.#recalls.values(), ...this.#encryptions.values()]) measures.sort((a, b) => a.at - b.at);
  }

  /** When an access ends; Infinity if it does not. */
  accessUntil(a: number): number {
    const { access } = this.projection;
    const until = access.validUntil[a] as number;
    const revoked = Math.min(this.#revoked.get(a) ?? Infinity, this.#revokedAll.get(access.grantee[a] as number) ?? Infinity);
    return endedAt(Number.isNaN(until) ? Infinity : until, revoked);
  }

  /** Whether a suspension stops a transfer: its sender or recipient is suspended by then. A transfer with an unknown `sentAt` stays. */
  isGone(transfer: number): boolean {
    if (this.#suspended.size === 0) return false;
    const { sender, recipient, sentAt } = this.projection.transfers;
    const from = Math.min(this.#suspended.get(sender.at(transfer)) ?? Infinity, this.#suspended.get(recipient.at(transfer)) ?? Infinity);
    return isStoppedBySuspension(sentAt.at(transfer), from);
  }

  /** Whether a copy is gone because its transfer is gone. The copy that a stopped transfer implies stays. */
  isCopyGone(copy: number): boolean {
    const { kind, transfer } = this.projection.copies;
    return kind.at(copy) === transferred && this.isGone(transfer.at(copy));
  }

  /** When a copy is deleted, with evidence, by a recall; Infinity if it is not. */
  recalledAt(copy: number): number {
    const { possibleFrom } = this.projection.copies;
    return this.#earliest(this.#recalls, copy, (at) => isDeletedByRecall(possibleFrom.at(copy), at));
  }

  /** The end p1 of a copy's possible interval: its own, or its recall if that is earlier. Encryption does not count here. */
  possibleUntil(copy: number): number {
    return endedAt(this.projection.copies.possibleUntil.at(copy), this.recalledAt(copy));
  }

  /** Whether an action may change a copy. If not, the copy is as in the projection. */
  touches(copy: number): boolean {
    const holder = this.projection.copies.holder.at(copy);
    return this.#recalls.has(holder) || this.#encryptions.has(holder) || this.isCopyGone(copy);
  }

  /** When a readable copy is encrypted under a key that only its owner has; Infinity if it is not. */
  encryptedFrom(copy: number): number {
    if (this.projection.copies.isReadable.at(copy) === 0) return Infinity;
    return this.#earliest(this.#encryptions, copy, () => true);
  }

  /** As `copies.rank`. */
  rankOf(copy: number): number {
    return this.#chainsNow().rankOf(copy);
  }

  /** As `copies.chainPrevious`. */
  chainPreviousOf(copy: number): number {
    return this.#chainsNow().previousOf(copy);
  }

  /** The engagements, current at the time of a suspension, to which its organization is a party; ascending. */
  get stopped(): number[] {
    const { engagements, organizations } = this.projection;
    const stopped = new Set<number>();
    for (const action of this.actions) {
      if (action.kind !== 'SUSPEND') continue;
      const { organization, at } = action;
      for (const rows of [organizations.engagementsAsClient, organizations.engagementsAsProvider]) {
        for (const e of rowOf(rows, organization)) {
          if (isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, at, at)) stopped.add(e);
        }
      }
    }
    return [...stopped].sort((a, b) => a - b);
  }

  #earliest(measures: ReadonlyMap<number, readonly Measure[]>, copy: number, isDue: (at: number) => boolean): number {
    if (measures.size === 0) return Infinity;
    const { artifacts, copies } = this.projection;
    if (copies.kind.at(copy) === owned) return Infinity;
    for (const { owner, at } of measures.get(copies.holder.at(copy)) ?? []) {
      const isOfOwner = owner === none || artifacts.owner[copies.artifact.at(copy)] === owner;
      if (isOfOwner && isDue(at)) return at;
    }
    return Infinity;
  }

  #chainsNow(): ScenarioChains {
    this.#chains ??= new ScenarioChains(this.projection, this, this.#touchedArtifacts());
    return this.#chains;
  }

  /** The artifacts with a transfer that is gone or a copy that ends earlier: only their chains may differ. */
  #touchedArtifacts(): Set<number> {
    const { copies, organizations, transfers } = this.projection;
    const touched = new Set<number>();
    for (const organization of this.#suspended.keys()) {
      for (const rows of [organizations.sent, organizations.received]) {
        for (const t of rowOf(rows, organization)) if (this.isGone(t)) touched.add(transfers.artifact.at(t));
      }
    }
    for (const holder of this.#recalls.keys()) {
      for (const copy of rowOf(organizations.copies, holder)) {
        if (this.recalledAt(copy) < copies.possibleUntil.at(copy)) touched.add(copies.artifact.at(copy));
      }
    }
    return touched;
  }
}

function keepEarliest(instants: Map<number, number>, key: number, at: number): void {
  instants.set(key, Math.min(at, instants.get(key) ?? Infinity));
}

function compareTargets(a: Action, b: Action): number {
  const target = (action: Action) => (action.kind === 'REVOKE_ACCESS' ? action.access : action.organization);
  const owner = (action: Action) => ('owner' in action ? action.owner : none);
  return target(a) - target(b) || owner(a) - owner(b) || a.at - b.at;
}

const scenarioChainsTransferred = copyKinds.indexOf('TRANSFERRED');

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
class ScenarioChains {
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
    return chain === undefined ? this.#projection.copies.rank.at(copy) : chain.rank;
  }

  previousOf(copy: number): number {
    const chain = this.#find(copy);
    return chain === undefined ? this.#projection.copies.chainPrevious.at(copy) : chain.previous;
  }

  /** Undefined if the scenario leaves the projection's chain as it is. */
  #find(copy: number): Chain | undefined {
    const { copies } = this.#projection;
    const artifact = copies.artifact.at(copy);
    if (copies.kind.at(copy) !== scenarioChainsTransferred || !this.#touched.has(artifact)) return undefined;
    let chains = this.#known.get(artifact);
    if (chains === undefined) {
      chains = this.#rank(artifact);
      this.#known.set(artifact, chains);
    }
    return chains.get(copies.transfer.at(copy)) ?? { rank: none, previous: none };
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
      sender: Int32Array.from(own, (t) => numberOf(transfers.sender.at(t))),
      recipient: Int32Array.from(own, (t) => numberOf(transfers.recipient.at(t))),
      sentAt: Float64Array.from(own, (t) => transfers.sentAt.at(t)),
    };
    const from = Float64Array.from(own, (t) => copies.possibleFrom.at(transfers.copy.at(t)));
    const until = Float64Array.from(own, (t) => this.#changes.possibleUntil(transfers.copy.at(t)));
    const numbers = Int32Array.from(own.keys());
    const groups = new HolderGroups(parties.size);
    groups.load(numbers, local, from, until);
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
