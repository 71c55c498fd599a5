import { buildFromTable } from '../build/build-projection.ts';
import type { Projection } from '../projection.ts';
import type { Steps } from '../turns.ts';
import { buildPackedTransfers } from './build-packed-transfers.ts';
import type { TransferRows } from './transfer-rows.ts';

/**
 * A projection of the common block of `base`, with the same indexes, and of the transfers of some artifacts. A question that needs only these
 * gets the same answer as from a projection of all facts.
 *
 * @param transfers all those of some artifacts, without duplicates
 * Complexity: O(T) for T transfers, and O(organizations + artifacts).
 */
export function* buildPart(base: Projection, transfers: TransferRows): Steps<Projection> {
  const packed = yield* buildPackedTransfers(base, transfers);
  yield;
  return yield* buildFromTable(base.revision, base.memory, packed, undefined, base.memory);
}
