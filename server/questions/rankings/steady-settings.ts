import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import { findSteadySpan, isAtOneInstant, type SteadySpan, settleIn } from '../../exposure/rankings/steady-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Scheduler } from '../run/scheduler.ts';
import type { TimeLimit } from '../run/time-limit.ts';

const latest = new WeakMap<Projection, SteadySpan>();

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
  const instant = settings.core.from;
  let span = latest.get(projection);
  if (span === undefined || instant < span.from || instant >= span.until) {
    span = await scheduler.run(limit, findSteadySpan(projection, instant));
    latest.set(projection, span);
  }
  return settleIn(span, settings);
}
