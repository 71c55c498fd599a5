import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExposureError } from '../domain/errors.ts';
import { formatInstant } from '../domain/instants.ts';
import { vocabularyRows } from '../import/vocabulary/vocabulary-rows.ts';
import { ProjectionBuilder } from '../projection/build/build-projection.ts';
import { unpackBlocks } from '../projection/packed/transfer-block.ts';
import { TextCodes, TransferRows } from '../projection/packed/transfer-rows.ts';
import type { Projection } from '../projection/projection.ts';
import { runInTurns } from '../projection/turns.ts';
import { type Pack, packTransfers } from '../questions/facts/packed/pack-transfers.ts';
import { refuseEmptyPast } from '../questions/facts/refuse-empty-past.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { FactBatch, FactStore, FactStream } from '../store/fact-store.ts';
import { makeFolder } from '../store/make-folder.ts';
import {
  commonPart,
  formatBlock,
  formatCommon,
  formatIndex,
  type IndexedPart,
  namePack,
  type PackDefaults,
  type PackedFacts,
  type PackFile,
  type PackManifest,
  packFormat,
} from './pack-format.ts';
import { makePart } from './part-world.ts';

export interface PackRequest {
  /** Must not exist, or be empty. */
  readonly folder: string;
  /** Epoch milliseconds: only the facts known then. Null: the latest. */
  readonly knownAt: number | null;
  /** The facts at this revision. Default: the latest. Not together with `knownAt`. */
  readonly revision?: number;
  /** The time of the request. */
  readonly now: number;
  readonly policy: ControlPolicy;
  /** A part has about this many transfers and copies of owners; an artifact with more is a part of its own. Default: `usualTransfersAPart`. */
  readonly transfersAPart?: number;
  /** A file has about this many bytes. Default 64 MB. */
  readonly bytesAFile?: number;
  /** Called now and then: every transfer is read once, and then put into a part. @param total of both; null until all are read */
  readonly onProgress?: (done: number, total: number | null) => void;
}

/** A pack reads only these parts of a store. */
export type PackedStore = Pick<FactStore, 'readFacts' | 'readFingerprint' | 'readHistory'>;

const usualBytesAFile = 64 * 2 ** 20;

/** A part has some bytes for every organization, so that there must be fewer parts where there are more of these: then both stay linear. */
const usualTransfersAPart = ({ organizations }: Projection) => Math.max(4000, Math.ceil(organizations.count / 100));

/**
 * Packs all facts of one revision into a folder (pack-format.ts). Works artifact by artifact, on files beside the folder.
 *
 * Throws CONFLICT (the folder is not empty), NOT_FOUND (nothing was known then), and the errors of the store and the file system. A failure
 * leaves no folder behind. Memory: what belongs to no artifact alone, and a few parts. Complexity: O(facts).
 */
