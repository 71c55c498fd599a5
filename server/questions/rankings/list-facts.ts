import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import type { JobParameters, JobResult } from '../run/jobs.ts';
import { type FactListName, factLists } from '../run/jobs.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import type { WorkProgress } from '../run/work-progress.ts';

/** With fewer copies and transfers than this, every list is complete within 30 ms, before a thread would have started. */
const fewFacts = 20_000;

/** Makes a list that looks at all facts: of many in a worker thread, of few at once. Rejects as `limit.check`. */
export async function listFacts<L extends FactListName>(
  asker: Asker,
  projection: Projection,
  name: L,
  question: JobParameters<L>,
  limit: TimeLimit,
  progress: WorkProgress,
): Promise<JobResult<L>> {
  if (projection.copies.count + projection.transfers.count >= fewFacts)
    return asker.runInThread(projection, name, question, limit, progress);
  const list = factLists[name] as (projection: Projection, question: JobParameters<L>) => JobResult<L>;
  return asker.questions.scheduler.turn(limit, () => list(projection, question));
}
