import { rowOf } from '../../../projection/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { CopyTiers } from '../copy-tiers.ts';
import type { ReachedOrganization } from '../radius-types.ts';
import type { ArtifactMarks } from './artifact-marks.ts';
import { TieredColumns } from './tiered-columns.ts';

/**
 * The copies with a tier at reached organizations, grouped by artifact. The copies of the artifact at place h are
 * `offsets[h] .. offsets[h + 1] - 1`. An encrypted copy may appear twice, its later part second.
 */
export interface HeldColumns {
  /** Ascending. */
  readonly artifact: Int32Array;
  readonly offsets: Uint32Array;
  /** Ascending within an artifact. */
  readonly copy: Int32Array;
  /** As in TieredColumns. */
  readonly code: Uint8Array;
  /** The holder's position in the list of reached organizations. */
  readonly holder: Int32Array;
}

/** The number of copies that one step examines. */
const stepSize = 4000;

/** Complexity: O(copies at the reached organizations). */
export function* holdCopies(
  { copies, organizations }: Projection,
  reached: readonly ReachedOrganization[],
  tiers: CopyTiers,
  marks: ArtifactMarks,
): Steps<HeldColumns> {
  const found = new TieredColumns();
  let artifact = new Int32Array(found.copy.length);
  const ends = new Uint32Array(reached.length);
  let examined = 0;
  for (const [place, { organization }] of reached.entries()) {
    const own = rowOf(organizations.copies, organization);
    for (let from = 0; from < own.length; from += stepSize) {
      const part = own.length <= stepSize ? own : own.subarray(from, from + stepSize);
      examined += part.length;
      if (examined > stepSize) {
        examined = part.length;
        yield;
      }
      const before = found.length;
      tiers.collect(organization, part, found);
      if (artifact.length < found.length) artifact = withRoom(artifact, found.copy.length);
      fetchArtifacts(copies.artifact, found, before, artifact);
      for (let i = before; i < found.length; i++) marks.add(artifact[i] as number);
    }
    ends[place] = found.length;
  }
  yield;
  return groupByArtifact(artifact, found, ends, marks);
}

function withRoom(column: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(column);
  return longer;
}

/** A loop of its own, without a branch, for the reason that copy-tiers.ts gives. */
function fetchArtifacts(artifactOf: Int32Array, { copy, length }: TieredColumns, from: number, artifact: Int32Array): void {
  for (let i = from; i < length; i++) artifact[i] = artifactOf[copy[i] as number] as number;
}

/** @param artifactOf the artifact of each found copy */
function groupByArtifact(artifactOf: Int32Array, found: TieredColumns, ends: Uint32Array, marks: ArtifactMarks): HeldColumns {
  const artifact = marks.list();
  const { placeOf } = marks;
  const { length } = found;
  const offsets = new Uint32Array(artifact.length + 1);
  const places = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const place = placeOf[artifactOf[i] as number] as number;
    places[i] = place;
    offsets[place + 1] = (offsets[place + 1] as number) + 1;
  }
  for (let place = 0; place < artifact.length; place++) offsets[place + 1] = (offsets[place + 1] as number) + (offsets[place] as number);
  const held = { artifact, offsets, copy: new Int32Array(length), code: new Uint8Array(length), holder: new Int32Array(length) };
  const next = offsets.slice(0, artifact.length);
  let holder = 0;
  for (let i = 0; i < length; i++) {
    while (i >= (ends[holder] as number)) holder++;
    const at = next[places[i] as number] as number;
    next[places[i] as number] = at + 1;
    held.copy[at] = found.copy[i] as number;
    held.code[at] = found.code[i] as number;
    held.holder[at] = holder;
  }
  for (let place = 0; place < artifact.length; place++) sortByCopy(held, offsets[place] as number, offsets[place + 1] as number);
  return held;
}

/** Up to this many copies, insertion sort is several times faster than `sort`. Most artifacts have fewer. */
const few = 16;

/** Sorts the copies of one artifact. The two parts of an encrypted copy keep their order. */
function sortByCopy(held: HeldColumns, from: number, until: number): void {
  const { copy, code, holder } = held;
  let isSorted = true;
  for (let i = from + 1; i < until && isSorted; i++) isSorted = (copy[i - 1] as number) <= (copy[i] as number);
  if (isSorted) return;
  if (until - from > few) {
    const order = Uint32Array.from({ length: until - from }, (_, i) => from + i);
    order.sort((a, b) => (copy[a] as number) - (copy[b] as number) || a - b);
    for (const column of [copy, code, holder]) {
      const sorted = column.slice(from, until);
      order.forEach((at, i) => {
        sorted[i] = column[at] as number;
      });
      column.set(sorted, from);
    }
    return;
  }
  for (let i = from + 1; i < until; i++) {
    const one = copy[i] as number;
    const [codeOfOne, holderOfOne] = [code[i] as number, holder[i] as number];
    let at = i;
    for (; at > from && (copy[at - 1] as number) > one; at--) {
      copy[at] = copy[at - 1] as number;
      code[at] = code[at - 1] as number;
      holder[at] = holder[at - 1] as number;
    }
    copy[at] = one;
    code[at] = codeOfOne;
    holder[at] = holderOfOne;
  }
}
