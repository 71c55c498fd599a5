import { rowOf } from '../../projection/csr.ts';
import { isLiveElsewhere } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';

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
 * @returns by number of labs, then of artifacts, descending, then id
 * Complexity: O(organizations + copies), and a sort of those found.
 */
export function* findSharedHolders(projection: Projection, instant: number): Generator<void, SharedHolder[]> {
  const { artifacts, copies, organizations } = projection;
  const found: SharedHolder[] = [];
  for (let holder = 0; holder < organizations.count; holder++) {
    const labs = new Set<number>();
    const held = new Set<number>();
    for (const copy of rowOf(organizations.copies, holder)) {
      if (!isLiveElsewhere(projection, copy, instant)) continue;
      const artifact = copies.artifact[copy] as number;
      held.add(artifact);
      labs.add(artifacts.owner[artifact] as number);
    }
    if (labs.size >= 2) found.push({ holder, labs: [...labs].sort((a, b) => a - b), artifactCount: held.size });
    yield;
  }
  return found.sort((a, b) => b.labs.length - a.labs.length || b.artifactCount - a.artifactCount || a.holder - b.holder);
}
