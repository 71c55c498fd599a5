import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { fieldIndex } from '../../../domain/fact-rules.ts';
import { BlockWriter, unpackBlocks } from '../../../projection/packed/transfer-block.ts';
import type { TextCodes } from '../../../projection/packed/transfer-rows.ts';
import { TransferRows } from '../../../projection/packed/transfer-rows.ts';
import type { FactBatch, FactStream } from '../../../store/fact-store.ts';
import { partSuffix } from '../../../store/snapshot-path.ts';
import type { BlockPlace } from './handled-pairs.ts';
import { BlockIndex, HandledPairs, UnnamedFile } from './handled-pairs.ts';

/** The transfers of one revision, in a file: a block for each artifact, and a list for each organization. */
export interface Pack {
  readonly revision: number;
  readonly file: UnnamedFile;
  readonly index: BlockIndex;
  /** The list of the artifacts that each organization sent or received, by the code of the organization (handled-pairs.ts). */
  readonly handled: BlockIndex;
  readonly count: number;
}

/** Artifacts are divided into this many shares. All transfers of one share are in memory at once. */
const shareCount = 256;
/** A share holds this many transfers in memory, before it writes them. */
const rowsHeld = 512;
const turnMs = 10;
const bytesAWrite = 2 ** 20;
const artifactField = fieldIndex('TRANSFER', 'artifact');

interface Share {
  readonly rows: TransferRows;
  /** Its blocks in the first file. */
  readonly written: { readonly start: number; readonly length: number }[];
}

/**
 * Reads all transfers, which come by id, and packs them by artifact. Works on two files, because the transfers need not fit in memory. The
 * first file takes them by shares of the artifacts; the second, one share after the other, by artifact.
 *
 * @param stream the transfers of one revision
 * @param besides the files are made beside this path, and have no names
 * @param isStopped called now and then; packing ends and returns undefined once it is true
 * @param options.onOthers gets the facts of other kinds of the stream
 * @param options.hasLists false: without the lists of organizations
 * Complexity: O(n). Memory: `shareCount * rowsHeld` transfers, then those of one share; with lists also 24 bytes for each transfer, until
 * these are written.
 */
export async function packTransfers(
  stream: FactStream,
  texts: TextCodes,
  besides: string,
  isStopped: () => boolean,
  { onOthers, hasLists = true }: { readonly onOthers?: (batch: FactBatch) => void; readonly hasLists?: boolean } = {},
): Promise<Pack | undefined> {
  const first = await openBeside(besides);
  const file = await openBeside(besides);
  try {
    const shares = await divide(stream, texts, first, isStopped, onOthers);
    const index = new BlockIndex();
    const pairs = new HandledPairs();
    const rows = new TransferRows(texts);
    let count = 0;
    for (const { written } of shares) {
      if (isStopped()) return undefined;
      rows.clear();
      for (const { start, length } of written) unpackBlocks(first.read(start, length), rows);
      await appendBlocks(rows, file, (artifact, place) => index.set(artifact, place));
      if (hasLists) pairs.addAll(rows);
      count += rows.count;
    }
    const handled = await pairs.write(file, texts.count);
    file.hold();
    return { revision: stream.revision, file, index, handled, count };
  } finally {
    await Promise.all([first.release(), file.release()]);
  }
}

/** Writes all transfers into a file, by shares of the artifacts. */
async function divide(
  stream: FactStream,
  texts: TextCodes,
  file: UnnamedFile,
  isStopped: () => boolean,
  onOthers?: (batch: FactBatch) => void,
): Promise<Share[]> {
  const shares = Array.from({ length: shareCount }, (): Share => ({ rows: new TransferRows(texts), written: [] }));
  const writer = new BlockWriter();
  const write = async ({ rows, written }: Share) => {
    const length = writer.add(rows, 0, rows.count, rows.findStarts());
    rows.clear();
    written.push({ start: await file.append(writer.take()), length });
  };
  for await (const { kind, facts } of stream) {
    if (isStopped()) return [];
    if (kind !== 'TRANSFER') {
      onOthers?.({ kind, facts });
      continue;
    }
    for (const fact of facts) {
      const share = shares[texts.codeOf(fact.values[artifactField] as string) % shareCount] as Share;
      share.rows.add(fact);
      if (share.rows.count === rowsHeld) await write(share);
    }
  }
  for (const share of shares) if (share.rows.count > 0) await write(share);
  return shares;
}

/** Packs rows by artifact, and appends their blocks to a file. Calls `put` once a block can be read. */
async function appendBlocks(rows: TransferRows, file: UnnamedFile, put: (artifact: number, place: BlockPlace) => void): Promise<void> {
  const sorted = rows.byArtifact();
  const { artifact } = sorted.columns;
  const starts = sorted.findStarts();
  const writer = new BlockWriter();
  let waiting: { readonly artifact: number; readonly length: number }[] = [];
  const write = async () => {
    const some = waiting;
    waiting = [];
    const bytes = writer.take();
    const start = await file.append(bytes);
    let at = 0;
    for (const { artifact: code, length } of some) {
      put(code, { start: start + at, length, crc: crc32(bytes.subarray(at, at + length)) });
      at += length;
    }
  };
  let end = performance.now() + turnMs;
  for (let from = 0; from < sorted.count; ) {
    let to = from + 1;
    while (to < sorted.count && artifact[to] === artifact[from]) to++;
    waiting.push({ artifact: artifact[from] as number, length: writer.add(sorted, from, to, starts) });
    from = to;
    if (writer.size >= bytesAWrite) await write();
    if (performance.now() < end) continue;
    await nextTurn();
    end = performance.now() + turnMs;
  }
  if (waiting.length > 0) await write();
}

/** The name is that of an unfinished snapshot, which others delete if the process ends before the name is gone. */
function openBeside(path: string): Promise<UnnamedFile> {
  return UnnamedFile.open(`${path}.${randomBytes(6).toString('hex')}${partSuffix}`);
}
