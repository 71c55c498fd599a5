import { CodeColumn } from '../columns/code-column.ts';
import { ListColumn } from '../columns/list-column.ts';
import { type NumberColumn, sharedInt32, sharedLike, sharedText, sharedUint32 } from '../columns/shared-memory.ts';
import { TextBuilder, TextColumn } from '../columns/text-column.ts';
import { type Csr, rowOf } from '../csr.ts';
import { slotStates } from '../slots.ts';
import type { Steps } from '../turns.ts';
import { type ChangedPlace, copyInSteps, Moves, type Run, valuesAStep } from './moves.ts';

/**
 * The difference between the records of two projections: runs of records that stay, and between them the positions of new or
 * changed records. These come from separate columns, the *patch*, in the same order.
 *
 * A column without a changed value is reused, so that projections share memory.
 */
export interface Splice {
  /** The new number of records. */
  readonly count: number;
  readonly runs: readonly Run[];
  /** The new index of each record of the patch; ascending. */
  readonly placed: readonly number[];
  /** Undefined if no record was added or removed, or all of it happened in place. */
  readonly moved: Moves | undefined;
  /** Records that came and went without moving others. */
  readonly inPlace?: InPlace;
  /** Whether new records have vacant slots around them. */
  readonly hasRoom?: boolean;
}

/** Records that came into vacant slots, and slots that are no longer live. Runs hold the latter, too, with their last values. */
export interface InPlace {
  /** Uint8Array, by position in `placed`: 1 if nobody has ever read the slot. Its values are written into the former columns. */
  readonly isFresh: Uint8Array;
  readonly gone: readonly number[];
  /** The live slots before. */
  readonly wasLive: Uint8Array;
}

/** @param changed in the order of the records */
export function planSplice(formerCount: number, changed: readonly ChangedPlace[]): Splice {
  const runs: Run[] = [];
  const placed: number[] = [];
  let from = 0;
  let to = 0;
  const keepUntil = (until: number) => {
    if (until > from) runs.push({ from, until, to });
    to += until - from;
    from = until;
  };
  for (const { at, was, is } of changed) {
    keepUntil(at);
    if (was) from++;
    if (is) placed.push(to++);
  }
  keepUntil(formerCount);
  const isInPlace = changed.every(({ was, is }) => was === is);
  return { count: to, runs, placed, moved: isInPlace ? undefined : new Moves(formerCount, runs, changed, placed) };
}

/**
 * @param moved for a column of indexes: where the records that it names are now
 * Complexity: O(records), mostly to copy memory.
 */
export function* spliceNumbers<T extends NumberColumn>(former: T, patch: T, splice: Splice, moved?: Moves): Steps<T> {
  const { placed, runs } = splice;
  if (splice.moved === undefined && moved === undefined && placed.every((at, i) => isFresh(splice, i) || Object.is(former[at], patch[i]))) {
    for (let i = 0; i < placed.length; i++) if (isFresh(splice, i)) former[placed[i] as number] = patch[i] as number;
    return former;
  }
  const column = sharedLike(former, splice.count);
  for (const { from, until, to } of runs) yield* copyInSteps(former.subarray(from, until), column, to, moved);
  for (let i = 0; i < placed.length; i++) column[placed[i] as number] = patch[i] as number;
  return column;
}

function isFresh({ inPlace }: Splice, i: number): boolean {
  return inPlace?.isFresh[i] === 1;
}

/** Whether records came or went in place. */
export function hasComeOrGone(splice: Splice | undefined): boolean {
  const inPlace = splice?.inPlace;
  return (
    inPlace !== undefined && (inPlace.gone.length > 0 || splice?.placed.some((slot) => inPlace.wasLive[slot] !== slotStates.live) === true)
  );
}

/** The live slots of a column whose records came and went in place. */
export function spliceLive(former: Uint8Array, splice: Splice): Uint8Array {
  const { placed, inPlace } = splice;
  if (!hasComeOrGone(splice)) return former;
  const gone = inPlace?.gone ?? [];
  const isLive = sharedLike(former, former.length);
  isLive.set(former);
  for (const slot of gone) isLive[slot] = slotStates.left;
  for (const slot of placed) isLive[slot] = slotStates.live;
  return isLive;
}

