import type { TextColumn } from '../columns.ts';
import { CodeColumn, ListColumn, type NumberColumn, sharedInt32, sharedLike, sharedUint32, TextBuilder } from '../columns.ts';
import type { Csr } from '../csr.ts';

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
  /** Former index -> new index, or none (-1); undefined if no record was added or removed. */
  readonly moved: Int32Array | undefined;
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
  return { count: to, runs, placed, moved: isInPlace ? undefined : findMoves(formerCount, changed, runs, placed) };
}

function findMoves(formerCount: number, changed: readonly ChangedPlace[], runs: readonly Run[], placed: readonly number[]): Int32Array {
  const moved = new Int32Array(formerCount).fill(-1);
  for (const { from, until, to } of runs) for (let i = from; i < until; i++) moved[i] = i - from + to;
  let next = 0;
  for (const { at, was, is } of changed) {
    if (was && is) moved[at] = placed[next] as number;
    if (is) next++;
  }
  return moved;
}

/**
 * @param moved for a column of indexes: former index -> new index of the records that it names
 * Complexity: O(records), mostly to copy memory.
 */
export function spliceNumbers<T extends NumberColumn>(former: T, patch: T, splice: Splice, moved?: Int32Array): T {
  const { placed, runs } = splice;
  if (splice.moved === undefined && moved === undefined && placed.every((at, i) => Object.is(former[at], patch[i]))) return former;
  const column = sharedLike(former, splice.count);
  for (const { from, until, to } of runs) column.set(former.subarray(from, until), to);
  if (moved !== undefined) {
    for (const { from, until, to } of runs) {
      for (let i = to; i < to + until - from; i++) if ((column[i] as number) >= 0) column[i] = moved[column[i] as number] as number;
    }
  }
  for (let i = 0; i < placed.length; i++) column[placed[i] as number] = patch[i] as number;
  return column;
}

export function spliceTexts(former: TextColumn, patch: TextColumn, splice: Splice): TextColumn {
  const { count, placed } = splice;
  if (splice.moved === undefined && placed.every((at, i) => former.get(at) === patch.get(i))) return former;
  const builder = new TextBuilder(count);
  eachInOrder(
    splice,
    ({ from, until }) => former.appendTo(builder, from, until),
    (i) => patch.appendTo(builder, i, i + 1),
  );
  return builder.build();
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
  const renumbering = new Renumbering(former.distinct, patch.distinct);
  const codes = sharedInt32(splice.count);
  eachInOrder(
    splice,
    ({ from, until, to }) => renumbering.former(former.codes, from, until, codes, to),
    (i) => renumbering.patch(patch.codes, i, i + 1, codes, placed[i] as number),
  );
  return new CodeColumn(codes, renumbering.texts());
}

/** As `spliceCodes`, for lists of texts: rows of codes. */
export function spliceCodeRows(
  former: { readonly rows: Csr; readonly texts: TextColumn },
  patch: { readonly rows: Csr; readonly texts: TextColumn },
  splice: Splice,
): { rows: Csr; texts: TextColumn } {
  if (splice.moved === undefined && splice.placed.length === 0) return former;
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
    const shift = start - (rows.offsets[from] as number);
    for (let r = from; r < until; r++) offsets[++row] = (rows.offsets[r + 1] as number) + shift;
  };
  eachInOrder(
    splice,
    ({ from, until }) => append(former.rows, from, until, renumbering.former),
    (i) => append(patch.rows, i, i + 1, renumbering.patch),
  );
  return { rows: { offsets, values }, texts: renumbering.texts() };
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
        for (let i = from; i < until; i++) {
          const code = old[i] as number;
          if (code < 0) {
            into[at + i - from] = code;
            continue;
          }
          if ((codes[code] as number) < 0) {
            codes[code] = this.#count;
            const twin = twinOf.get(code);
            if (twin !== undefined) twinCodes[twin] = this.#count;
            this.#builder.push(texts.get(code));
            this.#count++;
          }
          into[at + i - from] = codes[code] as number;
        }
      };
    this.former = renumber(ofFormer, formerTexts, twinsOfFormer, ofPatch);
    this.patch = renumber(ofPatch, patchTexts, twins, ofFormer);
  }

  texts(): TextColumn {
    return this.#builder.build();
  }
}
