import type { Csr } from '../../projection/columns/csr.ts';
import { NumberBuilder, sharedInt32, sharedUint32 } from '../../projection/columns/shared-memory.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';

/** `DIRECT`: only copies of rank 1. */
export type HoldersWanted = 'ALL' | 'DIRECT';

/**
 * Artifact -> the organizations other than its owner with a copy that is possibly live at the instant (semantics §9), each once, in order of
 * their first copies. Concentration, safeguards and shared holders need nothing else of copies, so the holders of parts of the artifacts join
 * to those of all (server/batch). Yields now and then.
 *
 * Complexity: O(artifacts + copies).
 */
export function listHoldersElsewhere(projection: Projection, instant: number, wanted: HoldersWanted): Csr {
  const { artifacts, copies } = projection;
  const offsets = sharedUint32(artifacts.count + 1);
  const values = new NumberBuilder(sharedInt32);
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const holders = new Set<number>();
    for (const copy of rowOf(artifacts.copies, artifact)) {
      if (wanted === 'DIRECT' && copies.rank.at(copy) !== 1) continue;
      if (isLiveElsewhere(projection, copy, instant)) holders.add(copies.holder.at(copy));
    }
    for (const holder of holders) values.push(holder);
    offsets[artifact + 1] = values.length;
  }
  return { offsets, values: values.build() };
}
