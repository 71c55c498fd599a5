import type { Assertion } from '../../domain/assertions.ts';
import { firstIndex } from '../../domain/compare.ts';
import { namedKinds } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { claimsDeletion, factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { KindRows } from '../../domain/packed/kind-rows.ts';
import type { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { PackedRows } from '../../domain/packed/packed-assertions.ts';
import { TextTable } from '../../domain/packed/packed-block.ts';
import { areRowsEqual, describeDifferingRows } from '../../rules/same-id.ts';
import type { TableSink } from '../csv/read-table.ts';
import type { RowLimits } from '../read-options.ts';
import { RowBudget } from '../read-options.ts';
import type { IncidentRow } from './incident-rows.ts';
import { keepEqualRows } from './place-records.ts';
import type { Rejection } from './rejection.ts';

/** A point between two files, for `forgetFrom`. */
interface RowsMark {
  readonly rows: number;
  readonly incidents: number;
  /** Rows that repeated another one word for word. */
  readonly repeated: number;
}

/** All rows of an import, after its last file. */
export interface FinishedRows {
  readonly assertions: PackedAssertions;
  readonly rejectedKeys: ReadonlyMap<FactKind, ReadonlySet<string>>;
  readonly incidents: readonly IncidentRow[];
  readonly rejections: readonly Rejection[];
  /** Rows that repeat another row word for word. */
  readonly repeatedCount: number;
  readonly oddities: TransferOddities;
}

/**
 * Takes the rows of all files of an import while they are read. `onRow` and `onRejection` throw FileFault LIST_TOO_LARGE if the rows need more memory than `limits`.
 */
export class CollectedRows implements TableSink {
  readonly packed: PackedRows;
  readonly #budget: RowBudget;
  readonly #repeated: RepeatedIds;
  readonly #oddities = new TransferOddities();
  readonly #rejections: Rejection[] = [];
  readonly #incidents: IncidentRow[] = [];

  constructor(limits: RowLimits | undefined) {
    this.#budget = new RowBudget(limits);
    this.packed = new PackedRows(new TextTable((length) => this.#budget.takeText(length)));
    this.#repeated = new RepeatedIds(this.packed, this.#budget);
  }

  onRow(kind: FactKind, line: number, bytes: number): void {
    if (kind === 'TRANSFER') this.#oddities.see(this.packed.rowsOf(kind));
    this.#repeated.add(kind);
    this.#budget.takeRow(line, namedKinds.has(kind), bytes);
  }

  onIncident(row: IncidentRow): void {
    this.#budget.takeText(JSON.stringify(row).length);
    this.#incidents.push(row);
  }

  onRejection(rejection: Rejection): void {
    this.#budget.takeFault();
    this.reject(rejection);
  }

  onRejectedKey(kind: FactKind, key: string, file: string, line: number): void {
    this.#repeated.reject(kind, key, file, line);
  }

  /** Takes a fact that the caller makes of several rows. */
  add(assertion: Assertion, bytes: number): void {
    this.packed.pack(assertion);
    this.onRow(assertion.kind, assertion.line ?? 1, bytes);
  }

  /** Takes memory for rows that wait for the others of their fact. */
  hold(bytes: number): void {
    this.#budget.takeText(bytes);
  }

  /** Notes faults of whole files. */
  reject(...rejections: readonly Rejection[]): void {
    this.#rejections.push(...rejections);
  }

  get mark(): RowsMark {
    return { rows: this.#repeated.mark, incidents: this.#incidents.length, repeated: this.#repeated.repeatedCount };
  }

  /** Drops the rows of a file that turned out to be unreadable. The keys of its facts count as rejected. */
  forgetFrom({ rows, incidents, repeated }: RowsMark): void {
    this.#repeated.forgetFrom(rows);
    this.#repeated.repeatedCount = repeated;
    this.#incidents.length = incidents;
  }

  /** Call it once, after all rows. */
  finish(): FinishedRows {
    const facts = this.#repeated.finish();
    const incidents = keepEqualRows(this.#incidents);
    return {
      assertions: facts.assertions,
      rejectedKeys: facts.rejectedKeys,
      incidents: incidents.rows,
      rejections: [...this.#rejections, ...facts.rejections, ...incidents.rejections],
      repeatedCount: this.#repeated.repeatedCount + incidents.repeatedCount,
      oddities: this.#oddities,
    };
  }
}

/** With more differing rows of one id, the id column is probably wrong: one rejection covers them all. */
const maxNamed = 5;

/**
 * Handles ids that repeat within one import, as EQUAL_OR_REJECTED of rules/same-id.ts says. A rejected row also rejects the other rows
 * with its id.
 *
 * Up to five differing rows get a rejection each, which names the other rows. More than five get one rejection per file, which
 * covers all of the file's rows (`Rejection.lines`).
 *
 * Complexity: O(rows), even if every row has the same id. Keys in ascending order, as an export writes them, need no table of
 * keys.
 */
export class RepeatedIds {
  /** Rows that repeated another row word for word. */
  repeatedCount = 0;
  readonly #packed: PackedRows;
  readonly #budget: RowBudget;
  readonly #kinds = new Map<FactKind, KeysOfKind>();
  readonly #differing = new Map<FactKind, Map<string, Place[]>>();
  readonly #rejected = new Map<FactKind, Map<string, Place>>();

  constructor(packed: PackedRows, budget: RowBudget) {
    this.#packed = packed;
    this.#budget = budget;
  }

  /** Takes the row that was packed last. Throws FileFault LIST_TOO_LARGE. */
  add(kind: FactKind): void {
    const rows = this.#packed.rowsOf(kind);
    const row = rows.count - 1;
    const keys = getOrInsert(this.#kinds, kind, (): KeysOfKind => ({ index: undefined, places: [] }));
    if (keys.index === undefined) {
      if (row === 0 || rows.compareKeys(row - 1, row) < 0) {
        this.#place(kind, row, keys);
        return;
      }
      keys.index = new KeyIndex(rows);
      for (let earlier = 0; earlier < row; earlier++) keys.index.add(earlier);
    }
    const earlier = keys.index.add(row);
    if (earlier === undefined) {
      this.#place(kind, row, keys);
      return;
    }
    const place = placeOf(keys.places, earlier);
    const differing = this.#differing.get(kind)?.get(rows.key(row));
    const isDropped = this.#packed.isDropped(place);
    if (differing === undefined && isDropped) {
      // `forgetFrom` removed the earlier row, so its key is rejected. This row is rejected too, with its own reason.
      keys.index.replace(row);
      this.#place(kind, row, keys);
      return;
    }
    const assertion = rows.assertion(row);
    rows.dropLast();
    if (differing !== undefined) differing.push(this.#takePlace(assertion));
    else {
      const other = rows.assertion(earlier);
      if (areRowsEqual(other, assertion)) this.repeatedCount++;
      else {
        getOrInsert(this.#differing, kind, () => new Map()).set(assertion.key, [this.#takePlace(other), this.#takePlace(assertion)]);
        this.#packed.drop(place);
      }
    }
  }

  /** Whether each row's key is after that of the row of its kind before, so that no row repeats another. */
  ascends(kind: FactKind): boolean {
    return this.#kinds.get(kind)?.index === undefined;
  }

  reject(kind: FactKind, key: string, file: string, line: number): void {
    const places = getOrInsert(this.#rejected, kind, () => new Map<string, Place>());
    if (!places.has(key)) places.set(key, { file, line });
  }

  /** The current number of rows, for `forgetFrom`. */
  get mark(): number {
    return this.#packed.length;
  }

  /** Drops the rows of a file that turned out to be unreadable: their keys count as rejected. */
  forgetFrom(mark: number): void {
    let unnamed = 0;
    for (const { place, kind, row } of this.#packed.rows(new Set(factKinds), mark)) {
      // Nothing names these facts; only another row with the same id would notice.
      if (namedKinds.has(kind) || unnamed++ < mostForgotten) {
        const { key, file, line } = this.#packed.rowsOf(kind).assertion(row);
        this.reject(kind, key, file as string, line as number);
      }
      this.#packed.drop(place);
    }
  }

  /** Returns the accepted assertions in their order, and a rejection for each other one. Call it once, after all rows. */
  finish(): { assertions: PackedAssertions; rejections: Rejection[]; rejectedKeys: Map<FactKind, Set<string>> } {
    const rejections: Rejection[] = [];
    const rejectedKeys = new Map<FactKind, Set<string>>();
    for (const { place, kind, row } of this.#packed.rows(new Set(this.#rejected.keys()))) {
      const rows = this.#packed.rowsOf(kind);
      const rejected = this.#rejected.get(kind)?.get(rows.key(row));
      if (rejected === undefined) continue;
      const { key, file, line } = rows.assertion(row);
      rejections.push(rejectOne(kind, key, toPlace({ file, line }), `${rejected.file}:${rejected.line}, which was rejected`));
      this.#packed.drop(place);
    }
    for (const [kind, places] of this.#rejected) rejectedKeys.set(kind, new Set(places.keys()));
    for (const [kind, byKey] of this.#differing) {
      const keys = getOrInsert(rejectedKeys, kind, () => new Set<string>());
      for (const [key, places] of byKey) {
        keys.add(key);
        for (const rejection of places.length > maxNamed ? rejectTogether(kind, key, places) : rejectEach(kind, key, places))
          rejections.push(rejection);
      }
    }
    return { assertions: this.#packed.finish((kind) => this.ascends(kind)), rejections, rejectedKeys };
  }

  #place(kind: FactKind, row: number, { places }: KeysOfKind): void {
    const place = this.#packed.add(kind);
    const last = places[places.length - 1];
    if (last === undefined || last.place - last.row !== place - row) places.push({ row, place });
  }

  #takePlace(assertion: Assertion): Place {
    this.#budget.takeFault();
    return toPlace(assertion);
  }
}

/** Forgotten rows of kinds that no other names, of which the keys are kept. */
const mostForgotten = 1_000_000;

interface KeysOfKind {
  /** Undefined while keys ascend. */
  index: KeyIndex | undefined;
  /** The rows from which on consecutive rows have consecutive places. */
  readonly places: { readonly row: number; readonly place: number }[];
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function toPlace({ file, line }: Pick<Assertion, 'file' | 'line'>): Place {
  return { file: file as string, line: line as number };
}

/** The place of a row among all rows. */
function placeOf(places: KeysOfKind['places'], row: number): number {
  const next = firstIndex(places.length, (i) => (places[i]?.row ?? 0) > row, 1);
  const { row: first, place } = places[next - 1] as KeysOfKind['places'][number];
  return place + row - first;
}

function rejectOne(kind: FactKind, key: string, place: Place, others: string): Rejection {
  return toRejection(place, key, describeDifferingRows(describeKey(kind, key), others));
}

function rejectEach(kind: FactKind, key: string, rows: readonly Place[]): Rejection[] {
  return rows.map((row) => rejectOne(kind, key, row, namePlaces(rows.filter((other) => other !== row))));
}

/** One rejection for each file that holds some of the rows. */
function rejectTogether(kind: FactKind, key: string, rows: readonly Place[]): Rejection[] {
  const byFile = new Map<string, Place[]>();
  for (const row of rows) getOrInsert(byFile, row.file, () => []).push(row);
  const message = `${describeKey(kind, key)} stands in ${rows.length} rows that do not say the same: ${namePlaces(rows)}. Where the id is the same in every row, its column is no id: map another column to it, or give each row an id of its own.`;
  return [...byFile.values()].map((own) => ({
    ...toRejection(own[0] as Place, key, message),
    lines: own.map(({ line }) => line),
  }));
}

function toRejection({ file, line }: Place, key: string, message: string): Rejection {
  return { file, line, column: null, code: 'DIFFERING_ROWS', message, value: key.slice(0, 500) };
}

function namePlaces(rows: readonly Place[]): string {
  const named = rows.slice(0, maxNamed).map((row) => `${row.file}:${row.line}`);
  const more = rows.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

const initialSlots = 1 << 10;

/** Finds a row of one kind by its key. Open addressing, by the bytes of keys: no key becomes a string. */
class KeyIndex {
  readonly #rows: KindRows;
  #slots = new Int32Array(initialSlots);
  #count = 0;

  constructor(rows: KindRows) {
    this.#rows = rows;
  }

  /** The earlier row with the key of this row; undefined: there is none, and from now on it is this row. */
  add(row: number): number | undefined {
    const slot = this.#slotOf(row);
    const earlier = (this.#slots[slot] as number) - 1;
    if (earlier >= 0) return earlier;
    this.#slots[slot] = row + 1;
    if (++this.#count * 2 > this.#slots.length) this.#grow();
    return undefined;
  }

  /** From now on, the key means this row. */
  replace(row: number): void {
    this.#slots[this.#slotOf(row)] = row + 1;
  }

  #slotOf(row: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#rows.hashKey(row) & mask;
    for (;;) {
      const other = (this.#slots[slot] as number) - 1;
      if (other < 0 || this.#rows.hasSameKey(other, row)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const rows = this.#slots.filter((row) => row !== 0);
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (const row of rows) {
      let slot = this.#rows.hashKey(row - 1) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = row;
    }
  }
}

const state = fieldIndex('TRANSFER', 'deletionState');
const deletedAt = fieldIndex('TRANSFER', 'deletedAt');

interface Oddity {
  count: number;
  first: string;
}

/** Transfers whose deletion fields end no custody (semantics §1: deletion states). */
class TransferOddities {
  readonly undated: Oddity = { count: 0, first: '' };
  readonly unclaimed: Oddity = { count: 0, first: '' };

  /** Looks at the row that was packed last. */
  see(rows: KindRows): void {
    const isDeleted = claimsDeletion(rows.lastValue(state));
    const isDated = typeof rows.lastValue(deletedAt) === 'number';
    if (isDeleted && !isDated) note(this.undated, rows);
    else if (isDated && !isDeleted) note(this.unclaimed, rows);
  }
}

function note(oddity: Oddity, rows: KindRows): void {
  if (oddity.count++ > 0) return;
  const { file, line } = rows.assertion(rows.count - 1);
  oddity.first = `${file}:${line}`;
}

/** Sentences about rows that are imported unchanged, but probably contain a mistake. */
export function findWarnings(oddities: TransferOddities, repeatedCount: number): string[] {
  const warnings: string[] = [];
  if (repeatedCount > 0)
    warnings.push(
      `${count(repeatedCount, 'row repeats', 'rows repeat')} another row word for word and ${repeatedCount === 1 ? 'was' : 'were'} imported once.`,
    );
  const { undated, unclaimed } = oddities;
  if (undated.count > 0) {
    warnings.push(
      `${count(undated.count, 'transfer is', 'transfers are')} ATTESTED or VERIFIED without a deleted_at and ${undated.count === 1 ? 'counts' : 'count'} as not deleted (first: ${undated.first}).`,
    );
  }
  if (unclaimed.count > 0) {
    warnings.push(
      `${count(unclaimed.count, 'transfer has', 'transfers have')} a deleted_at without being ATTESTED or VERIFIED: it ends nothing (first: ${unclaimed.first}).`,
    );
  }
  return warnings;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
