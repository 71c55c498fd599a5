import type { OrganizationRole } from '../../domain/facts.ts';
import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import {
  countOrigins,
  joinRanking,
  listRanking,
  type RankedOrganization,
  type RankedTotals,
  type RankingOrder,
} from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import { Asker } from '../asker.ts';
import { batchSourceOf, findBatch, fromBatch } from '../batch/find-batch.ts';
import { giveRanking } from '../batch/renewed-answers.ts';
import type { Questions } from '../questions.ts';
import { resolveMergedIds } from '../resolved-ids.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { TimeLimit } from '../run/time-limit.ts';
import type { WorkProgress } from '../run/work-progress.ts';
import { rememberWithin, stableSettings } from './list-facts.ts';

export { rankingOrders } from '../../exposure/rankings/ranking.ts';

export interface RankingQuestion {
  readonly settings: OriginSettings;
  readonly roles: readonly OrganizationRole[] | null | undefined;
  /** Ids. Keeps the rows of these organizations, with their positions in the whole ranking. Null or absent: all. */
  readonly organizations?: readonly string[] | null | undefined;
  readonly orderBy: RankingOrder;
}

/** The latest list of some totals: sorting all organizations for each question would hold up others. */
const lists = new WeakMap<readonly RankedTotals[], { readonly key: string; readonly rows: readonly RankedOrganization[] }>();

/**
 * Ranks every organization (of these roles) by its radius as the only origin, in the requested order. Worker threads compute
 * the totals. They are cached, so another order or page of the same windows needs no new computation,
 * and neither does the same question later, until a fact begins, ends or changes. Throws QUERY_TIMEOUT.
 *
 * @param patienceMs as in `Asker.keep`
 * @param mayBeBehind as in `findBatch`
 */
export async function askRanking(
  asker: Asker,
  projection: Projection,
  question: RankingQuestion,
  patienceMs?: number,
  mayBeBehind = false,
): Promise<readonly RankedOrganization[]> {
  const rows = await rankAll(asker, projection, question, patienceMs, mayBeBehind);
  if (question.organizations == null) return rows;
  const { organizations } = await resolveMergedIds(asker, projection, question, ['organizations']);
  const wanted = new Set(organizations?.map((id) => projection.organizations.id.find(id)));
  const kept = rows.filter(({ organization }) => wanted.has(organization));
  return fromBatch(kept, batchSourceOf(rows));
}

/** All organizations of these roles, in order. */
async function rankAll(
  asker: Asker,
  projection: Projection,
  question: RankingQuestion,
  patienceMs: number | undefined,
  mayBeBehind: boolean,
): Promise<readonly RankedOrganization[]> {
  const batch = await findBatch(asker, projection, 'ranking', { settings: question.settings }, mayBeBehind, patienceMs, true);
  const given = batch && (await giveRanking(asker, projection, batch, question.settings, mayBeBehind, patienceMs));
  if (given !== undefined) return fromBatch(listRanking(projection, given.answer, question.roles, question.orderBy), given.source);
  rememberWithin(asker, 'ranking', question.settings, rankAs(question));
  return rank(asker, projection, question, rankInThreads, patienceMs);
}

/** Asks for the ranking of now before anybody else does. Rejects if that ends early. @param projection the first facts of a server */
export function rankFirst(questions: Questions, projection: Projection, settings: OriginSettings): Promise<void> {
  const ask = rankAs({ settings, roles: null, orderBy: 'WEIGHTED_LOSS' });
  return questions.rankFirst(projection, (first, limit) => ask(new Asker(questions, limit), first, settings));
}

/** The question without a person who waits: one thread ranks, so that another stays free. */
function rankAs(question: RankingQuestion) {
  return (asker: Asker, projection: Projection, settings: OriginSettings) =>
    rank(asker, projection, { ...question, settings }, (scheduler, of, stable, limit, progress) =>
      scheduler.runInThread(limit, of, 'ranking', stable, progress),
    );
}

async function rank(
  asker: Asker,
  projection: Projection,
  { settings, roles, orderBy }: RankingQuestion,
  compute: typeof rankInThreads,
  patienceMs?: number,
): Promise<readonly RankedOrganization[]> {
  const { scheduler } = asker.questions;
  const stable = await stableSettings(scheduler, projection, settings, asker.limit);
  const totals = await asker.keep(
    projection,
    ['ranking', stable],
    (limit, progress) => compute(scheduler, projection, stable, limit, progress),
    patienceMs,
  );
  const key = JSON.stringify([orderBy, roles ?? null]);
  const known = lists.get(totals);
  if (known?.key === key) return known.rows;
  const rows = listRanking(projection, totals, roles, orderBy);
  lists.set(totals, { key, rows });
  return rows;
}

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
