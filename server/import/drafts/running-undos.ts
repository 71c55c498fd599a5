import { ExposureError } from '../../domain/errors.ts';
import { undoWithHistory } from '../demo/undo-with-history.ts';
import type { ImportProgress } from '../import-view.ts';
import type { DraftHost } from './draft-files.ts';

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
