import {
  CodeColumn,
  ListColumn,
  type NumberColumn,
  sharedInt32,
  sharedLike,
  sharedText,
  sharedUint32,
  TextBuilder,
  TextColumn,
} from '../columns.ts';
import { type Csr, rowOf } from '../csr.ts';
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
  /** Undefined if no record was added or removed. */
  readonly moved: Moves | undefined;
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
  if (splice.moved === undefined && moved === undefined && placed.every((at, i) => Object.is(former[at], patch[i]))) return former;
  const column = sharedLike(former, splice.count);
  for (const { from, until, to } of runs) yield* copyInSteps(former.subarray(from, until), column, to, moved);
  for (let i = 0; i < placed.length; i++) column[placed[i] as number] = patch[i] as number;
  return column;
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

/** Numbers the texts again by first appearance, and so drops texts that are no longer used. */
export function* spliceCodes(former: CodeColumn, patch: CodeColumn, splice: Splice): Steps<CodeColumn> {
  const { placed } = splice;
  if (splice.moved === undefined && placed.every((at, i) => former.get(at) === patch.get(i))) return former;
  const codes = sharedInt32(splice.count);
  if (yield* keepCodes(former, patch, splice, codes)) return new CodeColumn(codes, former.distinct);
  const renumbering = new Renumbering(former.distinct, patch.distinct);
  let at = 0;
  for (const [from, until, isPatch] of piecesOf(splice)) {
    yield* renumbering.copy(isPatch, isPatch ? patch.codes : former.codes, from, until, codes, at);
    at += until - from;
  }
  return new CodeColumn(codes, renumbering.texts());
}

/**
 * Writes the codes under the former numbers. False if these are no longer the order in which the texts first appear: a text is new,
 * is no longer used, or appears earlier or later than before.
 */
function* keepCodes(former: CodeColumn, patch: CodeColumn, { placed, runs }: Splice, codes: Int32Array): Steps<boolean> {
  const codeOf = Int32Array.from({ length: patch.distinct.length }, (_, code) => former.distinct.indexOf(patch.distinct.get(code)));
  if (codeOf.includes(-1)) return false;
  for (const { from, until, to } of runs) yield* copyInSteps(former.codes.subarray(from, until), codes, to);
  for (let i = 0; i < placed.length; i++) {
    const code = patch.codes[i] as number;
    codes[placed[i] as number] = code < 0 ? code : (codeOf[code] as number);
  }
  let next = 0;
  for (let i = 0; i < codes.length && next < former.distinct.length; i++) {
    const code = codes[i] as number;
    if (code > next) return false;
    if (code === next) next++;
    if (i % valuesAStep === valuesAStep - 1) yield;
  }
  return next === former.distinct.length;
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
