import { ExposureError } from '../domain/errors.ts';
import type { FactKind } from '../domain/facts.ts';
import type { FactChange, FactStore } from '../store/fact-store.ts';
import type { DraftAnalysis } from './draft-analysis.ts';
import { buildAnalysis, changesOf } from './draft-analysis.ts';
import type { DraftFolder, DraftRecord } from './draft-folder.ts';
import { maxFiles } from './draft-folder.ts';
import { viewDraft } from './draft-view.ts';
import type { ImportOrder, ReadImport } from './import-files.ts';
import { commitImport, previewImport, readImport } from './import-files.ts';
import type { DetectedFile, ImportProgress, ImportView, RejectPolicy } from './import-view.ts';
import { writeRejectedRows } from './rejected-rows.ts';
import type { Rejection } from './rejection.ts';

/** What is under way; nothing where it is idle. */
type Work =
  | { readonly phase: 'idle' }
  | { readonly phase: 'analyzing'; readonly abort: AbortController; progress: ImportProgress; readonly done: Promise<void> }
  | {
      readonly phase: 'committing';
      readonly abort: AbortController;
      progress: ImportProgress;
      isInStore: boolean;
      readonly done: Promise<void>;
    };

/** One draft: its folder, what is under way, and what its analysis found. */
export class Draft {
  record: DraftRecord;
  readonly #folder: DraftFolder;
  readonly #store: FactStore;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  #work: Work = { phase: 'idle' };
  #analysis: DraftAnalysis | undefined;
  #fileNumber: number;
  /** Changes of the record happen one after the other. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(folder: DraftFolder, record: DraftRecord, store: FactStore, now: () => number, onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#folder = folder;
    this.record = record;
    this.#store = store;
    this.#now = now;
    this.#fileNumber = Math.max(0, ...record.files.map((file) => Number.parseInt(file.storedAs.slice('file-'.length), 10)));
  }

  /** Goes on after a restart: a commit either reached the store or it did not. */
  async resume(): Promise<void> {
    if (this.record.state === 'COMMITTING') {
      const isCommitted = (await this.#store.findImport(this.record.id)) !== undefined;
      await this.#save({ state: isCommitted ? 'COMMITTED' : 'DRAFT' });
    }
    if (this.record.state === 'DRAFT' || this.record.state === 'FAILED') this.#analyze();
  }

  view(): ImportView {
    const { record } = this;
    const work = this.#work;
    const report = this.#analysis?.outcome.report ?? record.report;
    switch (work.phase) {
      case 'idle':
        return viewDraft(record, record.state, null, report);
      case 'analyzing':
        return viewDraft(record, 'ANALYZING', work.progress, null);
      case 'committing':
        return viewDraft(record, 'COMMITTING', work.progress, report);
      default:
        return work satisfies never;
    }
  }

  rejections(): readonly Rejection[] {
    return this.#analysis?.outcome.rejections ?? this.record.rejections;
  }

  /** CSV, in pieces (rejected-rows.ts). Of a committed import, as it was written down when its files were let go. */
  rejectedRows(): AsyncIterable<string> {
    const { state } = this.record;
    if (state === 'COMMITTED') return this.#folder.readText('rejected.csv');
    return this.#writeRejectedRows(state === 'DISCARDED' ? [] : this.rejections());
  }

  #writeRejectedRows(rejections: readonly Rejection[]): AsyncIterable<string> {
    const files = this.record.files.map(({ name, storedAs, delimiter, header }) => ({
      name,
      path: this.#folder.pathOf(storedAs),
      delimiter,
      header,
    }));
    return writeRejectedRows(files, rejections);
  }

  readChanges(kinds: readonly FactKind[] | undefined, offset: number, limit: number): { changes: FactChange[]; totalCount: number } {
    return this.#analysis === undefined ? { changes: [], totalCount: 0 } : changesOf(this.#analysis, kinds, offset, limit);
  }

