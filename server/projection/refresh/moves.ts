import type { NumberColumn } from '../columns/shared-memory.ts';
import { none } from '../projection.ts';
import { runAtOnce, type Steps } from '../turns.ts';

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

/** Former indexes from `from` on are higher by `by`, in addition to the shifts before it. */
interface Shift {
  readonly from: number;
  readonly by: number;
}

/** Adding up to this many shifts to each index is faster than looking it up in a table that no cache holds. */
const mostShifts = 4;
/** The number of values written between two yields. */
export const valuesAStep = 1_000_000;

/** The new indexes of records. Most edits add or remove few records, and then each index is higher by a sum of shifts. */
export class Moves {
  /** Ascending. Undefined: the table tells. */
  readonly shifts: readonly Shift[] | undefined;
  readonly #formerCount: number;
  /** The former records that stay or change, ascending. */
  readonly #runs: readonly Run[];
  readonly #gone: ReadonlySet<number>;
  #table: Int32Array | undefined;

  /**
   * @param runs the records that stay
   * @param changed the others; a number that is missing here counts as gone and must not be requested
   */
  constructor(formerCount: number, runs: readonly Run[], changed: readonly ChangedPlace[] = [], placed: readonly number[] = []) {
    let next = 0;
    const inPlace: Run[] = [];
    const gone = new Set<number>();
    for (const { at, was, is } of changed) {
      if (was && is) inPlace.push({ from: at, until: at + 1, to: placed[next] as number });
      if (was && !is) gone.add(at);
      if (is) next++;
    }
    this.#formerCount = formerCount;
    this.#runs = inPlace.length === 0 ? runs : [...runs, ...inPlace].sort((a, b) => a.from - b.from);
    this.#gone = gone;
    this.shifts = findShifts(this.#runs);
  }

  /** The new index of a former record, or none (-1). */
  of(index: number): number {
    if (this.shifts === undefined) return this.table[index] as number;
    if (this.#gone.has(index)) return none;
    let now = index;
    for (const { from, by } of this.shifts) if (index >= from) now += by;
    return now;
  }

  /** `of`, for all former records. */
  get table(): Int32Array {
    this.#table ??= runAtOnce(this.#makeTable());
    return this.#table;
  }

  /** Makes the table in steps, if indexes are looked up in it. */
  *prepare(): Steps<void> {
    if (this.shifts === undefined) this.#table ??= yield* this.#makeTable();
  }

  *#makeTable(): Steps<Int32Array> {
    const table = new Int32Array(this.#formerCount).fill(none);
    let written = 0;
    for (const { from, until, to } of this.#runs) {
      for (let start = from; start < until; start += valuesAStep) {
        const end = Math.min(until, start + valuesAStep);
        fillAscending(table, start, end, to - from);
        written += end - start;
        if (written < valuesAStep) continue;
        written = 0;
        yield;
      }
    }
    return table;
  }
}

/** @param runs ascending */
function findShifts(runs: readonly Run[]): Moves['shifts'] {
  const shifts: Shift[] = [];
  let shifted = 0;
  for (const { from, to } of runs) {
    if (to - from === shifted) continue;
    if (shifts.length === mostShifts) return undefined;
    shifts.push({ from, by: to - from - shifted });
    shifted = to - from;
  }
  return shifts;
}

/**
 * Copies former indexes to `into`, from `at` on, as the indexes that these records have now. Keeps `none`. None of them may name a
 * record that is gone: callers give every fact that named it as changed, also one that named it by the id of a merged organization.
 */
export function copyMoved(former: NumberColumn, into: NumberColumn, at: number, moves: Moves | undefined): void {
  const shifts = moves?.shifts;
  if (moves === undefined || shifts?.length === 0) into.set(former, at);
  else if (shifts === undefined) copyByTable(former, into, at, moves.table);
  else {
    const [first, ...others] = shifts as [Shift, ...Shift[]];
    const target = into.subarray(at, at + former.length);
    copyShifted(former, target, first.from, first.by);
    for (const { from, by } of others) addShift(former, target, from, by);
  }
}

/** `copyMoved` in steps. */
export function* copyInSteps(former: NumberColumn, into: NumberColumn, at: number, moves?: Moves): Steps<void> {
  for (let start = 0; start < former.length; start += valuesAStep) {
    if (start > 0) yield;
    copyMoved(former.subarray(start, start + valuesAStep), into, at + start, moves);
  }
}

/*
 * Loops over all records are functions of the module. V8 compiles a closure anew in each renewal, and most of the loop would run before
 * that.
 */

function fillAscending(table: Int32Array, start: number, end: number, by: number): void {
  for (let i = start; i < end; i++) table[i] = i + by;
}

function copyByTable(former: NumberColumn, into: NumberColumn, at: number, table: Int32Array): void {
  for (let i = 0; i < former.length; i++) {
    const index = former[i] as number;
    into[at + i] = index < 0 ? index : (table[index] as number);
  }
}

/**
 * Adds `by` to values from `first` on. Without a branch, which the processor would often predict wrong, and four values at a time, which
 * takes 1.1 ns a value in place of 1.8.
 */
function copyShifted(former: NumberColumn, into: NumberColumn, first: number, by: number): void {
  const below = (first - 1) | 0;
  const { length } = former;
  const whole = length - (length & 3);
  for (let i = 0; i < whole; i += 4) {
    const a = former[i] as number;
    const b = former[i + 1] as number;
    const c = former[i + 2] as number;
    const d = former[i + 3] as number;
    into[i] = (a + (by & ((below - a) >> 31))) | 0;
    into[i + 1] = (b + (by & ((below - b) >> 31))) | 0;
    into[i + 2] = (c + (by & ((below - c) >> 31))) | 0;
    into[i + 3] = (d + (by & ((below - d) >> 31))) | 0;
  }
  for (let i = whole; i < length; i++) {
    const value = former[i] as number;
    into[i] = (value + (by & ((below - value) >> 31))) | 0;
  }
}

/** As `copyShifted`, for a further shift: `into` has what the shifts before it made. */
function addShift(former: NumberColumn, into: NumberColumn, first: number, by: number): void {
  const below = (first - 1) | 0;
  const { length } = former;
  const whole = length - (length & 3);
  for (let i = 0; i < whole; i += 4) {
    const a = (into[i] as number) + (by & ((below - (former[i] as number)) >> 31));
    const b = (into[i + 1] as number) + (by & ((below - (former[i + 1] as number)) >> 31));
    const c = (into[i + 2] as number) + (by & ((below - (former[i + 2] as number)) >> 31));
    const d = (into[i + 3] as number) + (by & ((below - (former[i + 3] as number)) >> 31));
    into[i] = a | 0;
    into[i + 1] = b | 0;
    into[i + 2] = c | 0;
    into[i + 3] = d | 0;
  }
  for (let i = whole; i < length; i++) {
    into[i] = ((into[i] as number) + (by & ((below - (former[i] as number)) >> 31))) | 0;
  }
}
