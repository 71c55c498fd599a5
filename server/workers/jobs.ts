import type { RadiusInput } from '../exposure/blast-radius.ts';
import { findBlastRadius } from '../exposure/confidentiality.ts';
import type { Projection } from '../projection/projection.ts';

/** What threads are asked to do: pure functions of a projection, whose parameters and results are plain data. */
export const jobs = {
  summary: (projection: Projection, input: RadiusInput) => findBlastRadius(projection, input).summary,
};

export type JobName = keyof typeof jobs;
export type JobParameters<J extends JobName> = Parameters<(typeof jobs)[J]>[1];
export type JobResult<J extends JobName> = ReturnType<(typeof jobs)[J]>;
