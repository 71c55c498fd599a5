import { copyKinds } from '../../projection/projection.ts';
import { ArtifactsVolume, CopiesVolume, type Volume, type VolumeSum } from '../../rules/volume.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { isOpenCode } from './columns/tiered-columns.ts';

/** A transfer states what it carried in these units. */
export type VolumeUnit = 'records' | 'bytes';

const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * The volume of the readable copies of an artifact that have a tier (semantics §1): these are EXPOSED or POSSIBLE. OWNED and implied
 * copies are left out. An artifact that is only revealed has no such copy.
 *
 * @param row of `columns.exposed`
 * Complexity: O(copies of the artifact with a tier).
 */
export function findVolume({ projection, exposed, held }: RadiusColumns, row: number, unit: VolumeUnit): Volume {
  const volume = new CopiesVolume();
  const place = exposed.place[row] as number;
  if (place < 0) return volume;
  const { copies, transfers } = projection;
  const stated = transfers[unit];
  let previous = -1;
  for (let at = held.offsets[place] as number; at < (held.offsets[place + 1] as number); at++) {
    const copy = held.copy[at] as number;
    // A copy that a scenario encrypts stands twice in a row.
    if (copy === previous || !isOpenCode(held.code[at] as number) || copies.kind[copy] !== transferred) continue;
    previous = copy;
    volume.add(stated[copies.transfer[copy] as number] as number);
  }
  return volume;
}

/**
 * The volumes of several artifacts, added up.
 *
 * @param rows of `columns.exposed`, ascending
 * Complexity: O(copies of these artifacts with a tier).
 */
export function addVolumes(columns: RadiusColumns, rows: Int32Array, unit: VolumeUnit): VolumeSum {
  const sum = new ArtifactsVolume();
  for (const row of rows) sum.add(findVolume(columns, row, unit));
  return sum;
}
