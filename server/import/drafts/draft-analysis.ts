import { setImmediate } from 'node:timers/promises';
import { assertionAt } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactChange } from '../../store/fact-write.ts';
import { effects } from '../../store/fact-write.ts';
import type { PlannedFact } from '../../store/planned-reader.ts';
import type { ImportOutcome } from '../import-outcome.ts';
import type { ReadImport } from '../read-import.ts';

/** The changes that a commit of the draft would make. */
export interface DraftAnalysis {
  readonly outcome: ImportOutcome;
  readonly read: ReadImport;
  /** Indexes of the assertions that change a fact, by file and line. */
  readonly changed: Uint32Array;
}

/** The event loop turns between pieces of the work, however many facts change. */
export async function buildAnalysis(read: ReadImport, outcome: ImportOutcome): Promise<DraftAnalysis> {
  const [unchanged, refused] = [effects.indexOf('UNCHANGED'), effects.indexOf('REFUSED')];
  const { effects: made } = outcome.written;
  const changed = new Uint32Array(made.length);
  let count = 0;
  for (let index = 0; index < made.length; index++) if (made[index] !== unchanged && made[index] !== refused) changed[count++] = index;
  const sorted = changed.slice(0, count);
  const ranks = new Map(['', ...read.files.map(({ name }) => name).sort()].map((name, rank) => [name, rank]));
  await sortInTurns(sorted, (index) => {
    const { file, line } = assertionAt(read.assertions, index);
    return (ranks.get(file ?? '') ?? 0) * 2 ** 32 + (line ?? 0);
  });
  return { outcome, read, changed: sorted };
}

/** Facts of which the effect on findings can be computed. */
const mostPlanned = 2_000_000;

/** Every fact that a commit would change, by file and line. O(changes). Throws LIMIT_EXCEEDED. */
export function plannedFacts({ changed, read, outcome: { written } }: DraftAnalysis): PlannedFact[] {
  if (changed.length > mostPlanned) {
    const message = `The import changes ${changed.length} facts; its effect is computed for at most ${mostPlanned}. Commit it, and ask for findings then.`;
    throw new ExposureError('LIMIT_EXCEEDED', message);
  }
  const created = effects.indexOf('CREATED');
  return Array.from(changed, (index) => ({
    assertion: assertionAt(read.assertions, index),
    isCreated: written.effects[index] === created,
    values: written.readValues(index),
  }));
}

/** A page of the changes of a commit, by file and line. O(changes) with a filter by kind, otherwise O(limit). */
export function changesOf(
  analysis: DraftAnalysis,
  kinds: readonly FactKind[] | undefined,
  offset: number,
  limit: number,
): { changes: FactChange[]; totalCount: number } {
  const { changed, read, outcome } = analysis;
  const asked = kinds === undefined ? changed : changed.filter((index) => kinds.includes(assertionAt(read.assertions, index).kind));
  const page = [...asked.subarray(offset, offset + limit)];
  return { changes: page.length === 0 ? [] : outcome.written.readChanges(page), totalCount: asked.length };
}

/** Small enough that a piece takes a few milliseconds. */
const pieceLength = 20_000;

/**
 * Sorts numbers in place by keys. The event loop turns between pieces of 20,000. Equal keys keep their order. Numbers that are in order
 * already, as those of an unmerged file are, cost one pass.
 *
 * @param keyOf called a few times for each number
 * Complexity: O(n log n); O(n) if they are in order.
 */
export async function sortInTurns(numbers: Uint32Array, keyOf: (number: number) => number): Promise<void> {
  const { length } = numbers;
  const keys = new Float64Array(length);
  let isSorted = true;
  for (let at = 0; at < length; at++) {
    keys[at] = keyOf(numbers[at] as number);
    if (at > 0 && (keys[at] as number) < (keys[at - 1] as number)) isSorted = false;
    if (at % pieceLength === pieceLength - 1) await setImmediate();
  }
  if (isSorted) return;
  // `places` is sorted; the numbers follow.
  let places = Uint32Array.from(numbers, (_, at) => at);
  const compare = (a: number, b: number) => (keys[a] as number) - (keys[b] as number) || a - b;
  for (let from = 0; from < length; from += pieceLength) {
    places.subarray(from, from + pieceLength).sort(compare);
    await setImmediate();
  }
  for (let width = pieceLength; width < length; width *= 2) places = await mergePieces(places, width, compare);
  const sorted = Uint32Array.from(places, (at) => numbers[at] as number);
  numbers.set(sorted);
}

/** One round of a merge sort: pieces of `width` become pieces of twice that. */
async function mergePieces(
  places: Uint32Array,
  width: number,
  compare: (a: number, b: number) => number,
): Promise<Uint32Array<ArrayBuffer>> {
  const merged = new Uint32Array(places.length);
  let at = 0;
  for (let from = 0; from < places.length; from += 2 * width) {
    const middle = Math.min(from + width, places.length);
    const end = Math.min(from + 2 * width, places.length);
    for (let [left, right] = [from, middle]; left < middle || right < end; ) {
      const takesLeft = right >= end || (left < middle && compare(places[left] as number, places[right] as number) <= 0);
      merged[at++] = takesLeft ? (places[left++] as number) : (places[right++] as number);
      if (at % pieceLength === 0) await setImmediate();
    }
  }
  return merged;
}
