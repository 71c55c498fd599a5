import { mkdir } from 'node:fs/promises';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { HistoryPage } from '../../store/fact-store.ts';
import type { PlannedFact } from '../../store/planned-reader.ts';
import { checkImportName, checkSource, saveImportName } from '../commit-import.ts';
import type { FixedCell } from '../csv/read-table.ts';
import type { EditionDecision } from '../editions/last-edition.ts';
import type { AnswerDecision, DetectedFile, ImportView, RejectPolicy } from '../import-view.ts';
import { fixCell } from '../mapping/decisions/change-decisions.ts';
import type { MappingDocument } from '../mapping/decisions/mapping-document.ts';
import { findRespondent } from '../mapping/known-facts.ts';
import { findConsequences } from '../rows/consequences.ts';
import { writeRejectedRows } from '../rows/rejected-rows.ts';
import type { Rejection, RejectionCause } from '../rows/rejection.ts';
import { causesOf } from '../rows/rejection.ts';
import { DraftDocuments, takeOverEarlierDrafts } from './draft-documents.ts';
import type { DraftHost } from './draft-files.ts';
import { writeDraftRows } from './draft-files.ts';
import type { ImportChoices } from './draft-folder.ts';
import { checkFileName, DraftFolder } from './draft-folder.ts';
import type { DraftLimits } from './draft-quota.ts';
import { DraftQuota } from './draft-quota.ts';
import type { DraftRecord, Found, FoundMapping } from './draft-record.ts';
import {
  cancelled,
  checkHasRoom,
  checkIsOpen,
  discarded,
  isFinal,
  newImportId,
  ordered,
  renamed,
  withAnswerDecision,
  withDecisions,
  withEditionDecision,
  withFiles,
} from './draft-record.ts';
import type { UnlistedPage, WaitingPage } from './draft-reports.ts';
import { DraftReports } from './draft-reports.ts';
import { DraftTasks } from './draft-tasks.ts';
import { ImportViews, notFound, RunningUndos } from './import-views.ts';

export interface ImportDraftsOptions extends Pick<DraftHost, 'store'>, Partial<Omit<DraftHost, 'store'>> {
  /** EXPOSURE_DATA/drafts. Created if missing. Servers that share the store share this folder. */
  readonly folder: string;
  /** Default: none. */
  readonly limits?: DraftLimits;
}

/** A draft to be created. */
export interface NewDraft {
  readonly name?: string | null;
  /** The id or name of the organization whose own answer the files are. */
  readonly respondent?: string | null;
  readonly source?: string | null;
  /** Epoch ms. */
  readonly assertedAt?: number | null;
}

const dayMs = 86_400_000;
/** A draft that is not committed by then is discarded, with its files. A discarded one is forgotten by then. */
const draftLifeMs = 30 * dayMs;

/**
 * Drafts of imports (docs/decisions/imports.md). They survive a restart, and any server that shares store and folder can resume
 * them. Lists of imports show drafts and committed imports together.
 *
 * **The state of a draft is one document of the store.** Whoever changes, analyzes, commits or discards it saves the next version; of two who do
 * so at once, the second reads again, and decides from there. Files are alone on disk: each is written once under a name of its own, and counts
 * from the version that names it. So a server may be killed between any two steps:
 *
 * - *Upload*: file, document, then the replaced file goes. A file that no document names is removed with its draft.
 * - *Analysis*: the document names a task and who has its lease. Whoever finds the lease past takes the task over and computes the same from the
 *   same files. The report counts once the document says so, and only while it names this task.
 * - *Commit*: the document says that a write begins, then the store writes the facts under the draft's id, then the rejected rows are kept, then
 *   the document says COMMITTED, then the files go. Whoever takes over first asks the store for the id. If it is there, only the rest is left.
 *   If not, the write is made again: the store takes an id once, so two that write at once make one import, and the second finds it there.
 * - *Discard*: document, then files. Files that a kill left behind a draft that has ended go at the next start.
 *
 * A lease saves double work and proves nothing. Two servers that both believe in one compute the same, and the document takes one outcome.
 *
 * All methods with an id throw NOT_FOUND if there is no such import, and STORE_UNAVAILABLE if folder or store cannot be used.
 */
