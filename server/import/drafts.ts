import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { ExposureError } from '../domain/errors.ts';
import type { FactKind } from '../domain/facts.ts';
import type { FactChange, FactStore, ImportRecord } from '../store/fact-store.ts';
import { Draft } from './draft.ts';
import { checkFileName, DraftFolder } from './draft-folder.ts';
import { viewRecord } from './draft-view.ts';
import type { DetectedFile, ImportView, RejectPolicy } from './import-view.ts';
import { writeRejectedRows } from './rejected-rows.ts';
import type { Rejection, RejectionCause } from './rejection.ts';
import { causesOf } from './rejection.ts';

export interface ImportDraftsOptions {
  readonly store: FactStore;
  /** EXPOSURE_DATA/drafts. Made where it is missing. */
  readonly folder: string;
  /** Epoch ms; default: the clock. */
  readonly now?: () => number;
  /** Told of errors inside this program that made an import fail; default: nobody. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Imports on their way into the store: each draft is a folder of its own with the files as they came and `draft.json`.
 * Drafts survive a restart. What the store holds is listed beside them, as one list of imports.
 *
 * All methods that take an id throw NOT_FOUND where there is no such import.
 */
export class ImportDrafts {
  readonly #store: FactStore;
  readonly #folder: string;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #drafts = new Map<string, Draft>();

  private constructor({ store, folder, now = Date.now, onError = () => undefined }: ImportDraftsOptions) {
    this.#onError = onError;
    this.#store = store;
    this.#folder = folder;
    this.#now = now;
  }

