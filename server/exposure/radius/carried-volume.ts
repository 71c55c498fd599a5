import { copyKinds } from '../../projection/projection.ts';
import { ArtifactsVolume, CopiesVolume, type Volume, type VolumeSum } from '../../rules/volume.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { isOpenCode } from './columns/tiered-columns.ts';

/** A transfer states what it carried in these units. */
export type VolumeUnit = 'records' | 'bytes';

export type Volumes = Readonly<Record<VolumeUnit, Volume>>;

const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * The volumes of the readable copies of an artifact that have a tier (semantics §1): these are EXPOSED or POSSIBLE. OWNED and implied
 * copies are left out. An artifact that is only revealed has no such copy.
 *
 * @param row of `columns.exposed`
 * Complexity: O(copies of the artifact with a tier).
 */
export function findVolumes(columns: RadiusColumns, row: number): Volumes {
  const { exposed, held } = columns;
  const place = exposed.place[row] as number;
  return place < 0 ? addCopies(columns, 0, 0) : addCopies(columns, held.offsets[place] as number, held.offsets[place + 1] as number);
}

/** As `findVolumes`, of some copies of one artifact. @param positions in `columns.held`, ascending */
export function volumesOfCopies(columns: RadiusColumns, positions: readonly number[]): Volumes {
  return addCopies(columns, 0, positions.length, positions);
}

/** @param positions of the copies; absent: from .. until - 1 */
function addCopies({ held, projection }: RadiusColumns, from: number, until: number, positions?: readonly number[]): Volumes {
  const { copies, transfers } = projection;
  const records = new CopiesVolume();
  const bytes = new CopiesVolume();
  let previous = -1;
  for (let i = from; i < until; i++) {
    const at = positions === undefined ? i : (positions[i] as number);
    const copy = held.copy[at] as number;
    // A copy that a scenario encrypts stands twice in a row.
    if (copy === previous || !isOpenCode(held.code[at] as number) || copies.kind.at(copy) !== transferred) continue;
    previous = copy;
    const transfer = copies.transfer.at(copy);
    records.add(transfers.records.at(transfer));
    bytes.add(transfers.bytes.at(transfer));
  }
  return { records, bytes };
}

/**
 * The volumes of several artifacts, added up.
 *
 * @param rows of `columns.exposed`, ascending
 * Complexity: O(copies of these artifacts with a tier).
 */
export function addVolumes(columns: RadiusColumns, rows: Int32Array, unit: VolumeUnit): VolumeSum {
  const sum = new ArtifactsVolume();
  for (const row of rows) sum.add(findVolumes(columns, row)[unit]);
  return sum;
}
