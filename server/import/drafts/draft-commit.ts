import type { ImportRecord } from '../../store/fact-write.ts';
import type { ImportOrder } from '../commit-import.ts';
import { commitImport, countRows, fullReport, previewImport, reportOfRecord } from '../commit-import.ts';
import type { EditionDecision } from '../editions/last-edition.ts';
import type { ImportReport } from '../import-view.ts';
import type { Rejection } from '../rows/rejection.ts';
import type { DraftHost, TaskLimits } from './draft-files.ts';
import { orderOf, readDraft, writeDraftRows } from './draft-files.ts';
import type { CommitOrder, DraftRecord, Found } from './draft-record.ts';
import { beginWriting, checkMayRetract, committed, openBeforeCommit } from './draft-record.ts';
import type { DraftReports } from './draft-reports.ts';
import { buildAnalysis } from './draft-reports.ts';

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
