import { readFile } from 'node:fs/promises';
import { ExposureError } from '../../domain/errors.ts';
import { changeDocument } from '../../store/change-document.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { DraftFolder } from './draft-folder.ts';
import type { DraftPhase, DraftRecord, Found } from './draft-record.ts';
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

/** A draft as earlier versions kept it in its folder. The highest N of its files `draft.N.json` counts. */
interface EarlierDraft extends Omit<DraftRecord, 'phase'> {
  readonly keptIn: FactStore['kind'];
  readonly phase: DraftPhase & { readonly worker?: string | null };
}

const stateFile = /^draft\.(\d+)\.json$/;
/** Files of its state, unfinished ones and heartbeats included. */
const ofState = /^(draft\.\d+\.json|draft-[0-9a-f]{16}\.part|beat\.json.*)$/;
/** The rejected rows of a committed import. */
const rowsIn = 'rejected.csv';

/**
 * Moves drafts of earlier versions from their folders into the store: first the document, then the files that held the state go. So it can be
 * stopped anywhere and begun again, also by two servers at once. Drafts for another kind of store, and imports that only another store holds, stay as they are.
 */
export async function takeOverEarlierDrafts(folder: string, store: FactStore): Promise<void> {
  const documents = new DraftDocuments(store);
  for (const id of (await DraftFolder.list(folder)).filter(isImportId)) {
    const files = new DraftFolder(folder, id);
    const names = (await files.names()).filter((name) => ofState.test(name));
    if (names.length === 0) continue;
    const earlier = await readEarlier(files, names);
    if (earlier?.id === id) {
      if (earlier.keptIn !== store.kind) continue;
      if (earlier.phase.state === 'COMMITTED' && (await store.findImport(id)) === undefined) continue;
      await documents.add(toDraft(earlier)).catch(ignoreConflict);
    } else if ((await documents.find(id)) === undefined) continue;
    for (const name of names) await files.removeFile(name);
  }
}

/** The latest state that can be read. Undefined: none. */
async function readEarlier(files: DraftFolder, names: readonly string[]): Promise<EarlierDraft | undefined> {
  const numbers = names.flatMap((name) => stateFile.exec(name)?.[1] ?? []).map(Number);
  for (const number of numbers.sort((a, b) => b - a)) {
    try {
      return JSON.parse(await readFile(files.pathOf(`draft.${number}.json`), 'utf8')) as EarlierDraft;
    } catch {
      // It was replaced and is empty, or another server has just taken it over.
    }
  }
  return undefined;
}

/** The task of a server that stopped is taken up by the first that sees it. */
function toDraft({ keptIn: _, phase: { worker, ...phase }, found, ...record }: EarlierDraft): DraftRecord {
  const isCommitted = phase.state === 'COMMITTED';
  return {
    ...record,
    phase: worker === undefined ? phase : ({ ...phase, lease: null } as DraftPhase),
    found: found === null || !isCommitted ? found : ({ ...found, rowsIn } satisfies Found),
  };
}

/** Another server, or an earlier start, has taken it over. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof ExposureError && error.code === 'CONFLICT')) throw error;
}
