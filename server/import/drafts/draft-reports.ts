import type { FactKind } from '../../domain/facts.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { FactChange } from '../../store/fact-write.ts';
import type { PlannedFact } from '../../store/planned-fact.ts';
import type { WaitingChange } from '../answers/answer-types.ts';
import { previewImport } from '../commit-import.ts';
import { fullReport } from '../import-outcome.ts';
import type { ReadImport } from '../read-import.ts';
import { findSkipLoss } from '../rows/consequences/skip-loss.ts';
import type { Rejection } from '../rows/rejection.ts';
import type { DraftAnalysis } from './draft-analysis.ts';
import { buildAnalysis, changesOf, plannedFacts } from './draft-analysis.ts';
import type { TaskLimits } from './draft-files.ts';
import { orderOf, readDraft } from './draft-files.ts';
import type { DraftFolder, ImportChoices } from './draft-folder.ts';
import type { DraftRecord, Found } from './draft-record.ts';

/** Facts by kind and key. */
export interface UnlistedPage {
  readonly facts: ReadImport['unlisted'];
  readonly totalCount: number;
}

/** Changes of an answer, in the order of the rows. */
export interface WaitingPage {
  readonly changes: readonly WaitingChange[];
  readonly totalCount: number;
}

/**
 * The report of a draft's analysis. Report and rejections are written to the folder for all servers. The analysis itself is as large
 * as the files, so each server that needs the changes makes its own.
 */
export class DraftReports {
  readonly #folder: DraftFolder;
  readonly #store: FactStore;
  readonly #now: () => number;
  /** By the file that holds the rejections. */
  #analysis: { readonly key: string; readonly made: Promise<DraftAnalysis> } | undefined;
  #rejections: { readonly key: string; readonly list: readonly Rejection[] } | undefined;

  constructor(folder: DraftFolder, store: FactStore, now: () => number) {
    this.#folder = folder;
    this.#store = store;
    this.#now = now;
  }

  /** Reads the files and asks the store for the changes. */
  async analyze(record: DraftRecord, limits: TaskLimits): Promise<DraftAnalysis> {
    const at = this.#now();
    const read = await readDraft(this.#folder, record, at, limits, this.#store);
    limits.onProgress?.({ step: 'comparing', done: 0, total: read.assertions.length });
    const outcome = await previewImport(this.#store, read, orderOf(record, at, record.createdBy));
    limits.signal.throwIfAborted();
    return buildAnalysis(read, outcome);
  }

  /** Writes the report of an analysis to the folder. */
  async keep(analysis: DraftAnalysis): Promise<Found> {
    const { rejections } = analysis.outcome;
    const report = fullReport(analysis.read, analysis.outcome);
    const rejectionsIn = await this.#folder.writeRejections(rejections);
    this.#analysis = { key: rejectionsIn, made: Promise.resolve(analysis) };
    this.#rejections = { key: rejectionsIn, list: rejections };
    const { read } = analysis;
    const loss = findSkipLoss(rejections, read.files);
    const found = { report, rejectionsIn, ...(loss === null ? {} : { skipLoss: loss }) };
    const unlisted =
      read.unlisted.length === 0
        ? {}
        : {
            unlisted: {
              count: read.unlisted.length,
              unlistedIn: await this.#folder.writeUnlisted(read.unlisted),
              retractable: read.retractable,
            },
          };
    const waiting =
      read.waiting.length === 0
        ? {}
        : { waiting: { count: read.waiting.length, waitingIn: await this.#folder.writeWaiting(read.waiting) } };
    const hasSheets = read.files.some(({ name }) => name.includes('#'));
    if (read.mappingDocument === null && read.questions.length === 0 && !hasSheets) return { ...found, ...unlisted, ...waiting };
    const choicesIn = await this.#folder.writeChoices({ values: read.values, matches: read.matches });
    const files = read.files.map(({ name, encoding, delimiter, headerLine, preamble, header, sample, mapping }) => ({
      name,
      form: { encoding, delimiter, headerLine, preamble, header, sample },
      mapping,
    }));
    return { ...found, ...unlisted, ...waiting, mapped: { questions: read.questions, document: read.mappingDocument, files, choicesIn } };
  }

  /** Values and organizations that a person may decide about. */
  async readChoices({ mapped }: Found): Promise<ImportChoices> {
    return mapped === undefined ? { values: [], matches: [] } : this.#folder.readChoices(mapped.choicesIn);
  }

  /** A page of the facts that the source no longer lists. */
  async readUnlisted({ unlisted }: Found, offset: number, limit: number): Promise<UnlistedPage> {
    if (unlisted === undefined) return { facts: [], totalCount: 0 };
    const facts = await this.#folder.readUnlisted(unlisted.unlistedIn);
    return { facts: facts.slice(offset, offset + limit), totalCount: unlisted.count };
  }

  /** A page of the changes of an answer that need a decision. */
  async readWaiting({ waiting }: Found, offset: number, limit: number): Promise<WaitingPage> {
    if (waiting === undefined) return { changes: [], totalCount: 0 };
    const changes = await this.#folder.readWaiting(waiting.waitingIn);
    return { changes: changes.slice(offset, offset + limit), totalCount: waiting.count };
  }

  async readRejections({ rejectionsIn: key }: Found): Promise<readonly Rejection[]> {
    if (this.#rejections?.key !== key) this.#rejections = { key, list: await this.#folder.readRejections(key) };
    return this.#rejections.list;
  }

  /** The first call reads the files. Undefined after a commit has begun, because the store may already have the changes. */
  async readChanges(
    record: DraftRecord,
    { rejectionsIn: key }: Found,
    limits: TaskLimits,
    { kinds, offset, limit }: { readonly kinds: readonly FactKind[] | undefined; readonly offset: number; readonly limit: number },
  ): Promise<{ changes: FactChange[]; totalCount: number } | undefined> {
    return this.#using(record, key, limits, (analysis) => changesOf(analysis, kinds, offset, limit));
  }

  /** Every fact that a commit would change. Otherwise as `readChanges`. */
  async readPlanned(record: DraftRecord, { rejectionsIn: key }: Found, limits: TaskLimits): Promise<PlannedFact[] | undefined> {
    return this.#using(record, key, limits, plannedFacts);
  }

  async #using<T>(record: DraftRecord, key: string, limits: TaskLimits, use: (analysis: DraftAnalysis) => T): Promise<T | undefined> {
    if (this.#analysis?.key !== key && record.phase.state === 'COMMITTING') return undefined;
    if (this.#analysis?.key !== key) this.#analysis = { key, made: this.analyze(record, limits) };
    const { made } = this.#analysis;
    try {
      return use(await made);
    } catch (error) {
      if (this.#analysis?.made === made) this.#analysis = undefined;
      throw error;
    }
  }

  /** Frees the memory of the analysis. */
  forget(): void {
    this.#analysis = undefined;
  }
}
