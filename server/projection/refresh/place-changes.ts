import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints, firstIndex } from '../../domain/compare.ts';
import { splitPairKey } from '../../domain/facts.ts';
import type { NumberColumn } from '../columns/shared-memory.ts';
import { sharedLike, sharedText, sharedUint32 } from '../columns/shared-memory.ts';
import { CodeColumn, ListColumn, TextBuilder, TextColumn } from '../columns/text-column.ts';
import type { FactColumns } from '../projection.ts';
import { none } from '../projection.ts';

/** Facts of one kind that may have changed. */
export interface ChangedFacts {
  readonly keys: readonly string[];
  /** The facts with these keys that exist now. */
  readonly facts: readonly RecordedFact[];
}

/** The facts of a kind in order, with the parts of their keys. */
export interface FactOrder {
  readonly count: number;
  /** The parts of a key in the order of comparison. */
  partsOf(key: string): readonly string[];
  part(index: number, part: number): string;
}

export function byId(id: TextColumn): FactOrder {
  return { count: id.length, partsOf: (key) => [key], part: (index) => id.get(index) };
}

/** The order of reveals and controls: by their two ids, without percent-encoding. */
export function byPair(count: number, first: (index: number) => string, second: (index: number) => string): FactOrder {
  return { count, partsOf: splitPairKey, part: (index, part) => (part === 0 ? first(index) : second(index)) };
}

/** Changed facts in order, and their positions. */
export interface PlacedChanges {
  /** The changed facts that exist now, in order: the patch. */
  readonly facts: readonly RecordedFact[];
  readonly places: readonly ChangedPlace[];
  readonly splice: Splice;
}

/** Complexity: O(c log F) for c changed facts among F. O(F) if facts were added or removed. */
export function placeChanges(order: FactOrder, changed: ChangedFacts | undefined): PlacedChanges {
  const present = new Map(changed?.facts.map((fact) => [fact.key, fact]));
  const keys = [...new Set(changed?.keys)].map((key) => ({ key, parts: order.partsOf(key) }));
  keys.sort((a, b) => compareParts(a.parts, (part) => b.parts[part] as string));
  const facts: RecordedFact[] = [];
  const places = keys.map(({ key, parts }): ChangedPlace => {
    const fact = present.get(key);
    if (fact !== undefined) facts.push(fact);
    const at = firstIndex(order.count, (i) => compareParts(parts, (part) => order.part(i, part)) <= 0);
    return { at, was: at < order.count && compareParts(parts, (part) => order.part(at, part)) === 0, is: fact !== undefined };
  });
  return { facts, places, splice: planSplice(order.count, places) };
}

function compareParts(parts: readonly string[], other: (part: number) => string): number {
  for (const [i, part] of parts.entries()) {
    const compared = compareCodePoints(part, other(i));
    if (compared !== 0) return compared;
  }
  return 0;
}

/**
 * The difference between the records of two projections: runs of records that stay, and between them the positions of new or
 * changed records. These come from separate columns, the *patch*, in the same order.
 *
 * A column without a changed value is reused, so that projections share memory.
 */
interface Splice {
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
  return { count: to, runs, placed, moved: isInPlace ? undefined : buildMoves(formerCount, runs, changed, placed) };
}

/**
 * @param moved for a column of indexes: where the records that it names are now
 * Complexity: O(records), mostly to copy memory.
 */
function spliceNumbers<T extends NumberColumn>(former: T, patch: T, splice: Splice, moved?: Moves): T {
  const { placed, runs } = splice;
  if (splice.moved === undefined && moved === undefined && placed.every((at, i) => Object.is(former[at], patch[i]))) return former;
  const column = sharedLike(former, splice.count);
  for (const { from, until, to } of runs) {
    const stays = former.subarray(from, until);
    if (moved === undefined) column.set(stays, to);
    else copyMoved(stays, column, to, moved);
  }
  for (let i = 0; i < placed.length; i++) column[placed[i] as number] = patch[i] as number;
  return column;
}

/** Copies the ends of texts, all moved by `by`. */
function copyEnds(former: Uint32Array, into: Uint32Array, at: number, by: number): void {
  if (by === 0) into.set(former, at);
  else for (let i = 0; i < former.length; i++) into[at + i] = (former[i] as number) + by;
}

function spliceTexts(former: TextColumn, patch: TextColumn, splice: Splice): TextColumn {
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
    bytes.set(texts.subarray(start, ends[until]), end);
    copyEnds(ends.subarray(from + 1, until + 1), offsets, row + 1, end - start);
    row += until - from;
    end = offsets[row] as number;
  }
  return new TextColumn(bytes, offsets);
}

