import { ExposureError } from '../../domain/errors.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { DraftDocuments } from './draft-documents.ts';
import { isFinal } from './draft-record.ts';

/** The most bytes that the uploaded files of open drafts may hold: of drafts that are neither committed nor discarded. */
export interface DraftLimits {
  /** Of the drafts that one person or token made. */
  readonly bytesEach: number;
  /** Of all drafts. */
  readonly bytesInAll: number;
}

/** The open drafts of one person or token. */
interface Held {
  drafts: number;
  /** Of uploaded files. */
  bytes: number;
}

/** The most drafts of one person that are neither committed nor discarded. */
const maxDrafts = 1000;

/** An upload that is under way. */
interface Upload {
  readonly owner: string;
  receivedBytes: number;
}

/** Other servers add drafts, and drafts are discarded, so a count is not kept for long. */
const countLifeMs = 10_000;

/**
 * Refuses uploads that would fill the disk, and drafts beyond the most that one person may have. An upload of this server counts while it is
 * under way; one of another server counts from its end.
 */
export class DraftQuota {
  readonly #limits: DraftLimits;
  readonly #documents: DraftDocuments;
  readonly #underWay = new Set<Upload>();
  #counted: { readonly at: number; readonly held: Promise<Map<string, Held>> } | undefined;

  constructor(limits: DraftLimits, documents: DraftDocuments) {
    this.#limits = limits;
    this.#documents = documents;
  }

  /** Counts one more draft. Throws LIMIT_EXCEEDED if its owner has too many. */
  async addDraft(owner: string): Promise<void> {
    if (((await this.#count()).get(owner)?.drafts ?? 0) >= maxDrafts) this.#counted = undefined;
    const held = await this.#count();
    const own = getOrInsert(held, owner, () => ({ drafts: 0, bytes: 0 }));
    if (own.drafts >= maxDrafts)
      throw new ExposureError(
        'LIMIT_EXCEEDED',
        `${owner} has ${own.drafts.toLocaleString('en-US')} drafts of imports, which is the most. Commit or discard some.`,
      );
    own.drafts++;
  }

  /**
   * Runs an upload and watches its body. Throws LIMIT_EXCEEDED before the first piece if the announced bytes are too many, else as
   * soon as too many came.
   *
   * @param owner who made the draft
   * @param announcedBytes 0: unknown
   */
  async guard<T>(
    owner: string,
    announcedBytes: number,
    body: AsyncIterable<Uint8Array>,
    receive: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const upload: Upload = { owner, receivedBytes: 0 };
    this.#underWay.add(upload);
    try {
      await this.#check(owner, announcedBytes);
      return await receive(this.#watch(upload, body));
    } finally {
      this.#underWay.delete(upload);
      this.#counted = undefined;
    }
  }

  async *#watch(upload: Upload, body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const piece of body) {
      upload.receivedBytes += piece.length;
      try {
        await this.#check(upload.owner, 0);
      } catch (error) {
        // Uploads beside this one may go on at once: what came of it is dropped.
        upload.receivedBytes = 0;
        throw error;
      }
      yield piece;
    }
  }

  /** Throws LIMIT_EXCEEDED if so many more bytes are too many. */
  async #check(owner: string, moreBytes: number): Promise<void> {
    if (this.#counted !== undefined && this.#findExcess(owner, moreBytes, await this.#count()) === undefined) return;
    // A draft may have been discarded since the last count.
    this.#counted = undefined;
    const excess = this.#findExcess(owner, moreBytes, await this.#count());
    if (excess !== undefined) throw new ExposureError('LIMIT_EXCEEDED', excess);
  }

  #count(): Promise<Map<string, Held>> {
    const now = performance.now();
    if (this.#counted === undefined || now - this.#counted.at > countLifeMs) this.#counted = { at: now, held: this.#countHeld() };
    return this.#counted.held;
  }

  async #countHeld(): Promise<Map<string, Held>> {
    const held = new Map<string, Held>();
    const drafts = await this.#documents.list().catch((error: unknown) => {
      this.#counted = undefined;
      throw error;
    });
    for (const { record } of drafts) {
      if (isFinal(record)) continue;
      const own = getOrInsert(held, record.createdBy, () => ({ drafts: 0, bytes: 0 }));
      own.drafts++;
      own.bytes += record.files.reduce((sum, file) => sum + file.sizeBytes, 0);
    }
    return held;
  }

  /** A sentence, or undefined. */
  #findExcess(owner: string, moreBytes: number, held: ReadonlyMap<string, Held>): string | undefined {
    const { bytesEach, bytesInAll } = this.#limits;
    const uploads = [...this.#underWay];
    const own = (held.get(owner)?.bytes ?? 0) + received(uploads.filter((upload) => upload.owner === owner)) + moreBytes;
    if (own > bytesEach)
      return `The drafts of imports that ${owner} made would hold more than ${formatSize(bytesEach)}, which is the most for one person or token. Commit or discard some, or raise EXPOSURE_DRAFT_MB_EACH.`;
    const all = [...held.values()].reduce((sum, { bytes }) => sum + bytes, 0) + received(uploads) + moreBytes;
    if (all > bytesInAll)
      return `All drafts of imports together would hold more than ${formatSize(bytesInAll)}, which is the most. Commit or discard some, or raise EXPOSURE_DRAFT_MB_IN_ALL.`;
    return undefined;
  }
}

function received(uploads: readonly Upload[]): number {
  return uploads.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
}

function formatSize(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2).toLocaleString('en-US')} MB`;
}
