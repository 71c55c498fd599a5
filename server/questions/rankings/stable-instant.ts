import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import {
  findStableSpan,
  instantOf,
  isAtOneInstant,
  listChanges,
  rankingChanges,
  type StableSpan,
} from '../../exposure/rankings/stable-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { TimeLimit } from '../run/time-limit.ts';

/** The span that was found last, by kind of answer. */
const latest = { ranking: new WeakMap<Projection, StableSpan>(), list: new WeakMap<Projection, StableSpan>() };
const changesOf = { ranking: rankingChanges, list: listChanges };

/**
 * Settings with the same answer. They are equal for all instants of one stable span, in which nothing begins or ends. So a question about
 * now reuses the ranking that was computed a minute ago. Rejects as `limit.check`.
 */
export async function stableSettings(
  scheduler: Scheduler,
  projection: Projection,
  settings: OriginSettings,
  limit: TimeLimit,
): Promise<OriginSettings> {
  if (!isAtOneInstant(settings)) return settings;
  const instant = await findStableInstant('ranking', scheduler, projection, settings.core.from, limit);
  const window = { from: instant, to: instant };
  return { ...settings, core: window, widest: window };
}

/** As `stableSettings`, for findings, gaps, concentration, shared holders and safeguards. */
export function stableInstant(scheduler: Scheduler, projection: Projection, instant: number, limit: TimeLimit): Promise<number> {
  return findStableInstant('list', scheduler, projection, instant, limit);
}

async function findStableInstant(...of: Parameters<typeof stableSpan>): Promise<number> {
  return instantOf(await stableSpan(...of));
}

/** The span of instants around this one in which no ranking, or no list, changes. Rejects as `limit.check`. */
export async function stableSpan(
  of: keyof typeof latest,
  scheduler: Scheduler,
  projection: Projection,
  instant: number,
  limit: TimeLimit,
): Promise<StableSpan> {
  let span = latest[of].get(projection);
  if (span === undefined || instant < span.from || instant >= span.until) {
    span = await scheduler.run(limit, findStableSpan(changesOf[of](projection), instant));
    latest[of].set(projection, span);
  }
  return span;
}
