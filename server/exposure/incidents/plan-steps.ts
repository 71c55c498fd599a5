import { getOrInsert } from '../../domain/get-or-insert.ts';
import { sortById } from '../../projection/columns/order-rows.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { isDeletedByRecall } from '../../rules/action-effect.ts';
import { holdsAt } from '../../rules/copy-interval.ts';
import { isCurrent } from '../../rules/engagement-term.ts';
import { CutTrials } from '../cuts/cut-trials.ts';
import type { BlastRadius } from '../radius/blast-radius.ts';
import type { NoticeDue } from '../radius/notices.ts';
import type { RadiusInput } from '../radius/radius-types.ts';
import type { Action } from '../scenario/actions.ts';

/** Something to do about an incident. Exactly one of the two is there. */
export interface PlanTask {
  readonly action: Action | null;
  /** The organization to ask, or none (-1). */
  readonly ask: number;
  /** When the first notice that waits for the task is due; null if none has a term. */
  readonly dueAt: number | null;
}

/**
 * The question about a compromise of the same origins at one instant. A claimed scope says what was touched then, so it does not
 * limit what a compromise now could touch.
 */
export function askedNow(input: RadiusInput, at: number): RadiusInput {
  const window = { from: at, to: at };
  return { ...input, core: window, widest: window, scopes: [] };
}

/**
 * Lists the steps against an incident, unordered:
 *
 * A  Recall the copies of each lab from each other organization that one of the two radii reaches, and encrypt what it can read. Only
 *    copies that may still be there count, also those that came after the windows or that their holder cannot read.
 * B  Revoke each access that the compromise may have passed over and that is still valid.
 * C  Suspend each origin that is a party to a current engagement.
 * D  Ask each origin, each suspected origin, and each organization that owes a lab word.
 *
 * A step has the deadline of the first notice that waits for it: a notice that its organization owes, or one to a lab of which the
 * organization holds something. The deadline of a recall is that of the recalled lab alone.
 *
 * Complexity: O(copies at reached organizations and at those that owe word + steps of the paths + notices).
 */
export function listPlanTasks(here: BlastRadius, now: BlastRadius, notices: readonly NoticeDue[], at: number): PlanTask[] {
  const { projection } = here;
  const { access, artifacts, copies, engagements, organizations } = projection;
  const labsAt = new Map<number, Set<number>>();
  const readableAt = new Set<number>();
  const ownerOf = (copy: number) => artifacts.owner[copies.artifact.at(copy)] as number;
  const copiesStillAt = (holder: number) =>
    [...rowOf(organizations.copies, holder)].filter((copy) => isLiveElsewhere(projection, copy, at));
  for (const holder of new Set([here, now].flatMap(({ reached }) => reached.map(({ organization }) => organization)))) {
    for (const copy of copiesStillAt(holder)) {
      getOrInsert(labsAt, holder, () => new Set<number>()).add(ownerOf(copy));
      if (copies.isReadable.at(copy) === 1) readableAt.add(holder);
    }
  }
  // An organization that must tell a lab may hold copies of its artifacts without being reached.
  const clocks = new Clocks(notices, (organization) => labsAt.get(organization) ?? copiesStillAt(organization).map(ownerOf));
  const tasks: PlanTask[] = [];
  const act = (action: Action, dueAt: number | null) => tasks.push({ action, ask: none, dueAt });

  for (const [holder, labs] of labsAt) {
    for (const owner of labs) act({ kind: 'RECALL', organization: holder, owner, at }, clocks.dueToLabs([owner]));
    if (readableAt.has(holder)) act({ kind: 'ENCRYPT', organization: holder, owner: none, at }, clocks.dueAt(holder));
  }
  for (const a of accessOnPaths([here, now])) {
    const [from, until] = [access.validFrom[a] as number, access.validUntil[a] as number];
    const isValid = holdsAt(Number.isNaN(from) ? -Infinity : from, Number.isNaN(until) ? Infinity : until, at);
    if (isValid) act({ kind: 'REVOKE_ACCESS', access: a, at }, clocks.dueAt(access.grantor[a] as number));
  }
  for (const origin of here.input.origins) {
    const parties = [organizations.engagementsAsClient, organizations.engagementsAsProvider].flatMap((rows) => [...rowOf(rows, origin)]);
    const isParty = parties.some((e) => isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, at, at));
    if (isParty) act({ kind: 'SUSPEND', organization: origin, at }, clocks.dueAt(origin));
  }
  const suspected = here.input.suspected ?? [];
  const asked = new Set([
    ...here.input.origins,
    ...suspected.map(({ organization }) => organization),
    ...notices.flatMap(({ notifier }) => (notifier === none ? [] : notifier)),
  ]);
  for (const ask of asked) tasks.push({ action: null, ask, dueAt: clocks.dueAt(ask) });
  return tasks;
}

function accessOnPaths(radii: readonly BlastRadius[]): Set<number> {
  const found = new Set<number>();
  for (const { reached } of radii) {
    for (const { path } of reached) for (const { access } of path) if (access !== none) found.add(access);
  }
  return found;
}

/** When the notices are due that wait for an organization. */
class Clocks {
  /** The labs of whose copies an organization holds some. */
  readonly #labsAt: (organization: number) => Iterable<number>;
  readonly #toLab = new Map<number, number>();
  readonly #byNotifier = new Map<number, number>();

  constructor(notices: readonly NoticeDue[], labsAt: (organization: number) => Iterable<number>) {
    this.#labsAt = labsAt;
    for (const { lab, notifier, dueAt } of notices) {
      if (dueAt === null) continue;
      this.#toLab.set(lab, Math.min(dueAt, this.#toLab.get(lab) ?? Infinity));
      this.#byNotifier.set(notifier, Math.min(dueAt, this.#byNotifier.get(notifier) ?? Infinity));
    }
  }

