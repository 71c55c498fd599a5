import type { ExposureCount } from '../exposure/rankings/artifact-exposure.ts';
import type { OriginSettings } from '../exposure/rankings/origin-figures.ts';
import type { Projection } from '../projection/projection.ts';
import type { LongAnswers } from './ask-ranking.ts';
import type { JobLimits } from './run/worker-pool.ts';

/**
 * Every artifact (of these owners) by exposure: count descending, then id. A thread works it out.
 *
 * @param owners ids of labs; null or absent: any
 * Throws QUERY_TIMEOUT, and the signal's reason where everybody who asked has left.
 */
export async function askExposures(
  { answers, workers }: LongAnswers,
  projection: Projection,
  settings: OriginSettings,
  owners: readonly string[] | null | undefined,
  { timeoutMs, signal }: JobLimits,
): Promise<ExposureCount[]> {
  const count = (leave: AbortSignal) => workers.run(projection, 'exposures', settings, { timeoutMs, signal: leave });
  const counts = await answers.get(projection, ['exposures', settings], count, signal);
  const wanted = owners ? new Set(owners.map((id) => projection.organizations.id.find(id))) : undefined;
  return counts
    .filter(({ artifact }) => wanted === undefined || wanted.has(projection.artifacts.owner[artifact] as number))
    .sort((a, b) => b.count - a.count || a.artifact - b.artifact);
}
