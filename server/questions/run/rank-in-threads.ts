import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankedTotals } from '../../exposure/rankings/ranking.ts';
import { countOrigins, joinRanking } from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Scheduler } from './scheduler.ts';
import type { TimeLimit } from './time-limit.ts';
import type { WorkProgress } from './work-progress.ts';

/** With fewer copies than this, a ranking ends before a second thread would have started. */
const fewCopies = 200_000;

/**
 * Ranks all organizations. The threads that are idle divide a large ranking among them, and of more than two, one stays free. The division
 * changes no figure. Rejects as `limit.check`.
 *
 * The ranking is entitled to one thread alone. It gives up the others when another question would have to wait, and then waits for a thread
 * to compute these parts once more.
 */
export async function rankInThreads(
  scheduler: Scheduler,
  projection: Projection,
  settings: OriginSettings,
  limit: TimeLimit,
  progress: WorkProgress,
  few = fewCopies,
): Promise<RankedTotals[]> {
  const most = Math.min(scheduler.idleThreadCount, Math.max(2, scheduler.threadCount - 1));
  if (most < 2 || projection.copies.count < few) return scheduler.runInThread(limit, projection, 'ranking', settings, progress);
  const parts = Array.from({ length: most }, (_, first) => ({ first, count: most }));
  const partProgress = progress.split(parts.map((part) => countOrigins(projection, part)));
  const totals = parts.map((part) => {
    const rank = (within: TimeLimit) =>
      scheduler.runInThread(within, projection, 'ranking', { ...settings, part }, partProgress[part.first]);
    return part.first === 0 ? rank(limit) : rankUntilCrowded(scheduler, limit, rank);
  });
  return joinRanking(projection, await Promise.all(totals));
}

async function rankUntilCrowded<T>(scheduler: Scheduler, limit: TimeLimit, rank: (within: TimeLimit) => Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  const stopListening = scheduler.onCrowded(() => giveUp.abort(new Error('A question needs the thread.')));
  try {
    return await rank(limit.forPart(giveUp.signal));
  } catch (error) {
    if (!giveUp.signal.aborted || limit.signal.aborted) throw error;
  } finally {
    stopListening();
  }
  return rank(limit);
}
