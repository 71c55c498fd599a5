import type { Csr } from '../columns/csr.ts';
import { sortRows } from '../columns/order-rows.ts';
import type { NumberColumn } from '../columns/shared-memory.ts';
import { sharedInt32, sharedLike, sharedText, sharedUint32, startBlock } from '../columns/shared-memory.ts';
import { CodeColumn, Interner, TextColumn } from '../columns/text-column.ts';
import type { Part, ProvenanceColumns, TransferTable } from '../part.ts';
import type { Steps } from '../turns.ts';
import type { ArtifactRange, PartDeriver } from './derive-part.ts';

/**
 * A part has about so many transfers and artifacts. With a quarter of it, a radius that visits many parts took longer; with four times as many,
 * an edit did (docs/decisions/parts.md).
 */
export const standardSize = 4000;

/**
 * Cuts all artifacts into parts.
 *
 * @param transfers those of the artifacts, in order of id
 * @param range the artifacts
 * Complexity: O(T log t) for T transfers, at most t of one artifact.
 */
export function* cutParts(deriver: PartDeriver, transfers: TransferTable, range: ArtifactRange, size = standardSize): Steps<Part[]> {
  const [order, offsets] = orderByArtifact(transfers, range);
  const parts: Part[] = [];
  for (const { first, end } of cutRange(
    range,
    (artifact) => (offsets[artifact - range.first + 1] as number) - (offsets[artifact - range.first] as number),
    size,
  )) {
    const rows = order.subarray(offsets[first - range.first], offsets[end - range.first]);
    startBlock();
    // The rows of all are in order of id.
    parts.push(deriver.derive({ first, end }, gatherTransfers(transfers, rows), sortRows(rows)));
    yield;
  }
  return parts;
}

/** Neighboring artifacts of about one size together. An artifact that is larger is alone. There is at least one range. */
export function cutRange({ first, end }: ArtifactRange, countOf: (artifact: number) => number, size = standardSize): ArtifactRange[] {
  const ranges: ArtifactRange[] = [];
  let from = first;
  let filled = 0;
  for (let artifact = first; artifact < end; artifact++) {
    const more = countOf(artifact) + 1;
    if (artifact > from && filled + more > size) {
      ranges.push({ first: from, end: artifact });
      from = artifact;
      filled = 0;
    }
    filled += more;
  }
  ranges.push({ first: from, end });
  return ranges;
}

/** The rows by artifact. Those of an artifact keep their order. Counting sort. */
function orderByArtifact({ artifact }: TransferTable, { first, end }: ArtifactRange): [order: Int32Array, offsets: Uint32Array] {
  const offsets = new Uint32Array(end - first + 1);
  for (const of of artifact) offsets[of - first + 1] = (offsets[of - first + 1] as number) + 1;
  for (let i = 1; i < offsets.length; i++) offsets[i] = (offsets[i] as number) + (offsets[i - 1] as number);
  const next = offsets.slice(0, -1);
  const order = new Int32Array(artifact.length);
  for (let row = 0; row < artifact.length; row++) {
    const of = (artifact[row] as number) - first;
    const at = next[of] as number;
    order[at] = row;
    next[of] = at + 1;
  }
  return [order, offsets];
}

/** Decoded texts of a part are kept if the column has at most so many. A projection has hundreds of parts. */
const fewTexts = 64;

/**
 * The rows of a table, or of two, in a new order.
 *
 * @param order row r of the first table, or ~r for row r of the second
 * Complexity: O(rows taken x columns, and distinct texts).
 */
export function gatherTransfers(first: TransferTable, order: Int32Array, second: TransferTable = first): TransferTable {
  const gather = (name: keyof TransferTable) => gatherColumn(first[name] as Column, second[name] as Column, order);
  const { provenance, fragments, fragmentNames, id, ...columns } = first;
  const gathered = Object.fromEntries(Object.keys(columns).map((name) => [name, gather(name as keyof TransferTable)]));
  return {
    ...(gathered as unknown as typeof columns),
    id: gatherTexts(id, second.id, order),
    provenance: Object.fromEntries(
      Object.entries(provenance).map(([name, column]) => [
        name,
        gatherColumn(column, second.provenance[name as keyof ProvenanceColumns], order),
      ]),
    ) as unknown as ProvenanceColumns,
    ...gatherFragments([fragments, second.fragments], [fragmentNames, second.fragmentNames], order),
  };
}

type Column = NumberColumn | CodeColumn;

function gatherColumn(first: Column, second: Column, order: Int32Array): Column {
  return first instanceof CodeColumn
    ? gatherCodes(first, second as CodeColumn, order)
    : gatherNumbers(first, second as NumberColumn, order);
}