/** Copies the ends of texts or rows, all moved by `by`. */
export function* copyEnds(former: Uint32Array, into: Uint32Array, at: number, by: number): Steps<void> {
  for (let start = 0; start < former.length; start += valuesAStep) {
    if (start > 0) yield;
    addTo(former.subarray(start, start + valuesAStep), into, at + start, by);
  }
}

/** A function of the module, as those in moves.ts. */
function addTo(former: Uint32Array, into: Uint32Array, at: number, by: number): void {
  if (by === 0) into.set(former, at);
  else for (let i = 0; i < former.length; i++) into[at + i] = (former[i] as number) + by;
}

export function* spliceTexts(former: TextColumn, patch: TextColumn, splice: Splice): Steps<TextColumn> {
  const { count, placed } = splice;
  if (splice.inPlace !== undefined) {
    for (const [i, slot] of placed.entries()) if (isFresh(splice, i)) former.writeAt(slot, patch.get(i));
    return former;
  }
  if (splice.moved === undefined && placed.every((at, i) => former.get(at) === patch.get(i))) return former;
  const [formerBytes, formerOffsets] = former.share();
  const [patchBytes, patchOffsets] = patch.share();
  const kept = splice.runs.reduce((sum, { from, until }) => sum + (formerOffsets[until] as number) - (formerOffsets[from] as number), 0);
  const bytes = sharedText(kept + (patchOffsets[placed.length] as number));
  const offsets = sharedUint32(count + 1);
  let row = 0;
  let end = 0;
  for (const [from, until, isPatch] of piecesOf(splice)) {
    const [texts, ends] = isPatch ? [patchBytes, patchOffsets] : [formerBytes, formerOffsets];
    const start = ends[from] as number;
    yield* copyInSteps(texts.subarray(start, ends[until]), bytes, end);
    yield* copyEnds(ends.subarray(from + 1, until + 1), offsets, row + 1, end - start);
    row += until - from;
    end = offsets[row] as number;
  }
  return new TextColumn(bytes, offsets);
}

export function spliceLists(former: ListColumn, patch: ListColumn, splice: Splice): ListColumn {
  if (splice.moved === undefined && splice.placed.length === 0) return former;
  const lists: string[][] = [];
  for (const [from, until, isPatch] of piecesOf(splice)) {
    for (let i = from; i < until; i++) lists.push((isPatch ? patch : former).get(i));
  }
  return ListColumn.from(lists);
}

/** Texts keep their numbers, and new ones come last. A text that is no longer used stays until all facts are read again. */
export function* spliceCodes(former: CodeColumn, patch: CodeColumn, splice: Splice): Steps<CodeColumn> {
  const builder = new TextBuilder(former.distinct.length + patch.distinct.length);
  let count = former.distinct.length;
  const codeOf = Int32Array.from({ length: patch.distinct.length }, (_, code) => {
    const known = former.distinct.indexOf(patch.distinct.get(code));
    return known < 0 ? count++ : known;
  });
  const translated = sharedLike(patch.codes, patch.codes.length);
  for (let i = 0; i < translated.length; i++) {
    const code = patch.codes[i] as number;
    translated[i] = code < 0 ? code : (codeOf[code] as number);
  }
  const codes = yield* spliceNumbers(former.codes, translated, splice);
  if (count === former.distinct.length) return codes === former.codes ? former : new CodeColumn(codes, former.distinct);
  for (let code = 0; code < former.distinct.length; code++) builder.push(former.distinct.get(code));
  for (const [code, now] of codeOf.entries()) if (now >= former.distinct.length) builder.push(patch.distinct.get(code));
  return new CodeColumn(codes, builder.build());
}

