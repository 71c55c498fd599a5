import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { fieldIndex } from '../../../domain/fact-rules.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { BlockWriter, unpackBlocks } from '../../../projection/packed/transfer-block.ts';
import { TextCodes, TransferRows } from '../../../projection/packed/transfer-rows.ts';
import type { FactPart, FactStore } from '../../../store/fact-store.ts';
import { hasHistoryOf, readAnchor, type StoreAnchor } from '../projection-snapshot.ts';
import { readHandled } from './handled-pairs.ts';
import type { Pack } from './pack-transfers.ts';
import { packTransfers } from './pack-transfers.ts';

export interface PackOptions {
  /** The files are made beside this path, and have no names. */
  readonly path: string;
  /** Called with a sentence when transfers cannot be packed. */
  readonly onTrouble: (sentence: string, isExpected: boolean) => void;
  /** Called with a sentence when all transfers are packed. */
  readonly onPacked?: (sentence: string) => void;
  /** How long a question waits until the pack knows what changed, before it asks the store. Default 500. */
  readonly waitMs?: number;
}

type PackedStore = Pick<FactStore, 'readRevision' | 'readFingerprint' | 'readFacts' | 'readFactsByKey' | 'readChangedKeys'>;

/** All transfers of one revision, for one question. */
export interface TransferSource {
  /** The artifacts of which any of the organizations sent or received a copy, perhaps with others that they no longer handle. */
  findHandled(organizations: readonly string[]): Promise<string[]>;
  /** Appends all transfers of the artifacts. */
  read(artifacts: readonly string[], rows: TransferRows): Promise<void>;
}

/** The source knows a later revision by now, or cannot be used any more: the question is asked again. */
export class SourceMoved extends Error {}

/** All transfers when they were packed, and what changed since. */
interface Packed {
  readonly pack: Pack;
  readonly changed: ChangedTransfers;
  /** That of the latest change. */
  revision: number;
  count: number;
}

const noCodes = new Uint32Array(0);
const turnMs = 10;
/** How often a pack is compared with the store's history, which an erasure replaces. */
const compareEveryMs = 5000;
/** If more than one transfer in this many changed, and more than the least number, all are packed again. */
const transfersAChange = 100;
const leastChanges = 2000;
const keysAQuestion = 1000;
const retryAfterMs = 60_000;

/**
 * Reads all transfers of artifacts, from a file that this process packs in the background (docs/decisions/more-than-memory.md), or from the store.
 *
 * A block holds all transfers of one artifact, so a question that needs whole artifacts reads bytes in place of records. To reach a later
 * revision, the pack asks the store which transfers changed, and keeps these in memory. Until all transfers are packed, the store answers.
 */
export class PackedTransfers {
  readonly #store: PackedStore;
  readonly #options: PackOptions | undefined;
  readonly #texts = new TextCodes();
  #packed: Packed | undefined;
  #packing: Promise<void> | undefined;
  #reaching: Promise<void> | undefined;
  /** The store's history when it was packed. */
  #anchor: StoreAnchor | undefined;
  #comparedAt = 0;
  #retryAt = 0;
  #isClosed = false;

  /** @param options absent: nothing is packed, and the store answers */
  constructor(store: PackedStore, options: PackOptions | undefined) {
    this.#store = store;
    this.#options = options;
  }

