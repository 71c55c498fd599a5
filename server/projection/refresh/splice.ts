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

/** Former records [from, until), whose new indexes begin at `to`. */
export interface Run {
  readonly from: number;
  readonly until: number;
  readonly to: number;
}

/** A record that may have changed: its position among the former records, whether it existed, and whether it exists now. */
export interface ChangedPlace {
  readonly at: number;
  readonly was: boolean;
  readonly is: boolean;
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

/** Where the records are now. Most edits add one record, and then adding 1 is several times faster than looking up each index. */
export class Moves {
  /** Former indexes from `from` on are higher by `by` now, and the others are the same. Undefined: the table tells. */
  readonly shift: { readonly from: number; readonly by: number } | undefined;
  readonly #make: () => Int32Array;
  #table: Int32Array | undefined;

  /**
   * @param runs the records that stay
   * @param changed the others; those that are missing here count as gone
   */
  constructor(formerCount: number, runs: readonly Run[], changed: readonly ChangedPlace[] = [], placed: readonly number[] = []) {
    let next = 0;
    const inPlace: Run[] = [];
    for (const { at, was, is } of changed) {
      if (was && is) inPlace.push({ from: at, until: at + 1, to: placed[next] as number });
      if (is) next++;
    }
    const hasNoneRemoved = changed.every(({ is }) => is);
    this.shift = hasNoneRemoved ? findShift(formerCount, [...runs, ...inPlace]) : undefined;
    this.#make = () => {
      const table = new Int32Array(formerCount).fill(-1);
      for (const { from, until, to } of runs) for (let i = from; i < until; i++) table[i] = i - from + to;
      for (const { from, to } of inPlace) table[from] = to;
      return table;
    };
  }

  /** The new index of a former record, or none (-1). */
  of(index: number): number {
    if (this.shift === undefined) return this.table[index] as number;
    return index >= this.shift.from ? index + this.shift.by : index;
  }

  /** `of`, for all former records. */
  get table(): Int32Array {
    this.#table ??= this.#make();
    return this.#table;
  }
}

function findShift(formerCount: number, runs: readonly Run[]): Moves['shift'] {
  const moved = runs.filter(({ from, to }) => from !== to);
  const [first] = moved;
  if (first === undefined) return { from: formerCount, by: 0 };
  const by = first.to - first.from;
  const from = Math.min(...moved.map((run) => run.from));
  const isOne = moved.every((run) => run.to - run.from === by) && runs.every((run) => run.from >= from === moved.includes(run));
  return isOne ? { from, by } : undefined;
}

/**
 * @param moved for a column of indexes: where the records that it names are now
 * Complexity: O(records), mostly to copy memory.
 */
export function spliceNumbers<T extends NumberColumn>(former: T, patch: T, splice: Splice, moved?: Moves): T {
  const { placed, runs } = splice;
  if (splice.moved === undefined && moved === undefined && placed.every((at, i) => Object.is(former[at], patch[i]))) return former;
  const column = sharedLike(former, splice.count);
  for (const { from, until, to } of runs) copyMoved(former.subarray(from, until), column, to, moved);
  for (let i = 0; i < placed.length; i++) column[placed[i] as number] = patch[i] as number;
  return column;
}

/** Copies former indexes to `into`, from `at` on, as the indexes that these records have now. Keeps `none`. */
export function copyMoved(former: NumberColumn, into: NumberColumn, at: number, moves: Moves | undefined): void {
  if (moves === undefined || moves.shift?.by === 0) into.set(former, at);
  else if (moves.shift !== undefined) copyShifted(former, into, at, moves.shift.from, moves.shift.by);
  else copyByTable(former, into, at, moves.table);
}

/*
 * Loops over all records are functions of the module. V8 compiles a closure anew in each renewal, and most of the loop would run before
 * that.
 */

function copyByTable(former: NumberColumn, into: NumberColumn, at: number, table: Int32Array): void {
  for (let i = 0; i < former.length; i++) {
    const index = former[i] as number;
    into[at + i] = index < 0 ? index : (table[index] as number);
  }
}

