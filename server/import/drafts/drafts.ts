import { mkdir } from 'node:fs/promises';
import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactChange } from '../../store/fact-write.ts';
import type { PlannedFact } from '../../store/planned-fact.ts';
import type { AnswerDecision } from '../answers/answer-types.ts';
import { findRespondent } from '../answers/find-respondent.ts';
import type { FixedCell } from '../csv/read-table.ts';
import type { EditionDecision } from '../editions/edition-types.ts';
import { checkImportName, checkSource, saveImportName } from '../import-names.ts';
import type { DetectedFile, ImportView, RejectPolicy } from '../import-view.ts';
import { fixCell } from '../mapping/decisions/change-decisions.ts';
import type { MappingDocument } from '../mapping/decisions/mapping-document.ts';
import { findConsequences } from '../rows/consequences/find-consequences.ts';
import { writeRejectedRows } from '../rows/rejected-rows.ts';
import type { Rejection, RejectionCause } from '../rows/rejection.ts';
import { causesOf } from '../rows/rejection.ts';
import type { Draft } from './draft.ts';
import type { ImportChoices } from './draft-folder.ts';
import { checkFileName } from './draft-folder.ts';
import type { DraftHost, DraftHostOptions } from './draft-host.ts';
import { buildHost } from './draft-host.ts';
import type { FoundMapping } from './draft-record.ts';
import type { UnlistedPage, WaitingPage } from './draft-reports.ts';
import { newImportId } from './import-id.ts';
import { ImportViews, notFound } from './import-views.ts';
import type { DraftLimits } from './limits/draft-quota.ts';
import { DraftQuota } from './limits/draft-quota.ts';
import { DraftRoom } from './limits/draft-room.ts';
import { OpenDrafts } from './open-drafts.ts';
import { RunningUndos } from './running-undos.ts';

export interface ImportDraftsOptions extends DraftHostOptions {
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

/**
 * Drafts of imports. Each draft has a folder of its own with the original files and the results of their analysis (docs/decisions/drafts-on-any-server.md).
 * Drafts survive a restart, and any server that shares store and folder can resume them. Lists of imports show drafts and
 * committed imports together.
 *
 * All methods with an id throw NOT_FOUND if there is no such import, and STORE_UNAVAILABLE if folder or store cannot be used.
 */
export class ImportDrafts {
  readonly #host: DraftHost;
  readonly #drafts: OpenDrafts;
  readonly #quota: DraftQuota;
  readonly #room: DraftRoom;
  readonly #undos: RunningUndos;
  readonly #views: ImportViews;

  private constructor(options: ImportDraftsOptions) {
    this.#host = buildHost(options);
    this.#drafts = new OpenDrafts(options.folder, this.#host);
    this.#room = new DraftRoom(this.#drafts, this.#host);
    const { limits = { bytesEach: Infinity, bytesInAll: Infinity } } = options;
    this.#quota = new DraftQuota(limits, () => this.#room.countUploaded());
    this.#undos = new RunningUndos(this.#host);
    this.#views = new ImportViews(this.#host.store, this.#drafts, this.#undos);
  }

