import { ExposureError } from '../../domain/errors.ts';
import type { DraftFolder } from './draft-folder.ts';
import type { DraftRecord } from './draft-record.ts';
import { claimOf } from './draft-record.ts';
import type { DraftState } from './draft-states.ts';

/** So often a change is tried while others change the draft too. */
const maxTries = 100;

/**
 * What a draft is now, and how it is changed while other servers change it: a change is worked out from the state as it
 * is, and where another was there before, from that other's.
 *
 * Methods throw NOT_FOUND where the draft's folder is gone, STORE_UNAVAILABLE where the disk fails.
 */
export class DraftChanges {
  readonly #folder: DraftFolder;
  readonly #onSeen: () => void;
  #state: DraftState;

  /** @param onSeen called when the state was looked up or changed */
  constructor(folder: DraftFolder, state: DraftState, onSeen: () => void) {
    this.#folder = folder;
    this.#state = state;
    this.#onSeen = onSeen;
  }

  /** As it was last seen. */
  get record(): DraftRecord {
    return this.#state.record;
  }

  async refresh(): Promise<void> {
    const state = await this.#folder.read();
    if (state === undefined) throw new ExposureError('NOT_FOUND', `The folder of the import ${this.record.id} is gone. Make a new import.`);
    this.#see(state);
  }

  /** Nothing is done where `next` gives back what it was given. Throws what `next` throws; CONFLICT. */
  async change(next: (record: DraftRecord) => DraftRecord): Promise<void> {
    for (let tries = 0; tries < maxTries; tries++) {
      await this.refresh();
      if (await this.tryChange(next)) return;
    }
    throw new ExposureError('CONFLICT', `Others go on changing the import ${this.record.id}. Look at it, and try again.`);
  }

  /** Once, from the state last seen. False where another was there before. */
  async tryChange(next: (record: DraftRecord) => DraftRecord): Promise<boolean> {
    const { number, record } = this.#state;
    const changed = next(record);
    if (changed === record) return true;
    const state = await this.#folder.add(number, changed);
    if (state === undefined) return false;
    this.#see(state);
    return true;
  }

  /** Takes a task further. False where it is no task any more. */
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
