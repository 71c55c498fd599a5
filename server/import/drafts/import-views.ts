import { ExposureError } from '../../domain/errors.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ImportRecord } from '../../store/fact-write.ts';
import { findImportName, readImportNames, reportOfRecord } from '../commit-import.ts';
import { undoWithHistory } from '../demo/demo-history.ts';
import type { DetectedFile, ImportProgress, ImportView, ViewedFile } from '../import-view.ts';
import { canonicalMapping } from '../mapping/map-list.ts';
import type { DraftHost } from './draft-files.ts';
import type { DraftRecord, Found } from './draft-record.ts';
import { foundInStore, isFinal } from './draft-record.ts';
import type { DraftTasks } from './draft-tasks.ts';

/** Shows drafts and committed imports together, whichever server works on them. */
export class ImportViews {
  readonly #store: FactStore;
  readonly #tasks: DraftTasks;
  readonly #undos: RunningUndos;

  constructor(store: FactStore, tasks: DraftTasks, undos: RunningUndos) {
    this.#store = store;
    this.#tasks = tasks;
    this.#undos = undos;
  }

  /** A draft, as far as its own document tells. */
  view(draft: DraftRecord): ImportView {
    const { progress, failure } = this.#tasks.progressOf(draft);
    return failure === null ? viewDraft(draft, progress) : viewDraft({ ...draft, phase: { state: 'FAILED', failure } }, null);
  }