function gatherNumbers(first: NumberColumn, second: NumberColumn, order: Int32Array): NumberColumn {
  const column = sharedLike(first, order.length);
  if (first instanceof Float64Array) gatherDoubles(first, second as Float64Array, order, column as Float64Array);
  else if (first instanceof Int32Array) gatherIntegers(first, second as Int32Array, order, column as Int32Array);
  else gatherOthers(first, second, order, column);
  return column;
}

/*
 * One function for each type of numbers, because V8 reads an array fastest where it has seen arrays of one type only.
 */

function gatherDoubles(first: Float64Array, second: Float64Array, order: Int32Array, into: Float64Array): void {
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    into[i] = (row < 0 ? second[~row] : first[row]) as number;
  }
}

function gatherIntegers(first: Int32Array, second: Int32Array, order: Int32Array, into: Int32Array): void {
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    into[i] = (row < 0 ? second[~row] : first[row]) as number;
  }
}

function gatherOthers(first: NumberColumn, second: NumberColumn, order: Int32Array, into: NumberColumn): void {
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    into[i] = (row < 0 ? second[~row] : first[row]) as number;
  }
}

function gatherTexts(first: TextColumn, second: TextColumn, order: Int32Array): TextColumn {
  const texts = [first.share(), second.share()] as const;
  const offsets = sharedUint32(order.length + 1);
  for (let i = 0; i < order.length; i++) {
    const [[, from], row] = placeOf(texts, order[i] as number);
    offsets[i + 1] = (offsets[i] as number) + (from[row + 1] as number) - (from[row] as number);
  }
  const bytes = sharedText(offsets[order.length] as number);
  let end = 0;
  for (const each of order) {
    const [[text, from], row] = placeOf(texts, each);
    const until = from[row + 1] as number;
    // An id is short: a loop takes a fifth of the time of a call.
    for (let at = from[row] as number; at < until; at++) bytes[end++] = text[at] as number;
  }
  return new TextColumn(bytes, offsets, false);
}

/** Numbers the texts of two columns anew, by first appearance. Null has -1. */
class Codes {
  readonly #interner = new Interner();
  readonly #texts: readonly [TextColumn, TextColumn];
  /** Old code -> new code. A map, because a part has few of the texts of all. */
  readonly #known: readonly [Map<number, number>, Map<number, number>] = [new Map(), new Map()];
  #last = -1;
  #lastNew = -1;
  #lastTable: 0 | 1 = 0;

  constructor(first: TextColumn, second: TextColumn) {
    this.#texts = [first, second];
  }

  of(table: 0 | 1, code: number): number {
    if (code < 0) return code;
    // Neighbors are often equal.
    if (code === this.#last && table === this.#lastTable) return this.#lastNew;
    const known = this.#known[table];
    let found = known.get(code);
    if (found === undefined) {
      found = this.#interner.code(this.#texts[table].get(code));
      known.set(code, found);
    }
    [this.#last, this.#lastTable, this.#lastNew] = [code, table, found];
    return found;
  }

  texts(): TextColumn {
    return this.#interner.texts(this.#interner.size <= fewTexts);
  }
}

function gatherCodes(first: CodeColumn, second: CodeColumn, order: Int32Array): CodeColumn {
  const codes = new Codes(first.distinct, second.distinct);
  const gathered = sharedInt32(order.length);
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    gathered[i] = row < 0 ? codes.of(1, second.codes[~row] as number) : codes.of(0, first.codes[row] as number);
  }
  return new CodeColumn(gathered, codes.texts());
}

function gatherFragments(rows: readonly [Csr, Csr], names: readonly [TextColumn, TextColumn], order: Int32Array) {
  const offsets = sharedUint32(order.length + 1);
  for (let i = 0; i < order.length; i++) {
    const [{ offsets: from }, row] = placeOf(rows, order[i] as number);
    offsets[i + 1] = (offsets[i] as number) + (from[row + 1] as number) - (from[row] as number);
  }
  const codes = new Codes(...names);
  const values = sharedInt32(offsets[order.length] as number);
  let at = 0;
  for (const each of order) {
    const [{ offsets: from, values: old }, row] = placeOf(rows, each);
    for (let i = from[row] as number; i < (from[row + 1] as number); i++) values[at++] = codes.of(each < 0 ? 1 : 0, old[i] as number);
  }
  return { fragments: { offsets, values }, fragmentNames: codes.texts() };
}

function placeOf<T>([first, second]: readonly [T, T], row: number): [T, number] {
  return row < 0 ? [second, ~row] : [first, row];
}
