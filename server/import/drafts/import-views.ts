import { ExposureError } from '../../domain/errors.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ImportRecord } from '../../store/fact-write.ts';
import { findImportName, readImportNames } from '../import-names.ts';
import type { ImportView } from '../import-view.ts';
import type { Draft } from './draft.ts';
import { viewRecord } from './draft-view.ts';
import type { OpenDrafts } from './open-drafts.ts';
import type { RunningUndos } from './running-undos.ts';

/** Shows drafts and committed imports together, whichever server works on them. */
export class ImportViews {
  readonly #store: FactStore;
  readonly #drafts: OpenDrafts;
  readonly #undos: RunningUndos;

  constructor(store: FactStore, drafts: OpenDrafts, undos: RunningUndos) {
    this.#store = store;
    this.#drafts = drafts;
    this.#undos = undos;
  }

  async find(id: string): Promise<ImportView | undefined> {
    const draft = await this.#drafts.look(id);
    const view = draft?.view();
    // The committing server records the end of its commit. After a failure, only the store knows the outcome.
    if (view !== undefined && (view.state === 'COMMITTING' || !draft?.record.mayBeInStore)) return view;
    const record = await this.#store.findImport(id);
    // A committed draft that this store does not hold belongs to another store.
    if (record === undefined) return view?.state === 'COMMITTED' ? undefined : view;
    await draft?.endCommitted();
    const named = (await findImportName(this.#store, id)) ?? draft?.record.name ?? null;
    return this.#viewStored(record, named, draft);
  }

  /** While this server undoes an import, the store may have undone it already. It is shown as before until the work ends. */
  #viewStored(record: ImportRecord, name: string | null, draft: Draft | undefined): ImportView {
    const progress = this.#undos.progressOf(record.id);
    if (progress === undefined) return viewRecord(record, name, draft?.record);
    const before = viewRecord({ ...record, state: 'COMMITTED', undoneAt: null, undoneBy: null }, name, draft?.record);
    return { ...before, progress };
  }

  /** Drafts and committed imports, the latest created first. Leaves out discarded drafts. */
  async list(): Promise<ImportView[]> {
    const records = await this.#store.listImports();
    const names = await readImportNames(this.#store);
    const committed = new Set(records.map((record) => record.id));
    const ids = await this.#drafts.listIds();
    const drafts = new Map(await Promise.all(ids.map(async (id) => [id, await this.#drafts.look(id)] as const)));
    const views = records.map((record) => {
      const draft = drafts.get(record.id);
      const view = draft?.view();
      // The store may have the import already. It is shown as committed when its commit has ended, as by `find`.
      if (view?.state === 'COMMITTING') return view;
      return this.#viewStored(record, names.get(record.id) ?? draft?.record.name ?? null, draft);
    });
    for (const draft of drafts.values()) {
      if (draft === undefined || committed.has(draft.record.id)) continue;
      const view = draft.view();
      if (view.state !== 'DISCARDED' && view.state !== 'COMMITTED') views.push(view);
    }
    return views.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  }

  /** Throws NOT_FOUND. */
  async get(id: string): Promise<ImportView> {
    const view = await this.find(id);
    if (view === undefined) throw notFound(id);
    return view;
  }
}

export function notFound(id: string): ExposureError {
  return new ExposureError('NOT_FOUND', `There is no import ${JSON.stringify(id.slice(0, 80))}. List the imports to see which there are.`);
}
