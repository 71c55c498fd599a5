import { actionKinds } from '../../domain/action-kinds.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none } from '../../projection/projection.ts';
import { endedAt, isDeletedByRecall, isStoppedBySuspension } from '../../rules/action-effect.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import type { Action } from './actions.ts';
import { ScenarioChains } from './scenario-chains.ts';

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
    const from = Math.min(
      this.#suspended.get(sender[transfer] as number) ?? Infinity,
      this.#suspended.get(recipient[transfer] as number) ?? Infinity,
    );
    return isStoppedBySuspension(sentAt[transfer] as number, from);
  }

  /** Whether a copy is gone because its transfer is gone. The copy that a stopped transfer implies stays. */
  isCopyGone(copy: number): boolean {
    const { kind, transfer } = this.projection.copies;
    return kind[copy] === transferred && this.isGone(transfer[copy] as number);
  }

  /** When a copy is deleted, with evidence, by a recall; Infinity if it is not. */
  recalledAt(copy: number): number {
    const { possibleFrom } = this.projection.copies;
    return this.#earliest(this.#recalls, copy, (at) => isDeletedByRecall(possibleFrom[copy] as number, at));
  }

  /** The end p1 of a copy's possible interval: its own, or its recall if that is earlier. Encryption does not count here. */
  possibleUntil(copy: number): number {
    return endedAt(this.projection.copies.possibleUntil[copy] as number, this.recalledAt(copy));
  }

  /** Whether an action may change a copy. If not, the copy is as in the projection. */
  touches(copy: number): boolean {
    const holder = this.projection.copies.holder[copy] as number;
    return this.#recalls.has(holder) || this.#encryptions.has(holder) || this.isCopyGone(copy);
  }

  /** When a readable copy is encrypted under a key that only its owner has; Infinity if it is not. */
  encryptedFrom(copy: number): number {
    if (this.projection.copies.isReadable[copy] === 0) return Infinity;
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
    if (copies.kind[copy] === owned) return Infinity;
    for (const { owner, at } of measures.get(copies.holder[copy] as number) ?? []) {
      const isOfOwner = owner === none || artifacts.owner[copies.artifact[copy] as number] === owner;
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
        for (const t of rowOf(rows, organization)) if (this.isGone(t)) touched.add(transfers.artifact[t] as number);
      }
    }
    for (const holder of this.#recalls.keys()) {
      for (const copy of rowOf(organizations.copies, holder)) {
        if (this.recalledAt(copy) < (copies.possibleUntil[copy] as number)) touched.add(copies.artifact[copy] as number);
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
