import type { Steps } from '../../../projection/turns.ts';
import type { RevealClosures } from '../reveals/reveal-closure.ts';
import type { ArtifactMarks, HeldColumns } from './held-columns.ts';
import type { OwnFigures } from './own-figures.ts';
import { ownFigure, ownWidth } from './own-figures.ts';

/**
 * The pairs of a held artifact with an open copy and an artifact that it reveals. Those of the artifact at place h
 * (held-columns.ts) are `offsets[h] .. offsets[h + 1] - 1`; the revealed artifacts of one place ascend.
 */
export interface Leads {
  readonly offsets: Uint32Array;
  /** The held artifact: its place. */
  readonly place: Int32Array;
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
 * @returns the artifacts, ascending: the held and the revealed ones
 * Complexity: O(leads), plus the closures that no radius asked for before.
 */
export function* findLeads(
  held: HeldColumns,
  own: OwnFigures,
  closures: RevealClosures,
  marks: ArtifactMarks,
): Steps<{ artifact: Int32Array; leads: Leads }> {
  const offsets = yield* countLeads(held, own, closures);
  const count = offsets[held.artifact.length] as number;
  const leads = { offsets, place: new Int32Array(count), row: new Int32Array(count), product: new Float64Array(count) };
  yield* copyLeads(held, leads, closures);
  marks.addAll(held.artifact, held.artifact.length);
  marks.addAll(leads.row, count);
  const artifact = marks.list();
  const { row } = leads;
  const { placeOf } = marks;
  for (let lead = 0; lead < count; lead++) row[lead] = placeOf[row[lead] as number] as number;
  return { artifact, leads };
}

/** The offsets of the leads of each place. */
function* countLeads({ artifact }: HeldColumns, { figures }: OwnFigures, closures: RevealClosures): Steps<Uint32Array> {
  const places = artifact.length;
  const offsets = new Uint32Array(places + 1);
  let count = 0;
  let examined = 0;
  for (let place = 0; place < places; place++) {
    if ((figures[place * ownWidth + ownFigure.openCount] as number) > 0) {
      const source = artifact[place] as number;
      closures.find(source);
      const length = (closures.endOf[source] as number) - (closures.startOf[source] as number);
      count += length;
      examined += 4 + length;
    }
    offsets[place + 1] = count;
    if (examined < stepSize) continue;
    examined = 0;
    yield;
  }
  return offsets;
}

/** Fills in places and products, and as rows the revealed artifacts themselves. Other radii may have made the closures forget some since. */
function* copyLeads({ artifact }: HeldColumns, leads: Leads, closures: RevealClosures): Steps<void> {
  const { offsets, place, row, product } = leads;
  const places = artifact.length;
  let examined = 0;
  for (let from = 0; from < places; from++) {
    const start = offsets[from] as number;
    const end = offsets[from + 1] as number;
    if (start === end) continue;
    const source = artifact[from] as number;
    closures.find(source);
    const { target, product: productTo } = closures;
    const shift = (closures.startOf[source] as number) - start;
    for (let lead = start; lead < end; lead++) {
      place[lead] = from;
      row[lead] = target[lead + shift] as number;
      product[lead] = productTo[lead + shift] as number;
    }
    examined += end - start;
    if (examined < stepSize) continue;
    examined = 0;
    yield;
  }
}
