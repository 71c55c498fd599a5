import type { FactStore } from '../../../store/fact-store.ts';
import type { ImportRecord } from '../../../store/fact-write.ts';
import type { ImportOrder } from '../../commit-import.ts';
import { commitImport, previewImport } from '../../commit-import.ts';
import type { EditionDecision } from '../../editions/edition-types.ts';
import { countRows, fullReport } from '../../import-outcome.ts';
import type { ImportReport } from '../../import-view.ts';
import type { Rejection } from '../../rows/rejection.ts';
import { buildAnalysis } from '../draft-analysis.ts';
import type { DraftChanges } from '../draft-changes.ts';
import type { TaskLimits } from '../draft-files.ts';
import { orderOf, readDraft, writeDraftRows } from '../draft-files.ts';
import type { DraftFolder } from '../draft-folder.ts';
import type { CommitOrder, DraftRecord } from '../draft-record.ts';
import { beginWriting, checkMayRetract, openBeforeCommit } from '../draft-record.ts';
import type { DraftReports } from '../draft-reports.ts';
import { reportOfRecord } from '../draft-view.ts';

export interface CommitParts {
  readonly folder: DraftFolder;
  readonly changes: DraftChanges;
  readonly reports: DraftReports;
  readonly store: FactStore;
  readonly writer: Pick<FactStore, 'commit'>;
  readonly now: () => number;
  /** Whether the task still belongs to this server. */
  readonly isOurs: (record: DraftRecord) => boolean;
}

/**
 * Carries out a requested commit, even if another server has begun it. Before it writes to the store, it records this in the
 * draft, which can then be neither changed nor canceled. From then on, any server can repeat the commit until the store has the
 * import or refuses it, because the store accepts an import id once.
 *
 * Throws as the store's `commit`. The import may then be in the store or not.
 */
export async function runCommit(parts: CommitParts, task: string, record: DraftRecord, limits: TaskLimits): Promise<void> {
  const { changes, reports, folder, store, writer, now } = parts;
  try {
    if (record.mayBeInStore && (await endIfInStore(parts, record, limits))) return;
    // Reads again: rows without a date are asserted at the instant of the write, not of the analysis.
    const at = now();
    const read = await readDraft(folder, record, at, limits, store);
    limits.onProgress?.({ step: 'writing', done: 0, total: read.assertions.length });
    const order = record.order as CommitOrder;
    const { by, policy } = order;
    const open = openBeforeCommit(read.questions, record.edition ?? {});
    if (open.length > 0) {
      const found = await reports.keep(await buildAnalysis(read, await previewImport(store, read, orderOf(record, at, by))));
      const failure = describeQuestions(open.length);
      await changes.advance(task, (latest) => (parts.isOurs(latest) ? { ...latest, found, phase: { state: 'FAILED', failure } } : latest));
      return;
    }
    // Others may have imported since the commit was ordered, so that more is at stake.
    checkMayRetract(record.edition ?? {}, read.retractable, order);
    if (!(await changes.advance(task, beginWriting))) return;
    const retracting = retractsOnlyOf(record.edition ?? {}, order);
    const outcome = await commitImport(store, read, { ...orderOf(record, at, by), ...retracting, clock: now }, policy, writer);
    if (outcome.isWritten) return await end(parts, record, fullReport(read, outcome), outcome.rejections);
    const found = await reports.keep(await buildAnalysis(read, outcome));
    const failure = describeRefusal(outcome.report.rejected);
    await changes.advance(task, (latest) => (parts.isOurs(latest) ? { ...latest, found, phase: { state: 'FAILED', failure } } : latest));
  } catch (error) {
    if (limits.signal.aborted || !(await endIfInStore(parts, record, limits).catch(() => false))) throw error;
  }
}

/** From the last look at the store to its write, somebody may import the same facts. The store keeps what they stated. */
function retractsOnlyOf({ unlisted }: EditionDecision, { by, isAdministrator }: CommitOrder): Pick<ImportOrder, 'retractsOnlyOf'> {
  if (unlisted?.policy !== 'RETRACT') return {};
  const bound = isAdministrator === true ? unlisted.decidedBy : { name: by, isAdministrator: false };
  return bound === undefined || bound.isAdministrator ? {} : { retractsOnlyOf: bound.name };
}

/** For a server that crashed before it recorded the commit, or that lost the store's answer. */
async function endIfInStore(parts: CommitParts, record: DraftRecord, limits: TaskLimits): Promise<boolean> {
  const stored = await parts.store.findImport(record.id);
  if (stored === undefined) return false;
  const rejections = record.order?.policy === 'SKIP_REJECTED' ? await rejectAgain(parts, record, stored, limits) : [];
  await end(parts, record, { ...reportOfRecord(stored), rejected: countRows(rejections) }, rejections);
  return true;
}

/** The rows that were skipped, computed again from the same files and the current facts. */
async function rejectAgain(
  { folder, store, now }: CommitParts,
  record: DraftRecord,
  { by }: ImportRecord,
  limits: TaskLimits,
): Promise<readonly Rejection[]> {
  const at = now();
  const read = await readDraft(folder, record, at, limits, store);
  // The store does not preview an import that it already has.
  return (await previewImport(store, read, { ...orderOf(record, at, by), id: `${record.id} once more` })).rejections;
}

async function end(
  { changes, reports, folder }: CommitParts,
  record: DraftRecord,
  report: ImportReport,
  rejections: readonly Rejection[],
): Promise<void> {
  await changes.refresh();
  if (changes.record.phase.state === 'COMMITTED') return;
  await folder.keepRejectedRows(writeDraftRows(folder, record, rejections));
  const found = { report, rejectionsIn: await folder.writeRejections(rejections) };
  await changes.change((latest) => (latest.phase.state === 'COMMITTED' ? latest : { ...latest, found, phase: { state: 'COMMITTED' } }));
  reports.forget();
  await folder.sweep(changes.record.found?.rejectionsIn);
}

function describeQuestions(count: number): string {
  return `${count === 1 ? 'A question is' : `${count} questions are`} open, so nothing was written. Answer ${count === 1 ? 'it' : 'them'}, and commit again.`;
}

function describeRefusal(rejected: number): string {
  const rows = rejected === 1 ? 'One row was rejected' : `${rejected} rows were rejected`;
  return `${rows}, so nothing was written. Correct the files, or commit again and skip the rejected rows.`;
}