  /** Reads the drafts that an earlier run left, and goes on with their analysis. Throws STORE_UNAVAILABLE. */
  static async open(options: ImportDraftsOptions): Promise<ImportDrafts> {
    const drafts = new ImportDrafts(options);
    try {
      await mkdir(options.folder, { recursive: true });
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new ExposureError(
        'STORE_UNAVAILABLE',
        `The folder ${options.folder} cannot be made (${reason}). Give it to this user, or set EXPOSURE_DATA to another folder.`,
      );
    }
    for (const id of await DraftFolder.list(options.folder)) {
      const folder = new DraftFolder(options.folder, id);
      const record = await folder.read();
      if (record === undefined || record.id !== id) continue;
      const draft = new Draft(folder, record, options.store, drafts.#now, drafts.#onError);
      drafts.#drafts.set(id, draft);
      await draft.resume();
    }
    return drafts;
  }

  async create(by: string, source: string | null, assertedAt: number | null): Promise<ImportView> {
    const id = newImportId();
    const folder = new DraftFolder(this.#folder, id);
    const record = {
      id,
      state: 'DRAFT',
      source,
      assertedAt,
      createdBy: by,
      createdAt: this.#now(),
      files: [],
      failure: null,
      report: null,
      rejections: [],
    } as const;
    await folder.write(record);
    const draft = new Draft(folder, record, this.#store, this.#now, this.#onError);
    this.#drafts.set(id, draft);
    return draft.view();
  }

  async find(id: string): Promise<ImportView | undefined> {
    const draft = this.#drafts.get(id);
    if (draft !== undefined && draft.record.state !== 'COMMITTED') return draft.view();
    const record = await this.#store.findImport(id);
    return record && viewRecord(record, draft?.record);
  }

  /** Drafts and committed imports, the latest created first; discarded ones are left out. */
  async list(): Promise<ImportView[]> {
    const records = await this.#store.listImports();
    const committed = new Set(records.map((record) => record.id));
    const views = records.map((record) => viewRecord(record, this.#drafts.get(record.id)?.record));
    for (const draft of this.#drafts.values()) {
      const { id, state } = draft.record;
      if (!committed.has(id) && state !== 'DISCARDED' && state !== 'COMMITTED') views.push(draft.view());
    }
    return views.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Streams a file to disk and starts the analysis anew. Throws BAD_USER_INPUT, PAYLOAD_TOO_LARGE, CONFLICT (no longer a draft). */
  async addFile(id: string, name: string, body: AsyncIterable<Uint8Array>): Promise<DetectedFile> {
    return (await this.#getDraft(id)).addFile(checkFileName(name), body);
  }

  async removeFile(id: string, name: string): Promise<ImportView> {
    const draft = await this.#getDraft(id);
    await draft.removeFile(name);
    return draft.view();
  }

  /** Returns at once, COMMITTING. Again: the same result. Throws BAD_USER_INPUT, CONFLICT. */
  async commit(id: string, policy: RejectPolicy, by: string): Promise<ImportView> {
    const draft = this.#drafts.get(id);
    if (draft === undefined || draft.record.state === 'COMMITTED') return this.#get(id);
    await draft.commit(policy, by);
    return draft.view();
  }

  /** Stops an analysis, or a commit that has not reached the store; back to DRAFT. */
  async cancel(id: string): Promise<ImportView> {
    const draft = await this.#getDraft(id);
    await draft.cancel();
    return draft.view();
  }

  async discard(id: string): Promise<ImportView> {
    const draft = await this.#getDraft(id);
    await draft.discard();
    return draft.view();
  }

  /** Throws HAS_DEPENDENTS, with the names of what stands on it; CONFLICT where it was never committed. */
  async undo(id: string, by: string): Promise<ImportView> {
    const view = await this.#get(id);
    if (view.state !== 'COMMITTED' && view.state !== 'UNDONE') {
      throw new ExposureError('CONFLICT', `The import ${id} is not committed, so there is nothing to take back. Discard it instead.`);
    }
    const undone = await this.#store.undoImport(id, by, this.#now());
    if (undone.outcome === 'refused') throw new ExposureError('HAS_DEPENDENTS', undone.message);
    return this.#get(id);
  }

  /** By file, line, column. */
  async readRejections(id: string, offset: number, limit: number): Promise<{ rejections: Rejection[]; totalCount: number }> {
    const rejections = await this.#rejectionsOf(id);
    return { rejections: rejections.slice(offset, offset + limit), totalCount: rejections.length };
  }

  async readCauses(id: string): Promise<RejectionCause[]> {
    return causesOf(await this.#rejectionsOf(id));
  }

  /** What a commit would change, or did; by file and line. */
  async readChanges(
    id: string,
    kinds: readonly FactKind[] | undefined,
    offset: number,
    limit: number,
  ): Promise<{ changes: FactChange[]; totalCount: number }> {
    const view = await this.#get(id);
    if (view.state === 'COMMITTED' || view.state === 'UNDONE') return this.#store.readImportChanges(id, kinds, offset, limit);
    return (await this.#getDraft(id)).readChanges(kinds, offset, limit);
  }

  /** CSV, in pieces: the original columns of the rejected rows, then `line` and `reason`. */
  async readRejectedRows(id: string): Promise<AsyncIterable<string>> {
    const draft = this.#drafts.get(id);
    if (draft !== undefined) return draft.rejectedRows();
    await this.#get(id);
    return writeRejectedRows([], []);
  }

  /** Resolves when nothing is under way for this import. */
  async settled(id: string): Promise<void> {
    await this.#drafts.get(id)?.settled();
  }

  /** Stops what is under way; to be called before the store is closed. */
  async close(): Promise<void> {
    await Promise.all([...this.#drafts.values()].map((draft) => draft.close()));
  }

  async #rejectionsOf(id: string): Promise<readonly Rejection[]> {
    const draft = this.#drafts.get(id);
    if (draft !== undefined) return draft.rejections();
    await this.#get(id);
    return [];
  }

  async #get(id: string): Promise<ImportView> {
    const view = await this.find(id);
    if (view === undefined) throw notFound(id);
    return view;
  }

  async #getDraft(id: string): Promise<Draft> {
    const draft = this.#drafts.get(id);
    if (draft !== undefined && draft.record.state !== 'COMMITTED') return draft;
    const record: ImportRecord | undefined = await this.#store.findImport(id);
    if (record === undefined) throw notFound(id);
    throw new ExposureError('CONFLICT', `The import ${id} is ${record.state}: it is no draft any more. Make a new one, or undo this one.`);
  }
}

export function newImportId(): string {
  return `imp-${randomBytes(8).toString('hex')}`;
}

function notFound(id: string): ExposureError {
  return new ExposureError('NOT_FOUND', `There is no import ${JSON.stringify(id.slice(0, 80))}. List the imports to see which there are.`);
}
