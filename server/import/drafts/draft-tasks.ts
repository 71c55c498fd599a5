import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExposureError } from '../../domain/errors.ts';
import { isHeld } from '../../domain/records/lease.ts';
import type { ImportRecord } from '../../store/fact-write.ts';
import type { ImportOrder } from '../commit-import.ts';
import { commitImport, countRows, fullReport, previewImport, reportOfRecord } from '../commit-import.ts';
import type { EditionDecision } from '../editions/last-edition.ts';
import type { ImportProgress, ImportReport } from '../import-view.ts';
import type { Rejection } from '../rows/rejection.ts';
import type { DraftDocuments, SavedDraft } from './draft-documents.ts';
import type { DraftHost, TaskLimits } from './draft-files.ts';
import { orderOf, readDraft, startOf, writeDraftRows } from './draft-files.ts';
import type { Claim, CommitOrder, DraftLease, DraftRecord, Found } from './draft-record.ts';
import { beginWriting, checkMayRetract, claimOf, committed, openBeforeCommit, withLease } from './draft-record.ts';
import type { DraftReports } from './draft-reports.ts';
import { buildAnalysis } from './draft-reports.ts';

/** A task that this server runs. */
interface Work {
  readonly id: string;
  readonly task: string;
  /** The version of the draft when it began. */
  readonly version: number;
  readonly stopped: AbortController;
  progress: ImportProgress;
  /** Why its outcome cannot be saved now. */
  failure: string | undefined;
  done: Promise<void>;
}

const mostRenewalMs = 1000;

/** Runs this server's tasks of drafts, and takes over tasks whose lease is past. Which server does what: see ImportDrafts. */
export class DraftTasks {
  readonly #host: DraftHost;
  readonly #documents: DraftDocuments;
  readonly #reports: DraftReports;
  /** Unique to this run of this server. */
  readonly #worker = randomBytes(8).toString('hex');
  readonly #renewalMs: number;
  /** By task. */
  readonly #works = new Map<string, Work>();
  /** Drafts that another server works on, to be looked at again. */
  readonly #awaited = new Map<string, NodeJS.Timeout>();
  #isClosing = false;

  constructor(host: DraftHost, documents: DraftDocuments, reports: DraftReports) {
    this.#host = host;
    this.#documents = documents;
    this.#reports = reports;
    this.#renewalMs = host.leaseMs === 0 ? mostRenewalMs : Math.min(mostRenewalMs, host.leaseMs / 4);
  }