  /** Packs all transfers in the background, unless they are packed already. */
  begin(): void {
    if (this.#packed === undefined && performance.now() >= this.#retryAt) this.#packAll();
  }

  /** Resolves once all transfers are packed, or cannot be. */
  async packed(): Promise<void> {
    await this.#packing;
  }

  /** No rows yet. */
  newRows(): TransferRows {
    return new TransferRows(this.#texts);
  }

  /** All packed transfers at a revision. Undefined: the store must answer. Its methods throw SourceMoved. */
  async at(revision: number): Promise<TransferSource | undefined> {
    const packed = await this.#reached(revision);
    return (
      packed && { findHandled: (of) => this.#findHandled(packed, revision, of), read: (of, rows) => this.#read(packed, revision, of, rows) }
    );
  }

  /** The number of all transfers at a revision. Undefined: the store must answer. */
  async countAt(revision: number): Promise<number | undefined> {
    return (await this.#reached(revision))?.count;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#packing;
    await this.#drop();
  }

  #packAll(): void {
    if (this.#options === undefined || this.#isClosed) return;
    this.#packing ??= this.#packNow(this.#options)
      .catch((error: unknown) => this.#tell(error))
      .finally(() => {
        this.#packing = undefined;
        if (this.#packed === undefined) this.#retryAt = performance.now() + retryAfterMs;
      });
  }

  async #packNow({ path, onPacked }: PackOptions): Promise<void> {
    const start = performance.now();
    const anchor = await readAnchor(this.#store);
    if (anchor === undefined) return;
    const pack = await packTransfers(this.#store.readFacts(undefined, ['TRANSFER']), this.#texts, path, () => this.#isClosed);
    if (pack === undefined) return;
    await this.#drop();
    this.#anchor = anchor;
    this.#comparedAt = -compareEveryMs;
    this.#packed = { pack, changed: new ChangedTransfers(this.#texts), revision: pack.revision, count: pack.count };
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    onPacked?.(`${pack.count} transfers are packed, in ${seconds} s and ${(pack.file.size / 1e6).toFixed(1)} MB.`);
  }

  /** The pack if it has, or soon reaches, the revision. */
  async #reached(revision: number): Promise<Packed | undefined> {
    const { waitMs = 500 } = this.#options ?? {};
    const end = performance.now() + waitMs;
    const isBehind = () => this.#packed !== undefined && (this.#packed.revision < revision || this.#isComparisonDue());
    for (let left = waitMs; isBehind() && left > 0; left = end - performance.now()) {
      this.#reaching ??= this.#reach(revision).finally(() => {
        this.#reaching = undefined;
      });
      await Promise.race([this.#reaching, sleep(left, undefined, { ref: false })]);
    }
    return !isBehind() && this.#packed?.revision === revision ? this.#packed : undefined;
  }

  #isComparisonDue(): boolean {
    return performance.now() - this.#comparedAt > compareEveryMs;
  }

  /** Never throws: without a pack, the store answers. */
  async #reach(revision: number): Promise<void> {
    const packed = this.#packed as Packed;
    try {
      if (!(await hasHistoryOf(this.#store, this.#anchor))) return await this.#drop('the store has another history');
      this.#comparedAt = performance.now();
      if (packed.revision >= revision) return;
      const mostChanges = Math.max(leastChanges, packed.count / transfersAChange);
      const changed = await this.#store.readChangedKeys(packed.revision, mostChanges, revision);
      if (changed === undefined) return await this.#drop();
      await this.#put(packed, [...new Set(changed.get('TRANSFER'))], revision);
      if (packed.changed.count > mostChanges) this.#packAll();
    } catch (error) {
      await this.#drop(error);
    }
  }

  /** Reads changed transfers, and adds them in one step. */
  async #put(packed: Packed, ids: readonly string[], revision: number): Promise<void> {
    const { changed } = packed;
    const before = await this.#readById(ids, packed.revision);
    const now = await this.#readById(ids, revision);
    for (const id of ids) changed.put(id, changed.has(id) ? undefined : before.get(id), now.get(id));
    packed.revision = revision;
    packed.count += now.size - before.size;
  }

  async #readById(ids: readonly string[], revision: number) {
    const found = new Map();
    for (let start = 0; start < ids.length; start += keysAQuestion) {
      const facts = await this.#store.readFactsByKey('TRANSFER', ids.slice(start, start + keysAQuestion), { revision });
      for (const fact of facts) found.set(fact.key, fact);
    }
    return found;
  }

  #check(packed: Packed, revision: number): void {
    if (this.#packed !== packed || packed.revision !== revision) throw new SourceMoved();
  }

  async #findHandled(packed: Packed, revision: number, organizations: readonly string[]): Promise<string[]> {
    this.#check(packed, revision);
    const { file, handled } = packed.pack;
    const found = new Set<number>();
    for (const organization of organizations) {
      const code = this.#texts.codeOf(organization);
      const place = handled.find(code);
      const list = place === undefined ? noCodes : readHandled(file, place);
      if (list === undefined) return this.#dropDamaged();
      for (const artifact of list) found.add(artifact);
      for (const artifact of packed.changed.handledBy(code)) found.add(artifact);
    }
    return Array.from(found, (code) => this.#texts.textOf(code));
  }

  async #read(packed: Packed, revision: number, artifacts: readonly string[], rows: TransferRows): Promise<void> {
    this.#check(packed, revision);
    const { changed, pack } = packed;
    const codes = artifacts.map((artifact) => this.#texts.codeOf(artifact));
    // The changes are read at once, because they grow while the disk is read.
    changed.append(codes, rows);
    const places = codes.flatMap((code) => {
      const place = pack.index.find(code);
      const gone = changed.packedOf(code);
      return place === undefined ? [] : { place, gone: gone && new Set(gone) };
    });
    places.sort((a, b) => a.place.start - b.place.start);
    const memory = new Uint8Array(places.reduce((most, { place }) => Math.max(most, place.length), 0));
    pack.file.hold();
    try {
      let end = performance.now() + turnMs;
      for (const { place, gone } of places) {
        const block = memory.subarray(0, place.length);
        pack.file.readInto(block, place.start);
        if (crc32(block) !== place.crc) return await this.#dropDamaged();
        if (gone === undefined) unpackBlocks(block, rows);
        else this.#unpackWithout(gone, block, rows);
        if (performance.now() < end) continue;
        await nextTurn();
        end = performance.now() + turnMs;
      }
    } finally {
      await pack.file.release();
    }
  }

  #unpackWithout(gone: ReadonlySet<string>, block: Uint8Array, rows: TransferRows): void {
    const all = this.newRows();
    unpackBlocks(block, all);
    appendRows(
      all,
      all.readIds().flatMap((id, row) => (gone.has(id) ? [] : row)),
      rows,
    );
  }

  async #dropDamaged(): Promise<never> {
    await this.#drop(new Error('a block has another checksum'));
    this.#packAll();
    throw new SourceMoved();
  }

  async #drop(reason?: unknown): Promise<void> {
    const packed = this.#packed;
    this.#packed = this.#anchor = undefined;
    if (reason !== undefined) this.#tell(reason);
    await packed?.pack.file.release();
  }

  #tell(reason: unknown): void {
    if (this.#isClosed) return;
    const why = reason instanceof Error ? reason.message : String(reason);
    this.#options?.onTrouble(
      `Packed transfers cannot be used (${why}). Questions read them from the store, which takes longer, until all are packed again.`,
      typeof reason === 'string',
    );
  }
}

/** All transfers of a revision, read from the store. */
export function storedTransfers(part: FactPart): TransferSource {
  return {
    findHandled: (organizations) => part.readArtifactsHandled(organizations),
    async read(artifacts, rows) {
      let end = performance.now() + turnMs;
      for (const fact of artifacts.length === 0 ? [] : await part.readTransfersOf(artifacts)) {
        rows.add(fact);
        if (performance.now() < end) continue;
        await nextTurn();
        end = performance.now() + turnMs;
      }
    },
  };
}

const artifactField = fieldIndex('TRANSFER', 'artifact');
const senderField = fieldIndex('TRANSFER', 'sender');
const recipientField = fieldIndex('TRANSFER', 'recipient');

const noneHandled: ReadonlySet<number> = new Set();

/** The transfers that changed since all were packed. Artifacts and organizations are codes of the same `TextCodes`. */
class ChangedTransfers {
  /** Every version that was put, the latest of a transfer last. */
  readonly #rows: TransferRows;
  /** The row of each changed transfer; undefined: it is gone. */
  readonly #rowOf = new Map<string, number | undefined>();
  /** artifact -> the changed transfers whose packed rows it has. */
  readonly #packed = new Map<number, Set<string>>();
  /** artifact -> the changed transfers that name it, or named it after a change. */
  readonly #named = new Map<number, Set<string>>();
  /** organization -> artifacts of changed transfers that it sent or received, then or now. */
  readonly #handled = new Map<number, Set<number>>();

