import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import { isAtOneInstant } from '../../exposure/rankings/stable-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Asker } from '../asker.ts';
import { type FactListName, factLists, type JobParameters, type JobResult } from '../run/jobs.ts';
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
