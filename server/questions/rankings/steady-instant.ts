import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import {
  findSteadySpan,
  instantOf,
  isAtOneInstant,
  listChanges,
  rankingChanges,
  type SteadySpan,
} from '../../exposure/rankings/steady-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { TimeLimit } from '../run/time-limit.ts';

/** The span that was found last, by kind of answer. */
const latest = { ranking: new WeakMap<Projection, SteadySpan>(), list: new WeakMap<Projection, SteadySpan>() };
const changesOf = { ranking: rankingChanges, list: listChanges };

/**
 * Settings with the same answer, equal for all questions about one instant between which nothing begins or ends. So whoever asks for the
 * ranking of now gets the one that somebody asked for a minute ago. Rejects as `limit.check`.
 */
export async function steadySettings(
  scheduler: Scheduler,
  projection: Projection,
  settings: OriginSettings,
  limit: TimeLimit,
): Promise<OriginSettings> {
  if (!isAtOneInstant(settings)) return settings;
  const instant = await findSteadyInstant('ranking', scheduler, projection, settings.core.from, limit);
  const window = { from: instant, to: instant };
  return { ...settings, core: window, widest: window };
}

/** As `steadySettings`, for findings, gaps, concentration, shared holders and safeguards. */
export function steadyInstant(scheduler: Scheduler, projection: Projection, instant: number, limit: TimeLimit): Promise<number> {
  return findSteadyInstant('list', scheduler, projection, instant, limit);
}

async function findSteadyInstant(
  of: keyof typeof latest,
  scheduler: Scheduler,
  projection: Projection,
  instant: number,
  limit: TimeLimit,
): Promise<number> {
  let span = latest[of].get(projection);
  if (span === undefined || instant < span.from || instant >= span.until) {
    span = await scheduler.run(limit, findSteadySpan(changesOf[of](projection), instant));
    latest[of].set(projection, span);
  }
  return instantOf(span);
}
