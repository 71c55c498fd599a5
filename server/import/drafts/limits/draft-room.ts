import { ExposureError } from '../../../domain/errors.ts';
import type { Draft } from '../draft.ts';
import type { DraftHost } from '../draft-host.ts';
import type { OpenDrafts } from '../open-drafts.ts';
import type { UploadedBytes } from './draft-quota.ts';

/** The most drafts of one person that are neither committed nor discarded. */
const maxDrafts = 1000;
const dayMs = 86_400_000;
/** A draft that is not committed by then is discarded, with its files. */
const draftLifeMs = 30 * dayMs;

/** Keeps the drafts few: limits those of each person, and discards old ones. */
export class DraftRoom {
  readonly #drafts: OpenDrafts;
  readonly #host: DraftHost;
  /** When the drafts were last looked through for old ones. */
  #tidiedAt = 0;

  constructor(drafts: OpenDrafts, host: DraftHost) {
    this.#drafts = drafts;
    this.#host = host;
  }

  /** Throws LIMIT_EXCEEDED if this person has too many drafts. */
  async makeRoom(by: string): Promise<void> {
    const mayBeFull = (await this.#drafts.listIds()).length >= maxDrafts;
    if (!mayBeFull && this.#host.now() - this.#tidiedAt < dayMs) return;
    const own = (await this.tidy()).filter((draft) => draft.record.createdBy === by);
    if (own.length < maxDrafts) return;
    throw new ExposureError(
      'LIMIT_EXCEEDED',
      `${by} has ${own.length.toLocaleString('en-US')} drafts of imports, which is the most. Commit or discard some.`,
    );
  }

  /** Discards drafts that have expired. One that cannot be discarded stays, and is reported. @returns the others that are neither committed nor discarded */
  async tidy(): Promise<Draft[]> {
    this.#tidiedAt = this.#host.now();
    const open: Draft[] = [];
    for (const draft of await this.#listOpen()) {
      if (draft.view().state === 'COMMITTING') continue;
      if (this.#tidiedAt - draft.record.createdAt < draftLifeMs) open.push(draft);
      else await draft.discard().catch(this.#host.onError);
    }
    return open;
  }

  async countUploaded(): Promise<UploadedBytes> {
    const uploaded = new Map<string, number>();
    for (const { record } of await this.#listOpen()) {
      const bytes = record.files.reduce((sum, file) => sum + file.sizeBytes, 0);
      uploaded.set(record.createdBy, (uploaded.get(record.createdBy) ?? 0) + bytes);
    }
    return uploaded;
  }

  /** Drafts that are neither committed nor discarded. */
  async #listOpen(): Promise<Draft[]> {
    const open: Draft[] = [];
    for (const id of await this.#drafts.listIds()) {
      const draft = await this.#drafts.look(id);
      if (draft !== undefined && !['DISCARDED', 'COMMITTED'].includes(draft.view().state)) open.push(draft);
    }
    return open;
  }
}
