import { ExposureError } from '../../../domain/errors.ts';
import type { ImportProgress } from '../../import-view.ts';
import type { DraftChanges } from '../draft-changes.ts';
import type { TaskLimits } from '../draft-files.ts';
import { startOf } from '../draft-files.ts';
import type { DraftFolder } from '../draft-folder.ts';
import type { DraftHost } from '../draft-host.ts';
import type { Claim, DraftRecord } from '../draft-record.ts';
import { claimOf, takenUp } from '../draft-record.ts';
import type { DraftReports } from '../draft-reports.ts';
import { DraftBeat } from './draft-beat.ts';
import { runCommit } from './draft-commit.ts';
import { DraftWork } from './draft-work.ts';

export interface WorkerParts {
  readonly folder: DraftFolder;
  readonly changes: DraftChanges;
  readonly reports: DraftReports;
  readonly host: DraftHost;
}

/** Runs this server's task of a draft, and takes over tasks of servers that are gone. */
export class DraftWorker {
  readonly #parts: WorkerParts;
  readonly #beat: DraftBeat;
  #work: DraftWork | undefined;
  /** Progress of another server. */
  #heard: ImportProgress | null = null;
  #watch: NodeJS.Timeout | undefined;
  #isClosing = false;
  /** A failure that could not be written to the folder. */
  #failure: { readonly task: string; readonly sentence: string } | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#beat = new DraftBeat(parts.folder.path);
  }

  /** Call this for each state that is read. Stops a stale task, and starts this server's own. */
  follow(): void {
    const { record } = this.#parts.changes;
    const claim = claimOf(record);
    if (this.#work !== undefined && this.#work.task !== claim?.task) this.#work.stop();
    if (claim === undefined || !this.#isOurs(record) || this.#isClosing) return;
    if (claim.task !== this.#work?.task && claim.task !== this.#failure?.task) this.#start(claim.task, record);
  }

  /** Takes over a task that no live server works on; otherwise looks again later. */
  async takeUp(): Promise<void> {
    const { changes, host } = this.#parts;
    const claim = claimOf(changes.record);
    if (claim === undefined || claim.task === this.#work?.task || claim.task === this.#failure?.task) return;
    if (claim.worker !== null) {
      const { progress, silentMs } = await this.#beat.hear(claim.worker);
      this.#heard = progress;
      if (silentMs < host.leaseMs) return this.#comeBack();
    }
    await changes.tryChange((record) => (claimOf(record)?.task === claim.task ? takenUp(record, host.worker) : record));
  }

  progressOf({ task }: Claim): ImportProgress | null {
    return this.#work?.task === task ? this.#work.progress : this.#heard;
  }

  failureOf({ task }: Claim): string | undefined {
    return this.#failure?.task === task ? this.#failure.sentence : undefined;
  }

  get isAtWork(): boolean {
    return this.#work !== undefined;
  }

  /** Resolves when no task runs here. */
  async settled(): Promise<void> {
    while (this.#work !== undefined) await this.#work.done;
  }

  /** Stops the running task and leaves it to other servers; a write completes first. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#watch);
    const work = this.#work;
    if (work === undefined) return;
    const { changes } = this.#parts;
    const { phase } = changes.record;
    if (!(phase.state === 'COMMITTING' && phase.isWriting)) work.stop();
    await work.done;
    // If this fails, other servers wait for the lease to end.
    await changes.advance(work.task, (record) => (this.#isOurs(record) ? takenUp(record, null) : record)).catch(() => undefined);
  }

  /** The task may have moved to another server meanwhile. */
  #isOurs(record: DraftRecord): boolean {
    return claimOf(record)?.worker === this.#parts.host.worker;
  }

  #comeBack(): void {
    if (this.#watch !== undefined || this.#isClosing) return;
    const look = async () => {
      await this.#parts.changes.refresh();
      await this.takeUp();
    };
    this.#watch = setTimeout(() => {
      this.#watch = undefined;
      look().catch(() => this.#comeBack());
    }, this.#parts.host.beatMs).unref();
  }

  #start(task: string, record: DraftRecord): void {
    const { changes, host } = this.#parts;
    const isWanted = async () => {
      await changes.refresh();
      return claimOf(changes.record)?.task === task;
    };
    const options = { task, worker: host.worker, beatMs: host.beatMs, beat: this.#beat, progress: startOf(record), isWanted };
    const work = new DraftWork(options, async (limits) => {
      try {
        await this.#run(task, record, limits);
      } catch (error) {
        if (!limits.signal.aborted) await this.#fail(task, error);
      } finally {
        if (this.#work === work) this.#work = undefined;
      }
    });
    this.#work = work;
  }

  async #run(task: string, record: DraftRecord, limits: TaskLimits): Promise<void> {
    const { folder, changes, reports, host } = this.#parts;
    if (record.phase.state === 'COMMITTING') {
      const isOurs = (latest: DraftRecord) => this.#isOurs(latest);
      await runCommit({ folder, changes, reports, store: host.store, writer: host.writer, now: host.now, isOurs }, task, record, limits);
    } else {
      const found = await reports.keep(await reports.analyze(record, limits));
      await changes.advance(task, (latest) => ({ ...latest, found, phase: { state: 'DRAFT' } }));
    }
  }

  async #fail(task: string, error: unknown): Promise<void> {
    const { changes, host } = this.#parts;
    if (!(error instanceof ExposureError)) host.onError(error);
    const failure =
      error instanceof ExposureError
        ? error.message
        : 'The import failed because of an error inside this program. Its log describes the error.';
    try {
      await changes.advance(task, (record) => (this.#isOurs(record) ? { ...record, phase: { state: 'FAILED', failure } } : record));
    } catch {
      this.#failure = { task, sentence: failure };
    }
  }
}
