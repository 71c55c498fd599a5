import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { fieldIndex } from '../../../domain/fact-rules.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { unpackBlocks } from '../../../projection/packed/transfer-block.ts';
import { TextCodes, TransferRows } from '../../../projection/packed/transfer-rows.ts';
import type { FactPart, FactStore } from '../../../store/fact-store.ts';
import type { BlockPlace } from './handled-pairs.ts';
import { readHandled } from './handled-pairs.ts';
import { appendBlocks, type Pack, packTransfers } from './pack-transfers.ts';

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

/** The transfers of some artifacts. */
export interface ReadTransfers {
  readonly rows: TransferRows;
  /** The artifacts that were read from the store. Their rows begin at `storedFrom`. */
  readonly missing: readonly string[];
  readonly storedFrom: number;
}

const artifactField = fieldIndex('TRANSFER', 'artifact');
const senderField = fieldIndex('TRANSFER', 'sender');
const recipientField = fieldIndex('TRANSFER', 'recipient');
const noCodes = new Uint32Array(0);
const turnMs = 10;
/** How often a pack is compared with the store's history, which an erasure replaces. */
const compareEveryMs = 5000;
/** If more than one transfer in this many changed, and more than the least number, all are packed again. */
const transfersAChange = 100;
const leastChanges = 2000;
const keysAQuestion = 1000;
/** Packs again when the blocks that were replaced take more than the rest, and more than this. */
const spareBytes = 2 ** 28;
const retryAfterMs = 60_000;

/**
 * Reads all transfers of artifacts, from a file that this process packs in the background (docs/decisions/parts-of-the-facts.md), or from the store.
 *
 * A block holds all transfers of one artifact, so a question that needs whole artifacts reads bytes in place of records. The pack has a
 * revision. To reach a later one, it asks the store which transfers changed, and marks the artifacts that they named before and
 * name now. Those are read from the store by the next question, and packed again. Whatever the pack does not know, the store answers.
 */
export class PackedTransfers {
  readonly #store: PackedStore;
  readonly #options: PackOptions | undefined;
  readonly #texts = new TextCodes();
  #pack: Pack | undefined;
  #packing: Promise<void> | undefined;
  #reaching: Promise<void> | undefined;
  /** The store's history when it was packed. */
  #anchor: { readonly revision: number; readonly fingerprint: string } | undefined;
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
    if (this.#pack === undefined && performance.now() >= this.#retryAt) this.#packAll();
  }

  /** Resolves once all transfers are packed, or cannot be. */
  async packed(): Promise<void> {
    await this.#packing;
  }

