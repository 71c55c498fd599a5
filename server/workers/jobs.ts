import { countExposures } from '../exposure/artifact-exposure.ts';
import type { OriginSettings } from '../exposure/origin-figures.ts';
import { rankOrigins } from '../exposure/ranking.ts';
import type { Projection } from '../projection/projection.ts';

/** What threads are asked to do: pure functions of a projection, whose parameters and results are plain data. */
export const jobs = {
  ranking: (projection: Projection, settings: OriginSettings) => finish(rankOrigins(projection, settings)),
  exposures: (projection: Projection, settings: OriginSettings) => finish(countExposures(projection, settings)),
};

export type JobName = keyof typeof jobs;
export type JobParameters<J extends JobName> = Parameters<(typeof jobs)[J]>[1];
export type JobResult<J extends JobName> = ReturnType<(typeof jobs)[J]>;

/** A thread has nobody to give a turn to between two steps. */
function finish<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}
