import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, statSync } from 'node:fs';
import { endianness } from 'node:os';
import { packageVersion } from '../../configuration/package-root.ts';
import type { Projection } from '../../projection/projection.ts';
import { countFacts } from '../../projection/refresh/read-changes.ts';
import type { KeptProjection } from '../../projection/refresh/refresh.ts';
import { mendParts } from '../../projection/refresh/refresh-projection.ts';
import { openSnapshot, type ReadFacts } from '../../projection/snapshot-file.ts';
import { type KeptFacts, type KeptFigures, SnapshotDamage, snapshotFormat } from '../../projection/snapshot-format.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { deleteSnapshot, findParts, partSuffix } from '../../store/snapshot-path.ts';
import { OwnThreads } from '../run/worker-pool.ts';

export interface SnapshotOptions {
  readonly path: string;
  readonly store: Pick<FactStore, 'readRevision' | 'readFingerprint' | 'readFacts'>;
  /** Figures to be kept with a projection; waits for those that are being computed. Default: none. */
  readonly figuresOf?: (projection: Projection) => Promise<KeptFigures | null>;
  /** Called with a sentence when a snapshot cannot be used or written. */
  readonly onTrouble: (sentence: string, isExpected: boolean) => void;
  /** Smaller projections are built faster than a disk confirms a file. Default 20,000 facts. */
  readonly leastFacts?: number;
  /** How long a projection must stay the latest before it is written. Default 5,000. */
  readonly settledMs?: number;
  /** How long a stop waits for the last snapshot. Default 2,500. */
  readonly stopWaitMs?: number;
}

/**
 * The program whose snapshots this process trusts. The format names all that decides a byte of a file. The version is a second lock: no release
 * reads the columns of another, even if no world of the format's test shows what has changed between them. V8 and the processor may
 * compute another last digit.
 */
const program = [snapshotFormat, packageVersion(), process.versions.v8, process.arch, endianness()].join(' ');

/** Writing takes at most one part in this many of the time: constant edits would else rewrite the file every few seconds. */
const restFactor = 100;
/** Files that other servers left unfinished are deleted after this time. */
const abandonedMs = 600_000;

/**
 * Keeps the latest projection in a file, so that a restart reads columns instead of building them from all facts (docs/decisions/parts.md).
 *
 * The file is a cache. It may be deleted at any time, and anything unexpected about it deletes it: another program, another store, a
 * revision that the store has not, damage. Damaged parts are made anew from the store, if they are fewer than the others. Several servers may share one file. Each writes a file of its own and renames it.
 */
export class ProjectionSnapshot implements KeptProjection {
  readonly #options: Required<SnapshotOptions>;
  /** The store when this process began to read it. */
  #anchor: StoreAnchor | undefined;
  #read: KeptFacts | undefined;
  /** The revision in the file; undefined: none that this process knows. */
  #kept: number | undefined;
  #latest: Projection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #restUntil = 0;
  #writing: Promise<void> | undefined;
  readonly #threads = new OwnThreads();
  #isClosed = false;

  constructor(options: SnapshotOptions) {
    this.#options = { figuresOf: async () => null, leastFacts: 20_000, settledMs: 5000, stopWaitMs: 2500, ...options };
  }

  /** The projection in the file, perhaps of an earlier revision; undefined if there is none to trust. Throws the store's errors. */
  async read(): Promise<Projection | undefined> {
    const { path, store } = this.#options;
    this.#anchor = await readAnchor(store);
    let snapshot: Awaited<ReturnType<typeof openSnapshot>>;
    try {
      snapshot = await openSnapshot(path);
    } catch (error) {
      return this.#drop(error);
    }
    if (snapshot === undefined) return undefined;
    try {
      const { header } = snapshot;
      if (header.program !== program) return this.#drop('another version of the program wrote it');
      if (header.store !== (await store.readFingerprint(header.revision))) return this.#drop('it is not of this store');
      let read: ReadFacts;
      try {
        read = await snapshot.readColumns();
      } catch (error) {
        return this.#drop(error);
      }
      const projection = await this.#mend(read);
      this.#read = { projection, figures: read.figures };
      return projection;
    } finally {
      await snapshot.close();
    }
  }

