import type { JobName, JobParameters, JobResult, JobSubject } from './jobs.ts';
import { TimeLimit } from './time-limit.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * Runs seldom, heavy jobs, each in a thread of its own: no question waits for them, and they for none. The thread ends with its job. An idle
 * thread collects no garbage, and would hold what the job has read.
 */
export class OwnThreads {
  readonly #pools = new Set<WorkerPool>();
  #hasStarted = false;

  /** Whether there was a job. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Rejects as the job, and with QUERY_TIMEOUT once closed. @param parts as of `WorkerPool.run` */
  async run<J extends JobName>(
    subject: JobSubject<J>,
    job: J,
    parameters: JobParameters<J>,
    parts?: readonly unknown[],
  ): Promise<JobResult<J>> {
    const pool = new WorkerPool(1);
    this.#pools.add(pool);
    this.#hasStarted = true;
    try {
      return await pool.run(subject, job, parameters, new TimeLimit(Infinity), undefined, parts);
    } finally {
      this.#pools.delete(pool);
      void pool.close();
    }
  }

  /** Ends all jobs. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools].map((pool) => pool.close()));
  }
}
