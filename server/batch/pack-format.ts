import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ExposureError } from '../domain/errors.ts';
import type { VocabularyRow } from '../import/vocabulary/vocabulary-rows.ts';
import { replaceVocabularyRows } from '../import/vocabulary/vocabulary-rows.ts';
import type { Projection } from '../projection/projection.ts';
import type { SharedProjection } from '../projection/share-projection.ts';
import { openProjection, shareProjection } from '../projection/share-projection.ts';
import {
  bytesOf,
  checkColumn,
  formatHeader,
  headOf,
  openColumn,
  parseHeader,
  parsePrefix,
  prefixBytes,
  putColumns,
  SnapshotDamage,
  type SnapshotHeader,
  sizeOf,
  snapshotFormat,
  takeColumns,
  zerosBehind,
} from '../projection/snapshot-format.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import { type ArtifactRange, openPart } from './part-world.ts';

/*
 * A pack is a folder with all facts of one revision, cut along custody, for a job that needs no store:
 *
 * manifest.json      what it is, and the SHA-256 of each file (`PackManifest`)
 * common             what belongs to no artifact alone: a snapshot (projection/snapshot-format.ts) of everything but transfers
 * parts/00000000 …   the transfers and copies of some artifacts each: snapshots of small projections, one after another, then their index
 *
 * Every snapshot names its pack, so parts of several packs never mix.
 */

/** The format of packs and of their results. A kernel reads those of its own format alone. */
export const packFormat = `1-${snapshotFormat}`;

/** The facts that a pack holds. */
export interface PackedFacts {
  /** The fingerprint of the store's history up to the revision. */
  readonly store: string;
  readonly revision: number;
  /** The facts as known then. Null: the latest. */
  readonly knownAt: string | null;
  /** Questions that name no instant are asked as of this one. */
  readonly instant: string;
}

export interface PackManifest extends PackedFacts {
  readonly format: string;
  readonly pack: string;
  /** The control policy of the server that packed. */
  readonly policy: ControlPolicy;
  readonly counts: { readonly organizations: number; readonly artifacts: number; readonly transfers: number; readonly copies: number };
  readonly parts: number;
  readonly files: readonly PackFile[];
}