  async find(id: string): Promise<ImportView | undefined> {
    return (await this.#look(id))?.view;
  }

  /** @returns the draft, too. Throws NOT_FOUND. */
  async get(id: string): Promise<{ readonly view: ImportView; readonly draft: DraftRecord | undefined }> {
    const found = await this.#look(id);
    if (found === undefined) throw notFound(id);
    return found;
  }

  async #look(id: string): Promise<{ readonly view: ImportView; readonly draft: DraftRecord | undefined } | undefined> {
    const draft = await this.#tasks.look(id);
    const view = draft && this.view(draft);
    // The committing server records the end of its commit. After a failure, only the store knows the outcome.
    if (view !== undefined && (view.state === 'COMMITTING' || !draft?.mayBeInStore)) return { view, draft };
    const record = await this.#store.findImport(id);
    if (record === undefined) return view?.state === 'COMMITTED' ? undefined : view && { view, draft };
    const claim = this.#tasks.newClaim();
    if (draft !== undefined && foundInStore(draft, claim) !== draft) await this.#tasks.change(id, (latest) => foundInStore(latest, claim));
    const named = (await findImportName(this.#store, id)) ?? draft?.name ?? null;
    return { view: this.#viewStored(record, named, draft), draft };
  }

  /** While this server undoes an import, the store may have undone it already. It is shown as before until the work ends. */
  #viewStored(record: ImportRecord, name: string | null, draft: DraftRecord | undefined): ImportView {
    const progress = this.#undos.progressOf(record.id);
    if (progress === undefined) return viewRecord(record, name, draft);
    const before = viewRecord({ ...record, state: 'COMMITTED', undoneAt: null, undoneBy: null }, name, draft);
    return { ...before, progress };
  }

  /** Drafts and committed imports, the latest created first. Leaves out discarded drafts. */
  async list(): Promise<ImportView[]> {
    // In this order: a draft that is committed meanwhile is seen as one of both.
    const drafts = new Map((await this.#tasks.list()).map((draft) => [draft.id, draft]));
    const records = await this.#store.listImports();
    const names = await readImportNames(this.#store);
    const views = records.map((record) => {
      const draft = drafts.get(record.id);
      drafts.delete(record.id);
      const view = draft && this.view(draft);
      // The store may have the import already. It is shown as committed when its commit has ended, as by `find`.
      if (view?.state === 'COMMITTING') return view;
      return this.#viewStored(record, names.get(record.id) ?? draft?.name ?? null, draft);
    });
    for (const draft of drafts.values()) if (!isFinal(draft)) views.push(this.view(draft));
    return views.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }
}

export function notFound(id: string): ExposureError {
  return new ExposureError('NOT_FOUND', `There is no import ${JSON.stringify(id.slice(0, 80))}. List the imports to see which there are.`);
}

/** An uncommitted draft as the edges show it. */
function viewDraft(record: DraftRecord, progress: ImportProgress | null): ImportView {
  const { phase } = record;
  return {
    id: record.id,
    name: record.name ?? null,
    state: phase.state,
    respondent: record.respondent ?? null,
    source: record.source,
    assertedAt: record.assertedAt,
    progress,
    files: record.files.flatMap((file) => viewDraftFiles(file, record.found)),
    questions: record.found?.mapped?.questions ?? [],
    retractable: record.found?.unlisted?.retractable ?? [],
    mappingDocument: record.found?.mapped?.document ?? null,
    report: record.found?.report ?? null,
    skipLoss: phase.state === 'COMMITTED' ? null : (record.found?.skipLoss ?? null),
    failure: phase.state === 'FAILED' ? phase.failure : null,
    createdBy: record.createdBy,
    createdAt: record.createdAt,
    committedAt: null,
    undoneAt: null,
  };
}

/** A stored import, with the file details that its draft still has. */
function viewRecord(record: ImportRecord, name: string | null, draft: DraftRecord | undefined): ImportView {
  const drafted = new Map(draft?.files.map((file) => [file.sha256, file]));
  return {
    id: record.id,
    name,
    state: record.state,
    respondent: draft?.respondent ?? null,
    source: record.source,
    assertedAt: record.assertedAt,
    progress: null,
    files: record.files.map((file) => {
      const known = drafted.get(file.sha256);
      return known === undefined ? fileOfRecord(file) : { ...viewDraftFile(known, draft?.found ?? null), name: file.name };
    }),
    questions: [],
    retractable: [],
    mappingDocument: draft?.found?.mapped?.document ?? null,
    report: (draft?.phase.state === 'COMMITTED' ? draft.found?.report : undefined) ?? reportOfRecord(record),
    skipLoss: null,
    failure: null,
    createdBy: draft?.createdBy ?? record.by,
    createdAt: record.createdAt,
    committedAt: record.committedAt,
    undoneAt: record.undoneAt,
  };
}

/** After the analysis, a workbook is shown as one file for each sheet that is read, and a file of corrected rows for each original one. */
function viewDraftFiles(file: DetectedFile, found: Found | null): ViewedFile[] {
  const sheets = (found?.mapped?.files ?? []).filter(({ name }) => name.startsWith(`${file.name}#`));
  if (sheets.length === 0) return [viewDraftFile(file, found)];
  return sheets.map((sheet) => viewDraftFile({ ...file, name: sheet.name }, found));
}

/** Adds the details of the analysis, which knows more about a list than its first lines show. */
function viewDraftFile(file: DetectedFile, found: Found | null): ViewedFile {
  const known = found?.mapped?.files.find(({ name }) => name === file.name);
  return { ...viewFile(file), ...known?.form, mapping: known?.mapping ?? canonicalMapping(file) };
}

function viewFile({ name, sizeBytes, sha256, encoding, delimiter, headerLine, preamble, header, sample }: DetectedFile): DetectedFile {
  return { name, sizeBytes, sha256, encoding, delimiter, headerLine, preamble, header, sample };
}

function fileOfRecord({ name, sizeBytes, sha256 }: ImportRecord['files'][number]): ViewedFile {
  const file = { name, sizeBytes, sha256, encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
  return { ...file, mapping: canonicalMapping(file) };
}

interface Undo {
  readonly controller: AbortController;
  done: number;
  total: number | null;
}

/** The imports that this server is undoing. */
export class RunningUndos {
  readonly #host: Pick<DraftHost, 'now' | 'writer'>;
  readonly #byImport = new Map<string, Undo>();

  constructor(host: Pick<DraftHost, 'now' | 'writer'>) {
    this.#host = host;
  }

  /** Throws HAS_DEPENDENTS, whose message names the imports and people that depend on the import, and CONFLICT if it is being undone, or if the undo is canceled. */
  async run(id: string, by: string): Promise<void> {
    if (this.#byImport.has(id)) throw new ExposureError('CONFLICT', `The import ${id} is being undone already. Wait for it, or cancel it.`);
    const undo: Undo = { controller: new AbortController(), done: 0, total: null };
    this.#byImport.set(id, undo);
    const { signal } = undo.controller;
    const onProgress = (done: number, total: number) => Object.assign(undo, { done, total });
    const { now, writer } = this.#host;
    try {
      const undone = await undoWithHistory(writer, id, by, now(), { signal, onProgress, clock: now });
      if (undone.outcome === 'refused') throw new ExposureError('HAS_DEPENDENTS', undone.message);
    } finally {
      this.#byImport.delete(id);
    }
  }

  /** Undefined: this server does not undo the import. */
  progressOf(id: string): ImportProgress | undefined {
    const undo = this.#byImport.get(id);
    return undo && { step: 'undoing', done: undo.done, total: undo.total };
  }

  /** Stops an undo that is not committed. False: this server does not undo the import. */
  cancel(id: string): boolean {
    const undo = this.#byImport.get(id);
    undo?.controller.abort(new ExposureError('CONFLICT', `The undo of the import ${id} was canceled. Nothing was changed.`));
    return undo !== undefined;
  }
}