  /** Takes over unfinished tasks of servers that are gone. Throws STORE_UNAVAILABLE. */
  static async open(options: ImportDraftsOptions): Promise<ImportDrafts> {
    const drafts = new ImportDrafts(options);
    try {
      await mkdir(options.folder, { recursive: true });
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new ExposureError(
        'STORE_UNAVAILABLE',
        `The folder ${options.folder} cannot be created (${reason}). Give this user access to it, or set EXPOSURE_DATA to another folder.`,
      );
    }
    for (const id of await drafts.#drafts.listIds()) await (await drafts.#drafts.find(id))?.resume();
    await drafts.#room.tidy();
    return drafts;
  }

  /** Throws LIMIT_EXCEEDED if this person has too many drafts, BAD_USER_INPUT for a name that cannot be used, and for an unknown respondent. */
  async create(by: string, { name = null, respondent = null, source = null, assertedAt = null }: NewDraft): Promise<ImportView> {
    const { store, now } = this.#host;
    await this.#room.makeRoom(by);
    const answering = respondent === null ? null : await findRespondent(store, respondent);
    if (answering !== null && source !== null && source !== answering)
      throw new ExposureError('BAD_USER_INPUT', `The source of an answer is the respondent, ${answering}. Leave the source out.`);
    if (source !== null) await checkSource(store, source);
    const draft = await this.#drafts.add({
      id: newImportId(),
      keptIn: store.kind,
      ...(name === null ? {} : { name: checkImportName(name) }),
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
    return draft.view();
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
    return this.#quota.guard(draft.record.createdBy, announcedBytes, body, (watched) => draft.addFile(checked, watched, signal));
  }

  async removeFile(id: string, name: string): Promise<ImportView> {
    return this.#change(id, (draft) => draft.removeFile(name));
  }

  /** Changes the decisions about the files, and restarts the analysis. Throws as `change`, and CONFLICT (no longer a draft). */
  async decide(id: string, change: (decisions: MappingDocument, found: FoundMapping | undefined) => MappingDocument): Promise<ImportView> {
    return this.#change(id, (draft) => draft.decide(change));
  }

  /** Corrects one cell of a file, and analyzes the files anew; the file itself stays as it came. Throws BAD_USER_INPUT, CONFLICT. */
  async fixCell(id: string, cell: FixedCell & { readonly file: string }): Promise<ImportView> {
    return this.#change(id, (draft) => {
      const { files } = draft.view();
      return draft.decide((decisions) => fixCell(decisions, files, cell));
    });
  }

  /** Values and organizations that a person may decide about. Empty after the commit. */
  async readChoices(id: string): Promise<ImportChoices> {
    return this.#readDraft(id, (draft) => draft.choices(), { values: [], matches: [] });
  }

  /** A page of the facts that the source no longer lists, by kind, then key. Empty after the commit. */
  async readUnlisted(id: string, offset: number, limit: number): Promise<UnlistedPage> {
    return this.#readDraft(id, (draft) => draft.readUnlisted(offset, limit), { facts: [], totalCount: 0 });
  }

  /** Decides about facts that are no longer listed and about emptied cells, and restarts the analysis. Throws CONFLICT, FORBIDDEN. */
  async decideEdition(id: string, decision: EditionDecision): Promise<ImportView> {
    return this.#change(id, (draft) => draft.decideEdition(decision));
  }

  /** A page of the changes of an answer that need a decision, in the order of the rows. Empty after the commit. */
  async readWaiting(id: string, offset: number, limit: number): Promise<WaitingPage> {
    return this.#readDraft(id, (draft) => draft.readWaiting(offset, limit), { changes: [], totalCount: 0 });
  }

  /** Accepts or declines changes of an answer, and restarts the analysis. Throws CONFLICT. @param changes ids; null: all of them */
  async decideAnswer(id: string, decision: AnswerDecision, changes: readonly string[] | null): Promise<ImportView> {
    return this.#change(id, (draft) => draft.decideAnswer(decision, changes));
  }

  /**
   * Starts the commit and returns at once. A second call returns the same state. Throws BAD_USER_INPUT, CONFLICT, FORBIDDEN (a retraction of
   * what others imported). If the analysis has not ended, the commit itself refuses, and the import is FAILED.
   *
   * @param edition overrides the draft's own decisions about the edition
   */
  async commit(id: string, policy: RejectPolicy, by: string, edition?: EditionDecision, isAdministrator = false): Promise<ImportView> {
    const view = await this.#views.get(id);
    const draft = this.#drafts.get(id);
    if (draft === undefined || view.state === 'COMMITTED' || view.state === 'UNDONE') return view;
    await draft.commit({ policy, by, isAdministrator, ...(edition === undefined ? {} : { edition }) });
    return draft.view();
  }

