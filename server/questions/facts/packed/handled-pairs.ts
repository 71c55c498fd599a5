import { readSync, rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { TransferRows } from '../../../projection/packed/transfer-rows.ts';

const bytesAWrite = 2 ** 20;
/** Pairs between two looks at the clock. */
const pairsALook = 2 ** 14;
const turnMs = 10;

/** Which organization sent or received a copy of which artifact, by their codes. Takes 8 bytes a pair until the pairs are written. */
export class HandledPairs {
  #organizations = new Uint32Array(1024);
  #artifacts = new Uint32Array(1024);
  #count = 0;

  addAll({ columns, count }: TransferRows): void {
    this.#makeRoom(2 * count);
    for (let row = 0; row < count; row++) {
      const artifact = columns.artifact[row] as number;
      this.#add(columns.sender[row] as number, artifact);
      this.#add(columns.recipient[row] as number, artifact);
    }
  }

  /**
   * Appends a list for each organization to the file: the codes of its artifacts, ascending. Returns where they are.
   * Complexity: O(n log m) for n pairs, m of one organization. Memory: 4 more bytes a pair, and 4 a code.
   */
  async write(file: UnnamedFile, codeCount: number): Promise<BlockIndex> {
    const { starts, artifacts } = await this.#byOrganization(codeCount);
    const index = new BlockIndex();
    let waiting: { readonly organization: number; readonly list: Uint8Array }[] = [];
    let size = 0;
    const append = async () => {
      let start = await file.append(Buffer.concat(waiting.map(({ list }) => list)));
      for (const { organization, list } of waiting) {
        index.set(organization, { start, length: list.length, crc: crc32(list) });
        start += list.length;
      }
      waiting = [];
      size = 0;
    };
    for (let organization = 0, end = performance.now() + turnMs; organization < codeCount; organization++) {
      const all = artifacts.subarray(starts[organization] as number, starts[organization + 1] as number);
      if (all.length === 0) continue;
      const list = withoutRepetition(all.sort());
      waiting.push({ organization, list: new Uint8Array(list.buffer, list.byteOffset, list.byteLength) });
      size += list.byteLength;
      if (size >= bytesAWrite) await append();
      if (performance.now() < end) continue;
      await nextTurn();
      end = performance.now() + turnMs;
    }
    if (waiting.length > 0) await append();
    return index;
  }

  /** The artifacts of all organizations, one organization after the other, and where each begins. Frees the pairs. */
  async #byOrganization(codeCount: number): Promise<{ readonly starts: Uint32Array; readonly artifacts: Uint32Array }> {
    const [organizations, unsorted, count] = [this.#organizations, this.#artifacts, this.#count];
    const starts = new Uint32Array(codeCount + 2);
    const artifacts = new Uint32Array(count);
    await inTurns(count, (i) => {
      const code = organizations[i] as number;
      starts[code + 2] = (starts[code + 2] as number) + 1;
    });
    for (let code = 2; code < starts.length; code++) starts[code] = (starts[code] as number) + (starts[code - 1] as number);
    await inTurns(count, (i) => {
      const at = (organizations[i] as number) + 1;
      const to = starts[at] as number;
      artifacts[to] = unsorted[i] as number;
      starts[at] = to + 1;
    });
    this.#organizations = this.#artifacts = new Uint32Array(0);
    this.#count = 0;
    return { starts, artifacts };
  }

  #add(organization: number, artifact: number): void {
    this.#organizations[this.#count] = organization;
    this.#artifacts[this.#count++] = artifact;
  }

  #makeRoom(more: number): void {
    if (this.#count + more <= this.#artifacts.length) return;
    const length = Math.max(this.#count + more, Math.ceil(this.#artifacts.length * 1.5));
    const [organizations, artifacts] = [new Uint32Array(length), new Uint32Array(length)];
    organizations.set(this.#organizations.subarray(0, this.#count));
    artifacts.set(this.#artifacts.subarray(0, this.#count));
    [this.#organizations, this.#artifacts] = [organizations, artifacts];
  }
}

/** The codes that a list holds; undefined: it is damaged. */
export function readHandled(
  file: UnnamedFile,
  place: { readonly start: number; readonly length: number; readonly crc: number },
): Uint32Array | undefined {
  const bytes = file.read(place.start, place.length);
  return crc32(bytes) === place.crc ? new Uint32Array(bytes.buffer, bytes.byteOffset, place.length / 4) : undefined;
}

/** @param sorted ascending. Moves its first occurrences to its beginning */
function withoutRepetition(sorted: Uint32Array): Uint32Array {
  let kept = 0;
  for (const code of sorted) if (kept === 0 || code !== sorted[kept - 1]) sorted[kept++] = code;
  return sorted.subarray(0, kept);
}

async function inTurns(count: number, visit: (i: number) => void): Promise<void> {
  for (let start = 0, end = performance.now() + turnMs; start < count; start += pairsALook) {
    for (let i = start; i < Math.min(count, start + pairsALook); i++) visit(i);
    if (performance.now() < end) continue;
    await nextTurn();
    end = performance.now() + turnMs;
  }
}

/** The place of the block of an artifact. */
export interface BlockPlace {
  readonly start: number;
  readonly length: number;
  readonly crc: number;
}

/** The place of the block of each artifact, by the code of the artifact. Takes 16 bytes for each code. */
export class BlockIndex {
  #starts = new Float64Array(1024).fill(-1);
  #lengths = new Uint32Array(1024);
  #crcs = new Uint32Array(1024);

  /** Undefined: an artifact without transfers. */
  find(artifact: number): BlockPlace | undefined {
    const start = this.#starts[artifact] ?? -1;
    if (start < 0) return undefined;
    return { start, length: this.#lengths[artifact] as number, crc: this.#crcs[artifact] as number };
  }

  set(artifact: number, place: BlockPlace): void {
    this.#makeRoom(artifact);
    this.#starts[artifact] = place.start;
    this.#lengths[artifact] = place.length;
    this.#crcs[artifact] = place.crc;
  }

  #makeRoom(artifact: number): void {
    const length = this.#starts.length;
    if (artifact < length) return;
    const larger = Math.max(artifact + 1, length * 2);
    const starts = new Float64Array(larger).fill(-1);
    starts.set(this.#starts);
    const [lengths, crcs] = [new Uint32Array(larger), new Uint32Array(larger)];
    lengths.set(this.#lengths);
    crcs.set(this.#crcs);
    [this.#starts, this.#lengths, this.#crcs] = [starts, lengths, crcs];
  }
}

/**
 * A file that has no name: its path is removed as soon as it is open. So it is gone with the process, however that ends, and no other
 * process reads it.
 */
export class UnnamedFile {
  readonly #handle: FileHandle;
  #size = 0;
  #users = 1;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @param path must not exist. Only its owner can read it. Throws the error of the file system. */
  static async open(path: string): Promise<UnnamedFile> {
    const handle = await open(path, 'wx+', 0o600);
    rmSync(path);
    return new UnnamedFile(handle);
  }

  /** The bytes appended so far, those that are being written included. */
  get size(): number {
    return this.#size;
  }

  /** Appends bytes. Resolves to where they begin once they can be read. */
  async append(bytes: Uint8Array): Promise<number> {
    const start = this.#size;
    this.#size += bytes.length;
    for (let done = 0; done < bytes.length; ) {
      done += (await this.#handle.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
    }
    return start;
  }

  /** Reads bytes, in memory of their own. */
  read(start: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.readInto(bytes, start);
    return bytes;
  }

  /** Reads at once: the system mostly has the bytes in memory, and a turn of the event loop takes longer than that. */
  readInto(bytes: Uint8Array, start: number): void {
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(this.#handle.fd, bytes, done, bytes.length - done, start + done);
      if (count === 0) throw new Error('The file of packed transfers ended too early.');
      done += count;
    }
  }

  /** Keeps the file open until `release` is called as often. */
  hold(): void {
    this.#users++;
  }

  /** Its opener calls it once, too. */
  async release(): Promise<void> {
    this.#users--;
    if (this.#users === 0) await this.#handle.close();
  }
}
