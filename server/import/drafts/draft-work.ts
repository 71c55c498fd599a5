import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportProgress } from '../import-view.ts';
import type { DraftBeat } from './draft-beat.ts';
import type { TaskLimits } from './draft-files.ts';

export interface DraftWorkOptions {
  readonly task: string;
  readonly worker: string;
  readonly beat: DraftBeat;
  readonly beatMs: number;
  readonly progress: ImportProgress;
  /** Asked at each heartbeat: false if the task was cancelled or finished elsewhere. Retried where it throws. */
  readonly isWanted: () => Promise<boolean>;
}

/** A running task: it sends heartbeats, and stops once the task has ended or was cancelled. */
export class DraftWork {
  readonly task: string;
  progress: ImportProgress;
  readonly done: Promise<void>;
  readonly #stopped = new AbortController();
  readonly #over = new AbortController();

  /** @param run must not throw; begins after the constructor has returned */
  constructor(options: DraftWorkOptions, run: (limits: TaskLimits) => Promise<void>) {
    this.task = options.task;
    this.progress = options.progress;
    const onProgress = (progress: ImportProgress) => {
      this.progress = progress;
    };
    const living = this.#live(options);
    this.done = Promise.resolve()
      .then(() => run({ signal: this.#stopped.signal, onProgress }))
      .finally(() => this.#over.abort())
      .then(() => living);
  }

  /** `done` tells when it has ended. */
  stop(): void {
    this.#stopped.abort();
  }

  async #live({ beat, worker, beatMs, isWanted }: DraftWorkOptions): Promise<void> {
    const { signal } = this.#over;
    for (;;) {
      await sleep(beatMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await beat.tell(worker, this.progress);
      if (!(await isWanted().catch(() => true))) this.stop();
    }
  }
}