  /**
   * Stops an analysis, or a commit that has not reached the store: the import returns to DRAFT. Stops an undo of this server that is
   * not committed: the import stays COMMITTED, and `undo` throws CONFLICT.
   */
  async cancel(id: string): Promise<ImportView> {
    if (this.#undos.cancel(id)) return this.#views.get(id);
    return this.#change(id, (draft) => draft.cancel());
  }

  /** Renames a draft or a committed import. Throws BAD_USER_INPUT, CONFLICT (being written, or discarded). */
  async rename(id: string, text: string): Promise<ImportView> {
    const name = checkImportName(text);
    const view = await this.#views.get(id);
    const draft = this.#drafts.get(id);
    if (draft !== undefined) await draft.rename(name);
    if (view.state === 'COMMITTED' || view.state === 'UNDONE') await saveImportName(this.#host.store, id, name);
    return this.#views.get(id);
  }

  async discard(id: string): Promise<ImportView> {
    return this.#change(id, (draft) => draft.discard());
  }

  /**
   * Meanwhile the import shows the progress `undoing`. Throws CONFLICT if it was never committed, and as `RunningUndos.run`.
   * @param check throws if the import of this author may not be undone
   */
  async undo(id: string, by: string, check: (importedBy: string) => void = () => undefined): Promise<ImportView> {
    const view = await this.#views.get(id);
    if (view.state !== 'COMMITTED' && view.state !== 'UNDONE') {
      throw new ExposureError('CONFLICT', `The import ${id} is not committed, so there is nothing to undo. Discard it instead.`);
    }
    // The store has the import by now, so that its author is known.
    const record = await this.#host.store.findImport(id);
    if (record !== undefined) check(record.by);
    await this.#undos.run(id, by);
    return this.#views.get(id);
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
  async readChanges(
    id: string,
    kinds: readonly FactKind[] | undefined,
    offset: number,
    limit: number,
  ): Promise<{ changes: FactChange[]; totalCount: number }> {
    const view = await this.#views.get(id);
    const isStored = view.state === 'COMMITTED' || view.state === 'UNDONE';
    const planned = isStored ? undefined : await this.#drafts.get(id)?.readChanges(kinds, offset, limit);
    return planned ?? this.#host.store.readImportChanges(id, kinds, offset, limit);
  }

  /** Every fact that a commit would change, and a text that changes with them. Undefined if nothing is planned. */
  async readPlanned(id: string): Promise<{ readonly key: string; readonly facts: readonly PlannedFact[] } | undefined> {
    const draft = await this.#drafts.look(id);
    return draft?.readPlanned();
  }

  /** The rejected rows as CSV, in pieces: their original columns, then `line` and `reason`. */
  async readRejectedRows(id: string): Promise<AsyncIterable<string>> {
    return this.#readDraft(id, (draft) => draft.rejectedRows(), writeRejectedRows([], []));
  }

  /** Resolves when this server runs no task of the import. */
  async settled(id: string): Promise<void> {
    await this.#drafts.get(id)?.settled();
  }

  /** Stops running tasks. Call this before the store is closed. */
  async close(): Promise<void> {
    await this.#drafts.close();
  }

  async #rejectionsOf(id: string): Promise<readonly Rejection[]> {
    return this.#readDraft(id, (draft) => draft.rejections(), []);
  }

  /** @param otherwise for an import without a draft */
  async #readDraft<T>(id: string, read: (draft: Draft) => T | Promise<T>, otherwise: T): Promise<T> {
    const draft = await this.#drafts.look(id);
    if (draft !== undefined) return read(draft);
    await this.#views.get(id);
    return otherwise;
  }

  /** Throws CONFLICT if the import is no longer a draft. */
  async #change(id: string, change: (draft: Draft) => Promise<unknown>): Promise<ImportView> {
    const draft = await this.#getDraft(id);
    await change(draft);
    return draft.view();
  }

  async #getDraft(id: string): Promise<Draft> {
    const draft = await this.#drafts.look(id);
    if (draft !== undefined && !draft.record.mayBeInStore) return draft;
    const record = await this.#host.store.findImport(id);
    if (record === undefined && draft !== undefined) return draft;
    if (record === undefined) throw notFound(id);
    throw new ExposureError(
      'CONFLICT',
      `The import ${id} is ${record.state}, so it is no longer a draft. Make a new one, or undo this one.`,
    );
  }
}
