import { ExposureError } from '../../domain/errors.ts';
import { changeDocument } from '../../store/change-document.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { DraftRecord } from './draft-record.ts';
import { isImportId } from './draft-record.ts';

const collection = 'draft';
/** Drafts that are kept parsed: the mapping of a long list takes megabytes, and a page asks for it again and again. */
const maxParsed = 64;

/** A draft as the store has it. */
export interface SavedDraft {
  readonly version: number;
  readonly record: DraftRecord;
}

/** The drafts of a store, one document each. Methods throw STORE_UNAVAILABLE. */
export class DraftDocuments {
  readonly #store: FactStore;
  readonly #parsed = new Map<string, SavedDraft>();

  constructor(store: FactStore) {
    this.#store = store;
  }

  async find(id: string): Promise<SavedDraft | undefined> {
    const found = isImportId(id) ? await this.#store.findDocument(collection, id) : undefined;
    const known = this.#parsed.get(id);
    if (found === undefined || known?.version === found.version) return found && known;
    const saved = { version: found.version, record: JSON.parse(found.json) as DraftRecord };
    if (this.#parsed.size >= maxParsed) this.#parsed.clear();
    this.#parsed.set(id, saved);
    return saved;
  }

  async list(): Promise<SavedDraft[]> {
    const all = await this.#store.listDocuments(collection);
    return all.map(({ version, json }) => ({ version, record: JSON.parse(json) as DraftRecord }));
  }

  /** Throws CONFLICT if there is a draft of this id. */
  async add(record: DraftRecord): Promise<SavedDraft> {
    const { version } = await this.#store.saveDocument(collection, record.id, JSON.stringify(record), 0);
    return { version, record };
  }

  /** Changes a draft from its latest version on, as often as others change it first. Throws NOT_FOUND, and what `next` throws. */
  async change(id: string, next: (record: DraftRecord) => DraftRecord): Promise<SavedDraft> {
    const saved = await changeDocument<DraftRecord>(this.#store, collection, id, (record) => record && next(record));
    if (saved === undefined) throw new ExposureError('NOT_FOUND', `The draft of the import ${id} is gone. Make a new import.`);
    return { version: saved.version, record: saved.value };
  }

  async remove(id: string): Promise<void> {
    await this.#store.deleteDocument(collection, id);
  }
}