  /**
   * The artifacts of which any of the organizations sent or received a copy, perhaps with others that they no longer handle. Undefined: the
   * store must answer.
   *
   * @param revision at which the caller reads
   */
  async findHandled(organizations: readonly string[], revision: number): Promise<string[] | undefined> {
    const pack = await this.#packAt(revision);
    if (pack === undefined) return undefined;
    const { file, handled, handledSince } = pack;
    const found = new Set<number>();
    for (const organization of organizations) {
      const code = this.#texts.codeOf(organization);
      const place = handled.find(code);
      const list = place === undefined || place === 'stale' ? noCodes : readHandled(file, place);
      if (list === undefined) return undefined;
      for (const artifact of list) found.add(artifact);
      for (const artifact of handledSince.get(code) ?? []) found.add(artifact);
    }
    return Array.from(found, (code) => this.#texts.textOf(code));
  }

  /** @param revision of `part` */
  async read(part: FactPart, artifacts: readonly string[], revision: number): Promise<ReadTransfers> {
    const rows = new TransferRows(this.#texts);
    const pack = await this.#packAt(revision);
    const missing = pack === undefined ? artifacts : await this.#unpack(pack, artifacts, rows);
    const storedFrom = rows.count;
    let end = performance.now() + turnMs;
    for (const fact of missing.length === 0 ? [] : await part.readTransfersOf(missing)) {
      rows.add(fact);
      if (performance.now() < end) continue;
      await nextTurn();
      end = performance.now() + turnMs;
    }
    return { rows, missing, storedFrom };
  }

  /** Packs what was read from the store. @param revision that of the store during the whole read */
  async keep({ rows, missing, storedFrom }: ReadTransfers, revision: number): Promise<void> {
    const pack = this.#pack;
    if (pack === undefined || pack.revision !== revision || missing.length === 0) return;
    const without = new Set(missing.map((artifact) => this.#texts.codeOf(artifact)));
    for (let row = storedFrom; row < rows.count; row++) without.delete(rows.columns.artifact[row] as number);
    for (const artifact of without) pack.index.set(artifact, undefined);
    pack.file.hold();
    try {
      // The artifact may have changed while the disk took its block.
      await appendBlocks(rows, storedFrom, pack.file, (artifact, place) => {
        if (pack.revision === revision) pack.index.set(artifact, place);
      });
    } catch (error) {
      await this.#drop(error);
    } finally {
      await pack.file.release();
    }
    if (pack.file.size > 2 * pack.packedSize + spareBytes) this.#packAll();
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
        if (this.#pack === undefined) this.#retryAt = performance.now() + retryAfterMs;
      });
  }

  async #packNow({ path, onPacked }: PackOptions): Promise<void> {
    const start = performance.now();
    const revision = await this.#store.readRevision();
    const fingerprint = await this.#store.readFingerprint(revision);
    if (fingerprint === undefined) return;
    const pack = await packTransfers(this.#store.readFacts(undefined, ['TRANSFER']), this.#texts, path, () => this.#isClosed);
    if (pack === undefined) return;
    await this.#drop();
    this.#anchor = { revision, fingerprint };
    this.#comparedAt = -compareEveryMs;
    this.#pack = pack;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    onPacked?.(`${pack.count} transfers are packed, in ${seconds} s and ${(pack.packedSize / 1e6).toFixed(1)} MB.`);
  }

  /** The pack if it has, or soon reaches, the revision. */
  async #packAt(revision: number): Promise<Pack | undefined> {
    const { waitMs = 500 } = this.#options ?? {};
    const end = performance.now() + waitMs;
    const isBehind = () => this.#pack !== undefined && (this.#pack.revision < revision || this.#isComparisonDue());
    for (let left = waitMs; isBehind() && left > 0; left = end - performance.now()) {
      this.#reaching ??= this.#reach(revision).finally(() => {
        this.#reaching = undefined;
      });
      await Promise.race([this.#reaching, sleep(left, undefined, { ref: false })]);
    }
    return !isBehind() && this.#pack?.revision === revision ? this.#pack : undefined;
  }

  #isComparisonDue(): boolean {
    return performance.now() - this.#comparedAt > compareEveryMs;
  }

  /** Never throws: without a pack, the store answers. */
  async #reach(revision: number): Promise<void> {
    const pack = this.#pack as Pack;
    try {
      if (!(await this.#isSameStore())) return await this.#drop('the store has another history');
      this.#comparedAt = performance.now();
      if (pack.revision >= revision) return;
      const changed = await this.#store.readChangedKeys(pack.revision, Math.max(leastChanges, pack.count / transfersAChange), revision);
      if (changed === undefined) return await this.#drop();
      const transfers = await this.#readChanged(changed.get('TRANSFER') ?? [], [pack.revision, revision]);
      for (const { artifact, ends } of transfers) {
        pack.index.markStale(artifact);
        for (const end of ends) getOrInsert(pack.handledSince, end, () => new Set()).add(artifact);
      }
      pack.revision = revision;
    } catch (error) {
      await this.#drop(error);
    }
  }

  /** The codes of what these transfers name at any of the revisions. */
  async #readChanged(
    keys: readonly string[],
    revisions: readonly number[],
  ): Promise<{ readonly artifact: number; readonly ends: number[] }[]> {
    const found: { readonly artifact: number; readonly ends: number[] }[] = [];
    const codeOf = ({ values }: RecordedFact, field: number) => this.#texts.codeOf(values[field] as string);
    for (let start = 0; start < keys.length; start += keysAQuestion) {
      const some = keys.slice(start, start + keysAQuestion);
      for (const revision of revisions) {
        const facts = await this.#store.readFactsByKey('TRANSFER', some, { revision });
        for (const fact of facts) {
          found.push({ artifact: codeOf(fact, artifactField), ends: [codeOf(fact, senderField), codeOf(fact, recipientField)] });
        }
      }
    }
    return found;
  }

  async #isSameStore(): Promise<boolean> {
    const anchor = this.#anchor;
    return anchor !== undefined && (await this.#store.readFingerprint(anchor.revision)) === anchor.fingerprint;
  }

  /** Unpacks the blocks of artifacts. Returns the artifacts whose blocks cannot be used. */
  async #unpack({ file, index }: Pack, artifacts: readonly string[], rows: TransferRows): Promise<string[]> {
    const missing: string[] = [];
    const places: { readonly artifact: string; readonly place: BlockPlace }[] = [];
    for (const artifact of artifacts) {
      const place = index.find(this.#texts.codeOf(artifact));
      if (place === 'stale') missing.push(artifact);
      else if (place !== undefined) places.push({ artifact, place });
    }
    places.sort((a, b) => a.place.start - b.place.start);
    const memory = new Uint8Array(places.reduce((most, { place }) => Math.max(most, place.length), 0));
    file.hold();
    try {
      let end = performance.now() + turnMs;
      for (const { artifact, place } of places) {
        const block = memory.subarray(0, place.length);
        file.readInto(block, place.start);
        if (crc32(block) === place.crc) unpackBlocks(block, rows);
        else missing.push(artifact);
        if (performance.now() < end) continue;
        await nextTurn();
        end = performance.now() + turnMs;
      }
    } finally {
      await file.release();
    }
    return missing;
  }

  async #drop(reason?: unknown): Promise<void> {
    const pack = this.#pack;
    this.#pack = this.#anchor = undefined;
    if (reason !== undefined) this.#tell(reason);
    await pack?.file.release();
  }

  #tell(reason: unknown): void {
    if (this.#isClosed) return;
    const why = reason instanceof Error ? reason.message : String(reason);
    this.#options?.onTrouble(
      `Packed transfers cannot be used (${why}). Questions read them from the database, which takes longer, until all are packed again.`,
      typeof reason === 'string',
    );
  }
}