export async function writePack(store: PackedStore, request: PackRequest): Promise<PackManifest> {
  const { folder } = request;
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new ExposureError('CONFLICT', `The folder ${folder} is not empty. Name a new one, because a pack is never written over another.`);
  const unfinished = `${folder}.${randomBytes(6).toString('hex')}.part`;
  makeFolder(join(unfinished, 'parts'));
  try {
    const manifest = await writeInto(unfinished, store, request);
    await rename(unfinished, folder);
    return manifest;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function writeInto(folder: string, store: PackedStore, request: PackRequest): Promise<PackManifest> {
  const { knownAt, now, policy, bytesAFile = usualBytesAFile, onProgress = ignore } = request;
  const texts = new TextCodes();
  const builder = new ProjectionBuilder();
  const at = request.revision === undefined ? undefined : { revision: request.revision };
  const stream = watched(store.readFacts(knownAt === null ? at : { instant: knownAt }), (read) => onProgress(read, null));
  const onOthers = ({ kind, facts }: FactBatch) => builder.add(kind, facts);
  const packed = (await packTransfers(stream, texts, join(folder, 'transfers'), () => false, { onOthers, hasLists: false })) as Pack;
  try {
    const { revision } = stream;
    if (knownAt !== null) await refuseEmptyPast(store, { revision }, knownAt);
    const common = await runInTurns(builder.steps(revision));
    const transfersAPart = request.transfersAPart ?? usualTransfersAPart(common);
    const facts: PackedFacts = {
      store: (await store.readFingerprint(revision)) ?? '',
      revision,
      knownAt: knownAt === null ? null : formatInstant(knownAt),
      instant: formatInstant(knownAt ?? now),
    };
    const defaults: PackDefaults = { instant: knownAt ?? now, policy, legalForms: vocabularyRows('legal-forms') };
    const pack = namePack(facts, defaults, transfersAPart);
    const writer = new PartWriter(folder, bytesAFile);
    let copies = 0;
    let placed = 0;
    for (const part of takeParts(common, packed, texts, transfersAPart)) {
      const { shared, copyCount } = makePart(common, part, part.rows);
      copies += copyCount;
      const head = { pack, part: writer.count, first: part.first, count: part.count };
      await writer.add(head, formatBlock(facts, head, shared));
      placed += part.rows.count;
      onProgress(packed.count + placed, 2 * packed.count);
    }
    const partFiles = await writer.finish();
    const commonFile = new PackFileWriter(folder, 'common');
    const head = { pack, part: commonPart, parts: writer.count, first: 0, count: common.artifacts.count, defaults };
    for (const bytes of formatCommon(facts, head, common)) await commonFile.write(bytes);
    const manifest: PackManifest = {
      format: packFormat,
      pack,
      ...facts,
      policy,
      counts: {
        organizations: common.organizations.count,
        artifacts: common.artifacts.count,
        transfers: packed.count,
        copies,
      },
      parts: writer.count,
      files: [await commonFile.close(), ...partFiles],
    };
    await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    return manifest;
  } finally {
    await packed.file.release();
  }
}

const ignore = () => undefined;

/** The same facts. @param onTransfers called with the number of transfers so far */
function watched(stream: FactStream, onTransfers: (count: number) => void): FactStream {
  return {
    get revision() {
      return stream.revision;
    },
    async *[Symbol.asyncIterator]() {
      let count = 0;
      for await (const batch of stream) {
        yield batch;
        if (batch.kind !== 'TRANSFER') continue;
        count += batch.facts.length;
        onTransfers(count);
      }
    },
  };
}

interface TakenPart {
  readonly first: number;
  readonly count: number;
  readonly rows: TransferRows;
}

/** Cuts all artifacts, in order of id, into ranges of about the same size, with their transfers. */
function* takeParts({ artifacts }: Projection, { file, index }: Pack, texts: TextCodes, transfersAPart: number): Generator<TakenPart> {
  const rows = new TransferRows(texts);
  let first = 0;
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const place = index.find(texts.codeOf(artifacts.id.get(artifact)));
    if (place !== undefined) unpackBlocks(file.read(place.start, place.length), rows);
    const count = artifact + 1 - first;
    if (rows.count + count < transfersAPart && artifact + 1 < artifacts.count) continue;
    yield { first, count, rows };
    rows.clear();
    first = artifact + 1;
  }
}

/** Writes parts into files of about the same size, each with an index at its end. */
class PartWriter {
  count = 0;
  readonly #folder: string;
  readonly #bytesAFile: number;
  readonly #files: PackFile[] = [];
  #file: PackFileWriter | undefined;
  #index: IndexedPart[] = [];

  constructor(folder: string, bytesAFile: number) {
    this.#folder = folder;
    this.#bytesAFile = bytesAFile;
  }

  async add({ part, first, count }: Omit<IndexedPart, 'start' | 'bytes'>, block: readonly Uint8Array[]): Promise<void> {
    this.#file ??= new PackFileWriter(this.#folder, `parts/${String(this.#files.length).padStart(8, '0')}`);
    const start = this.#file.size;
    for (const bytes of block) await this.#file.write(bytes);
    this.#index.push({ part, first, count, start, bytes: this.#file.size - start });
    this.count++;
    if (this.#file.size >= this.#bytesAFile) await this.#end(this.#file);
  }

  async finish(): Promise<readonly PackFile[]> {
    if (this.#file !== undefined) await this.#end(this.#file);
    return this.#files;
  }

  async #end(file: PackFileWriter): Promise<void> {
    await file.write(formatIndex(this.#index));
    this.#files.push(await file.close());
    this.#file = undefined;
    this.#index = [];
  }
}

const bytesAWrite = 2 ** 20;

/** Writes a file and computes its SHA-256. Small pieces are written together. */
class PackFileWriter {
  size = 0;
  readonly #name: string;
  readonly #file: Promise<FileHandle>;
  readonly #hash = createHash('sha256');
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(folder: string, name: string) {
    this.#name = name;
    this.#file = open(join(folder, name), 'wx', 0o600);
  }

  async write(bytes: Uint8Array): Promise<void> {
    // Columns are in shared memory, which a file takes only as a copy.
    this.#waiting.push(Buffer.from(bytes));
    this.#waitingBytes += bytes.length;
    this.size += bytes.length;
    if (this.#waitingBytes >= bytesAWrite) await this.#flush();
  }

  async close(): Promise<PackFile> {
    await this.#flush();
    const file = await this.#file;
    await file.sync();
    await file.close();
    return { name: this.#name, bytes: this.size, sha256: this.#hash.digest('hex') };
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#hash.update(bytes);
    const file = await this.#file;
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  }
}
