import type { Projection } from '../../projection/projection.ts';
import { copyKinds, none, rowOf } from '../../projection/projection.ts';
import { sortById } from '../../projection/sort-by-id.ts';
import { isDeletedByRecall } from '../../rules/action-effect.ts';
import type { Action } from '../scenario/actions.ts';

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
