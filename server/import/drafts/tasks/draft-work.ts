import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportProgress } from '../../import-view.ts';
import type { TaskLimits } from '../draft-files.ts';
import type { DraftBeat } from './draft-beat.ts';

export interface DraftWorkOptions {
  readonly task: string;
  readonly worker: string;
  readonly beat: DraftBeat;
  readonly beatMs: number;
  readonly progress: ImportProgress;
  /** Called at each heartbeat. False if the task was canceled or finished elsewhere. Retried if it throws. */
  readonly isWanted: () => Promise<boolean>;
}

/** A running task. It sends heartbeats until the task has ended or was canceled. */
export class DraftWork {
  readonly task: string;
  progress: ImportProgress;
  readonly done: Promise<void>;
  readonly #stopped = new AbortController();
  readonly #over = new AbortController();

  /** @param run must not throw; it begins after the constructor has returned */
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

  /** Stops the task. `done` resolves when it has ended. */
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
