import { ExposureError } from '../../domain/errors.ts';
import { getIndex } from '../../exposure/radius/resolve-radius-input.ts';
import { rowOf } from '../../projection/csr.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { copyKinds } from '../../projection/projection.ts';
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
export async function askHoldings(asker: Asker, asked: HoldingsQuestion): Promise<Holdings> {
  if (asked.holder === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      'holder is missing. Name the organization whose holdings you want, such as holder=quillmark.',
    );
  }
  const known = await asker.facts();
  const { owner, ...resolved } = await resolveMergedIds(asker, known, asked, ['holder', 'owner']);
  const holder = resolved.holder as string;
  const index = getIndex(known, 'organizations', 'organization', holder);
  const lab = owner === undefined ? undefined : getIndex(known, 'organizations', 'organization', owner);
  const projection = await asker.factsAbout({ organization: holder });
  return { projection, holder: index, transfers: transfersAt(projection, index, lab, asker.now) };
}

function transfersAt(projection: Projection, holder: number, owner: number | undefined, instant: number): string[] {
  const { organizations, artifacts, copies, transfers } = projection;
  const found: number[] = [];
  for (const copy of rowOf(organizations.copies, holder)) {
    if (copies.kind[copy] !== transferred || !isLiveElsewhere(projection, copy, instant)) continue;
    if (owner !== undefined && artifacts.owner[copies.artifact[copy] as number] !== owner) continue;
    found.push(copies.transfer[copy] as number);
  }
  return found.sort((a, b) => a - b).map((transfer) => transfers.id.get(transfer));
}