export class ImportDrafts {
  readonly #host: DraftHost;
  readonly #folder: string;
  readonly #documents: DraftDocuments;
  readonly #reports: DraftReports;
  readonly #tasks: DraftTasks;
  readonly #quota: DraftQuota;
  readonly #undos: RunningUndos;
  readonly #views: ImportViews;
  readonly #closing = new AbortController();
  /** When the drafts were last looked through for old ones. */
  #tidiedAt = 0;

  private constructor({ folder, limits = { bytesEach: Infinity, bytesInAll: Infinity }, ...options }: ImportDraftsOptions) {
    const { store } = options;
    // An embedded store has one server at a time, so any other server that worked on its drafts is gone.
    const leaseMs = store.kind === 'sqlite' ? 0 : 15_000;
    this.#host = { writer: store, now: Date.now, onError: () => undefined, leaseMs, ...options };
    this.#folder = folder;
    this.#documents = new DraftDocuments(store);
    this.#reports = new DraftReports(folder, store, this.#host.now);
    this.#tasks = new DraftTasks(this.#host, this.#documents, this.#reports);
    this.#quota = new DraftQuota(limits, this.#documents);
    this.#undos = new RunningUndos(this.#host);
    this.#views = new ImportViews(store, this.#tasks, this.#undos);
  }

