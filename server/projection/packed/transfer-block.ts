import { byteFields, floatFields, integerFields, type RowStarts, type TransferRows } from './transfer-rows.ts';

/*
 * A block: some transfers as bytes, a multiple of 8 of them.
 *
 * It begins with their count, and a bit for each column whose cells are all the same. Then come the columns, those with the largest numbers
 * first, so that all stand at multiples of their size; a column of equal cells has one cell. Then the fragments and the bytes of the ids.
 * Numbers are as the processor has them, and codes are those of one `TextCodes`, so only the process that packed a block can read it.
 */

const headBytes = 8;
const roundUp = (bytes: number, size: number) => Math.ceil(bytes / size) * size;

/** Memory that is read as numbers of each size. */
class Views {
  readonly floats: Float64Array;
  readonly integers: Int32Array;
  readonly bytes: Uint8Array;

  constructor(memory: ArrayBufferLike, byteOffset = 0, byteLength = memory.byteLength) {
    this.floats = new Float64Array(memory, byteOffset, byteLength / 8);
    this.integers = new Int32Array(memory, byteOffset, byteLength / 4);
    this.bytes = new Uint8Array(memory, byteOffset, byteLength);
  }
}

/** Packs blocks, one after the other. */
export class BlockWriter {
  #views = new Views(new ArrayBuffer(2 ** 16));
  #end = 0;

  get size(): number {
    return this.#end;
  }

  /** Packs the rows from `from` up to `to`. Returns the size of the block. @param starts `rows.findStarts()` */
  add(rows: TransferRows, from: number, to: number, starts: RowStarts): number {
    const count = to - from;
    const { columns } = rows;
    const [idFrom, idTo] = [starts.ids[from] as number, starts.ids[to] as number];
    const [fragmentFrom, fragmentTo] = [starts.fragments[from] as number, starts.fragments[to] as number];
    this.#makeRoom(headBytes + count * 128 + (idTo - idFrom) + (fragmentTo - fragmentFrom) * 4 + 256);
    const { floats, integers, bytes } = this.#views;
    const start = this.#end;
    let at = start + headBytes;
    let constant = 0;
    let bit = 1;
    for (const name of floatFields) {
      const column = columns[name];
      const cells = isConstant64(column, from, to) ? 1 : count;
      if (cells === 1) constant |= bit;
      for (let i = 0; i < cells; i++) floats[at / 8 + i] = column[from + i] as number;
      at += cells * 8;
      bit <<= 1;
    }
    for (const name of integerFields) {
      const column = columns[name];
      const cells = isConstant32(column, from, to) ? 1 : count;
      if (cells === 1) constant |= bit;
      for (let i = 0; i < cells; i++) integers[at / 4 + i] = column[from + i] as number;
      at += cells * 4;
      bit <<= 1;
    }
    for (let i = fragmentFrom; i < fragmentTo; i++, at += 4) integers[at / 4] = rows.fragments[i] as number;
    for (const name of byteFields) {
      const column = columns[name];
      const cells = isConstant8(column, from, to) ? 1 : count;
      if (cells === 1) constant |= bit;
      for (let i = 0; i < cells; i++) bytes[at + i] = column[from + i] as number;
      at += cells;
      bit <<= 1;
    }
    for (let i = idFrom; i < idTo; i++) bytes[at++] = rows.ids[i] as number;
    integers[start / 4] = count;
    integers[start / 4 + 1] = constant;
    this.#end = roundUp(at, 8);
    return this.#end - start;
  }

  /** The bytes of all blocks, in memory of their own. */
  take(): Uint8Array {
    const bytes = this.#views.bytes.slice(0, this.#end);
    this.#end = 0;
    return bytes;
  }

  #makeRoom(size: number): void {
    const { bytes } = this.#views;
    if (this.#end + size <= bytes.length) return;
    const larger = new Views(new ArrayBuffer(roundUp(Math.max(this.#end + size, bytes.length * 2), 8)));
    larger.bytes.set(bytes.subarray(0, this.#end));
    this.#views = larger;
  }
}

/**
 * Appends the transfers of blocks to rows with the same `TextCodes`.
 *
 * @param blocks one after the other, from a multiple of 8 bytes on
 */
export function unpackBlocks(blocks: Uint8Array, rows: TransferRows): void {
  const views = new Views(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  for (let at = 0; at < blocks.byteLength; ) at = unpackBlock(views, at, rows);
}

/** Returns where the next block begins. */
function unpackBlock({ floats, integers, bytes }: Views, start: number, rows: TransferRows): number {
  const count = integers[start / 4] as number;
  const constant = integers[start / 4 + 1] as number;
  rows.makeRoom(count, 0, 0);
  const { columns } = rows;
  const from = rows.count;
  let at = start + headBytes;
  let bit = 1;
  for (const name of floatFields) {
    const column = columns[name];
    const step = (constant & bit) === 0 ? 1 : 0;
    for (let i = 0, cell = at / 8; i < count; i++, cell += step) column[from + i] = floats[cell] as number;
    at += step === 0 ? 8 : count * 8;
    bit <<= 1;
  }
  for (const name of integerFields) {
    const column = columns[name];
    const step = (constant & bit) === 0 ? 1 : 0;
    for (let i = 0, cell = at / 4; i < count; i++, cell += step) column[from + i] = integers[cell] as number;
    at += step === 0 ? 4 : count * 4;
    bit <<= 1;
  }
  let ids = 0;
  let fragments = 0;
  for (let i = from; i < from + count; i++) {
    ids += columns.idLength[i] as number;
    fragments += columns.fragmentCount[i] as number;
  }
  rows.makeRoom(count, ids, fragments);
  for (let i = 0; i < fragments; i++, at += 4) rows.fragments[rows.fragmentEnd++] = integers[at / 4] as number;
  for (const name of byteFields) {
    const column = rows.columns[name];
    const step = (constant & bit) === 0 ? 1 : 0;
    for (let i = 0, cell = at; i < count; i++, cell += step) column[from + i] = bytes[cell] as number;
    at += step === 0 ? 1 : count;
    bit <<= 1;
  }
  rows.ids.set(bytes.subarray(at, at + ids), rows.idEnd);
  rows.idEnd += ids;
  rows.count += count;
  return roundUp(at + ids, 8);
}

function isConstant64(column: Float64Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (!Object.is(column[i], column[from])) return false;
  return true;
}

function isConstant32(column: Int32Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (column[i] !== column[from]) return false;
  return true;
}

function isConstant8(column: Uint8Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (column[i] !== column[from]) return false;
  return true;
}
