import type { Assertion } from '../assertions.ts';
import { compareCodePoints, firstIndex } from '../compare.ts';
import type { FactKind } from '../facts.ts';
import { factKinds } from '../facts.ts';
import { KindRows } from './kind-rows.ts';
import type { PackedBlock, SharedTexts } from './packed-block.ts';
import { TextTable } from './packed-block.ts';

/** Consecutive rows of one kind, in the order of the files. */
interface Run {
  readonly kind: FactKind;
  /** Among all rows of the import. */
  readonly start: number;
  /** Among the rows of its kind. */
  readonly firstRow: number;
}

/** Packed assertions, as another thread receives them: all that is long lies in shared memory. */
export interface SharedAssertions {
  readonly length: number;
  readonly texts: SharedTexts;
  readonly blocks: readonly (readonly [FactKind, readonly PackedBlock[]])[];
  readonly runs: readonly Run[];
  readonly kept: Uint32Array | null;
  readonly sorted: ReadonlyMap<FactKind, Uint32Array>;
}

/**
 * The assertions of a write in the order of its rows, about 80 bytes for a transfer. Each read makes a new assertion: don't compare
 * assertions by identity.
 */
export class PackedAssertions implements Iterable<Assertion> {
  readonly length: number;
  readonly texts: TextTable;
  readonly #kinds: ReadonlyMap<FactKind, KindRows>;
  readonly #runs: readonly Run[];
  /** The row of each assertion; null: every row is one. */
  readonly #kept: Uint32Array | null;
  readonly #sorted: ReadonlyMap<FactKind, Uint32Array>;
  /** The run of the last assertion that was read. */
  #current = 0;

  constructor(
    rows: Omit<SharedAssertions, 'texts' | 'blocks'> & { readonly texts: TextTable; readonly kinds: ReadonlyMap<FactKind, KindRows> },
  ) {
    this.length = rows.length;
    this.texts = rows.texts;
    this.#kinds = rows.kinds;
    this.#runs = rows.runs;
    this.#kept = rows.kept;
    this.#sorted = rows.sorted;
  }

  /**
   * Packs assertions in their order. Texts must be valid Unicode: a lone surrogate becomes U+FFFD.
   * @param texts of earlier assertions, to be shared with them
   */
  static of(assertions: Iterable<Assertion>, texts?: TextTable): PackedAssertions {
    const rows = new PackedRows(texts);
    for (const assertion of assertions) {
      rows.pack(assertion);
      rows.add(assertion.kind);
    }
    return rows.finish();
  }

  static from(shared: SharedAssertions): PackedAssertions {
    const texts = TextTable.from(shared.texts);
    const kinds = new Map(shared.blocks.map(([kind, blocks]) => [kind, new KindRows(kind, texts, blocks.map(wrapBytes))]));
    return new PackedAssertions({ ...shared, texts, kinds });
  }