/** Adds `by` to values from `first` on. Without a branch, which the processor would often predict wrong. */
function copyShifted(former: NumberColumn, into: NumberColumn, at: number, first: number, by: number): void {
  for (let i = 0; i < former.length; i++) {
    const value = former[i] as number;
    into[at + i] = value + (by & ((first - 1 - value) >> 31));
  }
}

/** Copies the ends of texts or rows, all moved by `by`. */
export function copyEnds(former: Uint32Array, into: Uint32Array, at: number, by: number): void {
  if (by === 0) into.set(former, at);
  else for (let i = 0; i < former.length; i++) into[at + i] = (former[i] as number) + by;
}

export function spliceTexts(former: TextColumn, patch: TextColumn, splice: Splice): TextColumn {
  const { count, placed } = splice;
  if (splice.moved === undefined && placed.every((at, i) => former.get(at) === patch.get(i))) return former;
  const [formerBytes, formerOffsets] = former.share();
  const [patchBytes, patchOffsets] = patch.share();
  const kept = splice.runs.reduce((sum, { from, until }) => sum + (formerOffsets[until] as number) - (formerOffsets[from] as number), 0);
  const bytes = sharedText(kept + (patchOffsets[placed.length] as number));
  const offsets = sharedUint32(count + 1);
  let row = 0;
  let end = 0;
  const append = (texts: Buffer, ends: Uint32Array, from: number, until: number) => {
    const start = ends[from] as number;
    bytes.set(texts.subarray(start, ends[until]), end);
    copyEnds(ends.subarray(from + 1, until + 1), offsets, row + 1, end - start);
    row += until - from;
    end = offsets[row] as number;
  };
  eachInOrder(
    splice,
    ({ from, until }) => append(formerBytes, formerOffsets, from, until),
    (i) => append(patchBytes, patchOffsets, i, i + 1),
  );
  return new TextColumn(bytes, offsets);
}

export function spliceLists(former: ListColumn, patch: ListColumn, splice: Splice): ListColumn {
  if (splice.moved === undefined && splice.placed.length === 0) return former;
  const lists: string[][] = [];
  eachInOrder(
    splice,
    ({ from, until }) => {
      for (let i = from; i < until; i++) lists.push(former.get(i));
    },
    (i) => lists.push(patch.get(i)),
  );
  return ListColumn.from(lists);
}

/** Numbers the texts again by first appearance, and so drops texts that are no longer used. */
export function spliceCodes(former: CodeColumn, patch: CodeColumn, splice: Splice): CodeColumn {
  const { placed } = splice;
  if (splice.moved === undefined && placed.every((at, i) => former.get(at) === patch.get(i))) return former;
  const codes = sharedInt32(splice.count);
  if (keepCodes(former, patch, splice, codes)) return new CodeColumn(codes, former.distinct);
  const renumbering = new Renumbering(former.distinct, patch.distinct);
  eachInOrder(
    splice,
    ({ from, until, to }) => renumbering.former(former.codes, from, until, codes, to),
    (i) => renumbering.patch(patch.codes, i, i + 1, codes, placed[i] as number),
  );
  return new CodeColumn(codes, renumbering.texts());
}

/**
 * Writes the codes under the former numbers. False if these are no longer the order in which the texts first appear: a text is new,
 * is no longer used, or appears earlier or later than before.
 */
function keepCodes(former: CodeColumn, patch: CodeColumn, { placed, runs }: Splice, codes: Int32Array): boolean {
  const codeOf = Int32Array.from({ length: patch.distinct.length }, (_, code) => former.distinct.indexOf(patch.distinct.get(code)));
  if (codeOf.includes(-1)) return false;
  for (const { from, until, to } of runs) codes.set(former.codes.subarray(from, until), to);
  for (let i = 0; i < placed.length; i++) {
    const code = patch.codes[i] as number;
    codes[placed[i] as number] = code < 0 ? code : (codeOf[code] as number);
  }
  let next = 0;
  for (let i = 0; i < codes.length && next < former.distinct.length; i++) {
    const code = codes[i] as number;
    if (code > next) return false;
    if (code === next) next++;
  }
  return next === former.distinct.length;
}

