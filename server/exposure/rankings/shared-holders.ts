import type { Csr } from '../../projection/columns/csr.ts';
import { groupByRow } from '../../projection/columns/csr.ts';
import { NumberBuilder, sharedInt32, sharedUint32 } from '../../projection/columns/shared-memory.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';

export interface SharedHolder {
  readonly holder: number;
  /** The labs whose artifacts it holds, itself excluded; by id. */
  readonly labs: readonly number[];
  readonly artifactCount: number;
}

/**
 * Finds the organizations that hold artifacts of two or more labs (semantics §9): one breach there hits several labs. Yields
 * after each organization.
 *
 * @param all `listHoldersElsewhere` of all artifacts, in place of the copies of the projection
 * @returns by number of labs, then of artifacts, descending, then id
 * Complexity: O(organizations + copies), and a sort of those found.
 */
export function findSharedHolders(projection: Projection, instant: number, all?: Csr): SharedHolder[] {
  const { artifacts, organizations } = projection;
  const holders = all ?? listHoldersElsewhere(projection, instant, 'ALL');
  const artifactOf = new Int32Array(holders.values.length);
  for (let artifact = 0; artifact < artifacts.count; artifact++)
    artifactOf.fill(artifact, holders.offsets[artifact], holders.offsets[artifact + 1]);
  const placesOf = groupByRow(holders.values, organizations.count);
  const found: SharedHolder[] = [];
  for (let holder = 0; holder < organizations.count; holder++) {
    const labs = new Set<number>();
    const places = rowOf(placesOf, holder);
    for (const place of places) labs.add(artifacts.owner[artifactOf[place] as number] as number);
    if (labs.size >= 2) found.push({ holder, labs: [...labs].sort((a, b) => a - b), artifactCount: places.length });
  }
  return found.sort((a, b) => b.labs.length - a.labs.length || b.artifactCount - a.artifactCount || a.holder - b.holder);
}

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