  async #mend({ projection, damaged }: ReadFacts): Promise<Projection> {
    if (damaged.length === 0) {
      this.#kept = projection.revision;
      return projection;
    }
    const { path, store, onTrouble } = this.#options;
    const count = `${damaged.length} of ${projection.memory.parts.length} parts of it`;
    onTrouble(`The snapshot ${path} is damaged: ${count} are made anew from the store, and the file is written again.`, false);
    return mendParts(projection, damaged, store.readFacts({ revision: projection.revision }, ['TRANSFER']));
  }

  /** The figures that were read with this projection. */
  takeFigures(projection: Projection): KeptFigures | null {
    const read = this.#read;
    this.#read = undefined;
    return read?.projection === projection ? read.figures : null;
  }

  keep(projection: Projection): void {
    if (this.#read?.projection !== projection) this.#read = undefined;
    if (this.#isClosed || countFacts(projection) < this.#options.leastFacts) return;
    this.#latest = projection;
    clearTimeout(this.#timer);
    if (projection.revision === this.#kept) return;
    const wait = Math.max(this.#options.settledMs, this.#restUntil - performance.now());
    this.#timer = setTimeout(() => void this.#write(), wait);
    this.#timer.unref();
  }

  /** Writes the latest projection if the file has an earlier one, and the disk takes it in time. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isClosed = true;
    const giveUp = setTimeout(() => void this.#threads.close(), this.#options.stopWaitMs);
    await this.#write();
    clearTimeout(giveUp);
    await this.#dropErased();
  }

  /** Never throws: the program works without a snapshot. */
  async #write(): Promise<void> {
    await this.#writing;
    const projection = this.#latest;
    if (projection === undefined || projection.revision === this.#kept) return;
    const begun = performance.now();
    this.#writing = this.#writeNow(projection).catch((error: unknown) => this.#tell(error, 'could not be written'));
    await this.#writing;
    this.#writing = undefined;
    this.#restUntil = performance.now() + restFactor * (performance.now() - begun);
  }

  async #writeNow(projection: Projection): Promise<void> {
    const figures = await this.#options.figuresOf(projection);
    const { path, store } = this.#options;
    // An erasure gives the store another history, while this process still holds the erased facts.
    if (!(await hasHistoryOf(store, this.#anchor))) return deleteSnapshot(path);
    const fingerprint = await store.readFingerprint(projection.revision);
    if (fingerprint === undefined) return;
    const part = `${path}.${randomBytes(6).toString('hex')}${partSuffix}`;
    try {
      const key = { store: fingerprint, program };
      await this.#threads.run(projection, 'snapshot', { path: part, key, figures });
      if (!(await hasHistoryOf(store, this.#anchor))) return deleteSnapshot(path);
      renameSync(part, path);
      this.#kept = projection.revision;
    } finally {
      rmSync(part, { force: true });
    }
    this.#deleteAbandoned();
  }

  /** Another program may have erased facts from a shared database since the file was read or written. */
  async #dropErased(): Promise<void> {
    if (this.#kept === undefined) return;
    try {
      if (!(await hasHistoryOf(this.#options.store, this.#anchor))) deleteSnapshot(this.#options.path);
    } catch (error) {
      this.#tell(error, 'could not be compared with the store');
    }
  }

  #deleteAbandoned(): void {
    for (const part of findParts(this.#options.path)) {
      const stat = statSync(part, { throwIfNoEntry: false });
      if (stat !== undefined && Date.now() - stat.mtimeMs > abandonedMs) rmSync(part, { force: true });
    }
  }

  #drop(reason: unknown): undefined {
    this.#tell(reason, 'is ignored and deleted');
    try {
      deleteSnapshot(this.#options.path);
    } catch (error) {
      this.#tell(error, 'could not be deleted');
    }
    return undefined;
  }

  #tell(reason: unknown, what: string): void {
    const why = reason instanceof SnapshotDamage ? `it is damaged: ${reason.message}` : reason instanceof Error ? reason.message : reason;
    this.#options.onTrouble(`The snapshot ${this.#options.path} ${what} (${why}).`, typeof reason === 'string');
  }
}

type History = Pick<FactStore, 'readRevision' | 'readFingerprint'>;

/** A revision of a store with the fingerprint of its history. What was read from the store since then is kept only while both belong together. */
export interface StoreAnchor {
  readonly revision: number;
  readonly fingerprint: string;
}

/** The store as it is now; undefined if it has no fingerprint. */
export async function readAnchor(store: History): Promise<StoreAnchor | undefined> {
  const revision = await store.readRevision();
  const fingerprint = await store.readFingerprint(revision);
  return fingerprint === undefined ? undefined : { revision, fingerprint };
}

/** Whether the store still has the history of the anchor. An erasure, also by another program, gives it another one. Without an anchor: false. */
export async function hasHistoryOf(store: History, anchor: StoreAnchor | undefined): Promise<boolean> {
  return anchor !== undefined && (await store.readFingerprint(anchor.revision)) === anchor.fingerprint;
}