  share(): SharedAssertions {
    for (const rows of this.#kinds.values()) rows.seal();
    return {
      length: this.length,
      texts: this.texts.share(),
      blocks: [...this.#kinds].map(([kind, { blocks }]) => [kind, blocks]),
      runs: this.#runs,
      kept: this.#kept,
      sorted: this.#sorted,
    };
  }

  /** @param index below the length */
  at(index: number): Assertion {
    const row = this.#kept === null ? index : (this.#kept[index] as number);
    const { kind, start, firstRow } = this.#runOf(row);
    return (this.#kinds.get(kind) as KindRows).assertion(firstRow + row - start);
  }

  /** The rows of a kind, for readers that make no assertions. `rowOf` finds an assertion among them. */
  rowsOf(kind: FactKind): KindRows | undefined {
    return this.#kinds.get(kind);
  }

  /** The row of an assertion among the rows of its kind. */
  rowOf(index: number): number {
    const row = this.#kept === null ? index : (this.#kept[index] as number);
    const { start, firstRow } = this.#runOf(row);
    return firstRow + row - start;
  }

  *entries(): Generator<[number, Assertion]> {
    for (let index = 0; index < this.length; index++) yield [index, this.at(index)];
  }

  *[Symbol.iterator](): Generator<Assertion> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  /** The indexes of the assertions of each kind by key, in code points. Kinds come in the order of `factKinds`; empty ones are absent. */
  sortedByKey(): ReadonlyMap<FactKind, Uint32Array> {
    return this.#sorted;
  }

  /** The index of the assertion with this key. O(log n): a map of all keys would need more memory than the assertions. */
  findByKey(kind: FactKind, key: string): number | undefined {
    const order = this.#sorted.get(kind);
    const rows = this.#kinds.get(kind);
    if (order === undefined || rows === undefined) return undefined;
    const keyOf = (place: number) => rows.key(this.rowOf(order[place] as number));
    const place = firstIndex(order.length, (i) => compareCodePoints(keyOf(i), key) >= 0);
    return place < order.length && keyOf(place) === key ? order[place] : undefined;
  }

  #runOf(row: number): Run {
    const runs = this.#runs;
    const current = runs[this.#current];
    if (current === undefined || row < current.start || row >= (runs[this.#current + 1]?.start ?? Number.POSITIVE_INFINITY)) {
      this.#current = firstIndex(runs.length, (i) => (runs[i] as Run).start > row, 1) - 1;
    }
    return runs[this.#current] as Run;
  }
}

/** A buffer that another thread sent arrives as plain bytes. */
function wrapBytes({ count, columns }: PackedBlock): PackedBlock {
  const wrap = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { count, columns: columns.map((column) => ({ ...column, bytes: wrap(column.bytes) })) };
}

/** The rows of an import while they are read. A kind's rows are written by its `KindRows`; `add` then gives the row its place. */
export class PackedRows {
  readonly texts: TextTable;
  readonly #kinds = new Map<FactKind, KindRows>();
  readonly #runs: Run[] = [];
  #dropped = new Uint8Array(0);
  #droppedCount = 0;
  #length = 0;

  /** @param texts the table of the texts that may repeat */
  constructor(texts = new TextTable()) {
    this.texts = texts;
  }

  /** The number of rows that were added, dropped ones included. */
  get length(): number {
    return this.#length;
  }

  rowsOf(kind: FactKind): KindRows {
    let rows = this.#kinds.get(kind);
    if (rows === undefined) {
      rows = new KindRows(kind, this.texts);
      this.#kinds.set(kind, rows);
    }
    return rows;
  }

  pack({ kind, key, isRetraction, values, assertedAt, source, file, line }: Assertion): void {
    const rows = this.rowsOf(kind);
    rows.begin();
    if (isRetraction) rows.setKey(key);
    for (let field = 0; field < values.length; field++) {
      const value = values[field];
      if (value !== undefined) rows.setValue(field, value);
    }
    rows.end(assertedAt, source === null ? 0 : this.texts.numberOfText(source), file === null ? 0 : this.texts.numberOfText(file), line);
  }

  /** Gives the last row of a kind its place after all others. @returns the place */
  add(kind: FactKind): number {
    const last = this.#runs[this.#runs.length - 1];
    if (last?.kind !== kind) this.#runs.push({ kind, start: this.#length, firstRow: this.rowsOf(kind).count - 1 });
    return this.#length++;
  }

  /** Leaves out a row that has a place. */
  drop(place: number): void {
    if (place >= this.#dropped.length) {
      const longer = new Uint8Array(Math.max(this.#length, this.#dropped.length * 2));
      longer.set(this.#dropped);
      this.#dropped = longer;
    }
    if (this.#dropped[place] === 1) return;
    this.#dropped[place] = 1;
    this.#droppedCount++;
  }

  isDropped(place: number): boolean {
    return this.#dropped[place] === 1;
  }

  /** The rows of these kinds, or of all, that were not dropped. @param from a place */
  *rows(kinds: ReadonlySet<FactKind>, from = 0): Generator<{ readonly place: number; readonly kind: FactKind; readonly row: number }> {
    for (const [index, { kind, start, firstRow }] of this.#runs.entries()) {
      const end = this.#runs[index + 1]?.start ?? this.#length;
      if (!kinds.has(kind)) continue;
      for (let place = Math.max(start, from); place < end; place++)
        if (this.#dropped[place] !== 1) yield { place, kind, row: firstRow + place - start };
    }
  }

  /** The assertions of all rows that were not dropped. Add no more rows. @param ascends whether all keys of a kind are known to ascend */
  finish(ascends: (kind: FactKind) => boolean = () => false): PackedAssertions {
    for (const rows of this.#kinds.values()) rows.seal();
    const length = this.#length - this.#droppedCount;
    let kept: Uint32Array | null = null;
    if (this.#droppedCount > 0) {
      kept = shared(length);
      for (let place = 0, index = 0; place < this.#length; place++) if (this.#dropped[place] !== 1) kept[index++] = place;
    }
    const { texts, kinds } = { texts: this.texts, kinds: this.#kinds };
    return new PackedAssertions({ length, texts, kinds, runs: this.#runs, kept, sorted: this.#sort(ascends) });
  }

  /** In key order, so that a store appends to its tables instead of splitting pages. */
  #sort(ascends: (kind: FactKind) => boolean): ReadonlyMap<FactKind, Uint32Array> {
    const sorted = new Map<FactKind, Uint32Array>();
    const counts = new Map<FactKind, number>();
    const all = new Set(factKinds);
    if (this.#droppedCount > 0) for (const { kind } of this.rows(all)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const kind of factKinds) {
      const rows = this.#kinds.get(kind);
      const count = this.#droppedCount > 0 ? (counts.get(kind) ?? 0) : (rows?.count ?? 0);
      if (rows === undefined || count === 0) continue;
      sorted.set(kind, shared(count));
    }
    const filled = new Map<FactKind, number>();
    let index = 0;
    for (const [run, { kind, start }] of this.#runs.entries()) {
      const end = this.#runs[run + 1]?.start ?? this.#length;
      const indexes = sorted.get(kind);
      let at = filled.get(kind) ?? 0;
      for (let place = start; place < end; place++) if (this.#dropped[place] !== 1) (indexes as Uint32Array)[at++] = index++;
      filled.set(kind, at);
    }
    for (const [kind, indexes] of sorted) if (!ascends(kind)) this.#sortKind(kind, indexes);
    return sorted;
  }

  /** @param indexes those of a kind in the order of rows; sorted in place by key */
  #sortKind(kind: FactKind, indexes: Uint32Array): void {
    const rows = this.#kinds.get(kind) as KindRows;
    const byRow = new Uint32Array(indexes.length);
    let at = 0;
    let isSorted = true;
    for (const { row } of this.rows(new Set([kind]))) {
      byRow[at++] = row;
      if (at > 1 && isSorted) isSorted = rows.compareKeys(byRow[at - 2] as number, row) < 0;
    }
    if (isSorted) return;
    const order = new Uint32Array(indexes.length).map((_, i) => i);
    order.sort((a, b) => rows.compareKeys(byRow[a] as number, byRow[b] as number));
    indexes.set(order.map((i) => indexes[i] as number));
  }
}

function shared(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