  /** Takes over drafts of earlier versions and unfinished tasks of servers that are gone, and retries failed analyses. Throws STORE_UNAVAILABLE. */
  static async open(options: ImportDraftsOptions): Promise<ImportDrafts> {
    const { folder, store } = options;
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new ExposureError(
        'STORE_UNAVAILABLE',
        `The folder ${folder} cannot be created (${reason}). Give this user access to it, or set EXPOSURE_DATA to another folder.`,
      );
    }
    await takeOverEarlierDrafts(folder, store);
    const drafts = new ImportDrafts(options);
    await drafts.#tidy();
    await drafts.#resume();
    return drafts;
  }

  /** Throws LIMIT_EXCEEDED if this person has too many drafts, BAD_USER_INPUT for a name that cannot be used, and for an unknown respondent. */
  async create(by: string, { name = null, respondent = null, source = null, assertedAt = null }: NewDraft): Promise<ImportView> {
    const { store, now } = this.#host;
    if (now() - this.#tidiedAt >= dayMs) await this.#tidy();
    const answering = respondent === null ? null : await findRespondent(store, respondent);
    if (answering !== null && source !== null && source !== answering)
      throw new ExposureError('BAD_USER_INPUT', `The source of an answer is the respondent, ${answering}. Leave the source out.`);
    if (source !== null) await checkSource(store, source);
    const named = name === null ? {} : { name: checkImportName(name) };
    await this.#quota.addDraft(by);
    const { record } = await this.#documents.add({
      id: newImportId(),
      ...named,
      source: answering ?? source,
      ...(answering === null ? {} : { respondent: answering }),
      assertedAt,
      createdBy: by,
      createdAt: now(),
      files: [],
      phase: { state: 'DRAFT' },
      found: null,
      order: null,
      mayBeInStore: false,
    });
    return this.#views.view(record);
  }

  async find(id: string): Promise<ImportView | undefined> {
    return this.#views.find(id);
  }

  /** Drafts and committed imports, the latest created first. Leaves out discarded drafts. */
  async list(): Promise<ImportView[]> {
    return this.#views.list();
  }

  /**
   * Streams a file to disk and restarts the analysis. Throws BAD_USER_INPUT, PAYLOAD_TOO_LARGE, LIMIT_EXCEEDED (the quota of the person who
   * made the draft, or of all), CONFLICT (no longer a draft).
   *
   * @param announcedBytes the size of the file; 0: unknown
   * @param signal ends the check of a workbook
   */
  async addFile(
    id: string,
    name: string,
    body: AsyncIterable<Uint8Array>,
    announcedBytes = 0,
    signal?: AbortSignal,
  ): Promise<DetectedFile> {
    const draft = await this.#getDraft(id);
    const checked = checkFileName(name);
    return this.#quota.guard(draft.createdBy, announcedBytes, body, (watched) => this.#receive(draft, checked, watched, signal));
  }

  async removeFile(id: string, name: string): Promise<ImportView> {
    const draft = await this.#getDraft(id);
    let removed = '';
    const record = await this.#tasks.change(id, (latest) => {
      checkIsOpen(latest);
      const file = latest.files.find((one) => one.name === name);
      if (file === undefined) throw new ExposureError('BAD_USER_INPUT', `The import has no file ${JSON.stringify(name.slice(0, 80))}.`);
      removed = file.storedAs;
      const others = latest.files.filter((one) => one !== file);
      return withFiles(latest, others, this.#tasks.newClaim());
    });
    await this.#reports.folderOf(draft).removeFile(removed);
    return this.#views.view(record);
  }

  /** Changes the decisions about the files, and restarts the analysis. Throws as `change`, and CONFLICT (no longer a draft). */
  async decide(id: string, change: (decisions: MappingDocument, found: FoundMapping | undefined) => MappingDocument): Promise<ImportView> {
    return this.#change(id, (record) => {
      const mapped = record.found?.mapped;
      return withDecisions(record, (decisions) => change(decisions, mapped), this.#tasks.newClaim());
    });
  }

  /** Corrects one cell of a file, and analyzes the files anew; the file itself stays as it came. Throws BAD_USER_INPUT, CONFLICT. */
  async fixCell(id: string, cell: FixedCell & { readonly file: string }): Promise<ImportView> {
    return this.#change(id, (record) => {
      const { files } = this.#views.view(record);
      return withDecisions(record, (decisions) => fixCell(decisions, files, cell), this.#tasks.newClaim());
    });
  }

  /** Values and organizations that a person may decide about. Empty after the commit. */
  async readChoices(id: string): Promise<ImportChoices> {
    return this.#readOpen(id, (record, found) => this.#reports.readChoices(record, found), { values: [], matches: [] });
  }

  /** A page of the facts that the source no longer lists, by kind, then key. Empty after the commit. */
  async readUnlisted(id: string, offset: number, limit: number): Promise<UnlistedPage> {
    const none = { facts: [], totalCount: 0 };
    return this.#readOpen(id, (record, found) => this.#reports.readUnlisted(record, found, offset, limit), none);
  }

  /** Decides about facts that are no longer listed and about emptied cells, and restarts the analysis. Throws CONFLICT, FORBIDDEN. */
  async decideEdition(id: string, decision: EditionDecision): Promise<ImportView> {
    return this.#change(id, (record) => withEditionDecision(record, decision, this.#tasks.newClaim()));
  }

  /** A page of the changes of an answer that need a decision, in the order of the rows. Empty after the commit. */
  async readWaiting(id: string, offset: number, limit: number): Promise<WaitingPage> {
    const none = { changes: [], totalCount: 0 };
    return this.#readOpen(id, (record, found) => this.#reports.readWaiting(record, found, offset, limit), none);
  }

  /** Accepts or declines changes of an answer, and restarts the analysis. Throws CONFLICT. @param changes ids; null: all of them */
  async decideAnswer(id: string, decision: AnswerDecision, changes: readonly string[] | null): Promise<ImportView> {
    return this.#change(id, (record) => withAnswerDecision(record, decision, changes, this.#tasks.newClaim()));
  }

  /**
   * Starts the commit and returns at once. A second call returns the same state. Throws BAD_USER_INPUT, CONFLICT, FORBIDDEN (a retraction of
   * what others imported). If the analysis has not ended, the commit itself refuses, and the import is FAILED.
   *
   * @param edition overrides the draft's own decisions about the edition
   */
  async commit(id: string, policy: RejectPolicy, by: string, edition?: EditionDecision, isAdministrator = false): Promise<ImportView> {
    const { view, draft } = await this.#views.get(id);
    if (draft === undefined || isStored(view)) return view;
    const order = { policy, by, isAdministrator, ...(edition === undefined ? {} : { edition }) };
    return this.#views.view(await this.#tasks.change(id, (record) => ordered(record, order, this.#tasks.newClaim())));
  }

  /**
   * Stops an analysis, or a commit that has not reached the store: the import returns to DRAFT. Stops an undo of this server that is
   * not committed: the import stays COMMITTED, and `undo` throws CONFLICT.
   */
  async cancel(id: string): Promise<ImportView> {
    if (this.#undos.cancel(id)) return (await this.#views.get(id)).view;
    return this.#change(id, cancelled);
  }

  /** Renames a draft or a committed import. Throws BAD_USER_INPUT, CONFLICT (being written, or discarded). */
  async rename(id: string, text: string): Promise<ImportView> {
    const name = checkImportName(text);
    const { view, draft } = await this.#views.get(id);
    if (draft !== undefined) await this.#tasks.change(id, (record) => renamed(record, name));
    if (isStored(view)) await saveImportName(this.#host.store, id, name);
    return (await this.#views.get(id)).view;
  }

  async discard(id: string): Promise<ImportView> {
    return this.#views.view(await this.#discard(await this.#getDraft(id)));
  }

  /**
   * Meanwhile the import shows the progress `undoing`. Throws CONFLICT if it was never committed, and as `RunningUndos.run`.
   * @param check throws if the import of this author may not be undone
   */
  async undo(id: string, by: string, check: (importedBy: string) => void = () => undefined): Promise<ImportView> {
    if (!isStored((await this.#views.get(id)).view)) {
      throw new ExposureError('CONFLICT', `The import ${id} is not committed, so there is nothing to undo. Discard it instead.`);
    }
    // The store has the import by now, so that its author is known.
    const record = await this.#host.store.findImport(id);
    if (record !== undefined) check(record.by);
    await this.#undos.run(id, by);
    return (await this.#views.get(id)).view;
  }

  /** By file, line, column. */
  async readRejections(id: string, offset: number, limit: number): Promise<{ rejections: Rejection[]; totalCount: number }> {
    const rejections = await this.#rejectionsOf(id);
    return { rejections: rejections.slice(offset, offset + limit), totalCount: rejections.length };
  }

  async readCauses(id: string): Promise<RejectionCause[]> {
    const rejections = await this.#rejectionsOf(id);
    return causesOf(rejections, findConsequences(rejections));
  }

  /** The changes that a commit would make or has made, by file and line. */
  async readChanges(id: string, kinds: readonly FactKind[] | undefined, offset: number, limit: number): Promise<HistoryPage> {
    const { view, draft } = await this.#views.get(id);
    const limits = { signal: this.#closing.signal };
    const read = (record: DraftRecord, found: Found) =>
      record.phase.state === 'COMMITTED' ? undefined : this.#reports.readChanges(record, found, limits, { kinds, offset, limit });
    const planned = draft === undefined || isStored(view) ? undefined : await this.#read(draft, read, { changes: [], totalCount: 0 });
    return planned ?? this.#host.store.readHistory({ importId: id, kinds: kinds ?? null }, offset, limit);
  }

  /** Every fact that a commit would change, and a text that changes with them. Undefined if nothing is planned. */
  async readPlanned(id: string): Promise<{ readonly key: string; readonly facts: readonly PlannedFact[] } | undefined> {
    const draft = await this.#tasks.look(id);
    const state = draft?.phase.state;
    if (draft === undefined || (state !== 'DRAFT' && state !== 'FAILED')) return undefined;
    const read = async (record: DraftRecord, found: Found) => {
      const facts = await this.#reports.readPlanned(record, found, { signal: this.#closing.signal });
      return facts && { key: found.rejectionsIn, facts };
    };
    return this.#read(draft, read, undefined);
  }

  /** The rejected rows as CSV, in pieces (rejected-rows.ts): their original columns, then `line` and `reason`. */
  async readRejectedRows(id: string): Promise<AsyncIterable<string>> {
    const draft = await this.#findDraft(id);
    if (draft === undefined) return writeRejectedRows([], []);
    const folder = this.#reports.folderOf(draft);
    // Those of a committed import were written when its files were removed.
    if (draft.found?.rowsIn !== undefined) return folder.readRows(draft.found.rowsIn);
    return writeDraftRows(folder, draft, await this.#read(draft, (record, found) => this.#reports.readRejections(record, found), []));
  }

  /** Resolves when this server runs no task of the import. */
  async settled(id: string): Promise<void> {
    await this.#tasks.settled(id);
  }

  /** Stops running tasks. Call this before the store is closed. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#tasks.close();
  }

  /** Removes what a kill left behind drafts that have ended, and takes up the work on others. */
  async #resume(): Promise<void> {
    const drafts = new Map((await this.#tasks.list()).map((draft) => [draft.id, draft]));
    for (const draft of drafts.values())
      if (draft.phase.state === 'FAILED' && draft.found === null)
        await this.#tasks.change(draft.id, (record) =>
          record.phase.state === 'FAILED' && record.found === null ? withFiles(record, record.files, this.#tasks.newClaim()) : record,
        );
    for (const id of await DraftFolder.list(this.#folder)) {
      const draft = drafts.get(id);
      if (draft !== undefined && isFinal(draft)) await this.#reports.folderOf(draft).sweep(draft.found ?? {});
    }
  }

  /** Discards drafts that have expired, and forgets those that were discarded long ago. One that cannot be discarded stays, and is reported. */
  async #tidy(): Promise<void> {
    this.#tidiedAt = this.#host.now();
    for (const { record } of await this.#documents.list()) {
      const { state } = record.phase;
      if (state === 'COMMITTING' || state === 'COMMITTED' || this.#tidiedAt - record.createdAt < draftLifeMs) continue;
      await (state === 'DISCARDED' ? this.#documents.remove(record.id) : this.#discard(record)).catch(this.#host.onError);
    }
  }

  async #discard(draft: DraftRecord): Promise<DraftRecord> {
    const record = await this.#tasks.change(draft.id, discarded);
    this.#reports.forget(record);
    await this.#reports.folderOf(record).sweep();
    return record;
  }

  async #receive(
    draft: DraftRecord,
    name: string,
    body: AsyncIterable<Uint8Array>,
    signal: AbortSignal | undefined,
  ): Promise<DetectedFile> {
    checkHasRoom(draft, name);
    const folder = this.#reports.folderOf(draft);
    const received = await folder.receive(name, body, signal).catch(async (error: unknown) => {
      // CONFLICT if the draft was discarded or committed meanwhile.
      checkIsOpen((await this.#documents.find(draft.id))?.record ?? draft);
      throw error;
    });
    let replaced: string | undefined;
    try {
      await this.#tasks.change(draft.id, (record) => {
        checkHasRoom(record, name);
        replaced = record.files.find((file) => file.name === name)?.storedAs;
        return withFiles(record, [...record.files.filter((file) => file.name !== name), received], this.#tasks.newClaim());
      });
    } catch (error) {
      await folder.removeFile(received.storedAs);
      throw error;
    }
    if (replaced !== undefined) await folder.removeFile(replaced);
    const { storedAs: _, ...detected } = received;
    return detected;
  }

  async #rejectionsOf(id: string): Promise<readonly Rejection[]> {
    const draft = await this.#findDraft(id);
    return draft === undefined ? [] : this.#read(draft, (record, found) => this.#reports.readRejections(record, found), []);
  }

  /** @param otherwise before the analysis and from the commit on */
  async #readOpen<T>(id: string, read: (draft: DraftRecord, found: Found) => Promise<T>, otherwise: T): Promise<T> {
    const draft = await this.#findDraft(id);
    return draft === undefined || isFinal(draft) ? otherwise : this.#read(draft, read, otherwise);
  }

  /** Reads again if a newer analysis replaced the files of this one meanwhile. @param otherwise before the analysis */
  async #read<T>(draft: DraftRecord, read: (draft: DraftRecord, found: Found) => T | Promise<T>, otherwise: T): Promise<T> {
    for (let latest = draft; ; ) {
      const { found } = latest;
      if (found === null) return otherwise;
      try {
        return await read(latest, found);
      } catch (error) {
        const again = this.#closing.signal.aborted ? undefined : (await this.#documents.find(draft.id))?.record;
        if (again === undefined || again.found?.rejectionsIn === found.rejectionsIn) throw error;
        latest = again;
      }
    }
  }

  /** Undefined for an import without a draft. */
  async #findDraft(id: string): Promise<DraftRecord | undefined> {
    return (await this.#tasks.look(id)) ?? (await this.#views.get(id)).draft;
  }

  /** Throws CONFLICT if the import is no longer a draft. */
  async #change(id: string, next: (record: DraftRecord) => DraftRecord): Promise<ImportView> {
    await this.#getDraft(id);
    return this.#views.view(await this.#tasks.change(id, next));
  }

  async #getDraft(id: string): Promise<DraftRecord> {
    const draft = await this.#tasks.look(id);
    if (draft !== undefined && !draft.mayBeInStore) return draft;
    const record = await this.#host.store.findImport(id);
    if (record === undefined && draft !== undefined) return draft;
    if (record === undefined) throw notFound(id);
    throw new ExposureError(
      'CONFLICT',
      `The import ${id} is ${record.state}, so it is no longer a draft. Make a new one, or undo this one.`,
    );
  }
}

function isStored({ state }: ImportView): boolean {
  return state === 'COMMITTED' || state === 'UNDONE';
}
