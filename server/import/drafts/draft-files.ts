import type { FactStore } from '../../store/fact-store.ts';
import type { ImportOrder } from '../commit-import.ts';
import type { ImportProgress } from '../import-view.ts';
import { readFromStore } from '../read-from-store.ts';
import type { ReadImport } from '../read-import.ts';
import { isAllCanonical, readImport } from '../read-import.ts';
import { findForms, writeRejectedRows } from '../rows/rejected-rows.ts';
import type { Rejection } from '../rows/rejection.ts';
import { readInThread } from '../thread/read-in-thread.ts';
import type { DraftFolder } from './draft-folder.ts';
import type { DraftRecord } from './draft-record.ts';

export type ImportWriter = Pick<FactStore, 'commit' | 'undoImport'>;

/** The parts of this server that drafts need. */
export interface DraftHost {
  readonly store: FactStore;
  /** Commits and undoes imports. Both end when the import may be shown as committed or undone. */
  readonly writer: ImportWriter;
  /** Epoch ms. */
  readonly now: () => number;
  /** Called with errors inside this program that made an import fail. */
  readonly onError: (error: unknown) => void;
  /** How long others leave a task to a server that does not renew its lease. 0: no other serves the store. */
  readonly leaseMs: number;
}

/** The cancellation of a task, and its progress report. */
export interface TaskLimits {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Files of this size together have about 15,000 rows. */
const manyBytes = 1_000_000;

/**
 * Reads the files of a draft.
 * @param at epoch ms: the assertion time of rows without a date
 */
export async function readDraft(
  folder: DraftFolder,
  record: DraftRecord,
  at: number,
  { signal, onProgress }: TaskLimits,
  store: FactStore,
): Promise<ReadImport> {
  const { total } = startOf(record);
  await folder.checkHas(record.files);
  const files = record.files.map(({ name, storedAs }) => ({ name, path: folder.pathOf(storedAs) }));
  // A list is parsed three times. Few canonical rows are read in small pieces sooner than a thread starts.
  const isInThread = total >= manyBytes || !(await isAllCanonical(files));
  const read = await readFromStore(store, files, {
    read: isInThread ? readInThread : readImport,
    assertedAt: record.assertedAt ?? at,
    isDated: record.assertedAt !== null,
    source: record.source,
    decisions: record.decisions,
    edition: record.edition ?? {},
    respondent: record.respondent ?? null,
    answer: record.answer ?? {},
    signal,
    onProgress: (done) => onProgress?.({ step: 'reading', done, total }),
    onComparing: () => onProgress?.({ step: 'comparing', done: 0, total: null }),
  });
  signal.throwIfAborted();
  return read;
}

/** The rejected rows of its files, as CSV in pieces. */
export function writeDraftRows(folder: DraftFolder, record: DraftRecord, rejections: readonly Rejection[]): AsyncIterable<string> {
  const files = record.files.map(({ name, storedAs, delimiter, header }) => ({ name, path: folder.pathOf(storedAs), delimiter, header }));
  return writeRejectedRows(findForms(files, record.found?.mapped?.files ?? []), rejections);
}

export function orderOf({ id, createdAt, name, source, assertedAt }: DraftRecord, at: number, by: string): ImportOrder {
  return { id, by, at, createdAt, name: name ?? null, source, assertedAt };
}

/** Progress at the start; `total` in bytes. */
export function startOf(record: DraftRecord): ImportProgress & { readonly total: number } {
  return { step: 'reading', done: 0, total: record.files.reduce((sum, file) => sum + file.sizeBytes, 0) };
}