export interface PackFile {
  /** `common`, or `parts/00000000` and so on. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The place of a snapshot in its pack. */
export interface PartHead extends ArtifactRange {
  readonly pack: string;
  /** 0, 1, 2 …, in order of artifacts. -1: the common facts. */
  readonly part: number;
}

export interface CommonHead extends PartHead {
  /** The number of parts. */
  readonly parts: number;
  readonly defaults: PackDefaults;
}

/** The settings of the server that made the pack. They decide answers, too. */
export interface PackDefaults {
  /** Epoch milliseconds. Questions that name no instant are asked as of this one. */
  readonly instant: number;
  readonly policy: ControlPolicy;
  /** The legal forms that names are compared without. */
  readonly legalForms: readonly VocabularyRow<'legal-forms'>[];
}

type BlockHeader = SnapshotHeader & { readonly head: PartHead };

export const commonPart = -1;

/** A name for a pack: equal facts, instants and sizes have the same. */
export function namePack(facts: PackedFacts, defaults: PackDefaults, transfersAPart: number): string {
  return createHash('sha256')
    .update(JSON.stringify([packFormat, facts, defaults, transfersAPart]))
    .digest('hex')
    .slice(0, 32);
}

/** A damaged or foreign file of a pack. The message names the file. */
export function damaged(file: string, why: string): ExposureError {
  return new ExposureError('BATCH_DAMAGED', `${file}: ${why}. Pack the facts again, or copy the file again.`);
}

export function refuseFormat(file: string, format: unknown): void {
  if (format === packFormat) return;
  throw new ExposureError(
    'BATCH_DAMAGED',
    `${file} has the format ${String(format)}, and this program reads ${packFormat}. Use the version that wrote it, or pack the facts again.`,
  );
}

/** The bytes of the common facts or of a part. */
export function formatBlock(facts: PackedFacts, head: PartHead, shared: SharedProjection): Uint8Array[] {
  const { tree, columns, parts } = takeColumns({ projection: shared, figures: null });
  const { store, revision } = facts;
  const header = { store, program: packFormat, revision, tree, columns: columns.map(headOf), parts, head } satisfies BlockHeader;
  return [formatHeader(header), ...columns.flatMap((column) => [bytesOf(column), zerosBehind(column)])];
}

export function formatCommon(facts: PackedFacts, head: PartHead, common: Projection): Uint8Array[] {
  return formatBlock(facts, head, shareProjection(common));
}

export interface IndexedPart extends ArtifactRange {
  readonly part: number;
  readonly start: number;
  readonly bytes: number;
}

const indexMagic = 'EXPGINDX';

/** The end of a file of parts. Its last four bytes are the length of the index, so that a reader finds it from the end. */
export function formatIndex(parts: readonly IndexedPart[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(parts));
  const index = Buffer.alloc(prefixBytes + json.length + 4);
  index.write(indexMagic, 'latin1');
  index.writeUInt32LE(json.length, 8);
  index.writeUInt32LE(crc32(json), 12);
  json.copy(index, prefixBytes);
  index.writeUInt32LE(json.length, prefixBytes + json.length);
  return index;
}

/** The common facts of a pack. */
export interface PackCommon {
  readonly facts: Pick<PackedFacts, 'store' | 'revision'>;
  readonly head: CommonHead;
  readonly projection: Projection;
}

/** A part of a pack as a projection of its own (part-world.ts). */
export interface OpenPart {
  readonly head: PartHead;
  readonly projection: Projection;
}

/** Reads the common facts, and makes the legal forms of the pack those of this thread. Throws BATCH_DAMAGED. */
export async function readCommon(path: string): Promise<PackCommon> {
  for await (const { header, shared } of readBlocks(path, path)) {
    const { store, revision, head } = header;
    if (!isCommon(head)) throw damaged(path, 'it is a file of parts, and not the common facts');
    replaceVocabularyRows('legal-forms', head.defaults.legalForms);
    return { facts: { store, revision }, head, projection: openProjection(shared) };
  }
  throw damaged(path, 'it is empty');
}

/** Throws BATCH_DAMAGED. @param from the path of a file, or a stream of one or several files @param name of the source, for errors */
export async function* readParts(common: PackCommon, from: string | AsyncIterable<Uint8Array>, name: string): AsyncGenerator<OpenPart> {
  for await (const { header, shared } of readBlocks(from, name)) {
    const { head, store, revision } = header;
    if (head.pack !== common.head.pack || store !== common.facts.store || revision !== common.facts.revision)
      throw damaged(name, 'it belongs to another pack or store than the common facts');
    if (isCommon(head)) throw damaged(name, 'it has the common facts, and parts are expected');
    yield { head, projection: openPart(common.projection, head, shared) };
  }
}

function isCommon(head: PartHead): head is CommonHead {
  return head.part === commonPart;
}

interface Block {
  readonly header: BlockHeader;
  readonly shared: SharedProjection;
}

/** The snapshots of a file or stream. An index is compared with the parts before it. */
async function* readBlocks(from: string | AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Block> {
  const source = new ByteSource(typeof from === 'string' ? createReadStream(from, { highWaterMark: 2 ** 20 }) : from);
  let seen: number[] = [];
  try {
    for (;;) {
      const prefix = Buffer.alloc(prefixBytes);
      if (!(await source.readInto(prefix, true))) return;
      if (prefix.toString('latin1', 0, indexMagic.length) === indexMagic) {
        await checkIndex(source, prefix, seen);
        seen = [];
        continue;
      }
      const json = Buffer.alloc(parsePrefix(prefix));
      await source.readInto(json);
      const header = parseHeader(prefix, json) as BlockHeader;
      refuseFormat(name, header.program);
      const columns = [];
      for (const head of header.columns) {
        const memory = new SharedArrayBuffer(sizeOf(head));
        await source.readInto(new Uint8Array(memory));
        checkColumn(memory, 0, head);
        columns.push(openColumn(memory, 0, head));
      }
      seen.push(header.head.part);
      yield { header, shared: putColumns(header.tree, columns).projection };
    }
  } catch (error) {
    if (error instanceof SnapshotDamage) throw damaged(name, error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw damaged(name, 'the file is missing');
    throw error;
  }
}

async function checkIndex(source: ByteSource, prefix: Buffer, seen: readonly number[]): Promise<void> {
  const length = prefix.readUInt32LE(8);
  const rest = Buffer.alloc(length + 4);
  await source.readInto(rest);
  const json = rest.subarray(0, length);
  if (crc32(json) !== prefix.readUInt32LE(12) || rest.readUInt32LE(length) !== length)
    throw new SnapshotDamage('its index has another checksum');
  const parts = (JSON.parse(json.toString()) as IndexedPart[]).map(({ part }) => part);
  if (JSON.stringify(parts) !== JSON.stringify(seen)) throw new SnapshotDamage('it has other parts than its index says');
}

/** Bytes that come in pieces of any size. */
class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Fills the bytes. False: there is none, and `mayEnd`. Throws SnapshotDamage if the source ends before. */
  async readInto(bytes: Uint8Array, mayEnd = false): Promise<boolean> {
    for (let at = 0; at < bytes.length; ) {
      if (this.#piece.length === 0) {
        const next = await this.#pieces.next();
        if (next.done === true) {
          if (mayEnd && at === 0) return false;
          throw new SnapshotDamage('it ends early');
        }
        this.#piece = next.value;
        continue;
      }
      const taken = Math.min(this.#piece.length, bytes.length - at);
      bytes.set(this.#piece.subarray(0, taken), at);
      this.#piece = this.#piece.subarray(taken);
      at += taken;
    }
    return true;
  }
}

/** Reads what a pack says of itself. Throws BATCH_DAMAGED. */
export async function readManifest(folder: string): Promise<PackManifest> {
  const path = join(folder, 'manifest.json');
  const manifest = (await readJson(path)) as PackManifest;
  refuseFormat(path, manifest.format);
  if (!Array.isArray(manifest.files) || !manifest.files.some(({ name }) => name === 'common'))
    throw damaged(path, 'it names no common facts');
  return manifest;
}

/** Throws BATCH_DAMAGED. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw damaged(path, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file is missing' : 'it is not JSON');
  }
}

/** Throws BATCH_DAMAGED, which names the file that is missing, was changed, came twice, or is not of the pack. */
export async function checkFiles(folder: string, { files }: PackManifest): Promise<void> {
  const expected = new Set<string>();
  for (const { name, bytes, sha256 } of files) {
    if (expected.has(name)) throw damaged(join(folder, 'manifest.json'), `it names ${name} twice`);
    expected.add(name);
    const path = join(folder, name);
    const found = await hashFile(path);
    if (found.bytes < bytes) throw damaged(path, `it has ${found.bytes} of ${bytes} bytes`);
    if (found.sha256 !== sha256) throw damaged(path, 'it has another SHA-256 than the manifest says');
  }
  for (const name of await readdir(join(folder, 'parts')))
    if (!expected.has(`parts/${name}`)) throw damaged(join(folder, 'parts', name), 'the manifest does not name it');
}

/** Throws BATCH_DAMAGED if the file is missing. */
export async function hashFile(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      hash.update(piece);
      bytes += piece.length;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged(path, 'the file is missing');
    throw error;
  }
  return { bytes, sha256: hash.digest('hex') };
}
