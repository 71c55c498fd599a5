import { ExposureError } from '../../domain/errors.ts';
import { Draft } from './draft.ts';
import { DraftFolder } from './draft-folder.ts';
import type { DraftHost } from './draft-host.ts';
import type { DraftRecord } from './draft-record.ts';
import { isImportId } from './import-id.ts';

/** Lists of imports show more of a committed one from its draft. More than these are read from disk when they are shown. */
const maxEnded = 500;

/** The drafts in a folder for this server's kind of store. Each is opened once, on first use, and the oldest that have ended are forgotten. */
export class OpenDrafts {
  readonly #path: string;
  readonly #host: DraftHost;
  readonly #open = new Map<string, Draft>();
  #forgetFrom = 2 * maxEnded;

  constructor(path: string, host: DraftHost) {
    this.#path = path;
    this.#host = host;
  }

  /** Creates a draft. Throws STORE_UNAVAILABLE. */
  async add(record: DraftRecord): Promise<Draft> {
    const folder = new DraftFolder(this.#path, record.id);
    const state = await folder.add(0, record);
    if (state === undefined) throw new Error(`The id ${record.id} was given twice.`);
    return this.#keep(record.id, new Draft(folder, state, this.#host));
  }

  /** Ids of all drafts, from any server. */
  async listIds(): Promise<string[]> {
    return DraftFolder.list(this.#path);
  }

  /** A draft that is already open here, or undefined. */
  get(id: string): Draft | undefined {
    return this.#open.get(id);
  }

  /** A draft in its current state, from any server. Undefined if its folder has none for this store. */
  async look(id: string): Promise<Draft | undefined> {
    const draft = await this.find(id);
    try {
      await draft?.look();
      return draft;
    } catch (error) {
      if (!(error instanceof ExposureError) || error.code !== 'NOT_FOUND') throw error;
      this.#open.delete(id);
      return undefined;
    }
  }

  /** As `look`, without reading the state of an open draft again. */
  async find(id: string): Promise<Draft | undefined> {
    const known = this.#open.get(id);
    if (known !== undefined || !isImportId(id)) return known;
    const folder = new DraftFolder(this.#path, id);
    const state = await folder.read();
    if (state?.record.id !== id || state.record.keptIn !== this.#host.store.kind) return undefined;
    return this.#open.get(id) ?? this.#keep(id, new Draft(folder, state, this.#host));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((draft) => draft.close()));
  }

  #keep(id: string, draft: Draft): Draft {
    this.#open.set(id, draft);
    if (this.#open.size >= this.#forgetFrom) this.#forget();
    return draft;
  }

  /** A draft that has ended has no task, so another object for it does no harm. Looks at all of them after every `maxEnded` new ones. */
  #forget(): void {
    const ended = [...this.#open].filter(([, draft]) => draft.hasEnded).map(([id]) => id);
    for (const id of ended.slice(0, -maxEnded)) this.#open.delete(id);
    this.#forgetFrom = this.#open.size + maxEnded;
  }
}
