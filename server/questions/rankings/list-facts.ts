import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { StableSpan } from '../../exposure/rankings/stable-span.ts';
import { findStableSpan, instantOf, isAtOneInstant, listChanges, rankingChanges } from '../../exposure/rankings/stable-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import type { FactListName, JobParameters, JobResult } from '../run/jobs.ts';
import { factLists } from '../run/jobs.ts';
import type { Scheduler } from '../run/scheduler.ts';
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

/** Makes a list as of an instant. */
type AskAt = (asker: Asker, projection: Projection, instant: number) => Promise<unknown>;

/** Remembers a list as `Asker.remember`. @param ask must hold no facts */
export function rememberList(asker: Asker, list: FactListName, instant: number, ask: AskAt, ...rest: unknown[]): void {
  asker.remember([list, asker.fixedInstant(instant) ?? null, ...rest], askAt(ask, asker.fixedInstant(instant)));
}

/** Makes answers for windows. */
type AskWithin = (asker: Asker, projection: Projection, settings: OriginSettings) => Promise<unknown>;

/** Remembers an answer as `Asker.remember`. Windows at the time of the request move with it. @param ask must hold no facts */
export function rememberWithin(asker: Asker, name: string, settings: OriginSettings, ask: AskWithin): void {
  const isOfNow = isAtOneInstant(settings) && asker.fixedInstant(settings.core.from) === undefined;
  asker.remember([name, isOfNow ? { ...settings, core: null, widest: null } : settings], askWithin(ask, settings, isOfNow));
}

function askWithin(ask: AskWithin, settings: OriginSettings, isOfNow: boolean) {
  return (asker: Asker, projection: Projection) => {
    const now = { from: asker.now, to: asker.now };
    return ask(asker, projection, isOfNow ? { ...settings, core: now, widest: now } : settings);
  };
}

function askAt(ask: AskAt, fixed: number | undefined) {
  return (asker: Asker, projection: Projection) => ask(asker, projection, fixed ?? asker.now);
}

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