/** As `spliceCodes`, for lists of texts: rows of codes. */
export function* spliceCodeRows(
  former: { readonly rows: Csr; readonly texts: TextColumn },
  patch: { readonly rows: Csr; readonly texts: TextColumn },
  splice: Splice,
): Steps<{ rows: Csr; texts: TextColumn }> {
  const isSame = (at: number, i: number) => {
    const [was, is] = [rowOf(former.rows, at), rowOf(patch.rows, i)];
    return was.length === is.length && was.every((code, k) => former.texts.get(code) === patch.texts.get(is[k] as number));
  };
  if (splice.moved === undefined && splice.placed.every(isSame)) return former;
  const renumbering = new Renumbering(former.texts, patch.texts);
  const offsets = sharedUint32(splice.count + 1);
  let total = 0;
  for (const [from, until, isPatch] of piecesOf(splice)) {
    const { rows } = isPatch ? patch : former;
    total += (rows.offsets[until] as number) - (rows.offsets[from] as number);
  }
  const values = sharedInt32(total);
  let row = 0;
  for (const [from, until, isPatch] of piecesOf(splice)) {
    const { rows } = isPatch ? patch : former;
    const start = offsets[row] as number;
    const [first, end] = [rows.offsets[from] as number, rows.offsets[until] as number];
    yield* renumbering.copy(isPatch, rows.values, first, end, values, start);
    yield* copyEnds(rows.offsets.subarray(from + 1, until + 1), offsets, row + 1, start - first);
    row += until - from;
  }
  const texts = renumbering.texts();
  return { rows: { offsets, values }, texts: texts.equals(former.texts) ? former.texts : texts };
}

/** The records that stay and those of the patch, as ranges of their indexes there, in the order of their new indexes. */
function* piecesOf({ runs, placed }: Splice): Generator<readonly [from: number, until: number, isPatch: boolean]> {
  let next = 0;
  for (const { from, until, to } of runs) {
    for (; next < placed.length && (placed[next] as number) < to; next++) yield [next, next + 1, true];
    yield [from, until, false];
  }
  for (; next < placed.length; next++) yield [next, next + 1, true];
}

/** Copies codes by their new numbers, up to the first code without one. Returns its place, or `until`. */
function copyNumbered(old: Int32Array, from: number, until: number, into: Int32Array, at: number, numbers: Int32Array): number {
  for (let i = from, to = at; i < until; i++, to++) {
    const code = old[i] as number;
    const number = code < 0 ? code : (numbers[code] as number);
    if (number < 0 && code >= 0) return i;
    into[to] = number;
  }
  return until;
}

/** One of the two numberings that are merged. */
interface Numbering {
  readonly texts: TextColumn;
  /** Code -> new code, or -1 before its text first appears. */
  readonly codes: Int32Array;
  /** Code -> code of the same text in the other numbering. */
  readonly twinOf: ReadonlyMap<number, number>;
}

/** Merges two numberings of texts into one, by first appearance. */
class Renumbering {
  readonly #former: Numbering;
  readonly #patch: Numbering;
  readonly #builder = new TextBuilder();
  #count = 0;

  constructor(formerTexts: TextColumn, patchTexts: TextColumn) {
    const twins = new Map<number, number>();
    const patchCodes = new Map(Array.from({ length: patchTexts.length }, (_, code) => [patchTexts.get(code), code]));
    for (let code = 0; patchCodes.size > 0 && code < formerTexts.length; code++) {
      const twin = patchCodes.get(formerTexts.get(code));
      if (twin !== undefined) twins.set(twin, code);
    }
    const twinsOfFormer = new Map([...twins].map(([patchCode, formerCode]) => [formerCode, patchCode]));
    const unnumbered = ({ length }: TextColumn) => new Int32Array(length).fill(-1);
    this.#former = { texts: formerTexts, codes: unnumbered(formerTexts), twinOf: twinsOfFormer };
    this.#patch = { texts: patchTexts, codes: unnumbered(patchTexts), twinOf: twins };
  }

  /** Writes the new codes of codes [from, until) to `into`, starting at `at`. */
  *copy(isPatch: boolean, old: Int32Array, from: number, until: number, into: Int32Array, at: number): Steps<void> {
    const [own, other] = isPatch ? [this.#patch, this.#former] : [this.#former, this.#patch];
    for (let i = from; i < until; ) {
      const end = Math.min(until, i + valuesAStep);
      const next = copyNumbered(old, i, end, into, at + i - from, own.codes);
      if (next < end) {
        const code = old[next] as number;
        own.codes[code] = this.#count;
        const twin = own.twinOf.get(code);
        if (twin !== undefined) other.codes[twin] = this.#count;
        this.#builder.push(own.texts.get(code));
        this.#count++;
      } else if (end < until) yield;
      i = next;
    }
  }

  texts(): TextColumn {
    return this.#builder.build();
  }
}
