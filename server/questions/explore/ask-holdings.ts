import { ExposureError } from '../../domain/errors.ts';
import { getIndex } from '../../exposure/radius/resolve-radius-input.ts';
import { sortById } from '../../projection/columns/order-rows.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds, rowOf } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { resolveMergedIds } from '../resolved-ids.ts';

export interface HoldingsQuestion {
  /** The organization that holds the copies. */
  readonly holder: string | undefined;
  /** If given, only artifacts of this lab. */
  readonly owner: string | undefined;
}

export interface Holdings {
  /** The facts that gave the answer. */
  readonly projection: Projection;
  /** Index of the organization. */
  readonly holder: number;
  /** The name of the organization, then that of the owner where one was asked for. */
  readonly names: readonly string[];
  /** Ids of the transfers that brought the copies, ascending. */
  readonly transfers: readonly string[];
}

const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * The transfers whose copies are possibly live at an organization now. Leaves out implied copies, which have no transfer of
 * their own. Throws BAD_USER_INPUT, NOT_FOUND.
 *
 * Complexity: O(copies in its custody).
 */
export async function askHoldings(asker: Asker, requested: HoldingsQuestion): Promise<Holdings> {
  if (requested.holder === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      'holder is missing. Name the organization whose holdings you want, such as holder=quillmark.',
    );
  }
  const known = await asker.facts();
  const { owner, ...resolved } = await resolveMergedIds(asker, known, requested, ['holder', 'owner']);
  const holder = resolved.holder as string;
  const index = getIndex(known, 'organizations', 'organization', holder);
  const lab = owner === undefined ? undefined : getIndex(known, 'organizations', 'organization', owner);
  const projection = await asker.factsAbout({ organization: holder });
  const names = [index, ...(lab === undefined ? [] : [lab])].map((organization) => known.organizations.name.get(organization));
  return { projection, holder: index, names, transfers: transfersAt(projection, index, lab, asker.now) };
}

function transfersAt(projection: Projection, holder: number, owner: number | undefined, instant: number): string[] {
  const { organizations, artifacts, copies, transfers } = projection;
  const found: number[] = [];
  for (const copy of rowOf(organizations.copies, holder)) {
    if (copies.kind.at(copy) !== transferred || !isLiveElsewhere(projection, copy, instant)) continue;
    if (owner !== undefined && artifacts.owner[copies.artifact.at(copy)] !== owner) continue;
    found.push(copies.transfer.at(copy));
  }
  return Array.from(sortById(transfers, found), (transfer) => transfers.id.get(transfer));
}