  constructor(texts: TextCodes) {
    this.#rows = new TransferRows(texts);
  }

  /** The number of versions. */
  get count(): number {
    return this.#rows.count;
  }

  has(id: string): boolean {
    return this.#rowOf.has(id);
  }

  /** A change of a transfer. @param packed as it was when all were packed, where this is its first change since then */
  put(id: string, packed: RecordedFact | undefined, now: RecordedFact | undefined): void {
    const { texts } = this.#rows;
    const codeOf = ({ values }: RecordedFact, field: number) => texts.codeOf(values[field] as string);
    if (packed !== undefined) getOrInsert(this.#packed, codeOf(packed, artifactField), () => new Set()).add(id);
    this.#rowOf.set(id, now === undefined ? undefined : this.#rows.count);
    if (now === undefined) return;
    this.#rows.add(now);
    const artifact = codeOf(now, artifactField);
    getOrInsert(this.#named, artifact, () => new Set()).add(id);
    for (const end of [senderField, recipientField]) getOrInsert(this.#handled, codeOf(now, end), () => new Set()).add(artifact);
  }

  /** Artifacts that an organization sent or received by changed transfers, perhaps with others. */
  handledBy(organization: number): ReadonlySet<number> {
    return this.#handled.get(organization) ?? noneHandled;
  }

  /** The transfers whose packed rows no longer count, of an artifact that has any. */
  packedOf(artifact: number): ReadonlySet<string> | undefined {
    return this.#packed.get(artifact);
  }

  /** Appends the changed transfers of artifacts. */
  append(artifacts: Iterable<number>, to: TransferRows): void {
    const { artifact: artifactOf } = this.#rows.columns;
    const found: number[] = [];
    for (const artifact of artifacts) {
      for (const id of this.#named.get(artifact) ?? []) {
        const row = this.#rowOf.get(id);
        if (row !== undefined && artifactOf[row] === artifact) found.push(row);
      }
    }
    appendRows(this.#rows, found, to);
  }
}

/** Appends some rows to others with the same `TextCodes`. */
function appendRows(from: TransferRows, rows: readonly number[], to: TransferRows): void {
  if (rows.length === 0) return;
  const chosen = from.select(Uint32Array.from(rows));
  const writer = new BlockWriter();
  writer.add(chosen, 0, chosen.count, chosen.findStarts());
  unpackBlocks(writer.take(), to);
}
