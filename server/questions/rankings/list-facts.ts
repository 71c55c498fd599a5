import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import type { JobParameters, JobResult } from '../run/jobs.ts';
import { type FactListName, factLists } from '../run/jobs.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import type { WorkProgress } from '../run/work-progress.ts';

/** With fewer copies and transfers than this, a list is complete before a thread would have started. */
const fewFacts = 50_000;

/** Makes a list that looks at all facts: of many in a worker thread, of few on the event loop. Rejects as `limit.check`. */
export function listFacts<L extends FactListName>(
  asker: Asker,
  projection: Projection,
  list: L,
  question: JobParameters<L>,
  limit: TimeLimit,
  progress: WorkProgress,
): Promise<JobResult<L>> {
  if (projection.copies.count + projection.transfers.count >= fewFacts)
    return asker.runInThread(projection, list, question, limit, progress);
  const stepsOf = factLists[list] as (...parts: unknown[]) => Generator<void, JobResult<L>>;
  return asker.run(stepsOf(projection, question, progress.report), limit);
}
