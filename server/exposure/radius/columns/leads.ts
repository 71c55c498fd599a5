import { isRowEmpty } from '../../../projection/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { RevealClosures } from '../reveals/reveal-closure.ts';
import type { ArtifactMarks } from './artifact-marks.ts';
import type { HeldColumns } from './held-columns.ts';

/**
 * The pairs of a held artifact with an open copy and an artifact that it reveals. Those of the artifact at place h
 * (held-columns.ts) are `offsets[h] .. offsets[h + 1] - 1`; the revealed artifacts of one place ascend.
 */
export interface Leads {
  readonly offsets: Uint32Array;
  /** The revealed artifact: its position among the artifacts of the radius. */
  readonly row: Int32Array;
  /** The best product of degrees. */
  readonly product: Float64Array;
}

/** The number of leads that one step examines. */
const stepSize = 20_000;

/**
 * Finds the leads, and with them all artifacts of a radius.
 *
 * @param openCount the number of open copies of each held artifact
 * @returns the artifacts, ascending: the held and the revealed ones
 * Complexity: O(leads), plus the closures that no radius asked for before.
 */
export function* findLeads(
  { artifacts }: Projection,
  held: HeldColumns,
  openCount: Uint32Array,
  closures: RevealClosures,
  marks: ArtifactMarks,
): Steps<{ artifact: Int32Array; leads: Leads }> {
  const places = held.artifact.length;
  const offsets = new Uint32Array(places + 1);
  let target = new Int32Array(places + 64);
  let product = new Float64Array(places + 64);
  let count = 0;
  let examined = 0;
  for (let place = 0; place < places; place++) {
    const source = held.artifact[place] as number;
    marks.add(source);
    if ((openCount[place] as number) > 0 && !isRowEmpty(artifacts.reveals, source)) {
      closures.find(source);
      const start = closures.startOf[source] as number;
      const length = (closures.endOf[source] as number) - start;
      const end = count + length;
      if (end > target.length) {
        target = withRoom(target, new Int32Array(end * 2));
        product = withRoom(product, new Float64Array(end * 2));
      }
      for (let i = start; i < start + length; i++) {
        const artifact = closures.target[i] as number;
        marks.add(artifact);
        target[count] = artifact;
        product[count++] = closures.product[i] as number;
      }
      examined += 4 + length;
    }
    offsets[place + 1] = count;
    if (examined < stepSize) continue;
    examined = 0;
    yield;
  }
  const artifact = marks.list();
  const row = new Int32Array(count);
  for (let lead = 0; lead < count; lead++) row[lead] = marks.placeOf[target[lead] as number] as number;
  return { artifact, leads: { offsets, row, product: product.slice(0, count) } };
}

function withRoom<T extends Int32Array | Float64Array>(column: T, longer: T): T {
  longer.set(column);
  return longer;
}