function spliceLists(former: ListColumn, patch: ListColumn, splice: Splice): ListColumn {
  if (splice.moved === undefined && splice.placed.length === 0) return former;
  const lists: string[][] = [];
  for (const [from, until, isPatch] of piecesOf(splice)) {
    for (let i = from; i < until; i++) lists.push((isPatch ? patch : former).get(i));
  }
  return ListColumn.from(lists);
}

/** Texts keep their numbers, and new ones come last. A text that is no longer used stays until all facts are read again. */
function spliceCodes(former: CodeColumn, patch: CodeColumn, splice: Splice): CodeColumn {
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
  const codes = spliceNumbers(former.codes, translated, splice);
  if (count === former.distinct.length) return codes === former.codes ? former : new CodeColumn(codes, former.distinct);
  for (let code = 0; code < former.distinct.length; code++) builder.push(former.distinct.get(code));
  for (const [code, now] of codeOf.entries()) if (now >= former.distinct.length) builder.push(patch.distinct.get(code));
  return new CodeColumn(codes, builder.build());
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

type Columns = Record<string, NumberColumn | TextColumn | CodeColumn | ListColumn>;

/**
 * Splices the columns of one kind of fact that are in `patch`. Leaves out the rows that a projection adds, such as each
 * organization's transfers. If no fact of the kind changed, its provenance is the same object as before.
 *
 * @param moved for columns of indexes: where the facts that they name are now; undefined: no index changed
 */
export function spliceKind<C extends FactColumns>(
  former: FactColumns,
  patch: C,
  splice: Splice,
  moved: { readonly [F in keyof C]?: Moves | undefined },
): C {
  const { kind, count: _, provenance, ...columns } = patch;
  const spliced = spliceColumns(former as unknown as Columns, columns as unknown as Columns, splice, moved as Moved);
  const isSame = splice.moved === undefined && splice.placed.length === 0;
  const splicedProvenance = isSame
    ? former.provenance
    : spliceColumns(former.provenance as unknown as Columns, provenance as unknown as Columns, splice, {});
  return { ...spliced, kind, count: splice.count, provenance: splicedProvenance } as unknown as C;
}

type Moved = Readonly<Record<string, Moves | undefined>>;

function spliceColumns(former: Columns, patch: Columns, splice: Splice, moved: Moved): Columns {
  const spliced: Columns = {};
  for (const [name, column] of Object.entries(patch)) {
    const was = former[name];
    if (column instanceof TextColumn) spliced[name] = spliceTexts(was as TextColumn, column, splice);
    else if (column instanceof CodeColumn) spliced[name] = spliceCodes(was as CodeColumn, column, splice);
    else if (column instanceof ListColumn) spliced[name] = spliceLists(was as ListColumn, column, splice);
    else spliced[name] = spliceNumbers(was as NumberColumn, column, splice, moved[name]);
  }
  return spliced;
}

/** Former records [from, until), whose new indexes begin at `to`. */
interface Run {
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

/** Former index -> index, or none for a record that is gone. Length: the number of former records. */
type Moves = Int32Array;

/**
 * @param runs the records that stay
 * @param changed the others, ascending
 * @param placed the new indexes of those among them that exist now, ascending
 * Complexity: O(records).
 */
function buildMoves(formerCount: number, runs: readonly Run[], changed: readonly ChangedPlace[], placed: readonly number[]): Moves {
  const moves = new Int32Array(formerCount).fill(none);
  for (const { from, until, to } of runs) for (let index = from; index < until; index++) moves[index] = index - from + to;
  let next = 0;
  for (const { at, was, is } of changed) {
    if (was && is) moves[at] = placed[next] as number;
    if (is) next++;
  }
  return moves;
}

/**
 * Copies former indexes to `into`, from `at` on, as the indexes that these records have now. Keeps `none`. None of them may name a
 * record that is gone: callers give every fact that named it as changed, also one that named it by the id of a merged organization.
 *
 * A function of the module: V8 would compile a closure anew in each renewal, and most of the loop would run before that.
 */
function copyMoved(former: NumberColumn, into: NumberColumn, at: number, moves: Moves): void {
  for (let i = 0; i < former.length; i++) {
    const index = former[i] as number;
    into[at + i] = index < 0 ? index : (moves[index] as number);
  }
}