/** As `spliceCodes`, for lists of texts: rows of codes. */
export function spliceCodeRows(
  former: { readonly rows: Csr; readonly texts: TextColumn },
  patch: { readonly rows: Csr; readonly texts: TextColumn },
  splice: Splice,
): { rows: Csr; texts: TextColumn } {
  const isSame = (at: number, i: number) => {
    const [was, is] = [rowOf(former.rows, at), rowOf(patch.rows, i)];
    return was.length === is.length && was.every((code, k) => former.texts.get(code) === patch.texts.get(is[k] as number));
  };
  if (splice.moved === undefined && splice.placed.every(isSame)) return former;
  const renumbering = new Renumbering(former.texts, patch.texts);
  const offsets = sharedUint32(splice.count + 1);
  const length = (rows: Csr, from: number, until: number) => (rows.offsets[until] as number) - (rows.offsets[from] as number);
  let total = 0;
  eachInOrder(
    splice,
    ({ from, until }) => {
      total += length(former.rows, from, until);
    },
    (i) => {
      total += length(patch.rows, i, i + 1);
    },
  );
  const values = sharedInt32(total);
  let row = 0;
  const append = (rows: Csr, from: number, until: number, renumber: Renumber) => {
    const start = offsets[row] as number;
    renumber(rows.values, rows.offsets[from] as number, rows.offsets[until] as number, values, start);
    copyEnds(rows.offsets.subarray(from + 1, until + 1), offsets, row + 1, start - (rows.offsets[from] as number));
    row += until - from;
  };
  eachInOrder(
    splice,
    ({ from, until }) => append(former.rows, from, until, renumbering.former),
    (i) => append(patch.rows, i, i + 1, renumbering.patch),
  );
  const texts = renumbering.texts();
  return { rows: { offsets, values }, texts: texts.equals(former.texts) ? former.texts : texts };
}

function eachInOrder({ runs, placed }: Splice, keep: (run: Run) => void, place: (i: number) => void): void {
  let next = 0;
  for (const run of runs) {
    while (next < placed.length && (placed[next] as number) < run.to) place(next++);
    keep(run);
  }
  while (next < placed.length) place(next++);
}

/** Writes the new codes of codes [from, until) to `into`, starting at `at`. */
type Renumber = (codes: Int32Array, from: number, until: number, into: Int32Array, at: number) => void;

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

/** Merges two numberings of texts into one, by first appearance. */
class Renumbering {
  readonly former: Renumber;
  readonly patch: Renumber;
  readonly #builder = new TextBuilder();
  #count = 0;

  constructor(formerTexts: TextColumn, patchTexts: TextColumn) {
    const ofFormer = new Int32Array(formerTexts.length).fill(-1);
    const ofPatch = new Int32Array(patchTexts.length).fill(-1);
    /** Code in the patch -> code of the same text in the former column. */
    const twins = new Map<number, number>();
    const patchCodes = new Map(Array.from({ length: patchTexts.length }, (_, code) => [patchTexts.get(code), code]));
    for (let code = 0; patchCodes.size > 0 && code < formerTexts.length; code++) {
      const twin = patchCodes.get(formerTexts.get(code));
      if (twin !== undefined) twins.set(twin, code);
    }
    const twinsOfFormer = new Map([...twins].map(([patchCode, formerCode]) => [formerCode, patchCode]));
    const renumber =
      (codes: Int32Array, texts: TextColumn, twinOf: ReadonlyMap<number, number>, twinCodes: Int32Array): Renumber =>
      (old, from, until, into, at) => {
        for (let i = from; i < until; ) {
          const next = copyNumbered(old, i, until, into, at + i - from, codes);
          if (next < until) {
            const code = old[next] as number;
            codes[code] = this.#count;
            const twin = twinOf.get(code);
            if (twin !== undefined) twinCodes[twin] = this.#count;
            this.#builder.push(texts.get(code));
            this.#count++;
          }
          i = next;
        }
      };
    this.former = renumber(ofFormer, formerTexts, twinsOfFormer, ofPatch);
    this.patch = renumber(ofPatch, patchTexts, twins, ofFormer);
  }

  texts(): TextColumn {
    return this.#builder.build();
  }
}