  async addFile(name: string, body: AsyncIterable<Uint8Array>): Promise<DetectedFile> {
    this.#checkIsDraft();
    const isNew = !this.record.files.some((file) => file.name === name);
    if (isNew && this.record.files.length >= maxFiles) {
      throw new ExposureError('LIMIT_EXCEEDED', `The import has ${maxFiles} files already, the most that it takes. Make a second import.`);
    }
    const storedAs = `file-${++this.#fileNumber}`;
    const received = await this.#folder.receive(name, storedAs, body);
    await this.#change(async () => {
      this.#checkIsDraft();
      const replaced = this.record.files.find((file) => file.name === name);
      await this.#stop();
      await this.#save({ state: 'DRAFT', failure: null, files: [...this.record.files.filter((file) => file !== replaced), received] });
      if (replaced !== undefined) await this.#folder.removeFile(replaced.storedAs);
      this.#analyze();
    });
    const { storedAs: _, ...detected } = received;
    return detected;
  }

  async removeFile(name: string): Promise<void> {
    await this.#change(async () => {
      this.#checkIsDraft();
      const removed = this.record.files.find((file) => file.name === name);
      if (removed === undefined) throw new ExposureError('BAD_USER_INPUT', `The import has no file ${JSON.stringify(name.slice(0, 80))}.`);
      await this.#stop();
      await this.#save({ state: 'DRAFT', failure: null, files: this.record.files.filter((file) => file !== removed) });
      await this.#folder.removeFile(removed.storedAs);
      this.#analyze();
    });
  }

  async commit(policy: RejectPolicy, by: string): Promise<void> {
    await this.#change(async () => {
      if (this.#work.phase === 'committing' || this.record.state === 'COMMITTED') return;
      this.#checkIsDraft();
      if (this.record.files.length === 0) throw new ExposureError('BAD_USER_INPUT', 'The import has no files. Add one first.');
      await this.#stop();
      await this.#save({ state: 'COMMITTING', failure: null });
      this.#start('committing', (work) => this.#runCommit(work as Work & { phase: 'committing' }, policy, by));
    });
  }

  async cancel(): Promise<void> {
    await this.#change(async () => {
      if (this.#work.phase === 'committing' && this.#work.isInStore) {
        throw new ExposureError('CONFLICT', 'The import is being written, which cannot be stopped any more. Undo it afterwards.');
      }
      await this.#stop();
      if (this.record.state === 'COMMITTING') await this.#save({ state: 'DRAFT' });
    });
  }

  async discard(): Promise<void> {
    await this.cancel();
    await this.#change(async () => {
      if (this.record.state === 'COMMITTED') {
        throw new ExposureError('CONFLICT', 'The import is committed. Undo it instead.');
      }
      const { files } = this.record;
      await this.#save({ state: 'DISCARDED', report: null, rejections: [] });
      this.#analysis = undefined;
      for (const file of files) await this.#folder.removeFile(file.storedAs);
    });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#changing;
    while (this.#work.phase !== 'idle') await this.#work.done;
  }

  async close(): Promise<void> {
    if (this.#work.phase === 'committing' && this.#work.isInStore) await this.#work.done;
    else await this.#stop();
  }

  #checkIsDraft(): void {
    const state = this.#work.phase === 'committing' ? 'COMMITTING' : this.record.state;
    if (state === 'DRAFT' || state === 'FAILED') return;
    throw new ExposureError(
      'CONFLICT',
      `The import ${this.record.id} is ${state}: its files cannot be changed any more. Make a new import.`,
    );
  }

  #change<T>(act: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(act);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  async #save(changes: Partial<DraftRecord>): Promise<void> {
    const record = { ...this.record, ...changes };
    await this.#folder.write(record);
    this.record = record;
  }

  async #stop(): Promise<void> {
    const work = this.#work;
    if (work.phase === 'idle') return;
    work.abort.abort();
    await work.done;
  }

  #start(phase: 'analyzing' | 'committing', run: (work: Exclude<Work, { phase: 'idle' }>) => Promise<void>): void {
    let resolve = (): void => undefined;
    const done = new Promise<void>((settle) => {
      resolve = settle;
    });
    const progress = { step: 'reading', done: 0, total: this.#totalBytes() };
    const common = { abort: new AbortController(), progress, done };
    const work = phase === 'analyzing' ? { phase, ...common } : { phase, isInStore: false, ...common };
    this.#work = work;
    void run(work).then(() => {
      this.#work = { phase: 'idle' };
      resolve();
    });
  }

  /** Starts the analysis anew, in the background. A draft without files has none. */
  #analyze(): void {
    this.#analysis = undefined;
    if (this.record.files.length === 0) return;
    this.#start('analyzing', async (work) => {
      try {
        const at = this.#now();
        const read = await this.#read(work, this.record.assertedAt ?? at);
        work.progress = { step: 'comparing', done: 0, total: read.assertions.length };
        const outcome = await previewImport(this.#store, read, this.#order(at, this.record.createdBy));
        if (!work.abort.signal.aborted) this.#analysis = buildAnalysis(read, outcome);
      } catch (error) {
        if (!work.abort.signal.aborted) await this.#fail(error);
      }
    });
  }

  async #runCommit(work: Work & { phase: 'committing' }, policy: RejectPolicy, by: string): Promise<void> {
    try {
      // Read once more: what says no date is asserted at the instant of the write, and not of the analysis.
      const at = this.#now();
      const read = await this.#read(work, this.record.assertedAt ?? at);
      work.abort.signal.throwIfAborted();
      work.progress = { step: 'writing', done: 0, total: read.assertions.length };
      work.isInStore = true;
      const outcome = await commitImport(this.#store, read, this.#order(at, by), policy);
      if (!outcome.isWritten) {
        this.#analysis = buildAnalysis(read, outcome);
        await this.#save({ state: 'FAILED', failure: describeRefusal(outcome.report.rejected) });
        return;
      }
      this.#analysis = undefined;
      await this.#folder.writeText('rejected.csv', this.#writeRejectedRows(outcome.rejections));
      await this.#save({ state: 'COMMITTED', report: outcome.report, rejections: outcome.rejections });
      for (const file of this.record.files) await this.#folder.removeFile(file.storedAs);
    } catch (error) {
      if (!work.abort.signal.aborted) await this.#fail(error);
    }
  }

  #read(work: Exclude<Work, { phase: 'idle' }>, assertedAt: number): Promise<ReadImport> {
    const total = this.#totalBytes();
    return readImport(
      this.record.files.map(({ name, storedAs }) => ({ name, path: this.#folder.pathOf(storedAs) })),
      {
        assertedAt,
        source: this.record.source,
        signal: work.abort.signal,
        onProgress: (done) => {
          work.progress = { step: 'reading', done, total };
        },
      },
    );
  }

  #order(at: number, by: string): ImportOrder {
    const { id, createdAt, source, assertedAt } = this.record;
    return { id, by, at, createdAt, source, assertedAt };
  }

  #totalBytes(): number {
    return this.record.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  }

  async #fail(error: unknown): Promise<void> {
    if (!(error instanceof ExposureError)) this.#onError(error);
    const failure =
      error instanceof ExposureError
        ? error.message
        : 'The import could not be worked out: an error inside this program, which its log describes.';
    try {
      await this.#save({ state: 'FAILED', failure });
    } catch {
      this.record = { ...this.record, state: 'FAILED', failure };
    }
  }
}

function describeRefusal(rejected: number): string {
  const rows = rejected === 1 ? 'One row was rejected' : `${rejected} rows were rejected`;
  return `${rows}, so nothing was written. Put the files right, or commit again and skip the rejected rows.`;
}