  dueToLabs(labs: Iterable<number>): number | null {
    return earliest([...labs].map((lab) => this.#toLab.get(lab)));
  }

  dueAt(organization: number): number | null {
    return earliest([this.#byNotifier.get(organization), this.dueToLabs(this.#labsAt(organization)) ?? undefined]);
  }
}

function earliest(instants: readonly (number | undefined)[]): number | null {
  const first = Math.min(...instants.map((instant) => instant ?? Infinity));
  return Number.isFinite(first) ? first : null;
}

/** A step of a plan as an instruction, such as "Recall the copies of Aurelis Labs from Quillmark". */
export function describeStep({ access, organizations }: Projection, { action, ask }: Pick<PlanTask, 'action' | 'ask'>): string {
  const name = (organization: number) => organizations.name.get(organization);
  if (action === null) return `Ask ${name(ask)} what it holds and what was touched`;
  switch (action.kind) {
    case 'REVOKE_ACCESS': {
      const [grantee, grantor] = [access.grantee[action.access] as number, access.grantor[action.access] as number];
      return `Revoke the access of ${name(grantee)} to ${name(grantor)} (${access.id.get(action.access)})`;
    }
    case 'REVOKE_ALL_ACCESS':
      return `Revoke all access of ${name(action.organization)}`;
    case 'SUSPEND':
      return `Suspend ${name(action.organization)}`;
    case 'RECALL':
      return `Recall the copies${action.owner < 0 ? '' : ` of ${name(action.owner)}`} from ${name(action.organization)}`;
    case 'ENCRYPT':
      return `Encrypt the copies${action.owner < 0 ? '' : ` of ${name(action.owner)}`} at ${name(action.organization)} under their owners' keys`;
    default:
      return action satisfies never;
  }
}

const transferred = copyKinds.indexOf('TRANSFERRED');

/** The facts that record a done action, by id. */
export interface DoneFacts {
  /** Transfers whose copies are deleted, with evidence, when the action was done. */
  readonly deleted: readonly string[];
  /**
   * Transfers whose holder stated an earlier deletion of the copy. A transfer has one date for its deletion: the later one would say that
   * the holder surely had the copy until then, and could raise its tier. So they stay attested.
   */
  readonly attested: readonly string[];
  /** Access facts that end when the action was done. */
  readonly ended: readonly string[];
  /** Recalled copies that no transfer hands over. No fact can record their deletion. */
  readonly unrecordedCount: number;
}

/**
 * The facts that a done action changes. A fact that ended earlier stays as it is. An encryption changes none: the form of a copy has no
 * date, so a change of it would also hold for the time before. A suspension ends the access of its organization and deletes nothing.
 *
 * @param action `at` is when it was done
 */
export function findDoneFacts(projection: Projection, action: Action): DoneFacts {
  const { access, artifacts, copies, organizations, transfers } = projection;
  const nothing = { deleted: [], attested: [], ended: [], unrecordedCount: 0 };
  if (action.kind === 'ENCRYPT') return nothing;
  if (action.kind !== 'RECALL') {
    const targets = action.kind === 'REVOKE_ACCESS' ? [action.access] : [...rowOf(organizations.accessHeld, action.organization)];
    const isRunning = (a: number) => !((access.validUntil[a] as number) <= action.at) && !((access.validFrom[a] as number) >= action.at);
    return { ...nothing, ended: targets.filter(isRunning).map((a) => access.id.get(a)) };
  }
  const targets = [...rowOf(organizations.copies, action.organization)].filter((copy) => {
    const owner = artifacts.owner[copies.artifact.at(copy)] as number;
    if (owner === action.organization || (action.owner !== none && owner !== action.owner)) return false;
    return isDeletedByRecall(copies.possibleFrom.at(copy), action.at) && copies.possibleUntil.at(copy) > action.at;
  });
  const handed = targets.filter((copy) => copies.kind.at(copy) === transferred);
  const isAttested = (copy: number) => copies.definiteUntil.at(copy) < action.at;
  const idsOf = (some: readonly number[]) =>
    Array.from(
      sortById(
        transfers,
        some.map((copy) => copies.transfer.at(copy)),
      ),
      (transfer) => transfers.id.get(transfer),
    );
  const deleted = idsOf(handed.filter((copy) => !isAttested(copy)));
  return { deleted, attested: idsOf(handed.filter(isAttested)), ended: [], unrecordedCount: targets.length - handed.length };
}

/** Actions, each to be weighed alone, in two radii. */
export interface ActionsToWeigh {
  /** The question of the incident. */
  readonly here: RadiusInput;
  /** The question about a compromise of the same origins now. */
  readonly now: RadiusInput;
  readonly actions: readonly Action[];
}

/** The weighted loss that an action removes from each of the two radii, in US dollars. */
export interface RemovedLoss {
  readonly hereUsd: number;
  readonly nowUsd: number;
}

/**
 * The weighted loss that each action alone removes, in the order of the actions.
 *
 * Complexity: two radii, and two trials for each action (cut-trials.ts).
 */
export function weighActions(projection: Projection, { here, now, actions }: ActionsToWeigh): RemovedLoss[] {
  const trialsHere = new CutTrials(projection, here, []);
  const trialsNow = new CutTrials(projection, now, []);
  const removed: RemovedLoss[] = [];
  for (const action of actions) {
    removed.push({ hereUsd: removedBy(trialsHere, action), nowUsd: removedBy(trialsNow, action) });
  }
  return removed;
}

/** No action adds loss (semantics §11.3), so a difference below zero is a rounding error of the sums. */
function removedBy(trials: CutTrials, action: Action): number {
  return Math.max(0, trials.weightedLossUsd - trials.try(action).weightedLossUsd);
}
