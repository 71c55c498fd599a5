import { ExposureError } from '../../domain/errors.ts';
import type { DraftFolder } from './draft-folder.ts';
import type { DraftRecord } from './draft-record.ts';
import { claimOf } from './draft-record.ts';
import type { DraftState } from './draft-states.ts';

/** Retries of a change while other servers change the draft. */
const maxTries = 100;

/**
 * The current state of a draft, with compare-and-swap changes. A change that loses to another server is computed again from the new
 * state.
 *
 * Methods throw NOT_FOUND if the draft's folder is gone, STORE_UNAVAILABLE if the disk fails.
 */
export class DraftChanges {
  readonly #folder: DraftFolder;
  readonly #onSeen: () => void;
  #state: DraftState;

  /** @param onSeen called after the state was read or changed */
  constructor(folder: DraftFolder, state: DraftState, onSeen: () => void) {
    this.#folder = folder;
    this.#state = state;
    this.#onSeen = onSeen;
  }

  /** The state last read. */
  get record(): DraftRecord {
    return this.#state.record;
  }

  async refresh(): Promise<void> {
    const state = await this.#folder.read();
    if (state === undefined) throw new ExposureError('NOT_FOUND', `The folder of the import ${this.record.id} is gone. Make a new import.`);
    this.#see(state);
  }

  /** Does nothing if `next` returns its argument. Throws what `next` throws; CONFLICT. */
  async change(next: (record: DraftRecord) => DraftRecord): Promise<void> {
    for (let tries = 0; tries < maxTries; tries++) {
      await this.refresh();
      if (await this.tryChange(next)) return;
    }
    throw new ExposureError('CONFLICT', `The import ${this.record.id} keeps changing. Check its state, and try again.`);
  }

  /** One try, from the state last read. False if another server changed the draft first. */
  async tryChange(next: (record: DraftRecord) => DraftRecord): Promise<boolean> {
    const { number, record } = this.#state;
    const changed = next(record);
    if (changed === record) return true;
    const state = await this.#folder.add(number, changed);
    if (state === undefined) return false;
    this.#see(state);
    return true;
  }

  /** Changes the draft on behalf of a task. False if the task has ended. */
  async advance(task: string, next: (record: DraftRecord) => DraftRecord): Promise<boolean> {
    let isWanted = false;
    await this.change((record) => {
      isWanted = claimOf(record)?.task === task;
      return isWanted ? next(record) : record;
    });
    return isWanted;
  }

  #see(state: DraftState): void {
    if (state.number > this.#state.number) this.#state = state;
    this.#onSeen();
  }
}