  /** A new task of this server. */
  newClaim(): Claim {
    return { task: randomBytes(8).toString('hex'), lease: this.#newLease(null) };
  }

  /** A draft as it is now. Takes over its task if nobody holds it. */
  async look(id: string): Promise<DraftRecord | undefined> {
    const saved = await this.#documents.find(id);
    return saved && this.#see(saved);
  }

  /** As `look`, of all drafts. */
  async list(): Promise<DraftRecord[]> {
    const records: DraftRecord[] = [];
    for (const saved of await this.#documents.list()) records.push(await this.#see(saved));
    return records;
  }

  /** Changes a draft, and starts or stops its task. Throws NOT_FOUND, CONFLICT, and what `next` throws. */
  async change(id: string, next: (record: DraftRecord) => DraftRecord): Promise<DraftRecord> {
    const saved = await this.#documents.change(id, next);
    this.#follow(saved);
    return saved.record;
  }

  /** How far its task is, and why the outcome cannot be saved now. Null if there is no task, or no such reason. */
  progressOf(record: DraftRecord): { readonly progress: ImportProgress | null; readonly failure: string | null } {
    const claim = claimOf(record);
    if (claim === undefined) return { progress: null, failure: null };
    const work = this.#works.get(claim.task);
    return { progress: work?.progress ?? claim.lease?.progress ?? startOf(record), failure: work?.failure ?? null };
  }

  /** Resolves when no task of the draft runs here. */
  async settled(id: string): Promise<void> {
    for (const work of this.#works.values()) if (work.id === id) return work.done.then(() => this.settled(id));
  }

  /** Stops the running tasks and leaves them to other servers; a write completes first. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const timer of this.#awaited.values()) clearTimeout(timer);
    const works = [...this.#works.values()];
    for (const { stopped } of works) stopped.abort();
    await Promise.all(works.map(({ done }) => done));
    // If this fails, other servers wait for the lease to end.
    for (const { id, task } of works)
      await this.#documents.change(id, (record) => (this.#isOurs(record, task) ? withLease(record, null) : record)).catch(() => undefined);
  }

  async #see(saved: SavedDraft): Promise<DraftRecord> {
    this.#follow(saved);
    const { record } = saved;
    const claim = claimOf(record);
    if (claim === undefined || this.#works.has(claim.task) || this.#isClosing) return record;
    if (this.#isHeld(claim)) {
      this.#comeBack(record.id);
      return record;
    }
    return this.change(record.id, (latest) => {
      const now = claimOf(latest);
      return now?.task === claim.task && !this.#isHeld(now) ? withLease(latest, this.#newLease(now.lease?.progress ?? null)) : latest;
    });
  }

  /** Stops a task that has ended or was replaced, and starts this server's own. */
  #follow(saved: SavedDraft): void {
    const { version, record } = saved;
    const claim = claimOf(record);
    for (const work of this.#works.values())
      if (work.id === record.id && work.task !== claim?.task && work.version < version) work.stopped.abort();
    if (claim !== undefined && this.#isOurs(record, claim.task) && !this.#works.has(claim.task) && !this.#isClosing)
      this.#start(claim.task, saved);
  }

  /** A task keeps its id when another server takes it over. */
  #isOurs(record: DraftRecord, task: string): boolean {
    const claim = claimOf(record);
    return claim?.task === task && claim.lease?.by === this.#worker;
  }

  /** Clocks may differ by as long as a lease lasts. Where no other server can be, nobody holds anything. */
  #isHeld({ lease }: Claim): boolean {
    const { now, leaseMs } = this.#host;
    return isHeld(lease, now(), 2 * leaseMs);
  }

  #newLease(progress: ImportProgress | null): DraftLease {
    return { by: this.#worker, until: this.#host.now() + this.#host.leaseMs, progress };
  }

  #comeBack(id: string): void {
    if (this.#awaited.has(id) || this.#isClosing) return;
    const again = () => {
      this.#awaited.delete(id);
      this.look(id).catch(() => this.#comeBack(id));
    };
    this.#awaited.set(id, setTimeout(again, this.#renewalMs).unref());
  }

  #start(task: string, { version, record }: SavedDraft): void {
    const { id } = record;
    const done = Promise.resolve();
    const work: Work = { id, task, version, stopped: new AbortController(), progress: startOf(record), failure: undefined, done };
    this.#works.set(task, work);
    work.done = this.#run(work).finally(() => this.#works.delete(task));
  }

  async #run(work: Work): Promise<void> {
    const over = new AbortController();
    const renewing = this.#renew(work, over.signal);
    const onProgress = (progress: ImportProgress) => {
      work.progress = progress;
    };
    const limits: TaskLimits = { signal: work.stopped.signal, onProgress };
    try {
      // The caller may have read the draft before others changed it.
      const record = (await this.#documents.find(work.id))?.record;
      if (record === undefined || claimOf(record)?.task !== work.task) return;
      if (record.phase.state === 'COMMITTING') await this.#commit(work, record, limits);
      else {
        const found = await this.#reports.keep(record, await this.#reports.analyze(record, limits));
        await this.#advance(work, (latest) => ({ ...latest, found, phase: { state: 'DRAFT' } }));
      }
    } catch (error) {
      if (!work.stopped.signal.aborted) await this.#fail(work, error);
    } finally {
      over.abort();
      await renewing;
    }
  }

  async #commit(work: Work, record: DraftRecord, limits: TaskLimits): Promise<void> {
    const task = {
      save: (next: (latest: DraftRecord) => DraftRecord) => this.#save(work, next),
      advance: (next: (latest: DraftRecord) => DraftRecord) => this.#advance(work, next),
      fail: (failure: string, found: Found) =>
        this.#advance(work, (latest) =>
          this.#isOurs(latest, work.task) ? { ...latest, found, phase: { state: 'FAILED', failure } } : latest,
        ),
    };
    await runCommit(this.#host, this.#reports, task, record, limits);
  }

  async #fail(work: Work, error: unknown): Promise<void> {
    const isOurFault = !(error instanceof ExposureError);
    if (isOurFault) this.#host.onError(error);
    const failure = isOurFault
      ? 'The import failed because of an error inside this program. Its log describes the error.'
      : (error as ExposureError).message;
    // The task may have moved to another server meanwhile. If this server stops before the failure is saved, another one tries again.
    await this.#advance(work, (record) =>
      this.#isOurs(record, work.task) ? { ...record, phase: { state: 'FAILED', failure } } : record,
    ).catch(() => undefined);
  }

  /** Changes a draft on behalf of its task. False if the task has ended. */
  async #advance(work: Work, next: (record: DraftRecord) => DraftRecord): Promise<boolean> {
    let isWanted = false;
    await this.#save(work, (record) => {
      isWanted = claimOf(record)?.task === work.task;
      return isWanted ? next(record) : record;
    });
    return isWanted;
  }

  /** Waits for a store that is away or full: what was computed is not lost. Meanwhile the draft shows why. */
  async #save(work: Work, next: (record: DraftRecord) => DraftRecord): Promise<DraftRecord> {
    const { signal } = work.stopped;
    for (;;) {
      try {
        const { record } = await this.#documents.change(work.id, next);
        work.failure = undefined;
        return record;
      } catch (error) {
        const isAway = error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT');
        if (!isAway || signal.aborted) throw error;
        work.failure = error.message;
      }
      await sleep(mostRenewalMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Renews the lease until the task is over, and stops the task if it was canceled through another server. */
  async #renew(work: Work, signal: AbortSignal): Promise<void> {
    if (this.#host.leaseMs === 0) return;
    const { id, task, stopped } = work;
    for (;;) {
      await sleep(this.#renewalMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      let isWanted = true;
      await this.#documents
        .change(id, (record) => {
          isWanted = claimOf(record)?.task === task;
          return this.#isOurs(record, task) ? withLease(record, this.#newLease(work.progress)) : record;
        })
        .catch(() => undefined);
      if (!isWanted) stopped.abort();
    }
  }
}

/** A commit of this server, as the draft's document knows it. */
export interface CommitTask {
  /** Changes the draft, whoever works on it. */
  readonly save: (next: (record: DraftRecord) => DraftRecord) => Promise<DraftRecord>;
  /** Changes the draft unless the task has ended. False: it has. */
  readonly advance: (next: (record: DraftRecord) => DraftRecord) => Promise<boolean>;
  /** Ends the task unless another server has taken it over. */
  readonly fail: (failure: string, found: Found) => Promise<boolean>;
}

interface Commit {
  readonly host: Pick<DraftHost, 'store' | 'writer' | 'now'>;
  readonly reports: DraftReports;
  readonly task: CommitTask;
  readonly record: DraftRecord;
  readonly limits: TaskLimits;
}

/**
 * Carries out a requested commit, even if another server has begun it. Before it writes to the store, it records this in the
 * draft, which can then be neither changed nor canceled. From then on, any server can repeat the commit until the store has the
 * import or refuses it, because the store accepts an import id once.
 *
 * Throws as the store's `commit`. The import may then be in the store or not.
 */
export async function runCommit(
  host: Commit['host'],
  reports: DraftReports,
  task: CommitTask,
  record: DraftRecord,
  limits: TaskLimits,
): Promise<void> {
  const commit = { host, reports, task, record, limits };
  const { store, writer, now } = host;
  try {
    if (record.mayBeInStore && (await endIfInStore(commit))) return;
    // Reads again: rows without a date are asserted at the instant of the write, not of the analysis.
    const at = now();
    const read = await readDraft(reports.folderOf(record), record, at, limits, store);
    limits.onProgress?.({ step: 'writing', done: 0, total: read.assertions.length });
    const order = record.order as CommitOrder;
    const { by, policy } = order;
    const open = openBeforeCommit(read.questions, record.edition ?? {});
    if (open.length > 0) {
      const analysis = await buildAnalysis(read, await previewImport(store, read, orderOf(record, at, by)));
      await task.fail(describeQuestions(open.length), await reports.keep(record, analysis));
      return;
    }
    // Others may have imported since the commit was ordered, so that more is at stake.
    checkMayRetract(record.edition ?? {}, read.retractable, order);
    if (!(await task.advance(beginWriting))) return;
    const retracting = retractsOnlyOf(record.edition ?? {}, order);
    const outcome = await commitImport(store, read, { ...orderOf(record, at, by), ...retracting, clock: now }, policy, writer);
    if (outcome.isWritten) return await end(commit, fullReport(read, outcome), outcome.rejections);
    await task.fail(describeRefusal(outcome.report.rejected), await reports.keep(record, await buildAnalysis(read, outcome)));
  } catch (error) {
    if (limits.signal.aborted || !(await endIfInStore(commit).catch(() => false))) throw error;
  }
}

/** From the last look at the store to its write, somebody may import the same facts. The store keeps what they stated. */
function retractsOnlyOf({ unlisted }: EditionDecision, { by, isAdministrator }: CommitOrder): Pick<ImportOrder, 'retractsOnlyOf'> {
  if (unlisted?.policy !== 'RETRACT') return {};
  const bound = isAdministrator === true ? unlisted.decidedBy : { name: by, isAdministrator: false };
  return bound === undefined || bound.isAdministrator ? {} : { retractsOnlyOf: bound.name };
}

/** For a server that crashed before it recorded the commit, or that lost the store's answer. */
async function endIfInStore(commit: Commit): Promise<boolean> {
  const { host, record } = commit;
  if (await hasAnotherEnded(commit)) return true;
  const stored = await host.store.findImport(record.id);
  if (stored === undefined) return false;
  const rejections = record.order?.policy === 'SKIP_REJECTED' ? await rejectAgain(commit, stored) : [];
  await end(commit, { ...reportOfRecord(stored), rejected: countRows(rejections) }, rejections);
  return true;
}

/** The rows that were skipped, computed again from the same files and the current facts. */
async function rejectAgain({ host: { store, now }, reports, record, limits }: Commit, { by }: ImportRecord): Promise<readonly Rejection[]> {
  const at = now();
  const read = await readDraft(reports.folderOf(record), record, at, limits, store);
  // The store does not preview an import that it already has.
  return (await previewImport(store, read, { ...orderOf(record, at, by), id: `${record.id} once more` })).rejections;
}

/** Another server that took the commit over may have ended it, and removed the files. */
async function hasAnotherEnded({ task }: Commit): Promise<boolean> {
  return (await task.save((latest) => latest)).phase.state === 'COMMITTED';
}

/** The first server to save the outcome decides which files hold it. */
async function end(commit: Commit, report: ImportReport, rejections: readonly Rejection[]): Promise<void> {
  if (await hasAnotherEnded(commit)) return;
  const { reports, task, record } = commit;
  const folder = reports.folderOf(record);
  const rowsIn = await folder.writeRows(writeDraftRows(folder, record, rejections));
  const found = { report, rejectionsIn: await folder.write('rejections', rejections), rowsIn };
  const ended = await task.save((latest) => committed(latest, found));
  reports.forget(record);
  await folder.sweep(ended.found ?? found);
}

function describeQuestions(count: number): string {
  return `${count === 1 ? 'A question is' : `${count} questions are`} open, so nothing was written. Answer ${count === 1 ? 'it' : 'them'}, and commit again.`;
}

function describeRefusal(rejected: number): string {
  const rows = rejected === 1 ? 'One row was rejected' : `${rejected} rows were rejected`;
  return `${rows}, so nothing was written. Correct the files, or commit again and skip the rejected rows.`;
}
