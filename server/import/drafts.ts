import type { FactKind } from '../domain/facts.ts';
import type { FactChange, FactStore } from '../store/fact-store.ts';
import type { DetectedFile, ImportView, RejectPolicy } from './import-view.ts';
import type { Rejection, RejectionCause } from './rejection.ts';

export interface ImportDraftsOptions {
  readonly store: FactStore;
  /** EXPOSURE_DATA/drafts. Made where it is missing. */
  readonly folder: string;
  /** Epoch ms; default: the clock. */
  readonly now?: () => number;
}

/**
 * Imports on their way into the store: each draft is a folder of its own with the files as they came and `draft.json`.
 * Drafts survive a restart. What the store holds is listed beside them, as one list of imports.
 *
 * All methods that take an id throw NOT_FOUND where there is no such import.
 */
export declare class ImportDrafts {
  /** Reads the drafts that an earlier run left, and goes on with their analysis. */
  static open(options: ImportDraftsOptions): Promise<ImportDrafts>;

  create(by: string, source: string | null, assertedAt: number | null): Promise<ImportView>;
  find(id: string): Promise<ImportView | undefined>;
  /** Drafts and committed imports, the latest created first. */
  list(): Promise<ImportView[]>;

  /** Streams a file to disk and starts the analysis anew. Throws BAD_USER_INPUT, PAYLOAD_TOO_LARGE, CONFLICT (no longer a draft). */
  addFile(id: string, name: string, body: AsyncIterable<Uint8Array>): Promise<DetectedFile>;
  removeFile(id: string, name: string): Promise<ImportView>;

  /** Returns at once, COMMITTING. Again: the same result. Throws BAD_USER_INPUT, CONFLICT. */
  commit(id: string, policy: RejectPolicy, by: string): Promise<ImportView>;
  /** Stops an analysis, or a commit that has not reached the store; back to DRAFT. */
  cancel(id: string): Promise<ImportView>;
  discard(id: string): Promise<ImportView>;
  /** Throws HAS_DEPENDENTS, with the names of what stands on it; CONFLICT where it was never committed. */
  undo(id: string, by: string): Promise<ImportView>;

  /** By file, line, column. */
  readRejections(id: string, offset: number, limit: number): Promise<{ rejections: Rejection[]; totalCount: number }>;
  readCauses(id: string): Promise<RejectionCause[]>;
  /** What a commit would change, or did; by file and line. */
  readChanges(
    id: string,
    kinds: readonly FactKind[] | undefined,
    offset: number,
    limit: number,
  ): Promise<{ changes: FactChange[]; totalCount: number }>;
  /** CSV, in pieces: the original columns of the rejected rows, then `line` and `reason`. */
  readRejectedRows(id: string): AsyncIterable<string>;

  /** Resolves when nothing is under way for this import. */
  settled(id: string): Promise<void>;
  /** Stops what is under way; to be called before the store is closed. */
  close(): Promise<void>;
}
