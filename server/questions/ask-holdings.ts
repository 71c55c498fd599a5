import { ExposureError } from '../domain/errors.ts';
import { getIndex } from '../exposure/radius/resolve-radius-input.ts';
import { rowOf } from '../projection/csr.ts';
import { isLiveElsewhere } from '../projection/live-copies.ts';
import type { Projection } from '../projection/projection.ts';
import { copyKinds } from '../projection/projection.ts';
import type { CurrentFacts } from '../projection/refresh/refresh.ts';
import type { LocalFacts } from './facts/local-facts.ts';

export interface HoldingsSources {
  readonly current: CurrentFacts;
  /** Where not all facts are in memory: what reads those that a question needs. */
  readonly local?: LocalFacts | undefined;
}

export interface HoldingsQuestion {
  /** Whose custody is asked about. */
  readonly holder: string | undefined;
  /** Only this lab's artifacts. */
  readonly owner: string | undefined;
}

export interface Holdings {
  /** Of the facts that were looked at. */
  readonly revision: number;
  /** Ids of the transfers that brought them, by id. */
  readonly transfers: readonly string[];
}

const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * What we think that an organization holds of others at an instant: the transfers whose copies are possibly live there
 * then. Copies that are only implied are no transfers, and left out. Throws BAD_USER_INPUT, NOT_FOUND.
 *
 * Complexity: O(copies in its custody).
 */
export async function askHoldings(
  { current, local }: HoldingsSources,
  { holder, owner }: HoldingsQuestion,
  instant: number,
): Promise<Holdings> {
  if (holder === undefined) {
    throw new ExposureError(
      'BAD_USER_INPUT',
      'holder is missing; name the organization whose holdings are asked for, such as holder=quillmark.',
    );
  }
  const { projection: known } = await current.read();
  const index = getIndex(known, 'organizations', 'organization', holder);
  const lab = owner === undefined ? undefined : getIndex(known, 'organizations', 'organization', owner);
  const projection = local === undefined ? known : await local.around(known, { organization: holder });
  return { revision: projection.revision, transfers: transfersAt(projection, index, lab, instant) };
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
